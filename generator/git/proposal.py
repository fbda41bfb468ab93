"""Read what a commit would change, as data: modes, sizes and bytes. Nothing of it is checked out or run.

Main function: `proposal`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import RepositoryError
from generator.git.author_history import AuthorHistory, author_history
from generator.git.command import Git
from generator.git.diff import differences

REGULAR = "100644"
NOTHING = "000000"
MAX_READ, MAX_ELSEWHERE = 512 * 1024, 16 * 1024
"""Bytes above which a file is not even read: in authors/, and elsewhere, where a proposal may change any number."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A file that a proposal adds, changes or removes."""

    path: str
    mode: str
    """As git has it: `100644` for a plain file, `120000` for a link, `000000` for one that is removed."""
    size: int = 0
    content: bytes | None = None
    """None where it is removed, is no file, or is larger than anything that is read."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What somebody offers to the planet, and the planet's own files that it concerns."""

    base: Mapping[str, bytes]
    """Settings and authors/ as the planet has them now, by path; plain files only."""
    files: tuple[Proposed, ...]
    history: AuthorHistory = field(default_factory=AuthorHistory)
    """What the base and its past know of the author files that the proposal's commits touch."""
    passing: tuple[str, ...] = ()
    """Author files that one of its commits changes and another brings back to what they were."""


def proposal(root: Path, base: str, head: str) -> Proposal:
    """Return what the commit `head` changes since it left the commit `base`. Raises RepositoryError."""
    git = Git(root)
    try:
        ours, theirs = (_commit(git, name) for name in (base, head))
        fork = git.find("merge-base", ours, theirs)
        if not fork:
            raise RepositoryError(f"{head} has no history in common with {base}; fetch more of it")
        files = tuple(_proposed(git, fork, theirs))
        named = {file.path for file in files if _is_author_file(file.path)}
        passing = _touched(git, fork, theirs) - named
        history = author_history(git, ours, named | passing)
        return Proposal(base=_own(git, ours), files=files, history=history, passing=tuple(sorted(passing)))
    finally:
        git.close()


def settled(root: Path, rev: str) -> Mapping[str, bytes]:
    """Settings and authors/ of a commit, by path; plain files only. Raises RepositoryError."""
    git = Git(root)
    try:
        return _own(git, _commit(git, rev))
    finally:
        git.close()


def propose(root: Path, rev: str, files: Sequence[Proposed]) -> Proposal:
    """Return the proposal of files that nobody has committed yet, to the commit `rev`. Raises RepositoryError."""
    git = Git(root)
    try:
        commit = _commit(git, rev)
        history = author_history(git, commit, (file.path for file in files if _is_author_file(file.path)))
        return Proposal(base=_own(git, commit), files=tuple(files), history=history)
    finally:
        git.close()


def _is_author_file(path: str) -> bool:
    return path.startswith("authors/") and path.endswith(".yaml")


def _proposed(git: Git, fork: str, theirs: str) -> Iterator[Proposed]:
    """Yield the files that two commits have differently, as the second one has them."""
    changed = differences(git, fork, theirs)
    sizes = _sizes(git, (change.after for change in changed if change.after))
    limits = {change: MAX_READ if change.path.startswith("authors/") else MAX_ELSEWHERE for change in changed}
    read = {change: sizes.get(change.after, MAX_READ + 1) <= limit for change, limit in limits.items()}
    texts = git.contents(change.after for change in changed if read[change])
    for change in changed:
        content = texts[change.after] if read[change] else None
        yield Proposed(path=change.path, mode=change.mode, size=sizes.get(change.after, 0), content=content)


def _touched(git: Git, fork: str, theirs: str) -> set[str]:
    """Return the author files that any commit after `fork` changes."""
    output = git.ask("log", "--name-only", "-z", "--no-renames", "--format=", f"{fork}..{theirs}", "--", "authors")
    return set(filter(_is_author_file, output.split("\0")))


def _commit(git: Git, name: str) -> str:
    commit = git.find("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if not commit:
        raise RepositoryError(f"there is no commit called {name!r}; fetch it first")
    return commit


def _sizes(git: Git, names: Iterable[str]) -> dict[str, int]:
    """Return the size of each blob; commits of submodules, which are not here, are left out."""
    output = git.ask("cat-file", "--batch-check", feed="".join(f"{name}\n" for name in sorted(set(names))).encode())
    words = (line.split(" ") for line in output.splitlines())
    return {word[0]: int(word[2]) for word in words if len(word) == 3 and word[1] == "blob"}


def _own(git: Git, commit: str) -> dict[str, bytes]:
    lines = git.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", "pyproject.toml", "authors").split("\0")
    blobs = {path: meta.split(" ") for meta, _, path in (line.partition("\t") for line in lines if line)}
    plain = {path: words[2] for path, words in blobs.items() if words[0].startswith("100")}
    texts = git.contents(plain.values())
    return {path: texts[name] for path, name in plain.items()}
