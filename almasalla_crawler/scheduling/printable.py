"""Text of others, as a terminal may show it."""


def printable(text: str) -> str:
    """What a crawl printed, which may show what pages say, or a person wrote, without characters that a terminal obeys."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)
