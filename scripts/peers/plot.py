#!/usr/bin/env python3
"""plot.py OUT.png: reads [{"name", "rate", "f1"}] from standard input and plots word F1 against pages a second."""
import json
import sys

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402


def main(path):
    points = json.load(sys.stdin)
    figure, axes = pyplot.subplots(figsize=(7, 4), dpi=100)
    axes.set_xscale("log")
    for point in points:
        own = point["name"] == "marrow"
        axes.plot(point["rate"], point["f1"], "o", color="#b22" if own else "#357", markersize=8 if own else 6)
        axes.annotate(point["name"], (point["rate"], point["f1"]), textcoords="offset points", xytext=(0, 8), ha="center")
    axes.set_xlabel("pages a second, one core")
    axes.set_ylabel("word F1 of the body")
    axes.margins(0.15)
    axes.grid(True, which="both", alpha=0.25)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})


if __name__ == "__main__":
    main(sys.argv[1])
