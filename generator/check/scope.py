"""Sort a proposal's files (`sort_out`) and report those that an author must not touch (`scope`). Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from generator import strict_yaml
from generator.check.findings import Finding, error, notice, warning
from generator.config import MAX_BYTES
from generator.errors import FileError
from generator.git import NOTHING, REGULAR, Proposed
from generator.models import NICK

MAX_PICTURE = 100 * 1024
_AUTHOR = re.compile(r"authors/[^/]+\.ya?ml")
_PICTURE = re.compile(r"authors/[^/]+\.(png|jpe?g|webp|gif)")
_SENSITIVE = {
    "posts/": "this changes the archive itself: see whose words it changes, and why",
    "theme/": "this changes what every page of the site shows or runs",
    "pyproject.toml": "this changes the planet's settings",
    ".github/": "this changes what runs with the planet's rights",
    ".forgejo/": "this changes what runs with the planet's rights",
    ".gitea/": "this changes what runs with the planet's rights",
    ".gitlab-ci": "this changes what runs with the planet's rights",
    ".ci/": "this changes what runs with the planet's rights",
    "action.yml": "this changes what runs with the planet's rights",
    "generator/": "this changes the program of the planet",
}
"""What a reviewer has to know of a file, by the beginning of its path."""
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
    """Return which is an author file, which a picture."""
    authors = tuple(file for file in files if _AUTHOR.fullmatch(file.path))
    pictures = tuple(file for file in files if _PICTURE.fullmatch(file.path))
    return Sorted(
        authors=authors, pictures=pictures, others=tuple(file for file in files if file not in (*authors, *pictures))
    )


def scope(files: Sorted, *, vouched: bool) -> Iterator[Finding]:
    """Yield what a pull request may touch: one author file, its picture, and nothing else; or no author file at all."""
    misplaced = [file for file in files.others if _is_misplaced(file)]
    if not (misplaced or files.authors or files.pictures):
        yield from _reviewed(files.others)
        return
    faults = [*_too_many(files), *_strange(files, misplaced)]
    yield from (fault.vouched() for fault in faults) if vouched else faults


def misplaced(files: Sequence[Proposed]) -> Iterator[Finding]:
    """Yield what lies where nobody reads it, among files of the planet."""
    lost = [file for file in sort_out(files).others if _is_misplaced(file)]
    yield from _strange(Sorted(authors=(), pictures=(), others=tuple(lost)), lost)


def _reviewed(files: Sequence[Proposed]) -> Iterator[Finding]:
    """Yield what a reviewer has to know of a proposal that concerns no author."""
    yield notice("authors", "no author file is changed, so there is nothing to check")
    seen: set[str] = set()
    for file in files:
        place = _sensitive(file.path)
        if place and place not in seen:
            seen.add(place)
            yield warning(file.path, _SENSITIVE[place])


def _sensitive(path: str) -> str:
    return next((place for place in _SENSITIVE if path.startswith(place)), "")


def _is_misplaced(file: Proposed) -> bool:
    """Return whether it lies in some folder of authors, or is an author file by what it says, wherever it lies."""
    folder = file.path.partition("/")[0].casefold().rstrip("s")
    return file.mode != NOTHING and (folder == "author" or _is_author_file(file.content))


def _is_author_file(content: bytes | None) -> bool:
    if content is None or len(content) > MAX_BYTES:
        return False
    try:
        data = strict_yaml.read_yaml(content.decode("utf-8-sig", "replace"), "").value
    except FileError:
        return False
    return isinstance(data, dict) and isinstance(data.get("feeds"), list) and "name" in data


def _too_many(files: Sorted) -> Iterator[Finding]:
    for file in files.authors[1:]:
        reason = f"this pull request changes {files.authors[0].path} as well"
        yield error(file.path, reason, "open one pull request for each author file")


def _strange(files: Sorted, misplaced: Collection[Proposed]) -> Iterator[Finding]:
    for file in files.others:
        if file in misplaced and _is_author_file(file.content):
            yield error(file.path, "an author file lies here in vain", f"call it authors/{_nick(file.path)}.yaml")
        elif file.path.startswith("authors/") or file in misplaced:
            yield error(file.path, "this is neither an author file nor a picture", "name it like authors/larry.yaml")
        else:
            reason = _SENSITIVE.get(_sensitive(file.path), "")
            words = "this lies outside authors/" + (f", and {reason.removeprefix('this ')}" if reason else "")
            yield error(file.path, words, "open a pull request of its own for it")


def _nick(path: str) -> str:
    """Return the nick that a misplaced file probably means."""
    name = path.rpartition("/")[2].partition(".")[0].casefold()
    return name if re.fullmatch(NICK, name) else "your-nick"


def plain(file: Proposed) -> Iterator[Finding]:
    """Yield what keeps a file from being read at all."""
    if file.mode == NOTHING:
        return
    if file.mode != REGULAR:
        reason, remedy = _KINDS.get(file.mode, (f"git gives it the mode {file.mode}", "commit a plain file"))
        yield error(file.path, reason, remedy)
    limit = MAX_PICTURE if _PICTURE.fullmatch(file.path) else MAX_BYTES
    if file.size > limit:
        yield error(file.path, f"this is {file.size} bytes long", f"keep it below {limit}")
