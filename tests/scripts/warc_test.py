"""What `marrow fetch` keeps, read back by warcio, which was written by others.

    warc_test.py PROGRAM

Skipped (77) where Python knows no warcio; scripts/spark/setup installs it into .venv/spark, and `pip install warcio` anywhere."""

import gzip
import http.server
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = sys.argv.pop(1)

try:
    from warcio.archiveiterator import ArchiveIterator
except ImportError:
    print("warcio is not installed: nobody to read back with")
    sys.exit(77)

PAGES = {
    "/plain": ("text/html; charset=utf-8", "<p>caf\u00e9</p>".encode()),
    "/latin": ("text/html; charset=iso-8859-1", "<p>caf\u00e9</p>".encode("latin-1")),
    "/packed": ("text/html", b"<p>packed</p>" * 500),
    "/chunked": ("text/html", b"<p>in pieces</p>" * 500),
    "/empty": ("text/html", b""),
    "/lines": ("text/plain", b"WARC/1.1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
    "/large": ("text/html", b"<p>large</p>" * 200_000),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/go":
            self.send_response(302)
            self.send_header("Location", "/plain?from=go")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        page = PAGES.get(self.path.split("?")[0])
        if not page:
            return self.send_error(404)
        kind, body = page
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Set-Cookie", "id=1")
        if self.path == "/packed":
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(body), 1000):
                piece = body[at:at + 1000]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            return self.wfile.write(b"0\r\n\r\n")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Warcio(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.base = f"http://127.0.0.1:{cls.server.server_address[1]}"
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name) / "pages.warc.gz"
        urls = [cls.base + path for path in [*PAGES, "/go", "/missing"]]
        cls.ran = subprocess.run([PROGRAM, "fetch", *urls, "-o", cls.path, "--allow-private", "--delay", "0", "-q"],
                                 capture_output=True, text=True)
        cls.records = []
        with open(cls.path, "rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                fields = dict(record.rec_headers.headers)
                cls.records.append((record.rec_type, fields, record.http_headers, record.content_stream().read()))

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.folder.cleanup()

    def of(self, kind):
        return [record for record in self.records if record[0] == kind]

    def test_every_page_that_came_is_there(self):
        self.assertEqual(self.ran.returncode, 1, self.ran.stderr)  # one is missing
        bodies = {fields["WARC-Target-URI"].removeprefix(self.base): body for _, fields, _, body in self.of("response")}
        expected = {path: body for path, (_, body) in PAGES.items()}
        expected["/plain?from=go"] = PAGES["/plain"][1]
        self.assertEqual(bodies, expected)

    def test_records_name_each_other(self):
        self.assertEqual(self.records[0][0], "warcinfo")
        self.assertIn(b"software: marrow/", self.records[0][3])
        responses = {fields["WARC-Record-ID"] for _, fields, _, _ in self.of("response")}
        self.assertEqual(len(responses), len(PAGES) + 1)
        for kind in ("request", "metadata"):
            self.assertEqual({fields["WARC-Concurrent-To"] for _, fields, _, _ in self.of(kind)}, responses)
        ids = [fields["WARC-Record-ID"] for _, fields, _, _ in self.records]
        self.assertEqual(len(ids), len(set(ids)))

    def test_fields(self):
        for _, fields, headers, body in self.of("response"):
            self.assertRegex(fields["WARC-Date"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            self.assertEqual(fields["WARC-IP-Address"], "127.0.0.1")
            self.assertEqual(headers.get_statuscode(), "200")
            self.assertEqual(headers.get_header("Content-Length"), str(len(body)))
            self.assertIsNone(headers.get_header("Transfer-Encoding"))
            self.assertIsNone(headers.get_header("Content-Encoding"))
        for _, _, headers, _ in self.of("request"):
            self.assertTrue(headers.get_header("User-Agent").startswith("marrow/"))


if __name__ == "__main__":
    unittest.main()
