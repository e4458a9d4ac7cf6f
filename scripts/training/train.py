"""Trains all models of the label stage, in the order the program asks them, and measures them by cross-validation.

Folds are drawn by domain. For each fold the models are trained on the other folds, the program runs with them over the
fold's pages, and its records are scored: the figures are those of the whole program on pages its models have not seen.
Every column comes from `marrow features`, so that training sees exactly what the program computes: columns that hold what an earlier
model said are computed with the models of the page's own fold, which have not seen it either.
"""
import argparse
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import time

import numpy as np

from data import fold_of, read_features, read_truth
from links import KINDS, link_targets, made_label, read_labels, short_hash, target, teaser_targets
from made_pages import make_pages
from made_texts import read_languages
from targets import bag_f1, block_targets, words
from trees import fit, model_bytes

PAGE_KINDS = ["article", "listing", "collection", "forum", "product", "documentation", "service"]
# Rows of far boilerplate that are kept, one in so many: they are easy and most of the rows.
KEEP_ONE_IN = 3
# What is trained, in the order the program asks; and the model files of each stage.
STAGES = ["blocks", "kind", "context", "links", "link_context", "teasers"]
MODELS = {stage: [stage] for stage in STAGES} | {"links": ["links", "link_kind"], "link_context": ["link_context", "link_context_kind"]}
NEAR = 12  # blocks around a body block that always count
# What a made page counts beside a labelled one.
MADE_WEIGHT = {"blocks": 0.2, "kind": 0.1, "links": 0.3, "link_context": 0.3, "teasers": 0.1}


def log(text):
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


class Trainer:
    def __init__(self, a):
        self.a = a
        self.work = pathlib.Path(a.work)
        self.work.mkdir(parents=True, exist_ok=True)
        self.eval = pathlib.Path(a.shared) / "eval"
        self.truth = read_truth(self.eval / "wcxb-dev/ground-truth")
        self.labels = read_labels(self.eval / "related/dev.jsonl", pathlib.Path(__file__).with_name("labels.jsonl"))
        self.fold = {i: fold_of(t["url"] or i, a.folds) for i, t in self.truth.items()}
        self.real = sorted(self.truth)
        self.make()

    def make(self):
        """Made pages of each fold (made_pages.py), beside the labelled ones."""
        folder = self.work / "made"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        languages = read_languages()
        for k in range(self.a.folds):
            sources = [self.truth[i] for i in self.real if self.fold[i] == k]
            for n, page in enumerate(make_pages(self.a.made // self.a.folds, k, sources, languages)):
                i = f"made{k}x{n}"
                (folder / f"{i}.html").write_text(page.html, encoding="utf-8")
                self.truth[i] = {"url": page.url, "kind": page.kind, "body": "\n".join(page.body), "made": True}
                self.fold[i] = k
                self.labels[i] = made_label(page)

    def counted(self, ids, what):
        return [i for i in ids if MADE_WEIGHT[what] > 0 or not self.truth[i]["made"]]

    def weigh(self, ids, what):
        return np.array([MADE_WEIGHT[what] if self.truth[i]["made"] else 1.0 for i in ids])

    def paths(self, ids):
        return [self.work / f"made/{i}.html" if self.truth[i]["made"] else self.eval / f"wcxb-dev/html/{i}.html.gz" for i in sorted(ids)]

    def features(self, what, ids, models):
        """(columns, {id: (head, matrix)}) of the pages `ids`, with the models of folder `models` (None: none)."""
        out = self.work / f"{what}.mrf"
        command = [self.a.program, "features", "--what", what, "-q", "-o", out]
        command += ["--models", models] if models else ["--no-models"]
        subprocess.run(command + self.paths(ids), check=True)
        columns, pages = read_features(out)
        columns = [c["name"] for c in columns]
        found = {head["id"]: (head, matrix) for head, matrix in pages}
        return columns, found

    def features_by_fold(self, what, ids, folder):
        columns, pages = None, {}
        for k in range(self.a.folds):
            own = [i for i in ids if self.fold[i] == k]
            if own:
                columns, found = self.features(what, own, folder(k))
                pages |= {i: (h, np.array(m)) for i, (h, m) in found.items()}
        return columns, pages

    def targets(self, pages):
        """Targets of blocks, kept between runs: aligning takes a minute."""
        path = self.work / "targets.json"
        digest = hashlib.sha256("".join(t for i in sorted(pages) for t in pages[i][0]["texts"]).encode()).hexdigest()
        if path.exists():
            kept = json.loads(path.read_text())
            if kept["digest"] == digest:
                return kept["targets"]
        targets = {i: block_targets(h["texts"], self.truth[i]["body"]) for i, (h, _) in pages.items()}
        path.write_text(json.dumps({"digest": digest, "targets": targets}))
        return targets

    # Rows, targets and weights.
    def block_rows(self, pages, targets, ids):
        """Each page weighs the same: a block's weight is its share of what the page's word F1 divides by."""
        rows, want, weight = [], [], []
        for i in ids:
            head, matrix = pages[i]
            if not len(matrix):
                continue
            t = np.array(targets[i])
            w = np.array([len(words(x)) for x in head["texts"]], dtype=float)
            w = np.minimum(1.0, (w + 0.5) / max(100.0, float((w * t).sum())))
            near = np.convolve(t > 0.05, np.ones(2 * NEAR + 1))[NEAR:NEAR + len(t)] > 0
            if self.truth[i]["made"]:
                keep, w = np.ones(len(t), dtype=bool), w * MADE_WEIGHT["blocks"]
            else:
                keep = near | (np.arange(len(t)) % KEEP_ONE_IN == int(i) % KEEP_ONE_IN)
                w = np.where(near, w, w * KEEP_ONE_IN)
            rows.append(matrix[keep])
            want.append(t[keep])
            weight.append(w[keep])
        return np.concatenate(rows), np.concatenate(want), np.concatenate(weight) * 100

    def write(self, folder, name, booster, columns, classes=1, numbers=()):
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        (pathlib.Path(folder) / f"{name}.model").write_bytes(model_bytes(booster, columns, name, classes, numbers))

    # The models, in the order the program asks them. `folder(k)` holds those that have not seen fold k; k = None: the final ones.
    def folder(self, k):
        return self.work / ("final" if k is None else f"fold{k}")

    def others(self, k, among):
        return [i for i in among if k is None or self.fold[i] != k]

    @property
    def parts(self):
        return [*range(self.a.folds), None]

    def train_blocks(self):
        columns, pages = self.features("blocks", self.ids, None)
        targets = self.targets(pages)
        for k in self.parts:
            x, y, w = self.block_rows(pages, targets, self.others(k, self.ids))
            log(f"blocks, fold {k}: {x.shape[0]} rows, {x.shape[1]} columns")
            self.write(self.folder(k), "blocks", fit(x, y, w, trees=self.a.trees, leaves=31, rate=0.07, columns=0.2), columns)

    def train_kind(self):
        columns, pages = self.features_by_fold("kind", self.ids, self.folder)
        for k in self.parts:
            mine = self.others(k, self.ids)
            x = np.concatenate([pages[i][1] for i in mine])
            y = np.array([PAGE_KINDS.index(self.truth[i]["kind"]) for i in mine])
            booster = fit(x, y, self.weigh(mine, "kind"), classes=7, trees=80, leaves=8, rate=0.1, min_rows=10)
            self.write(self.folder(k), "kind", booster, columns, 7)

    def train_context(self):
        columns, pages = self.features_by_fold("context", self.ids, self.folder)
        targets = self.targets(pages)
        for k in self.parts:
            x, y, w = self.block_rows(pages, targets, self.others(k, self.ids))
            self.write(self.folder(k), "context", fit(x, y, w, trees=250, leaves=20, rate=0.05, columns=0.3, min_rows=80), columns)

    def link_models(self, what, names, onward_options, kind_options, cut):
        """Two models of one table of links: onward reading or not, and of which kind."""
        columns, pages = self.features_by_fold(what, self.labelled, self.folder)
        for k in self.parts:
            rows, want, kinds, weights = [], [], [], []
            mine = self.counted(self.others(k, self.labelled), what)
            for i, weight in zip(mine, self.weigh(mine, what)):
                head, matrix = pages[i]
                t = link_targets(head["links"], self.labels[i], head["url"])
                keep = [j for j, (y, _) in enumerate(t) if y is not None]
                rows.append(matrix[keep])
                want += [t[j][0] for j in keep]
                kinds += [t[j][1] for j in keep]
                weights += [weight] * len(keep)
            x, y, w = np.concatenate(rows), np.array(want, dtype=float), np.array(weights)
            self.write(self.folder(k), names[0], fit(x, y, w, **onward_options), columns, numbers=[("cut", cut)])
            onward = [j for j, kind in enumerate(kinds) if kind is not None]
            of_kind = np.array([kinds[j] for j in onward])
            self.write(self.folder(k), names[1], fit(x[onward], of_kind, w[onward], classes=len(KINDS), **kind_options), columns, len(KINDS))

    def train_links(self):
        self.link_models("links", ("links", "link_kind"), dict(trees=300, leaves=24, rate=0.045, columns=0.1, min_rows=30),
                         dict(trees=60, leaves=8, rate=0.1, columns=0.2, min_rows=10), 0.4)

    def train_link_context(self):
        self.link_models("link_context", ("link_context", "link_context_kind"), dict(trees=200, leaves=16, rate=0.05, columns=0.2, min_rows=40),
                         dict(trees=60, leaves=8, rate=0.1, columns=0.3, min_rows=10), 0.55)

    def train_teasers(self):
        columns, pages = self.features_by_fold("teasers", self.labelled, self.folder)
        for k in self.parts:
            rows, want, weights = [], [], []
            mine = self.counted(self.others(k, self.labelled), "teasers")
            for i, weight in zip(mine, self.weigh(mine, "teasers")):
                head, matrix = pages[i]
                t = teaser_targets(head["texts"], self.labels[i])
                keep = [j for j, y in enumerate(t) if y is not None]
                rows.append(matrix[keep])
                want += [t[j] for j in keep]
                weights += [weight] * len(keep)
            booster = fit(np.concatenate(rows), np.array(want, dtype=float), np.array(weights), trees=250, leaves=16, rate=0.05, columns=0.2, min_rows=20)
            self.write(self.folder(k), "teasers", booster, columns, numbers=[("cut", 0.2)])

    def train_all(self, first):
        """Stages from `first` on; the models of those before it are the last run's."""
        self.ids, self.labelled = sorted(self.truth), sorted(self.labels)
        for k in self.parts:
            for name in [n for stage in STAGES[STAGES.index(first):] for n in MODELS[stage]]:
                (self.folder(k) / f"{name}.model").unlink(missing_ok=True)
        for stage in STAGES[STAGES.index(first):]:
            log(f"stage {stage}")
            getattr(self, f"train_{stage}")()

    def clean_by_fold(self, ids, name):
        """Records of every page by the models of its own fold."""
        records = self.work / name
        with open(records, "wb") as out:
            for k in range(self.a.folds):
                own = [i for i in sorted(ids) if self.fold[i] == k]
                part = self.work / "part.jsonl"
                subprocess.run([self.a.program, "clean", "--models", self.folder(k), "-o", part, "-q", *self.paths(own)], check=True)
                out.write(part.read_bytes())
        return records

    def evaluate(self):
        records = self.clean_by_fold(self.real, "records.jsonl")
        score = self.eval / "score.py"
        figures = {}
        for what, truth in (("body", self.eval / "wcxb-dev/ground-truth"), ("meta", self.eval / "wcxb-dev/ground-truth"), ("links", self.eval / "related/dev.jsonl")):
            result = subprocess.run([sys.executable, score, what, truth, records, "--json"], check=True, capture_output=True, text=True)
            figures[what] = json.loads(result.stdout)
        made = [i for i in self.truth if self.truth[i]["made"]]
        if made:
            figures["made"] = self.score_made(self.clean_by_fold(made, "records.made.jsonl"))
        return figures

    def score_made(self, records):
        """Of made pages: word F1 of the body, and F1 of related links, their kinds and teasers over all pages together."""
        body, hit, said, wanted, told, kinds, teaser_hits, teasers, teasers_said, leaks, leak_of = [], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        for record in map(json.loads, records.read_text(encoding="utf-8").splitlines()):
            truth, label = self.truth[record["id"]], self.labels[record["id"]]
            body.append(bag_f1(words(record["body"]), words(truth["body"])))
            got = {short_hash(target(r["url"], label["url"])): r["kind"] for r in record["related"]}
            right = set(got) & set(label["wanted"])
            hit, said, wanted = hit + len(right), said + len(got), wanted + len(label["wanted"])
            told += sum(label["wanted"][h] != "" for h in right)
            kinds += sum(got[h] == label["wanted"][h] for h in right)
            texts, own = {" ".join(words(t["text"])) for t in record["teasers"]}, {" ".join(words(t)) for t in label["teasers"]}
            teaser_hits, teasers, teasers_said = teaser_hits + len(texts & own), teasers + len(own), teasers_said + len(texts)
            if truth["kind"] != "listing":  # whose excerpts are its body
                flat, long = " ".join(words(record["body"])), [t for t in own if len(t.split()) > 3]
                leaks, leak_of = leaks + sum(t in flat for t in long), leak_of + len(long)
        return {"body_f1": float(np.mean(body)), "related_f1": 2 * hit / max(1, said + wanted), "kind_accuracy": kinds / max(1, told),
                "teaser_f1": 2 * teaser_hits / max(1, teasers + teasers_said), "leak_rate": leaks / max(1, leak_of), "n": len(body)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", required=True)
    parser.add_argument("--shared")
    parser.add_argument("--program")
    parser.add_argument("--out")
    parser.add_argument("--work", default="/tmp/marrow-train")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--trees", type=int, default=280)
    parser.add_argument("--made", type=int, default=1500, help="made pages beside the labelled ones")
    parser.add_argument("--from", dest="first", choices=STAGES, default=STAGES[0], help="start at this stage, with the last run's models before it")
    parser.add_argument("--only-evaluate", action="store_true", help="score the models of the last run again")
    a = parser.parse_args()
    root = pathlib.Path(a.root)
    a.shared = a.shared or root / "../shared"
    a.program = a.program or root / ".build/release/marrow"
    a.out = pathlib.Path(a.out or root / "rules/model")
    if not (pathlib.Path(a.shared) / "eval").is_dir():
        sys.exit(f"train: there are no labelled pages in {a.shared}/eval")
    trainer = Trainer(a)
    if not a.only_evaluate:
        trainer.train_all(a.first)
    figures = trainer.evaluate()
    print(json.dumps(figures, indent=1))
    a.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(trainer.folder(None).glob("*.model")):
        shutil.copy(path, a.out / path.name)
    (a.out / "figures.json").write_text(json.dumps({"folds": a.folds, "by": "domain", "figures": figures}, indent=1, sort_keys=True) + "\n")
    log(f"models and figures written to {a.out}")


if __name__ == "__main__":
    main()
