// Everything works without this file. With it, each source opens at its cited sentence in every browser, and a claim and
// its sentences light up together.
"use strict";

for (const pane of document.querySelectorAll(".pane")) {
  const cited = pane.querySelector("mark, tr.cited");
  if (cited && !location.hash) {
    const above = cited.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTop = Math.max(0, above - pane.clientHeight / 3);
  }
}

const numbersOf = (element) => (element.dataset.cites || "").split(" ").filter(Boolean);
const citing = [...document.querySelectorAll(".answer [data-cites]")];

function light(from, on) {
  const wanted = new Set(numbersOf(from));
  for (const element of citing) {
    const isOther = element.classList.contains("claim") !== from.classList.contains("claim");
    if (isOther && numbersOf(element).some((number) => wanted.has(number))) element.classList.toggle("lit", on);
  }
  from.classList.toggle("lit", on);
}

for (const element of citing) {
  element.addEventListener("mouseenter", () => light(element, true));
  element.addEventListener("mouseleave", () => light(element, false));
  element.addEventListener("focusin", () => light(element, true));
  element.addEventListener("focusout", () => light(element, false));
}
