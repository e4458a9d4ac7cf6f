#!/usr/bin/env python3
"""readme_test.py PROGRAM DOCUMENT...: runs the commands that stand in the documents and compares what they print.

A fenced block after a line `<!-- test -->` is a session: lines that begin with "$ " are commands (a line that ends in a
backslash goes on), the lines below each are what it prints. In those, `…` stands for anything on the line and a line of
`...` alone for any lines. `<!-- test exit=2 -->` gives the exit code of the session's last command. All sessions of a
document run in one new folder, in order, with PROGRAM as `marrow` and the repository's folders beside it.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^<!-- test(?: exit=(\d+))? -->\n+```\w*\n(.*?)^```", re.M | re.S)


def sessions(text):
    """[(line number, expected exit, [(command, expected lines)])]"""
    for match in BLOCK.finditer(text):
        steps, more = [], False
        for line in match[2].splitlines():
            if more:
                steps[-1][0] += "\n" + line
            elif line.startswith("$ "):
                steps.append([line[2:], []])
            elif steps:
                steps[-1][1].append(line)
            else:
                raise SystemExit(f"line {text[:match.start()].count(chr(10)) + 1}: a session that begins with output")
            more = line.endswith("\\") and not steps[-1][1]
        yield text[:match.start()].count("\n") + 1, int(match[1] or 0), steps


def pattern(lines):
    parts = []
    for line in lines:
        parts.append(r"(?:.*\n)*?" if line.strip() == "..." else ".*".join(re.escape(p) for p in line.rstrip().split("…")) + r"[ \t]*\n")
    return re.compile("".join(parts) + r"\Z")


def run_document(path, program, folder):
    faults = []
    environment = dict(os.environ, PATH=f"{folder}/.bin:{os.environ['PATH']}", COLUMNS="100", NO_COLOR="1")
    count = 0
    for line, code, steps in sessions(path.read_text(encoding="utf-8")):
        for i, (command, lines) in enumerate(steps):
            count += 1
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
            printed = done.stdout.decode("utf-8", "replace")
            expected = code if i == len(steps) - 1 else 0
            if done.returncode != expected:
                faults.append(f"{path.name}:{line}: $ {command}\n  ended with {done.returncode}, not {expected}:\n{printed}")
            elif lines and not pattern(lines).match(printed if printed.endswith("\n") or not printed else printed + "\n"):
                faults.append(f"{path.name}:{line}: $ {command}\n--- expected\n" + "\n".join(lines) + f"\n--- printed\n{printed}")
    return count, faults


def main():
    program, documents = pathlib.Path(sys.argv[1]).resolve(), [pathlib.Path(p) for p in sys.argv[2:]]
    total, faults = 0, []
    for document in documents:
        with tempfile.TemporaryDirectory(prefix="marrow-readme-") as folder:
            (pathlib.Path(folder) / ".bin").mkdir()
            (pathlib.Path(folder) / ".bin/marrow").symlink_to(program)
            for name in ("fixtures", "scripts", "rules", "tests"):
                if (ROOT / name).exists():
                    (pathlib.Path(folder) / name).symlink_to(ROOT / name)
            count, wrong = run_document(document, program, folder)
            total, faults = total + count, faults + wrong
    print("\n\n".join(faults))
    print(f"{total} commands run, {len(faults)} not as the documents say")
    if not total:
        sys.exit("no command found: the markers are gone")
    sys.exit(bool(faults))


main()
