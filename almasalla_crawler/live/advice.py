"""What whoever started a crawl can do where the front page of a site could not be read."""

from almasalla_crawler.items import Reject

# By what stands in the reason and detail of the reject; the first that fits.
_ADVICE = (
    ("forbidden_address", "A site of your own network is crawled with -s ALLOW_PRIVATE_ADDRESSES=True."),
    ("robots_disallowed", "The site wants no crawler there, and that is obeyed: ask its owner, or crawl another part of it."),
    ("dns_error", "No host has this name, or there is no network: is the address right?"),
    ("wrong version number", "Its port speaks no TLS: does the address begin with http:// instead?"),
    ("tls_error", "Its certificate is not to be trusted; DOWNLOAD_VERIFY_CERTIFICATES=False does without, if you know the site."),
    ("Connection was refused", "Nothing listens there: is the address right? If the site is down, crawl it again later."),
    ("timeout", "The site takes too long: crawl it again later, or give it more time with DOWNLOAD_TIMEOUT."),
    ("blocked", "A wall for browsers stands before the site: ask its owner to let you in."),
    ("robots_unavailable", "Without the site's rules nothing is fetched: crawl it again later."),
    ("host_paused", "The site wants to be left alone: crawl it again later."),
    ("HTTP 404", "There is no such page: -a url=URL is the front page of the site, or of a part of it."),
)


def advice(reject: Reject) -> str:
    """A sentence, "" if nothing is to be advised."""
    said = f"{reject.reason}: {reject.detail}"
    return next((sentence for sign, sentence in _ADVICE if sign in said), "")
