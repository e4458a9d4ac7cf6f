#!/usr/bin/env python3
"""The test site: the committed bytes are what the generator writes, and its truth is true of its markup."""
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
SITE, TRUTH = ROOT / "fixtures/site", ROOT / "fixtures/site.truth.jsonl"
VOID = {"meta", "link", "img", "input", "source", "br", "hr"}
KINDS = {"prev", "next", "related", "in_article", "popular", "latest", "more_from", "sponsored", "item"}


def generate(folder, *options):
    out, truth = pathlib.Path(folder) / "site", pathlib.Path(folder) / "truth.jsonl"
    subprocess.run([sys.executable, str(ROOT / "scripts/make_site"), "--out", str(out), "--truth", str(truth), *options], check=True, stderr=subprocess.DEVNULL)
    return out, truth


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


class Reader(html.parser.HTMLParser):
    """Text, link targets and unbalanced tags of a page."""

    def __init__(self):
        super().__init__()
        self.stack, self.faults, self.text, self.hrefs = [], [], [], []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.hrefs.append(dict(attrs).get("href"))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        if not {"script", "style"} & set(self.stack):
            self.text.append(data)


def read(text):
    reader = Reader()
    reader.feed(text)
    return reader


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines()]

    def test_the_generator_writes_the_committed_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            out, truth = generate(folder)
            made, kept = files_of(out), files_of(SITE)
            self.assertEqual(sorted(made), sorted(kept))
            self.assertEqual([name for name in made if made[name] != kept[name]], [], "run scripts/make_site --out fixtures/site --truth fixtures/site.truth.jsonl")
            self.assertEqual(truth.read_bytes(), TRUTH.read_bytes())

    def test_another_seed_writes_another_site(self):
        with tempfile.TemporaryDirectory() as folder:
            out, _ = generate(folder, "--seed", "2", "--pages", "12")
            same = [name for name, data in files_of(out).items() if name.endswith(".html") and (SITE / name).is_file() and (SITE / name).read_bytes() == data]
            self.assertLessEqual(len(same), 1)  # the blog's "about" page has no drawn text

    def test_drift_keeps_the_truth_and_changes_the_markup(self):
        with tempfile.TemporaryDirectory() as folder:
            out, truth = generate(folder, "--drift")
            before = {p["id"]: p for p in self.pages}
            after = {p["id"]: p for p in map(json.loads, truth.read_text(encoding="utf-8").splitlines())}
            self.assertEqual(before, after)
            kept = [p["id"] for p in self.pages if (out / p["file"]).read_bytes() == (SITE / p["file"]).read_bytes()]
            self.assertLess(len(kept), 0.05 * len(self.pages))
            self.assertNotIn('class="entry-content"', "".join(path.read_text(encoding="utf-8") for path in (out / "tidewater").rglob("*.html")))

    def test_sixty_articles_a_host_in_eight_languages_and_every_kind(self):
        articles = [p for p in self.pages if p["author"]]
        for host in ("tidewater", "courier", "almanac"):
            self.assertEqual(sum(p["file"].startswith(host + "/") for p in articles), 60)
        self.assertEqual({p["lang"] for p in self.pages}, {"en", "de", "fr", "es", "ru", "ar", "zh", "ja"})
        self.assertEqual({p["kind"] for p in self.pages}, {"article", "documentation", "listing", "forum", "product", "service"})
        self.assertEqual({r["kind"] for p in self.pages for r in p["related"]}, KINDS)
        cut = [t["truncated"] for p in self.pages for t in p["teasers"]]
        self.assertTrue(min(cut.count(True), cut.count(False)) > 100, (cut.count(True), cut.count(False)))

    def test_every_page_is_well_formed_and_holds_its_truth(self):
        known = {p["url"] for p in self.pages}
        for page in self.pages:
            with self.subTest(page=page["id"]):
                reader = read((SITE / page["file"]).read_text(encoding="utf-8"))
                self.assertEqual((reader.faults, reader.stack), ([], []))
                text = squeeze(" ".join(reader.text))
                glued = squeeze("".join(reader.text))
                for part in page["body"].split("\n\n"):
                    for line in part.split("\n"):
                        self.assertTrue(squeeze(line) in text or squeeze(line) in glued, line)
                targets = {urllib.parse.urljoin(page["url"], re.sub(r"\?utm_.*", "", href)) for href in reader.hrefs if href}
                for link in page["related"]:
                    self.assertIn(link["url"], targets)
                    self.assertIn(squeeze(link["text"]), text)
                    self.assertTrue(link["url"] in known or link["kind"] == "sponsored", link)
                for teaser in page["teasers"]:
                    self.assertIn(squeeze(teaser["text"]), text)
                    self.assertIn(teaser["url"], {link["url"] for link in page["related"]})
                    self.assertEqual(teaser["truncated"], teaser["text"].endswith(("…", "...", "[...]", "[…]")))
                self.assertNotIn(page["url"], {link["url"] for link in page["related"]})

    def test_no_body_holds_a_teaser_or_title_of_another_page(self):
        for page in self.pages:
            if page["kind"] == "listing":
                continue
            for teaser in page["teasers"]:
                self.assertNotIn(teaser["text"], page["body"], page["id"])

    def test_size(self):
        self.assertLess(sum(len(data) for data in files_of(SITE).values()), 2_500_000)

    def test_refuses_to_write_over_something_else(self):
        with tempfile.TemporaryDirectory() as folder:
            kept = pathlib.Path(folder) / "mine.txt"
            kept.write_text("mine")
            done = subprocess.run([sys.executable, str(ROOT / "scripts/make_site"), "--out", folder], stderr=subprocess.PIPE, text=True)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("not touched", done.stderr)
            self.assertEqual(kept.read_text(), "mine")


unittest.main()
