"""Composes leaky texts at random: an article of many shapes, and what sites set round it, in it and on its lines.

Composer(code, language, phrases, rng).document() gives (layout, segments): [{"text", "label", "title"?, "sep"?}]. Labels: body, related, teaser,
other. `language` holds paragraphs P, headlines H, titles T and texts X of other items; `phrases` the words of the furniture. Hard cases are
drawn on purpose: lists, tables, code, dialogue, timelines and numbered lists of the article's own, sentences that sound like furniture.
"""
import pathlib
import re

SPACELESS = ("ja", "zh", "th")
CUTS = ("...", "…", " ...", " …", "[…]", " […]", " [...]", "....", "(…)", "..", " …]")
CODE = ("make all && make check", "for i in range(3):", "    print(i)", "if (x < 0) return -1;", "base: &base", "  <<: *base", "  level: info",
        "cat a.txt >> b.txt", "{\"name\": \"bell\", \"size\": 3}", "$ ship --next --related=3", "SELECT title FROM items WHERE id = 7;",
        "git log --oneline | head -5", "2024-03-01 10:14:02 INFO started", "2024-03-01 10:14:09 WARN retry in 3 s...", "return related[0];")
MONTHS = {"de": "Mai", "fr": "mai", "es": "mayo", "it": "maggio", "pt": "maio", "nl": "mei", "ru": "мая", "uk": "травня", "bg": "май",
          "pl": "maja", "cs": "května", "el": "Μαΐου", "ar": "مايو", "fa": "مه", "hi": "मई", "tr": "Mayıs", "hu": "május", "ro": "mai",
          "fi": "toukokuuta", "sv": "maj", "da": "maj", "vi": "tháng 5", "th": "พฤษภาคม", "id": "Mei"}
QUOTES = {"de": "„“", "fr": "«»", "ru": "«»", "uk": "«»", "bg": "„“", "pl": "„”", "cs": "„“", "hu": "„”", "ro": "„”", "el": "«»", "es": "«»", "it": "«»",
          "ja": "「」", "zh": "“”", "vi": "“”", "th": "“”", "fa": "«»", "fi": "””", "sv": "””", "ar": "«»", "da": "»«"}
STOPS = {"ja": "。", "zh": "。", "hi": "।", "th": ""}


def read_languages(name="languages.txt"):
    """{code: {"H", "P", "T", "X": texts, and the phrases by their names}} of a table in this folder."""
    languages, language = {}, None
    for line in pathlib.Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            language = languages.setdefault(line[1:].strip(), {"H": [], "P": [], "T": [], "X": []})
        elif line[:2] in ("H ", "P ", "T ", "X "):
            language[line[0]].append(line[2:].strip())
        elif " = " in line and not line.startswith("#"):
            name, phrases = line.split(" = ", 1)
            language[name.strip()] = [p.strip() for p in phrases.split("|")]
    return languages


def sentences(text, code):
    if code in ("ja", "zh"):
        parts = re.findall(r"[^。！？]+[。！？][」”』]?", text)
    elif code == "hi":
        parts = re.findall(r"[^।?!]+[।?!][”\"]?", text)
    elif code == "th":
        parts = text.split(" ")
    else:
        parts = re.split(r"(?<=[.!?؟])[\"”»]?\s+", text)
    return [p.strip() for p in parts if len(p.strip()) > 8]


class Composer:
    def __init__(self, code, language, phrases, rng):
        self.code, self.data, self.phrases, self.rng, self.out = code, language, phrases, rng, []
        self.kind = []
        self.pool = [s for p in language["P"] for s in sentences(p, code)]
        self.titles, self.texts, self.own = [], [], []
        self.stop = STOPS.get(code, ".")
        self.spaceless = code in SPACELESS

    # Words and pieces ------------------------------------------------------------------------------------------------
    def chance(self, share):
        return self.rng.random() < share

    def add(self, text, label, sep=None, **more):
        text = text.strip("\n")
        if not text.strip():
            return
        segment = {"text": text, "label": label, **more}
        if sep is not None and self.out:
            segment["sep"] = sep
        self.out.append(segment)

    def phrase(self, name):
        known = self.phrases.get(name) or self.data.get(name)
        if not known:
            return None
        text = self.rng.choice(known)
        text = text.replace("{n}", self.name()).replace("{d}", self.day())
        if self.chance(0.12) and name not in ("share", "newsletter", "login", "cookie") and not self.spaceless:
            text = text.upper()
        return text

    def name(self):
        return self.rng.choice(self.phrases.get("people") or self.data.get("people") or ["A. Norton"])

    def day(self):
        day = self.rng.randrange(1, 29)
        if self.code in ("ja", "zh"):
            return self.rng.choice((f"{self.rng.randrange(1, 13)}月{day}日", f"2024年{self.rng.randrange(1, 13)}月{day}日"))
        if self.code == "ko":
            return f"{self.rng.randrange(1, 13)}월 {day}일"
        month = MONTHS.get(self.code, self.rng.choice(("May", "March", "June")))
        return self.rng.choice((f"{day} {month}", f"{day} {month} 2024", f"{day:02d}.{self.rng.randrange(1, 13):02d}.2024", f"{day}/{self.rng.randrange(1, 13)}/2024"))

    def clock(self):
        return f"{self.rng.randrange(6, 23)}:{self.rng.randrange(60):02d}"

    def colon(self):
        return "：" if self.code in ("ja", "zh") else " : " if self.code == "fr" else ": "

    def quote(self, text):
        a, b = QUOTES.get(self.code, '""')
        if self.chance(0.3):
            a, b = '""' if self.code not in ("ja", "zh") else QUOTES.get(self.code)
        return a + text + b

    def title(self):
        if not self.titles:
            self.titles = self.rng.sample(self.data["T"], len(self.data["T"]))
            for text in self.rng.sample(self.data["X"], len(self.data["X"])):  # the head of a sentence reads like a headline
                self.titles.append(self.head(text, self.rng.randrange(3, 10)))
        title = self.titles.pop()
        if self.chance(0.06) and not self.spaceless:
            title = title.upper()
        if self.chance(0.05):
            title = self.name() + self.colon() + self.quote(title)
        elif self.chance(0.05):
            title = self.quote(title)
        return title

    def head(self, text, words):
        """The first words of a text, no end mark, not ending in a comma."""
        if self.spaceless:
            return re.split("[，、。,]", text)[0][: words * 4]
        return " ".join(text.split()[:words]).rstrip(",;:-–.!?") 

    def text(self):
        if not self.texts:
            self.texts = self.rng.sample(self.data["X"], len(self.data["X"]))
            if self.chance(0.15):  # on the article's own subject
                self.texts.insert(0, self.rng.choice(self.pool))
        return self.texts.pop()

    def cut(self, width):
        text = self.text()
        if len(text) <= width:
            text = text[: max(12, len(text) * 2 // 3)]
        text = text[:width].rstrip()
        if not self.spaceless and self.chance(0.4) and " " in text[10:]:
            text = text.rsplit(" ", 1)[0].rstrip(",;:") if self.chance(0.7) else text.rsplit(" ", 1)[0]
        return text

    def whole(self):
        """A complete summary: one sentence or two."""
        texts = [s for s in sentences(self.text(), self.code)]
        first = texts[0] if texts else self.text()
        if first[-1:] not in ".!?。！？।؟…":
            first = self.head(first, self.rng.randrange(6, 16)) + self.stop
        return first + ("" if self.chance(0.75) or self.code == "th" else " " + self.rng.choice(self.pool))

    def width(self):
        return self.rng.choice((18, 22, 26, 30, 40)) if self.spaceless else self.rng.choice((38, 48, 50, 55, 60, 70, 80, 100, 120, 160))

    # The article -----------------------------------------------------------------------------------------------------
    def sentence(self):
        if not self.own:
            self.own = self.rng.sample(self.pool, len(self.pool))
        if self.chance(0.06) and self.phrases.get("trap"):
            return self.rng.choice(self.phrases["trap"])
        return self.own.pop()

    def paragraph(self, few=1, many=5):
        if self.chance(0.45):
            return self.rng.choice(self.data["P"])
        joint = "" if self.code in ("ja", "zh") else " "
        text = joint.join(self.sentence() for _ in range(self.rng.randint(few, many)))
        return text + (self.stop if text[-1:].isalpha() and self.code != "th" else "")

    def short(self):
        return self.head(self.rng.choice(self.pool), self.rng.randrange(1, 7))

    def part_paragraphs(self):
        for _ in range(self.rng.randint(1, 4)):
            self.add(self.paragraph(), "body")

    def part_subhead(self):
        self.add(self.rng.choice((self.short(), self.title(), self.rng.choice(self.data["H"]))), "body")
        self.add(self.paragraph(), "body")

    def part_list(self):
        if self.chance(0.7):
            self.add(self.head(self.sentence(), 6) + self.colon().strip(), "body")
        style = self.rng.choice(("- {}", "• {}", "* {}", "{}", "{n}. {}", "{n}) {}", "– {}", "・{}" if self.spaceless else "- {}"))
        end = self.rng.choice(("", "", self.stop, ","))
        whole = self.chance(0.4)
        for n in range(self.rng.randint(2, 7)):
            text = self.sentence() if whole else self.head(self.sentence(), self.rng.randrange(2, 11)) + end
            if style == "- {}" and self.chance(0.5):
                text = text[:1].lower() + text[1:]
            self.add(style.replace("{n}", str(n + 1)).replace("{}", text), "body")

    def part_titled_list(self):
        """The article's own ranking: numbered titles with a sentence each, as in a column on books."""
        self.kind.append("own-ranking")
        self.add(self.paragraph(2), "body")
        if self.chance(0.5):
            self.add(self.phrase("popular"), "body")
        for n in range(self.rng.randint(3, 6)):
            self.add(f"{n + 1}. {self.head(self.text(), self.rng.randrange(2, 6))}", "body")
            if self.chance(0.8):
                self.add(self.whole(), "body")
        self.add(self.paragraph(2), "body")

    def part_table(self):
        bar = self.rng.choice((" | ", " | ", "\t"))
        columns = self.rng.randint(2, 5)
        for row in range(self.rng.randint(3, 6)):
            cells = [self.head(self.sentence(), 2) if c == 0 or row == 0 else f"{self.rng.randrange(1, 900)} {self.rng.choice(('g', 'km', '%', '€', ''))}".strip() for c in range(columns)]
            self.add(bar.join(cells), "body")

    def part_code(self):
        start = self.rng.randrange(len(CODE) - 4)
        for i, line in enumerate(CODE[start:start + self.rng.randint(2, 5)]):
            self.add(line, "body", "\n\n" if i == 0 else None)
        self.add(self.paragraph(), "body", "\n\n")

    def part_dialogue(self):
        dash = self.chance(0.3)
        for _ in range(self.rng.randint(2, 8)):
            text = self.rng.choice((self.sentence(), self.head(self.sentence(), self.rng.randrange(1, 6)) + self.rng.choice((self.stop, "?", "!", "…", "...", "……"))))
            self.add("– " + text if dash else self.quote(text.strip('"“”„«»「」')), "body")

    def part_timeline(self):
        for _ in range(self.rng.randint(3, 6)):
            self.add(self.clock() + self.rng.choice((" ", " – ", ": ")) + self.sentence(), "body")

    def part_questions(self):
        for _ in range(self.rng.randint(2, 5)):
            self.add(self.head(self.sentence(), self.rng.randrange(4, 10)) + ("？" if self.code in ("ja", "zh") else "?"), "body")
            self.add(self.paragraph(1, 3), "body")

    def part_interview(self):
        a, b = self.name(), self.name().split()[0]
        for _ in range(self.rng.randint(2, 4)):
            self.add(b + self.colon() + self.head(self.sentence(), 8) + "?", "body")
            self.add(a + self.colon() + self.paragraph(1, 3), "body")

    def part_form(self):
        for _ in range(self.rng.randint(3, 5)):
            label = self.phrase(self.rng.choice(("prev", "next", "related", "also"))) if self.chance(0.5) else self.short()
            self.add((label or self.short()) + self.colon() + self.rng.choice(("", self.head(self.sentence(), 7) + "?", self.sentence())), "body")

    def part_poem(self):
        for _ in range(self.rng.randint(4, 9)):
            self.add(self.head(self.sentence(), self.rng.randrange(3, 8)) + self.rng.choice(("", ",", "", self.stop)), "body")

    def part_letter(self):
        self.add(self.head(self.sentence(), 3) + ",", "body")
        self.add(self.paragraph(), "body")
        self.add(self.name(), "body")

    def part_trap(self):
        traps = self.phrases.get("trap")
        if traps:
            self.add(self.rng.choice(traps) + ("" if self.chance(0.5) else ("" if self.code in ("ja", "zh") else " ") + self.sentence()), "body")

    def part_transcript(self):
        for n in range(self.rng.randint(3, 6)):
            self.add(f"[0{n}:{self.rng.randrange(10, 59)}] {self.sentence()}", "body")

    def part_faq(self):
        """Short questions with one-sentence answers, as a related list with summaries has them too."""
        for n in range(self.rng.randint(3, 6)):
            front = self.rng.choice(("", "", f"{n + 1}. "))
            self.add(front + self.head(self.sentence(), self.rng.randrange(3, 9)) + ("？" if self.code in ("ja", "zh") else "?"), "body")
            self.add(self.sentence(), "body")
        self.add(self.paragraph(2), "body")

    def part_recipe(self):
        self.add(self.short(), "body")
        for _ in range(self.rng.randint(3, 8)):
            self.add(f"{self.rng.randrange(1, 500)} {self.rng.choice(('g', 'ml', '', 'l'))} {self.head(self.sentence(), self.rng.randrange(1, 4)).lower()}".replace("  ", " "), "body")
        for n in range(self.rng.randint(2, 4)):
            self.add(f"{n + 1}. {self.sentence()}", "body")

    PARTS = (("paragraphs", 9), ("subhead", 4), ("list", 3), ("titled_list", 1.6), ("transcript", 0.5), ("faq", 0.6), ("table", 0.8), ("code", 0.7), ("dialogue", 1.5), ("timeline", 0.7),
             ("questions", 1.2), ("interview", 0.6), ("form", 0.5), ("poem", 0.5), ("letter", 0.4), ("trap", 2.0), ("recipe", 0.7))

    def article(self, inserts):
        mark = len(self.out)
        if self.chance(0.85):
            self.add(self.rng.choice(self.data["H"]) if self.chance(0.7) else self.title(), "body")
            if self.chance(0.1):
                self.add(self.head(self.sentence(), 12), "body")  # standfirst
        if self.chance(0.25):
            self.furniture_byline()
        if self.chance(0.5):
            self.add(self.paragraph(2), "body")
        names, weights = zip(*self.PARTS)
        count = self.rng.choice((1, 1, 2, 2, 3, 4))
        for i in range(count):
            part = "paragraphs" if i == 0 and self.chance(0.6) else self.rng.choices(names, weights)[0]
            getattr(self, "part_" + part)()
            if inserts and i + 1 < count and self.chance(0.5):
                self.insert()
        if not any(s["label"] == "body" and len(s["text"]) > (30 if self.spaceless else 80) for s in self.out[mark:]):
            self.add(self.paragraph(2), "body")
        if inserts and self.chance(0.4):
            self.insert()
            self.add(self.paragraph(), "body")
        # The last line: cut off, a verdict, a place and day, or nothing special.
        end = self.rng.random()
        if end < 0.08:
            last = self.out[-1]
            if last["label"] == "body":
                last["text"] = last["text"].rstrip("。.”\"»”।") + self.rng.choice(("…", "..."))
        elif end < 0.14:
            self.add(self.head(self.sentence(), self.rng.randrange(3, 9)) + self.rng.choice((self.stop, "", "!")), "body")

    # Leaks ------------------------------------------------------------------------------------------------------------
    def marker(self, name, sep=None):
        phrase, title = self.phrase(name), self.title()
        if not phrase:
            return
        end = phrase.rstrip()[-1:]
        joint = self.rng.choice((self.colon(), self.colon(), " – ", " " if phrase.isupper() else self.colon(), " » " if self.chance(0.3) else self.colon()))
        if end in ":：":
            joint = " "
        self.add(phrase + joint + title, "related", sep, title=title)

    def insert(self):
        """Between two paragraphs."""
        kind = self.rng.choices(("also", "glued", "card", "list", "ad", "letter", "arrow", "broken"), (6, 2, 2, 1.5, 2.5, 1, 0.7, 1))[0]
        self.kind.append("in-" + kind)
        if kind == "also":
            self.marker("also")
        elif kind == "glued":
            self.marker("also", self.rng.choice((" ", " ", " | ", "")))
        elif kind == "arrow":
            title = self.title()
            self.add(self.rng.choice(("→ ", "► ", ">> ", "» ", "👉 ")) + title, "related", title=title)
        elif kind == "card":
            title = self.title()
            self.add(title, "related", title=title)
            self.add(self.excerpt(cut=0.7), "teaser")
            if self.chance(0.6):
                self.add(self.phrase("more"), "other")
            elif self.out[-1]["text"][-1:] in self.stop + ".":
                self.out[-1]["text"] += " " + self.phrase("more")
        elif kind == "list":
            self.add(self.phrase(self.rng.choice(("also", "related"))) + self.rng.choice(("", ":")), "other")
            for _ in range(self.rng.randint(2, 3)):
                title = self.title()
                self.add(self.rng.choice(("", "• ", "- ", "- ")) + title, "related", title=title)
        elif kind == "ad":
            self.add(self.phrase("ad"), "other")
        elif kind == "broken":  # a paragraph in two halves
            text = self.paragraph(2)
            at = len(text) * self.rng.randint(30, 70) // 100
            space = at if self.spaceless else text.find(" ", at)
            if space > 0:
                self.add(text[:space], "body")
                self.add(self.phrase("ad"), "other")
                self.add(text[space:].strip(), "body")
        else:
            self.add(self.phrase("newsletter"), "other")

    def excerpt(self, cut=0.6):
        if not self.chance(cut):
            return self.whole()
        text = self.cut(self.width())
        style = self.rng.random()
        mark = self.rng.choice(CUTS)
        if style < 0.4:
            return text + mark
        if style < 0.75:
            more = self.phrase("more")
            return text + mark + self.rng.choice((" ", " ", "")) + (f"[{more}]" if self.chance(0.1) else more) + self.rng.choice(("", "", " »", " →"))
        if style < 0.85:
            return text + " " + self.phrase("more")
        return text + mark

    def pair(self):
        """Previous and next."""
        style = self.rng.choice(("arrows", "marker", "marker", "lines", "bare", "flat"))
        self.kind.append("pair-" + style)
        sep = self.rng.choice((None, None, None, " | ")) if self.out and self.out[-1]["label"] == "body" else None
        for i, name in enumerate(("prev", "next")):
            title = self.title()
            if i and self.chance(0.1):
                return
            if style == "bare":
                back, on = self.rng.choice((("<<: ", ">>: "), ("<< ", ">> "), ("« ", "» "), ("← ", "→ "), ("‹ ", "› "), ("< ", "> ")))
                text = (back if i == 0 else on) + title
                if i == 1 and self.chance(0.4):
                    text = title + " " + on.strip(": ")
                self.add(text, "related", sep, title=title)
            elif style == "lines":
                self.add(self.phrase(name) + self.rng.choice(("", "", ":")), "other", sep)
                self.add(title, "related", title=title)
            elif style == "flat":  # "Previous post Title": the markup between them is gone
                self.add(self.phrase(name) + " " + title, "related", sep, title=title)
            else:
                text = self.phrase(name) + self.colon() + title
                if style == "arrows":
                    back, on = self.rng.choice((("« ", " »"), ("← ", " →"), ("< ", " >"), ("‹ ", " ›")))
                    text = back + text if i == 0 else text + on
                self.add(text, "related", sep, title=title)

    def listing(self, heading=True, before=False):
        """A list of other items under a heading."""
        name = self.rng.choice(("related", "related", "popular", "latest", "latest", "from", "sponsored"))
        style = self.rng.choice(("titles", "titles", "cards", "cards", "mixed", "cards_more", "dash"))
        self.kind.append(f"list-{name}-{style}")
        glue = " | " if self.out and self.out[-1]["label"] == "body" and not before and self.chance(0.12) else None
        if heading:
            phrase = self.phrase(name) or self.phrase("related")
            self.add(phrase + self.rng.choice(("", "", ":", "")), "other", glue)
        number = self.rng.choice(("{n}. ", "{n} ", "{n}) ", "#{n} ")) if name == "popular" and self.chance(0.8) else ""
        if name == "latest" and self.chance(0.6):
            number = self.rng.choice(("{c} ", "{d} ", "{c} | " if self.chance(0.2) else "{c} – ", "D"))
        elif not number and self.chance(0.15):
            number = self.rng.choice(("• ", "- ", "› ", "» ", "→ "))
        day_lines = number == "D"
        number = "" if day_lines else number
        mark, more = self.rng.choice(CUTS), self.phrase("more")
        width, cut_share = self.width(), self.rng.choice((0.3, 0.7, 1.0))
        for n in range(self.rng.randint(2, 7)):
            title = self.title()
            if day_lines:
                self.add(self.day(), "other")
            front = number.replace("{n}", str(n + 1)).replace("{c}", self.clock()).replace("{d}", self.day())
            self.add(front + title, "related", glue, title=title)
            if style == "titles" or (style == "mixed" and self.chance(0.5)):
                if self.chance(0.06):
                    self.add(self.day(), "other")
                continue
            if style == "dash":
                if self.chance(0.9):
                    text = self.whole() if self.chance(0.6) else self.cut(width) + mark
                    self.add(text, "teaser", self.rng.choice((" – ", " — ", " - ")))
                continue
            if not self.chance(cut_share):
                self.add(self.whole(), "teaser")
            else:
                text = self.cut(width) + (mark if self.chance(0.95) else "")
                if style == "cards_more":
                    text += self.rng.choice((" ", "")) + more
                self.add(text, "teaser")
                if style == "cards" and self.chance(0.2):
                    self.add(more, "other")

    def cut_run(self):
        """Beginnings of other items without titles, cut at one width."""
        self.kind.append("cut-run")
        sep = " | " if self.out and self.out[-1].get("sep") == " | " and self.chance(0.8) else None
        width = self.width()
        mark = self.rng.choice(("...", "...", "…", " ...", "", " […]"))
        if self.chance(0.3) and sep is None:
            self.add(self.phrase(self.rng.choice(("related", "latest", "popular", "from"))) or "", "other")
        for _ in range(self.rng.randint(2, 14)):
            text = self.text()
            if len(text) < width:
                text += " " + self.text()
            self.add(text[:width].rstrip() + mark, "teaser", sep)

    def furniture_byline(self):
        if self.chance(0.7):
            text = self.phrase("byline")
            if text and self.chance(0.4):
                text += self.rng.choice((" | ", " · ", ", ")) + (self.phrase("date") or self.day())
            self.add(text or self.name(), "other")
        else:
            self.add(self.phrase("date") or self.day(), "other")

    def furniture(self, place):
        names = {"top": ("menu", "crumbs", "cookie", "byline", "share", "login"),
                 "bottom": ("share", "comments", "tags", "copyright", "newsletter", "login", "menu", "byline", "rating", "print", "bio")}[place]
        name = self.rng.choice(names)
        words = self.phrases.get("menu") or ["Home", "News", "Sport", "Contact"]
        if name == "menu":
            self.add(self.rng.choice((" ", " | ", "  ", " · ")).join(self.rng.sample(words, min(len(words), self.rng.randint(3, 6)))), "other")
        elif name == "crumbs":
            self.add(self.rng.choice((" > ", " » ", " / ", " › ")).join(self.rng.sample(words, min(len(words), self.rng.randint(2, 4)))), "other")
        elif name == "byline":
            self.furniture_byline()
        elif name == "tags":
            tags = [self.head(self.rng.choice(self.pool), 1).lower().strip(",.\"„«“") for _ in range(self.rng.randint(2, 5))]
            self.add((self.phrase("tags") or "Tags") + self.colon() + (", ".join(tags) if self.chance(0.7) else " ".join("#" + t for t in tags)), "other")
        elif name == "copyright":
            self.add(self.rng.choice(("© 2024 ", "Copyright 2023 ", "© ")) + self.name() + self.rng.choice(("", ". All rights reserved.", "")), "other")
        elif name == "bio":
            self.add(self.name() + " " + self.head(self.rng.choice(self.pool), 9)[:1].lower() + self.head(self.rng.choice(self.pool), 9)[1:] + self.stop, "other")
        elif name == "rating":
            self.add(self.rng.choice(("★★★★☆", "4.1 / 5 (88)", "12 ♥", "1,204", "3 / 20")), "other")
        elif name == "print":
            self.add(self.rng.choice(("PDF", "RSS", "#" + self.name().split()[0], "...")), "other")
        else:
            self.add(self.phrase(name) or "", "other")

    # A whole document ---------------------------------------------------------------------------------------------------
    def document(self):
        kind = self.rng.choices(("clean", "leaky", "only"), (0.22, 0.7, 0.08))[0]
        self.kind = [kind]
        if kind == "clean":
            self.article(False)
        else:
            self.leaky(kind == "only")
        if self.chance(0.12):
            self.wrap()
        elif self.chance(0.25):
            for segment in self.out[1:]:
                if segment.get("sep", "\n") == "\n":
                    segment["sep"] = "\n\n"
        return ",".join(self.kind), [s for s in self.out if s["text"]]

    def leaky(self, only):
        if self.chance(0.35):
            for _ in range(self.rng.randint(1, 3)):
                self.furniture("top")
        if self.chance(0.15):
            if self.chance(0.4):
                self.pair()
            if self.chance(0.7):
                self.listing(before=True)
            if self.chance(0.6):
                self.add(self.phrase("ad"), "other")
        if not only:
            if self.chance(0.06):
                self.one_line()
            else:
                self.article(self.chance(0.55))
        steps = self.rng.choices((("pair",), ("list",), ("pair", "list"), ("pair", "cuts"), ("cuts",), ("list", "list"), ("furniture", "list"),
                                  ("furniture", "list", "furniture"), ("pair", "furniture"), ("furniture",), ("bare",)), (2, 4, 3, 2, 2, 2, 3, 3, 1, 1, 1))[0]
        if only and steps in (("pair",), ("furniture",), ("bare",), ("pair", "furniture")):
            steps = ("list", "list", "cuts")
        for step in steps:
            if step == "pair":
                self.pair()
            elif step == "list":
                self.listing()
            elif step == "cuts":
                self.cut_run()
            elif step == "bare":
                self.listing(heading=False)
            else:
                for _ in range(self.rng.randint(1, 3)):
                    self.furniture("bottom")
        if self.chance(0.35):
            self.furniture("bottom")

    def one_line(self):
        self.kind.append("one-line")
        joint = "" if self.code in ("ja", "zh") else " "
        if self.chance(0.3):
            self.add(self.phrase("byline") or self.name(), "other")
            self.add(joint.join(self.rng.sample(self.data["P"], len(self.data["P"]))), "body", " | ")
        else:
            self.add(joint.join(self.rng.sample(self.data["P"], len(self.data["P"]))), "body")
        if self.chance(0.6):
            self.add("|", "other", " ")

    def wrap(self):
        """Hard-wrapped, blank lines between paragraphs."""
        if self.spaceless or any(s.get("sep") in (" | ",) or "\t" in s["text"] for s in self.out):
            return
        self.kind.append("wrapped")
        width = self.rng.choice((60, 66, 72, 76))
        for i, segment in enumerate(self.out):
            line, lines = "", []
            for word in segment["text"].split(" "):
                if line and len(line) + 1 + len(word) > width:
                    lines.append(line)
                    line = word
                else:
                    line = line + " " + word if line else word
            segment["text"] = "\n".join(lines + [line])
            if i and segment.get("sep", "\n") == "\n":
                segment["sep"] = "\n\n"
