"""Import other planets' lists as author files with `bring`, and yield a table of what was carried over and what not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import check, config
from generator.errors import PlanetError
from generator.models import Author, Planet, url_key
from generator.setup.importers import files, settings
from generator.setup.importers.authors import gather
from generator.setup.importers.detect import read
from generator.setup.importers.models import FeedList, ImportNote
from generator.setup.importers.report import table

__all__ = ["Source", "bring", "read", "source"]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A list, or a folder of lists, whose feeds belong to one edition, or to all where none is named."""

    path: Path
    edition: str = ""


def source(text: str) -> Source:
    """`[EDITION=]FILE` of the command line; a file whose name has that form goes by its name."""
    key, separator, path = text.partition("=")
    if separator and re.fullmatch(r"[a-z0-9-]{1,32}", key) and not Path(text).exists():
        return Source(path=Path(path), edition=key)
    return Source(path=Path(text))


Read = list[tuple[Source, list[FeedList]]]


def bring(root: Path, sources: Sequence[Source], *, disabled: bool = False, dry_run: bool = False) -> Iterator[str]:
    """Write author files, and settings where there are none yet; yield the lines that tell what became of all.

    Nothing that exists is overwritten. `disabled` takes the members that are commented out too, as paused authors.
    Where no list has a member, nothing is written, and a PlanetError says so after the lines.
    """
    planet = config.load(root) if (root / settings.FILE).is_file() else None
    _check_editions(sources, planet)
    lists: Read = [(source, list(_rolls(source))) for source in sources]
    notes = [note for _source, rolls in lists for roll in rolls for note in roll.notes]
    gathered = gather(_members(lists, disabled, notes), planet.authors if planet else ())
    undone = {(note.what, note.who) for note in gathered.notes}
    notes = [note for note in notes if not (note.went and (note.what, note.who) in undone)] + list(gathered.notes)
    by_edition = [(source.edition, roll) for source, rolls in lists for roll in rolls]
    text = "" if planet else settings.new(by_edition, notes)
    notes += settings.differences(by_edition, planet) if planet else []
    ready = list(files.ready(gathered.authors, [source.path for source in sources], notes))
    is_empty = not any(roll.authors or roll.asides for _source, rolls in lists for roll in rolls)
    if not dry_run and not is_empty:
        _write(root, text, ready)
    yield from map(_line, lists)
    yield from (f"warning: {remark}" for remark in check.returning(root, (item.author.nick for item in ready)))
    yield from table([*_carried([item.author for item in ready]), *notes])
    if is_empty:
        raise PlanetError("no member with a feed was found, and nothing was written; say which list has them")


def _line(read_: tuple[Source, list[FeedList]]) -> str:
    source, rolls = read_
    members = sum(len(roll.authors) for roll in rolls)
    shape = f"{len(rolls)} files" if source.path.is_dir() else rolls[0].shape
    return f"{source.path}: {shape}, {members} member{'' if members == 1 else 's'}"


def _carried(authors: Sequence[Author]) -> Iterator[ImportNote]:
    yield from (ImportNote(what="author", who=author.nick, went="authors/<nick>.yaml") for author in authors)
    yield from (ImportNote(what="feed", who=author.nick, went="feeds") for author in authors for _feed in author.feeds)


def _rolls(source: Source) -> Iterator[FeedList]:
    """Yield each list of a source; in a folder, what is no list is told and left, and a file's name is a nick."""
    folder = source.path.is_dir()
    for path in files.lists(source.path):
        try:
            roll = read(files.load(path), path.name)
        except PlanetError as error:
            if not folder:
                raise
            roll = FeedList(shape="", authors=(), notes=(ImportNote(what="file", who=path.name, why=str(error)),))
        if folder and len(roll.authors) == 1 and not roll.authors[0].nick:
            roll = replace(roll, authors=(replace(roll.authors[0], nick=path.stem),))
        yield roll


def _check_editions(sources: Sequence[Source], planet: Planet | None) -> None:
    keys = [edition.key for edition in planet.editions] if planet else []
    for source in sources:
        if planet and source.edition and source.edition not in keys:
            remedy = f"write one of {', '.join(keys)}, or add it to {settings.FILE}"
            raise PlanetError(f"there is no edition {source.edition!r}; {remedy}")


def _members(lists: Read, disabled: bool, notes: list[ImportNote]) -> Iterator[tuple[str, Author]]:
    live = {url_key(author.feeds[0].url) for _source, rolls in lists for roll in rolls for author in roll.authors}
    for source, rolls in lists:
        yield from ((source.edition, author) for roll in rolls for author in roll.authors)
        for author in (author for roll in rolls for author in roll.asides):
            if url_key(author.feeds[0].url) in live:
                continue  # another section has the feed
            if disabled:
                yield source.edition, replace(author, status="paused")
                notes.append(ImportNote(what="section that is commented out", who=author.name, went="status: paused"))
            else:
                why = "it is commented out; --disabled takes these as paused authors"
                notes.append(ImportNote(what="section", who=author.feeds[0].url, why=why))


def _write(root: Path, text: str, ready: Sequence[files.Ready]) -> None:
    root.mkdir(parents=True, exist_ok=True)
    if text:
        (root / settings.FILE).write_text(text, "utf-8")
    for item in ready:
        files.write(root, item)
