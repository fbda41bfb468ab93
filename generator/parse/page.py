"""A body that is no feed → what it is, in a sentence that the feed's owner understands."""

import re

from generator.urls import web

_ANNOUNCED = re.compile(
    rb"<link\b(?=[^>]*\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json))[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)",
    re.IGNORECASE,
)
_LOOK_AT = 200_000


def explain(body: bytes, url: str) -> str:
    """Why `body` is not a feed, and which feed address it announces, if it does."""
    start = body[:_LOOK_AT]
    if not re.search(rb"<(!doctype html|html|head|body)\b", start, re.IGNORECASE):
        return (
            f"{url} answered with something that is not a feed; look at it in a browser and mend or replace the address"
        )
    if re.search(rb"(cf-chl|challenge-platform|captcha|just a moment)", start, re.IGNORECASE):
        return f"{url} answered with a page that wants to see a human; let feed readers pass on the feed's address"
    announced = [web(found.decode("ascii", "ignore"), base=url) for found in _ANNOUNCED.findall(start)]
    if any(announced):
        return f"{url} is a web page, not a feed; the page announces this feed: {next(filter(None, announced))}"
    return f"{url} is a web page, not a feed; put the feed's own address into the author file"
