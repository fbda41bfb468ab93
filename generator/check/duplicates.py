"""Find what an author shares with others: a feed, a site (`duplicates`), a name. And addresses of private networks."""

import re
from collections.abc import Callable, Iterable, Iterator

from generator.check.findings import Finding, error, warning
from generator.config import sharing_faults
from generator.feeds.fetch import forbidden
from generator.models import Author, FetchSettings, host, shape_key, url_key
from generator.strict_yaml import KeyPath

_NUMBER = re.compile(r":|(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$")
"""What a host is that is no name, as browsers see it: https://url.spec.whatwg.org/#ends-in-a-number-checker."""
Line = Callable[[KeyPath], int]
"""The line of a value in the author file."""


def duplicates(file: str, author: Author, others: Iterable[Author], line: Line) -> Iterator[Finding]:
    """Feeds that somebody lists already, the author included, and a homepage that is another's.

    Members who share a feed may have one homepage: that of the blog where they all write.
    """
    others = tuple(others)
    for fault in sharing_faults([*others, author]):
        if fault.nick == author.nick:
            yield error(file, fault.reason, fault.remedy, line=line(("feeds", fault.index, "url")))
    homes = {url_key(other.homepage): other.nick for other in _strangers(author, others) if other.homepage}
    if (nick := homes.get(url_key(author.homepage))) and author.homepage:
        yield warning(file, f"the homepage is also that of {nick}", "is this the same blog?", line=line(("homepage",)))


def same_person(file: str, author: Author, others: Iterable[Author], line: Line) -> Iterator[Finding]:
    """Yield a name or a mail address of git's log that a reader takes for another's, here or by the look of it."""
    others, key, mail = tuple(others), shape_key(author.name), _mail(author)
    for other in others:
        if key and shape_key(other.name) == key:
            phrase = "is" if other.name == author.name else f"can be mistaken for {other.name!r}, which is"
            reason = f"the name {author.name!r} {phrase} that of {other.nick}"
            yield warning(file, reason, "is this the same person?", line=line(("name",)))
        if _mail(other) == mail:
            reason = f"the mail address {mail} of the git author is that of {other.nick}"
            yield warning(file, reason, "write your own", line=line(("email",)))


def _mail(author: Author) -> str:
    return (author.email or f"{author.nick}@planet.invalid").casefold()


def same_site(file: str, author: Author, site: str, others: Iterable[Author], line: int) -> Iterator[Finding]:
    """Yield a warning where the site that a feed names is that of another author, with whom this one shares no feed."""
    whose = {url_key(other.homepage): other.nick for other in _strangers(author, others) if other.homepage}
    if site and (nick := whose.get(url_key(site))):
        yield warning(file, f"the feed's site {site} is also that of {nick}", "is this the same blog?", line=line)


def _strangers(author: Author, others: Iterable[Author]) -> Iterator[Author]:
    urls = {feed.url for feed in author.feeds if feed.authors}
    return (other for other in others if urls.isdisjoint(feed.url for feed in other.feeds))


def inside(file: str, author: Author, settings: FetchSettings, line: Line) -> Iterator[Finding]:
    """Yield addresses that name a private network outright; names are looked up when they are called on."""
    addresses: list[tuple[KeyPath, str]] = [
        (("feeds", index, "url"), feed.url) for index, feed in enumerate(author.feeds)
    ]
    addresses += [(("homepage",), author.homepage), (("bugs",), author.bugs)]
    addresses += [(("links", label), url) for label, url in author.links.items()]
    for path, url in addresses:
        name = host(url)
        if name and "." not in name and name != "localhost" and not _NUMBER.search(name):
            yield error(
                file, f"{url} names the host {name!r}, which is none", "write the address anew", line=line(path)
            )
            continue
        if name != "localhost" and not _NUMBER.search(name):
            continue
        why = "this machine itself" if name == "localhost" else forbidden(name, settings.allow_networks)
        if why:
            yield error(file, f"{url} leads to {why}", "give a public address", line=line(path))
