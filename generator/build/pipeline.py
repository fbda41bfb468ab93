"""Build the site of a planet into a folder with `build`: only what changed is rendered, by all processors."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import cache, site
from generator.build.fingerprint import Fingerprinter
from generator.build.incremental import Scope, decide, inputs_key
from generator.build.inputs import SiteInputs, SiteLayout, lay_out, read_inputs, read_planet, state_inputs
from generator.build.output import MARKER, UNKNOWN, FileEntry, InputsKey, Manifest, existing_files, write_file
from generator.build.renderer import render_page
from generator.build.report import BuildReport
from generator.cache import batches
from generator.git import Snapshot
from generator.models import Page, PostHead
from generator.parallel import fork_map, processors
from generator.site import search

_BATCH = 8
"""Pages that one process renders before it asks for more."""
_MARKED = 100
"""Pages that one process marks before it asks for more."""
FEW = 100
"""Posts or pages for which a second process takes longer to start than to be of use."""


def build(
    root: Path, out: Path, *, at: Snapshot | None = None, base_url: str = "", jobs: int | None = None
) -> BuildReport:
    """Bring the site in `out` up to date with the planet in `root`, or make it of a snapshot of that.

    `base_url` is where the site will live, if that is not what the settings say; `jobs` are as many processes as there
    are processors where nobody says. Raises PlanetError where `out` is not empty and not ours, where the settings are
    wrong, or where a template is no template; then `out` is as it was.
    """
    planet = read_planet(root, at)
    planet = replace(planet, url=base_url.rstrip("/") + "/" if base_url else planet.url)
    with ThreadPoolExecutor(1) as helper:  # git is asked while we look at the folder
        asked = helper.submit(inputs_key, root, planet.url) if at is None else None
        manifest = Manifest.load(out, root)
        key = asked.result() if asked else UNKNOWN
    scope = decide(manifest, key)
    if scope is Scope.NOTHING:
        return BuildReport(scope=scope, pages=manifest.count)
    (root / cache.FOLDER).mkdir(exist_ok=True)
    if scope is Scope.FEED_PAGES and manifest.totals is not None:
        inputs = state_inputs(root, planet, manifest.totals)
    else:
        inputs = read_inputs(root, planet, at)
    return build_site(inputs, manifest, key=key, jobs=jobs)


def build_site(
    inputs: SiteInputs, manifest: Manifest, *, key: InputsKey = UNKNOWN, jobs: int | None = None
) -> BuildReport:
    """Bring the folder of the manifest up to date with the inputs; `key` is of these, for the next build.

    Raises PlanetError where a template is no template; then the folder is as it was.
    """
    layout = lay_out(inputs)
    jobs = jobs or (1 if len(inputs.heads or layout.pages) < FEW else processors())
    if not manifest.entries:
        inputs.theme.check(jobs=jobs)
    stale = find_stale(layout, inputs, manifest, jobs)
    manifest.forget()
    files = write_files(layout, manifest.out)  # first of all the marker, or a build that is killed would be a trap
    render_bodies(stale, inputs, jobs)
    pages, problems = write_pages(stale, inputs, manifest.out, jobs)
    return finish(inputs, manifest, [*stale.standing, *files, *pages], (*layout.problems, *problems), key)


@dataclass(frozen=True, kw_only=True)
class StalePages:
    """What has to be made again, and the files that stand as they would be made."""

    pages: Sequence[tuple[Page, str]]
    """Each with the mark of all that it shows."""
    segments: Sequence[search.Segment]
    standing: Sequence[FileEntry]


def find_stale(layout: SiteLayout, inputs: SiteInputs, manifest: Manifest, jobs: int) -> StalePages:
    """Compare what each page shows with what it showed when it was written."""
    versions = ((head, inputs.versions.get(head.path, "")) for head in inputs.heads)
    work = partial(_compare, Fingerprinter(versions, site.LASTING), manifest)
    pages = list(layout.pages.values())
    compared = chain.from_iterable(fork_map(work, list(batches(pages, _MARKED)), jobs=jobs))
    pairs = list(zip(pages, compared, strict=True))
    stands = [segment for segment in layout.segments if (manifest.out / segment.last).is_file()]
    return StalePages(
        pages=[(page, mark) for page, (mark, entry) in pairs if not entry],
        segments=[segment for segment in layout.segments if segment not in stands],
        standing=[
            *(entry for _, (_, entry) in pairs if entry),
            *(entry for segment in stands for entry in existing_files(manifest.out, segment.folder)),
        ],
    )


def _compare(marks: Fingerprinter, manifest: Manifest, pages: Iterable[Page]) -> list[tuple[str, FileEntry | None]]:
    """Return the mark of each page, and its file where that stands."""
    shown = [marks.of((page.template, page.path, marks.shared(page.common), page.own)) for page in pages]
    marks.forget()
    return [(mark, manifest.standing(page.path, mark)) for page, mark in zip(pages, shown, strict=True)]


def render_bodies(stale: StalePages, inputs: SiteInputs, jobs: int) -> None:
    """Render the text of each post that several processes may want, once."""
    wanted: dict[str, tuple[PostHead, bool]] = {}
    for segment in stale.segments:
        wanted |= {post.path: (post, False) for post in segment.posts if post.is_standing}
    for page, _ in stale.pages:
        with_colours = page.path.endswith(".html")
        for post in site.shown_whole(page):
            wanted[post.path] = post, with_colours or wanted.get(post.path, (post, False))[1]
    inputs.bodies.fill(wanted, inputs.root / cache.FOLDER, jobs)


Written = tuple[list[FileEntry], list[str]]
"""Files, and one line for each problem."""


def write_pages(stale: StalePages, inputs: SiteInputs, out: Path, jobs: int) -> Written:
    """Render what is stale into `out`: the index of search first, whose parts take longest."""
    pieces = [*stale.segments, *batches(stale.pages, _BATCH)]
    results = fork_map(partial(_write_piece, inputs, out), pieces, jobs=jobs)
    return [entry for entries, _ in results for entry in entries], [line for _, lines in results for line in lines]


def _write_piece(inputs: SiteInputs, out: Path, piece: search.Segment | Sequence[tuple[Page, str]]) -> Written:
    if isinstance(piece, search.Segment):
        return [write_file(out, path, content) for path, content in search.files(piece)], []
    entries: list[FileEntry] = []
    problems: list[str] = []
    for page, mark in piece:
        rendered = render_page(page, inputs.theme, inputs.bodies)
        problems += rendered.problems
        if rendered.text or not rendered.problems:
            entries.append(write_file(out, page.path, rendered.text.encode(), "" if rendered.problems else mark))
        else:
            entries += existing_files(out, page.path)  # what stood there before is better than nothing
    return entries, problems


def write_files(layout: SiteLayout, out: Path) -> list[FileEntry]:
    """Write what is no page and no part of the index of search."""
    return [write_file(out, path, content) for path, content in [(MARKER, b""), *layout.files.items()]]


def finish(
    inputs: SiteInputs, manifest: Manifest, files: Iterable[FileEntry], problems: Iterable[str], key: InputsKey
) -> BuildReport:
    """Remove what is not the site's any more, remember the files, and report."""
    entries = {file.path: file for file in files}
    totals, problems = inputs.totals, tuple(dict.fromkeys((*inputs.problems, *problems)))
    if totals is not None:
        entries = {**manifest.entries, **entries}
    elif key.tree and inputs.histories is not None:
        totals = site.feed_totals(inputs.heads, ZoneInfo(inputs.planet.timezone))
    removed = manifest.remove_others(entries)
    manifest.save(entries.values(), UNKNOWN if problems else key, totals)
    return BuildReport(
        scope=Scope.EVERYTHING if inputs.totals is None else Scope.FEED_PAGES,
        pages=len(entries),
        written=sum(entry.written for entry in entries.values()),
        removed=removed,
        problems=problems,
        notes=inputs.notes,
        posts=inputs.heads,
        authors=inputs.planet.authors,
    )
