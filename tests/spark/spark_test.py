"""clean_archive.py for real, on local-cluster[2,1,1024]: a driver, and two executors that are processes of their own.

    spark_test.py PROGRAM MODULE_FOLDER SPARK_PYTHON

SPARK_PYTHON has pyspark, pyarrow and pandas (scripts/spark/setup makes it). One Spark start a test; they take minutes on a
loaded machine.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, MODULE, PYTHON = sys.argv[1:4]
ROOT = pathlib.Path(__file__).resolve().parents[2]
JOB = ROOT / "scripts" / "spark" / "clean_archive.py"

READ = """
import json, sys
import pyarrow.dataset
table = pyarrow.dataset.dataset(sys.argv[1], partitioning="hive").to_table()
for row in table.to_pylist():
    print(json.dumps(row))
"""


def descendants(pid):
    """(pid, command line) of a process's descendants."""
    children = {}
    for folder in pathlib.Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        children.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append((int(folder.name), command))
    found, todo = [], [pid]
    while todo:
        for child in children.get(todo.pop(), []):
            found.append(child)
            todo.append(child[0])
    return found


class Job(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.out = self.folder / "out"

    def archive(self, site, *options):
        path = self.folder / f"{site}.warc.gz"
        subprocess.run([ROOT / "scripts" / "make_warc", ROOT / "fixtures" / "site" / site, "-o", path, *options],
                       check=True, stderr=subprocess.DEVNULL)
        return path

    def start(self, *arguments):
        environment = {**os.environ, "PYTHONPATH": MODULE, "PYSPARK_PYTHON": PYTHON, "SPARK_LOCAL_IP": "127.0.0.1"}
        settings = [f"spark.executorEnv.PYTHONPATH={MODULE}", "spark.ui.enabled=false", f"spark.local.dir={self.folder}",
                    "spark.network.timeout=600s"]
        command = [pathlib.Path(PYTHON).parent / "spark-submit", "--master", "local-cluster[2,1,1024]"]
        for setting in settings:
            command += ["--conf", setting]
        with open(self.folder / "log", "w") as log:
            process = subprocess.Popen([*command, JOB, "--json", "--output", self.out, *arguments], cwd=self.folder, env=environment,
                                       stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True)
        self.addCleanup(self.stop, process)
        return process

    @staticmethod
    def stop(process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def finish(self, process, code=0):
        out, _ = process.communicate()
        self.assertEqual(process.returncode, code, out[-2000:] + (self.folder / "log").read_text()[-4000:])
        return json.loads(out.splitlines()[-1]), out  # spark-submit puts the driver's standard error there too

    def rows(self):
        done = subprocess.run([PYTHON, "-c", READ, self.out], check=True, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def program(self, *arguments):
        done = subprocess.run([PROGRAM, "clean", "-q", "--no-progress", *arguments], capture_output=True, text=True)
        return sorted(done.stdout.splitlines())

    def test_the_same_records_past_poison_and_a_killed_executor(self):
        paths = [self.archive(site) for site in ("tidewater", "courier", "almanac")]
        want = self.program(*paths)
        self.assertEqual(len(want), 219)
        whole = bytearray(paths[0].read_bytes())
        whole[len(whole) // 2] ^= 0xFF
        poisoned = self.folder / "poisoned.warc.gz"
        poisoned.write_bytes(whole)
        garbage = self.folder / "garbage.warc.gz"
        garbage.write_bytes(bytes(range(256)) * 100)
        cut = self.folder / "cut.warc.gz"
        cut.write_bytes(paths[1].read_bytes()[:20000])
        bad = self.program(poisoned, garbage, cut)

        process = self.start("--split-mb", "0.05", *paths, poisoned, garbage, cut, "no-such.warc.gz")
        self.assertTrue(self.kill_one_executor(process), (self.folder / "log").read_text()[-4000:])
        counts, said = self.finish(process, code=1)  # one path does not exist
        rows = self.rows()
        self.assertEqual(sorted(row["record"] for row in rows), sorted(want + bad))
        self.assertEqual(counts["records_written"], len(want) + len(bad))
        self.assertEqual((counts["archives"], counts["missing_archives"]), (6, 1))
        self.assertGreaterEqual(counts["damaged"], 3)
        self.assertIn("poisoned.warc.gz@", said)
        self.assertIn("no-such.warc.gz does not exist", said)
        for row in rows:
            record = json.loads(row["record"])
            for name, value in record.items():
                if name == "quality":
                    self.assertAlmostEqual(row["quality"]["confidence"], value["confidence"], places=5)
                    self.assertEqual((row["quality"]["words"], row["quality"]["flags"]), (value["words"], value["flags"]))
                else:
                    self.assertEqual(row[name], value, name)
            self.assertEqual((row["date"], row["host"]), ("2026-11-20", record["url"].split("/")[2]))

    def kill_one_executor(self, process):
        """Once a task's output is there, and not all of it."""
        while process.poll() is None:
            if any(self.out.rglob("*.parquet")):
                executors = [pid for pid, command in descendants(process.pid) if "CoarseGrainedExecutorBackend" in command and "/bin/java" in command.split()[0]]
                if executors:
                    os.kill(executors[0], signal.SIGKILL)
                    return True
            time.sleep(0.02)
        return False

    def test_two_passes_and_running_again(self):
        path = self.archive("tidewater")
        want = self.program(path, "--two-passes")
        self.assertNotEqual(want, self.program(path))
        counts, _ = self.finish(self.start("--two-passes", "--split-mb", "0.1", path))
        self.assertEqual(sorted(row["record"] for row in self.rows()), want)
        self.assertGreater(counts["memory_shuffle_bytes"], 0)
        refused = self.start(path)
        said, _ = refused.communicate()
        self.assertEqual(refused.returncode, 2, said)
        self.assertIn("is there already; --overwrite replaces it", said)
        self.assertEqual(sorted(row["record"] for row in self.rows()), want)
        self.finish(self.start("--overwrite", path))
        self.assertEqual(sorted(row["record"] for row in self.rows()), self.program(path))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
