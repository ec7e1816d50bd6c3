/* What Datasette's table.js asks the page. */
"use strict";
var DATASETTE_ALLOW_FACET = true;
