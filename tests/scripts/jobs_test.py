#!/usr/bin/env python3
"""jobs_test.py PROGRAM: jobs as cron has them: told to stop in the middle, started twice, out of time, with clocks and folders that change.

The site is a server in this process that holds a page back until the test lets it go, so that nothing hangs on how fast anything is.
"""
import http.server
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = sys.argv.pop(1)
LONG = 120  # seconds until a test gives up


class Site(http.server.ThreadingHTTPServer):
    """Articles at /N; what is in `held` is answered once `let_go` is set. `asked` holds the paths in order."""
    daemon_threads = True
    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Page)
        self.held, self.seen, self.let_go, self.asked = set(), threading.Event(), threading.Event(), []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def __exit__(self, *_):
        self.let_go.set()
        self.shutdown()
        super().__exit__()


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server
        site.asked.append(self.path)
        if self.path in site.held:
            site.seen.set()
            site.let_go.wait(LONG)
        body = (f"<title>Page {self.path}</title><article><h1>Page {self.path}</h1><p>The number of this page is {self.path}, and it is "
                "served for as long as this test runs, which is not long.</article>").encode()
        status = 404 if self.path == "/robots.txt" else 200
        etag = f'"{self.path}"'
        if self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        try:
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("ETag", etag)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the run cut it off

    def log_message(self, *_):
        pass


class Jobs(unittest.TestCase):
    def setUp(self):
        self.temp = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="marrow-jobs.")))
        self.site = self.enterContext(Site())

    def enterContext(self, context):  # unittest has it from Python 3.11 on
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def job(self, pages=(), name="job", rest="", source=None, dir="out"):
        path = self.temp / f"{name}.toml"
        urls = json.dumps([self.site.url(page) for page in pages])
        path.write_text(f"[source]\n{source or 'urls = ' + urls}\n[fetch]\nallow_private = true\ndelay = 0\n[output]\ndir = '{dir}'\n"
                        f"file = 'records-{{run}}.jsonl'\n{rest}\n[visits]\nadaptive = false\n", encoding="utf-8")
        return path

    def start(self, job, **env):
        process = subprocess.Popen([PROGRAM, "run", job, "--no-progress"], stderr=subprocess.PIPE, text=True, env={**os.environ, **env})
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.kill)
        return process

    def end(self, process):
        process.error = process.communicate(timeout=LONG)[1]
        return process

    def run_job(self, job, **env):
        return self.end(self.start(job, **env))

    def records(self, dir="out"):
        files = sorted((self.temp / dir).glob("records-*.jsonl"))
        return [json.loads(line)["title"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    def report(self):
        return json.loads((self.temp / "out/report.json").read_text(encoding="utf-8"))

    def titles(self, pages):
        return [f"Page {page}" for page in pages]

    PAGES = [f"/{number}" for number in range(12)]

    def test_told_to_stop_it_finishes_what_is_in_flight_and_the_next_run_does_the_rest(self):
        for sign in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(sign.name), tempfile.TemporaryDirectory(dir=self.temp) as folder:
                self.site.held, self.site.seen, self.site.let_go = {"/3"}, threading.Event(), threading.Event()
                job = self.job(self.PAGES, name=f"{os.path.basename(folder)}", dir=os.path.basename(folder))
                process = self.start(job)
                self.assertTrue(self.site.seen.wait(LONG))
                process.send_signal(sign)
                said = ""
                while "finished" not in said:  # what is said at once, while the page is still under way
                    said = process.stderr.readline()
                    self.assertNotEqual(said, "", "it ended without a word")
                self.assertRegex(said, r"interrupted: pages in flight are finished, for at most 10 s")
                self.assertIsNone(process.poll())
                self.site.let_go.set()
                self.end(process)
                self.assertEqual(process.returncode, 130, process.error)
                self.assertEqual(self.records(os.path.basename(folder)), self.titles(self.PAGES[:4]))
                self.assertEqual(self.run_job(job).returncode, 0)
                self.assertEqual(self.records(os.path.basename(folder)), self.titles(self.PAGES), "the rest, and nothing twice")

    def test_a_page_that_does_not_come_holds_it_up_no_longer_than_the_bound(self):
        self.site.held = {"/3"}
        process = self.start(self.job(self.PAGES))
        self.assertTrue(self.site.seen.wait(LONG))
        process.send_signal(signal.SIGTERM)
        self.end(process)  # though nobody lets the page go
        self.assertEqual(process.returncode, 130, process.error)
        self.assertEqual(self.records(), self.titles(self.PAGES[:3]))
        self.assertEqual((self.report()["interrupted"], self.report()["not_reached"]), (True, 9))

    def test_told_twice_it_ends_at_once_and_loses_nothing(self):
        self.site.held = {"/3"}
        job = self.job(self.PAGES)
        process = self.start(job)
        self.assertTrue(self.site.seen.wait(LONG))
        process.send_signal(signal.SIGTERM)
        while "finished" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGTERM)
        self.assertEqual(self.end(process).returncode, 130)
        self.assertEqual(self.records(), [])
        self.site.let_go.set()
        self.assertEqual(self.run_job(job).returncode, 0)
        self.assertEqual(self.records(), self.titles(self.PAGES))

    def test_told_to_stop_while_it_reads_its_sitemap(self):
        self.site.held = {"/sitemap.xml"}
        process = self.start(self.job(source=f"sitemaps = ['{self.site.url('/sitemap.xml')}']"))
        self.assertTrue(self.site.seen.wait(LONG))
        process.send_signal(signal.SIGTERM)
        self.assertEqual(self.end(process).returncode, 130, process.error)
        self.assertTrue(self.report()["interrupted"])

    def test_a_second_run_ends_at_once_and_names_the_first(self):
        self.site.held = {"/0"}
        job = self.job(["/0"])
        first = self.start(job)
        self.assertTrue(self.site.seen.wait(LONG))
        second = self.run_job(job)
        self.assertEqual(second.returncode, 3)
        self.assertRegex(second.error, rf"job\.toml: another run of this job is at work \(process {first.pid} on \S+ since 20\d\d-")
        self.assertIsNone(first.poll())
        self.site.let_go.set()
        self.assertEqual(self.end(first).returncode, 0, first.error)
        self.assertEqual(self.run_job(job).returncode, 0)

    def test_out_of_time_it_writes_what_it_has_and_the_next_run_does_the_rest(self):
        self.site.held = {"/3"}
        job = self.job(self.PAGES, rest="[limits]\nmax_runtime = '1s'")
        process = self.start(job)
        self.assertTrue(self.site.seen.wait(LONG))
        while "max_runtime is reached: pages in flight are finished" not in process.stderr.readline():
            self.assertIsNone(process.poll())
        self.site.let_go.set()
        self.assertEqual(self.end(process).returncode, 0, process.error)
        self.assertTrue(self.report()["out_of_time"])
        self.assertEqual(self.records(), self.titles(self.PAGES[:4]))
        self.assertEqual(self.run_job(self.job(self.PAGES)).returncode, 0)
        self.assertEqual(self.records(), self.titles(self.PAGES))

    def test_a_clock_that_was_set_back_keeps_no_page_from_being_asked_for(self):
        job = self.job(self.PAGES[:2])
        job.write_text(job.read_text(encoding="utf-8").replace("adaptive = false", "adaptive = true"), encoding="utf-8")
        year = 365 * 86400
        for when in (2_000_000_000 - year, 2_000_000_000):  # the second time they have not changed for a year
            self.assertEqual(self.run_job(job, SOURCE_DATE_EPOCH=str(when)).returncode, 0)
        self.assertEqual(self.report()["unchanged"], 2)
        self.run_job(job, SOURCE_DATE_EPOCH=str(2_000_000_000 + 3600))
        self.assertEqual(self.report()["not_due"], 2, "they rarely change")
        self.assertEqual(self.run_job(job, SOURCE_DATE_EPOCH=str(2_000_000_000 - year // 2)).returncode, 0)
        self.assertEqual((self.report()["not_due"], self.report()["unchanged"]), (0, 2))

    def test_the_output_folder_may_be_a_link_and_may_go(self):
        (self.temp / "disk2").mkdir()
        (self.temp / "out").symlink_to("disk2")
        job = self.job(self.PAGES[:2])
        self.assertEqual(self.run_job(job).returncode, 0)
        self.assertEqual(self.records("disk2"), self.titles(self.PAGES[:2]))
        self.assertTrue((self.temp / "out").is_symlink())
        for file in (self.temp / "disk2").iterdir():
            file.unlink()
        (self.temp / "disk2").rmdir()
        gone = self.run_job(job)
        self.assertEqual(gone.returncode, 2)
        self.assertRegex(gone.error, r"out: is a link to a folder that is not there")
        (self.temp / "out").unlink()
        self.assertEqual(self.run_job(job).returncode, 0)  # what was written before and taken away is not written again
        self.assertEqual(self.records(), [])
        whole = self.job(self.PAGES[:2], name="whole", dir="whole")
        whole.write_text(whole.read_text(encoding="utf-8").replace("records-{run}", "records-all"), encoding="utf-8")
        for _ in range(2):  # but the whole picture is
            self.assertEqual(self.run_job(whole).returncode, 0)
            self.assertEqual(self.records("whole"), self.titles(self.PAGES[:2]))
            for file in (self.temp / "whole").iterdir():
                file.unlink()

    def test_two_jobs_do_not_write_into_one_folder(self):
        first, second = self.job(["/1"], name="first"), self.job(["/2"], name="second")
        self.assertEqual(self.run_job(first).returncode, 0)
        refused = self.run_job(second)
        self.assertEqual(refused.returncode, 2)
        self.assertRegex(refused.error, r"out: another job, whose state is .*first\.state, writes here; give this one a folder of its own")
        self.assertEqual(self.records(), ["Page /1"])
        self.assertEqual(self.run_job(first).returncode, 0)
        for file in self.temp.glob("first.state*"):  # the other job is gone
            file.unlink()
        self.assertEqual(self.run_job(self.job(["/2"], name="second")).returncode, 0)

    def test_five_thousand_sites(self):
        sites = [f"http://127.0.0.{1 + number % 200}:1/{number}/" for number in range(5000)]
        job = self.job(source="sites = " + json.dumps(sites))
        check = subprocess.run([PROGRAM, "run", "--check", job], capture_output=True, text=True, check=False, timeout=LONG)
        self.assertEqual(check.returncode, 0, check.stderr)
        self.assertEqual(self.run_job(job).returncode, 1)
        self.assertGreaterEqual(self.report()["problems"], 5000)


if __name__ == "__main__":
    unittest.main()
