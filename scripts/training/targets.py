"""Targets of the block model: how much of each block's text stands in the page's true main content.

A block of four words and more counts by the share of its word 4-grams found there; each 4-gram of the truth can be claimed
as often as it occurs, so that a text printed twice on the page is body once: where the blocks around it are body too.
Shorter blocks count as whole sequences of words that stand between what their neighbours matched.
"""
import collections
import re

WORD = re.compile(r"\w+")
N = 4


def words(text):
    return WORD.findall((text or "").lower())


def grams(tokens):
    return [tuple(tokens[i:i + N]) for i in range(len(tokens) - N + 1)]


def block_targets(blocks, truth):
    """[0..1] a block. `blocks`: texts in document order; `truth`: the main content as plain text."""
    tokens = [words(b) for b in blocks]
    want = words(truth)
    places = collections.defaultdict(list)
    for i, gram in enumerate(grams(want)):
        places[gram].append(i)
    # First look: where in the truth does each long block stand, and how much of it?
    share, position = [0.0] * len(blocks), [None] * len(blocks)
    for b, own in enumerate(tokens):
        if len(own) < N:
            continue
        found = [places[g][0] for g in grams(own) if g in places]
        share[b] = len(found) / (len(own) - N + 1)
        if found:
            position[b] = sorted(found)[len(found) // 2]
    # How much of the words around a block is body: decides between copies of one text.
    sizes = [len(t) for t in tokens]
    mass = [share[b] * sizes[b] for b in range(len(blocks))]

    def around(b, radius=6):
        lo, hi = max(0, b - radius), min(len(blocks), b + radius + 1)
        own = sum(sizes[lo:hi]) - sizes[b]
        return (sum(mass[lo:hi]) - mass[b]) / own if own > 0 else 0.0

    left = collections.Counter(grams(want))
    target = [0.0] * len(blocks)
    for b in sorted((b for b in range(len(blocks)) if share[b] > 0), key=lambda b: (-around(b), b)):
        own = grams(tokens[b])
        hit = 0
        for gram in own:
            if left[gram] > 0:
                left[gram] -= 1
                hit += 1
        target[b] = hit / len(own)
    # Short blocks: their words must stand in the truth between what the neighbours matched.
    joined = " " + " ".join(want) + " "
    starts = {}
    offset = 1
    for i, w in enumerate(want):
        starts[offset] = i
        offset += len(w) + 1
    lines = collections.Counter(" ".join(words(line)) for line in (truth or "").split("\n"))
    before = [None] * len(blocks)
    last = None
    for b in range(len(blocks)):
        before[b] = last
        if position[b] is not None and target[b] > 0.5:
            last = position[b]
    after = [None] * len(blocks)
    last = None
    for b in reversed(range(len(blocks))):
        after[b] = last
        if position[b] is not None and target[b] > 0.5:
            last = position[b]
    used = collections.Counter()
    for b, own in enumerate(tokens):
        if not own or len(own) >= N:
            continue
        text = " ".join(own)
        low = before[b] if before[b] is not None else -1
        high = after[b] if after[b] is not None else len(want)
        best = None
        at = joined.find(" " + text + " ")
        tries = 0
        while at >= 0 and tries < 50:
            i = starts.get(at + 1)
            tries += 1
            if i is not None and low - 2 <= i <= high + 2:
                best = i
                break
            at = joined.find(" " + text + " ", at + 1)
        if best is None:
            continue
        whole_line = lines[text] > used[text]
        if whole_line:
            used[text] += 1
            target[b] = 1.0
        elif before[b] is not None and after[b] is not None and high - low < 400:
            target[b] = 0.7
    return target


def bag_f1(predicted, truth):
    a, b = collections.Counter(predicted), collections.Counter(truth)
    if not b:
        return 1.0 if not a else 0.0
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0
