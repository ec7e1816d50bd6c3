"""Charts as inline SVG: nothing to load, nothing to run, and each says in words what it shows."""

import html
from collections.abc import Mapping

from almasalla_crawler.wording import translated

_WIDTH, _HEIGHT, _BELOW, _ABOVE = 960, 180, 24, 18
_MOST_BARS = 120  # more days are drawn as weeks


def days_chart(days: Mapping[str, int], language: str) -> str:
    """New articles by day as columns; by week where there are many days. "" without any."""
    bars = list(days.items()) if len(days) <= _MOST_BARS else _weeks(days)
    most = max((count for _, count in bars), default=0)
    if not most:
        return ""
    step = _WIDTH / len(bars)
    columns = "".join(_column(number * step, step, count, most, name) for number, (name, count) in enumerate(bars))
    labels = "".join(_label(number, step, bars[number][0]) for number in sorted({0, len(bars) // 2, len(bars) - 1}))
    said = html.escape(translated(f"New articles by day, {most} at most, {sum(count for _, count in bars)} in all", language))
    floor = _ABOVE + _HEIGHT
    axis = f'<line class="axis" x1="0" x2="{_WIDTH}" y1="{floor}" y2="{floor}"/>'
    size = f'viewBox="0 0 {_WIDTH} {floor + _BELOW}" width="{_WIDTH}"'
    return f'<svg role="img" aria-label="{said}" {size}>{columns}{axis}{labels}</svg>'


def _column(x: float, step: float, count: int, most: int, name: str) -> str:
    height = _HEIGHT * count / most
    top = _ABOVE + _HEIGHT - height
    width = max(min(step * 0.8, 48), 1)
    left = x + (step - width) / 2
    number = f'<text x="{x + step / 2:.1f}" y="{top - 4:.1f}" text-anchor="middle">{count}</text>' if count and step > 26 else ""
    bar = f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2">'
    return f"{bar}<title>{html.escape(name)}: {count}</title></rect>{number}"


def _label(number: int, step: float, name: str) -> str:
    middle = min(max((number + 0.5) * step, 36), _WIDTH - 36)
    return f'<text x="{middle:.1f}" y="{_ABOVE + _HEIGHT + 17}" text-anchor="middle">{html.escape(name)}</text>'


def _weeks(days: Mapping[str, int]) -> list[tuple[str, int]]:
    pairs = list(days.items())
    return [(pairs[start][0], sum(count for _, count in pairs[start : start + 7])) for start in range(0, len(pairs), 7)]


def meter(share: float, width: int = 72) -> str:
    """A share as a bar, beside its number."""
    full = width * min(max(share, 0), 1)
    rects = (
        f'<rect class="{name}" y="2" width="{size:.1f}" height="8" rx="2"/>' for name, size in (("track", width), ("bar", full))
    )
    return f'<svg aria-hidden="true" width="{width}" height="12" viewBox="0 0 {width} 12">{"".join(rects)}</svg>'
