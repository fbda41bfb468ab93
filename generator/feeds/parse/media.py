"""Read the files that come with an entry (`enclosures`), without portraits, logos and what nobody can play."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from generator import markup
from generator.feeds.parse.handlers import EntryParts, MediaScope, Part
from generator.feeds.parse.values import text
from generator.models import Enclosure, Entry, safe_url

MOST = 20
"""Files of one entry."""
_LOGO = 3
"""Entries of one feed with the same picture: it is no picture of a post."""
_MIME = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,80}")
_MEDIA = ("image", "audio", "video")
_PLAYED = ("audio/", "video/")
_VAGUE = ("", "application/octet-stream", "binary/octet-stream")
_TYPES = {
    **{suffix: f"image/{suffix}" for suffix in ("avif", "gif", "jpeg", "png", "webp")},
    **{suffix: f"video/{suffix}" for suffix in ("mp4", "webm")},
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "svg": "image/svg+xml",
}
"""By the suffix of a file's name."""
_FLASH = re.compile(r"\.swf(?:[?#]|$)|//(?:www\.)?youtube(?:-nocookie)?\.com/v/", re.IGNORECASE)
_FLASH_TYPE = re.compile(r"application/(?:x-shockwave-flash|futuresplash)", re.IGNORECASE)
_FACES = re.compile(r"(?:[a-z]+_)?(?:bl|gr|libr|un)?avatars?\d*|profile_images|userimage", re.IGNORECASE)
"""A label of a host, or a folder, that holds portraits."""
_FACE = re.compile(r"avatar_[\da-f]{8,}_\d+\.\w+|favicon[\w.-]*|[\w.-]+\.ico", re.IGNORECASE)
"""The name of a file that shows a person or a blog."""
_NUMBER = re.compile(r"\d{1,15}")


@dataclass(frozen=True, kw_only=True)
class _Version:
    """A file, and how it stands beside other versions of it."""

    file: Enclosure
    is_default: bool = False
    size: int = 0
    """Pixels."""

    @property
    def kind(self) -> str:
        """What it is a version of, within its group."""
        return self.file.type.partition("/")[0]


def enclosures(item: Any, parts: EntryParts, page: str) -> tuple[Enclosure, ...]:
    """Return the files of an entry, each once, at most 20 of them; `page` is the entry's own address.

    Of a group, whose files are versions of one another, there is one of each kind. Where only a page plays a film, that
    page is the file, if there is a picture of the film.
    """
    outer = [*(item.get("enclosures") or ()), *(part for part in parts.own("content") if _is_elsewhere(part))]
    files = [_version(part, (), page) for part in outer]
    whole = (parts.media,) if len(parts.media.inner) == 1 else ()
    for scope in parts.media.inner:
        files += _versions(scope, page) if scope.is_group else [_version(scope.attributes, (scope, *whole), page)]
    distinct = _distinct(version for version in files if version)
    scopes = [parts.media, *_all(parts.media.inner)]
    thumbnail = _thumbnail(scopes, page)
    if any(file.type.startswith(_PLAYED) for file in distinct):
        return _with_thumbnail(distinct, thumbnail)[:MOST]
    player = next((scope.player for scope in scopes if scope.player), "")
    is_film = player or any(scope.is_group and not scope.inner for scope in scopes)
    if not is_film and not any(map(_is_flash, (*outer, *(scope.attributes for scope in scopes)))):
        return distinct[:MOST]
    address = page or safe_url("" if _FLASH.search(player) else player)
    return (*_film(address, scopes, thumbnail), *distinct)[:MOST]


def _film(page: str, scopes: Iterable[MediaScope], thumbnail: str) -> tuple[Enclosure, ...]:
    title = next((scope.title for scope in scopes if scope.title), {})
    return (
        (Enclosure(url=page, type="text/html", text=_html(title), thumbnail=thumbnail),) if page and thumbnail else ()
    )


def _is_elsewhere(part: Part) -> bool:
    """Return whether a content is a file (https://www.rfc-editor.org/rfc/rfc4287#section-4.1.3.2)."""
    return "src" in part and text(part, "type") != "text/html"


def _all(scopes: Iterable[MediaScope]) -> list[MediaScope]:
    """Return groups and files, with the files in groups."""
    return [inner for scope in scopes for inner in (scope, *scope.inner)]


def _versions(group: MediaScope, page: str) -> list[_Version | None]:
    """Return the best of each kind in a group: its default, else the largest picture, else the first."""
    best: dict[str, _Version] = {}
    for scope in group.inner:
        version = _version(scope.attributes, (scope, group), page)
        if version is None:
            continue
        other = best.setdefault(version.kind, version)
        if (version.is_default, version.size) > (other.is_default, other.size) and (
            version.is_default or version.kind == "image"
        ):
            best[version.kind] = version
    return list(best.values())


def _version(attributes: Mapping[str, Any], scopes: Sequence[MediaScope], page: str) -> _Version | None:
    """Return the file that attributes of any of the formats tell, or None where it is none to be shown.

    What is said of it stands in the scopes, the nearest first.
    """
    url = next(filter(None, (text(attributes, name) for name in ("href", "url", "src"))), "")
    width, height = (_number(text(attributes, name)) for name in ("width", "height"))
    file = attachment(
        safe_url(url, base=page),
        media_type=text(attributes, "type") or text(attributes, "medium"),
        length=_number(text(attributes, "length") or text(attributes, "filesize")),
        words=escape(text(attributes, "title"), quote=False),
    )
    if file is None or (width, height) == (1, 1):
        return None
    titles = [title for scope in scopes if (title := _html(scope.title)) and not _is_name(title, file.url)]
    descriptions = [_html(scope.description) for scope in scopes]
    words = (*descriptions, *titles) if file.is_picture else (*titles, *descriptions)
    file = replace(
        file,
        text=next(filter(None, words), file.text),
        thumbnail="" if file.is_picture else _thumbnail(scopes, page),
    )
    is_default = text(attributes, "isdefault").lower() == "true"
    return _Version(file=file, is_default=is_default, size=max(width, 1) * max(height, 1))


def attachment(url: str, *, media_type: str, length: int, words: str) -> Enclosure | None:
    """Return the file at an absolute address; None for portraits, Flash and where there is no address.

    `media_type` may be the name of a medium; `words` are HTML.
    """
    kind = _type(media_type, url)
    if not url or _is_face(url) or _is_flash({"url": url, "type": kind}):
        return None
    return Enclosure(url=url, type=kind, length=length, text=words)


def _type(name: str, url: str) -> str:
    """Return the media type of a file, by the suffix of its name where the feed says nothing that means a type."""
    declared = name if _MIME.fullmatch(name) else ""
    if declared.lower() not in _VAGUE:
        return declared
    suffix = urlsplit(url).path.rpartition(".")[2].lower()
    medium = name.lower() if name.lower() in _MEDIA else ""
    guessed = _TYPES.get(suffix, "")
    return guessed if guessed.startswith(medium) and guessed else f"{medium}/*" if medium else declared


def _is_flash(attributes: Mapping[str, Any]) -> bool:
    url = text(attributes, "url") or text(attributes, "href")
    return bool(_FLASH_TYPE.match(text(attributes, "type")) or _FLASH.search(url))


def _is_face(url: str) -> bool:
    """Return whether a picture lies where portraits lie. The name of a file may be that of a film."""
    address = urlsplit(url)
    *folders, name = address.path.split("/")
    return any(map(_FACES.fullmatch, (*address.netloc.split("."), *folders))) or _FACE.fullmatch(name) is not None


def _thumbnail(scopes: Iterable[MediaScope], page: str) -> str:
    """Return the address of the largest picture of a film that is told where one is told first; else nothing."""
    for scope in scopes:
        sizes: dict[str, int] = {}
        for attributes in scope.thumbnails:
            url = safe_url(text(attributes, "url"), base=page)
            if url and not _is_face(url):
                width, height = (_number(text(attributes, name)) for name in ("width", "height"))
                sizes[url] = max(width, 1) * max(height, 1)
        if sizes:
            return max(sizes, key=lambda url: sizes[url])
    return ""


def _with_thumbnail(files: Sequence[Enclosure], thumbnail: str) -> tuple[Enclosure, ...]:
    """Return the files, the first film or sound with the entry's own picture, unless that is among the files."""
    shown = {markup.picture_key(file.url) for file in files if file.is_picture}
    bare = next((file for file in files if file.type.startswith(_PLAYED) and not file.thumbnail), None)
    if bare is None or not thumbnail or markup.picture_key(thumbnail) in shown:
        return tuple(files)
    return tuple(replace(file, thumbnail=thumbnail) if file is bare else file for file in files)


def _distinct(files: Iterable[_Version]) -> tuple[Enclosure, ...]:
    """Return each file once, with all that is told of it; of the sizes of one picture the largest."""
    by_key: dict[str, _Version] = {}
    for version in files:
        is_picture = version.file.is_picture
        key = markup.picture_key(version.file.url) if is_picture else version.file.url
        first = by_key.setdefault(key, version)
        best, other = (version, first) if is_picture and version.size > first.size else (first, version)
        file = replace(
            best.file,
            length=best.file.length or (other.file.length if other.file.url == best.file.url else 0),
            text=best.file.text or other.file.text,
            thumbnail=best.file.thumbnail or other.file.thumbnail,
        )
        by_key[key] = replace(best, file=file)
    return tuple(version.file for version in by_key.values())


def _html(part: Part) -> str:
    value = text(part, "value")
    return escape(value, quote=False) if text(part, "type") == "text/plain" else value


def _is_name(title: str, url: str) -> bool:
    """Return whether a title is no more than the name of the file."""
    name, letters = (
        "".join(filter(str.isalnum, unescape(words))).casefold() for words in (url.rpartition("/")[2], title[:300])
    )
    return letters in name


def _number(digits: str) -> int:
    return int(digits) if _NUMBER.fullmatch(digits) else 0


def without_logos(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries without pictures that several of a feed have: they are the blog's, or a person's."""
    counts = Counter(
        url for entry in entries for url in {picture for file in entry.enclosures for picture in _shown(file)}
    )
    logos = {url for url, count in counts.items() if count >= _LOGO}
    return [_without(entry, logos) if logos else entry for entry in entries]


def _shown(file: Enclosure) -> tuple[str, ...]:
    return tuple(filter(None, (file.url if file.is_picture else "", file.thumbnail)))


def _without(entry: Entry, logos: set[str]) -> Entry:
    left = (
        replace(file, thumbnail="") if file.thumbnail in logos else file
        for file in entry.enclosures
        if file.url not in logos
    )
    return replace(entry, enclosures=tuple(file for file in left if not file.is_page or file.thumbnail))
