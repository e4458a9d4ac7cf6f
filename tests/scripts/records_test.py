#!/usr/bin/env python3
"""records_test.py PROGRAM: the test site through the program, seen from outside.

Every page gives a record, in input order, the same bytes for any number of threads, valid against `marrow schema`; and
the parts are found (word F1 of the bodies; related links and teasers by target and text), without any other data.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv.pop(1)
WORD = re.compile(r"\w+")
# Floors on our own pages, each a little under what was measured when it was last raised (related and teasers are shown
# and get theirs with the first link model). A figure that falls here
# is a fault of the program; scripts/evaluate has the finer ones.
FLOORS = {"body": 0.95, "related": 0.94, "teasers": 0.6}


def f1(hit, found, truth):
    return 1.0 if not found and not truth else 2 * hit / (found + truth)


def bag(text):
    return collections.Counter(WORD.findall(text.lower()))


class Records(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.temp = pathlib.Path(cls.folder.name)
        cls.truth = [json.loads(line) for line in (ROOT / "fixtures/site.truth.jsonl").read_text(encoding="utf-8").splitlines()]
        cls.source = cls.temp / "site.in.jsonl"
        with open(cls.source, "w", encoding="utf-8") as out:
            for page in cls.truth:
                html = (ROOT / "fixtures/site" / page["file"]).read_text(encoding="utf-8")
                out.write(json.dumps({"id": page["id"], "url": page["url"], "html": html}, ensure_ascii=False) + "\n")
        cls.raw = cls.clean("1")
        cls.records = [json.loads(line) for line in cls.raw.decode("utf-8").splitlines()]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def clean(cls, threads):
        out = cls.temp / f"records-{threads}.jsonl"
        subprocess.run([PROGRAM, "clean", str(cls.source), "-o", str(out), "--threads", threads, "-q"], check=True)
        return out.read_bytes()

    def test_one_record_a_page_in_order(self):
        self.assertEqual([r["id"] for r in self.records], [p["id"] for p in self.truth])

    def test_the_same_bytes_for_any_number_of_threads(self):
        for threads in ("2", "8"):
            self.assertEqual(self.clean(threads), self.raw, f"{threads} threads")

    def test_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed for this Python")
        schema = json.loads(subprocess.run([PROGRAM, "schema"], check=True, stdout=subprocess.PIPE).stdout)
        validator = jsonschema.validators.validator_for(schema)(schema)
        for record in self.records:
            self.assertEqual([error.message for error in validator.iter_errors(record)], [], record["id"])

    def test_links_are_absolute_once_and_never_the_page_itself(self):
        for record in self.records:
            urls = [link["url"] for link in record["related"]]
            self.assertEqual(len(urls), len(set(urls)), record["id"])
            self.assertNotIn(record["url"], urls)
            for url in urls:
                self.assertTrue(urllib.parse.urlsplit(url).scheme in ("http", "https"), url)
                self.assertNotIn("utm_", url)

    def test_the_parts_are_found(self):
        body, counts = [], {"related": [0, 0, 0], "teasers": [0, 0, 0]}
        for record, page in zip(self.records, self.truth):
            if page["kind"] not in ("article", "documentation"):
                continue
            a, b = bag(record["body"]), bag(page["body"])
            body.append(f1(sum((a & b).values()), sum(a.values()), sum(b.values())))
            for part, key in (("related", "url"), ("teasers", "text")):
                found, true = ({" ".join(WORD.findall(x[key]))[:60] for x in side[part]} for side in (record, page))
                for i, n in enumerate((len(found & true), len(found), len(true))):
                    counts[part][i] += n
        figures = {"body": sum(body) / len(body)} | {part: f1(*n) for part, n in counts.items()}
        print({name: round(value, 4) for name, value in figures.items()}, file=sys.stderr)
        for name, floor in FLOORS.items():
            self.assertGreaterEqual(figures[name], floor, name)


unittest.main()
