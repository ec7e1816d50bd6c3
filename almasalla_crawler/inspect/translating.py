"""Datasette's own pages in the reader's language: when its templates are loaded, each English word becomes `_("word")`."""

import re
from collections.abc import Callable
from pathlib import Path

import datasette
from jinja2.ext import Extension

PHRASES = (
    "Advanced export", "Apply", "CSV options:", "Custom SQL query", "Edit SQL", "Export CSV", "Format SQL",
    "JSON shape:", "Links from other tables", "Many rows", "Next page", "Queries", "Query parameters", "Run SQL", "Sort by",
    "Sort...", "Suggested facets:", "Tables", "These facets timed out:", "This data as", "View and edit SQL", "Views", "(view)",
    "- column -", "- remove filter -", "... and", "0 records", "0 results", "advanced", "array", "default", "descending",
    "download file", "expand labels", "from", "in", "more than", "newline-delimited", "object", "remove", "returning",
    "stream all rows",
)  # fmt: skip
COUNTED = ("row", "hidden table")  # as Datasette writes them: row{% if n == 1 %}{% else %}s{% endif %}
SAID = ("display", "metadata.description", "show_hide_text")  # variables that hold such words
REPLACED = {
    "<dd>{{ column_description }}</dd>": (  # a database of another version may word it otherwise: then it is English
        "{% set said = _(column_description) %}"
        '<dd{% if said == column_description %} lang="en" dir="ltr"{% endif %}>{{ said }}</dd>'
    ),
    "{% if not column.sortable %}": '{% if column.name == "Link" %}{{ _("Link") }}{% elif not column.sortable %}',
    'data-column-description="{{ column.description }}"': 'data-column-description="{{ _(column.description) }}"',
    "{{ human_description_en }}": "{{ described(human_description_en) }}",
    '<p class="message-error">{{ error }}': '<p class="message-error" dir="auto">{{ complained(error) }}',
    "extra where clause{% if extra_wheres_for_ui|length != 1 %}s{% endif %}": (
        '{{ _("extra where clause" if extra_wheres_for_ui|length == 1 else "extra where clauses") }}'
    ),
    "{{ item.label }}": "{{ _(item.label) if loop.first else item.label }}",  # crumbs: home, then names
}
_THEIRS = Path(datasette.__file__).parent
_CODE = re.compile(r'(<style>.*?</style>|<textarea.*?</textarea>|value="\{% if.*?"|\{\{.*?\}\}|\{%.*?%\})', re.S)
_WORDS = re.compile(rf"(?<![^\s>\"(\[])({'|'.join(map(re.escape, PHRASES))})(?![^\s<\",\])])")
_PLURAL = re.compile(rf"({'|'.join(COUNTED)})\{{% if ([^%]+) == 1 %\}}\{{% else %\}}s\{{% endif %\}}")
_SAID = re.compile(rf"\{{\{{ ({'|'.join(map(re.escape, SAID))}) \}}\}}")
_BELOW_H1 = re.compile("<h3>(?!<a)(.*?)</h3>", re.S)  # no level is left out: only names of tables are below an h2
_DESCRIPTION = re.compile(r"(?:where (?P<which>.*?))? ?(?:sorted by (?P<column>\S+)(?P<descending> descending)?)?")


class Translating(Extension):
    """Wants `_` and `described` in the context. Templates of ours look their words up themselves."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return translatable(source) if filename and Path(filename).is_relative_to(_THEIRS) else source


def translatable(source: str) -> str:
    """A template of Datasette with its words looked up."""
    for theirs, ours in REPLACED.items():
        source = source.replace(theirs, ours)
    source = _BELOW_H1.sub(r'<h2 class="third">\1</h2>', source)
    source = _SAID.sub(r"{{ _(\1) }}", source)
    source = _PLURAL.sub(r'{{ _("\1" if \2 == 1 else "\1s") }}', source)
    parts = _CODE.split(source)
    parts[::2] = [_WORDS.sub(r'{{ _("\1") }}', text) for text in parts[::2]]
    return "".join(parts)


def described(description: str, say: Callable[[str], str], as_code: Callable[[str], str] = str) -> str:
    """`where publisher = "x" sorted by id descending` with its own words said by `say`; conditions stay as they are."""
    found = _DESCRIPTION.fullmatch(description or "")
    if found is None:
        return description
    which, column = found["which"], found["column"]
    order = [say("sorted by"), column, *([say("descending")] if found["descending"] else [])] if column else []
    return " ".join([*([say("where"), as_code(which)] if which else []), *order])
