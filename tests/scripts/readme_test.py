#!/usr/bin/env python3
"""readme_test.py [--write] PROGRAM DOCUMENT...: runs the commands that stand in the documents and compares what they print.

A fenced block after a line `<!-- test -->` is a session: lines that begin with "$ " are commands (a line that ends in a
backslash goes on), the lines below each are what it prints. In those, `…` stands for anything on the line and a line of
`...` alone for any lines. `<!-- test exit=2 -->` gives the exit code of the session's last command. All sessions of a
document run in one new folder, in order, with PROGRAM as `marrow` and the repository's folders beside it.
--write puts what the commands print into the document, save where its author left a line out (`...`).
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


def run(command, folder):
    environment = dict(os.environ, PATH=f"{folder}/.bin:{os.environ['PATH']}", COLUMNS="100", NO_COLOR="1")
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def run_document(path, folder, write):
    faults, count, text = [], 0, path.read_text(encoding="utf-8")
    for line, code, steps in sessions(text):
        before = "".join(f"$ {command}\n" + "".join(x + "\n" for x in lines) for command, lines in steps)
        for i, step in enumerate(steps):
            command, lines = step
            count += 1
            returned, printed = run(command, folder)
            expected = code if i == len(steps) - 1 else 0
            if printed and not printed.endswith("\n"):
                printed += "\n"
            if returned != expected:
                faults.append(f"{path.name}:{line}: $ {command}\n  ended with {returned}, not {expected}:\n{printed}")
            elif write and "..." not in (x.strip() for x in lines):
                step[1] = [x.rstrip() for x in printed.splitlines()]
            elif lines and not pattern(lines).match(printed):
                faults.append(f"{path.name}:{line}: $ {command}\n--- expected\n" + "\n".join(lines) + f"\n--- printed\n{printed}")
        after = "".join(f"$ {command}\n" + "".join(x + "\n" for x in lines) for command, lines in steps)
        if write and after != before:
            path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    return count, faults


def main():
    words = [word for word in sys.argv[1:] if word != "--write"]
    program, documents = pathlib.Path(words[0]).resolve(), [pathlib.Path(p) for p in words[1:]]
    total, faults = 0, []
    for document in documents:
        with tempfile.TemporaryDirectory(prefix="marrow-readme-") as folder:
            (pathlib.Path(folder) / ".bin").mkdir()
            (pathlib.Path(folder) / ".bin/marrow").symlink_to(program)
            for name in ("fixtures", "scripts", "rules", "tests"):
                if (ROOT / name).exists():
                    (pathlib.Path(folder) / name).symlink_to(ROOT / name)
            count, wrong = run_document(document, folder, "--write" in sys.argv)
            total, faults = total + count, faults + wrong
    print("\n\n".join(faults))
    print(f"{total} commands run, {len(faults)} not as the documents say")
    if not total:
        sys.exit("no command found: the markers are gone")
    sys.exit(bool(faults))


main()
