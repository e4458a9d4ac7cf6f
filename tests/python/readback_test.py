"""Archives read and written by others: what warcio and fastwarc write is read here, what this project writes is read by them.

    readback_test.py PROGRAM MODULE_FOLDER

Skipped (77) where neither is installed; scripts/spark/setup installs both into .venv/spark.
"""

import gzip
import io
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM, MODULE = sys.argv[1:3]
sys.path.insert(0, MODULE)
ROOT = pathlib.Path(__file__).resolve().parents[2]

try:
    import warcio
    from warcio.archiveiterator import ArchiveIterator
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError:
    warcio = None
try:
    import fastwarc.warc
except ImportError:
    fastwarc = None
if not warcio and not fastwarc:
    print("neither warcio nor fastwarc is installed: nobody to read back against")
    sys.exit(77)

import marrow  # noqa: E402

PAGES = {f"http://a.example/{number}": f"<html><body><p>Page {number}, with words enough to be one.</p></body></html>".encode() * (number + 1)
         for number in range(20)}


def chunked(body):
    return b"".join(b"%x\r\n%s\r\n" % (len(body[at:at + 100]), body[at:at + 100]) for at in range(0, len(body), 100)) + b"0\r\n\r\n"


def ours(source):
    return {page.url: page.content for page in marrow.iter_warc(source)}


@unittest.skipUnless(warcio, "warcio is not installed")
class Warcio(unittest.TestCase):
    def write(self, packed, version):
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=packed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
        for number, (url, body) in enumerate(PAGES.items()):
            fields = [("Content-Type", "text/html; charset=utf-8")]
            if number % 3 == 1:
                fields.append(("Transfer-Encoding", "chunked"))
                body = chunked(body)
            if number % 3 == 2:
                fields.append(("Content-Encoding", "gzip"))
                body = gzip.compress(body)
            head = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head)
            request = writer.create_warc_record(url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True))
            writer.write_request_response_pair(request, record)
            if number == 5:
                writer.write_record(writer.create_revisit_record(url, "sha1:" + "A" * 32, url, "2026-01-01T00:00:00Z"))
        return out.getvalue()

    def test_what_it_writes_is_read(self):
        for packed in (True, False):
            for version in ("WARC/1.0", "WARC/1.1"):
                data = self.write(packed, version)
                self.assertEqual(ours(data), PAGES, (packed, version))
                reader = marrow.iter_warc(data)
                ids = [page.id for page in reader]
                theirs = [record.rec_headers.get_header("WARC-Record-ID")[10:-1] for record in ArchiveIterator(io.BytesIO(data)) if record.rec_type == "response"]
                self.assertEqual(ids, theirs)
                self.assertEqual((reader.damaged, reader.left_out["revisit"], reader.left_out["other_record"]), (0, 1, 21))

    def test_what_this_project_writes_is_read_by_it(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.warc.gz")
            subprocess.run([ROOT / "scripts" / "make_warc", ROOT / "fixtures" / "site" / "tidewater", "-o", path], check=True, stderr=subprocess.DEVNULL)
            with path.open("rb") as stream:
                theirs = {record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
                          for record in ArchiveIterator(stream) if record.rec_type == "response"}
            self.assertGreater(len(theirs), 50)
            self.assertEqual(ours(path), theirs)


@unittest.skipUnless(fastwarc, "fastwarc is not installed")
class FastWarc(unittest.TestCase):
    def test_what_this_project_writes_is_read_by_it(self):
        with tempfile.TemporaryDirectory() as folder:
            for options, name in (([], "a.warc.gz"), (["--plain"], "a.warc")):
                path = pathlib.Path(folder, name)
                subprocess.run([ROOT / "scripts" / "make_warc", ROOT / "fixtures" / "site" / "almanac", "-o", path, *options], check=True, stderr=subprocess.DEVNULL)
                with path.open("rb") as stream:
                    iterator = fastwarc.warc.ArchiveIterator(stream, record_types=fastwarc.warc.WarcRecordType.response, parse_http=True)
                    theirs = {record.headers["WARC-Target-URI"]: record.reader.read() for record in iterator}
                self.assertGreater(len(theirs), 50)
                self.assertEqual(ours(path), theirs)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], warnings="ignore")
