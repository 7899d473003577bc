// Niceties only; every page says everything without this file.
// A fact and the words it was read from light up together: under the pointer, and when one of them is the target.
"use strict";
(() => {
  const names = (element) => (element.dataset.q || "").split(" ").filter(Boolean);
  const light = (wanted, className) => {
    for (const element of document.querySelectorAll("[data-q]")) {
      element.classList.toggle(className, names(element).some((name) => wanted.includes(name)));
    }
  };
  const innermost = (element) => (element.tagName === "MARK" ? names(element).slice(-1) : names(element));
  document.addEventListener("pointerover", (event) => {
    const over = event.target instanceof Element ? event.target.closest("[data-q]") : null;
    light(over ? innermost(over) : [], "lit");
  });
  const follow = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    const target = hash ? document.getElementById(hash) : null;
    const wanted = /^q\d+-\d+$/.test(hash) ? [hash] : target && target.dataset.q ? names(target) : [];
    light(wanted, "aimed");
    const place = wanted.length && target && target.dataset.q ? document.getElementById(wanted[0]) : null;
    const pane = place ? place.closest(".text") : null;
    if (pane && pane.scrollHeight > pane.clientHeight) {
      pane.scrollTop += place.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
  };
  addEventListener("hashchange", follow);
  addEventListener("DOMContentLoaded", follow);
})();
