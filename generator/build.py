"""The tree → the site in a folder: only what changed is rendered, by all processors."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from generator import cache, search
from generator.draft import Draft, lives_of, watched
from generator.folder import MARKER, Folder, Put
from generator.log import Snapshot
from generator.marks import Marks
from generator.model import Head, Page, Planet
from generator.press import Press
from generator.spread import spread
from generator.stamp import made_by
from generator.theme import Theme

_TOGETHER = 32
"""Pages that one process renders before it asks for more."""


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
    theme = Theme(root, planet.spoken)
    folder = Folder(out, root / cache.FOLDER, made_by(root))
    if folder.is_new:
        theme.check()
    notes: list[str] = []
    source, commit, known = (then.folder, then.commit, {}) if then else (root, "HEAD", watched(root))
    kept = list(heads)
    press = Press(theme, source, kept, root / cache.FOLDER)
    printer = _Printer(press, folder)
    with _for_good():
        lives = lives_of(root, commit, notes)
        draft = Draft(planet, kept, press, versions=versions, lives=lives, watched=known)
        sheets = printer.sheets(draft, Marks((head, versions.get(head.path, "")) for head in kept))
    folder.open()
    problems = press.problems()
    folder.add(folder.put(path, content) for path, content in [(MARKER, b""), *draft.files.items(), draft.contents])
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
    """What is made meanwhile is to stay: looking through it for what may go would take a tenth of the time.

    That ends with the work that `spread` does next.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """What one process prints at a time: some pages with their marks, or a part of the index of search."""

    pages: Sequence[tuple[Page, str]] = ()
    segment: search.Segment | None = None


class _Printer:
    """Pages → files in their places. Each process of a build has its own."""

    def __init__(self, press: Press, folder: Folder) -> None:
        self._press, self._folder = press, folder

    def sheets(self, draft: Draft, marks: Marks) -> list[_Sheet]:
        """The work that is left: what stands as it would be made again is the site's at once."""
        found: list[_Sheet] = []
        for segment in draft.segments:
            standing = self._folder.kept(segment.folder) if self._folder.kept(segment.last) else []
            self._folder.add(standing)
            found += [] if standing else [_Sheet(segment=segment)]
        left = []
        for page in draft.pages:
            mark = marks.of((page.template, page.path, marks.shared(page.common), page.own))
            if standing_page := self._folder.standing(page.path, mark):
                self._folder.add([standing_page])
            else:
                left.append((page, mark))
        left.sort(key=lambda one: _newest(one[0]))
        return found + [_Sheet(pages=left[start : start + _TOGETHER]) for start in range(0, len(left), _TOGETHER)]

    def print(self, sheet: _Sheet) -> tuple[list[Put], list[str]]:
        """The files of the sheet, and one line for each problem."""
        problems: list[str] = []
        puts: list[Put] = []
        for page, mark in sheet.pages:
            text = self._press.print(page)
            told = self._press.problems()
            problems += told
            if text or not told:
                puts.append(self._folder.put(page.path, text.encode(), "" if told else mark))
            else:  # what stood there before is better than nothing
                puts += self._folder.kept(page.path)
        if sheet.segment:
            puts += [self._folder.put(path, content) for path, content in search.files(sheet.segment)]
        return puts, problems + self._press.problems()


def _newest(page: Page) -> str:
    """The day of the newest post whose text a page shows: those that show the same are made one after the other.

    So fewer bodies are rendered again where a process cannot keep them all.
    """
    names = page.own
    posts = [names["post"]] if page.template == "post.html" else [*names.get("posts", ())[:1]]
    if page.template == "front.html":
        posts = [run.posts[0] for day in names["days"][:1] for run in day.runs[:1]]
    return max((post.day.isoformat() for post in posts), default="")
