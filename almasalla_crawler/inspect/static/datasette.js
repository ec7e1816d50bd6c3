/* What Datasette's table.js asks the page, and names for the controls that Datasette left without. */
"use strict";
var DATASETTE_ALLOW_FACET = true;
addEventListener("DOMContentLoaded", () => {
  for (const [part, name] of [["column", "Column"], ["op", "Condition"], ["value", "Value"]]) {
    for (const control of document.querySelectorAll(`[name^="_filter_${part}"]`)) control.setAttribute("aria-label", name);
  }
  document.querySelector("#sort_by")?.setAttribute("aria-label", "Sort by");
});
