"""Reads what `marrow features` writes: a JSON line of columns, then for each page a JSON line and its rows of float32."""
import hashlib
import json
import pathlib
import urllib.parse

import numpy as np


def read_features(path):
    """(columns, [(head, matrix)]): matrices are views into one memory map."""
    pages = []
    with open(path, "rb") as f:
        columns = json.loads(f.readline())["columns"]
        while line := f.readline():
            head = json.loads(line)
            rows = head["rows"]
            matrix = np.frombuffer(f.read(rows * len(columns) * 4), dtype="<f4").reshape(rows, len(columns))
            pages.append((head, matrix))
    return columns, pages


def domain(url):
    """The registrable part of a host, near enough to keep all pages of a site in one fold."""
    host = urllib.parse.urlsplit(url).hostname or url
    parts = host.split(".")
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in ("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"):
        return ".".join(parts[-3:])
    return ".".join(parts[-2:])


def fold_of(url, folds):
    return int.from_bytes(hashlib.sha256(domain(url).encode()).digest()[:4], "big") % folds


def read_truth(directory):
    truth = {}
    for path in sorted(pathlib.Path(directory).glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        kind = ((data.get("_internal") or {}).get("page_type") or {}).get("primary") or "article"
        truth[path.stem] = {"url": data.get("url") or "", "made": False, "kind": "collection" if kind == "category" else kind,
                            "body": data["ground_truth"].get("main_content") or "",
                            "title": data["ground_truth"].get("title") or ""}
    return truth
