"""Writes fixtures/trees: small models trained here, rows, and what LightGBM itself predicts for them, for tests/label/exactness_test.cc.

  .venv/train/bin/python scripts/training/exactness.py

Rows lie on the trees' thresholds, right beside them and far off: where an evaluation that is not the trainer's would differ.
Deterministic. Run it again when model_bytes or the trainer's version changes.
"""
import pathlib

import numpy as np

import trees

OUT = pathlib.Path(__file__).resolve().parents[2] / "fixtures/trees"
COLUMNS = ["words", "density", "depth", "flag", "noise", "unused"]


def training_rows(random, count=3000):
    rows = np.zeros((count, len(COLUMNS)))
    rows[:, 0] = np.floor(random.exponential(30, count))
    rows[:, 1] = np.round(random.random(count), 3)
    rows[:, 2] = random.integers(0, 12, count)
    rows[:, 3] = random.random(count) < 0.2
    rows[:, 4] = random.normal(0, 1e6, count)
    return rows.astype(np.float32)


def thresholds_of(booster):
    found = {i: [0.0] for i in range(len(COLUMNS))}

    def walk(node):
        if "split_feature" in node:
            found[node["split_feature"]].append(node["threshold"])
            walk(node["left_child"])
            walk(node["right_child"])
    for tree in booster.dump_model()["tree_info"]:
        walk(tree["tree_structure"])
    return found


def asked_rows(booster, random, count=200):
    found = thresholds_of(booster)
    rows = np.zeros((count, len(COLUMNS)), dtype=np.float32)
    for row in rows:
        for column in range(len(COLUMNS)):
            value = np.float32(random.choice(found[column]))
            kind = random.integers(0, 5)
            row[column] = (value, np.nextafter(value, np.float32(np.inf)), np.nextafter(value, np.float32(-np.inf)),
                           np.float32(random.normal(0, 100)), np.float32(random.choice([-1e30, 1e30, 0, -0.0])))[kind]
    return rows


def write(name, booster, classes, random):
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.model").write_bytes(trees.model_bytes(booster, COLUMNS, name, classes))
    rows = asked_rows(booster, random)
    predicted = np.asarray(booster.predict(rows.astype(np.float64), raw_score=True)).reshape(len(rows), classes)
    lines = ["# " + " ".join(COLUMNS) + " | raw scores of LightGBM"]
    for row, scores in zip(rows, predicted):
        lines.append(" ".join(f"{float(v):.9g}" for v in row) + " | " + " ".join(f"{s:.12g}" for s in scores))
    (OUT / f"{name}.rows").write_text("\n".join(lines) + "\n")


def main():
    random = np.random.default_rng(20261123)
    rows = training_rows(random)
    signal = 0.03 * rows[:, 0] - 3 * rows[:, 1] + rows[:, 3] + 1e-6 * rows[:, 4] + random.normal(0, 0.5, len(rows))
    soft = 1 / (1 + np.exp(-signal))
    ones = np.ones(len(rows))
    write("soft", trees.fit(rows, soft, ones, trees=60, leaves=16, min_rows=20), 1, random)
    kinds = np.digitize(signal, [-1, 1])
    write("kinds", trees.fit(rows, kinds, ones, classes=3, trees=25, leaves=12, min_rows=20), 3, random)
    write("stump", trees.fit(rows[:, :], soft, ones, trees=3, leaves=2, min_rows=20), 1, random)


if __name__ == "__main__":
    main()
