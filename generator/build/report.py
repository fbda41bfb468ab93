"""Report what a build did: `BuildReport`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.build.output import Manifest


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
    """What the site had to do without, and why; old names in the planet's own theme."""

    def lines(self, of: str) -> Iterator[str]:
        """All that, for people; `of` says what it was built of."""
        yield from self.problems
        yield from self.notes
        counts = f"{self.written} written, {self.unchanged} unchanged, {self.removed} removed"
        yield f"{self.pages} files: {counts}; {of}"


def report(folder: Manifest, removed: int, problems: Iterable[str], notes: Iterable[str]) -> BuildReport:
    """The report on a folder that a site was put into; so many files were removed."""
    return BuildReport(
        pages=folder.files,
        written=folder.written,
        unchanged=folder.files - folder.written,
        removed=removed,
        problems=tuple(dict.fromkeys(problems)),
        notes=tuple(notes),
    )
