"""Lay out the pages that need a script (`pages`), and part the posts into segments of the search index. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.models import Page, Planet, PostHead, dates
from generator.site import editions, search
from generator.site.context import Site, frame
from generator.site.search import SearchRecord, Segment, part, plain
from generator.site.views.body import Bodies
from generator.site.views.post import direction, first_words, page_path


def pages(site: Site) -> Iterator[Page]:
    """The page of search, and that of what else the script does for readers."""
    yield frame(site, "search.html", "pages/search.html")
    yield frame(site, "comforts.html", "pages/comforts.html")


def segments(
    planet: Planet, posts: Iterable[PostHead], bodies: Bodies, versions: Mapping[str, str] = MappingProxyType({})
) -> list[Segment]:
    """The index of all posts, parted in the order in which the planet found them; bodies are asked for when it is made.

    `versions` tells by path what changes whenever a post does.

    A withdrawn post, or a copy, keeps its place and nothing else, so that no other is counted anew.
    """
    zone = ZoneInfo(planet.timezone)
    names = _names(planet)
    shown = [(edition.key, edition.filter) for edition in planet.editions]

    def order(post: PostHead) -> tuple[datetime | str, ...]:
        """Return what stays when a post loses the words of its path, or its nick."""
        folder, _, name = post.first_path.rpartition("/")
        return post.first_seen or dates.moment_in(post.date, zone), folder, name[:10], name[-11:], name

    def record(post: PostHead) -> SearchRecord:
        return _record(post, planet, names, zone, bodies)

    def mark(some: Sequence[PostHead]) -> str:
        marks = [(post.path, versions.get(post.path) or repr(post), _name(post, names)) for post in some]
        return repr((planet.timezone, shown, marks))

    return part(sorted(posts, key=order), record, mark)


def contents(planet: Planet, segments: Sequence[Segment]) -> tuple[str, bytes]:
    """Path and bytes of the file that a browser reads first."""
    names = _names(planet)
    authors = {post.nick: _name(post, names) for segment in segments for post in segment.posts}
    return search.contents(segments, {edition.key: edition.title for edition in planet.editions}, authors)


def _names(planet: Planet) -> Mapping[str, str]:
    return {author.nick: author.name for author in planet.authors}


def _name(post: PostHead, names: Mapping[str, str]) -> str:
    return names.get(post.nick) or post.author or post.nick


def _record(
    post: PostHead,
    planet: Planet,
    names: Mapping[str, str],
    zone: ZoneInfo,
    bodies: Bodies,
) -> SearchRecord:
    stands = post.is_standing
    return SearchRecord(
        page=quote(page_path(post)),
        title=(post.title or first_words(post)) if stands else "",
        untitled=not post.title,
        nick=post.nick,
        author=_name(post, names),
        byline=post.byline if stands and post.byline != _name(post, names) else "",
        day=dates.day_in(post.date, zone),
        tags=post.tags if stands else (),
        editions=tuple(edition.key for edition in planet.editions if editions.edition_shows(edition, post)),
        language=post.lang,
        direction=direction(post.lang),
        text=lambda: plain(bodies(post).html) if stands else "",
    )
