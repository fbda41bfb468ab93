"""Report what a build did: `BuildReport`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.build.incremental import Scope
from generator.models import Author, PostHead


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """What a build did. `pages` counts all files of the site; `written`, `unchanged` add up to it."""

    scope: Scope
    pages: int
    written: int = 0
    removed: int = 0
    problems: tuple[str, ...] = ()
    """One line each: files that cannot be read, pages that became a notice, pictures that are not there."""
    notes: tuple[str, ...] = ()
    """What the site had to do without, and why; old names in the planet's own theme."""
    posts: Sequence[PostHead] = ()
    authors: Sequence[Author] = ()

    @property
    def unchanged(self) -> int:
        """How many files were left alone."""
        return self.pages - self.written

    def lines(self, of: str) -> Iterator[str]:
        """All that, for people; `of` says what it was built of."""
        yield from self.problems
        yield from self.notes
        counts = f"{self.written} written, {self.unchanged} unchanged, {self.removed} removed"
        yield f"{self.pages} files: {counts}; {of}"
