#!/usr/bin/env python3
"""crash_test.py PROGRAM CRASHING: pages that kill the process that cleans them cost themselves and not the run.

CRASHING is the program with one thing added (tests/CMakeLists.txt): MARROW_TEST_CRASH="HOW:ID" makes a worker die on the page of that id.
"""
import functools
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM, CRASHING = sys.argv.pop(1), sys.argv.pop(1)
PAGES = [ROOT / "fixtures/hostile/pages" / f"{name}.html" for name in ("utf8_bom", "bidi", "entities_numeric")]


def run(program, *arguments, crash=""):
    ran = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False,
                         env={**os.environ, "MARROW_TEST_CRASH": crash})
    ran.records = [json.loads(line) for line in ran.stdout.splitlines()]
    return ran


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Crash(unittest.TestCase):
    def test_a_batch_goes_on_and_the_page_can_be_repeated(self):
        plain = run(PROGRAM, "clean", *PAGES, "--threads", "1").stdout.splitlines()
        for how in ("segv", "abort", "kill", "exit", "memory"):
            with self.subTest(how), tempfile.TemporaryDirectory() as temp:
                ran = run(CRASHING, "clean", *PAGES, "--threads", "1", "--isolate", "--quarantine", f"{temp}/bad", crash=how + ":bidi")
                lines = ran.stdout.splitlines()
                self.assertEqual([r["id"] for r in ran.records], ["utf8_bom", "bidi", "entities_numeric"])
                self.assertEqual((lines[0], lines[2]), (plain[0], plain[2]), "the others are as they are without isolation")
                if how == "memory":  # told by the worker: it goes on
                    continue
                self.assertEqual(ran.returncode, 1)
                self.assertEqual(ran.records[1]["quality"]["flags"], ["crash", "empty"])
                kept = ran.stderr.split("to repeat it: marrow ")[1].splitlines()[0].split("'")[1]
                again = run(PROGRAM, "clean", kept)
                self.assertEqual(again.returncode, 0, again.stderr)
                self.assertEqual(again.records[0]["body"], json.loads(plain[1])["body"])

    def test_a_job_ends_well_and_fetches_the_page_again(self):
        handler = functools.partial(Quiet, directory=str(PAGES[0].parent))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, tempfile.TemporaryDirectory() as temp:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            urls = [f"http://127.0.0.1:{server.server_address[1]}/{page.name}" for page in PAGES]
            job = pathlib.Path(temp) / "job.toml"
            job.write_text(f'[source]\nurls = {json.dumps(urls)}\n[fetch]\ncontact = "a@b.localhost"\nallow_private = true\ndelay = 0\n'
                           '[output]\ndir = "out"\nfile = "records-{run}.jsonl"\nreport = "report.json"\n', encoding="utf-8")
            ran = run(CRASHING, "run", job, crash="segv:" + urls[1])
            self.assertEqual(ran.returncode, 1, ran.stderr)
            self.assertIn("died of SIGSEGV; to repeat it: marrow clean ", ran.stderr)
            report = json.loads((pathlib.Path(temp) / "report.json").read_text(encoding="utf-8"))
            self.assertEqual(report["reasons"], {"crash": 1})
            kept = [p for p in (pathlib.Path(temp) / "out/quarantine").iterdir() if p.suffix != ".note"]
            self.assertEqual([p.read_bytes() for p in kept], [PAGES[1].read_bytes()])
            again = run(CRASHING, "run", job)
            self.assertEqual(again.returncode, 0, again.stderr)
            server.shutdown()
            written = [sorted(json.loads(line)["url"] for line in path.read_text(encoding="utf-8").splitlines())
                       for path in sorted((pathlib.Path(temp) / "out").glob("records-*.jsonl"))]
            self.assertEqual(written, [sorted([urls[0], urls[2]]), [urls[1]]])

    def test_stages_are_timed_in_worker_processes_too(self):
        ran = run(PROGRAM, "clean", *PAGES, "--isolate", "--stats", "--threads", "1")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        means = {m[1]: float(m[2]) for m in re.finditer(r"^  (\w+) +[\d.]+ +[\d.]+ % +([\d.]+) ", ran.stderr, re.M)}
        for stage in ("decode", "parse", "rules", "record", "clean"):
            self.assertGreater(means[stage], 0, stage)


if __name__ == "__main__":
    unittest.main()
