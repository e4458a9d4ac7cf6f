"""The Python module, over the repository's own pages: the same records as the program's.

    module_test.py PROGRAM MODULE_FOLDER
"""

import ast
import gzip
import io
import json
import pathlib
import pickle
import subprocess
import sys
import tempfile
import threading
import types
import unittest

PROGRAM, MODULE = sys.argv[1:3]
sys.path.insert(0, MODULE)
ROOT = pathlib.Path(__file__).resolve().parents[2]
SITE = ROOT / "fixtures" / "site" / "tidewater"

import marrow  # noqa: E402

CLEANER = marrow.Cleaner()


def pages(count=12):
    return sorted(SITE.rglob("*.html"))[:count]


def program(*arguments, stdin=None):
    """Lines that marrow clean writes."""
    done = subprocess.run([PROGRAM, "clean", "-q", "--no-progress", *map(str, arguments)], input=stdin, capture_output=True)
    return done.stdout.decode().splitlines()


def warc_record(kind, fields, block):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {len(block)}\r\n\r\n".encode()
    return gzip.compress(head + block + b"\r\n\r\n", mtime=0)


def warc(paths):
    out = warc_record("warcinfo", "", b"software: test\r\n")
    for number, path in enumerate(paths):
        fields = (f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: http://tidewater.localhost/{number}\r\n"
                  "WARC-Date: 2026-11-20T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n")
        out += warc_record("response", fields, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + path.read_bytes())
    return out


class Clean(unittest.TestCase):
    def test_the_same_bytes_as_the_program(self):
        lines = program(*pages())
        self.assertEqual(len(lines), 12)
        for path, line in zip(pages(), lines):
            record = CLEANER.clean(path.read_bytes(), id=path.stem)
            self.assertEqual(record.to_json(), line)
            self.assertEqual(record.to_json_bytes(), line.encode())
            self.assertEqual(record.to_dict(), json.loads(line))

    def test_every_field_is_an_attribute(self):
        record = CLEANER.clean(pages()[-1].read_bytes(), "http://tidewater.localhost/x", id="a", fetched_at="2026-11-20T10:00:00Z", status=200)
        for name, value in record.to_dict().items():
            if name == "quality":
                self.assertAlmostEqual(record.quality.confidence, value["confidence"], places=3)
                self.assertEqual((record.quality.words, record.quality.flags), (value["words"], value["flags"]))
            elif name in ("related", "teasers"):
                items = getattr(record, name)
                self.assertEqual([{key: getattr(item, key) for key in item_of} for item, item_of in zip(items, value)], value)
                self.assertEqual(len(items), len(value))
            else:
                self.assertEqual(getattr(record, name), value, name)
        self.assertTrue(record.related)
        self.assertEqual((record.id, record.status, record.fetched_at), ("a", 200, "2026-11-20T10:00:00Z"))

    def test_str_bytes_and_views_are_the_same_page(self):
        html = pages()[0].read_bytes()
        want = CLEANER.clean(html, charset="utf-8")
        for same in (bytearray(html), memoryview(html)):
            self.assertEqual(CLEANER.clean(same, charset="utf-8"), want)
        self.assertEqual(CLEANER.clean(html.decode()), want)
        self.assertIn("words>", repr(want))

    def test_text(self):
        text = next((ROOT / "fixtures" / "sample").glob("*.txt"))
        self.assertEqual(CLEANER.clean_text(text.read_bytes(), id=text.stem).to_json(), program(text)[0])

    def test_markdown_and_own_rules(self):
        cleaner = marrow.Cleaner(body="markdown")
        self.assertEqual(cleaner.clean(pages()[0].read_bytes(), id=pages()[0].stem).to_json(), program(pages()[0], "--body", "markdown")[0])
        with tempfile.TemporaryDirectory() as folder:
            rules = pathlib.Path(folder, "own.toml")
            rules.write_text('[[filter]]\nid = "own"\nlabel = "boilerplate"\nwhere = { text = "qqq" }\nwhy = "test"\nhit = ["qqq"]\nmiss = ["a"]\n')
            self.assertNotEqual(marrow.Cleaner(rules=[folder]).rules, CLEANER.rules)
            rules.write_text("[[filter]\n")
            with self.assertRaisesRegex(marrow.RuleError, "own.toml:1"):
                marrow.Cleaner(rules=[folder])

    def test_mistakes_are_named(self):
        with self.assertRaisesRegex(marrow.RuleError, "no-such-folder"):
            marrow.Cleaner(rules=["no-such-folder"])
        with self.assertRaisesRegex(ValueError, "'html'"):
            marrow.Cleaner(body="html")
        with self.assertRaisesRegex(TypeError, "bytes or str, not int"):
            CLEANER.clean(7)
        with self.assertRaisesRegex(marrow.InputError, "1200"):
            CLEANER.clean(b"<p>x", status=1200)
        with self.assertRaises(TypeError):
            CLEANER.clean(b"<p>x", no_such_option=1)
        for kind in (marrow.RuleError, marrow.InputError, marrow.ArchiveError):
            self.assertTrue(issubclass(kind, marrow.Error))

    def test_any_bytes_give_a_record(self):
        for content in (b"", b"\0\xff\xfe", b"<", "\ud800<p>x", b"\x1f\x8b"):
            record = CLEANER.clean(content)
            self.assertIsInstance(record.body, str)
            json.loads(record.to_json())

    def test_schema_names_the_fields(self):
        self.assertEqual(list(CLEANER.clean(b"<p>x").to_dict()), list(json.loads(marrow.schema())["properties"]))


class Many(unittest.TestCase):
    def test_in_order_on_any_number_of_threads(self):
        items = [(path.read_bytes(), f"http://tidewater.localhost/{number}") for number, path in enumerate(pages(80))]
        want = [CLEANER.clean(html, url).to_json() for html, url in items]
        for threads in (0, 1, 2, 5):
            self.assertEqual([record.to_json() for record in CLEANER.clean_many(items, threads=threads)], want)

    def test_is_lazy_and_takes_pages_of_all_kinds(self):
        taken = 0

        def endless():
            nonlocal taken
            while True:
                taken += 1
                yield (b"<p>bytes", "text", marrow.Page(b"page", id="p", text=True), (b"<p>pair", None))[taken % 4]

        records = CLEANER.clean_many(endless(), threads=1)
        self.assertEqual([next(records).id for _ in range(4)], ["", "p", "", ""])
        self.assertLess(taken, 1000)
        self.assertEqual(list(CLEANER.clean_many([])), [])

    def test_a_fault_of_the_iterable_is_the_callers(self):
        def broken():
            yield b"<p>x"
            raise KeyError("mine")

        with self.assertRaisesRegex(KeyError, "mine"):
            list(CLEANER.clean_many(broken()))
        with self.assertRaises(TypeError):
            list(CLEANER.clean_many([3]))

    def test_other_threads_run_meanwhile(self):
        """Only with the interpreter's lock released can a thread that waits for another's clean() be passed by it."""
        html = pages()[0].read_bytes()
        want = CLEANER.clean(html).to_json()
        got = []
        threads = [threading.Thread(target=lambda: got.extend(CLEANER.clean(html).to_json() for _ in range(20))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(got, [want] * 80)


class Archives(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name, "a.warc.gz")
        self.path.write_bytes(warc(pages()))

    def test_the_same_records_as_the_program(self):
        records = CLEANER.clean_many(marrow.iter_warc(self.path))
        self.assertEqual([record.to_json() for record in records], program(self.path))

    def test_path_bytes_and_stream(self):
        want = [(page.id, page.url, page.content) for page in marrow.iter_warc(str(self.path))]
        self.assertEqual(len(want), 12)
        for source in (self.path.read_bytes(), io.BytesIO(self.path.read_bytes()), self.path.open("rb")):
            self.assertEqual([(page.id, page.url, page.content) for page in marrow.iter_warc(source)], want)
            if hasattr(source, "close"):
                source.close()

    def test_page(self):
        reader = marrow.iter_warc(self.path)
        page = next(reader)
        self.assertEqual((page.id, page.url, page.status, page.fetched_at, page.text, page.truncated),
                         ("0", "http://tidewater.localhost/0", 200, "2026-11-20T10:00:00Z", False, False))
        self.assertIn("a.warc.gz@", page.origin)
        self.assertEqual(len(page), len(page.content))

    def test_ranges(self):
        size = self.path.stat().st_size
        ids = [page.id for start in range(0, size, 5000) for page in marrow.iter_warc(self.path, start=start, length=5000)]
        self.assertEqual(ids, [str(number) for number in range(12)])

    def test_damage_is_counted_and_read_over(self):
        whole = self.path.read_bytes()
        poisoned = bytearray(whole)
        poisoned[len(whole) // 2] ^= 0xFF
        reader = marrow.iter_warc(bytes(poisoned))
        self.assertEqual(len(list(reader)), 11)
        self.assertEqual((reader.damaged, len(reader.messages)), (1, 1))
        self.assertRegex(reader.messages[0], "archive@[0-9]+: broken gzip")
        self.assertEqual(reader.left_out, {"other_record": 1, "revisit": 0, "status": 0, "content_type": 0})

    def test_what_cannot_be_opened(self):
        with self.assertRaisesRegex(marrow.ArchiveError, "does not exist"):
            marrow.iter_warc("no-such.warc.gz")
        with self.assertRaises(OSError):
            marrow.iter_warc("no-such.warc.gz")
        with self.assertRaises(TypeError):
            marrow.iter_warc(7)

        class Broken:
            def read(self, size):
                raise RuntimeError("the disk is gone")

        reader = marrow.iter_warc(Broken())
        self.assertEqual(list(reader), [])
        self.assertIn("the disk is gone", reader.messages[0])


class Pickles(unittest.TestCase):
    """Pages and records travel between processes."""

    def test_records(self):
        for path in pages():
            record = CLEANER.clean(path.read_bytes(), "http://tidewater.localhost/x", id=path.stem, fetched_at="2026-11-20T10:00:00Z", status=200)
            again = pickle.loads(pickle.dumps(record))
            self.assertEqual(again.to_json_bytes(), record.to_json_bytes())
            for values in (record.related, record.teasers, [record.quality]):
                for value in values:
                    copy = pickle.loads(pickle.dumps(value))
                    for name in (name for name in dir(value) if not name.startswith("_")):
                        self.assertEqual(getattr(copy, name), getattr(value, name), name)

    def test_records_of_broken_bytes(self):
        record = marrow.Cleaner(models=False).clean(b"<title>\xff\xfe</title><p>\xff\xfe", id="odd")
        self.assertEqual(pickle.loads(pickle.dumps(record)), record)

    def test_pages(self):
        for page in marrow.iter_warc(warc(pages(3))):
            again = pickle.loads(pickle.dumps(page))
            self.assertEqual(CLEANER.clean_page(again).to_json(), CLEANER.clean_page(page).to_json())
            for name in (name for name in dir(page) if not name.startswith("_")):
                self.assertEqual(getattr(again, name), getattr(page, name), name)
        self.assertTrue(pickle.loads(pickle.dumps(marrow.Page("x", text=True))).text)

    def test_memory(self):
        memory = marrow.SiteMemory()
        for page in marrow.iter_warc(warc(pages(6))):
            CLEANER.learn(page, memory)
        self.assertTrue(memory)
        self.assertEqual(pickle.loads(pickle.dumps(memory)).to_bytes(), memory.to_bytes())

    def test_what_another_version_wrote_is_an_error(self):
        for state in ((), (b"http://a/", b"A", 1, b"more")):
            with self.assertRaisesRegex(ValueError, "another version"):
                marrow.RelatedLink.__new__(marrow.RelatedLink).__setstate__(state)


class Memory(unittest.TestCase):
    def test_two_passes_as_the_program_does_them(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.warc.gz")
            path.write_bytes(warc(pages(40)))
            parts = [marrow.SiteMemory(), marrow.SiteMemory()]
            for number, page in enumerate(marrow.iter_warc(path)):
                self.assertEqual(CLEANER.learn(page, parts[number % 2]), "tidewater.localhost")
            whole = marrow.SiteMemory()
            for part in parts:
                whole.merge(marrow.SiteMemory.from_bytes(part.to_bytes()))
            self.assertTrue(whole)
            cleaner = marrow.Cleaner(memory=whole)
            got = [record.to_json() for record in cleaner.clean_many(marrow.iter_warc(path))]
            self.assertEqual(got, program(path, "--two-passes"))
            self.assertNotEqual(got, program(path))

    def test_foreign_bytes(self):
        with self.assertRaises(marrow.InputError):
            marrow.SiteMemory.from_bytes(b"nothing")
        self.assertFalse(marrow.SiteMemory())


class Helpers(unittest.TestCase):
    def test_extract(self):
        html = pages()[-1].read_bytes()
        record = CLEANER.clean(html, "http://tidewater.localhost/x")
        self.assertEqual(marrow.extract(html, url="http://tidewater.localhost/x"), record.body)
        self.assertEqual(marrow.extract(html, url="http://tidewater.localhost/x", output_format="json"), record.to_json())
        self.assertEqual(marrow.extract(html, output_format="markdown"), marrow.Cleaner(body="markdown").clean(html).body)
        self.assertTrue(marrow.extract(html, with_metadata=True).startswith('---\ntitle: "'))
        self.assertIsNone(marrow.extract(b""))
        with self.assertRaisesRegex(ValueError, "xml"):
            marrow.extract(html, output_format="xml")

    def test_datatrove_extractor(self):
        # datatrove itself is large; this is all of it that the extractor touches.
        class BaseExtractor:
            def __init__(self, timeout):
                self.timeout = timeout

        names = ["datatrove", "datatrove.pipeline", "datatrove.pipeline.extractors", "datatrove.pipeline.extractors.base"]
        for name in names:
            sys.modules[name] = types.ModuleType(name)
            self.addCleanup(sys.modules.pop, name)
        sys.modules[names[-1]].BaseExtractor = BaseExtractor
        from marrow.datatrove import MarrowExtractor

        extractor = MarrowExtractor(body="markdown")
        html = pages()[-1].read_text()
        want = marrow.Cleaner(body="markdown").clean(html).body
        self.assertEqual(extractor.extract(html), want)
        self.assertIsNone(extractor.__getstate__()["_cleaner"])

    def test_stubs_name_what_is_there(self):
        stubs = (ROOT / "src" / "python" / "marrow" / "__init__.pyi").read_text()
        for name in marrow.__all__:
            self.assertIn(name, stubs)
        for kind in (marrow.Record, marrow.Page, marrow.Cleaner, marrow.Quality, marrow.RelatedLink, marrow.Teaser, marrow.SiteMemory, marrow.ArchiveReader):
            for name in dir(kind):
                if not name.startswith("_"):
                    self.assertIn(f"def {name}(", stubs, kind)

    def test_help_says_what_the_stubs_say(self):
        stubs = ast.parse((ROOT / "src" / "python" / "marrow" / "__init__.pyi").read_text())
        seen = 0
        for node in stubs.body:
            if not isinstance(node, (ast.ClassDef, ast.FunctionDef)) or node.name == "extract":  # written in Python
                continue
            thing = getattr(marrow, node.name)
            self.assertIn(ast.get_docstring(node) or "nothing", thing.__doc__, node.name)
            for member in node.body if isinstance(node, ast.ClassDef) else []:
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("__"):
                    self.assertIn(ast.get_docstring(member) or "nothing", getattr(thing, member.name).__doc__, f"{node.name}.{member.name}")
                    seen += 1
        self.assertGreater(seen, 40)

    def test_repr_of_any_bytes(self):
        self.assertIn("<marrow.Record odd: ", repr(marrow.Cleaner(models=False).clean(b"<p>\xff\xfe", id="odd")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
