"""Find the files of lists (`lists`), and write author files with their pictures (`ready`, `write`)."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from generator import strict_yaml
from generator.config import author_text, hint, schema
from generator.errors import PlanetError
from generator.models import Author, FeedSource
from generator.setup.importers.models import ImportNote

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
_LARGEST = 1024 * 1024
_LIST_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Ready:
    """An author that can be written."""

    author: Author
    text: str
    picture: Path | None


def lists(path: Path) -> list[Path]:
    """Return the file itself, or each regular file of a folder; folders in it are lists of their own."""
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    if not path.is_file():
        raise PlanetError(f"{path}: there is no such file; name the list to import")
    return [path]


def load(path: Path) -> bytes:
    """Return the file's bytes. Raises PlanetError where it is larger than any list of feeds."""
    if path.stat().st_size > _LIST_LARGEST:
        raise PlanetError(f"{path.name}: this is larger than any list of feeds")
    return path.read_bytes()


def ready(authors: Iterable[Author], lists: Sequence[Path], notes: list[ImportNote]) -> Iterator[Ready]:
    """Yield each author with text and picture, as `check` takes them."""
    folders = list(dict.fromkeys(path if path.is_dir() else path.parent for path in lists))
    for author in authors:
        picture = _picture(author, folders, notes)
        own = replace(author, hackergotchi=f"{author.nick}{picture.suffix.lower()}" if picture else "")
        yield _right(own, picture, notes)


def _picture(author: Author, folders: Sequence[Path], notes: list[ImportNote]) -> Path | None:
    """Return where the picture is now; without one, why."""
    reference = author.hackergotchi
    name = PurePosixPath(reference.replace("\\", "/")).name
    if not reference:
        return None
    if reference.startswith(("http:", "https:", "//")):
        why = "pictures lie in authors/; fetch it from where the list says"
        notes.append(ImportNote(what="picture", who=f"{author.nick}: {reference}", why=why))
        return None
    picture = next((path for path in _places(name, folders) if path.is_file() and not path.is_symlink()), None)
    if not picture or picture.suffix.lower() not in _PICTURES or picture.stat().st_size > _LARGEST:
        why = "it is no png, jpg, webp or gif below 1 MB" if picture else "its file does not lie near the list"
        notes.append(ImportNote(what="picture", who=f"{author.nick}: {name}", why=why))
        return None
    notes.append(ImportNote(what="picture", who=name, went="authors/"))
    return picture


def _places(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    """Beside the list, in the folders there, and the same one level up: where planets keep their faces."""
    for folder in dict.fromkeys(near for here in folders for near in (here, here.parent)):
        yield folder / name
        yield from (
            subfolder / name
            for subfolder in sorted(folder.iterdir())
            if subfolder.is_dir() and not subfolder.name.startswith(".")
        )


def _right(author: Author, picture: Path | None, notes: list[ImportNote]) -> Ready:
    """Leave out what `check` would not take: the least that makes an author is right."""
    text = author_text(author)
    faults = list(schema.problems(strict_yaml.read_yaml(text, author.nick).value, "author", "", lambda _: 0))
    if faults:
        notes += [ImportNote(what="key", who=author.nick, why=fault.reason) for fault in faults]
        feeds = tuple(FeedSource(url=feed.url, editions=feed.editions) for feed in author.feeds)
        author = Author(nick=author.nick, name=author.name, feeds=feeds, status=author.status)
    return Ready(author=author, text=author_text(author), picture=None if faults else picture)


def write(root: Path, item: Ready) -> None:
    """The author's file and picture, each only where there is none yet."""
    folder = root / "authors"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{item.author.nick}.yaml").open("x", encoding="utf-8") as file:
        file.write(hint(root) + item.text)
    if item.picture and not (folder / item.author.hackergotchi).exists():
        shutil.copyfile(item.picture, folder / item.author.hackergotchi)
