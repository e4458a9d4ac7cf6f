"""The same text in many languages, set into the same page structures. Deterministic; the truth comes with each page."""
import html
import itertools
import pathlib

LABELS = ("home", "news", "about", "contact", "related", "popular", "share", "byline", "date", "comments", "comment", "cookies",
          "newsletter", "more", "login", "rights", "basket", "caption")
TEXTS = pathlib.Path(__file__).with_name("texts.txt")
VARIANTS = 3  # pages of each structure and language: other paragraphs in another order


def read_texts():
    tongues, tongue = {}, None
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "==":
            code, name = rest.split(" ", 1)
            tongue = tongues[code] = {"name": name, "s": [], "t": [], "l": []}
        elif mark in ("s", "t", "l"):
            tongue[mark].append(rest)
    for tongue in tongues.values():
        tongue["l"] = dict(zip(LABELS, tongue["l"], strict=True))
    return tongues


class Page:
    """One page being written: markup, and the body's paragraphs as they stand in it."""

    def __init__(self, code, tongue, variant):
        self.code, self.tongue, self.variant = code, tongue, variant
        self.out, self.body = [], []
        self.label = tongue["l"]
        self.joint = "" if code in ("zh", "ja") else " "
        # Each page tells the sentences in another order; no paragraph stands twice.
        sentences = tongue["s"]
        self.order = [sentences[(i * (5 if variant % 2 else 7) + variant) % len(sentences)] for i in range(len(sentences))]
        self.paragraphs = itertools.cycle(self._paragraphs())

    def _paragraphs(self):
        for size in (3, 2, 4, 1, 3):
            for at in range(0, len(self.order), size):
                yield self.joint.join((self.order * 2)[at:at + size])

    def put(self, markup):
        self.out.append(markup)

    def text(self, markup, text):
        """Markup with %s for a text of the body."""
        self.body.append(text)
        self.put(markup % html.escape(text, quote=False))

    def prose(self, count, markup="<p>%s</p>"):
        for _ in range(count):
            self.text(markup, next(self.paragraphs))

    def say(self, label):
        return html.escape(self.label[label], quote=False)

    def title(self, at):
        return html.escape(self.tongue["t"][at % len(self.tongue["t"])], quote=False)

    def link(self, at, extra=""):
        return f'<a{extra} href="/{2020 + at}/{at + 100}">{self.title(at)}</a>'

    def excerpt(self, at):
        return html.escape(self.tongue["s"][(at * 5 + 1) % 12][:40 if self.joint else 24], quote=False) + "…"

    def finish(self):
        direction = ' dir="rtl"' if self.code in ("ar", "he") else ""
        head = (f'<!DOCTYPE html><html lang="{self.code}"{direction}><head><meta charset="utf-8"><title>{self.say("caption")} | Example</title>'
                f'<meta property="og:title" content="{self.say("caption")}"></head>')
        return head + "".join(self.out) + "</html>", "\n\n".join(self.body)


def menu(page):
    return "".join(f'<li><a href="/{x}">{page.say(x)}</a></li>' for x in ("home", "news", "about", "contact", "login"))


def blog(page):
    """A blog theme: entry, share bar, related posts with cut excerpts, comments, sidebar."""
    p = page
    p.put(f'<body class="single"><div id="header"><p class="site-title"><a href="/">Example</a></p><ul class="menu">{menu(p)}</ul></div><div id="content"><div class="post hentry">')
    p.put(f'<h1 class="entry-title">{p.say("caption")}</h1><div class="entry-meta">{p.say("byline")} · <a href="/d">{p.say("date")}</a></div><div class="entry-content">')
    p.prose(3)
    p.text("<h2>%s</h2>", p.tongue["t"][p.variant])
    p.prose(4 + p.variant)
    p.put(f'</div><div class="share-buttons"><span>{p.say("share")}</span> <a href="https://twitter.com/x">X</a> <a href="https://facebook.com/x">Facebook</a></div>')
    p.put(f'<div class="related-posts"><h3>{p.say("related")}</h3><ul>' +
          "".join(f'<li>{p.link(i)}<p>{p.excerpt(i)} <a href="/{2020 + i}/{i + 100}">{p.say("more")}</a></p></li>' for i in range(1, 4)) + "</ul></div>")
    p.put(f'<div id="comments"><h3>{p.say("comments")}</h3><ol class="commentlist"><li class="comment"><p>{p.say("comment")}</p></li></ol></div></div></div>')
    p.put(f'<div id="sidebar"><div class="widget"><h3>{p.say("popular")}</h3><ul>' + "".join(f"<li>{p.link(i)}</li>" for i in range(6)) +
          f'</ul></div><div class="widget">{p.say("newsletter")}</div></div><div id="footer">© Example. {p.say("rights")}</div></body>')


def news(page):
    """A news portal: nested divs, utility classes, no element that says what it is; a cookie bar, an embedded promo."""
    p = page
    p.put(f'<body><div class="c1"><div class="flex"><div class="logo"><a href="/">Example</a></div><div class="nav">' +
          "".join(f'<a href="/{x}">{p.say(x)}</a>' for x in ("home", "news", "about", "contact")) + f'</div></div><div class="notice-bar">{p.say("cookies")}</div>')
    p.put(f'<div class="grid"><div class="col-8"><div class="mb-2 text-3xl"><h1>{p.say("caption")}</h1></div><div class="text-sm">{p.say("byline")}</div><div class="text-sm">{p.say("date")}</div>')
    p.prose(1, '<div class="lead"><div>%s</div></div>')
    p.put('<div class="rich">')
    p.prose(2, "<div><p>%s</p></div>")
    p.put(f'<div class="box"><b>{p.say("related")}:</b> {p.link(4)}</div>')
    p.prose(4 + p.variant, "<div><p>%s</p></div>")
    p.put(f'</div></div><div class="col-4"><div class="h">{p.say("popular")}</div>' + "".join(f'<div class="card">{p.link(i)}<div>{p.say("date")}</div></div>' for i in range(5)) + "</div></div>")
    p.put(f'<div class="f">{p.say("newsletter")}</div><div class="f">© 2025 {p.say("rights")}</div></div></body>')


def magazine(page):
    """Semantic HTML5: a figure with its caption, a quote, an aside, a list."""
    p = page
    p.put(f'<body><header><nav><ul>{menu(p)}</ul></nav></header><main><article><header><h1>{p.say("caption")}</h1><p class="byline">{p.say("byline")}, <time datetime="2025-05-12">{p.say("date")}</time></p></header>')
    p.prose(2)
    p.put(f'<figure><img src="/field.jpg" alt=""><figcaption>{p.say("caption")}</figcaption></figure>')
    p.prose(1, "<blockquote><p>%s</p></blockquote>")
    p.prose(2)
    p.put("<ul>")
    for sentence in p.order[:3]:
        p.text("<li>%s</li>", sentence)
    p.put("</ul>")
    p.prose(2 + p.variant)
    p.put(f'</article><aside><h2>{p.say("related")}</h2>' + "".join(f"<article><h3>{p.link(i)}</h3><p>{p.excerpt(i)}</p></article>" for i in range(3)) + "</aside></main>")
    p.put(f'<footer><p>{p.say("newsletter")}</p><p><small>{p.say("rights")}</small></p></footer></body>')


def manual(page):
    """Documentation: a page tree beside it, headings, code, a table."""
    p = page
    p.put(f'<body><div class="topbar"><a href="/">Example</a></div><div class="layout"><nav class="sidebar-tree"><ul>' +
          "".join(f'<li><a href="/docs/{i}">{p.title(i)}</a></li>' for i in range(6)) + f'</ul></nav><main class="doc-content"><h1>{p.say("caption")}</h1>')
    for part in range(3):
        p.text('<h2 id="x">%s</h2>', p.tongue["t"][(part + p.variant) % 6])
        p.prose(2)
        p.text("<pre><code>%s</code></pre>", f"bake --oven {part + 1} \\\n  --flour rye\nexit 0")
    p.put("<table>")
    for row in range(3):
        p.put("<tr>")
        p.text("<td><code>%s</code></td>", f"--flag{row}")
        p.text("<td>%s</td>", p.order[row])
        p.put("</tr>")
    p.put(f'</table></main></div><footer><a href="/docs/5">{p.title(5)}</a> {p.say("rights")}</footer></body>')


def product(page):
    """A shop: description and details of the item; price, basket and other items around it."""
    p = page
    p.put(f'<body><header><ul>{menu(p)}</ul></header><div class="product" itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">{p.say("caption")}</h1><div class="price">24,90 €</div><button class="add-to-cart">{p.say("basket")}</button>')
    p.put('<div class="product-description" itemprop="description">')
    p.prose(2 + p.variant)
    p.put("<ul>")
    for sentence in p.order[3:6]:
        p.text("<li>%s</li>", sentence)
    p.put(f'</ul></div></div><div class="recommendations"><h2>{p.say("related")}</h2>' +
          "".join(f'<div class="product-card">{p.link(i)}<span class="price">{9 + i},00 €</span></div>' for i in range(5)) + f'</div><footer>{p.say("newsletter")} {p.say("rights")}</footer></body>')


def prose_in_breaks(page):
    """An old page: a layout table, paragraphs parted by two line breaks, no classes."""
    p = page
    p.put('<body><table width="100%"><tr><td width="20%">' + "<br>".join(f'<a href="/{x}.htm">{p.say(x)}</a>' for x in ("home", "news", "about", "contact")) +
          f'</td><td><h1>{p.say("caption")}</h1><i>{p.say("byline")}, {p.say("date")}</i><br><br>')
    p.prose(6 + p.variant, "%s<br><br>")
    p.put(f'<hr><small><a href="/next.htm">{p.title(3)}</a></small></td></tr></table><center><font size="1">{p.say("rights")}</font></center></body>')


STRUCTURES = {"blog": blog, "news": news, "magazine": magazine, "manual": manual, "shop": product, "old": prose_in_breaks}


def pages():
    """(id, language, structure, html, body) of every page."""
    for code, tongue in read_texts().items():
        for name, write in STRUCTURES.items():
            for variant in range(VARIANTS):
                page = Page(code, tongue, variant)
                write(page)
                markup, body = page.finish()
                yield f"{code}-{name}-{variant}", code, name, markup, body
