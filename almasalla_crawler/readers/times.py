"""Times of change as feeds and sitemaps state them, and of pages that were saved."""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime


def stated_change(text: str) -> str:
    """ISO UTC of an ISO or mail date, an ISO day where there is no time, "" for anything else. No offset is taken as UTC."""
    text = text.strip()
    try:
        if len(text) == len("2025-01-01"):
            return date.fromisoformat(text).isoformat()
        moment = parsedate_to_datetime(text) if text[:1].isalpha() else datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, IndexError):
        return ""


def past_instant(value: object) -> datetime | None:
    """An aware instant; one without an offset is UTC. None if it is none or lies in the future."""
    try:
        instant = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        if instant is not None and instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return instant if instant and instant.astimezone(UTC) <= datetime.now(UTC) else None
    except (ValueError, OverflowError):
        return None
