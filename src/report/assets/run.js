"use strict";
(() => {
  const tools = document.getElementById("tools");
  if (!tools) return;
  const rows = [...document.querySelectorAll("#list tbody tr")];
  let texts;
  const filter = () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    const needle = tools.elements.find.value.trim().toLowerCase();
    const wanted = ["failed", "flagged", "explained"].filter((name) => tools.elements[name]?.checked);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !texts[i].includes(needle) || wanted.some((name) => !row.classList.contains(name));
      shown += !row.hidden;
    });
    tools.elements.found.value = needle || wanted.length ? `${shown} of ${rows.length}` : "";
  };
  // A host's name leads to its pages.
  for (const link of document.querySelectorAll("a[data-find]"))
    link.addEventListener("click", () => {
      tools.elements.find.value = link.dataset.find;
      filter();
    });
  tools.addEventListener("submit", (e) => e.preventDefault());
  tools.addEventListener("input", filter);
  // j and k go from page to page, / searches.
  const step = (by) => {
    const links = rows.filter((row) => !row.hidden).map((row) => row.querySelector("td:last-child a, td a")).filter(Boolean);
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by]?.focus();
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target.type === "search") return e.key === "Escape" ? e.target.blur() : undefined;
    const keys = { "/": () => tools.elements.find.select(), j: () => step(1), k: () => step(-1) };
    if (!keys[e.key]) return;
    e.preventDefault();
    keys[e.key]();
  });
})();
