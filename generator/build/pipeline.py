"""Build the site of a tree into a folder with `build`: only what changed is rendered, by all processors."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from generator import cache, site
from generator.build import incremental
from generator.build.inputs import SiteInputs, lives_of, states, watched
from generator.build.fingerprint import Fingerprinter
from generator.build.incremental import UNKNOWN, InputsKey, made_by
from generator.build.output import MARKER, FileEntry, Manifest
from generator.build.renderer import Renderer
from generator.build.report import BuildReport, report
from generator.build.theme import Theme
from generator.cache import batches
from generator.git import Snapshot
from generator.models import Page, Planet, PostHead
from generator.parallel import fork_map
from generator.site import search

_TOGETHER = 8
"""Pages that one process looks at before it asks for more."""
FEW = 100
"""Posts or pages for which a second process takes longer to start than to be of use."""


def build(
    planet: Planet,
    heads: Iterable[PostHead],
    *,
    root: Path,
    out: Path | Manifest,
    versions: Mapping[str, str] = MappingProxyType({}),
    then: Snapshot | None = None,
    made_of: InputsKey = UNKNOWN,
    theme: Theme | None = None,
    processes: int | None = None,
) -> BuildReport:
    """Build the site of the planet in `root` into `out`, and say what was done.

    A head that is no whole post gets its body from its file. `versions` tells by path what changes whenever that file
    does. `then` is the snapshot that all this was read from, where that is not the work tree; the look of the site is
    always today's. `made_of` is the stamp of all that, for the next build to know it by. `theme` is that of `root`,
    where somebody has it already. `processes` are as many as there are processors where nobody says. Raises PlanetError
    where `out` is not empty and not ours, or where a template is no template; then `out` is as it was.
    """
    posts, theme = list(heads), theme or Theme(root, planet.spoken)
    folder = out if isinstance(out, Manifest) else Manifest(out, root / cache.FOLDER, made_by(root))
    if folder.is_new:
        theme.check()
    notes: list[str] = []
    source, commit, feed_health = (then.folder, then.commit, {}) if then else (root, "HEAD", watched(root))
    press = Renderer(theme, source, posts, root / cache.FOLDER)
    with _for_good():
        draft = SiteInputs(
            planet, posts, press, versions=versions, lives=lives_of(root, commit, notes), watched=feed_health
        )
        segments = draft.segments
        marks = Fingerprinter(((head, versions.get(head.path, "")) for head in posts), site.LASTING)
    folder.open()
    problems = press.problems()
    folder.add(folder.put(path, content) for path, content in [(MARKER, b""), *draft.files.items(), draft.contents])
    many = processes or _worth(posts)
    problems += _Printer(press, folder, marks).run(draft.pages, segments, processes=many)
    removed = folder.clear()
    if made_of.tree and not (notes or problems):
        incremental.keep_totals(root, made_of.tree, site.feed_totals(posts, ZoneInfo(planet.timezone)))
    folder.close(() if problems else made_of)
    return report(folder, removed, problems, [*notes, *map(str, theme.notes)])


def build_states(
    planet: Planet,
    standing: Mapping[site.FeedKey, site.FeedTotals],
    *,
    root: Path,
    folder: Manifest,
    made_of: InputsKey,
) -> BuildReport:
    """Build only the pages that tell how feeds are into a folder that was made of the same tree, and is as it was left.

    `standing` is what stands of each feed. Raises PlanetError where a template is no template.
    """
    press = Renderer(Theme(root, planet.spoken), root, (), root / cache.FOLDER)
    pages = list(states(planet, standing, press, watched(root)))
    folder.open()
    folder.stay()
    problems = press.problems() + _Printer(press, folder, Fingerprinter()).run(pages, processes=_worth(pages))
    folder.close(() if problems else made_of)
    return report(folder, 0, problems, map(str, press.theme.notes))


def _worth(shown: Sequence[PostHead | Page]) -> int | None:
    """One process for few of them; else as many as there are processors."""
    return 1 if len(shown) < FEW else None


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
    """What one process prints at a time: some pages, or a part of the index of search."""

    pages: Sequence[Page] = ()
    segment: search.Segment | None = None


class _Printer:
    """Pages → files in their places. Each process of a build has its own, and marks pages for itself."""

    def __init__(self, press: Renderer, folder: Manifest, marks: Fingerprinter) -> None:
        self._press, self._folder, self._marks = press, folder, marks

    def run(
        self, pages: Iterable[Page], segments: Iterable[search.Segment] = (), *, processes: int | None
    ) -> list[str]:
        """Puts them all into the folder, and says one line for each problem. Pages are laid out on the way."""
        problems: list[str] = []
        parts = (_Sheet(segment=segment) for segment in segments)
        sheets = chain(parts, (_Sheet(pages=some) for some in batches(pages, _TOGETHER)))
        for puts, sheet_problems in fork_map(sheets, self.print, processes=processes):
            self._folder.add(puts)
            problems += sheet_problems
        return problems

    def print(self, sheet: _Sheet) -> tuple[list[FileEntry], list[str]]:
        """The files of the sheet, and one line for each problem. What stands as it would be made again is left."""
        problems: list[str] = []
        puts = self._indexed(sheet.segment) if sheet.segment else []
        for page in sheet.pages:
            entries, page_problems = self._page(page)
            puts += entries
            problems += page_problems
        self._marks.forget()
        return puts, problems + self._press.problems()

    def _indexed(self, segment: search.Segment) -> list[FileEntry]:
        standing = self._folder.existing(segment.folder) if self._folder.existing(segment.last) else []
        return standing or [self._folder.put(path, content) for path, content in search.files(segment)]

    def _page(self, page: Page) -> tuple[list[FileEntry], list[str]]:
        mark = self._marks.of((page.template, page.path, self._marks.shared(page.common), page.own))
        if standing := self._folder.standing(page.path, mark):
            return [standing], []
        text = self._press.print(page)
        problems = self._press.problems()
        if text or not problems:
            return [self._folder.put(page.path, text.encode(), "" if problems else mark)], problems
        return self._folder.existing(page.path), problems  # what stood there before is better than nothing
