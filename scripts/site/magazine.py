"""Almanac & Manual: semantic HTML5. A magazine of essays, a manual with code and a page tree, and a small forum."""
from markup import Theme, attr, esc, long_date
from plan import Page
from prose import Prose, first_sentence


class Magazine(Theme):
    def path_of(self, article):
        return f"/{'manual' if article.documentation else 'essays'}/{article.slug}"

    def file_of(self, article):
        return f"{self.host.name}{self.path_of(article)}.html"

    def p(self, inner):
        return f"<p>{inner}</p>"

    def h2(self, inner):
        return f"<h2>{inner}</h2>"

    def code(self, inner):
        return f'<div class="highlight"><pre><code class="language-text">{inner}</code></pre></div>'

    def figure(self, alt, credit, source):
        return f'<figure><picture><source srcset="{source}.webp" type="image/webp"><img src="{source}" alt="{attr(alt)}" loading="lazy"></picture><figcaption><small>{esc(credit)}</small></figcaption></figure>'

    def promo(self, page, other, dice):
        also = self.labels(other.lang)["also"]
        return dice.pick([f'<aside class="{self.c("pullout")}"><p>{also}: <a href="{self.path_of(other)}"><cite>{esc(other.title)}</cite></a></p></aside>',
                          f'<p><em>{also}: <a href="{self.path_of(other)}">{esc(other.title)}</a></em></p>'])

    def frame(self, page, head, content, side, lang, dice, body_attrs=""):
        t = self.labels(lang)
        return f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{esc(page.title)} — {esc(self.host.title)}</title>
{head}
<link rel="stylesheet" href="/style.css">
</head>
<body{body_attrs}>
<header role="banner"><a href="/">{esc(self.host.title)}</a>
<nav aria-label="Main"><ul><li><a href="/">{t["home"]}</a></li><li><a href="/almanac-category-night-sky">Night sky</a></li><li><a href="/almanac-category-craft">Craft</a></li><li><a href="/almanac-category-home-network">Manual</a></li><li><a href="/almanac-zh-all" lang="zh">中文</a></li><li><a href="/almanac-ja-all" lang="ja">日本語</a></li></ul></nav>
<form role="search"><label>{t["search"]} <input type="search" name="q"></label></form></header>
{content}
{side}
<footer role="contentinfo"><p><small>© 2026 {esc(self.host.title)} · {t["rights"]} · <a href="/colophon">{t["imprint"]}</a> · <a href="/privacy">{t["privacy"]}</a></small></p></footer>
{f'<dialog open><p>{t["cookies"]}</p><button>{t["accept"]}</button></dialog>' if dice.chance(30) else ""}
</body>
</html>"""

    def complementary(self, page, lang, dice, skip=None):
        t, boxes = self.labels(lang), []
        for title, kind, articles in ((t["latest"], "latest", self.host.latest(lang)), (t["popular"], "popular", self.host.popular(lang))):
            rows = ""
            for a in articles:
                if a is skip:
                    continue
                page.relate(self.url_of(a), a.title, kind)
                rows += f'<li><a href="{self.path_of(a)}">{esc(a.title)}</a> <time datetime="{a.date}">{long_date(a.date)}</time></li>\n'
            boxes.append(f"<section><h2>{title}</h2><ol>\n{rows}</ol></section>")
        if dice.chance(35):
            boxes.reverse()
        if dice.chance(40):
            boxes.append(f'<section><h2>{t["news"]}</h2><p>{t["newstext"]}</p></section>')
        return f'<aside role="complementary" class="{self.c("aside")}">\n' + "\n".join(boxes) + "\n</aside>"

    def pager(self, page, article):
        t, out = self.labels(article.lang), ""
        for a, kind in zip(self.host.beside(article), ("prev", "next")):
            if a:
                page.relate(self.url_of(a), a.title, kind)
                word = {"prev": "Previous:", "next": "Next:"}[kind] if article.documentation else t[kind] + ("" if article.lang in ("zh", "ja") else ":")
                out += f'<li><a rel="{kind}" href="{self.path_of(a)}">{word} {esc(a.title)}</a></li>'
        return f'<nav aria-label="Pager" class="{self.c("pager")}"><ul>{out}</ul></nav>' if out else ""

    def related_section(self, page, article, dice):
        t, rows = self.labels(article.lang), ""
        style = dice.pick(["whole", "cut", "none", "cut"])
        for a in self.host.related(article, dice.between(2, 4), dice):
            page.relate(self.url_of(a), a.title, "related")
            text = {"whole": first_sentence(a.lead, a.lang), "cut": a.excerpt(dice.between(16, 30), "…"), "none": ""}[style]
            more = f' <a href="{self.path_of(a)}">{t["more"]}</a>' if style == "cut" and dice.chance(40) else ""
            if text:
                page.tease(text, self.url_of(a), style == "cut" and text.endswith("…"))
            rows += f'<li><article><h3><a href="{self.path_of(a)}">{esc(a.title)}</a></h3>' + (f"<p>{esc(text)}{more}</p>" if text else "") + "</article></li>\n"
        return f'<section aria-labelledby="rel" class="{self.c("see-also")}"><h2 id="rel">{t["related"]}</h2><ul>\n{rows}</ul></section>' if rows else ""

    def article_page(self, article):
        return self.manual_page(article) if article.documentation else self.essay(article)

    def essay(self, article):
        dice, t, page = self.dice(article.number), self.labels(article.lang), self.new_article(article)
        micro = dice.chance(40)
        prop = (lambda name: f' itemprop="{name}"') if micro else (lambda name: "")
        deck = f'<p class="{self.c("deck")}">{esc(page.say(article.standfirst))}</p>' if dice.chance(50) else ""
        body = "\n".join(self.blocks(page, article, dice))
        byline = f'<p class="byline">{t["by"]} <span{prop("author")}>{esc(article.author)}</span>, <time{prop("datePublished")} datetime="{article.date}">{long_date(article.date)}</time></p>'
        parts = [lambda: self.pager(page, article), lambda: self.related_section(page, article, dice),
                 lambda: f'<section class="bio"><h2>{t["about"]}</h2><p>{esc(article.author)} · {esc(self.host.title)}</p></section>' if dice.chance(50) else ""]
        if dice.chance(50):
            parts[0], parts[1] = parts[1], parts[0]
        after = "\n".join(make() for make in parts)
        holder = ("div", "div") if self.drift else ("main", "article")
        micro_type = ' itemscope itemtype="https://schema.org/Article"' if micro else ""
        content = f"""<{holder[0]}>
<nav aria-label="Breadcrumb"><ol><li><a href="/">{t["home"]}</a></li><li><a href="/{self.category_name(article.lang, article.category)}">{esc(article.category)}</a></li></ol></nav>
<{holder[1]}{micro_type}>
<header><h1{prop("headline")}>{esc(page.title)}</h1>{deck}{byline}</header>
<div class="{self.c("prose")}"{prop("articleBody")}>
{body}
</div>
<footer><p>{t["tags"]}: <a rel="tag" href="/tags/{article.topic or article.lang}">{esc(article.category)}</a></p></footer>
</{holder[1]}>
{after}
</{holder[0]}>"""
        head = self.head_meta(page, article, dice, () if micro else self.forms(dice))
        side = self.complementary(page, article.lang, dice, article)
        self.add(page, self.frame(page, head, content, side, article.lang, dice))

    def manual_page(self, article):
        """A page of the manual: the tree beside it is navigation, the pager is not."""
        dice, page = self.dice(article.number), self.new_article(article)
        body = "\n".join(self.blocks(page, article, dice))
        rows = "".join(f'<li{" class=current" if a is article else ""}><a href="{self.path_of(a)}">{esc(a.title)}</a></li>' for a in self.host.peers(article))
        tree = f'<nav aria-label="Manual" class="{self.c("toctree")}"><h2>Manual</h2><ul>{rows}</ul></nav>'
        content = f"""{tree}
<main><article><h1>{esc(page.title)}<a class="headerlink" href="#top" title="Permalink">¶</a></h1>
<div class="{self.c("document")}">
{body}
</div></article>
{self.pager(page, article)}
<p class="edit"><a href="/edit/{article.slug}">Edit this page</a> Last updated {long_date(article.modified)}</p></main>"""
        self.add(page, self.frame(page, self.head_meta(page, article, dice, ("meta",)), content, "", "en", dice, ' class="manual"'))

    def index_page(self, name, lang, heading, articles, paths, number):
        dice, t, page = self.dice(name), self.labels(lang), self.new_index(name, lang, heading)
        rows = ""
        for a in articles:
            page.relate(self.url_of(a), a.title, "item")
            page.say(a.title)
            text = a.excerpt(26, "…")
            page.tease(page.say(text), self.url_of(a), text.endswith("…"))
            rows += f'<li><article><h2><a href="{self.path_of(a)}">{esc(a.title)}</a></h2><p>{esc(text)}</p><p><a href="{self.path_of(a)}" aria-label="{attr(a.title)}">{t["more"]}</a></p></article></li>\n'
        turn = "".join(f'<li><a href="{path}">{i + 1}</a></li>' for i, path in enumerate(paths)) if len(paths) > 1 else ""
        content = f'<main><h1>{esc(heading)}</h1>\n<ol class="{self.c("entries")}">\n{rows}</ol>\n<nav aria-label="Pages"><ul>{turn}</ul></nav></main>'
        side = self.complementary(page, lang, dice)
        self.add(page, self.frame(page, f'<link rel="canonical" href="{page.url}">', content, side, lang, dice))

    def render(self):
        super().render()
        self.forum()
        return self.pages

    def forum(self):
        threads = [("damp-in-the-log-cupboard", "Damp in the log cupboard", "network"), ("which-chart-for-a-beginner", "Which chart for a beginner?", "sky"), ("glaze-crawling-again", "Glaze crawling again", "pottery")]
        for slug, title, topic in threads:
            dice = self.dice(slug)
            prose = Prose(dice, "en", topic)
            page = Page(slug, f"{self.host.name}/forum/{slug}.html", f"{self.host.base}/forum/{slug}", "forum", "en", title)
            posts = ""
            for i in range(dice.between(4, 6)):
                texts = [page.say(prose.opening() if not i else prose.paragraph())] + ([page.say(prose.paragraph(2))] if dice.chance(50) else [])
                posts += f"""<article class="{self.c("post")}" id="p{i + 1}"><header><b>{esc(prose.person().split()[0].lower())}{dice.between(1, 99)}</b> <small>Joined 20{dice.between(12, 24)} · {dice.between(3, 900)} posts</small> <time>{dice.between(1, 28)} Feb 2026</time></header>
<div class="content">{"".join(f"<p>{esc(text)}</p>" for text in texts)}</div>
<footer><button>▲ {dice.between(0, 30)}</button> <a href="#reply">Quote</a> <a href="#report">Report</a><p class="signature">-- sent from {prose.fill("{place}")}</p></footer></article>
"""
            rows = ""
            for other, name, _ in threads:
                if other != slug:
                    page.relate(f"{self.host.base}/forum/{other}", name, "related")
                    rows += f'<li><a href="/forum/{other}">{name}</a> <small>{dice.between(2, 30)} replies</small></li>'
            content = f'<main><nav aria-label="Breadcrumb"><a href="/">Home</a> › <a href="/forum">Forum</a></nav><h1>{title}</h1>\n{posts}<section class="similar"><h2>Similar topics</h2><ul>{rows}</ul></section></main>'
            self.add(page, self.frame(page, f'<link rel="canonical" href="{page.url}">', content, "", "en", dice, ' class="forum"'))
