"""Fits gradient-boosted trees with LightGBM and writes them in marrow's model format (rules/model/README.md)."""
import hashlib

import lightgbm as lgb
import numpy as np


def fit(rows, targets, weights, *, classes=1, trees=400, leaves=48, rate=0.05, min_rows=40, columns=0.5, seed=7, lambda_l2=2.0,
        bagging=0.8):
    """One class: targets in [0, 1] (soft targets by cross entropy). Several: targets are class numbers. Deterministic."""
    params = {
        "objective": "cross_entropy" if classes == 1 else "multiclass", "num_leaves": leaves, "learning_rate": rate,
        "min_data_in_leaf": min_rows, "feature_fraction": columns, "bagging_fraction": bagging, "bagging_freq": 1,
        "lambda_l2": lambda_l2, "verbose": -1, "seed": seed, "deterministic": True, "force_row_wise": True, "num_threads": 2,
        "max_bin": 127, "use_missing": False, "boost_from_average": True,
    }
    if classes > 1:
        params["num_class"] = classes
    data = lgb.Dataset(np.asarray(rows, dtype=np.float32), label=targets, weight=weights, free_raw_data=False)
    return lgb.train(params, data, num_boost_round=trees)


def float_below(value):
    """The largest float32 that is <= value: x <= value holds for the same float32 x."""
    rounded = np.float32(value)
    return rounded if float(rounded) <= value else np.nextafter(rounded, np.float32(-np.inf))


def flatten(tree):
    """(features, thresholds, lefts, rights, leaves) of one tree of dump_model(): children behind parents, leaves as -(i + 1)."""
    features, thresholds, lefts, rights, values = [], [], [], [], []

    def leaf(node):
        values.append(node["leaf_value"])
        return -len(values)

    root = tree["tree_structure"]
    if "split_feature" not in root:
        leaf(root)
        return features, thresholds, lefts, rights, values
    queue = [(root, None, None)]
    while queue:
        node, parent, side = queue.pop(0)
        at = len(features)
        features.append(node["split_feature"])
        thresholds.append(float_below(node["threshold"]))
        lefts.append(0)
        rights.append(0)
        if parent is not None:
            (lefts if side == "left" else rights)[parent] = at
        for key, side_of, array in (("left_child", "left", lefts), ("right_child", "right", rights)):
            child = node[key]
            if "split_feature" in child:
                queue.append((child, at, side_of))
            else:
                array[at] = leaf(child)
    return features, thresholds, lefts, rights, values


def model_bytes(booster, columns, name, classes=1, numbers=()):
    """The model file: a text head, then little-endian arrays. Only columns that a split uses are named."""
    dump = booster.dump_model()
    trees = [(flatten(t), i % classes) for i, t in enumerate(dump["tree_info"])]
    used = sorted({f for (features, *_), _ in trees for f in features})
    place = {f: i for i, f in enumerate(used)}
    first_node, first_leaf, counts, tree_class = [], [], [], []
    features, thresholds, lefts, rights, leaves = [], [], [], [], []
    for (f, t, l, r, v), c in trees:
        first_node.append(len(features))
        first_leaf.append(len(leaves))
        counts.append(len(f))
        tree_class.append(c)
        features += [place[x] for x in f]
        thresholds += t
        lefts += l
        rights += r
        leaves += v
    payload = b"".join(np.asarray(a, dtype=d).tobytes() for a, d in (
        (first_node, "<u4"), (first_leaf, "<u4"), (counts, "<u2"), (tree_class, "<u2"), (thresholds, "<f4"), (features, "<u2"),
        (lefts, "<i2"), (rights, "<i2"), (leaves, "<f4")))
    head = ["marrow-model 1", f"name {name}", f"classes {classes}", f"trees {len(trees)}", f"nodes {len(features)}", f"leaves {len(leaves)}"]
    head += [f"number {key} {value:.6g}" for key, value in numbers]
    head += [f"column {columns[f]}" for f in used]
    head += [f"sha256 {hashlib.sha256(payload).hexdigest()}", "end", ""]
    return "\n".join(head).encode() + payload
