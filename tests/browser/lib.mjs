// What the browser tests share: Debian's Chromium, headless, driven by playwright-core; a page that notes everything it asked
// for or complained of; axe-core; the program; and a runner that goes on after a failure and says what failed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export { assert };
const require = createRequire(join(process.env.MARROW_BROWSER_PACKAGES, "package.json"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const source = new URL("../..", import.meta.url).pathname;
export const program = process.env.MARROW_PROGRAM;
export const dir = mkdtempSync(join(tmpdir(), "marrow-browser."));
process.on("exit", () => rmSync(dir, { recursive: true, force: true }));
// Screenshots are kept where a build keeps what it made.
const shots = process.env.MARROW_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

export function marrow(...args) {
  const ran = spawnSync(program, args, { encoding: "utf8", cwd: source, maxBuffer: 1 << 28 });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

const path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const browser = await chromium.launch({
  executablePath: path,
  timeout: 180_000,
  // Root, as in a container, has no sandbox; the pages opened here are our own and fetch nothing.
  args: process.getuid() === 0 ? ["--no-sandbox", "--disable-dev-shm-usage"] : ["--disable-dev-shm-usage"],
});

// Opens a file or an address. `page.noted` grows with whatever should not happen: errors, and requests beyond the page itself.
export async function open(what, { scheme = "light", width = 1500, height = 950, own = [] } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.noted = [];
  const address = /^https?:/.test(what) ? what : pathToFileURL(what).href;
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && page.noted.push(`console: ${m.text()}`));
  page.on("dialog", (d) => (page.noted.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("popup", (other) => page.noted.push(`popup: ${other.url()}`));
  page.on("pageerror", (e) => page.noted.push(`error: ${e}`));
  page.on("request", (r) => {
    const url = r.url().split("#")[0];
    if (url !== address && !own.some((prefix) => url.startsWith(prefix))) page.noted.push(`request: ${url}`);
  });
  await page.goto(address, { waitUntil: "load" });
  return page;
}

// What axe finds at fault, one line each. Evaluated beside the page: its policy, which forbids foreign scripts, stays in force.
export async function axe(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.html.slice(0, 120)} ${n.any[0]?.message ?? n.failureSummary}`));
}

export async function shot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}

let failed = 0, ran = 0;
export async function test(name, body) {
  ++ran;
  try {
    await body();
    console.log(`ok      ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}

export const stop = () => browser.close();

export async function done() {
  await stop();
  console.log(`${ran - failed} of ${ran} passed`);
  process.exit(failed || !ran ? 1 : 0);
}
