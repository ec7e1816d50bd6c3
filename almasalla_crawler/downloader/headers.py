"""One header of a message as text."""

from scrapy import Request
from scrapy.http import Response


def header(message: Request | Response, name: str) -> str:
    """The last one of this name, without blanks around it; "" if there is none. Never fails: any byte is a character."""
    return (message.headers.get(name) or b"").decode("latin-1").strip()
