"""Turns the word lists of english.py and tongues.py into articles: titles, paragraphs, lists, tables, code.

Everything is drawn from a Dice, so the same seed writes the same site with any Python.
"""
import hashlib
import re

import english
from tongues import ENGLISH_LABELS, TONGUES

SPACELESS = ("zh", "ja")


class Dice:
    """A small generator of its own: Python's random module promises no stable choices between versions."""

    def __init__(self, *seed):
        self.state = int.from_bytes(hashlib.sha256(repr(seed).encode()).digest()[:8], "big")

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, values):
        return values[self.below(len(values))]

    def chance(self, percent):
        return self.below(100) < percent

    def some(self, values, count):
        """`count` different values, in random order."""
        pool = list(values)
        return [pool.pop(self.below(len(pool))) for _ in range(min(count, len(pool)))]


def upper_first(text):
    return text[:1].upper() + text[1:]


class Prose:
    """Writes in one language on one topic. English knows eight topics, the others one each."""

    def __init__(self, dice, lang, topic=None):
        self.dice, self.lang = dice, lang
        self.words = english.TOPICS[topic] if lang == "en" else TONGUES[lang]
        self.thing = None if lang == "en" else dice.pick(self.words["things"])
        self.town = dice.pick(english.PLACES)
        self.heart = {key: dice.some(values, 3) for key, values in self.words.items() if isinstance(values, list)}
        self.used = set()

    @property
    def labels(self):
        return ENGLISH_LABELS if self.lang == "en" else TONGUES[self.lang]["labels"]

    def slot(self, name):
        dice = self.dice
        if name == "n":
            return str(dice.between(3, 19))
        if name == "big":
            return str(dice.between(120, 890))
        if name == "pct":
            return str(dice.between(7, 58))
        if name == "year":
            return str(dice.between(1994, 2023))
        if name == "year2":
            return str(dice.between(2027, 2031))
        if self.lang != "en":
            return self.thing if name == "thing" else dice.pick(self.words[{"place": "places", "person": "people", "month": "months"}[name]])
        if name in ("month", "month2"):
            return dice.pick(["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"])
        if name == "town":
            return self.town if dice.chance(60) else dice.pick(english.PLACES)
        if name == "person":
            return dice.pick(english.PEOPLE)
        if name == "season":
            return dice.pick(english.SEASONS)
        if name == "season2":
            return dice.pick(["spring", "summer", "autumn", "winter", "year"])
        return dice.pick(self.heart[name]) if dice.chance(75) else dice.pick(self.words[name])

    def fill(self, template):
        template = re.sub(r"\[([^\[\]]*\|[^\[\]]*)\]", lambda m: self.dice.pick(m[1].split("|")), template)

        def value(match):
            name = match[1]
            return upper_first(self.slot(name.lower())) if name[0].isupper() else self.slot(name)

        return upper_first(re.sub(r"\{(\w+)\}", value, template))

    def fresh(self, templates):
        """A sentence whose pattern this article has not used yet, while there are any."""
        left = [t for t in templates if t not in self.used]
        if not left:
            self.used -= set(templates)
            left = templates
        template = self.dice.pick(left)
        self.used.add(template)
        return self.fill(template)

    def join(self, sentences):
        return ("" if self.lang in SPACELESS else " ").join(sentences)

    def title(self):
        return self.fill(self.dice.pick(english.TITLES if self.lang == "en" else self.words["titles"]))

    def opening(self):
        if self.lang != "en":
            # A first sentence with a number in it: excerpts of two articles must differ.
            return self.join([self.fresh([t for t in self.words["sentences"] if re.search(r"\{(year|big|pct|n)\}", t)]), self.paragraph(self.dice.between(2, 3))])
        return self.join([self.fresh(english.OPENERS)] + [self.fresh(english.SENTENCES) for _ in range(self.dice.between(2, 3))])

    def paragraph(self, count=None):
        source = english.SENTENCES if self.lang == "en" else self.words["sentences"]
        return self.join([self.fresh(source) for _ in range(count or self.dice.between(2, 4))])

    def closing(self):
        return self.join([self.paragraph(1), self.fresh(english.CLOSERS)]) if self.lang == "en" else self.paragraph(2)

    def person(self):
        return self.dice.pick(english.PEOPLE if self.lang == "en" else self.words["people"])

    def category(self):
        return self.words["category"]

    def standfirst(self):
        return self.fresh(english.SENTENCES if self.lang == "en" else self.words["sentences"])

    def list_items(self):
        return [upper_first(self.fill(t)) for t in self.dice.some(english.LIST_ITEMS, self.dice.between(3, 5))]

    def table(self):
        rows = [["Place", "Year", "Result"]]
        for place in self.dice.some(english.PLACES, self.dice.between(3, 4)):
            rows.append([place, self.slot("year"), self.fill("{pct} per cent {problem}" if self.dice.chance(50) else "{benefit} after {n} days")])
        return rows

    def code(self):
        host = self.dice.pick(["attic", "pantry", "cellar", "porch"])
        return self.dice.pick([
            f"# keep fourteen days, then let go\nfind /srv/backup/{host} -name '*.tar.zst' \\\n    -mtime +{self.slot('n')} -delete\nsystemctl restart backup@{host}\n",
            f"[host \"{host}\"]\n  address = 10.0.{self.slot('n')}.1\n  retries = {self.slot('n')}\n\n  # comments may stand alone\n  log     = warn\n",
            f"def restore(name, day):\n    path = ARCHIVE / name / f\"{{day:%Y-%m-%d}}.tar\"\n    if not path.exists():\n        raise LookupError(path)\n    return unpack(path, into=\"/mnt/{host}\")\n",
        ])


def cut(text, lang, words, mark):
    """The excerpt a theme would make: the first words of a text, cut, with the theme's mark."""
    if lang in SPACELESS:
        return text[: words * 2] + mark if len(text) > words * 2 else text
    parts = text.split()
    return " ".join(parts[:words]) + mark if len(parts) > words else text


def first_sentence(text, lang):
    if lang in SPACELESS:
        return text.split("。")[0] + "。"
    match = re.match(r".{20,}?[.!?؟»”\"](?=\s|$)", text)
    return match[0] if match else text


def slug_of(text):
    text = text.lower()
    for old, new in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("é", "e"), ("è", "e"), ("ê", "e"), ("à", "a"), ("â", "a"), ("ç", "c"), ("ñ", "n"),
                     ("í", "i"), ("ó", "o"), ("á", "a"), ("ú", "u"), ("ô", "o"), ("û", "u"), ("î", "i"), ("É".lower(), "e")):
        text = text.replace(old, new)
    return "-".join(re.findall(r"[a-z0-9]+", text)[:8])
