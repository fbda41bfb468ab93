"""What feedparser does with an element of an entry, and beside it a note of what it mixes up: `EntryHandlers`.

feedparser keeps a text of `media:description` as if it were the entry's own, and all files in one list. Here each text
is noted under the name of what it is, and each file with what is said of it (https://www.rssboard.org/media-rss).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from feedparser.mixin import _FeedParserMixin

MOST = 50
"""Texts of one name, and files and pictures in one place, that are noted: each may be compared with all others."""
Part = Mapping[str, Any]
"""A text as feedparser has it: `value`, `type`, `base`, `language`, and `src` where it is elsewhere."""


@dataclass
class MediaScope:
    """What holds for a file (`media:content`), for a group of versions of it, or for the whole entry."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    """Of `media:content`."""
    is_group: bool = False
    title: Part = field(default_factory=dict)
    description: Part = field(default_factory=dict)
    thumbnails: list[Mapping[str, str]] = field(default_factory=list)
    """Attributes of each."""
    player: str = ""
    """Address of a page that plays it."""
    inner: list["MediaScope"] = field(default_factory=list)


@dataclass
class EntryParts:
    """The texts and files of one entry."""

    is_atom: bool
    """Whether it is an `entry` rather than an `item`: its texts say what they are."""
    texts: dict[str, list[Part]] = field(default_factory=dict)
    """By `title`, `content`, `summary` (descriptions of all kinds) and `subtitle`, in their order."""
    media: MediaScope = field(default_factory=MediaScope)

    def own(self, role: str) -> list[Part]:
        """Return the entry's own texts of that name."""
        return self.texts.get(role, [])


class EntryHandlers(_FeedParserMixin):  # type: ignore[misc]  # feedparser has no types
    """The handlers of feedparser's parsers, by the names of elements; each entry gets its `EntryParts` as `parts`."""

    # A GUID is a name, not an address: feedparser would rewrite it by the document's xml:base, which may change.
    can_be_relative_uri = _FeedParserMixin.can_be_relative_uri - {"id"}

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._role = ""
        """What the text that begins next is, where its tag does not say so."""
        self._current = ""
        """The same of the text that is being read."""
        self._scopes: list[MediaScope] = []
        """The media elements that are open, the entry itself first."""

    def _start_item(self, attributes: Any) -> None:
        super()._start_item(attributes)
        self._begin(is_atom=False)

    def _start_entry(self, attributes: Any) -> None:
        super()._start_item(attributes)
        self._begin(is_atom=True)

    def _begin(self, *, is_atom: bool) -> None:
        parts = EntryParts(is_atom=is_atom)
        self.entries[-1]["parts"] = parts
        self._scopes = [parts.media]

    def _end_item(self) -> None:
        entry = self.entries[-1] if self.inentry else {}
        super()._end_item()
        if "dc_date" in entry and "revised" in entry:  # feedparser has one name for both
            entry["updated"] = entry["revised"]
            entry.setdefault("published", entry["dc_date"])

    _end_entry = _end_item

    def _end_updated(self) -> None:
        super()._end_updated()
        self._date("revised")

    def _end_dc_date(self) -> None:
        super()._end_updated()
        self._date("dc_date")

    def _date(self, name: str) -> None:
        if self._scope() and "updated" in self.entries[-1]:
            self.entries[-1][name] = self.entries[-1]["updated"]

    def _scope(self) -> MediaScope | None:
        """Return what a media element belongs to; nothing where that is a person, a source or the feed."""
        stands = self.inentry and self._scopes and not (self.insource or self.inauthor or self.incontributor)
        return self._scopes[-1] if stands else None

    def _start_as(self, role: str, start: Callable[[Any], None], attributes: Any) -> None:
        """Begin a text under a name of its own, unless it has one."""
        self._role = self._role or role
        start(attributes)
        self._role = ""

    def _start_description(self, attributes: Any) -> None:
        self._start_as("summary", super()._start_description, attributes)

    def _start_abstract(self, attributes: Any) -> None:
        self._start_as("summary", super()._start_abstract, attributes)

    def _start_summary(self, attributes: Any) -> None:
        self._start_as("summary", super()._start_summary, attributes)

    def _start_media_description(self, attributes: Any) -> None:
        self._start_as("media description", super()._start_media_description, attributes)

    def _start_media_title(self, attributes: Any) -> None:
        self._start_as("media title", super()._start_media_title, attributes)

    def push_content(self, tag: str, attributes: Any, *rest: Any) -> None:
        """Begin a text."""
        self._current, self._role = self._role or tag, ""
        super().push_content(tag, attributes, *rest)

    def pop_content(self, tag: str) -> Any:
        """End a text, as feedparser does, and note it."""
        value = self.pop(tag)
        scope = self._scope()
        part = {**self.contentparams, "value": value}
        if scope and isinstance(value, str):
            self._note(self._current, part, scope)
        self.incontent -= 1
        self.contentparams.clear()
        return value

    def _note(self, role: str, part: Part, scope: MediaScope) -> None:
        texts = self.entries[-1]["parts"].texts.setdefault(role, [])
        if role == "media title":
            scope.title = scope.title or part
        elif role == "media description":
            scope.description = scope.description or part
        elif len(texts) < MOST:
            texts.append(part)

    def _start_media_group(self, attributes: Any) -> None:
        super()._start_media_group(attributes)
        self._open(MediaScope(is_group=True), outermost=True)

    def _end_media_group(self) -> None:
        del self._scopes[1:]

    def _start_media_content(self, attributes: Any) -> None:
        super()._start_media_content(attributes)
        self._open(MediaScope(attributes=attributes), outermost=False)

    def _end_media_content(self) -> None:
        self._close_file()

    def _close_file(self) -> None:
        if len(self._scopes) > 1 and not self._scopes[-1].is_group:
            self._scopes.pop()

    def _open(self, scope: MediaScope, *, outermost: bool) -> None:
        """Begin a file or group: a file holds no other, and a group no other group, whatever lacks its end."""
        if self._scope() is None:
            return
        self._close_file()
        if outermost:
            del self._scopes[1:]
        if len(self._scopes[-1].inner) < MOST:
            self._scopes[-1].inner.append(scope)
        self._scopes.append(scope)

    def _start_media_thumbnail(self, attributes: Any) -> None:
        super()._start_media_thumbnail(attributes)
        scope = self._scope()
        if scope and len(scope.thumbnails) < MOST:
            scope.thumbnails.append(attributes)

    def _start_media_player(self, attributes: Any) -> None:
        super()._start_media_player(attributes)
        if scope := self._scope():
            scope.player = scope.player or attributes.get("url", "")
