// The preview (marrow watch): what somebody sees who writes a rule.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { assert, axe, dir, done, open, program, shot, source, test } from "./lib.mjs";

const pages = join(dir, "pages"), rules = join(dir, "mine.toml");
const rule = (pattern, cases = "") => writeFileSync(rules, `[[filter]]\nid = "mine.x"\nlabel = "boilerplate"\nwhere = { text = '${pattern}' }\nwhy = "a test"\n${cases}`);
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

await test("the rules' own tests are shown, and what to mend", async () => {
  rule("Brinmoor", "hit = ['a letter from Brinmoor', 'elsewhere']\nmiss = ['a ship']\n");
  const p = await open(address, { own, scheme: "dark" });
  assert.match(await p.locator("pre.fault").innerText(), /mine\.toml:6:\d+: filter 'mine\.x' misses its hit case 'elsewhere'/);
  rule("Brinmoor", "hit = ['a letter from Brinmoor']\nmiss = ['a ship']\n");
  await p.locator("p.tests").waitFor();
  assert.match(await p.locator("p.tests").innerText(), /cases hold/);
  assert.equal(await p.locator("pre.fault").count(), 0);
  assert.deepEqual(await axe(p), []);
  await p.keyboard.press("/");
  await p.keyboard.type("no such page");
  assert.equal(await p.locator("#list tbody tr:visible").count(), 0);
  assert.deepEqual(p.noted, []);
  await p.context().close();
});

// A request as it is, which browsers and their like would put right.
const status = (path, headers = {}, method = "GET") => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(address);
  request({ hostname, port, path, method, headers }, (answer) => answer.resume().on("end", () => resolve(answer.statusCode))).on("error", reject).end();
});

await test("nobody else is answered, and no file is served", async () => {
  const { pathname, port, origin } = new URL(address);
  assert.equal(await status(pathname), 200);
  assert.equal(await status(pathname, { Origin: origin }), 200);
  for (const headers of [{ Host: `localhost:${port}` }, { Host: "example.org" }, { Origin: "https://example.org" }, { Origin: "null" }, { "Sec-Fetch-Site": "cross-site" }])
    assert.equal(await status(pathname, headers), 403, JSON.stringify(headers));
  for (const path of ["/", "/page?n=0", `/${"0".repeat(32)}/`, `${pathname}bees.html`, `${pathname}../mine.toml`, `${pathname}%2e%2e/mine.toml`, `${pathname}page?n=1`, `${pathname}page`])
    assert.equal(await status(path), 404, path);
  assert.equal(await status(pathname, {}, "POST"), 403);
});

await test("another site in the same browser can neither read nor frame it", async () => {
  const other = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end("<title>other</title>")).listen(0, "127.0.0.1");
  await once(other, "listening");
  const p = await open(`http://127.0.0.1:${other.address().port}/`, { own: [address] });
  const read = await p.evaluate(async (url) => {
    const got = async (mode) => fetch(url, { mode }).then((r) => r.text(), () => "refused");
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.src = url;
    await new Promise((loaded) => (frame.onload = loaded));
    return [await got("cors"), await got("no-cors"), frame.contentDocument === null];
  }, address);
  assert.deepEqual(read, ["refused", "refused", true]);
  assert.equal(await p.frames()[1].evaluate(() => document.body?.innerText.includes("bees") ?? false).catch(() => false), false);
  await p.context().close();
  other.close();
});

server.kill("SIGINT");
await done();
