"""What a person reads about problems, on a phone too: a title that says it, then a line for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from almasalla_crawler.storage.alerts import News


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    body: str
    type: str  # of apprise: failure, warning, success


def message_of(news: Sequence[News]) -> Message:
    """One message of all that a target does not know yet."""
    began, over = [one for one in news if not one.is_over], [one for one in news if one.is_over]
    outlets = ", ".join(dict.fromkeys(one.outlet for one in news))
    lines = [f"{one.outlet}: {one.level}: {one.text} (since {one.since})" for one in began]
    lines += [f"{one.outlet}: over: {one.text} (from {one.since} to {one.until})" for one in over]
    if not began:
        return Message(f"{outlets}: all is well again", "\n".join(lines), "success")
    title = f"{outlets}: {began[0].text}" if len(began) == 1 else f"{outlets}: {len(began)} problems"
    return Message(title, "\n".join(lines), "failure" if any(one.level == "failed" for one in began) else "warning")
