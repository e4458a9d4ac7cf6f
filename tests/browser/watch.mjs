// The preview (marrow watch): what somebody sees who writes a rule.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, axe, dir, done, open, program, shot, source, test } from "./lib.mjs";

const pages = join(dir, "pages"), rules = join(dir, "mine.toml");
const rule = (pattern) => writeFileSync(rules, `[[filter]]\nid = "mine.x"\nlabel = "boilerplate"\nwhere = { text = '${pattern}' }\nwhy = "a test"\n`);
mkdirSync(pages);
copyFileSync(join(source, "fixtures/site/tidewater/2026/01/before-you-start-feeding-in-autumn.html"), join(pages, "bees.html"));
rule("no such words");
const server = spawn(program, ["watch", pages, "--rules", rules], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
const own = [address];

await test("a saved rule shows what it changed, where the reader was", async () => {
  const p = await open(address, { own });
  assert.deepEqual(await axe(p), []);
  await p.getByRole("link", { name: "bees.html" }).click();
  await p.locator(".b.body").first().waitFor();
  await p.keyboard.press("j");
  const place = p.url();
  rule("Brinmoor");
  await p.locator(".versus").waitFor();
  assert.match(await p.locator(".versus").innerText(), /5 of \d+ blocks changed verdict/);
  assert.equal(p.url(), place);
  assert.deepEqual(await axe(p), []);
  await shot(p, "watch-light");
  rule("(Brinmoor");
  await p.locator("pre.fault").waitFor();
  assert.match(await p.locator("pre.fault").innerText(), /mine\.toml:4:/);
  assert.deepEqual(p.noted, []);
  await p.context().close();
});

server.kill("SIGINT");
await done();
