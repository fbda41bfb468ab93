"""The nouns: what travels from one room to the next. Every datetime is aware and in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

ROBOT = "planet@planet.invalid"
"""Mail address of the committer of every commit that the planet makes, by which the log tells it from people."""
When = datetime | date
"""A moment, or a day where the feed gave no time: the precision is part of the value."""


@dataclass(frozen=True, kw_only=True)
class FeedSource:
    """One feed of an author, as the author file tells it."""

    url: str
    editions: tuple[str, ...]
    """Keys of the editions it belongs to; a file that names none means all of them."""
    include: tuple[str, ...] = ()
    """Regular expressions; where there are any, one must match the title, text or tags of an entry."""
    exclude: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags that every post of this feed gets."""
    language: str = ""
    full: bool = True
    """False keeps excerpts only."""
    trust: tuple[str, ...] = ()
    """Entry fields of this feed to ignore (`updated`, `published`, `guid`, `language`, `title`, `tags`)."""


@dataclass(frozen=True, kw_only=True)
class Author:
    """A member: one file `authors/<nick>.yaml`."""

    nick: str
    name: str
    feeds: tuple[FeedSource, ...]
    homepage: str = ""
    """The file's, else the planet's pattern filled with the nick, else empty; so is `bugs`."""
    bugs: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    hackergotchi: str = ""
    """Name of an image file in `authors/`."""
    github: str = ""
    email: str = ""
    language: str = ""
    timezone: str = ""
    about: str = ""
    """Markdown, written by the author into the author file."""
    status: str = "active"
    """`active`, `paused` (not fetched for a while) or `retired` (not fetched; posts stay)."""
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class EditionFilter:
    """Which posts an edition shows, among those whose feed belongs to it."""

    languages: tuple[str, ...] = ()
    """Primary language subtags (`en`); empty means all, and a post of unknown language always passes."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One front page with its own feeds."""

    key: str
    title: str
    path: str
    """Folder below the site's root, without slashes at the ends; empty for the root itself."""
    welcome: str = ""
    """Markdown shown on top of the front page."""
    filter: EditionFilter = EditionFilter()


@dataclass(frozen=True, kw_only=True)
class FetchSettings:
    """How the planet calls on other people's servers."""

    user_agent: str = "gitplanet"
    allow_networks: tuple[str, ...] = ()
    """Private networks in CIDR notation that may be reached, at any port. Never from authors/."""
    timeout: float = 30.0
    """Seconds that one feed may take in all, redirects included."""
    run_timeout: float = 900.0
    """Seconds that all feeds of a run may take together."""
    max_bytes: int = 10 * 1024 * 1024
    """Largest decoded body that is read."""
    parallel: int = 32
    """Feeds fetched at once."""


@dataclass(frozen=True, kw_only=True)
class Planet:
    """The whole: settings and members."""

    title: str
    url: str
    """Where the site lives: absolute, ends in a slash."""
    timezone: str
    editions: tuple[Edition, ...]
    authors: tuple[Author, ...]
    """Sorted by nick."""
    disclaimer: str = ""
    """Markdown."""
    contact: str = ""
    """URL or mail address of the people who keep the planet."""
    source: str = ""
    """URL of the planet's repository on a forge, for links to the history of a post; may be empty."""
    licence: str = ""
    per_page: int = 50
    fetch: FetchSettings = FetchSettings()


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What a server wants to hear again, byte for byte: RFC 9110 §8.8."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a server said about one feed address, after redirects."""

    url: str
    """The address asked for."""
    final_url: str
    moved_to: str = ""
    """Where every hop so far said *permanently* (301, 308), else empty."""
    status: int
    """200 with a body, or 304 without one."""
    headers: Mapping[str, str]
    """Lower-case names; repeated ones joined by a comma."""
    body: bytes = b""
    wire_bytes: int = 0
    """Bytes of body received, before decompression."""
    requests: int = 1
    """Requests made, redirects included."""
    milliseconds: int = 0

    @property
    def validators(self) -> Validators:
        """Both together, as this response gave them; what is absent is dropped."""
        return Validators(etag=self.headers.get("etag", ""), last_modified=self.headers.get("last-modified", ""))


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file that comes with an entry: a podcast's sound, an attached picture."""

    url: str
    type: str = ""
    length: int = 0
    """Bytes, 0 where unknown."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item as the feed tells it today. Texts are as the feed wrote them: hostile until `markup` has cleaned them."""

    guid: str
    """As the feed wrote it; where it gave none, its link, else a hash of what it gave."""
    link: str
    """Absolute http(s) address or empty."""
    title: str
    """HTML or text, as the feed wrote it."""
    html: str
    """The fullest body that the feed gives: content before summary."""
    base: str
    """What relative addresses in `html` are relative to."""
    summary: str = ""
    """HTML, only where it is something else than `html`."""
    excerpt: bool = False
    """True where the feed says itself that it gives no more than a part."""
    published: When | None = None
    updated: When | None = None
    author: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    rights: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A document of entries, newest or oldest first, as its publisher likes."""

    title: str
    link: str
    version: str
    """feedparser's name of the format (`rss20`, `atom10`, …) or `json11`."""
    generator: str = ""
    language: str = ""
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    """What was wrong and borne: plain sentences."""
    older: str = ""
    """Address of the page with the entries before these: RFC 5005 `prev-archive` or `next`, if it tells one."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """An item as the repository keeps it: one file below posts/."""

    path: str
    """Relative to the root, with forward slashes. Chosen once."""
    nick: str
    author: str
    title: str
    """One line of printable text; empty where the author gave none."""
    date: When
    updated: When | None = None
    canonical_url: str = ""
    guid: str = ""
    """Empty for a post that a person wrote into posts/ by hand."""
    former_guids: tuple[str, ...] = ()
    """Other GUIDs that its feeds use or used for it."""
    also_at: tuple[str, ...] = ()
    """Addresses where another author tells the same post."""
    tags: tuple[str, ...] = ()
    lang: str = ""
    description: str = ""
    """The first plain sentences, or the feed's own summary."""
    excerpt: bool = False
    """True where the feed gave only a part: the page says "Continue reading"."""
    editions: tuple[str, ...] = ()
    """Keys; empty means all."""
    feed: str = ""
    rights: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    first_seen: datetime | None = None
    digest: str = ""
    withdrawn: datetime | None = None
    reason: str = ""
    body: str = ""
    """Markdown of record."""


class Kind(StrEnum):
    """What a change does to a post."""

    ADD = "Add"
    REVISE = "Revise"
    WITHDRAW = "Withdraw"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A post to be written and what it replaces."""

    kind: Kind
    post: Post
    before: Post | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """One file of the site: a template and the names that it shows."""

    path: str
    """Relative to the site's root: `index.html`, `universe/atom.xml`."""
    template: str
    names: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A feed that gave nothing this time, and why in one plain sentence."""

    feed: str
    nick: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """What became of one feed in one run: exactly one of a response and a failure."""

    source: FeedSource
    nick: str
    response: Response | None = None
    failure: Failure | None = None
