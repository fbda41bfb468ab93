"""Read all that a planet's site is made of into one value, `SiteInputs` (`read_inputs`); nothing is rendered yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from generator import __version__, config, site
from generator.archive import index
from generator.archive.history import PostHistory
from generator.archive.history import index as history_index
from generator.archive.index import Heads
from generator.build.renderer import BodyStore
from generator.build.theme import Theme
from generator.errors import RepositoryError
from generator.feeds import fetch_log, state
from generator.git import Snapshot, file_versions
from generator.models import Page, Planet, PostHead
from generator.site import search

_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
Histories = Mapping[str, PostHistory]
"""By path what happened to a post."""


@dataclass(frozen=True, kw_only=True)
class SiteInputs:
    """All that a site is made of."""

    root: Path
    planet: Planet
    heads: Sequence[PostHead] = ()
    """Of the posts; one that is no whole post gets its body from its file."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """By path what changes whenever that post does; of a post without one, all fields are looked at."""
    histories: Histories | None = None
    """None where the repository cannot tell them."""
    feeds: Mapping[str, site.FeedHealth] = field(default_factory=dict)
    """By address what the cache knows of a feed."""
    totals: Mapping[site.FeedKey, site.FeedTotals] | None = None
    """What stands of each feed, where only the pages of feed states are wanted."""
    theme: Theme
    bodies: BodyStore
    problems: tuple[str, ...] = ()
    """What is wrong with the tree."""
    notes: tuple[str, ...] = ()
    """What the site has to do without, and why."""


def read_inputs(root: Path, planet: Planet, at: Snapshot | None) -> SiteInputs:
    """Read what the site of the planet in `root` is made of, as it was in a snapshot or is now.

    The theme is always today's. A post that cannot be read costs itself: it is among the problems.
    """
    return inputs_of(root, planet, index.read(at.folder if at else root), at)


def inputs_of(root: Path, planet: Planet, heads: Heads, at: Snapshot | None = None) -> SiteInputs:
    """Return the same of posts that somebody has read."""
    theme = Theme(root, planet.spoken)
    histories, notes = read_histories(root, at.commit if at else "HEAD")
    return SiteInputs(
        root=root,
        planet=planet,
        heads=heads.heads,
        versions=heads.versions,
        histories=histories,
        feeds={} if at else feed_health(root),
        theme=theme,
        bodies=BodyStore(at.folder if at else root),
        problems=(*map(str, planet.faults), *map(str, heads.problems)),
        notes=(*notes, *map(str, theme.notes)),
    )


def state_inputs(root: Path, planet: Planet, totals: Mapping[site.FeedKey, site.FeedTotals]) -> SiteInputs:
    """Read what the pages of feed states are made of; `totals` is what stands of each feed."""
    theme, feeds, bodies = Theme(root, planet.spoken), feed_health(root), BodyStore(root)
    notes = tuple(map(str, theme.notes))
    return SiteInputs(root=root, planet=planet, totals=totals, feeds=feeds, theme=theme, bodies=bodies, notes=notes)


def read_planet(root: Path, at: Snapshot | None) -> Planet:
    """Read the planet as far as author files are right; of a snapshot the others as the history up to then has them."""
    if at is None:
        return config.load_tolerantly(root, version=__version__)
    past = partial(file_versions, root, ["authors", "pyproject.toml"], at=at.commit)
    return config.load_tolerantly(at.folder, version=__version__, past=past)


def read_histories(root: Path, commit: str) -> tuple[Histories | None, tuple[str, ...]]:
    """Read what happened to each post up to a commit; a note instead where the repository cannot tell."""
    try:
        return history_index.lives(root, commit), ()
    except RepositoryError as error:
        return None, (f"the site does without the posts' history: {error}",)


def feed_health(root: Path) -> dict[str, site.FeedHealth]:
    """Read what the cache knows of the feeds today, by address."""
    records, feeds = fetch_log.load_records(root), state.load(root).feeds
    return {url: site.FeedHealth(remembered=feeds[url], harvests=records.get(url, ())) for url in feeds}


@dataclass(frozen=True, kw_only=True)
class SiteLayout:
    """All files of a site, of which none is rendered yet."""

    pages: Mapping[str, Page]
    """By path."""
    segments: Sequence[search.Segment]
    """The parts of the index of search."""
    files: Mapping[str, bytes]
    """What is no page and no part of the index of search, by path."""
    problems: tuple[str, ...]


def lay_out(inputs: SiteInputs) -> SiteLayout:
    """Lay out all pages of a site, or those of feed states alone."""
    pictures = _pictures(inputs.planet, inputs.bodies.source / "authors")
    faces = {nick: path for nick, (path, _) in pictures.files.items()}
    extras = site.Extras(faces=faces, histories=inputs.histories, feeds=inputs.feeds)
    files: dict[str, bytes] = {}
    segments: list[search.Segment] = []
    if inputs.totals is None:
        laid = site.lay_out(inputs.planet, inputs.heads, bodies=inputs.bodies, extras=extras)
        segments = site.segments(inputs.planet, inputs.heads, inputs.bodies, inputs.versions)
        index_file = site.contents(inputs.planet, segments)
        files = dict([*inputs.theme.assets.items(), *pictures.files.values(), index_file])
    else:
        laid = site.lay_out_states(inputs.planet, inputs.totals, extras)
    pages = {page.path: page for page in laid}
    outside = [path for path in pages if "/../" in f"/{path}/"]  # a nick in a post that a person wrote
    for path in outside:
        del pages[path]
    left_out = (f"{path}: leads out of the site, so it is left out; mend the nick in that post" for path in outside)
    return SiteLayout(pages=pages, segments=segments, files=files, problems=(*pictures.problems, *left_out))


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """The pictures of a planet's authors."""

    files: Mapping[str, tuple[str, bytes]]
    """By nick: where the picture goes, and its bytes."""
    problems: tuple[str, ...]


def _pictures(planet: Planet, folder: Path) -> Pictures:
    """Read the authors' pictures.

    A name that leads out of authors/ and SVG, which can carry scripts, are refused; the author gets initials.
    """
    files: dict[str, tuple[str, bytes]] = {}
    problems: list[str] = []
    for author in planet.authors:
        name = author.hackergotchi
        file = folder / name
        suffix = file.suffix.lower()
        inside = PurePosixPath(name).name == name and not file.is_symlink()
        if name and inside and suffix in _PICTURES and file.is_file():
            files[author.nick] = f"authors/{author.nick}/hackergotchi{suffix}", file.read_bytes()
        elif name:
            kinds = ", ".join(_PICTURES)
            problems.append(f"authors/{name}: no such picture ({kinds}) in authors/; add it for {author.nick}")
    return Pictures(files=files, problems=tuple(problems))
