// The run report (marrow report), as people use it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { job } from "./job.mjs";
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

// A job of five runs over the test site, of which one host is redesigned before the last.
const state = job(5);
if (state) {
  const known = join(dir, "known");
  const made = marrow("report", state, "-o", known, "--pages", "6");
  await test("what a job knows: drift, alarms, slowest pages, and pages explained", async () => {
    assert.deepEqual(made, { code: 0, out: "", err: "" });
    const p = await open(join(known, "index.html"), { height: 1400 });
    assert.deepEqual(p.noted, []);
    assert.equal(await p.locator("h1").innerText(), "Run 5");
    assert.equal(await p.locator("#runs tbody tr").count(), 5);
    assert.equal(await p.locator("#slowest tbody tr").count(), 20);
    const drift = await p.locator("#drift tbody").innerText();
    for (const host of ["tidewater.localhost", "courier.localhost", "almanac.localhost"]) assert.ok(drift.includes(host), drift);
    assert.ok((await p.locator("#drift svg.line circle").count()) > 20);
    assert.match(await p.locator("#hosts").innerText(), /tidewater\.localhost\s+\d+\s+1\s/);
    assert.match(await p.locator("#results").innerText(), /http_error 404\s+1/);
    assert.equal(await p.locator("svg.bars").count(), 2);
    assert.deepEqual(await axe(p), []);
    await shot(p, "report-job");

    await p.locator("#hosts").getByRole("link", { name: "courier.localhost" }).click();
    assert.ok((await p.locator("#list tbody tr:visible", { hasText: "tidewater" }).count()) === 0 && (await p.locator("#list tbody tr:visible").count()) > 50);
    await p.getByRole("searchbox").fill("");
    await p.getByLabel("explained").check();
    assert.equal(await p.locator("#list tbody tr:visible").count(), 6);
    const explained = await p.locator("#list tbody tr:visible a[href^='pages/']").first().getAttribute("href");
    await p.context().close();
    const q = await open(join(known, explained));
    assert.ok((await q.locator(".b").count()) > 5);
    assert.deepEqual(q.noted, []);
    assert.equal(await q.getByRole("link", { name: "All pages of the run" }).getAttribute("href"), "../index.html");
    assert.deepEqual(await axe(q), []);
    await q.context().close();
  });
}

await test("on a phone nothing runs out of the page", async () => {
  const p = await open(join(state ? join(dir, "known") : site, "index.html"), { width: 390, height: 844 });
  assert.ok((await p.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "it scrolls sideways");
  assert.deepEqual(await axe(p), []);
  await shot(p, "report-phone");
  await p.context().close();
});

await done();
