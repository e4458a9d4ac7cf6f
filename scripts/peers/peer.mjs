// peer.mjs PAGES RECORDS: @mozilla/readability on linkedom over the pages of a JSONL file, as scripts/bench asks of a peer.
import { createWriteStream, readFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

const pages = readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const extract = (html) => new Readability(parseHTML(html).document).parse()?.textContent ?? "";
const seconds = () => {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
};
try { extract(pages[0].html); } catch { /* counted below */ }
const begin = seconds();
let failed = 0;
const texts = pages.map((page) => {
  try {
    return extract(page.html);
  } catch {
    failed += 1;
    return "";
  }
});
const spent = seconds() - begin;
const out = createWriteStream(process.argv[3]);
pages.forEach((page, i) => out.write(JSON.stringify({ id: page.id, body: texts[i] }) + "\n"));
out.end(() => console.log(JSON.stringify({ seconds: spent, failed, peak: process.resourceUsage().maxRSS })));
