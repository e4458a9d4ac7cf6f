"""Targets of the link and teaser models, from labelled pages (the labels of ../shared/eval/related)."""
import collections
import re
import urllib.parse

TRACKING = re.compile(r"^(utm_|fbclid|gclid|cmpid|cid$|icid|ref$|ref_|mod$|src$|source$|smid|xid|mbid|intcid|itm_|spm|_ga|mc_)", re.I)
KINDS = ["prev", "next", "related", "in_article", "popular", "latest", "more_from", "sponsored", "item"]
WORD = re.compile(r"\w+")


def target(url, base):
    """The key that two links to one item share."""
    try:
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(base or "", (url or "").strip()))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    query = "&".join(sorted(q for q in parts.query.split("&") if q and not TRACKING.match(q)))
    return parts.netloc.lower().removeprefix("www.") + urllib.parse.unquote(parts.path).rstrip("/") + ("?" + query if query else "")


def link_targets(links, label):
    """Of each link: 1 onward reading, 0 not, None left out (uncertain, the page itself, no page); and its kind."""
    base = label["url"]
    own = target(base, base)
    wanted = {target(x["url"], base): KINDS.index(x["kind"]) for x in label["related"]}
    unsure = {target(u, base) for u in label["uncertain_urls"]} | {own, None}
    out = []
    for link in links:
        key = target(link["url"], base)
        if key in unsure:
            out.append((None, None))
        else:
            out.append((1 if key in wanted else 0, wanted.get(key)))
    return out


def f1(a, b):
    a, b = collections.Counter(WORD.findall(a.lower())), collections.Counter(WORD.findall(b.lower()))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def teaser_targets(texts, label, floor=0.6):
    """Of each block: 1 a teaser, 0 not, None left out. A teaser belongs to the block most like it; equal copies count all."""
    out = [0] * len(texts)
    for wanted, value in [(t, None) for t in label["uncertain_texts"]] + [(t["text"], 1) for t in label["teasers"]]:
        likeness = [f1(text, wanted) if 3 * len(text) > len(wanted) and len(text) < 3 * len(wanted) + 40 else 0.0 for text in texts]
        best = max(likeness, default=0.0)
        if best >= floor:
            for i, value_of in enumerate(likeness):
                if value_of >= best - 1e-9:
                    out[i] = value
    return out
