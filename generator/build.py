"""The tree → the site in a folder: only files that changed are written, only our own are removed."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator import cache, search, site
from generator.errors import PlanetError, RepositoryError
from generator.history import Life, lives
from generator.log import Log, Snapshot
from generator.model import Author, Page, Planet, Post
from generator.theme import Theme

MARKER = ".gitplanet"
"""A file that says: this folder was made here, and may be emptied here."""
_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")


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


def build(planet: Planet, posts: Iterable[Post], *, root: Path, out: Path, then: Snapshot | None = None) -> BuildReport:
    """Build the site of the planet in `root` into `out`, and say what was done.

    `then` is the snapshot that planet and posts were read from, where they are not those of the work tree; the look of
    the site is always today's. Raises PlanetError where `out` is not empty and not ours, or where a template is no
    template; then `out` is as it was.
    """
    _check_ours(out)
    theme = Theme(root, {planet.language, *(edition.language or planet.language for edition in planet.editions)})
    problems: list[str] = []
    notes: list[str] = []
    pictures = dict(_pictures(planet.authors, then.folder if then else root, problems))
    faces = {nick: path for nick, (path, _) in pictures.items()}
    past = _past(root, then.commit if then else "HEAD", notes)
    kept, bodies = list(posts), _bodies(problems)
    pages = list(site.lay_out(planet, kept, bodies=bodies, faces=faces, lives=past, watched=_watched(root, then)))
    out.mkdir(parents=True, exist_ok=True)
    folder = _Folder(out)
    for path, content in [(MARKER, b""), *theme.assets.items(), *pictures.values()]:
        folder.put(path, content)
    for page in pages:
        folder.put_page(page, theme, problems)
    segments = site.segments(planet, kept, bodies)
    for segment in segments:
        folder.put_segment(segment)
    titles = {edition.key: edition.title for edition in planet.editions}
    path, text = search.contents(segments, titles)
    folder.put(path, text.encode())
    return BuildReport(
        pages=len(folder.kept),
        written=folder.written,
        unchanged=len(folder.kept) - folder.written,
        removed=folder.clear(),
        problems=tuple(problems),
        notes=tuple(notes),
    )


def _past(root: Path, commit: str, notes: list[str]) -> Mapping[str, Life] | None:
    """What happened to each post up to a commit; a note instead where the repository cannot tell."""
    try:
        with Log(root, commit) as log:
            return lives(log.records(), log.texts)
    except RepositoryError as error:
        notes.append(f"the site does without the posts' history: {error}")
        return None


def _watched(root: Path, then: Snapshot | None) -> dict[str, site.Watched]:
    """What the cache knows of the feeds, by address; it knows of today only."""
    harvests, feeds = ({}, {}) if then else (cache.harvests(root), cache.load(root).feeds)
    return {url: site.Watched(remembered=feeds[url], harvests=harvests.get(url, ())) for url in feeds}


def _check_ours(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise PlanetError(f"{out} is not empty and was not made by a build; give another folder, or empty it yourself")
    if out.exists() and not out.is_dir():
        raise PlanetError(f"{out} is not a folder; give another one")


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


def _bodies(problems: list[str]) -> site.Bodies:
    """Renders each body once, however many pages show it; a body that cannot be rendered becomes a notice."""
    rendered: dict[str, site.Body] = {}

    def body(post: Post) -> site.Body:
        if post.path not in rendered:
            try:
                rendered[post.path] = site.render_body(post)
            except Exception as error:  # one post's fault costs that post
                problems.append(f"{post.path}: the text cannot be rendered: {error!r}")
                notice = "<p>This text could not be shown here. Please read it at its own address.</p>"
                rendered[post.path] = site.Body(html=notice)
        return rendered[post.path]

    return body


class _Folder:
    """The folder of the site while it is written."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._made: set[Path] = set()
        self.kept: set[str] = set()
        """Paths that belong to the site."""
        self.written = 0

    def put_page(self, page: Page, theme: Theme, problems: list[str]) -> None:
        """Render a page and put it in its place; where that fails, a notice, or what stood there before."""
        if ".." in PurePosixPath(page.path).parts:  # a nick in a post that a person wrote
            problems.append(f"{page.path}: leads out of the site, so it is left out; mend the nick in that post")
            return
        try:
            text = theme.render(page.template, page.names)
        except Exception as error:  # one page's fault costs that page
            problems.append(f"{page.path}: cannot be rendered: {error}")
            if not page.path.endswith(".html"):
                self._keep(page.path)
                return
            text = theme.render("notice.html", page.names)
        self.put(page.path, text.encode())

    def put_segment(self, segment: search.Segment) -> None:
        """The files of a part of the search index; where its last one stands, all stand."""
        if (self._out / segment.last).is_file():
            self.kept.update(path.relative_to(self._out).as_posix() for path in (self._out / segment.folder).iterdir())
            return
        for path, text in search.files(segment):
            self.put(path, text.encode())

    def put(self, path: str, content: bytes) -> None:
        """The file with that content; it is left alone where it has it already."""
        target = self._out / path
        self.kept.add(path)
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        if _read(target) != content:
            target.write_bytes(content)
            self.written += 1

    def _keep(self, path: str) -> None:
        if (self._out / path).is_file():
            self.kept.add(path)

    def clear(self) -> int:
        """Remove files that belong to the site no longer, and folders that are empty; says how many files."""
        removed = 0
        for folder, _, files in os.walk(self._out, topdown=False):
            here = Path(folder)
            for name in files:
                if (here / name).relative_to(self._out).as_posix() not in self.kept:
                    (here / name).unlink()
                    removed += 1
            if here != self._out and not any(here.iterdir()):
                here.rmdir()
        return removed


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
