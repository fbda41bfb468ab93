"""Move a member to another nick with `rename`: author file, picture, posts and what is remembered, in one commit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from generator import config
from generator.archive import post_file
from generator.archive import tree as archive_tree
from generator.archive.tree import Archive
from generator.errors import PlanetError, RepositoryError
from generator.feeds import Cache, state
from generator.git import MOVED, Commit, Repository, used_nicks
from generator.models import RENAME, Planet, Post
from generator.update.commits import planet_identity

AUTHORS = "authors"


@dataclass(frozen=True, kw_only=True)
class RenameResult:
    """What a rename did."""

    posts: int
    files: tuple[str, ...]
    """Where the author file and the picture are now."""


def rename(root: Path, planet: Planet, old: str, new: str, *, now: datetime) -> RenameResult:
    """Move all that bears the nick `old` to `new`, in one commit by whoever runs this.

    A post keeps the name of its file, its digits and its ids: `former_nick` says under which nick it came. Raises
    PlanetError where nobody has the nick, where the new one is none, and where that is or was somebody else's.
    """
    with Repository(root) as repository:
        if repository.shallow:
            raise RepositoryError("this clone is shallow and cannot tell whose a nick was; run `git fetch --unshallow`")
        repository.prepare(archive_tree.FOLDER)
        tree = archive_tree.read(root)
        posts = [post for post in tree.posts if post.nick == old]
        _check_old(root, planet, tree, old)
        _check_new(root, tree, posts, new)
        authors = dict(_author_files(root, planet, old, new))
        repository.refuse_changes(*authors)
        contents = authors | dict(_post_files(root, posts, old, new))
        robot = planet_identity(planet)
        path, text = next((path, content.decode()) for path, content in contents.items() if content is not None)
        commit = Commit(
            path=path,
            text=text,
            message=_message(old, new, len(posts)),
            author=repository.person or robot,
            written=now,
            files=contents,
        )
        repository.record([commit], committer=robot, now=now, folder=archive_tree.FOLDER, also=authors)
    _move_doubts(root, old, new)
    files = tuple(path for path, content in authors.items() if content is not None)
    return RenameResult(posts=len(posts), files=files)


def _check_old(root: Path, planet: Planet, tree: Archive, nick: str) -> None:
    """Raise PlanetError where nobody has the nick, or a file that bears it is wrong."""
    if not _has_file(root, nick) and not any(post.nick == nick for post in tree.posts):
        raise PlanetError(f"nobody has the nick {nick!r}; look into authors/")
    broken = [str(problem) for problem in tree.problems if problem.file.startswith(f"{archive_tree.FOLDER}/{nick}/")]
    broken += [str(fault) for fault in planet.faults if fault.nick == nick]
    if broken:
        raise PlanetError("\n".join(broken))


def _check_new(root: Path, tree: Archive, posts: Sequence[Post], nick: str) -> None:
    """Raise PlanetError where that can be no nick of the member with these posts."""
    if not config.NICK.fullmatch(nick):
        raise PlanetError(f"{nick!r} cannot be a nick; use 2 to 32 of a-z, 0-9, - and _")
    if nick in config.RESERVED:
        raise PlanetError(f"{nick!r} is a reserved name; choose another nick")
    taken = _has_file(root, nick) or any(post.nick == nick for post in tree.posts)
    back = any(post.former_nick == nick for post in posts)  # to the nick that the member had
    if taken or (not back and nick in used_nicks(root) | archive_tree.nicks(tree.posts)):
        raise PlanetError(f"the nick {nick!r} is or was somebody's; choose another")


def _has_file(root: Path, nick: str) -> bool:
    return bool(config.NICK.fullmatch(nick)) and (root / AUTHORS / f"{nick}.yaml").exists()


def _author_files(root: Path, planet: Planet, old: str, new: str) -> Iterator[tuple[str, bytes | None]]:
    """Yield what becomes of the member's files in authors/, if there are any: contents by path, None for one that
    goes.
    """
    if not _has_file(root, old):
        return
    content = (root / AUTHORS / f"{old}.yaml").read_bytes()
    picture = next((author.hackergotchi for author in planet.authors if author.nick == old), "")
    users = [author.nick for author in planet.authors if author.hackergotchi == picture]
    face = PurePosixPath(picture)
    moved = f"{new}{face.suffix}"
    if face.stem == old and users == [old] and not (root / AUTHORS / moved).exists():
        content = config.edit.pictured(content.decode(), moved, f"{AUTHORS}/{old}.yaml").encode()
        yield f"{AUTHORS}/{new}.yaml", content
        yield f"{AUTHORS}/{moved}", (root / AUTHORS / picture).read_bytes()
        yield f"{AUTHORS}/{picture}", None
    else:
        yield f"{AUTHORS}/{new}.yaml", content
    yield f"{AUTHORS}/{old}.yaml", None


def _post_files(root: Path, posts: Sequence[Post], old: str, new: str) -> Iterator[tuple[str, bytes | None]]:
    for post in posts:
        path = _moved(post.path, old, new)
        first = post.first_nick
        renamed = replace(post, path=path, nick=new, former_nick="" if first == new else first)
        text = post_file.under_nick(archive_tree.text(root, post.path), renamed)
        if path != post.path:
            yield post.path, None
        yield path, text.encode()


def _moved(path: str, old: str, new: str) -> str:
    rest = path.removeprefix(f"{archive_tree.FOLDER}/{old}/")
    return path if rest == path else f"{archive_tree.FOLDER}/{new}/{rest}"


def _message(old: str, new: str, posts: int) -> str:
    count = f"{posts} post{'' if posts == 1 else 's'}"
    folder = archive_tree.FOLDER
    return f"{RENAME} {old} to {new}\n\n{count} with the member.\n\n{MOVED}: {folder}/{old}/ {folder}/{new}/\n"


def _move_doubts(root: Path, old: str, new: str) -> None:
    """What is remembered of feeds is theirs, whoever lists them; only posts that wait are named by their paths."""
    stored = state.load(root)
    feeds = {
        url: replace(feed, doubts=tuple(replace(doubt, path=_moved(doubt.path, old, new)) for doubt in feed.doubts))
        for url, feed in stored.feeds.items()
    }
    if feeds != stored.feeds:
        state.save(root, Cache(commit=stored.commit, feeds=feeds))
