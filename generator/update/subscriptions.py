"""Choose the feeds of a run, and whose posts it may change (`choose`). Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import PlanetError
from generator.models import Planet, Subscription, subscriptions


@dataclass(frozen=True, kw_only=True)
class RunFeeds:
    """The feeds that a run is about. What is remembered of a feed is by address, whoever lists it."""

    planned: int
    """How many there are, with those that nobody reads now."""
    by_url: Mapping[str, Sequence[Subscription]]
    """Those that are read, each with all active members who list it: they read it together, or one would miss what
    the server tells only once."""
    listed: Mapping[str, tuple[str, ...]]
    """By address whose entries its author files take, paused members' too; none where one takes all."""
    nicks: Collection[str]
    """Members whose posts may change."""

    def nicks_of(self, url: str) -> str:
        """Everybody who reads the feed, for a sentence."""
        return ", ".join(subscription.author.nick for subscription in self.by_url[url])

    def urls_of(self, nicks: Collection[str]) -> list[str]:
        """Return the feeds that one of them reads."""
        return [url for url, listed in self.by_url.items() if any(own.author.nick in nicks for own in listed)]


def choose(planet: Planet, only: str, *, released: bool) -> RunFeeds:
    """Return the feeds of the planet, or of one member.

    A feed that a person has `released` is so for everybody who shares it: it was looked at as a whole. Raises
    PlanetError where there is no such member.
    """
    chosen = [author for author in planet.authors if only in ("", author.nick)]
    if only and not chosen:
        raise PlanetError(f"there is no author {only!r}; look into authors/")
    active = {author.nick for author in chosen if author.is_read}
    wanted = subscriptions(author for author in chosen if author.nick in active)
    everybody = subscriptions(planet.authors)
    reading = {url: [own for own in everybody[url] if own.author.is_read and not own.source.fault] for url in wanted}
    by_url = {url: listed for url, listed in reading.items() if listed}
    nicks = {own.author.nick for listed in by_url.values() for own in listed} if released else active
    listed = {url: tuple(name for own in everybody[url] for name in own.source.authors) for url in by_url}
    open_ = {url for url in by_url if any(not own.source.authors for own in everybody[url])}
    return RunFeeds(
        planned=len(subscriptions(chosen)),
        by_url=by_url,
        listed={url: () if url in open_ else names for url, names in listed.items()},
        nicks=nicks,
    )
