"""Targets of the link and teaser models, from labelled pages.

Labels come from two files: ../shared/eval/related (URLs and texts) and scripts/training/labels.jsonl (numbers only: hashes of the
keys of URLs and of texts, made by hand on further pages of ../shared/eval by the same guide).
"""
import collections
import hashlib
import json
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


def short_hash(text):
    return hashlib.sha256((text or "").encode()).hexdigest()[:12]


def text_hash(text):
    return short_hash(" ".join(WORD.findall(text.lower())))


def read_labels(shared, further):
    """{id: {url, wanted: {hash of key: kind}, unsure: {hash}, teasers: [text], teaser_hashes, unsure_texts, unsure_hashes}}"""
    labels = {}
    for x in map(json.loads, shared.read_text(encoding="utf-8").splitlines()):
        base = x["url"]
        labels[x["id"]] = {
            "url": base, "wanted": {short_hash(target(r["url"], base)): r["kind"] for r in x["related"]},
            "unsure": {short_hash(target(u, base)) for u in x["uncertain_urls"]}, "teasers": [t["text"] for t in x["teasers"]],
            "unsure_texts": x["uncertain_texts"], "teaser_hashes": set(), "unsure_hashes": set(), "shared": True}
    if further.exists():
        for x in map(json.loads, further.read_text(encoding="utf-8").splitlines()):
            labels.setdefault(x["id"], {
                "url": x["url"], "wanted": {h: kind for kind, hashes in x["related"].items() for h in hashes}, "unsure": set(x["unsure"]),
                "teasers": [], "unsure_texts": [], "teaser_hashes": set(x["teasers"]), "unsure_hashes": set(x["unsure_texts"]), "shared": False})
    return labels


def made_label(page):
    """The label of a made page, as read_labels() has them."""
    return {"url": page.url, "wanted": {short_hash(target(u, page.url)): kind for u, kind in page.related.items()}, "unsure": set(),
            "teasers": page.teasers, "unsure_texts": [], "teaser_hashes": set(), "unsure_hashes": set(), "shared": False}


def own_host(url, page, base):
    """`url` as seen from the address the page was fetched from: a saved page may only know a twin of its host (mobile, country)."""
    seen, true = urllib.parse.urlsplit(page or ""), urllib.parse.urlsplit(base)
    parts = urllib.parse.urlsplit(url or "")
    return parts._replace(netloc=true.netloc).geturl() if seen.netloc and parts.netloc == seen.netloc else url


def link_targets(links, label, page):
    """Of each link: 1 onward reading, 0 not, None left out (uncertain, the page itself, no page); and its kind.
    `page`: what the program takes for the page's own address."""
    base = label["url"]
    out = []
    for link in links:
        key = target(own_host(link["url"], page, base), base) if link["url"] else None
        kind = label["wanted"].get(short_hash(key))  # "": onward, of no kind that could be told
        if key is None or key == target(base, base) or short_hash(key) in label["unsure"]:
            out.append((None, None))
        else:
            out.append((0 if kind is None else 1, KINDS.index(kind) if kind else None))
    return out


def f1(a, b):
    a, b = collections.Counter(WORD.findall(a.lower())), collections.Counter(WORD.findall(b.lower()))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def teaser_targets(texts, label, floor=0.6):
    """Of each block: 1 a teaser, 0 not, None left out. A teaser belongs to the block most like it; equal copies count all."""
    out = [0] * len(texts)
    for i, text in enumerate(texts):
        if label["unsure_hashes"] or label["teaser_hashes"]:
            h = text_hash(text)
            out[i] = None if h in label["unsure_hashes"] else 1 if h in label["teaser_hashes"] else 0
    for wanted, value in [(t, None) for t in label["unsure_texts"]] + [(t, 1) for t in label["teasers"]]:
        likeness = [f1(text, wanted) if 3 * len(text) > len(wanted) and len(text) < 3 * len(wanted) + 40 else 0.0 for text in texts]
        best = max(likeness, default=0.0)
        if best >= floor:
            for i, value_of in enumerate(likeness):
                if value_of >= best - 1e-9:
                    out[i] = value
    return out
