// The page report as a comparison (marrow explain A B --html).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, axe, dir, done, marrow, open, shot, source, test } from "./lib.mjs";

const page = join(source, "fixtures/site/tidewater/2026/01/before-you-start-feeding-in-autumn.html");
const rules = join(dir, "mine.toml"), report = join(dir, "rules.html");
writeFileSync(rules, `[[filter]]\nid = "mine.brinmoor"\nlabel = "boilerplate"\nwhere = { text = 'Brinmoor' }\nwhy = "a test of <b>markup</b>"\n`);

await test("two rule sets: what changed is marked, counted and can be shown alone", async () => {
  assert.deepEqual(marrow("explain", "none", rules, "--on", page, "--html", report), { code: 0, out: "", err: "" });
  const json = JSON.parse(marrow("explain", "none", rules, "--on", page, "--json").out);
  const [was, is] = [[], ["--rules", rules]].map((further) => JSON.parse(marrow("clean", "-q", page, ...further).out).quality.words);
  const p = await open(report);
  assert.match(await p.locator(".versus").innerText(), new RegExp(`^Compared with no further rules: ${json.blocks.length} of \\d+ blocks changed verdict.*words ${was} ${is}`));
  assert.equal(await p.locator(".b.changed").count(), json.blocks.length);
  await p.getByLabel("changed only").check();
  assert.equal(await p.locator(".b:visible").count(), json.blocks.length);
  await p.keyboard.press("j");
  const why = await p.locator("#why").innerText();
  for (const part of ["It was body, by model", "mine.brinmoor", "a test of <b>markup</b>", "Would be body without rule mine.brinmoor"]) assert.ok(why.includes(part), `${part} in ${why}`);
  assert.deepEqual(await axe(p), []);
  assert.deepEqual(p.noted, []);
  await shot(p, "difference-light-1500");
  await p.context().close();
});

await test("two versions of a page: what is new and what is gone", async () => {
  const other = join(dir, "other.html"), out = join(dir, "versions.html");
  writeFileSync(other, readFileSync(page, "utf8").replace("Clara Osei", "Clara Osman"));
  assert.equal(marrow("explain", page, other, "--html", out).code, 0);
  const p = await open(out, { scheme: "dark" });
  assert.equal(await p.locator(".b.gone").count(), 1);
  assert.match(await p.locator(".b.gone").innerText(), /Clara Osei/);
  assert.match(await p.locator(".b.changed").innerText(), /Clara Osman/);
  await p.locator(".b.gone").click();
  assert.match(await p.locator("#why").innerText(), /This block was there before/);
  await p.locator(".b.changed").click();
  assert.match(await p.locator("#why").innerText(), /New on this page/);
  await p.getByLabel("decided by").selectOption("model");
  assert.equal(await p.locator(".b.gone:visible").count(), 0);
  assert.deepEqual(await axe(p), []);
  assert.deepEqual(p.noted, []);
  await p.context().close();
});

await done();
