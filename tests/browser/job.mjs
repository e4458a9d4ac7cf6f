// A job as people run it, for the reports to show: the test site served by nginx on loopback, fetched and kept over several runs,
// in which some pages change each time and one host is redesigned at last. Gives the state file, or nothing where there is no nginx.
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dir, marrow, source } from "./lib.mjs";

const run = (script, ...args) => spawnSync(join(source, "scripts", script), args, { encoding: "utf8", timeout: 120_000 });

const pagesOf = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort().map((name) => join(folder, name));

export function job(runs) {
  const site = join(dir, "web"), server = join(dir, "server"), file = join(dir, "news.toml"), state = join(dir, "news.state");
  cpSync(join(source, "fixtures/site"), site, { recursive: true });
  mkdirSync(server);
  const started = run("serve_site", "start", server, "--site", site);
  if (started.status !== 0) return console.log(`        no job: ${started.stderr.trim()}`);
  const port = started.stdout.trim();
  try {
    const sitemaps = ["tidewater", "courier", "almanac"].map((host) => `"http://${host}.localhost:${port}/sitemap.xml"`);
    writeFileSync(file, `[source]\nsitemaps = [${sitemaps}]\nurls = ["http://tidewater.localhost:${port}/no-such-page/"]\n
[fetch]\ncontact = "tests@localhost"\nallow_private = true\ndelay = 0\nper_host = 8\nwarc = "kept"\n[output]\ndir = "records"\nfile = "records-{run}.jsonl"\n[state]\nfile = "${state}"\n`);
    for (let n = 1; n <= runs; ++n) {
      if (n > 1) pagesOf(site).forEach((page, i) => (i + n) % 3 === 0 || appendFileSync(page, `<!-- ${n} -->`));
      if (n === runs) redesign(site);
      const ran = marrow("run", file, "-q");
      if (ran.code > 1) throw new Error(`run ${n} ended with ${ran.code}: ${ran.err}`);
    }
  } finally {
    run("serve_site", "stop", server);
  }
  return state;
}

// The same text in other templates; of one host alone.
function redesign(site) {
  const other = join(dir, "redesigned");
  const made = run("make_site", "--out", other, "--drift");
  if (made.status !== 0) throw new Error(made.stderr);
  rmSync(join(site, "tidewater"), { recursive: true });
  cpSync(join(other, "tidewater"), join(site, "tidewater"), { recursive: true });
}
