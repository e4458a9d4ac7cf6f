"use strict";
// Asks the preview whether the rules changed, and loads the page again when they did, where it was.
(() => {
  const version = document.getElementById("live").dataset.version, place = "at " + location.href.split("#")[0];
  const columns = ["text", "record"].map((id) => document.getElementById(id)).filter(Boolean);
  const was = JSON.parse(sessionStorage.getItem(place) || "[]");
  columns.forEach((el, i) => was[i] && el.scrollTo(0, was[i]));
  sessionStorage.removeItem(place);
  const ask = async () => {
    try {
      const now = await (await fetch("version")).json();
      if (String(now.version) !== version) {
        sessionStorage.setItem(place, JSON.stringify(columns.map((el) => el.scrollTop)));
        return location.reload();
      }
    } catch {
      document.title = "(ended) " + document.title;
      return;
    }
    setTimeout(ask, 500);
  };
  setTimeout(ask, 500);
})();
