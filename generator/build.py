"""The tree → the site in a folder: only what changed is rendered, by all processors."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from generator import archive, cache, past, posts, search, site
from generator.errors import RepositoryError
from generator.folder import MARKER, Folder, Put
from generator.history import Life
from generator.log import Snapshot
from generator.marks import Marks
from generator.model import Author, Head, Page, Planet, Post
from generator.spread import spread
from generator.stamp import made_by
from generator.theme import Theme

_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
_TOGETHER = 32
"""Pages that one process renders before it asks for more."""
_BODIES = 10_000
"""Rendered bodies that a process keeps, of the posts that it showed last."""


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """What a build did. `pages` counts all files of the site; `written`, `unchanged` add up to it."""

    pages: int
    written: int
    unchanged: int
    removed: int
    problems: tuple[str, ...] = ()
    """One line each: pages that became a notice, pictures that are not there."""
    notes: tuple[str, ...] = ()
    """What the site had to do without, and why."""


def build(
    planet: Planet,
    heads: Iterable[Head],
    *,
    root: Path,
    out: Path,
    versions: Mapping[str, str] = MappingProxyType({}),
    then: Snapshot | None = None,
    made_of: str = "",
    processes: int | None = None,
) -> BuildReport:
    """Build the site of the planet in `root` into `out`, and say what was done.

    A head that is no whole post gets its body from its file. `versions` tells by path what changes whenever that file
    does. `then` is the snapshot that all this was read from, where that is not the work tree; the look of the site is
    always today's. `made_of` is the stamp of all that, for the next build to know it by. `processes` are as many as
    there are processors where nobody says. Raises PlanetError where `out` is not empty and not ours, or where a
    template is no template; then `out` is as it was.
    """
    theme = Theme(root, {planet.language, *(edition.language or planet.language for edition in planet.editions)})
    folder = Folder(out, root / cache.FOLDER, made_by(root))
    if folder.is_new:
        theme.check()
    problems: list[str] = []
    notes: list[str] = []
    source, commit, watched = (then.folder, then.commit, {}) if then else (root, "HEAD", _watched(root))
    pictures = dict(_pictures(planet.authors, source, problems))
    faces = {nick: path for nick, (path, _) in pictures.items()}
    kept, printer = list(heads), _Printer(theme, folder, source)
    with _for_good():
        lives = _lives(root, commit, notes)
        pages = site.lay_out(planet, kept, bodies=printer.body, faces=faces, lives=lives, watched=watched)
        segments = site.segments(planet, kept, printer.body, versions)
        sheets = printer.sheets(segments, pages, Marks((head, versions.get(head.path, "")) for head in kept))
    folder.open()
    whole = [(MARKER, b""), *theme.assets.items(), *pictures.values(), site.contents(planet, segments)]
    folder.add(folder.put(path, content) for path, content in whole)
    for puts, told in spread(sheets, printer.print, processes=processes):
        folder.add(puts)
        problems += told
    return BuildReport(
        pages=folder.files,
        written=folder.written,
        unchanged=folder.files - folder.written,
        removed=folder.close("" if problems else made_of),
        problems=tuple(dict.fromkeys(problems)),
        notes=tuple(notes),
    )


@contextmanager
def _for_good() -> Iterator[None]:
    """What is made meanwhile is to stay: looking through it for what may go would take a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _lives(root: Path, commit: str, notes: list[str]) -> Mapping[str, Life] | None:
    """What happened to each post up to a commit; a note instead where the repository cannot tell."""
    try:
        return past.lives(root, commit)
    except RepositoryError as error:
        notes.append(f"the site does without the posts' history: {error}")
        return None


def _watched(root: Path) -> dict[str, site.Watched]:
    """What the cache knows of the feeds, by address; it knows of today only."""
    harvests, feeds = cache.harvests(root), cache.load(root).feeds
    return {url: site.Watched(remembered=feeds[url], harvests=harvests.get(url, ())) for url in feeds}


def _pictures(authors: Iterable[Author], root: Path, problems: list[str]) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """By nick: where the picture of an author goes, and its bytes.

    A name that leads out of authors/ and SVG, which can carry scripts, are refused; the author gets initials.
    """
    for author in authors:
        if not author.hackergotchi:
            continue
        source = root / "authors" / author.hackergotchi
        suffix = source.suffix.lower()
        inside = PurePosixPath(author.hackergotchi).name == author.hackergotchi and not source.is_symlink()
        if inside and suffix in _PICTURES and source.is_file():
            yield author.nick, (f"authors/{author.nick}/hackergotchi{suffix}", source.read_bytes())
        else:
            kinds = ", ".join(_PICTURES)
            problems.append(
                f"authors/{author.hackergotchi}: no such picture ({kinds}) in authors/; add it for {author.nick}"
            )


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """What one process prints at a time: some pages with their marks, or a part of the index of search."""

    pages: Sequence[tuple[Page, str]] = ()
    segment: search.Segment | None = None


class _Printer:
    """Pages → files in their places. Each process of a build has its own."""

    def __init__(self, theme: Theme, folder: Folder, source: Path) -> None:
        self._theme, self._folder, self._source = theme, folder, source
        self._bodies: dict[str, site.Body] = {}
        self._problems: list[str] = []

    def body(self, post: Head) -> site.Body:
        """The body of a post, which the next pages may show, too; one that says so where it cannot be rendered."""
        body = self._bodies.pop(post.path, None) or self._rendered(post)
        self._bodies[post.path] = body
        if len(self._bodies) > _BODIES:
            del self._bodies[next(iter(self._bodies))]
        return body

    def _rendered(self, post: Head) -> site.Body:
        try:
            text = post.body if isinstance(post, Post) else self._text(post.path)
            return site.render_text(post.path, text)
        except Exception as error:  # one post's fault costs that post
            self._problems.append(f"{post.path}: the text cannot be rendered: {error!r}")
            return site.Body(html="", lost=True)

    def _text(self, path: str) -> str:
        return posts.body_from_text(archive.text(self._source, path))

    def sheets(self, segments: Iterable[search.Segment], pages: Iterable[Page], marks: Marks) -> list[_Sheet]:
        """The work that is left: what stands as it would be made again is the site's at once."""
        found: list[_Sheet] = []
        for segment in segments:
            standing = self._folder.kept(segment.folder) if self._folder.kept(segment.last) else []
            self._folder.add(standing)
            found += [] if standing else [_Sheet(segment=segment)]
        left = []
        for page in pages:
            mark = marks.of((page.template, marks.shared(page.common), page.own))
            if standing_page := self._folder.standing(page.path, mark):
                self._folder.add([standing_page])
            else:
                left.append((page, mark))
        left.sort(key=lambda one: _newest(one[0]))
        return found + [_Sheet(pages=left[start : start + _TOGETHER]) for start in range(0, len(left), _TOGETHER)]

    def print(self, sheet: _Sheet) -> tuple[list[Put], list[str]]:
        """The files of the sheet, and one line for each problem."""
        self._problems = []
        puts = [put for page, mark in sheet.pages if (put := self._print_page(page, mark))]
        if sheet.segment:
            puts += [self._folder.put(path, content) for path, content in search.files(sheet.segment)]
        return puts, self._problems

    def _print_page(self, page: Page, mark: str) -> Put | None:
        """The page in its place; where that fails, a notice, or what stood there before."""
        if ".." in PurePosixPath(page.path).parts:  # a nick in a post that a person wrote
            self._problems.append(f"{page.path}: leads out of the site, so it is left out; mend the nick in that post")
            return None
        before = len(self._problems)
        try:
            text = self._theme.render(page.template, page.names)
        except Exception as error:  # one page's fault costs that page
            self._problems.append(f"{page.path}: cannot be rendered: {error}")
            if not page.path.endswith(".html"):
                return next(iter(self._folder.kept(page.path)), None)
            text = self._theme.render("notice.html", page.names)
        sound = len(self._problems) == before
        return self._folder.put(page.path, text.encode(), mark if sound else "")


def _newest(page: Page) -> str:
    """The day of the newest post whose text a page shows: those that show the same are made one after the other.

    So fewer bodies are rendered again where a process cannot keep them all.
    """
    names = page.own
    posts = [names["post"]] if page.template == "post.html" else [*names.get("posts", ())[:1]]
    if page.template == "front.html":
        posts = [run.posts[0] for day in names["days"][:1] for run in day.runs[:1]]
    return max((post.day.isoformat() for post in posts), default="")
