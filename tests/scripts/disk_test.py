#!/usr/bin/env python3
"""A job on a disk that fails: whatever happens at whatever write, the next run starts by itself, and at the end the records are
those of an undisturbed run, each once.

  tests/scripts/disk_test.py PROGRAM FAULTY_DISK.so [--points N] [--seed S]

kill: the process dies in the middle of a write. full: there is no space from then on, and later there is again. power: what was not
synced is gone (all of it, or some of it, drawn at random). --points: moments tried of each; 0 = every one. Exit 77 without nginx.
"""
import argparse
import contextlib
import glob
import importlib.machinery
import importlib.util
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
loader = importlib.machinery.SourceFileLoader("measure_jobs", os.path.join(ROOT, "scripts/measure_jobs"))
jobs = importlib.util.module_from_spec(importlib.util.spec_from_loader("measure_jobs", loader))
sys.dont_write_bytecode = True
loader.exec_module(jobs)


def journal(path):
    with open(path, "rb") as file:
        data = file.read()
    at, calls = 0, []
    while at < len(data):
        kind = chr(data[at])
        inode, place, size = struct.unpack_from("<QQQ", data, at + 1)
        calls.append((kind, inode, place, data[at + 25:at + 25 + size]))
        at += 25 + size
    return calls


def after_power_cut(calls, folder, keep):
    """Files as they stand after these calls and a power cut: what was synced, and of the rest what `keep` says."""
    files, names = {}, {}      # inode -> bytes on the disk; path -> inode on the disk
    waiting, moves = {}, []    # not synced: inode -> writes; changes of names
    now = {}                   # path -> inode as the program sees it

    def put(inode, call):
        kind, _, place, data = call
        content = files.setdefault(inode, bytearray())
        if kind == "T":
            del content[place:]
            content.extend(bytes(max(0, place - len(content))))
        else:
            content.extend(bytes(max(0, place - len(content))))
            content[place:place + len(data)] = data

    def name(move):
        kind, first, second = move
        if kind == "C":
            names[first] = second
        elif kind == "R":
            if first in names:
                names[second] = names.pop(first)
        else:
            names.pop(first, None)

    def sync(inode):
        for call in waiting.pop(inode, []):
            put(inode, call)

    for call in calls:
        kind, inode, _, data = call
        if kind in "WT":
            waiting.setdefault(inode, []).append(call)
        elif kind == "S":
            sync(inode)
        elif kind == "Y":
            for other in list(waiting):
                sync(other)
        elif kind == "D":
            folder_name = data.decode()
            for move in [m for m in moves if os.path.dirname(m[1]) == folder_name]:
                name(move)
                moves.remove(move)
        elif kind == "C":
            now[data.decode()] = inode
            moves.append(("C", data.decode(), inode))
        elif kind == "U":
            moves.append(("U", data.decode(), None))
        elif kind == "R":
            old, new = (part.decode() for part in data.split(b"\0"))
            moves.append(("R", old, new))
    for inode, calls_left in waiting.items():
        for call in calls_left:
            if keep():
                put(inode, call)
    for move in moves:
        if keep():
            name(move)
    clean(folder)
    for path, inode in names.items():
        with open(path, "wb") as file:
            file.write(files.get(inode, b""))


def clean(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("out", "kept"):
        os.makedirs(os.path.join(folder, name))


class Job:
    def __init__(self, program, library, temp, port):
        self.program, self.library, self.temp = program, library, temp
        self.folder = os.path.join(temp, "disk")
        self.job = os.path.join(self.folder, "job.toml")
        site = os.path.join(ROOT, "fixtures/site/tidewater")
        pages = sorted(os.path.relpath(page, site)[:-5] for page in glob.glob(os.path.join(site, "20??/*/*.html")))[:12]
        self.source = "urls = [" + ", ".join(f"'http://tidewater.localhost:{port}/{page}/'" for page in pages) + "]"
        self.port = port

    def fresh(self):
        clean(self.folder)

    def run(self, **settings):
        jobs.write_job(self.job, self.port, source=self.source, fetch="warc = 'kept'")
        environment = dict(jobs.FIXED)
        if settings:
            environment.update(LD_PRELOAD=self.library, MARROW_DISK_DIR=self.folder, **settings)
        return subprocess.run([self.program, "run", self.job, "-q"], env=environment, capture_output=True, text=True, check=False)


def come_through(job, wanted, what):
    """Runs until one comes through; gives what is wrong."""
    visible = jobs.records(job.folder)
    if visible and visible != wanted:
        return f"{what}: {len(visible)} records are visible, which are not those of a whole run"
    done = job.run()
    if done.returncode != 0:
        return f"{what}: the next run ends with {done.returncode}: {done.stderr.strip()}"
    again = job.run()
    if again.returncode != 0:
        return f"{what}: the run after it ends with {again.returncode}: {again.stderr.strip()}"
    if jobs.records(job.folder) != wanted:
        return f"{what}: at the end there are {len(jobs.records(job.folder))} records, not the {len(wanted)} of an undisturbed run"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("library")
    parser.add_argument("--points", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (shutil.which("nginx") or os.path.exists("/usr/sbin/nginx")):
        print("no nginx: run scripts/setup core", file=sys.stderr)
        return 77
    dice = random.Random(options.seed)
    bad = []
    with tempfile.TemporaryDirectory(prefix="marrow-disk.") as temp, contextlib.ExitStack() as stack:
        port = stack.enter_context(jobs.served(os.path.join(temp, "web")))
        job = Job(os.path.abspath(options.program), os.path.abspath(options.library), temp, port)
        log = os.path.join(temp, "log")
        job.fresh()
        first = job.run(MARROW_DISK_LOG=log)
        wanted = jobs.records(job.folder)
        calls = journal(log) if os.path.exists(log) else []
        if first.returncode != 0 or len(wanted) < 5 or len(calls) < 20:
            print(f"the undisturbed run failed or was not watched: {first.returncode}, {len(wanted)} records, {len(calls)} calls: {first.stderr}", file=sys.stderr)
            return 1

        def points():
            every = range(1, len(calls) + 1)
            # The last calls publish: half of the moments lie there.
            few = options.points // 2
            tail = every[-30:]
            return every if not options.points or options.points >= len(every) else sorted(dice.sample(every, options.points - few) + dice.sample(tail, few))

        tried = 0
        for how in ("kill", "full"):
            for point in points():
                job.fresh()
                ended = job.run(MARROW_DISK_STOP=str(point), MARROW_DISK_HOW=how)
                if how == "full" and ended.returncode not in (0, 2):
                    bad.append(f"full at call {point}: ended with {ended.returncode}: {ended.stderr.strip()}")
                if how == "full" and ended.returncode == 2 and not ended.stderr.strip():
                    bad.append(f"full at call {point}: nothing was said")
                bad.append(come_through(job, wanted, f"{how} at call {point}"))
                tried += 1
        for name, keep in (("power, all that was not synced is gone", lambda: False), ("power, some of it", lambda: dice.random() < 0.5)):
            for point in points():
                after_power_cut(calls[:point], job.folder, keep)
                bad.append(come_through(job, wanted, f"{name}, after call {point}"))
                tried += 1
    bad = [fault for fault in bad if fault]
    for fault in bad:
        print(fault, file=sys.stderr)
    print(f"{tried} faults over the {len(calls)} calls of a run: {len(wanted)} records each time, {len(bad)} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
