"""The Harbour Courier: a news portal of nested divs and utility classes, where nothing is called what it is."""
from markup import Theme, attr, esc, long_date
from prose import Prose, first_sentence

OFFERS = [("The kettle that sailors swear by", "Seven hundred reviews cannot all be wrong about this one."), ("Ten harbour towns to retire to before prices rise", ""),
          ("Doctors are surprised by this simple walking shoe", "It folds, it floats and it costs less than lunch."), ("Compare boat insurance in two minutes", "")]


class News(Theme):
    def path_of(self, article):
        return f"/{article.slug}-{article.number}.html"

    def file_of(self, article):
        return f"{self.host.name}/{article.slug}-{article.number}.html"

    def new_article(self, article):
        page = super().new_article(article)
        page.id = f"{article.slug}-{article.number}"
        return page

    def p(self, inner):
        return f'<div class="{self.c("mb-5 text-lg leading-8")}">{inner}</div>' if self.divs else f'<p class="{self.c("mb-5 text-lg")}">{inner}</p>'

    def h2(self, inner):
        return f'<h3 class="{self.c("mt-8 mb-3 text-2xl font-bold")}">{inner}</h3>'

    def quote(self, inner):
        return f'<div class="{self.c("my-6 pl-6 italic text-xl border-l-2")}">{inner}</div>'

    def figure(self, alt, credit, source):
        return f'<div class="relative my-6"><img class="w-full lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="{source}" alt="{attr(alt)}"><div class="text-xs text-gray-500">{esc(credit)}</div></div>'

    def href(self, article, campaign=""):
        return self.path_of(article) + (f"?utm_source={campaign}&amp;utm_medium=box" if campaign else "")

    def promo(self, page, other, dice):
        also, href = self.labels(other.lang)["also"], self.href(other, dice.pick(["", "inline"]))
        if dice.chance(35):  # an embedded card: picture, title and the first words, all in one link
            text = other.excerpt(12, "...")
            page.tease(text, self.url_of(other), text.endswith("..."))
            return f'<div class="my-8 rounded shadow"><a href="{href}" class="flex"><div class="w-1/4"><img src="/media/{other.number}-s.jpg" alt=""></div><div class="p-3"><div class="text-xs uppercase">{also}</div><div class="font-bold">{esc(other.title)}</div><div class="text-sm">{esc(text)}</div></div></a></div>'
        return f'<div class="{self.c("my-6 border-l-4 pl-4")}"><span class="font-bold uppercase">{also}:</span> <a href="{href}">{esc(other.title)}</a></div>'

    def card(self, page, a, kind, dice, campaign=""):
        """A card is one link that holds picture, kicker, title and, at times, an excerpt."""
        page.relate(self.url_of(a), a.title, kind)
        text = ""
        if dice.chance(65):
            whole = dice.chance(30)
            text = first_sentence(a.lead, a.lang) if whole else a.excerpt(dice.between(12, 22), dice.pick(["...", "…"]))
            page.tease(text, self.url_of(a), text.endswith(("...", "…")))
        words = f'<div class="text-sm text-gray-600">{esc(text)}</div>' if text else ""
        return f'<div class="{self.c("w-full md:w-1/3 p-2")}"><a href="{self.href(a, campaign)}" class="block"><img src="/media/{a.number}-m.jpg" alt="{attr(a.title)}"><div class="text-xs uppercase text-red-700">{esc(a.category)}</div><div class="font-semibold leading-tight">{esc(a.title)}</div>{words}</a></div>\n'

    def numbered(self, page, title, articles, kind, with_time):
        rows = ""
        for i, a in enumerate(articles):
            page.relate(self.url_of(a), a.title, kind)
            mark = f'<span class="text-xs text-gray-500">{8 + i}:{10 + i * 7}</span>' if with_time else f'<span class="text-3xl font-light">{i + 1}</span>'
            rows += f'<div class="flex py-2 border-b">{mark}<a class="ml-3" href="{self.path_of(a)}">{esc(a.title)}</a></div>\n'
        return f'<div class="{self.c("mb-8 box")}"><div class="text-xl font-bold border-b-2">{title}</div>\n{rows}</div>' if rows else ""

    def sponsored(self, page, dice):
        rows = ""
        for i, (title, text) in enumerate(dice.some(OFFERS, 3)):
            url = f"http://offers.localhost/{dice.between(1000, 9999)}/{i}"
            page.relate(url, title, "sponsored")
            if text:
                page.tease(text, url, False)
            rows += f'<div class="w-1/3 p-2"><a href="{url}" rel="sponsored nofollow" target="_blank"><img src="http://offers.localhost/i/{i}.jpg" alt=""><div class="font-semibold">{title}</div>' + (f'<div class="text-sm">{text}</div>' if text else "") + "</a></div>\n"
        return f'<div class="mt-8"><div class="text-sm text-gray-500">Promoted content</div><div class="flex">\n{rows}</div></div>'

    def frame(self, page, head, content, side, lang, dice):
        t = self.labels(lang)
        menu = "".join(f'<a class="px-3 py-2 hover:underline" href="{href}">{name}</a>' for href, name in
                       (("/", t["home"]), ("/courier-category-harbour", "Harbour"), ("/courier-category-cycling", "Cycling"), ("/courier-category-baking", "Table"), ("/courier-es-all", "Español"), ("/courier-ru-all", "Русский"), ("/courier-ar-all", "العربية"), ("/contact", t["imprint"])))
        foot = "".join(f'<div class="w-1/4"><div class="font-bold">{name}</div>' + "".join(f'<a class="block" href="/{x.lower().replace(" ", "-")}">{x}</a>' for x in links) + "</div>" for name, links in
                       (("Sections", ("Harbour", "Cycling", "Table", "Weather")), ("Company", ("Contact", "Careers", "Advertise with us", "Press office")), ("Legal", ("Terms", "Privacy", "Cookie settings"))))
        return f"""<!doctype html>
<html lang="{lang}"{' dir="rtl"' if lang == "ar" else ""}><head><meta charset="utf-8"><title>{esc(page.title)} | {self.host.title}</title>
{head}
<script>(function(w){{w.adq=w.adq||[];w.adq.push({{unit:"/top",size:[[970,250]]}})}})(window);</script>
</head><body class="bg-white text-gray-900">
<div id="app" data-v-7ba5bd90><div class="sticky top-0 border-b"><div class="container flex items-center"><a href="/" class="text-2xl font-black">{self.host.title}</a><div class="flex">{menu}</div><div class="ml-auto"><a href="/login">Log in</a> <a href="/subscribe" class="btn">Subscribe</a></div></div></div>
<div class="container"><div class="text-center text-xs text-gray-400">{t["ad"]}</div><div class="flex flex-wrap">
<div class="{self.c("w-full lg:w-2/3 px-4")}">
{content}
</div>
<div class="{self.c("w-full lg:w-1/3 px-4")}">
{side}
</div></div></div>
<div class="bg-gray-900 text-white mt-12"><div class="container flex">{foot}</div><div class="text-xs">© 2026 {self.host.title}. {t["rights"]}.</div></div>
{f'<div class="fixed bottom-0 inset-x-0 p-4 shadow"><div>{t["cookies"]}</div><button>{t["accept"]}</button></div>' if dice.chance(70) else ""}
</div></body></html>"""

    def side(self, page, lang, dice, skip=None):
        t = self.labels(lang)
        boxes = [self.numbered(page, t["popular"], [a for a in self.host.popular(lang) if a is not skip], "popular", False),
                 self.numbered(page, t["latest"], [a for a in self.host.latest(lang) if a is not skip], "latest", True)]
        if dice.chance(40):
            boxes.reverse()
        boxes.insert(1, f'<div class="mb-8 bg-gray-100 p-4"><div class="font-bold">{t["news"]}</div><div class="text-sm">{t["newstext"]}</div><input type="email"></div>' if dice.chance(60) else f'<div class="text-xs text-gray-400">{t["ad"]}</div>')
        return "\n".join(boxes)

    def article_page(self, article):
        dice, t = self.dice(article.number), self.labels(article.lang)
        page = self.new_article(article)
        self.divs = dice.chance(60)
        standfirst = ""
        if dice.chance(70):
            standfirst = f'<div class="{self.c("text-xl text-gray-700 mb-4")}">{esc(page.say(article.standfirst))}</div>'
        crumbs = f'<div class="text-sm"><a href="/">{t["home"]}</a> <span>/</span> <a href="/{self.category_name(article.lang, article.category)}">{esc(article.category)}</a></div>'
        minutes = dice.between(2, 6)
        byline = f'<div class="flex text-sm text-gray-600"><div>{t["by"]} <a href="/staff/{article.number % 9}">{esc(article.author)}</a></div><div class="ml-2">{long_date(article.date)}</div><div class="ml-2">{minutes} {t["min"]}</div></div>'
        share = f'<div class="flex gap-2 my-3"><span>{t["share"]}</span><button>Mastodon</button><button>WhatsApp</button><button>Email</button></div>'
        parts = self.blocks(page, article, dice)
        if len(parts) > 5:
            parts.insert(4, f'<div class="my-6 text-center text-xs text-gray-400">{t["ad"]}</div>')
        boxes = []
        others = self.host.related(article, 6, dice)
        cards = others[:3]
        if cards:
            rows = "".join(self.card(page, a, "related", dice, dice.pick(["", "related"])) for a in cards)
            boxes.append(f'<div class="mt-10"><div class="text-2xl font-bold">{t["related"]}</div><div class="flex flex-wrap">\n{rows}</div></div>')
        same = [a for a in self.host.peers(article) if a.author == article.author and a is not article and a not in cards][:3]
        if same and dice.chance(60):
            rows = ""
            for a in same:
                page.relate(self.url_of(a), a.title, "more_from")
                rows += f'<a class="block py-1" href="{self.path_of(a)}">{esc(a.title)}</a>\n'
            boxes.append(f'<div class="mt-8 border-t"><div class="font-bold">{t["morefrom"]} {esc(article.author)}</div>\n{rows}</div>')
        if article.lang == "en" and dice.chance(50):
            boxes.append(self.sponsored(page, dice))
        turn = ""
        for a, kind in zip(self.host.beside(article), ("prev", "next")):
            if a:
                page.relate(self.url_of(a), a.title, kind)
                turn += f'<a class="w-1/2 p-3" href="{self.path_of(a)}"><span class="text-xs">{t[kind]}</span> {esc(a.title)}</a>'
        if dice.chance(60):
            boxes.insert(0, f'<div class="flex border-y my-6">{turn}</div>')
        else:
            page.related = [r for r in page.related if r["kind"] not in ("prev", "next")]
        if dice.chance(30):
            boxes.reverse()
        thread = "".join(f'<div class="border-b py-2"><div class="text-sm font-bold">{esc(who)}</div><div class="text-sm">{esc(what)}</div><div class="text-xs">Reply · {dice.between(0, 40)} likes</div></div>' for who, when, what in self.comments(article, dice))
        comments = f'<div class="mt-10"><div class="text-xl">{t["comments"]} ({thread.count("border-b")})</div>{thread}</div>' if thread else ""
        before = "\n".join(boxes) if self.drift else ""
        after = "" if self.drift else "\n".join(boxes)
        wrap = "section" if self.drift else "div"
        content = f"""{crumbs}
<h1 class="{self.c("text-4xl font-black")}">{esc(page.title)}</h1>
{standfirst}{byline}{share}
{before}
<{wrap} class="{self.c("story-wrap relative")}"><{wrap} class="{self.c("max-w-prose")}">
{chr(10).join(parts)}
</{wrap}></{wrap}>
<div class="flex flex-wrap gap-1 mt-4"><a class="tag" href="/topic/{article.topic or article.lang}">#{esc(article.category)}</a> <a class="tag" href="/topic/coast">#coast</a></div>
{after}
{comments}"""
        side = self.side(page, article.lang, dice, article)
        self.add(page, self.frame(page, self.head_meta(page, article, dice, self.forms(dice)), content, side, article.lang, dice))

    def index_page(self, name, lang, heading, articles, paths, number):
        dice, page = self.dice(name), self.new_index(name, lang, heading)
        rows = ""
        for a in articles:
            page.relate(self.url_of(a), a.title, "item")
            page.say(a.title)
            text = first_sentence(a.lead, lang) if dice.chance(40) else a.excerpt(18, "...")
            page.tease(page.say(text), self.url_of(a), text.endswith("..."))
            rows += f"""<div class="{self.c("flex border-b py-4")}"><a class="w-1/4" href="{self.path_of(a)}"><img src="/media/{a.number}-m.jpg" alt="{attr(a.title)}"></a><div class="pl-4"><div class="text-xs uppercase">{esc(a.category)}</div><a class="text-xl font-bold" href="{self.path_of(a)}">{esc(a.title)}</a><div class="text-gray-600">{esc(text)}</div><div class="text-xs">{long_date(a.date)}</div></div></div>
"""
        pages = "".join(f'<a class="px-2" href="{path}">{i + 1}</a>' for i, path in enumerate(paths)) if len(paths) > 1 else ""
        content = f'<h1 class="{self.c("text-3xl font-black")}">{esc(heading)}</h1>\n{rows}<div class="flex justify-center">{pages}</div>'
        side = self.side(page, lang, dice)
        self.add(page, self.frame(page, f'<link rel="canonical" href="{page.url}"><meta property="og:type" content="website">', content, side, lang, dice))
