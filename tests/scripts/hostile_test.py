#!/usr/bin/env python3
"""hostile_test.py PROGRAM FOLDER: the program over all that scripts/make_hostile has put into FOLDER, seen from outside.

Every page gives a record, in order, and nothing is lost; memory and processor time are bounded by the kernel's own count, not by a
clock; bombs, endless lines, broken files, traps in folders and names that lead out of a folder are told or made harmless.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM, FOLDER = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
# Sanitizers take three times the memory and many times the time: what is promised is promised of the program as it is shipped.
SANITIZED = b"__asan_init" in pathlib.Path(PROGRAM).read_bytes() or b"__tsan_init" in pathlib.Path(PROGRAM).read_bytes()
MEGABYTES = 320          # of a run over one page: 280 measured for the worst
WINDOW_MEGABYTES = 1200  # of a run that holds a window of such pages read ahead: 854 measured
MEAN_SECONDS = 0.5  # of processor time a page, over all of them; each of its own is under 1.5 (scripts/measure_hostile)


class Ran:
    """One run of the program: what it wrote, how it ended, the most memory it held (MB)."""

    def __init__(self, *arguments, seconds=60, env=None, cwd=None):
        def limit():
            if not SANITIZED:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=out, stderr=err, stdin=subprocess.DEVNULL, preexec_fn=limit,
                                       env={**os.environ, **(env or {})}, cwd=cwd)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = self.exit = os.waitstatus_to_exitcode(status)  # negative: a signal
            self.megabytes = used.ru_maxrss // 1024
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read(), err.read().decode("utf-8", "replace")

    def records(self):
        return [json.loads(line) for line in self.out.decode("utf-8").splitlines()]


class Hostile(unittest.TestCase):
    def memory(self, ran, megabytes=MEGABYTES):
        if not SANITIZED:
            self.assertLess(ran.megabytes, megabytes)

    def test_all_pages_in_one_run(self):
        files = sorted(os.listdir(FOLDER / "pages"))
        ran = Ran("clean", FOLDER / "pages", "--threads", "1", "--no-progress", seconds=int(MEAN_SECONDS * len(files)))
        self.memory(ran, WINDOW_MEGABYTES)
        records = [r["id"] for r in ran.records()]
        # What looks like no text at all is named; everything else has its record, in order.
        refused = [line.split("/pages/")[1].split(" ")[0] for line in ran.err.splitlines() if "is no page: it looks like" in line]
        refused = sorted(set(refused))
        self.assertEqual(records + [f.rsplit(".", 1)[0] for f in refused] and sorted(records + [f.rsplit(".", 1)[0] for f in refused]),
                         sorted(f.rsplit(".", 1)[0] for f in files))
        self.assertEqual(records, sorted(records, key=lambda i: next(f for f in files if f.rsplit(".", 1)[0] == i)))
        self.assertEqual(ran.exit, 1 if refused else 0)
        self.assertLess(len(refused), 12, refused)

    def test_limits_on_the_command_line(self):
        ran = Ran("clean", FOLDER / "pages/line_10mb.html", "--max-bytes", "1", "--max-memory", "64", "--max-time", "0.5", "-q")
        self.assertEqual(ran.exit, 0)
        [record] = ran.records()
        self.assertIn("over_budget", record["quality"]["flags"])
        self.assertIn("written down every barge", record["body"])
        self.memory(ran, 160)  # 141 measured, 50 of it the program itself

    def test_bombs_and_broken_files(self):
        ran = Ran("clean", FOLDER / "packed/bomb.html.gz", FOLDER / "packed/cut.html.gz", FOLDER / "packed/broken.html.gz",
                  FOLDER / "packed/twice.html.gz", FOLDER / "pages/utf8_bom.html", "--threads", "1")
        self.assertEqual(ran.exit, 1)
        self.assertEqual([r["id"] for r in ran.records()], ["utf8_bom"])
        for words in ("bomb.html.gz is a decompression bomb", "cut.html.gz ends in the middle", "broken.html.gz is broken gzip", "twice.html.gz is no page"):
            self.assertIn(words, ran.err)
        self.memory(ran)

    def test_a_line_of_a_gigabyte(self):
        ran = Ran("clean", FOLDER / "packed/line.jsonl.gz", "--threads", "1")
        self.assertEqual([r["id"] for r in ran.records()], ["after"])
        self.assertEqual(ran.exit, 1)
        self.memory(ran)

    def test_lines_that_are_no_json(self):
        ran = Ran("clean", FOLDER / "packed/lines.jsonl", "--threads", "1")
        ids = [r["id"] for r in ran.records()]
        self.assertEqual((ids[0], ids[-1]), ("first", "last"))
        self.assertEqual(ran.exit, 1)

    def test_archives_with_wrong_lengths(self):
        files = sorted((FOLDER / "packed").glob("*.warc"))
        ran = Ran("clean", *files, "--threads", "1")
        self.assertIn(ran.exit, (0, 1))
        for record in ran.records():
            self.assertNotIn("crash", record["quality"]["flags"])
        self.memory(ran)

    def test_names_do_not_lead_out_of_the_folder(self):
        with tempfile.TemporaryDirectory() as temp:
            out = pathlib.Path(temp) / "out"
            ran = Ran("clean", FOLDER / "packed/names.jsonl", "-o", f"{out}/", "-q")
            self.assertIn(ran.exit, (0, 1))
            inside = list(out.iterdir())
            everything = [p for p in pathlib.Path(temp).rglob("*") if p.is_file()]
            self.assertEqual(sorted(inside), sorted(everything))
            self.assertGreater(len(inside), 12)
            for path in inside:
                self.assertTrue(path.name.isprintable() and not path.name.startswith((".", "-")), path.name)

    def test_a_folder_of_traps(self):
        with tempfile.TemporaryDirectory() as temp:  # "up" leads to what lies beside it, which is all other pages where it was made
            subprocess.run(["cp", "-a", FOLDER / "traps", temp], check=True)
            (pathlib.Path(temp) / "beside.html").write_bytes((FOLDER / "pages/utf8_bom.html").read_bytes())
            ran = Ran("clean", f"{temp}/traps", "--threads", "1", seconds=60)
        self.assertEqual(ran.exit, 1)
        self.assertGreaterEqual(len(ran.records()), 4)
        self.assertIn("beside", [r["id"].rsplit("/", 1)[-1] for r in ran.records()])
        for words in ("is a FIFO", "is a device", "a loop of folders"):
            self.assertIn(words, ran.err)
        self.assertNotIn("\x1b", ran.err)
        self.memory(ran, WINDOW_MEGABYTES)

    def test_fifty_thousand_rules(self):
        rules = [a for i in range(5) for a in ("--rules", FOLDER / f"rules/many/{i}.toml")]
        ran = Ran("clean", FOLDER / "pages/utf8_bom.html", *rules, "--threads", "1", seconds=30)
        self.assertEqual((ran.exit, [r["id"] for r in ran.records()]), (0, ["utf8_bom"]))
        self.memory(ran)  # 245 measured

    def test_a_rule_file_of_ten_megabytes(self):
        ran = Ran("clean", FOLDER / "pages/utf8_bom.html", "--rules", FOLDER / "rules/long.toml", "--threads", "1")
        self.assertEqual(ran.exit, 2)
        self.assertIn("long.toml: is longer than", ran.err)

    def test_a_rule_that_matches_everything(self):
        ran = Ran("clean", FOLDER / "pages/utf8_bom.html", "--rules", FOLDER / "rules/everything.toml", "--threads", "1")
        [record] = ran.records()
        self.assertIn("needs_review", record["quality"]["flags"], "the rule that emptied the page is named")

    def test_isolation_changes_no_byte(self):
        pages = sorted((FOLDER / "pages").glob("[a-f]*.html"))
        pages = [p for p in pages if p.stat().st_size < 200_000]
        self.assertGreater(len(pages), 8)
        self.assertEqual(Ran("clean", *pages, "--threads", "2").out, Ran("clean", *pages, "--threads", "2", "--isolate").out)


if __name__ == "__main__":
    unittest.main()
