"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const text = $("text"), why = $("why"), tools = $("tools"), found = tools.elements.found;
  const hints = [...why.childNodes];
  // A probability, as people read one; so small or so near to 1 that two places would lie: said in words.
  const share = (p) => (p < 0.005 ? "under 0.01" : p >= 0.995 && p < 1 ? "over 0.99" : (Math.round(p * 100) / 100).toFixed(2));
  const items = [...text.querySelectorAll(".b")];
  const BY = ["the program", "a model", "a rule", "site memory"], BY_NAMES = ["pass", "model", "filter", "memory"];
  const NEAR = 0.15;  // a probability this near to its cut is called doubtful
  const MODELS = {
    context: "what the page around it came out as", blocks: "the block by itself", links: "the link by itself",
    link_context: "what the links around it came out as", teasers: "is it an excerpt of another page?",
  };
  const ASKED = { body: "Is it body?", onward: "Does it lead onward?", excerpt: "Is it an excerpt?" };

  let data;
  const read = () => (data ??= JSON.parse($("data").textContent));
  const GONE = { v: -1 };
  const of = (el) => (el.classList.contains("gone") ? GONE : el.dataset.l ? read().links[el.dataset.l] : el.id[0] === "l" ? read().links[el.id.slice(1)] : read().blocks[el.id.slice(1)]);
  const make = (name, cls, ...children) => {
    const el = document.createElement(name);
    if (cls) el.className = cls;
    el.append(...children);
    return el;
  };

  // Why: built from text nodes alone, so that nothing of a page is read as markup.
  const jump = (label, id) => {
    const button = make("button", "", label);
    button.type = "button";
    button.addEventListener("click", () => go($(id) || text.querySelector(`[data-l="${id.slice(1)}"]`)));
    return button;
  };
  const address = (url) => {
    if (!/^https?:\/\//.test(url)) return make("span", "", url);
    const a = make("a", "", url);
    a.href = url;
    a.rel = "noopener noreferrer nofollow";
    a.target = "_blank";
    return a;
  };
  const flipText = (f) => {
    const d = read(), becomes = d.words[f.v];
    if (f.r !== undefined) return `Would be ${becomes} without rule ${d.rules[f.r][0]}: ${d.words[f.by]}.`;
    const [model, name, note] = d.columns[f.c];
    const change = `${model}: ${name} ${f.hi !== undefined ? "above" : "at most"} ${d.words[f.hi ?? f.lo]} (it is ${d.words[f.n]}; ${note})`;
    return f.no ? `No single change makes it ${becomes}; nearest, at ${share(f.p)}, comes ${change}.` : `Would be ${becomes} with ${change}.`;
  };
  const reasons = (list) => {
    const d = read(), parts = [];
    let strongest = 0, last, ul;
    for (let i = 2; i < list.length; i += 3) strongest = Math.max(strongest, Math.abs(list[i]));
    for (let i = 0; i < list.length; i += 3) {
      const [model, name, note] = d.columns[list[i]], effect = list[i + 2];
      if (model !== last) {
        parts.push(make("h3", "", `${model} `, make("small", "hint", MODELS[model] || "")), (ul = make("ul")));
        last = model;
      }
      const bar = make("span", effect < 0 ? "minus" : ""), width = (Math.abs(effect) / strongest) * 50;
      bar.style.width = `${width}%`;
      bar.style.left = effect < 0 ? `${50 - width}%` : "50%";
      const scale = make("span", "effect", bar);
      scale.setAttribute("aria-hidden", "true");
      ul.append(make("li", "", scale, make("span", "amount", (effect > 0 ? "+" : "−") + Math.abs(effect).toFixed(1)),
        make("span", "", make("code", "", name), " ", d.words[list[i + 1]]), make("small", "", note)));
    }
    return parts;
  };
  const decided = (it) => {
    const d = read();
    if (it.r !== undefined) {
      const [id, place, reason] = d.rules[it.r];
      return make("p", "", "Decided by rule ", make("code", "", id), ` (${place})`, reason ? `: ${reason}` : "");
    }
    return make("p", "", `Decided by ${BY[it.y]}${it.w === undefined ? "" : ": " + d.words[it.w]}`, it.y === 1 ? ` (${share(it.s)}).` : ".");
  };
  const explain = (el) => {
    if (el.classList.contains("gone")) return why.replaceChildren(make("h2", "", "gone"), make("p", "", `This block was there before. ${el.dataset.v}.`));
    const d = read(), it = of(el), link = it.u !== undefined, number = el.dataset.l ?? el.id.slice(1);
    const name = d.words[it.v];
    const shut = make("button", "shut", "Close");
    shut.type = "button";
    shut.addEventListener("click", leave);
    const parts = [make("h2", "", make("span", "verdict " + name.split(" ")[0], name.replace("_", " ")), make("small", "", `${link ? "link" : "block"} ${number}`), shut)];
    if (it.was !== undefined) parts.push(make("p", "was", it.was < 0 ? "New on this page." : `It was ${d.words[it.was]}${it.wasby === undefined ? "" : ", by " + d.words[it.wasby]}.`));
    if (link) parts.push(make("p", "", address(it.u)));
    else parts.push(make("p", "", `${it.n} words, ${Math.round(it.d * 100)} % of its characters in links${it.h ? "; hidden by the page" : ""}`));
    parts.push(decided(it));
    if (it.a !== undefined) parts.push(make("p", "path", d.words[it.a]));
    if (it.o !== undefined) parts.push(make("p", "", link ? "Its title stands in " : "It previews ", jump(link ? `block ${it.o}` : `link ${it.o}`, (link ? "b" : "l") + it.o)));
    if (it.q !== undefined) {
      const scale = make("div", "scale", make("span"), make("i"));
      scale.firstChild.style.width = `${it.p * 100}%`;
      scale.lastChild.style.left = `${it.c * 100}%`;
      scale.setAttribute("aria-hidden", "true");
      const asked = make("p", "", make("b", "", ASKED[d.words[it.q]] || d.words[it.q]), ` ${share(it.p)}; yes from ${share(it.c)} on`, it.x === undefined ? "" : `, but it ${d.words[it.x]}`);
      if (it.ol !== undefined) asked.append(" (asked of ", jump(`link ${it.ol}`, "l" + it.ol), ")");
      parts.push(asked, scale, ...reasons(it.e));
    }
    if (it.f) parts.push(make("p", "flip", flipText(it.f)));
    why.replaceChildren(...parts);
    why.scrollTop = 0;
  };

  // The block or link that was chosen; what the pointer is over is shown meanwhile.
  let chosen;
  const go = (el, scroll = true) => {
    if (!el) return;
    chosen?.classList.remove("on");
    chosen = el;
    el.classList.add("on");
    el.focus({ preventScroll: true });
    if (scroll) el.scrollIntoView({ block: "nearest" });
    explain(el);
    const item = el.closest(".b");
    if (item.id) history.replaceState(null, "", "#" + item.id);
  };
  const leave = () => {
    chosen?.classList.remove("on");
    chosen = undefined;
    why.replaceChildren(...hints);
  };
  const step = (by) => {
    let at = chosen ? items.indexOf(chosen.closest(".b")) : by > 0 ? -1 : items.length;
    do at += by; while (items[at]?.hidden);
    go(items[at]);
  };
  const stepLink = (by) => {
    const item = chosen?.closest(".b");
    if (!item) return;
    const links = [...item.querySelectorAll(".l")];
    const at = links.indexOf(chosen) + by;
    go(at < 0 ? item : links[at]);
  };
  text.addEventListener("pointerover", (e) => {
    const el = e.target.closest(".l, .b");
    if (el) explain(el);
  });
  text.addEventListener("pointerleave", () => (chosen ? explain(chosen) : leave()));
  text.addEventListener("click", (e) => {
    if (getSelection().isCollapsed) go(e.target.closest(".l, .b"), false);
  });
  text.addEventListener("focusin", (e) => {
    const el = e.target.closest(".l, .b");
    if (el && el !== chosen) go(el, false);
  });
  $("strip").addEventListener("click", (e) => {
    if (e.target.dataset.b !== undefined) go($("b" + e.target.dataset.b));
  });

  // Filters and search.
  let verdicts, haystack, hits = [], hit = -1;
  const doubtful = (it) => it.q !== undefined && Math.abs(it.p - it.c) < NEAR;
  const filter = () => {
    const show = new Set(new FormData(tools).getAll("show"));
    const by = tools.elements.by.value, near = tools.elements.doubtful.checked, changed = tools.elements.changed?.checked;
    const plain = !by && !near;
    const hides = (el, verdict) => {
      if (verdict === "gone") return !plain;
      if (!show.has(verdict) || (changed && !el.classList.contains("changed") && !el.querySelector(".changed"))) return true;
      if (plain) return false;
      const it = of(el);
      return (by && BY_NAMES[it.y] !== by) || (near && !doubtful(it));
    };
    verdicts ??= items.map((el) => el.classList[el.classList[1] === "bare" ? 2 : 1]);
    // Only what differs is written: a page of 5 MB has ten thousand blocks.
    const shown = new Set();
    items.forEach((el, i) => {
      const hide = !!hides(el, verdicts[i]);
      if (el.hidden !== hide) el.hidden = hide;
      if (!hide) shown.add(el.parentNode);
    });
    for (const chunk of text.querySelectorAll(".c")) if (chunk.hidden === shown.has(chunk)) chunk.hidden = !chunk.hidden;
    if (tools.elements.find.value) search();
  };
  const mark = (needle) => {
    if (!window.Highlight) return;
    const highlight = new Highlight();
    for (const el of hits.slice(0, 2000)) {
      const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
      for (let node; (node = walk.nextNode());) {
        const lower = node.data.toLowerCase();
        for (let at = lower.indexOf(needle); needle && at >= 0 && at + needle.length <= node.length; at = lower.indexOf(needle, at + needle.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + needle.length);
          highlight.add(range);
        }
      }
    }
    CSS.highlights.set("hit", highlight);
  };
  const search = () => {
    const needle = tools.elements.find.value.trim().toLowerCase();
    haystack ??= items.map((el) => {
      const it = of(el), urls = [...el.querySelectorAll(".l")].map((l) => of(l).u);
      return [el.textContent, it.a === undefined ? "" : read().words[it.a], it.u ?? "", ...urls].join("\n").toLowerCase();
    });
    hits = needle ? items.filter((el, i) => !el.hidden && haystack[i].includes(needle)) : [];
    hit = -1;
    mark(needle);
    found.value = needle ? (hits.length ? `${hits.length} found` : "nothing found") : "";
  };
  const nextHit = (by) => {
    if (!hits.length) return;
    hit = (hit + by + hits.length) % hits.length;
    go(hits[hit]);
    found.value = `${hit + 1} of ${hits.length}`;
  };
  let waiting;
  tools.addEventListener("submit", (e) => e.preventDefault());
  tools.addEventListener("change", (e) => e.target.name !== "find" && filter());
  tools.elements.find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });

  const keys = {
    j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    l: () => stepLink(1), h: () => stepLink(-1), ArrowRight: () => stepLink(1), ArrowLeft: () => stepLink(-1),
    n: () => nextHit(1), N: () => nextHit(-1),
    "/": () => tools.elements.find.select(),
    Escape: leave,
  };
  for (let i = 1; i <= 4; ++i) keys[i] = () => tools.elements.show[i - 1].click();
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const field = e.target.closest("input, select, textarea");
    if (field?.name === "find") {
      if (e.key === "Escape") field.blur();
      if (e.key !== "Enter") return;
      e.preventDefault();
      clearTimeout(waiting);
      if (hit < 0) search();
      return nextHit(e.shiftKey ? -1 : 1);
    }
    if (field && field.type !== "checkbox") return;
    // Arrows scroll the columns beside the page as everywhere.
    if (e.key.startsWith("Arrow") && (why.contains(e.target) || $("record").contains(e.target))) return;
    if (!keys[e.key]) return;
    e.preventDefault();
    keys[e.key]();
  });

  const wanted = location.hash.slice(1);
  if (/^[bl]\d+$/.test(wanted) && $(wanted)) go($(wanted));
})();
