#!/usr/bin/env python3
"""Trains rules/model/text_units.model: the role of each unit of a plain text (src/label/text_judge.h).

  scripts/training/texts.py --program build/marrow [--shared ../shared] [--out rules/model/text_units.model]   fits on all there is
  scripts/training/texts.py --program build/marrow --figures        leaves out phrasings and languages, and the labelled texts by turns;
                                                                    writes rules/model/text_figures.json

Texts: those of scripts/make_leaky_texts (28 languages, two tables of phrasings), the labelled texts of ../shared/eval/leaky, and articles of
../shared/eval/wcxb-dev with titles and beginnings of other articles set round them. Rows are the program's own (marrow features --what texts); each text is read twice, by the rules
as they are and by rules that have forgotten half or all of their phrases (forget.py).
Needs LightGBM and NumPy. The same seed gives the same model.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unicodedata

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import trees  # noqa: E402
from forget import forgetful_copy  # noqa: E402
from leaky.compose import Composer, read_languages  # noqa: E402

RULES = HERE.parent.parent / "rules"
ROLES = ("body", "related", "teaser", "other")
SIZE = {"classes": 4, "trees": 110, "leaves": 24, "rate": 0.1, "min_rows": 60, "columns": 0.4}
FORGOTTEN = (0.5, 1.0)  # shares of the phrases that the rules of a second reading have lost: of every other text half, of the others all
FORGOTTEN_WEIGHT = 0.6
DEV_WEIGHT = 4.0  # a labelled text counts for so many composed ones


class PageComposer(Composer):
    """As Composer, but the article is a real one: the lines of a page's main content."""

    def article(self, inserts):
        if self.chance(0.8):
            self.add(self.data["H"][0], "body")
        if self.chance(0.2):
            self.furniture_byline()
        for i, line in enumerate(self.data["lines"]):
            if inserts and 0 < i and self.chance(1.0 / 8):
                self.insert()
            self.add(line, "body")


def text_of(document):
    return "".join((s.get("sep", "\n") if i else "") + s["text"] for i, s in enumerate(document["segments"]))


def solid(text):
    return [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]


def roles_of(document, units):
    """The role of each unit: of most of its letters, or, where a title and its excerpt are one unit, title. -1: not known."""
    labels = []
    for s in document["segments"]:
        labels += [ROLES.index(s["label"])] * len(solid(s["text"]))
    out, at = [], 0
    for unit in units:
        size = len(solid(unit))
        part = labels[at:at + size]
        at += size
        if not part:
            out.append(-1)
            continue
        counts = collections.Counter(part)
        role, count = counts.most_common(1)[0]
        if counts[1] and counts[2] and not counts[0]:
            role = 1
        elif counts[0] and role and count < 0.9 * size:
            role = 0  # what is not parted from the article stays with it
        out.append(role)
    return out if at == len(labels) else None


def generate(seed, mixed, phrasings, layouts):
    command = [sys.executable, str(HERE.parent / "make_leaky_texts"), "--seed", str(seed), "--mixed", str(mixed), "--per-language", str(layouts),
               "--phrasings", phrasings]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def from_pages(shared, count, seed):
    """Articles of the labelled pages, titles and beginnings of the others as leaks."""
    rng = random.Random(seed)
    pages = []
    for path in sorted((shared / "eval/wcxb-dev/ground-truth").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        truth = data["ground_truth"]
        kind = ((data.get("_internal") or {}).get("page_type") or {}).get("primary") or "article"
        lines = [" ".join(x.split()) for x in (truth.get("main_content") or "").split("\n")]
        lines = [x for x in lines if x]
        title = " ".join((truth.get("title") or "").split()).split(" | ")[0]
        if kind in ("article", "documentation", "forum") and title and 3 <= len(lines) <= 150 and len(" ".join(lines)) > 400:
            pages.append((title, lines))
    long_lines = [x for _, lines in pages for x in lines if len(x) > 90 and x[:1].isupper()]
    words = generate_words()
    out = []
    for i in range(count):
        title, lines = rng.choice(pages)
        start = 0 if rng.random() < 0.7 else rng.randrange(max(1, len(lines) - 4))
        lines = lines[start:start + rng.choice((4, 8, 15, 30, 60))]
        others = rng.sample(pages, 12)
        language = {"H": [title], "T": [t for t, _ in others], "X": rng.sample(long_lines, 12), "lines": lines,
                    "P": [x for x in lines if len(x) > 80] or [lines[0] + " and so on."]}
        source = rng.choice(("known", "other", "blend"))
        layout, segments = PageComposer("en", language, words[source], rng).document()
        out.append({"id": f"page-{i}", "lang": "en", "layout": layout, "phrasings": source, "segments": segments})
    return out


def generate_words():
    known = {k: v for k, v in read_languages()["en"].items() if k not in "HPTX"}
    other = read_languages("phrasings.txt")["en"]
    return {"other": other, "known": {**other, **known}, "blend": {k: other.get(k, []) + known.get(k, []) for k in {*other, *known}}}


def read_dump(path):
    with open(path, "rb") as dump:
        head = json.loads(dump.readline())
        columns = [c["name"] for c in head["columns"]]
        while line := dump.readline():
            page = json.loads(line)
            rows = np.frombuffer(dump.read(4 * page["rows"] * len(columns)), dtype="<f4").reshape(page["rows"], len(columns))
            yield columns, page, rows


def readings(program, documents, folder):
    """(columns, document, roles, rows, weight) of every text: read by the rules as they are, and again by rules that know fewer phrases."""
    source, dump = folder / "in.jsonl", folder / "out.bin"
    for turn, share in enumerate((0.0, *FORGOTTEN)):
        with open(source, "w", encoding="utf-8") as out:
            for i, document in enumerate(documents):
                if not turn or i % len(FORGOTTEN) == turn - 1:
                    print(json.dumps({"id": str(i), "text": text_of(document)}, ensure_ascii=False), file=out)
        rules = forgetful_copy(RULES, folder / f"rules-{share}", share, seed=1)
        subprocess.run([str(program), "features", "--what", "texts", str(source), "-o", str(dump), "--quiet"], check=True,
                       env={**os.environ, "MARROW_RULES_DIR": str(rules)})
        for columns, page, rows in read_dump(dump):
            owner = int(page["id"])
            yield columns, owner, roles_of(documents[owner], page["texts"]), rows, FORGOTTEN_WEIGHT if turn else 1.0


def rows_of(program, documents):
    """Feature rows, roles, weights: (columns, x, y, weights, document of each row). Texts that could not be laid beside their units are left out."""
    columns, x, y, weights, owners, lost = [], [], [], [], [], 0
    with tempfile.TemporaryDirectory(prefix="marrow-texts-") as folder:
        for columns, owner, roles, rows, weight in readings(program, documents, pathlib.Path(folder)):
            if roles is None:
                lost += 1
                continue
            keep = np.asarray(roles) >= 0
            x.append(rows[keep])
            y.append(np.asarray(roles)[keep])
            weights.append(np.full(int(keep.sum()), weight))
            owners.append(np.full(int(keep.sum()), owner))
    if lost:
        print(f"{lost} readings left out", file=sys.stderr)
    return columns, np.concatenate(x), np.concatenate(y), np.concatenate(weights), np.concatenate(owners)


def fit(columns, x, y, weights):
    booster = trees.fit(x, y, weights, **SIZE)
    return trees.model_bytes(booster, columns, "text_units", classes=4)


def measure(program, scorer, documents, model):
    """The figures of the whole program over documents, judged with this model (b"" = by hand)."""
    with tempfile.TemporaryDirectory(prefix="marrow-texts-") as folder:
        folder = pathlib.Path(folder)
        truth, source, records = folder / "truth.jsonl", folder / "in.jsonl", folder / "out.jsonl"
        truth.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), encoding="utf-8")
        source.write_text("".join(json.dumps({"id": d["id"], "text": text_of(d)}, ensure_ascii=False) + "\n" for d in documents), encoding="utf-8")
        (folder / "models").mkdir()
        if model:
            (folder / "models/text_units.model").write_bytes(model)
        options = ["--models", str(folder / "models")] if model else ["--no-models"]
        subprocess.run([str(program), "clean", str(source), "-o", str(records), "--quiet", *options], check=True)
        done = subprocess.run([sys.executable, str(scorer), "leaky", str(truth), str(records), "--json"], check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)


KEYS = ("body_f1", "related_f1", "teaser_f1", "leak_rate", "exact_documents")


def show(name, figures):
    print(f"{name:<34}" + "  ".join(f"{k} {figures[k]:.4f}" for k in KEYS), flush=True)


def mean(parts):
    """Of figures of parts of a set, each with its number of texts."""
    n = sum(count for count, _ in parts)
    return {k: round(sum(count * f[k] for count, f in parts) / n, 4) for k in KEYS} | {"n": n}


def corpus(options):
    shared = options.shared
    dev = [json.loads(line) for line in (shared / "eval/leaky/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    made = generate(options.seed, options.mixed, "both", 13) + from_pages(shared, options.pages, options.seed)
    return dev, made


def figures(options):
    scorer = options.shared / "eval/score.py"
    dev, made = corpus(options)
    # 1. Phrasings unknown to the rules and to the training: trained on texts in known words, in other languages than those asked.
    known, other = generate(21, options.mixed, "known", 13), generate(22, 30, "other", 0)
    codes = sorted({d["lang"] for d in other})
    groups = [codes[i::options.folds] for i in range(options.folds)]
    show("by hand: other phrasings", measure(options.program, scorer, other, b""))
    show("by hand: labelled texts", measure(options.program, scorer, dev, b""))
    columns, x, y, weights, owner = rows_of(options.program, known)
    languages = np.asarray([known[i]["lang"] for i in owner])
    totals = []
    for group in groups:
        keep = ~np.isin(languages, group)
        asked = [d for d in other if d["lang"] in group]
        totals.append((len(asked), measure(options.program, scorer, asked, fit(columns, x[keep], y[keep], weights[keep]))))
    unknown = mean(totals)
    show("trained: other languages, phrasings", unknown)
    # 2. The labelled texts: each part judged by a model that has not seen it, beside all generated texts.
    columns, x, y, weights, owner = rows_of(options.program, made + dev)
    from_dev = owner >= len(made)
    weights = np.where(from_dev, DEV_WEIGHT * weights, weights)
    totals = []
    for fold in range(options.folds):
        out = from_dev & ((owner - len(made)) % options.folds == fold)
        model = fit(columns, x[~out], y[~out], weights[~out])
        asked = [d for i, d in enumerate(dev) if i % options.folds == fold]
        totals.append((len(asked), measure(options.program, scorer, asked, model)))
    labelled = mean(totals)
    show("trained: labelled texts, by folds", labelled)
    written = {"folds": options.folds, "labelled": labelled, "unknown_languages_and_phrasings": unknown}
    path = options.out.parent / "text_figures.json"
    path.write_text(json.dumps(written, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"figures written to {path}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent.parent / "shared")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent.parent / "rules/model/text_units.model")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--mixed", type=int, default=100, help="composed texts a language")
    parser.add_argument("--pages", type=int, default=1500, help="texts made of pages")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    if options.figures:
        figures(options)
        return
    dev, made = corpus(options)
    columns, x, y, weights, owner = rows_of(options.program, made + dev)
    model = fit(columns, x, y, np.where(owner >= len(made), DEV_WEIGHT * weights, weights))
    options.out.write_bytes(model)
    print(f"{len(y)} units of {len(made) + len(dev)} texts, {len(model)} bytes")


if __name__ == "__main__":
    main()
