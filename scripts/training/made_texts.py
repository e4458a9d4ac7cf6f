"""What made pages (made_pages.py) are written with: prose, titles and excerpts of labelled pages or of scripts/leaky/languages.txt, and
the phrases that head their lists and lines."""
import pathlib
import re
import sys
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from leaky.compose import CODE, read_languages, sentences  # noqa: E402, F401 (those who make pages read them, too)

# Phrases of languages.txt by the signals of rules/languages that hold more of their kind.
SIGNALS = {"also": ("phrase.in_article", "start"), "related": ("phrase.related", "whole"), "popular": ("phrase.popular", "whole"),
           "latest": ("phrase.latest", "whole"), "prev": ("phrase.prev", "whole"), "next": ("phrase.next", "whole"), "more": ("phrase.read_more", "whole"), "sponsored": ("phrase.sponsored", "whole")}
UNKNOWN = 0.2  # share of pages whose lists are headed by words that no rule knows: they are told by their shape


class Prose:
    """Texts of labelled pages (English, mostly): each article's own paragraphs, and titles and first sentences of the others."""

    def __init__(self, pages):
        self.pages = [p for p in pages if p["kind"] in ("article", "documentation", "service") and len(self.lines(p["body"])) >= 3]

    @staticmethod
    def lines(body):
        return [line.strip() for line in body.split("\n") if 12 <= len(line.split()) <= 160]

    def article(self, rng, count):
        lines = self.lines(rng.choice(self.pages)["body"])
        at = rng.randrange(max(1, len(lines) - count))
        others = rng.sample(self.pages, min(24, len(self.pages)))
        return lines[at:at + count], [p["title"] for p in others if self.is_title(p["title"])], [self.lines(p["body"])[0] for p in others]

    def short(self, rng):
        for _ in range(30):
            found = re.findall(r"(?<=[.!?] )[A-Z][^.!?]{8,50}[.!?](?= |$)", rng.choice(self.lines(rng.choice(self.pages)["body"])))
            if found:
                return rng.choice(found)
        return ""

    @staticmethod
    def is_title(text):
        return 2 <= len(text.split()) <= 16

    def title(self, rng):
        for _ in range(50):
            title = rng.choice(self.pages)["title"]
            if self.is_title(title):
                return title
        return "A walk along the shore"

    def head(self, rng):
        body = rng.choice(self.pages)["body"]
        short = [line.strip() for line in body.split("\n") if 2 <= len(line.split()) <= 9]
        return rng.choice(short) if short else ""


class Tongue:
    """Texts of scripts/leaky/languages.txt: few, so that paragraphs are mixed of their sentences."""

    def __init__(self, code, language):
        self.code, self.data = code, language
        self.all = [s for p in language["P"] for s in sentences(p, code)]

    def article(self, rng, count):
        space = "" if self.code in ("ja", "zh", "th") else " "
        paragraphs = list(self.data["P"])
        rng.shuffle(paragraphs)
        while len(paragraphs) < count:
            paragraphs.append(space.join(rng.sample(self.all, min(len(self.all), rng.randint(2, 4)))))
        return paragraphs[:count], rng.sample(self.data["T"], len(self.data["T"])), rng.sample(self.data["X"], len(self.data["X"]))

    def title(self, rng):
        return rng.choice(self.data["T"] + self.data["H"])

    def head(self, rng):
        return rng.choice(self.data["H"])

    def short(self, rng):
        return rng.choice(sorted(self.all, key=len)[:4])


def known_phrases(code):
    """{name: phrases} of rules/languages, as sites write them: with a capital."""
    path = pathlib.Path(__file__).resolve().parents[2] / f"rules/languages/{code}.toml"
    signals = tomllib.loads(path.read_text(encoding="utf-8"))["signal"] if path.exists() else []
    return {name: [p[:1].upper() + p[1:] for s in signals if s["name"] == signal for p in s.get(key, [])] for name, (signal, key) in SIGNALS.items()}


def phrases_of(code, language, known, rng):
    """The phrases that one page uses for its lines and lists."""
    out = {"sponsored": language["ad"], **language, "code": code, "unknown": set()}
    for name in SIGNALS:
        if rng.random() < UNKNOWN and name != "more":
            out["unknown"].add(name)
            words = rng.choice(language["T"]).split()
            out[name] = [" ".join(words[:rng.randint(1, 3)]).strip(",.:?!")]
        elif known[name] and rng.random() < 0.6:
            out[name] = known[name]
    return out
