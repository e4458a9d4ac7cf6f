"""Made pages: small and plain ones, old and bare markup, whose truth is known to the word.

Labelled pages of the web are large: a menu of a hundred links, classes that name what they hold. Models that have seen only those
take a page of thirty blocks, without classes or built of tables, for one body. These pages are drawn at random from a grammar of
page parts (menu, headline, byline, paragraphs, lines between them, share bar, related, popular, latest, comments, foot), each in
many forms of markup, with prose, titles and excerpts from the labelled pages' truths (English, mostly) and from
scripts/leaky/languages.txt (28 languages). A page draws its texts from the pages of one fold, so that no fold sees another's words.
"""
import html
import random
import re
import urllib.parse

from made_texts import CODE, Prose, Tongue, known_phrases, phrases_of

esc = html.escape
ROLES = {  # words that sites name these parts with, in classes and ids
    "top": ["header", "site-header", "masthead", "top", "page-head", "banner"],
    "nav": ["nav", "menu", "main-nav", "navbar", "navigation", "topmenu"],
    "main": ["main", "content", "wrapper", "page", "container", "site-main"],
    "article": ["article", "post", "entry", "story", "post-content", "entry-content", "article-body"],
    "aside": ["sidebar", "aside", "rail", "right-col", "widget-area"],
    "related": ["related", "related-posts", "more-stories", "recommended", "read-next", "also-like"],
    "popular": ["popular", "most-read", "trending", "top-stories"],
    "latest": ["latest", "recent-posts", "newest", "headlines"],
    "more_from": ["more-from", "author-posts", "series"],
    "card": ["card", "item", "teaser", "list-item", "post-preview"],
    "foot": ["footer", "site-footer", "bottom", "colophon"],
    "meta": ["meta", "byline", "post-meta", "dateline"],
    "share": ["share", "social", "sharing"],
    "comments": ["comments", "discussion", "responses"],
    "letter": ["newsletter", "signup", "subscribe"],
    "inline": ["inline-related", "read-also", "promo", "in-article"],
    "pager": ["post-nav", "pager", "nav-links", "prev-next"],
    "plain": ["box", "row", "col", "inner", "text", "block"],
}
SEMANTIC = {"top": "header", "nav": "nav", "main": "main", "article": "article", "aside": "aside", "foot": "footer", "related": "section",
            "popular": "section", "latest": "section", "more_from": "section", "comments": "section", "card": "article", "pager": "nav"}
SECTIONS = ["News", "Sport", "Culture", "Business", "Travel", "Opinion", "Science", "Weather", "Local", "Health", "Tech", "Style", "Food"]
SERVICE = ["Contact us", "About", "Privacy policy", "Terms of use", "Advertise", "Jobs", "Imprint", "Help", "Newsletter", "Cookies", "RSS"]
NAMES = ["Mari Holm", "Jonas Eide", "Ana Duarte", "Peter Novak", "Li Wen", "Sofia Rossi", "Tom Baker", "Ines Costa", "Karin Vogel", "Omar Said"]
LETTERS = ["Get our newsletter every morning in your inbox.", "Sign up for our weekly letter and never miss a story.", "Subscribe today and read without limits.",
           "Support our work: become a member for the price of a coffee.", "Follow us on Facebook and Instagram for more."]
MORE = ["More recipes", "More from the coast", "More in {}", "More {}", "Other {} stories", "Also in {}"]
LEGAL = ["All rights reserved. No part of this site may be reproduced without written permission of the publisher.", "This site uses cookies to improve your visit.",
         "The editors are not responsible for the content of external pages.", "Registered office: Quay Street 4. Phone 555 0101."]
SPECS = [("Material", "waxed cotton, 340 g"), ("Weight", "1.2 kg"), ("Size", "40 x 30 x 12 cm"), ("Colour", "navy"), ("Made in", "Larvoy"), ("Care", "wash cold, hang to dry"),
         ("Warranty", "two years"), ("Power", "65 W"), ("Contents", "lid, pan and handle")]
ENGLISH = {"by": ["By {}", "by {}", "{}", "Posted by {}", "Written by {}", "Author: {}"], "reply": ["Reply", "Like", "Report"],
           "tags": ["Tags:", "Filed under:", "Topics:"]}


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]


class Made:
    """One page: `html`, and its truth as `body` (lines), `related` {URL: kind}, `teasers`, `kind`, `url`. Kind "" of a link: cannot be told."""

    def __init__(self, number, texts, language, rng):
        self.rng, self.texts, self.language = rng, texts, language
        self.host = f"https://www.made{number}.example"
        self.markup = rng.choice(["semantic", "semantic", "classes", "classes", "hashed", "bare", "bare", "tables", "flat"])
        self.urls = rng.choice(["/{s}/", "/{y}/0{m}/{s}.html", "/news/{n}.html", "/article/{s}-{n}", "/?p={n}", "/a{n}.htm", "/blog/{s}", "{n}.html"])
        self.long_texts = rng.random() < 0.7
        self.body, self.related, self.teasers = [], {}, []
        self.paragraphs, self.titles, self.excerpts = texts.article(rng, rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 14]))
        for _ in range(rng.choice([0, 0, 1, 1, 2])):  # short ones, the last of all among them
            if short := texts.short(rng):
                self.paragraphs.insert(rng.choice([len(self.paragraphs), rng.randint(0, len(self.paragraphs))]), short)

    def chance(self, share):
        return self.rng.random() < share

    def pick(self, *choices):
        return self.rng.choice(choices)

    # Words.
    def phrase(self, name):
        return self.rng.choice(self.language[name])

    def title(self):
        return self.titles.pop() if self.titles else self.texts.title(self.rng)

    def date(self):
        r = self.rng
        year, month, day = r.randint(1999, 2026), r.randint(1, 12), r.randint(1, 28)
        name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][month - 1]
        return self.pick(f"{day} {name} {year}", f"{name} {day}, {year}", f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}", f"{day}/{month}/{year}",
                         f"{self.rng.randint(2, 23)} hours ago")

    def target(self, title):
        n = self.rng.randint(1000, 99999)
        return self.urls.format(s=slug(title) or f"item-{n}", n=n, y=self.rng.randint(2004, 2026), m=self.rng.randint(1, 9))

    def leads(self, href, kind):
        self.related[urllib.parse.urljoin(self.url, href)] = kind

    # Markup.
    def box(self, role, inner):
        tag, attributes = "div", ""
        if self.markup == "semantic":
            tag = SEMANTIC.get(role, "div")
            if self.chance(0.3):
                attributes = f' class="{self.rng.choice(ROLES[role])}"'
        elif self.markup == "classes":
            attributes = f' {self.pick("class", "class", "id")}="{self.rng.choice(ROLES[role])}"'
        elif self.markup == "hashed":
            attributes = f' class="{self.pick("css-", "sc-", "_")}{self.rng.getrandbits(28):x}"'
        elif self.markup == "tables" and role in ("main", "top", "foot", "aside", "related", "latest", "popular", "article"):
            return f"<table width=\"100%\"><tr><td>{inner}</td></tr></table>"
        elif self.markup == "flat" and role in ("main", "article", "top", "nav", "aside", "foot"):
            return inner + self.pick("\n", "\n<hr>\n")
        return f"<{tag}{attributes}>{inner}</{tag}>\n"

    def links(self, pairs, form=None):
        """Links of no item: menus, tags, service."""
        form = form or self.pick("ul", "bars", "spaces", "divs", "br")
        made = [f'<a href="{href}">{esc(text)}</a>' for text, href in pairs]
        if form == "ul":
            return "<ul>" + "".join(f"<li>{a}</li>" for a in made) + "</ul>"
        if form == "divs":
            return "".join(f"<div>{a}</div>" for a in made)
        return {"bars": " | ", "spaces": " ", "br": "<br>"}[form].join(made)

    # Parts.
    def menu(self):
        names = self.rng.sample(SECTIONS, self.rng.randint(2, len(SECTIONS)))
        inner = self.links([("Home", "/")] * self.chance(0.6) + [(n, f"/{slug(n)}/") for n in names])
        return self.box("top", self.pick("", f"<a href=/>{self.site}</a>", f"<h1><a href=/>{self.site}</a></h1>", f"<font size=5>{self.site}</font>") + self.box("nav", inner))

    def headline(self, title):
        form = self.pick("h1", "h1", "h1", "h2", "font", "div", "strong") if self.markup in ("bare", "tables", "flat", "hashed") else self.pick("h1", "h1", "h2")
        mark = f"<{form}>{esc(title)}</{form}>" if form != "font" else f"<font size=4><b>{esc(title)}</b></font><br>"
        out = mark
        if self.chance(0.7):
            parts = [self.rng.choice(ENGLISH["by"]).format(self.rng.choice(NAMES))] * self.chance(0.7) + [self.date()] * self.chance(0.8)
            if self.chance(0.2):
                parts.append(f"{self.rng.randint(2, 14)} min read")
            line = self.pick(" · ", ", ", " | ", " ").join(parts)
            if line:
                out += self.pick(self.box("meta", line), f"<p>{line}</p>", f"<font size=1>{line}</font><br>", f"<p><small>{line}</small></p>")
        if self.chance(0.25):
            out = self.box("plain", self.links([(self.rng.choice(SECTIONS), "/section/")], "spaces")) + out
        return out

    def between(self):
        """A line between paragraphs that leads elsewhere."""
        title = self.title()
        href = self.target(title)
        self.leads(href, "in_article")
        word = self.phrase("also") if self.chance(0.75) else ""
        a = f'<a href="{href}">{esc(title)}</a>'
        colon = "" if word.endswith((":", "→", "-")) else self.pick(":", ":", " –", " »")
        if not word:
            return self.pick(f"<p><strong>{a}</strong></p>", f"<p>{a}</p>", f"<blockquote>{a}</blockquote>", self.box("inline", a))
        return self.pick(f"<p><b>{word}{colon}</b> {a}</p>", f"<p>{word}{colon} {a}</p>", f'<p><a href="{href}">{word}{colon} {esc(title)}</a></p>',
                         f"<p><em>{word}{colon} {a}</em></p>", self.box("inline", f"<span>{word}</span> {a}"), self.box("inline", f"<h4>{word}</h4>{a}"),
                         f"<blockquote><p><strong>{word}{colon}</strong> {a}</p></blockquote>")

    def paragraphs_of(self, texts, form):
        joined = []
        for text in texts:
            text, size = esc(text), len(text.split())
            if 10 <= size <= 45 and self.chance(0.05):  # prose that is one link
                text = f'<a href="{self.pick("/reports/x", "https://archive.example/x.pdf", "/topic/x")}">{text}</a>'
            elif self.chance(0.2):  # an inline link or emphasis
                words = text.split(" ")
                if len(words) > 8:
                    at = self.rng.randrange(2, len(words) - 4)
                    words[at] = self.pick("<a href=/topic/x>", "<b>", "<i>") + words[at]
                    words[at + 1] += {"a": "</a>", "b": "</b>", "i": "</i>"}[words[at][1]]
                    text = " ".join(words)
            joined.append({"p": f"<p>{text}</p>\n", "div": f"<div>{text}</div>\n", "span": f"<div><span>{text}</span></div>\n", "br": f"{text}<br><br>\n",
                           "font": f"<p><font face=Arial>{text}</font></p>\n"}[form])
        return joined

    def story(self, betweens=True):
        form = self.pick("p", "p", "p", "div", "span") if self.markup not in ("tables", "flat") else self.pick("p", "br", "br", "font")
        self.body += self.paragraphs
        parts = self.paragraphs_of(self.paragraphs, form)
        out = []
        for i, part in enumerate(parts):
            out.append(part)
            last = i == len(parts) - 1
            if betweens and form != "br" and self.chance(0.12 if not last else 0.05):
                out.append(self.between())
            elif not last and self.chance(0.08) and form != "br":
                out.append(self.pick(f"<figure><img src=/f.jpg alt=''><figcaption>Photo: {self.rng.choice(NAMES)}</figcaption></figure>", f"<p>{self.phrase('ad')}</p>", self.box("letter", f"<p>{self.rng.choice(LETTERS)}</p><button>Sign up</button>")))
            elif not last and self.chance(0.1):
                head = self.texts.head(self.rng)
                if head:
                    self.body.append(head)
                    out.append(self.pick("<h2>{}</h2>", "<h2>{}</h2>", "<h3>{}</h3>", "<p><strong>{}</strong></p>", "<p><b>{}?</b></p>").format(esc(head)))
            elif self.chance(0.06 if not last else 0.2) and form == "p":
                out.append(self.own_list())
        return "".join(out)

    def own_list(self):
        """A list of the story's own: short items, or steps of a sentence each."""
        count = self.rng.randint(2, 7)
        if self.chance(0.5):
            items = [s for s in (self.texts.head(self.rng) for _ in range(count)) if s]
        else:
            items = [self.excerpts.pop().split(". ")[0] for _ in range(min(count, len(self.excerpts)))]
        self.body += items
        tag = self.pick("ul", "ol")
        return (self.pick("", "<h2>Details</h2>", "<h3>Notes</h3>") + f"<{tag}>" + "".join(f"<li>{esc(s)}</li>" for s in items) + f"</{tag}>") if items else ""

    def updates(self):
        """A story that was written as it happened: entries with a time, a headline and buttons."""
        out, buttons = "", self.links([(name, "#") for name in self.rng.sample(["Share", "Copy link", "Like", "Reply"], 2)], "spaces") * self.chance(0.5)
        headed = self.chance(0.6)
        for text in self.paragraphs:
            head = self.texts.head(self.rng) if headed else ""
            self.body += [head, text]
            out += self.box("card", f"<time>{self.rng.randint(6, 22)}:{self.rng.randint(10, 59)}</time>" + (f"<h3>{esc(head)}</h3>" if head else "") + f"<p>{esc(text)}</p>{buttons}")
        return out

    def items(self, kind, count, teasers):
        """A list of other items. One form for the whole list."""
        form = self.pick("ul", "cards", "cards", "heads", "paragraphs", "bars", "br", "cells")
        if form in ("bars", "br", "cells") and teasers:
            form = "heads"
        excerpt_tag, dated, pictured, more = self.pick("p", "p", "div", "span"), self.chance(0.3), self.chance(0.4), self.chance(0.3) and teasers
        more_word, noted = self.phrase("more"), self.chance(0.15)
        made = []
        for _ in range(count):
            title = self.title()
            href = self.target(title)
            self.leads(href, kind)
            a = f'<a href="{href}">{esc(title)}</a>'
            extra = ""
            if teasers and self.excerpts:
                excerpt, cut = self.excerpts.pop(), self.chance(0.6)
                if cut:
                    excerpt = excerpt[:self.rng.randint(40, 180)].rstrip() + self.pick("...", "…", " […]", "")
                self.teasers.append(excerpt)
                extra = f"<{excerpt_tag}>{esc(excerpt)}</{excerpt_tag}>"
                if more:
                    extra += f'<a href="{href}">{esc(more_word)}</a>'
            if dated:
                extra = self.pick(f"<span>{self.date()}</span>", f"<time>{self.date()}</time>") + extra
            if noted:  # what shops and cooks set behind a title
                extra = " " + self.pick(f"€{self.rng.randint(2, 300)}", f"${self.rng.randint(2, 300)}.99", f"<span>{self.rng.randint(5, 90)} min</span>") + extra
            picture = f'<a href="{href}"><img src="/i/{len(made)}.jpg" alt="{esc(title) if self.chance(0.3) else ""}"></a>' if pictured else ""
            if form == "ul":
                made.append(f"<li>{picture}{a}{' ' if dated else ''}{extra}</li>")
            elif form == "cards":
                made.append(self.box("card", picture + self.pick(f"<h3>{a}</h3>", f"<div>{a}</div>") + extra))
            elif form == "heads":
                made.append(f"{picture}<h3>{a}</h3>{extra}")
            elif form == "paragraphs":
                made.append(f"<p>{picture}{a}</p>{extra}")
            else:
                made.append(a + extra * noted)
        if form == "ul":
            tag = self.pick("ul", "ul", "ol")
            return f"<{tag}>" + "".join(made) + f"</{tag}>"
        if form == "cells":
            return "<table><tr>" + "".join(f"<td>{a}</td>" for a in made) + "</tr></table>"
        return {"bars": self.pick(" | ", " ") if noted else " | ", "br": "<br>"}.get(form, "").join(made)

    def list_of(self, kind):
        """A box of other items with its heading. Without one, or in words that say nothing, nobody can tell which kind it is."""
        told = True
        if kind == "more_from":
            text = self.pick("More from ", "More by ", "Also by ") + self.rng.choice(NAMES)
        elif kind == "related" and self.chance(0.15):
            text = self.rng.choice(MORE).format(self.rng.choice(SECTIONS))
        else:
            text = self.phrase(kind)
            told = kind not in self.language["unknown"]
        tag = self.pick("h2", "h3", "h4", "div", "b", "strong", "p")
        head = f"<{tag}>{text}{self.pick('', '', ':')}</{tag}>" if self.chance(0.93) else ""
        out = self.box(kind if kind in ROLES else "related", head + self.items(kind if head and told else "", self.rng.randint(2, 7), self.chance(0.35)))
        return out + self.box("plain", self.phrase("ad")) * self.chance(0.1)

    def pager(self):
        out = []
        for kind, arrow in (("prev", "« "), ("next", "» ")):
            if not self.chance(0.85):
                continue
            title = self.title()
            href = self.target(title)
            self.leads(href, kind)
            word = self.phrase(kind)
            out.append(self.pick(f'<a href="{href}">{esc(word)}: {esc(title)}</a>', f'<span>{esc(word)}</span> <a href="{href}">{esc(title)}</a>', f'<a href="{href}">{arrow}{esc(title)}</a>',
                                 f'<a rel={kind} href="{href}">{esc(title)}</a>'))
        return self.box("pager", self.pick(" ", "<br>", "</div><div>" if self.markup not in ("tables", "flat") else " ").join(out)) if out else ""

    def remarks(self, count, heading=True):
        """Comments or posts of a thread: (markup, their texts)."""
        texts = [self.excerpts.pop() for _ in range(min(count, len(self.excerpts)))]
        form = self.pick("li", "box", "p")
        out = ""
        counted = self.chance(0.4)
        for text in texts:
            who = f"{self.rng.choice(NAMES)} {self.pick('says:', 'wrote:', '')} {self.date()}"
            rank = f"<br>{self.pick('Posts', 'Messages', 'Joined')}: {self.rng.randint(2, 2100):,}<br>" if counted else ""
            inner = f"<b>{who}</b>{rank}<p>{esc(text)}</p>" + (self.links([(self.rng.choice(ENGLISH['reply']), '#')], "spaces") if self.chance(0.5) else "")
            out += {"li": f"<li>{inner}</li>", "box": self.box("plain", inner), "p": f"<p>{who}</p><p>{esc(text)}</p>"}[form]
        out = f"<ol>{out}</ol>" if form == "li" else out
        head = f"<h3>{self.pick(f'{len(texts)} comments', f'{len(texts)} responses', self.phrase('comments'))}</h3>" if heading else ""
        return self.box("comments", head + out), texts

    def after(self):
        out = ""
        if self.chance(0.3):
            out += self.box("share", self.pick(self.phrase("share"), self.links([("Facebook", "https://facebook.com/share"), ("Twitter", "https://twitter.com/share"), ("Email", "mailto:?")])))
        if self.chance(0.25):
            out += self.pick("<p>{}</p>", "<div>{}</div>").format(self.rng.choice(ENGLISH["tags"]) + " " + self.links([(n, f"/tag/{slug(n)}") for n in self.rng.sample(SECTIONS, 3)], "spaces"))
        if self.chance(0.15):
            out += self.box("plain", f"<p><b>{self.rng.choice(NAMES)}</b> writes about the sea and the towns along it. {self.rng.choice(LETTERS)}</p>")
        for part, share in ((self.pager, 0.25), (lambda: self.list_of("related"), 0.5), (lambda: self.remarks(self.rng.randint(1, 6))[0], 0.25),
                            (lambda: self.list_of("more_from"), 0.1), (lambda: self.list_of("sponsored"), 0.06)):
            if self.chance(share):
                out += part()
        return out

    def foot(self):
        legal = self.rng.sample(LEGAL, self.rng.randint(0, 3))
        line = f"© {self.rng.randint(1999, 2026)} {self.site}. " if self.chance(0.8) else ""
        inner = f"<p>{line}{' '.join(legal)}</p>" if line or legal else ""
        if self.chance(0.8):
            inner += self.links([(n, f"/{slug(n)}") for n in self.rng.sample(SERVICE, self.rng.randint(1, 6))])
        return self.box("foot", inner) if inner else ""

    # Kinds of pages.
    def article(self, title):
        story = self.updates() if self.chance(0.06) else self.story()
        return self.box("article", self.headline(title) + story) + self.after()

    def forum(self, title):
        out, texts = self.remarks(self.rng.randint(2, 9), heading=False)
        self.body += texts
        return self.headline(title) + out + (self.list_of("related") if self.chance(0.3) else "")

    def product(self, title):
        self.paragraphs = self.paragraphs[:3]
        price = self.pick("€ 189.00", "$24.99", "£12", "1 299 kr")
        out = self.pick("<h1>{}</h1>", "<h2>{}</h2>").format(esc(title)) + f"<div>{price}</div><p>{self.pick('In stock', 'Ships in 2 days', 'Only 3 left')}</p><button>Add to cart</button>"
        out += self.pick("", "<h3>Description</h3>", "<h2>Details</h2>")
        specs = [f"{a}: {b}" for a, b in self.rng.sample(SPECS, self.rng.randint(0, 5))]
        self.body += specs
        listed = "<ul>" + "".join(f"<li>{esc(x)}</li>" for x in specs) + "</ul>" if specs else ""
        return self.box("article", out + self.story(betweens=False) + listed) + (self.list_of("related") if self.chance(0.6) else "")

    def documentation(self, title):
        self.body += self.paragraphs
        out = f"<h1>{esc(title)}</h1>"
        for part in self.paragraphs_of(self.paragraphs, self.pick("p", "p", "div")):
            head, code = self.texts.head(self.rng), self.rng.sample(CODE, self.rng.randint(1, 4))
            if head and self.chance(0.6):
                self.body.append(head)
                out += f"<h2>{esc(head)}</h2>"
            out += part
            if self.chance(0.7):
                self.body += code
                out += self.pick("<pre>{}</pre>", "<pre><code>{}</code></pre>").format(esc("\n".join(code)))
            elif head:
                self.body.append(code[0] + " " + head)
                out += f"<dl><dt><code>{esc(code[0])}</code></dt><dd>{esc(head)}</dd></dl>"
        tree = [(self.title(), f"/docs/{n}.html") for n in range(self.rng.randint(0, 12))]
        side = self.box("nav", self.links(tree, self.pick("ul", "divs", "br"))) if tree else ""
        return side + self.box("article", out) + (self.pager() if self.chance(0.5) else "")

    def listing(self, title):
        teasers = self.chance(0.6)
        inner = self.items("item", self.rng.randint(4, 14), teasers)
        del self.paragraphs[:]
        self.body = [html.unescape(text) for text in re.findall(r">([^<>]{12,})<", inner)]
        return self.pick("<h1>{}</h1>", "<h2>{}</h2>").format(esc(title)) + self.box("plain", inner)

    def make(self):
        self.site = self.pick("Island Gazette", "The Daily Post", "Larvoy Times", "Quayside", "Notes from the shore", "Techline", "Field & Garden")
        title = self.texts.title(self.rng)
        self.kind = self.rng.choices(["article", "forum", "product", "listing", "documentation"], [0.7, 0.07, 0.08, 0.07, 0.08])[0]
        self.url = self.host + "/" + self.target(title).lstrip("/")
        if self.chance(0.3):  # an address unlike those it links to
            self.url = self.host + self.pick("/", "/2024/05/", "/news/world/", "/stories/") + (slug(title) or "page") + self.pick("", "/", ".html")
        chrome = self.rng.random()  # how much stands round it
        top = self.menu() if self.chance(0.3 + 0.6 * chrome) else ""
        centre = getattr(self, self.kind)(title)
        side = self.box("plain", self.phrase("ad")) if self.chance(0.15) else ""
        for kind in ("popular", "latest", "related"):
            if self.chance(0.35 * chrome + 0.05):
                side += self.list_of(kind)
        if side and self.chance(0.3):
            side += self.box("letter", f"<p>{self.rng.choice(LETTERS)}</p>")
        foot = self.foot() if self.chance(0.3 + 0.6 * chrome) else ""
        if self.markup == "tables" and side:
            middle = f"<table><tr>{self.pick(f'<td>{side}</td><td>{centre}</td>', f'<td>{centre}</td><td>{side}</td>')}</tr></table>"
        else:
            middle = self.box("main", centre) + (self.box("aside", side) if side else "")
        head = f"<title>{esc(title)}{self.pick('', ' - ' + self.site, ' | ' + self.site)}</title>"
        if self.chance(0.5):
            head += f'<link rel="canonical" href="{self.url}">'
        if self.chance(0.3):
            head += f'<meta property="og:type" content="{"article" if self.kind == "article" else "website"}"><meta property="og:title" content="{esc(title)}">'
        code = self.language.get("code", "en")
        self.html = f"<!DOCTYPE html>\n<html{self.pick('', f' lang={code}')}><head><meta charset=utf-8>{head}</head><body>{top}{middle}{foot}</body></html>\n"
        return self


def make_pages(count, fold, pages, languages):
    """`count` pages of fold `fold`, whose English texts are those of `pages` ({title, body, kind}). `languages`: {code: texts and phrases}."""
    prose = Prose(pages)
    tongues = [Tongue(code, data) for code, data in sorted(languages.items())]
    known = {code: known_phrases(code) for code in languages}
    for number in range(count):
        rng = random.Random(f"made {fold} {number}")
        texts = prose if rng.random() < 0.6 else rng.choice(tongues)
        code = texts.code if isinstance(texts, Tongue) else "en"
        yield Made(f"{fold}x{number}", texts, phrases_of(code, languages[code], known[code], rng), rng).make()
