"""Rule folders whose languages know fewer phrases: a labeller that is trained with them too leans less on what it has been told and more
on the shape of a text, and stands better where a site uses words that no rule knows."""
import pathlib
import random
import re
import shutil

LIST = re.compile(r"^((?:whole|start|end) = )\[(.*?)\]$", re.S | re.M)
CASES = re.compile(r"^(?:hit|miss) = \[.*?\]$", re.S | re.M)
STRING = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"")
NO_PHRASE = "'zqxjkvzq'"  # a list may not be empty


def forgetful_copy(rules, folder, share, seed):
    """A copy of the rule folder at `folder` that has lost this share of the phrases of each language. Deterministic."""
    rng = random.Random(seed)
    shutil.copytree(rules, folder)

    def fewer(match):
        kept = [phrase for phrase in STRING.findall(match.group(2)) if rng.random() >= share]
        return f"{match.group(1)}[{', '.join(kept or [NO_PHRASE])}]"

    for path in sorted(pathlib.Path(folder, "languages").glob("*.toml")):
        path.write_text(CASES.sub("", LIST.sub(fewer, path.read_text(encoding="utf-8"))), encoding="utf-8")
    return folder
