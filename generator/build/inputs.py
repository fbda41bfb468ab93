"""Lay out what a planet's site consists of, pages and other files, in `SiteInputs`; nothing is rendered yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from generator import site
from generator.archive.history import PostHistory, index
from generator.build.renderer import Renderer
from generator.errors import RepositoryError
from generator.feeds import fetch_log, state
from generator.models import Author, Page, Planet, PostHead
from generator.site.search import Segment

_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")


class SiteInputs:
    """The whole site of a planet. What is wrong with the tree is told to the press."""

    def __init__(
        self,
        planet: Planet,
        heads: Sequence[PostHead],
        press: Renderer,
        *,
        versions: Mapping[str, str],
        lives: Mapping[str, PostHistory] | None,
        watched: Mapping[str, site.FeedHealth],
    ) -> None:
        """`lives` is None where nobody knows them, `watched` is by address.

        `versions` tells by path what changes whenever a post does.
        """
        self._planet, self._heads, self._press, self._versions = planet, heads, press, versions
        files = dict(_pictures(planet.authors, press))
        faces = {nick: path for nick, (path, _) in files.items()}
        pages = site.lay_out(planet, heads, bodies=press.body, faces=faces, lives=lives, watched=watched)
        self.pages: Iterable[Page] = _within(pages, press)
        """Laid out one after the other, and but once."""
        self.files: Mapping[str, bytes] = {**press.theme.assets, **dict(files.values())}
        """What is no page and no part of the index of search, by path."""

    @cached_property
    def segments(self) -> Sequence[Segment]:
        """The parts of the index of search."""
        return site.segments(self._planet, self._heads, self._press.body, self._versions)

    @property
    def contents(self) -> tuple[str, bytes]:
        """Path and content of the file that says which these are."""
        return site.contents(self._planet, self.segments)


def states(
    planet: Planet,
    stocks: Mapping[site.FeedKey, site.FeedTotals],
    press: Renderer,
    watched: Mapping[str, site.FeedHealth],
) -> Iterator[Page]:
    """Of the whole site the pages that tell how feeds are; what stands of each, and what is known of it."""
    faces = {nick: path for nick, (path, _) in _pictures(planet.authors, press)}
    return site.lay_out_states(planet, stocks, faces=faces, watched=watched)


def lives_of(root: Path, commit: str, notes: list[str]) -> Mapping[str, PostHistory] | None:
    """What happened to each post up to a commit; a note instead where the repository cannot tell."""
    try:
        return index.lives(root, commit)
    except RepositoryError as error:
        notes.append(f"the site does without the posts' history: {error}")
        return None


def watched(root: Path) -> dict[str, site.FeedHealth]:
    """What the cache knows of the feeds today, by address."""
    harvests, feeds = fetch_log.load_records(root), state.load(root).feeds
    return {url: site.FeedHealth(remembered=feeds[url], harvests=harvests.get(url, ())) for url in feeds}


def _within(pages: Iterable[Page], press: Renderer) -> Iterator[Page]:
    for page in pages:
        if "/../" in f"/{page.path}/":  # a nick in a post that a person wrote
            press.add_problem(f"{page.path}: leads out of the site, so it is left out; mend the nick in that post")
        else:
            yield page


def _pictures(authors: Iterable[Author], press: Renderer) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """By nick: where the picture of an author goes, and its bytes.

    A name that leads out of authors/ and SVG, which can carry scripts, are refused; the author gets initials.
    """
    for author in authors:
        if not author.hackergotchi:
            continue
        file = press.source / "authors" / author.hackergotchi
        suffix = file.suffix.lower()
        inside = PurePosixPath(author.hackergotchi).name == author.hackergotchi and not file.is_symlink()
        if inside and suffix in _PICTURES and file.is_file():
            yield author.nick, (f"authors/{author.nick}/hackergotchi{suffix}", file.read_bytes())
        else:
            kinds = ", ".join(_PICTURES)
            press.add_problem(
                f"authors/{author.hackergotchi}: no such picture ({kinds}) in authors/; add it for {author.nick}"
            )
