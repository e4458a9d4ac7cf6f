// Pictures of the reports for the README, made by scripts/screenshots: pictures.mjs OUT.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { job } from "./job.mjs";
import { dir, marrow, open, program, source, stop } from "./lib.mjs";

const out = process.argv[2], size = { width: 1240, height: 760 };
const page = join(source, "fixtures/site/tidewater/2026/01/before-you-start-feeding-in-autumn.html");
mkdirSync(out, { recursive: true });

// A PNG of three bytes a pixel -> one of a byte a pixel: the 255 colours that occur most, the others by the nearest of them. What is
// in the reports are flat colours and the edges of letters; the picture looks the same at a third of the size.
function small(png) {
  let width, height, at = 8;
  const parts = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at), type = png.toString("latin1", at + 4, at + 8), data = png.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
    if (type === "IHDR" && data[9] !== 2) throw new Error("not RGB");
    if (type === "IDAT") parts.push(data);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts)), row = width * 3, pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; ++y) {
    const filter = raw[y * (row + 1)], line = raw.subarray(y * (row + 1) + 1, (y + 1) * (row + 1)), above = y ? raw.subarray((y - 1) * (row + 1) + 1, y * (row + 1)) : Buffer.alloc(row);
    for (let x = 0; x < row; ++x) {
      const a = x < 3 ? 0 : line[x - 3], b = above[x], c = x < 3 ? 0 : above[x - 3], p = a + b - c;
      const nearest = Math.abs(p - a) <= Math.abs(p - b) && Math.abs(p - a) <= Math.abs(p - c) ? a : Math.abs(p - b) <= Math.abs(p - c) ? b : c;
      line[x] += [0, a, b, (a + b) >> 1, nearest][filter];
    }
    for (let x = 0; x < width; ++x) pixels[y * width + x] = (line[x * 3] << 16) | (line[x * 3 + 1] << 8) | line[x * 3 + 2];
  }
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 255).map(([colour]) => colour);
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  const index = new Map([...counts.keys()].map((colour) => [colour, palette.reduce((best, _, i) => (far(palette[i], colour) < far(palette[best], colour) ? i : best), 0)]));
  const lines = Buffer.alloc((width + 1) * height);
  pixels.forEach((colour, i) => (lines[i + Math.floor(i / width) + 1] = index.get(colour)));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([png.subarray(0, 8), chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", deflateSync(lines, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
function chunk(type, data) {
  const all = Buffer.alloc(data.length + 12);
  all.writeUInt32BE(data.length, 0);
  all.write(type, 4, "latin1");
  data.copy(all, 8);
  let crc = ~0;
  for (const byte of all.subarray(4, data.length + 8)) {
    crc ^= byte;
    for (let i = 0; i < 8; ++i) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  all.writeUInt32BE(~crc >>> 0, data.length + 8);
  return all;
}

async function keep(p, name) {
  const png = small(await p.screenshot());
  writeFileSync(join(out, `${name}.png`), png);
  console.log(`${name}.png ${(png.length / 1000).toFixed(0)} kB`);
  await p.context().close();
}
const did = (ran) => {
  if (ran.code !== 0) throw new Error(ran.err);
};

const explained = join(dir, "explain.html");
did(marrow("explain", page, "--html", explained));
let p = await open(explained, size);
await p.locator(".b.teaser").first().click();
await keep(p, "explain");

const pages = join(dir, "bees"), rules = join(dir, "mine.toml"), differs = join(dir, "difference.html");
const rule = (text) => `[[filter]]\nid = "tidewater.letters"\nlabel = "boilerplate"\nwhere = { text = '${text}' }\nwhy = "letters to the editor"\nhit = ['The letter from Brinmoor was short']\nmiss = ['A short letter']\n`;
writeFileSync(rules, rule("^The letter from"));
did(marrow("explain", "none", rules, "--on", page, "--html", differs));
p = await open(differs, size);
await p.locator(".b.changed").first().click();
await keep(p, "difference");

mkdirSync(pages);
copyFileSync(page, join(pages, "bees.html"));
const server = spawn(program, ["watch", pages, "--rules", rules], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
p = await open(`${address}page?n=0`, { ...size, own: [address], scheme: "dark" });
writeFileSync(rules, rule("Brinmoor"));
await p.locator(".versus").waitFor();
await p.locator(".b.changed").first().click();
await keep(p, "watch");
server.kill("SIGINT");

const state = job(6);
if (state) {
  did(marrow("report", state, "-o", join(dir, "site"), "--pages", "12"));
  await keep(await open(join(dir, "site/index.html"), { width: size.width, height: 1150 }), "report");
}
await stop();
