#!/usr/bin/env python3
"""scripts/evaluate keeps floors: raising is free, lowering asks for the flag, a fall is an error."""
import importlib.machinery
import importlib.util
import contextlib
import io
import json
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
loader = importlib.machinery.SourceFileLoader("evaluate", str(ROOT / "scripts/evaluate"))
evaluate = importlib.util.module_from_spec(importlib.util.spec_from_loader("evaluate", loader))
loader.exec_module(evaluate)


class Floors(unittest.TestCase):
    def pin(self, path, figures, lower=False):
        pinned = json.loads(path.read_text()) if path.exists() else {}
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            evaluate.set_floors(path, pinned, figures, {}, lower)

    def floors(self, path):
        return json.loads(path.read_text())["floors"]

    def test_raise_keep_and_lower(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "floors.json"
            self.pin(path, {"leaky": {"body_f1": 0.9, "leak_rate": 0.02}})
            self.assertEqual(self.floors(path), {"leaky.body_f1": 0.9, "leaky.leak_rate": 0.02})
            self.pin(path, {"leaky": {"body_f1": 0.95, "leak_rate": 0.01}})
            self.assertEqual(self.floors(path), {"leaky.body_f1": 0.95, "leaky.leak_rate": 0.01})
            with self.assertRaises(SystemExit):
                self.pin(path, {"leaky": {"body_f1": 0.8, "leak_rate": 0.03}})
            self.assertEqual(self.floors(path), {"leaky.body_f1": 0.95, "leaky.leak_rate": 0.01})
            self.pin(path, {"leaky": {"body_f1": 0.8, "leak_rate": 0.03}}, lower=True)
            self.assertEqual(self.floors(path), {"leaky.body_f1": 0.8, "leaky.leak_rate": 0.03})

    def test_a_set_not_measured_keeps_its_floors(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "floors.json"
            self.pin(path, {"leaky": {"body_f1": 0.9}})
            self.pin(path, {"meta": {"title": 0.8}}, lower=True)
            self.assertEqual(self.floors(path), {"leaky.body_f1": 0.9, "meta.title": 0.8})

    def test_worse(self):
        for name, value, floor, expected in (
            ("f1", 0.90, 0.90, False), ("f1", 0.899, 0.90, True), ("f1", 0.8999, 0.90, False), ("f1", 0.95, 0.90, False),
            ("leak_rate", 0.01, 0.01, False), ("leak_rate", 0.02, 0.01, True), ("missing", 1, 0, True),
        ):
            with self.subTest(name=name, value=value):
                self.assertEqual(evaluate.worse(name, value, floor), expected)

    def test_every_pinned_floor_is_a_known_figure(self):
        for key in json.loads((ROOT / "tests/floors.json").read_text())["floors"]:
            part, name = key.split(".", 1)
            self.assertIn(name, evaluate.PINNED[part])


unittest.main()
