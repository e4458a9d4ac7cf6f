// The run report (marrow report), as people use it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, axe, dir, done, marrow, open, shot, test } from "./lib.mjs";

const records = join(dir, "records.jsonl"), run = join(dir, "run-3.json"), site = join(dir, "site");
assert.equal(marrow("clean", "fixtures/site/tidewater", "-o", records, "-q").code, 0);
writeFileSync(run, JSON.stringify({ run: 3, fetched: 70, failed: 2, exit_code: 1, seconds: 3.2, reasons: { timed_out: 2 }, output: records,
  slowest: [{ url: "https://example.org/<slow>", seconds: 1.25 }], drift: ["tidewater.localhost: <b>median words fell</b>"] }));
assert.deepEqual(marrow("report", run, "-o", site), { code: 0, out: "", err: "" });

for (const scheme of ["light", "dark"])
  await test(`a run: figures, hosts, plots, pages; accessible in ${scheme}`, async () => {
    const p = await open(join(site, "index.html"), { scheme, height: 1400 });
    const text = await p.locator("body").innerText();
    for (const part of ["Run 3", "timed_out", "tidewater.localhost", "https://example.org/<slow>", "<b>median words fell</b>"]) assert.ok(text.includes(part), part);
    assert.equal(await p.locator("svg.bars").count(), 2);
    assert.deepEqual(await axe(p), []);
    assert.deepEqual(p.noted, []);
    await shot(p, `report-${scheme}`);
    await p.context().close();
  });

await test("the pages can be searched", async () => {
  const p = await open(join(site, "index.html"));
  const all = await p.locator("#list tbody tr").count();
  assert.ok(all > 50);
  await p.keyboard.press("/");
  await p.keyboard.type("before-you-start");
  const some = await p.locator("#list tbody tr:visible").count();
  assert.ok(some > 0 && some < all);
  await p.keyboard.press("Escape");
  await p.keyboard.press("j");
  assert.match(await p.evaluate(() => document.activeElement.href), /before-you-start/);
  await p.context().close();
});

await done();
