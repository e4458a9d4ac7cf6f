"""What the three themes share: escaping, metadata in its many forms, the walk over an article's blocks."""
import html
import json
import re
import zlib

from english import COMMENTS
from plan import Page
from prose import Dice, Prose, first_sentence
from tongues import ENGLISH_LABELS, TONGUES

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def esc(text):
    return html.escape(text, quote=False)


def attr(text):
    return html.escape(text)


def long_date(date):
    return f"{MONTHS[date.month - 1]} {date.day}, {date.year}"


class Theme:
    """Renders one Host. A theme overrides path_of, file_of, article_page and index_page, and gives its furniture."""

    per_page = 10

    def __init__(self, host, drift):
        self.host, self.drift, self.pages = host, drift, []

    def labels(self, lang):
        return ENGLISH_LABELS if lang == "en" else TONGUES[lang]["labels"]

    def dice(self, *what):
        return Dice(self.host.seed, self.host.name, "theme", *what)

    def url_of(self, article):
        return self.host.base + self.path_of(article)

    def c(self, name):
        """A class name; after a redesign (--drift) the same place is called otherwise."""
        if not self.drift:
            return name
        return " ".join("x" + format(zlib.crc32(part.encode()), "08x")[:6] for part in name.split())

    def add(self, page, html_text):
        page.html = re.sub(r"\n\s*\n+", "\n", html_text).strip() + "\n"
        self.pages.append(page)

    # One article's body -------------------------------------------------------------------------------------

    def paragraph(self, text, link):
        inner = esc(text)
        if link:
            words, href = link
            inner = inner.replace(esc(words), f'<a href="{href}">{esc(words)}</a>', 1)
        return inner

    def blocks(self, page, article, dice):
        """The article's blocks as markup, said in the page's body, promos related."""
        out = []
        shown = [article, *self.host.beside(article), *self.host.latest(article.lang), *self.host.popular(article.lang)]
        promos = dice.some([a for a in self.host.peers(article) if a not in shown], 3)
        for block in article.blocks:
            kind = block[0]
            if kind == "p":
                out.append(self.p(self.paragraph(page.say(block[1]), block[2])))
            elif kind == "h2":
                out.append(self.h2(esc(page.say(block[1]))))
            elif kind == "ul":
                out.append(self.ul([esc(page.say(item)) for item in block[1]]))
            elif kind == "quote":
                out.append(self.quote(esc(page.say(block[1]))))
            elif kind == "table":
                out.append("<table>" + "".join("<tr>" + "".join(f"<{tag}>{esc(cell)}</{tag}>" for cell in row) + "</tr>"
                                               for tag, row in zip(["th"] + ["td"] * 9, block[1])) + "</table>")
                page.say("\n".join(" ".join(row) for row in block[1]))
            elif kind == "code":
                out.append(self.code(esc(page.say(block[1]))))
            elif kind == "figure":
                out.append(self.figure(block[1], block[2], f"/media/{article.number}-{len(out)}.jpg"))
            elif promos:
                other = promos.pop()
                page.relate(self.url_of(other), other.title, "in_article")
                out.append(self.promo(page, other, dice))
        return out

    def ul(self, items):
        return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"

    def quote(self, inner):
        return f"<blockquote><p>{inner}</p></blockquote>"

    def code(self, inner):
        return f"<pre><code>{inner}</code></pre>"

    # Metadata ------------------------------------------------------------------------------------------------

    def article_of(self, page, article):
        page.author, page.published, page.modified = article.author, article.date.isoformat(), article.modified.isoformat()

    def head_meta(self, page, article, dice, forms):
        """The same facts in the forms drawn for this page: JSON-LD (alone, as a graph, as an array), Open Graph, plain meta."""
        description = first_sentence(article.lead, article.lang)
        out = [f'<link rel="canonical" href="{page.url}">', f'<meta name="description" content="{attr(description)}">']
        if "og" in forms:
            out += [f'<meta property="og:type" content="article">', f'<meta property="og:title" content="{attr(page.title)}">',
                    f'<meta property="og:url" content="{page.url}">', f'<meta property="og:site_name" content="{attr(self.host.title)}">',
                    f'<meta property="og:description" content="{attr(description)}">', f'<meta property="og:image" content="{self.host.base}/media/{article.number}.jpg">',
                    f'<meta property="article:published_time" content="{article.date}T08:{dice.between(10, 59)}:00+00:00">']
        if "meta" in forms:
            out += [f'<meta name="author" content="{attr(article.author)}">', f'<meta name="date" content="{article.date}">']
        if "ld" in forms:
            item = {"@type": dice.pick(["Article", "BlogPosting", "NewsArticle"]), "headline": page.title, "datePublished": f"{article.date}T06:30:00Z",
                    "dateModified": str(article.modified), "author": dice.pick([{"@type": "Person", "name": article.author}, [{"@type": "Person", "name": article.author}], article.author]),
                    "publisher": {"@type": "Organization", "name": self.host.title}, "inLanguage": article.lang}
            crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": article.category}]}
            value = dice.pick([{"@context": "https://schema.org", **item}, {"@context": "https://schema.org", "@graph": [crumbs, item]},
                               [{"@context": "https://schema.org", **crumbs}, {"@context": "https://schema.org", **item}]])
            out.append('<script type="application/ld+json">' + json.dumps(value, ensure_ascii=False) + "</script>")
        return "\n".join(out)

    def forms(self, dice):
        return dice.pick([("og", "ld"), ("og", "meta"), ("ld",), ("meta", "ld", "og"), ("og", "ld", "meta")])

    # Furniture of the conversation ------------------------------------------------------------------------------

    def comments(self, article, dice):
        """[(name, date, text)] of an English article; other languages have none."""
        if article.lang != "en" or not dice.chance(50):
            return []
        prose = Prose(dice, "en", article.topic)
        return [(prose.person().split()[0], long_date(article.date), prose.fill(text)) for text in dice.some(COMMENTS, dice.between(1, 3))]

    # Files -------------------------------------------------------------------------------------------------------

    def listings(self):
        """(name, lang, heading, articles) of every index page: the front page, then the categories."""
        found = [(self.host.name, "en", self.host.title, self.host.latest("en", self.per_page * 2))]
        groups = {}
        for article in reversed(self.host.articles):
            groups.setdefault((article.lang, article.category), []).append(article)
        return found + [(self.category_name(lang, category), lang, category, articles) for (lang, category), articles in sorted(groups.items())]

    def category_name(self, lang, category):
        return f"{self.host.name}-category-{category.lower().replace(' ', '-')}" if lang == "en" else f"{self.host.name}-{lang}-all"

    def render(self):
        for article in self.host.articles:
            self.article_page(article)
        for name, lang, heading, articles in self.listings():
            parts = [articles[i:i + self.per_page] for i in range(0, len(articles), self.per_page)]
            names = [name] + [f"{name}-{i + 1}" for i in range(1, len(parts))]
            for i, part in enumerate(parts):
                self.index_page(names[i], lang, heading, part, [self.index_path(n) for n in names], i)
        return self.pages

    def index_path(self, name):
        return "/" if name == self.host.name else "/" + name

    def new_index(self, name, lang, heading):
        """File name = id; the host's own name is its front page."""
        return Page(name, f"{self.host.name}/{name}.html", self.host.base + self.index_path(name), "listing", lang, heading)

    def new_article(self, article):
        page = Page(article.slug, self.file_of(article), self.url_of(article), "documentation" if article.documentation else "article", article.lang, article.title)
        self.article_of(page, article)
        return page

    def feed(self):
        items = "".join(f"<item><title>{esc(a.title)}</title><link>{self.url_of(a)}</link><guid>{self.url_of(a)}</guid><pubDate>{a.date:%d} {MONTHS[a.date.month - 1][:3]} {a.date.year} 08:00:00 GMT</pubDate>"
                        f"<description>{esc(esc(a.excerpt(30, '…')))}</description></item>\n" for a in self.host.latest("en", 10))
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{esc(self.host.title)}</title><link>{self.host.base}/</link><description>{esc(self.host.title)}</description>\n{items}</channel></rss>\n'

    def sitemap(self):
        rows = "".join(f"<url><loc>{page.url}</loc>" + (f"<lastmod>{page.modified}</lastmod>" if page.modified else "") + "</url>\n" for page in self.pages)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'

    def robots(self):
        return f"User-agent: *\nDisallow: /drafts/\nAllow: /drafts/open-letter\n\nSitemap: {self.host.base}/sitemap.xml\n"
