/* What Datasette's table.js asks the page; words of the reader's language, and keys and names for controls that lack them. */
"use strict";
var DATASETTE_ALLOW_FACET = true;
const words = JSON.parse(document.currentScript.dataset.words);
addEventListener("DOMContentLoaded", () => {
  const name = (control, label) => control.setAttribute("aria-label", words[label]);
  for (const [part, label] of [["column", "Column"], ["op", "Condition"], ["value", "Value"]]) {
    for (const control of document.querySelectorAll(`[name^="_filter_${part}"]`)) name(control, label);
  }
  for (const control of document.querySelectorAll("#sort_by")) name(control, "Sort by");
  for (const control of document.querySelectorAll(".cross, .filter-row > a")) name(control, "Remove this filter");
  for (const item of document.querySelectorAll(".dropdown-menu a")) item.textContent = words[item.textContent];
  for (const icon of document.querySelectorAll("th .dropdown-menu-icon")) {
    name(icon, "What to do with the column");
    icon.setAttribute("role", "button");
    icon.setAttribute("tabindex", "0");
    icon.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      icon.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      [...document.querySelectorAll(".dropdown-menu a")].find((item) => item.checkVisibility())?.focus();
    });
  }
});
