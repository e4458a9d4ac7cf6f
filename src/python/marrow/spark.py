"""What an executor does in ``scripts/spark/clean_archive.py``: parts of archives in, Arrow batches out.

Kept apart from the job so that workers import it by name: a ``Cleaner`` is made once a worker process and used for all its
tasks. Needs pyarrow, not Spark itself.

A part is a row (path, start, length, content): a range of a file that the executor can open, or the bytes of an archive that
Spark has read. Nothing in an archive makes a task fail; what cannot be read is counted and named.
"""

from __future__ import annotations

import re
import zlib
from urllib.parse import urlsplit

import pyarrow as pa

import marrow

RECORDS_A_BATCH = 128  # some MB of Arrow memory at a mean record of 10 kB
MOST_MESSAGES = 100  # kept of each task

PART_SCHEMA = "path string, start bigint, length bigint, content binary"

_LINK = pa.struct([("url", pa.string()), ("text", pa.string()), ("kind", pa.string())])
_TEASER = pa.struct([("text", pa.string()), ("url", pa.string()), ("truncated", pa.bool_()), ("page", pa.string())])
_QUALITY = pa.struct([("confidence", pa.float32()), ("words", pa.int32()), ("flags", pa.list_(pa.string())),
                      ("emptied_by", pa.list_(pa.string()))])
_TEXTS = ("id", "url", "canonical_url", "fetched_at", "title", "author", "published", "modified", "site", "language",
          "description", "image", "kind", "body", "charset", "rules")

RECORD_FIELDS = [pa.field(name, pa.string()) for name in _TEXTS] + [
    pa.field("status", pa.int32()), pa.field("related", pa.list_(_LINK)), pa.field("teasers", pa.list_(_TEASER)),
    pa.field("quality", _QUALITY), pa.field("host", pa.string()), pa.field("date", pa.string()), pa.field("host_hash", pa.int32()),
]
JSON_FIELD = pa.field("record", pa.string())
RECORD_SCHEMA = (
    ", ".join(f"{name} string" for name in _TEXTS)
    + ", status int, related array<struct<url string, text string, kind string>>"
    + ", teasers array<struct<text string, url string, truncated boolean, page string>>"
    + ", quality struct<confidence float, words int, flags array<string>, emptied_by array<string>>"
    + ", host string, date string, host_hash int"
)
MEMORY_SCHEMA = "bucket int, memory binary"
_MEMORY_FIELDS = pa.schema([("bucket", pa.int32()), ("memory", pa.binary())])

_cleaners: dict[str, marrow.Cleaner] = {}


def host_of(url):
    """The host of a URL in lower case, without "www."; "" where there is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host[4:] if host.startswith("www.") else host


def host_hash(host, buckets):
    """The same in every process and on every machine."""
    return zlib.crc32(host.encode("utf-8", "replace")) % buckets


def date_of(fetched_at):
    return fetched_at[:10] if fetched_at and re.match(r"\d{4}-\d\d-\d\d", fetched_at) else "unknown"


def cleaner_for(key, options, memory=None):
    """The worker's cleaner for these options; ``memory``: bytes of a site memory, or a function that gives them."""
    if key not in _cleaners:
        _cleaners.clear()  # of an earlier job in the same worker
        data = memory() if callable(memory) else memory
        known = marrow.SiteMemory.from_bytes(data) if data else None
        _cleaners[key] = marrow.Cleaner(**options, memory=known)
    return _cleaners[key]


class Tally:
    """Counters of one task, and the first messages."""

    def __init__(self):
        self.counts = {}
        self.messages = []

    def add(self, name, number=1):
        if number:
            self.counts[name] = self.counts.get(name, 0) + number

    def say(self, message):
        if len(self.messages) < MOST_MESSAGES:
            self.messages.append(message)


def parts_of(batches):
    for batch in batches:
        for path, start, length, content in zip(*(batch.column(name) for name in ("path", "start", "length", "content"))):
            yield path.as_py(), start.as_py(), length.as_py(), content


def pages_of(batches, tally, max_bytes):
    """Pages of the parts, counted; a part that cannot be opened or breaks is named and the next one read."""
    for path, start, length, content in parts_of(batches):
        tally.add("parts")
        try:
            if content.is_valid:
                reader = marrow.iter_warc(pa.BufferReader(content.as_buffer()), max_bytes=max_bytes)
            else:
                reader = marrow.iter_warc(path, start=start, length=length, max_bytes=max_bytes)
        except marrow.ArchiveError as error:
            tally.add("failed_parts")
            tally.say(str(error))
            continue
        for page in reader:
            tally.add("pages")
            tally.add("bytes", len(page))
            yield page
        tally.add("damaged", reader.damaged)
        for name, number in reader.left_out.items():
            tally.add(f"left_out_{name}", number)
        for message in reader.messages[:MOST_MESSAGES]:
            tally.say(f"{path}: {message}" if content.is_valid else message)


def row_of(record, buckets, json_column):
    row = record.to_dict()
    host = host_of(row["url"])
    row["host"] = host
    row["date"] = date_of(row["fetched_at"])
    row["host_hash"] = host_hash(host, buckets)
    row["quality"].setdefault("emptied_by", [])
    if json_column:
        row["record"] = record.to_json()
    return row


def clean_parts(batches, cleaner, tally, *, buckets, json_column=False, max_bytes=20 << 20):
    """Records of the pages of the parts, as Arrow batches of RECORD_SCHEMA (and JSON_FIELD)."""
    schema = pa.schema(RECORD_FIELDS + ([JSON_FIELD] if json_column else []))
    rows = []
    for record in cleaner.clean_many(pages_of(batches, tally, max_bytes), threads=1):
        rows.append(row_of(record, buckets, json_column))
        tally.add("records")
        if len(rows) >= RECORDS_A_BATCH:
            yield pa.RecordBatch.from_pylist(rows, schema=schema)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def learn_parts(batches, cleaner, tally, *, buckets, max_bytes=20 << 20):
    """What the pages of the parts tell of their sites: one memory a bucket of hosts."""
    memories = {}
    spare = marrow.SiteMemory()
    for page in pages_of(batches, tally, max_bytes):
        # Most pages say where they are from; of others the cleaner tells.
        host = host_of(page.url)
        if host:
            cleaner.learn(page, memories.setdefault(host_hash(host, buckets), marrow.SiteMemory()))
        else:
            cleaner.learn(page, spare)
    if spare:
        memories.setdefault(0, marrow.SiteMemory()).merge(spare)
    for bucket, memory in sorted(memories.items()):
        data = memory.to_bytes()
        tally.add("memory_shuffle_bytes", len(data))
        yield pa.RecordBatch.from_pylist([{"bucket": bucket, "memory": data}], schema=_MEMORY_FIELDS)


def merge_memories(batches):
    """One memory a bucket of those that came in."""
    merged = {}
    for batch in batches:
        for bucket, data in zip(batch.column("bucket"), batch.column("memory")):
            merged.setdefault(bucket.as_py(), marrow.SiteMemory()).merge(marrow.SiteMemory.from_bytes(data.as_py()))
    for bucket, memory in sorted(merged.items()):
        yield pa.RecordBatch.from_pylist([{"bucket": bucket, "memory": memory.to_bytes()}], schema=_MEMORY_FIELDS)
