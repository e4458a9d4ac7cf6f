// The page report (marrow explain --html), as people use it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, axe, dir, done, marrow, open, shot, test } from "./lib.mjs";

const page = "fixtures/site/tidewater/2026/01/before-you-start-feeding-in-autumn.html";
const report = join(dir, "report.html");
const explained = JSON.parse(marrow("explain", page, "--json").out);
const record = JSON.parse(marrow("clean", page, "-q", "-o", "-").out);
const made = marrow("explain", page, "--html", report);
assert.deepEqual(made, { code: 0, out: "", err: "" });

await test("every block and link stands there with its verdict, nothing is fetched, nothing is complained of", async () => {
  const p = await open(report);
  assert.equal(await p.title(), "Before you start feeding in autumn · marrow explain");
  const shown = await p.$$eval(".b:not(.bare)", (all) => all.map((el) => el.classList[1]));
  assert.deepEqual(shown, explained.blocks.map((b) => b.verdict));
  const links = new Set(await p.$$eval("[data-l], .bare", (all) => all.map((el) => +(el.dataset.l ?? el.id.slice(1)))));
  assert.equal(links.size, explained.links.length);
  assert.equal(await p.locator(".record .body p").count() > 5, true);
  assert.equal(await p.locator(".record section blockquote").count(), 2);
  const shownRecord = await p.locator(".record").innerText();
  for (const { text, url } of record.related) assert.ok(shownRecord.includes(text), text + url);
  assert.match(shownRecord, /Previous\s+Why old roses are worth the trouble\s+Next\s+The quiet case/);
  for (const teaser of record.teasers) assert.equal(await p.locator(".record blockquote", { hasText: teaser.text }).getByRole("link").getAttribute("href"), teaser.url);
  assert.deepEqual(p.noted, []);
  await shot(p, "explain-light");
  await p.context().close();
});

await test("pointing at a block says why; leaving takes it back", async () => {
  const p = await open(report);
  const teaser = p.locator(".b.teaser").first();
  await teaser.hover();
  const why = await p.locator("#why").innerText();
  const block = explained.blocks.find((b) => b.verdict === "teaser");
  for (const part of ["teaser cut", `block ${block.block}`, "It previews", "Is it an excerpt?", block.model.reasons[0].column, block.flip.column]) assert.ok(why.includes(part), `${part} in ${why}`);
  assert.ok(why.includes(`${block.words} words`));
  await p.mouse.move(700, 5);
  assert.match(await p.locator("#why").innerText(), /^Point at a block/);
  await p.context().close();
});

await test("keys go through blocks and links, and the address names the place", async () => {
  const p = await open(report);
  await p.keyboard.press("j");
  await p.keyboard.press("j");
  assert.equal(await p.evaluate(() => document.activeElement.id), "b1");
  await p.keyboard.press("ArrowDown");
  await p.keyboard.press("k");
  assert.equal(await p.evaluate(() => document.activeElement.id), "b1");
  await p.keyboard.press("l");
  assert.equal(await p.evaluate(() => document.activeElement.dataset.l), "1");
  assert.match(await p.locator("#why").innerText(), /link 1[^]*Does it lead onward\?/);
  await p.keyboard.press("h");
  assert.equal(new URL(p.url()).hash, "#b1");
  await p.keyboard.press("Escape");
  assert.equal(await p.locator(".on").count(), 0);
  const again = await open(`${report}`);
  await again.goto(again.url() + "#b20");
  await again.reload();
  assert.equal(await again.evaluate(() => document.activeElement.id), "b20");
  await again.context().close();
  await p.context().close();
});

await test("filters hide and show by verdict, by who decided, and near the cut", async () => {
  const p = await open(report);
  const visible = () => p.locator(".b:visible").count();
  const of = (verdict) => explained.blocks.filter((b) => b.verdict === verdict).length;
  const all = await visible();
  await p.getByLabel(/boilerplate/).uncheck();
  assert.equal(await p.locator(".b.boilerplate:visible").count(), 0);
  assert.ok((await visible()) < all);
  await p.getByLabel(/^body/).uncheck();
  assert.equal(await p.locator(".b.body:visible").count(), 0);
  await p.mouse.click(700, 5);
  await p.keyboard.press("1");
  await p.keyboard.press("4");
  assert.equal(await visible(), all);
  await p.getByLabel("decided by").selectOption("filter");
  assert.equal(await p.locator(".b:not(.bare):visible").count(), explained.blocks.filter((b) => b.by === "filter").length);
  await p.getByLabel("decided by").selectOption("");
  await p.getByLabel("near the cut").check();
  const near = (b) => b.model && Math.abs(b.model.probability - b.model.cut) < 0.15;
  assert.ok(Math.abs((await p.locator(".b:not(.bare):visible").count()) - explained.blocks.filter(near).length) <= 1);
  assert.ok(of("body") > 0);
  assert.deepEqual(p.noted, []);
  await p.context().close();
});

await test("search finds text, paths and addresses, and goes from find to find", async () => {
  const p = await open(report);
  await p.keyboard.press("/");
  await p.keyboard.type("brinmoor");
  await p.keyboard.press("Enter");
  const first = await p.evaluate(() => document.activeElement.textContent);
  assert.match(first, /Brinmoor/);
  assert.match(await p.locator("output").innerText(), /^1 of \d+$/);
  await p.keyboard.press("n");
  assert.notEqual(await p.evaluate(() => document.activeElement.textContent), first);
  assert.ok(await p.evaluate(() => CSS.highlights.get("hit").size > 1));
  await p.getByRole("searchbox").fill("jp-relatedposts");
  await p.locator("output", { hasText: "found" }).waitFor();
  await p.getByRole("searchbox").fill("what-13-years-of-harvesting");
  await p.waitForFunction(() => /^\d+ found$/.test(document.querySelector("output").value));
  await p.getByRole("searchbox").fill("no such words");
  await p.locator("output", { hasText: "nothing found" }).waitFor();
  await p.context().close();
});

for (const scheme of ["light", "dark"])
  for (const width of [1500, 1000, 390])
    await test(`accessible: ${scheme}, ${width} wide`, async () => {
      const p = await open(report, { scheme, width });
      assert.deepEqual(await axe(p), []);
      await p.locator(".b.teaser").first().click();
      assert.deepEqual(await axe(p), []);
      if (width === 1500 || scheme === "light") await shot(p, `explain-${scheme}-${width}`);
      assert.ok((await p.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "it scrolls sideways");
      await p.context().close();
    });

await test("a page full of script and markup shows as text", async () => {
  const evil = join(dir, "evil.html"), out = join(dir, "evil-report.html");
  const payload = `</script><script>window.pwned=1</script><img src=x onerror=pwned=1>\u2028"'\`--><svg/onload=pwned=1>]]>`;
  const text = payload.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const attr = text.replace(/"/g, "&quot;");
  writeFileSync(evil, `<!doctype html><title>${text}</title><meta name=author content="${attr}"><link rel=canonical href="javascript:pwned=1">
    <body class="${attr}"><article id="${attr}"><h1>${text}</h1>
    <p class="${attr}">The keeper wrote ${text} into the book that lay on the table by the lamp, and counted the ships that passed in the night.</p>
    <p>A second paragraph of some length with <a href="javascript:window.pwned=1">a link ${text}</a> and <code>${text}</code> and enough words to be read as body text of this page.</p>
    <pre>${text}</pre><ul><li><a href="https://example.org/?${attr}">Related ${text}</a></ul>
    <a href="data:text/html,<script>pwned=1</script>"><img src=x alt="${attr}"></a></article>`);
  assert.equal(marrow("explain", evil, "--html", out, "--url", "https://example.org/").code, 0);
  const p = await open(out);
  for (const el of await p.locator(".b, .l").all()) await el.dispatchEvent("click");
  assert.equal(await p.evaluate(() => window.pwned), undefined);
  assert.equal(await p.locator("img, iframe, object, svg:not(#strip), script[src], [onerror], [onload], [style]:not(.scale *, .effect *)").count(), 0);
  assert.equal(await p.locator('a:not([href^="http://"], [href^="https://"])').count(), 0);
  assert.match(await p.locator("h1").innerText(), /<script>window\.pwned=1<\/script>/);
  assert.match(await p.locator(".record").innerText(), /<img src=x onerror=pwned=1>/);
  assert.deepEqual(p.noted, []);
  assert.doesNotMatch(readFileSync(out, "utf8").replace(/<script>[^]*?<\/script>/g, ""), / on\w+=["']/);
  await p.context().close();
});

await test("foreign script and style would be refused", async () => {
  const html = readFileSync(report, "utf8");
  const broken = join(dir, "broken.html");
  writeFileSync(broken, html.replace("<style>", "<style>\n").replace('"use strict";', '"use strict"; '));
  const p = await open(broken);
  assert.equal(p.noted.filter((n) => n.includes("Content Security Policy")).length, 2, p.noted.join("\n"));
  await p.context().close();
});

await test("a page of 5 MB opens and stays usable", async () => {
  const words = "the keeper counted ships that passed in the night of the storm and wrote their names into a book by the lamp".split(" ");
  const sentence = (n) => Array.from({ length: 18 }, (_, i) => words[(n * 7 + i * 5) % words.length]).join(" ") + ". ";
  const big = join(dir, "big.html"), out = join(dir, "big-report.html");
  let html = "<!doctype html><title>Big</title><body><article><h1>Big</h1>";
  for (let n = 0; html.length < 5_000_000; ++n)
    html += `<p class="para n${n % 10}">${sentence(n).repeat(6)}<a href="/ship/${n}">ship ${n}</a></p>` + (n % 9 ? "" : `<div class=more><a href="/story/${n}">Story ${n} of the keeper</a></div>`);
  writeFileSync(big, html);
  assert.equal(marrow("explain", big, "--html", out, "--url", "https://example.org/", "--max-time", "60").code, 0);
  const before = performance.now();
  const p = await open(out);
  const shown = await p.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))));
  const timed = async (what, body) => {
    const from = performance.now();
    await body();
    await p.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
    console.log(`        ${what}: ${Math.round(performance.now() - from)} ms`);
  };
  console.log(`        ${(readFileSync(out).length / 1e6).toFixed(1)} MB of report, shown after ${Math.round(shown)} ms (${Math.round(performance.now() - before)} ms with the browser's start)`);
  await timed("first key", () => p.keyboard.press("j"));
  await timed("next key", () => p.keyboard.press("j"));
  await timed("filter", () => p.getByLabel(/^body/).click());
  await timed("filter back", () => p.getByLabel(/^body/).click());
  await timed("search", async () => {
    await p.keyboard.press("/");
    await p.keyboard.type("ship 4000");
    await p.keyboard.press("Enter");
  });
  assert.match(await p.evaluate(() => document.activeElement.textContent), /ship 4000/);
  await timed("to the end", () => p.evaluate(() => document.querySelector("#text").scrollTo(0, 1e9)));
  // Only what is looked at is laid out: that is what keeps it quick, on a slow machine too.
  assert.ok((await p.evaluate(() => getComputedStyle(document.querySelector(".c")).contentVisibility)) === "auto");
  assert.deepEqual(p.noted, []);
  await p.context().close();
});

await done();
