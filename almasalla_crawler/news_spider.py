"""NewsSpider: what an outlet declares about itself in `spiders/<outlet>.py`, which makes it a live spider of its site."""

from datetime import date
from typing import Any, ClassVar
from zoneinfo import available_timezones

from almasalla_crawler.items import MARKER_KINDS, Layout, Outlet
from almasalla_crawler.live.spider import LiveSpider
from almasalla_crawler.readers.layouts import parts_of


class NewsSpider(LiveSpider):
    """A news site. A subclass has plain attributes only; what it does not say is found out by looking at the site."""

    start_url = ""  # its front page
    allowed_domains: ClassVar[list[str]] = []  # its hosts; those below them count too
    publisher: ClassVar[str] = ""  # whose own site it is, as the articles are to be signed; "" for an aggregator
    time_zone: ClassVar[str] = ""  # IANA name: what a time without an offset means; "": Baghdad for texts in Arabic
    language: ClassVar[str] = ""  # BCP 47, for texts too short to tell
    layouts: ClassVar[list[Layout]] = []  # where the parts of its pages stand, old layouts with the day until which they hold
    markers: ClassVar[dict[str, str]] = {}  # whole lines in its own words -> read_also, similar, disclaimer or drop
    # Where it announces articles, best first: address of the REST root, of feeds, of sitemaps, of archive pages.
    rest = ""
    feeds = ()
    sitemaps = ()
    sections = ()

    def __init_subclass__(cls) -> None:
        """Raises ValueError for a declaration that cannot be meant, at import: not on the thousandth page."""
        super().__init_subclass__()
        try:
            _check(cls.description())
        except ValueError as error:
            raise ValueError(f"{cls.__module__}: {error}") from error

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outlet = self.name
        self.site = self.description()

    @classmethod
    def description(cls) -> Outlet:
        """What the class declares, as the value that pages carry."""
        return Outlet(cls.name, tuple(cls.allowed_domains), cls.publisher, cls.time_zone, cls.language, tuple(cls.layouts),
                      tuple(cls.markers.items()))  # fmt: skip


def _check(outlet: Outlet) -> None:
    for layout in outlet.layouts:
        if not layout.body:
            raise ValueError("a layout needs the selector of the body")
        parts_of(layout)
        if layout.until:
            date.fromisoformat(layout.until)
    if outlet.time_zone and outlet.time_zone not in available_timezones():
        raise ValueError(f"{outlet.time_zone!r} is no time zone")
    if unknown := {kind for _, kind in outlet.markers} - MARKER_KINDS:
        raise ValueError(f"markers are of the kinds {sorted(MARKER_KINDS)}, not {sorted(unknown)}")
