"""The tree → the site in a folder: only what changed is rendered, by all processors."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from generator import cache, search, site, stocks
from generator.built import BuildReport, report
from generator.draft import Draft, lives_of, states, watched
from generator.folder import MARKER, Folder, Put
from generator.log import Snapshot
from generator.marks import Marks
from generator.model import Head, Page, Planet
from generator.press import Press
from generator.spread import spread
from generator.stamp import UNKNOWN, Stamp, made_by
from generator.theme import Theme

_TOGETHER = 32
"""Pages that one process renders before it asks for more."""


def build(
    planet: Planet,
    heads: Iterable[Head],
    *,
    root: Path,
    out: Path,
    versions: Mapping[str, str] = MappingProxyType({}),
    then: Snapshot | None = None,
    made_of: Stamp = UNKNOWN,
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
        sheets = printer.segments(draft.segments)
        sheets += printer.pages(draft.pages, Marks((head, versions.get(head.path, "")) for head in kept))
    folder.open()
    problems = press.problems()
    folder.add(folder.put(path, content) for path, content in [(MARKER, b""), *draft.files.items(), draft.contents])
    problems += printer.run(sheets, processes)
    removed = folder.clear()
    if made_of.tree and not notes:
        stocks.keep(root, made_of.tree, site.stocks(kept, ZoneInfo(planet.timezone)))
    folder.close(() if problems else made_of)
    return report(folder, removed, problems, notes)


def build_states(
    planet: Planet, standing: Mapping[str, site.Stock], *, root: Path, folder: Folder, made_of: Stamp
) -> BuildReport:
    """Build only the pages that tell how feeds are into a folder that was made of the same tree, and is as it was left.

    `standing` is what stands of each feed, by address. Raises PlanetError where a template is no template.
    """
    press = Press(Theme(root, planet.spoken), root, (), root / cache.FOLDER)
    printer = _Printer(press, folder)
    sheets = printer.pages(states(planet, standing, press, watched(root)), Marks())
    folder.open()
    folder.stay()
    problems = press.problems() + printer.run(sheets, None)
    folder.close(() if problems else made_of)
    return report(folder, 0, problems, ())


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

    def segments(self, segments: Iterable[search.Segment]) -> list[_Sheet]:
        """The work that is left of the index of search: what stands as it would be made again is the site's at once."""
        found: list[_Sheet] = []
        for segment in segments:
            standing = self._folder.kept(segment.folder) if self._folder.kept(segment.last) else []
            self._folder.add(standing)
            found += [] if standing else [_Sheet(segment=segment)]
        return found

    def pages(self, pages: Iterable[Page], marks: Marks) -> list[_Sheet]:
        """The same of pages."""
        left = []
        for page in pages:
            mark = marks.of((page.template, page.path, marks.shared(page.common), page.own))
            if standing_page := self._folder.standing(page.path, mark):
                self._folder.add([standing_page])
            else:
                left.append((page, mark))
        left.sort(key=lambda one: _newest(one[0]))
        return [_Sheet(pages=left[start : start + _TOGETHER]) for start in range(0, len(left), _TOGETHER)]

    def run(self, sheets: Sequence[_Sheet], processes: int | None) -> list[str]:
        """Prints them all, and says one line for each problem."""
        problems: list[str] = []
        for puts, told in spread(sheets, self.print, processes=processes):
            self._folder.add(puts)
            problems += told
        return problems

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
