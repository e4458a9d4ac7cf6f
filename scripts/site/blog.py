"""Tidewater Notes: the markup of a blog theme grown over years, with widgets and plugin boxes."""
from markup import Theme, attr, esc, long_date
from plan import Page
from prose import Prose


class Blog(Theme):
    def path_of(self, article):
        return f"/{article.date:%Y/%m}/{article.slug}/"

    def file_of(self, article):
        return f"{self.host.name}/{article.date:%Y/%m}/{article.slug}.html"

    def p(self, inner):
        return f"<p>{inner}</p>"

    def h2(self, inner):
        return f'<h2 class="{self.c("wp-block-heading")}">{inner}</h2>'

    def figure(self, alt, credit, source):
        return f'<figure class="wp-caption alignnone"><img decoding="async" src="{source}" alt="{attr(alt)}" width="840" height="560"><figcaption class="wp-caption-text">{esc(credit)}</figcaption></figure>'

    def promo(self, page, other, dice):
        also, href = self.labels(other.lang)["also"], self.path_of(other)
        return dice.pick([f'<p><strong>{also}: <a href="{href}">{esc(other.title)}</a></strong></p>',
                          f'<p class="{self.c("inline-related")}">{also}: <a href="{href}">{esc(other.title)}</a></p>',
                          f'<blockquote class="wp-embedded-content"><a href="{href}">{esc(other.title)}</a></blockquote>'])

    def frame(self, page, head, body_class, content, sidebar, dice, lang):
        t, rtl = self.labels(lang), ""
        menu = "".join(f'<li id="menu-item-{20 + i}" class="menu-item"><a href="{href}">{text}</a></li>' for i, (href, text) in enumerate(
            [("/", t["home"]), ("/tidewater-category-garden", "Garden"), ("/tidewater-category-baking", "Baking"), ("/tidewater-category-beekeeping", "Beekeeping"),
             ("/tidewater-category-craft", "Craft"), ("/tidewater-de-all", "Deutsch"), ("/tidewater-fr-all", "Français"), ("/about", t["imprint"])]))
        cookies = f'<div id="cookie-notice" role="dialog" class="cookie-notice"><span>{t["cookies"]}</span> <a href="#" class="cn-button">{t["accept"]}</a> <a href="/privacy">{t["privacy"]}</a></div>'
        return f"""<!DOCTYPE html>
<html lang="{lang}"{rtl}>
<head>
<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{esc(page.title)} &#8211; {esc(self.host.title)}</title>
{head}
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<style>body{{margin:0;font:16px/1.6 serif}}.widget{{margin:1em 0}}.screen-reader-text{{position:absolute;left:-9999px}}</style>
<script>window.dataLayer=window.dataLayer||[];document.documentElement.className+=" js";</script>
</head>
<body class="{body_class}">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">{self.host.title}</a></p><p class="site-description">Slow notes from a salt coast</p>
<nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu">{menu}</ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area">
{content}
</div>
{sidebar}
</div>
<footer id="colophon" class="site-footer"><div class="site-info">&copy; 2026 {self.host.title}. {t["rights"]}. <a href="/privacy">{t["privacy"]}</a> | <a href="/about">{t["imprint"]}</a></div></footer>
{cookies if dice.chance(60) else ""}
</body>
</html>"""

    def list_widget(self, page, title, articles, kind, name):
        rows = ""
        for a in articles:
            page.relate(self.url_of(a), a.title, kind)
            rows += f'<li><a href="{self.path_of(a)}">{esc(a.title)}</a></li>\n'
        return f'<section id="{name}-2" class="widget {self.c("widget_" + name)}"><h2 class="widget-title">{title}</h2><ul>\n{rows}</ul></section>'

    def sidebar(self, page, lang, dice, skip=None):
        t = self.labels(lang)
        boxes = [f'<section class="widget widget_search"><form role="search" action="/"><label><span class="screen-reader-text">{t["search"]}</span><input type="search" name="s" placeholder="{t["search"]} …"></label></form></section>']
        lists = [lambda: self.list_widget(page, t["latest"], [a for a in self.host.latest(lang) if a is not skip], "latest", "recent_entries"),
                 lambda: self.list_widget(page, t["popular"], [a for a in self.host.popular(lang) if a is not skip], "popular", "popular_posts")]
        if dice.chance(30):
            lists.reverse()
        boxes += [make() for make in lists]
        if dice.chance(50):
            boxes.append(f'<section class="widget widget_mc4wp"><h2 class="widget-title">{t["news"]}</h2><p>{t["newstext"]}</p><form><input type="email" placeholder="you@mail.test"><button>OK</button></form></section>')
        if dice.chance(50):
            boxes.append('<section class="widget widget_archive"><h2 class="widget-title">Archive</h2><ul><li><a href="/2026/02/">February 2026</a> (8)</li><li><a href="/2026/01/">January 2026</a> (9)</li><li><a href="/2025/12/">December 2025</a> (7)</li></ul></section>')
        return '<aside id="secondary" class="widget-area">\n' + "\n".join(boxes) + "\n</aside>"

    def related_box(self, page, article, dice):
        """Plugin box under the article: titles alone, or cards with a cut excerpt."""
        t, others = self.labels(article.lang), self.host.related(article, dice.between(2, 3), dice)
        with_text, rows = dice.chance(60), ""
        mark = dice.pick(["…", "...", " [...]", " […]"])
        for a in others:
            page.relate(self.url_of(a), a.title, "related")
            rows += f'<div class="{self.c("jp-relatedposts-post")}"><h4 class="jp-relatedposts-post-title"><a href="{self.path_of(a)}">{esc(a.title)}</a></h4>'
            if with_text:
                text = a.excerpt(dice.between(14, 26), mark)
                page.tease(text, self.url_of(a), text.endswith(mark))
                rows += f'<p class="jp-relatedposts-post-excerpt">{esc(text)}</p>'
            rows += f'<p class="jp-relatedposts-post-date">{long_date(a.date)}</p></div>\n'
        return f'<div id="jp-relatedposts" class="{self.c("jp-relatedposts")}"><h3 class="jp-relatedposts-headline"><em>{t["related"]}</em></h3><div class="jp-relatedposts-items">\n{rows}</div></div>' if rows else ""

    def pager(self, page, article):
        t, out = self.labels(article.lang), ""
        for a, kind, mark in zip(self.host.beside(article), ("prev", "next"), ("previous", "next")):
            if a:
                page.relate(self.url_of(a), a.title, kind)
                out += f'<div class="nav-{mark}"><a href="{self.path_of(a)}" rel="{kind}"><span class="meta-nav">{t[kind]}</span> <span class="post-title">{esc(a.title)}</span></a></div>'
        return f'<nav class="navigation {self.c("post-navigation")}"><h2 class="screen-reader-text">Post navigation</h2><div class="nav-links">{out}</div></nav>' if out else ""

    def article_page(self, article):
        dice, t, page = self.dice(article.number), self.labels(article.lang), self.new_article(article)
        meta = f'<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{article.date}">{long_date(article.date)}</time></span> <span class="byline">{t["by"]} <span class="author vcard"><a class="url fn n" href="/author/{article.number % 7}">{esc(article.author)}</a></span></span></div>'
        blocks = "\n".join(self.blocks(page, article, dice))
        share = f'<div class="sharedaddy"><h3 class="sd-title">{t["share"]}:</h3><ul><li><a href="/share/1" rel="nofollow">Mastodon</a></li><li><a href="/share/2" rel="nofollow">Email</a></li><li><a href="#print">Print</a></li></ul></div>'
        tags = f'<footer class="entry-footer"><span class="tags-links">{t["tags"]}: <a href="/tag/{article.topic or "misc"}" rel="tag">{esc(article.category)}</a>, <a href="/tag/notes" rel="tag">notes</a></span></footer>'
        author = f'<div class="author-box"><h3>{t["about"]}</h3><p class="author-description">{esc(article.author)} &#183; {self.host.title}. <a href="/author/{article.number % 7}">{t["morefrom"]} {esc(article.author)}</a></p></div>'
        after = [lambda: share, lambda: self.related_box(page, article, dice), lambda: tags, lambda: author if dice.chance(60) else "", lambda: self.pager(page, article)]
        if dice.chance(40):
            after[1], after[4] = after[4], after[1]
        if dice.chance(25):
            del after[1 if dice.chance(50) else 4]
        tail = "\n".join(make() for make in after)
        thread = "".join(f'<li class="comment"><article class="comment-body"><footer><b class="fn">{esc(who)}</b> <time>{when}</time></footer><div class="comment-content"><p>{esc(what)}</p></div><div class="reply"><a href="#respond">Reply</a></div></article></li>' for who, when, what in self.comments(article, dice))
        comments = f'<div id="comments" class="comments-area"><h2 class="comments-title">{t["comments"]}</h2><ol class="comment-list">{thread}</ol><form id="commentform"><textarea name="comment"></textarea></form></div>' if thread else ""
        inner = ("section", "div") if self.drift else ("main", "article")
        content = f"""<{inner[0]} id="main" class="site-main"><{inner[1]} id="post-{article.number}" class="post-{article.number} post type-post hentry category-{article.topic or article.lang}">
<header class="entry-header"><h1 class="{self.c("entry-title")}">{esc(page.title)}</h1>{meta}</header>
<div class="{self.c("entry-content")}">
{blocks}
</div></{inner[1]}>
{tail}
{comments}
</{inner[0]}>"""
        sidebar = self.sidebar(page, article.lang, dice, article)
        self.add(page, self.frame(page, self.head_meta(page, article, dice, self.forms(dice)), f"post-template-default single single-post postid-{article.number}", content, sidebar, dice, article.lang))

    def index_page(self, name, lang, heading, articles, paths, number):
        dice, t, page = self.dice(name), self.labels(lang), self.new_index(name, lang, heading)
        full = dice.chance(30)
        rows = ""
        for a in articles:
            page.relate(self.url_of(a), a.title, "item")
            page.say(a.title)
            mark = " […]"
            text = a.excerpt(40, mark)
            page.tease(page.say(text), self.url_of(a), text.endswith(mark))
            more = f' <a href="{self.path_of(a)}" class="more-link">{t["more"]}<span class="screen-reader-text"> "{esc(a.title)}"</span></a>' if full else ""
            rows += f"""<article class="post hentry"><header class="entry-header"><h2 class="{self.c("entry-title")}"><a href="{self.path_of(a)}" rel="bookmark">{esc(a.title)}</a></h2><div class="entry-meta">{long_date(a.date)}</div></header>
<div class="{self.c("entry-summary")}"><p>{esc(text)}{more}</p></div></article>
"""
        pages = "".join(f'<a class="page-numbers" href="{path}">{i + 1}</a> ' if i != number else f'<span class="page-numbers current">{i + 1}</span> ' for i, path in enumerate(paths))
        content = f'<main id="main"><header class="page-header"><h1 class="page-title">{esc(heading)}</h1></header>\n{rows}<nav class="navigation pagination"><div class="nav-links">{pages if len(paths) > 1 else ""}</div></nav></main>'
        sidebar = self.sidebar(page, lang, dice)
        head = f'<link rel="canonical" href="{page.url}"><meta property="og:type" content="website"><meta property="og:title" content="{attr(heading)}">'
        self.add(page, self.frame(page, head, "archive category" if number or name != self.host.name else "home blog", content, sidebar, dice, lang))

    def render(self):
        super().render()
        self.shop()
        self.about()
        return self.pages

    def shop(self):
        names = [("tide-clock", "Tide clock in oiled ash", "bees"), ("garden-twine", "Garden twine, three spools", "garden")]
        for slug, name, topic in names:
            dice = self.dice(slug)
            prose = Prose(dice, "en", topic)
            page = Page(slug, f"{self.host.name}/shop/{slug}.html", f"{self.host.base}/shop/{slug}/", "product", "en", name)
            texts = [page.say(f"{name}, made to last in {prose.fill('{town}')} by people who use it themselves.")] + [page.say(prose.paragraph(3)) for _ in range(3)]
            other = [n for n in names if n[0] != slug][0]
            page.relate(f"{self.host.base}/shop/{other[0]}/", other[1], "related")
            content = f"""<main id="main"><div class="product type-product"><div class="woocommerce-product-gallery"><img src="/media/{slug}.jpg" alt="{attr(name)}"></div>
<div class="summary entry-summary"><h1 class="product_title entry-title">{name}</h1><p class="price"><span class="amount">&euro;24.00</span></p><form class="cart"><input type="number" value="1"><button type="submit">Add to basket</button></form><div class="product_meta">SKU: TW-{dice.between(100, 999)}</div></div>
<div class="woocommerce-tabs"><h2>Description</h2>{"".join(f"<p>{esc(text)}</p>" for text in texts)}</div>
<section class="related products"><h2>Related products</h2><ul class="products"><li class="product"><a href="/shop/{other[0]}/"><img src="/media/{other[0]}.jpg" alt=""><h2 class="woocommerce-loop-product__title">{other[1]}</h2></a> <span class="price">&euro;9.50</span></li></ul></section></div></main>"""
            head = f'<link rel="canonical" href="{page.url}"><meta property="og:type" content="product"><meta property="og:title" content="{attr(name)}">'
            self.add(page, self.frame(page, head, "single-product", content, self.sidebar(page, "en", dice), dice, "en"))

    def about(self):
        page = Page("about", f"{self.host.name}/about.html", f"{self.host.base}/about", "service", "en", "About Tidewater Notes")
        dice = self.dice("about")
        texts = [page.say(text) for text in (
            "Tidewater Notes is written by a dozen people who garden, bake, keep bees and throw pots within sight of the sea. We publish twice a week, without advertising.",
            "Everything we recommend was bought with our own money and used for at least a season. Where we were wrong, we say so, and leave the old text standing.",
            "Letters are welcome. We answer slowly, but we answer.")]
        content = '<main id="main"><article class="page"><h1 class="entry-title">About Tidewater Notes</h1><div class="' + self.c("entry-content") + '">' + "".join(f"<p>{esc(t)}</p>" for t in texts) + "</div></article></main>"
        self.add(page, self.frame(page, f'<link rel="canonical" href="{page.url}">', "page", content, self.sidebar(page, "en", dice), dice, "en"))
