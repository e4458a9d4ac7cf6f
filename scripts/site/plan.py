"""What stands on the test site: three hosts, their articles in order of date, and which links to which.

The themes (blog.py, news.py, magazine.py) turn this into markup; nothing here knows HTML.
"""
import dataclasses
import datetime
import json

import english
from prose import SPACELESS, Dice, Prose, cut, slug_of


@dataclasses.dataclass
class Article:
    number: int
    lang: str
    topic: str
    category: str
    title: str
    slug: str
    author: str
    date: datetime.date
    modified: datetime.date
    standfirst: str
    blocks: list          # ("p", text, link or None) ("h2", text) ("ul", items) ("quote", text) ("table", rows) ("code", text) ("figure", alt, credit) ("promo",)
    documentation: bool = False

    @property
    def lead(self):
        """The running text an excerpt is cut from."""
        texts = [b[1] for b in self.blocks if b[0] == "p"]
        return ("" if self.lang in SPACELESS else " ").join(texts[:2])

    def excerpt(self, words, mark):
        return cut(self.lead, self.lang, words, mark)


@dataclasses.dataclass
class Page:
    """One file of the site and what is true of it."""
    id: str
    file: str             # below the output folder
    url: str
    kind: str
    lang: str
    title: str
    author: str = None
    published: str = None
    modified: str = None
    html: str = ""
    body: list = dataclasses.field(default_factory=list)
    related: list = dataclasses.field(default_factory=list)
    teasers: list = dataclasses.field(default_factory=list)

    def say(self, text):
        """A text of the body."""
        self.body.append(text)
        return text

    def relate(self, url, text, kind):
        """A link to another item. The first of several to one target counts; the page itself never does."""
        if url != self.url and all(r["url"] != url for r in self.related):
            self.related.append({"url": url, "text": text, "kind": kind})

    def tease(self, text, url, truncated):
        if url != self.url and all(t["text"] != text for t in self.teasers):
            self.teasers.append({"text": text, "url": url, "truncated": truncated})

    def truth(self):
        return {"id": self.id, "file": self.file, "url": self.url, "kind": self.kind, "lang": self.lang, "title": self.title, "author": self.author,
                "published": self.published, "body": "\n\n".join(self.body), "related": self.related, "teasers": self.teasers,
                "uncertain_urls": [], "uncertain_texts": []}


TONGUES_OF = {  # how many of 60 articles, by host
    "tidewater": {"de": 7, "fr": 7},
    "courier": {"es": 7, "ru": 7, "ar": 7},
    "almanac": {"zh": 7, "ja": 7},
}
TOPICS_OF = {
    "tidewater": ("garden", "bread", "bees", "pottery"),
    "courier": ("harbour", "bicycle", "bread"),
    "almanac": ("sky", "pottery", "network"),
}
NAMES = {"tidewater": "Tidewater Notes", "courier": "The Harbour Courier", "almanac": "Almanac & Manual"}


def write_article(dice, number, lang, topic, date, titles, slugs, documentation):
    prose = Prose(dice, lang, topic)
    title = prose.title()
    while title in titles:
        title = prose.title()
    titles.add(title)
    slug = slug_of(title) if lang not in ("ru", "ar", "zh", "ja") else f"{lang}-{number:04d}"
    while slug in slugs:
        slug += f"-{dice.between(2, 99)}"
    slugs.add(slug)
    blocks = [("p", prose.opening(), None)]
    count = dice.between(4, 7)
    for i in range(count):
        if lang == "en" and i and dice.chance(35):
            blocks.append(("h2", prose.fresh(english.HEADINGS)))
        text = prose.paragraph()
        blocks.append(("p", text, linked_words(dice, text, lang) if dice.chance(25) else None))
        if lang != "en":
            continue
        if dice.chance(10):
            blocks.append(("ul", prose.list_items()))
        if dice.chance(10):
            blocks.append(("quote", prose.paragraph(1)))
        if dice.chance(6):
            blocks.append(("table", prose.table()))
        if (documentation and dice.chance(45)) or (topic == "network" and dice.chance(10)):
            blocks.append(("code", prose.code()))
        if dice.chance(15):
            blocks.append(("figure", prose.fill(dice.pick(english.ALTS)), prose.fill(dice.pick(english.CAPTIONS))))
    blocks.append(("p", prose.closing(), None))
    if not documentation:
        for _ in range(dice.pick([0, 1, 1, 2])):  # promos stand between two paragraphs, never first or last
            at = dice.between(2, len(blocks) - 1)
            if blocks[at - 1][0] == "p" and blocks[at][0] == "p":
                blocks.insert(at, ("promo",))
    modified = date + datetime.timedelta(days=dice.between(0, 3))
    return Article(number, lang, topic, prose.category(), title, slug, prose.person(), date, modified, prose.standfirst(), blocks, documentation)


def linked_words(dice, text, lang):
    """A few words in the middle of a paragraph that the author linked: part of the sentence, not onward reading."""
    if lang in SPACELESS:
        start = dice.between(4, 12)
        return (text[start:start + 5], f"http://library.localhost/{lang}/{dice.between(10, 99)}")
    words = text.split()
    start = dice.between(3, max(3, len(words) - 6))
    return (" ".join(words[start:start + 3]), f"http://library.localhost/entry/{dice.between(100, 999)}")


class Host:
    """One host of the site: its articles oldest first, and the lists its theme shows. `slugs` keeps names apart over hosts."""

    def __init__(self, name, seed, count, slugs):
        self.name, self.seed, self.title = name, seed, NAMES[name]
        self.base = f"http://{name}.localhost"
        dice = Dice(seed, name)
        tongues = [lang for lang, n in TONGUES_OF[name].items() for _ in range(n * count // 60)]
        topics = [("en", TOPICS_OF[name][i % len(TOPICS_OF[name])]) for i in range(count - len(tongues))] + [(lang, "") for lang in tongues]
        topics = dice.some(topics, len(topics))
        date, titles, self.articles = datetime.date(2025, 9, 1), set(), []
        for i, (lang, topic) in enumerate(topics):
            date += datetime.timedelta(days=dice.between(2, 10))
            documentation = topic == "network"
            self.articles.append(write_article(Dice(seed, name, i), 1000 + i * 7 + dice.below(5), lang, topic, date, titles, slugs, documentation))

    def peers(self, article):
        return [a for a in self.articles if a.lang == article.lang and a.documentation == article.documentation]

    def beside(self, article):
        """The articles before and after, in the same language."""
        peers = self.peers(article)
        i = peers.index(article)
        return peers[i - 1] if i else None, peers[i + 1] if i + 1 < len(peers) else None

    def latest(self, lang, count=None):
        count = count or (5 if lang == "en" else 2)  # few articles in the other languages: leave some for other boxes
        return [a for a in reversed(self.articles) if a.lang == lang and not a.documentation][:count]

    def popular(self, lang):
        newest, count = self.latest(lang), 5 if lang == "en" else 2
        rest = [a for a in self.articles if a.lang == lang and not a.documentation and a not in newest]
        return Dice(self.seed, self.name, lang, "popular").some(rest, count)

    def related(self, article, count, dice):
        """Of the same topic and not already in another list of the page."""
        shown = [article, *self.beside(article), *self.latest(article.lang), *self.popular(article.lang)]
        near = [a for a in self.peers(article) if a not in shown and a.topic == article.topic]
        far = [a for a in self.peers(article) if a not in shown and a.topic != article.topic]
        return (dice.some(near, count) + dice.some(far, count))[:count]


def ground_truth(truth):
    """One page's truth in the layout `score.py body` and `meta` read."""
    return {"url": truth["url"], "file_id": truth["id"], "_internal": {"page_type": {"primary": truth["kind"]}},
            "ground_truth": {"title": truth["title"], "author": truth["author"], "publish_date": truth["published"], "main_content": truth["body"],
                             "with": [], "without": [t["text"] for t in truth["teasers"]][:3]}}


def json_line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
