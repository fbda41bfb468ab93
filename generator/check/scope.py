"""Sort a proposal's files (`sort_out`) and report those that an author must not touch (`scope`). Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.check.findings import Finding, error, notice
from generator.config import MAX_BYTES
from generator.git import NOTHING, REGULAR, Proposed

MAX_PICTURE = 100 * 1024
_AUTHOR = re.compile(r"authors/[^/]+\.ya?ml")
_PICTURE = re.compile(r"authors/[^/]+\.(png|jpe?g|webp|gif)")
_KINDS = {
    "120000": ("this is a symbolic link", "commit the text itself, not a link to it"),
    "160000": ("this is a submodule", "commit a plain file"),
    "100755": ("this is marked as a program", "commit it as a plain file (mode 644)"),
}


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """The files of a proposal that concern authors/, by what they are."""

    authors: tuple[Proposed, ...]
    pictures: tuple[Proposed, ...]
    others: tuple[Proposed, ...]
    """Everything else."""


def sort_out(files: Sequence[Proposed]) -> Sorted:
    """Which is an author file, which a picture."""
    authors = tuple(file for file in files if _AUTHOR.fullmatch(file.path))
    pictures = tuple(file for file in files if _PICTURE.fullmatch(file.path))
    return Sorted(
        authors=authors, pictures=pictures, others=tuple(file for file in files if file not in (*authors, *pictures))
    )


def scope(files: Sorted, *, vouched: bool) -> Iterator[Finding]:
    """What a pull request may touch: one author file, its picture, and nothing else; or no author file at all."""
    if not any(file.path.startswith("authors/") for file in (*files.authors, *files.pictures, *files.others)):
        yield notice("authors", "no author file is changed, so there is nothing to check")
        return
    faults = [*_too_many(files), *_strange(files)]
    yield from (fault.vouched() for fault in faults) if vouched else faults


def _too_many(files: Sorted) -> Iterator[Finding]:
    first, *rest = files.authors or (None,)
    for file in rest:
        yield error(
            file.path,
            f"this pull request changes {first.path if first else ''} as well",
            "open one pull request for each author file",
        )


def _strange(files: Sorted) -> Iterator[Finding]:
    for file in files.others:
        if file.path.startswith("authors/"):
            yield error(file.path, "this is neither an author file nor a picture", "name it like authors/larry.yaml")
        else:
            yield error(file.path, "this lies outside authors/", "open a pull request of its own for it")


def plain(file: Proposed) -> Iterator[Finding]:
    """What keeps a file from being read at all."""
    if file.mode == NOTHING:
        return
    if file.mode != REGULAR:
        reason, remedy = _KINDS.get(file.mode, (f"git gives it the mode {file.mode}", "commit a plain file"))
        yield error(file.path, reason, remedy)
    limit = MAX_PICTURE if _PICTURE.fullmatch(file.path) else MAX_BYTES
    if file.size > limit:
        yield error(file.path, f"this is {file.size} bytes long", f"keep it below {limit}")
