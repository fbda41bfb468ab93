"""Check a proposal (`review`), files (`examine`) or the whole planet (`inspect`), and return a `CheckResult`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from generator import config, strict_yaml
from generator.archive import post_file
from generator.archive import tree as archive_tree
from generator.archive.tree import Archive
from generator.check.author_feeds import Subject, visit_feeds
from generator.check.duplicates import duplicates, inside, same_person
from generator.check.findings import CheckResult, Finding, Level, error, from_problem, in_order
from generator.check.ownership import Account, owned, pictures_of, returning
from generator.check.pictures import face
from generator.check.scope import misplaced, plain, scope, sort_out
from generator.config import Settings, ground
from generator.errors import FileError, RepositoryError
from generator.git import NOTHING, REGULAR, Proposal, Proposed, settled
from generator.models import ROBOT, Author, Post


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """How a check is made."""

    now: datetime
    version: str = ""
    offline: bool = False
    """No feed is asked."""
    who: Account | None = None
    """Who proposes; None where nobody needs to be asked whose file it is."""
    vouched: bool = False
    """A maintainer has said that this person may, and that the pull request may touch what it touches."""


def review(offer: Proposal, terms: CheckOptions, read_posts: Callable[[], Iterable[Post]]) -> CheckResult:
    """Return the verdict on what somebody proposes, read as data. `read_posts` gives the planet's posts, if needed.

    Raises FileError where the planet's own settings are wrong: that is no fault of the proposal's.
    """
    read_posts = cache(read_posts)
    files = sort_out(offer.files)
    broken = [remark for file in (*files.authors, *files.pictures) for remark in plain(file)]
    owners = owned(offer, files, terms.who, lambda: archive_tree.nicks(read_posts()))
    remarks = [*scope(files, vouched=terms.vouched), *broken]
    remarks += (remark.vouched() if terms.vouched else remark for remark in owners)
    unread = {remark.file for remark in broken}
    good = [file for file in (*files.authors, *files.pictures) if file.path not in unread]
    after = _after(offer.base, good)
    for file in files.pictures:
        remarks += [*_place(file, pictures_of(after)), *(_face(file) if file in good else ())]
    with ground(after) as root:
        settings = config.read_settings(root / "pyproject.toml", version=terms.version)
        names = [file.path for file in files.authors if file in good and file.mode != NOTHING]
        verdict = _judge(root, settings, {name: offer.base.get(name) for name in names}, terms, read_posts)
    return replace(verdict, remarks=in_order([*remarks, *verdict.remarks]))


def examine(root: Path, names: Sequence[str], terms: CheckOptions) -> CheckResult:
    """Return the verdict on files of the planet in `root`, named by path. Raises FileError for its settings."""
    settings = config.read_settings(root / "pyproject.toml", version=terms.version)
    authors = [name for name in names if name.startswith("authors/")]
    remarks = [
        remark for name in names if name.startswith(f"{archive_tree.FOLDER}/") for remark in _of_post(root, name)
    ]
    verdict = _judge(root, settings, dict.fromkeys(authors), terms)
    remarks += returning(root, [Path(name).stem for name in authors if _is_new(root, name)])
    return replace(verdict, remarks=in_order([*verdict.remarks, *remarks]))


def _is_new(root: Path, name: str) -> bool:
    """Return whether git does not have the file yet."""
    try:
        return name not in settled(root, "HEAD")
    except RepositoryError:
        return False


def inspect(root: Path, tree: Archive, terms: CheckOptions) -> CheckResult:
    """Return the verdict on the whole planet in `root`; a feed that gives nothing is a warning, since blogs come and
    go.

    Raises FileError for its settings.
    """
    settings = config.read_settings(root / "pyproject.toml", version=terms.version)
    names = sorted(f"authors/{path.name}" for path in (root / "authors").glob("*.y*ml"))
    verdict = _judge(root, settings, dict.fromkeys(names), terms)
    dead = {(seen.nick, seen.url) for seen in verdict.feeds if seen.fault}
    mild = (_milder(remark) if (Path(remark.file).stem, remark.feed) in dead else remark for remark in verdict.remarks)
    lost = map(_milder, misplaced(list(_aside(root))))
    return CheckResult(remarks=in_order([*mild, *lost, *map(from_problem, tree.problems)]), feeds=verdict.feeds)


def _aside(root: Path) -> Iterator[Proposed]:
    """Yield files beside the author files and beside authors/ itself, which may be meant for it."""
    folders = [path for path in root.iterdir() if path.is_dir() and path.name.casefold() in ("author", "authors")]
    files = [*root.glob("*.[yY]*[mM][lL]"), *(path for folder in folders for path in folder.rglob("*"))]
    for path in sorted(files):
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".") and path.stem != "README":
            content = path.read_bytes() if path.stat().st_size <= config.MAX_BYTES else None
            yield Proposed(path=path.relative_to(root).as_posix(), mode=REGULAR, content=content)


def _of_post(root: Path, name: str) -> tuple[Finding, ...]:
    try:
        post_file.from_text((root / name).read_bytes().decode("utf-8"), name)
    except FileError as fault:
        return tuple(map(from_problem, fault.problems))
    except UnicodeDecodeError:
        return (error(name, "this is not UTF-8", "save it as UTF-8"),)
    return ()


def _milder(remark: Finding) -> Finding:
    return replace(remark, level=Level.WARNING)


def _place(file: Proposed, shown: Mapping[str, str]) -> Iterator[Finding]:
    """Yield an error where no author file expects the picture, or one still does; `shown` is what will be."""
    if file.content is None and file.path in shown:
        yield error(file.path, f"{shown[file.path]} shows this picture", "take its `hackergotchi` out as well")
    elif file.content is not None and file.path not in shown:
        name = file.path.removeprefix("authors/")
        yield error(file.path, "no author file shows this picture", f"add `hackergotchi: {name}` to yours")


def _face(file: Proposed) -> Iterable[Finding]:
    return face(file.path, file.content) if file.content is not None else ()


def _after(base: Mapping[str, bytes], changed: Iterable[Proposed]) -> dict[str, bytes]:
    """Return the base's files with the changes made."""
    files = dict(base)
    for file in changed:
        if file.content is None:
            files.pop(file.path, None)
        else:
            files[file.path] = file.content
    return files


def _judge(
    root: Path,
    settings: Settings,
    files: Mapping[str, bytes | None],
    terms: CheckOptions,
    read_posts: Callable[[], Iterable[Post]] = tuple,
) -> CheckResult:
    """Return the verdict on author files below `root`, by path with what was there before: its feeds are not new."""
    remarks: list[Finding] = []
    subjects: list[Subject] = []
    others = [author for path in sorted((root / "authors").glob("*.yaml")) if (author := _author(path, settings))]
    for name, before in files.items():
        try:
            subjects.append(_subject(root / name, settings, read_posts, before))
        except FileError as fault:
            remarks += map(from_problem, fault.problems)
    for subject in subjects:
        remarks += _compared(subject, others, settings)
    if terms.offline:
        return CheckResult(remarks=in_order(remarks))
    asked = [subject for subject in subjects if subject.author.status == "active"]
    checks = visit_feeds(asked, others, settings.planet.fetch, terms.now)
    return CheckResult(
        remarks=in_order([*remarks, *(remark for check in checks for remark in check.remarks)]),
        feeds=tuple(row for check in checks for row in check.feeds),
        newcomers=tuple(check.newcomer for check in checks if check.newcomer),
    )


def _compared(subject: Subject, others: Iterable[Author], settings: Settings) -> Iterator[Finding]:
    """Hold an author against all others and the planet itself."""
    rest = [other for other in others if other.nick != subject.author.nick]
    itself = Author(nick="planet", name=settings.planet.title, feeds=(), email=ROBOT)
    yield from duplicates(subject.file, subject.author, rest, subject.line)
    yield from same_person(subject.file, subject.author, [*rest, itself], subject.line)
    yield from inside(subject.file, subject.author, settings.planet.fetch, subject.line)


def _author(path: Path, settings: Settings) -> Author | None:
    """Another author, or nothing where that file is wrong: its owner hears of it elsewhere."""
    try:
        return config.read_author(path, settings)
    except FileError:
        return None


def _subject(path: Path, settings: Settings, read_posts: Callable[[], Iterable[Post]], before: bytes | None) -> Subject:
    file = f"authors/{path.name}"
    author = config.read_author(path, settings)
    document = strict_yaml.read_yaml(path.read_bytes().decode("utf-8-sig"), file)
    old = _feeds(before)
    new = tuple(feed for feed in author.feeds if (feed.url, feed.authors) not in old)
    posts = [post for post in read_posts() if post.nick == author.nick] if before and new else []
    return Subject(file=file, author=author, line=document.line, feeds=new, posts=posts)


def _feeds(content: bytes | None) -> set[tuple[str, tuple[str, ...]]]:
    """Return the feeds of an author file, as far as it can be read: each address, and whose entries it takes."""
    try:
        data = strict_yaml.read_yaml((content or b"").decode("utf-8", "replace"), "").value
        return {(str(feed["url"]), tuple(map(str, feed.get("authors", ())))) for feed in data["feeds"]}
    except (AttributeError, FileError, KeyError, TypeError):
        return set()
