#!/usr/bin/env python3
"""A Spark job: WARC and WET archives in, Parquet of marrow's records out, partitioned by date and hash of the host.

    spark-submit [--py-files ...] scripts/spark/clean_archive.py --output OUT PATH...

PATH is a path or URL of any file system that Spark reads (file:, hdfs:, s3a: …), globs among them; --list names a file of
them. Files of the executors' own file system are read in ranges of --split-mb, so that one large archive keeps all of them
busy; archives elsewhere are read whole by Spark, one a task (executor memory: three times the archive, which must be
under 2 GB).

A record is byte for byte what `marrow clean` (with --two-passes: `marrow clean --two-passes`) writes for the page; --json adds
it as a column. Nothing in an archive fails the job: damage is counted and named. Spark runs lost tasks again; its commit protocol
lets each task's output in once. OUT is refused if it exists, unless --overwrite replaces it: running again gives the same
records, not twice as many.

The last line on standard output is a JSON object of the counters (spark-submit puts what is said on standard error before it). Exit
code 1: some archives could not be opened; 2: OUT exists, or the arguments or rules are wrong.
Needs on every executor: the module `marrow`, pyarrow, pandas (Spark's own wish). README.md says how to ship them.
"""

import argparse
import hashlib
import json
import sys
import time

from pyspark.accumulators import AccumulatorParam
from pyspark.sql import SparkSession

import marrow
from marrow import spark as work


class TallyParam(AccumulatorParam):
    """Adds counters by name, and keeps the first messages."""

    def zero(self, value):
        return ({}, [])

    def addInPlace(self, left, right):
        counts = dict(left[0])
        for name, number in right[0].items():
            counts[name] = counts.get(name, 0) + number
        return (counts, (left[1] + right[1])[: work.MOST_MESSAGES])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", metavar="PATH")
    parser.add_argument("--list", help="a file of paths, one a line, that the driver can read")
    parser.add_argument("--output", required=True, help="folder or URL for the Parquet files")
    parser.add_argument("--overwrite", action="store_true", help="replace the output if it is there")
    parser.add_argument("--json", action="store_true", help="add the column `record`: the line that marrow clean writes")
    parser.add_argument("--two-passes", action="store_true", help="first learn what recurs on each site, then clean with that")
    parser.add_argument("--body", choices=("text", "markdown"), default="text")
    parser.add_argument("--rules", action="append", default=[], help="rule files, at the same path on every executor")
    parser.add_argument("--buckets", type=int, default=16, help="of hosts, in the output's partitions (16)")
    parser.add_argument("--split-mb", type=float, default=128, help="MB of a file that one task reads (128)")
    parser.add_argument("--max-page-mb", type=float, default=20, help="MB of one page that are read (20)")
    return parser.parse_args()


def listed(options):
    paths = list(options.paths)
    if options.list:
        with open(options.list, encoding="utf-8") as lines:
            paths += [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return paths


def statuses(context, path):
    """(URL, bytes) of what a path or glob names, by Spark's own file systems."""
    hadoop = context._jvm.org.apache.hadoop.fs
    pattern = hadoop.Path(path)
    found = pattern.getFileSystem(context._jsc.hadoopConfiguration()).globStatus(pattern)
    return [(status.getPath().toString(), status.getLen()) for status in found or [] if not status.isDirectory()]


def exists(context, path):
    hadoop = context._jvm.org.apache.hadoop.fs
    place = hadoop.Path(path)
    return place.getFileSystem(context._jsc.hadoopConfiguration()).exists(place)


def parts(spark, files, split):
    """The rows that tasks take. Only bytes of other file systems travel with them."""
    context = spark.sparkContext
    local = [(url, size) for url, size in files if url.startswith("file:")]
    rows = [(url[len("file:"):], start, min(split, size - start), None)
            for url, size in local for start in range(0, max(size, 1), split)]
    frames = []
    if rows:
        frames.append(spark.createDataFrame(context.parallelize(rows, len(rows)), work.PART_SCHEMA))
    remote = [url for url, _ in files if not url.startswith("file:")]
    if remote:
        content = spark.read.format("binaryFile").load(remote)
        frames.append(content.selectExpr("path", "0L as start", "length", "content"))
    frame = frames[0]
    for other in frames[1:]:
        frame = frame.unionByName(other)
    return frame


def task(function, accumulator):
    """What mapInArrow calls: the function over a task's batches, and its counters, told once the task is through."""

    def run(batches):
        tally = work.Tally()
        yield from function(batches, tally)
        accumulator.add((tally.counts, tally.messages))

    return run


def learn(spark, frame, settings, options, accumulator):
    """The first pass: the site memory of all pages, as bytes. Shuffles one small memory a task and bucket of hosts."""
    buckets, max_bytes = options.buckets, int(options.max_page_mb * (1 << 20))

    def learn_part(batches, tally):
        cleaner = work.cleaner_for("learn " + json.dumps(settings), settings)
        return work.learn_parts(batches, cleaner, tally, buckets=buckets, max_bytes=max_bytes)

    learned = frame.mapInArrow(task(learn_part, accumulator), work.MEMORY_SCHEMA)
    merged = learned.repartition(buckets, "bucket").mapInArrow(work.merge_memories, work.MEMORY_SCHEMA)
    whole = marrow.SiteMemory()  # bounded by itself, some 400 MB: it fits a broadcast however many sites there are
    for row in merged.toLocalIterator():
        whole.merge(marrow.SiteMemory.from_bytes(bytes(row.memory)))
    return whole.to_bytes() if whole else b""


def clean(spark, frame, settings, options, accumulator, memory):
    buckets, json_column, max_bytes = options.buckets, options.json, int(options.max_page_mb * (1 << 20))
    known = spark.sparkContext.broadcast(memory) if memory else None
    key = json.dumps(settings) + hashlib.sha256(memory).hexdigest()

    def clean_part(batches, tally):
        cleaner = work.cleaner_for(key, settings, known and (lambda: known.value))
        return work.clean_parts(batches, cleaner, tally, buckets=buckets, json_column=json_column, max_bytes=max_bytes)

    schema = work.RECORD_SCHEMA + (", record string" if json_column else "")
    records = frame.mapInArrow(task(clean_part, accumulator), schema)
    mode = "overwrite" if options.overwrite else "errorifexists"
    records.write.mode(mode).partitionBy("date", "host_hash").parquet(options.output)


def main():
    options = arguments()
    paths = listed(options)
    if not paths:
        print("clean_archive: no PATH given", file=sys.stderr)
        return 2
    settings = {"body": options.body, "rules": options.rules, "max_bytes": int(options.max_page_mb * (1 << 20))}
    try:
        marrow.Cleaner(**settings)  # a wrong rule is said here, once, and not by every executor
    except marrow.RuleError as error:
        print(f"clean_archive: {error}", file=sys.stderr)
        return 2
    spark = SparkSession.builder.appName("marrow clean_archive").getOrCreate()
    # A row may hold a whole archive: one at a time.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
    if not options.overwrite and exists(spark.sparkContext, options.output):  # said now, not after a first pass of hours
        spark.stop()
        print(f"clean_archive: {options.output} is there already; --overwrite replaces it", file=sys.stderr)
        return 2
    files, missing = [], []
    for path in paths:
        found = statuses(spark.sparkContext, path)
        files += found
        if not found:
            missing.append(path)
    for path in missing:
        print(f"clean_archive: {path} does not exist", file=sys.stderr)
    counts = {"archives": len(files), "missing_archives": len(missing)}
    messages = []
    if files:
        frame = parts(spark, files, max(1, int(options.split_mb * (1 << 20))))
        begun = time.monotonic()
        memory = b""
        if options.two_passes:
            learned = spark.sparkContext.accumulator(({}, []), TallyParam())
            memory = learn(spark, frame, settings, options, learned)
            counts["memory_bytes"] = len(memory)
            counts["memory_shuffle_bytes"] = learned.value[0].get("memory_shuffle_bytes", 0)
            counts["learn_seconds"] = round(time.monotonic() - begun, 3)
            begun = time.monotonic()
        cleaned = spark.sparkContext.accumulator(({}, []), TallyParam())
        clean(spark, frame, settings, options, cleaned, memory)
        counts["clean_seconds"] = round(time.monotonic() - begun, 3)
        # Tasks that Spark ran twice counted twice; what was written was written once.
        counts.update({name: number for name, number in sorted(cleaned.value[0].items())})
        counts["records_written"] = spark.read.parquet(options.output).count() if cleaned.value[0].get("records") else 0
        messages = cleaned.value[1]
    for message in sorted(messages):
        print(f"clean_archive: {message}", file=sys.stderr)
    print(json.dumps(counts), flush=True)
    spark.stop()
    return 1 if missing or counts.get("failed_parts") else 0


if __name__ == "__main__":
    sys.exit(main())
