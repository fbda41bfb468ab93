"""What a server says and what a feed holds, before anything of it is recorded: `Feed`, `Entry`, `Response`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.models.planet import FeedSource

DOUBTED_FOR = timedelta(hours=6)
"""How long a text that lost most of its words waits: damage is mended by then, or the author meant it."""
When = datetime | date
"""A moment, or a day where the feed gave no time: the precision is part of the value."""


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
    text: str = ""
    """What it shows or is called: HTML in an entry, one plain line in a post."""
    thumbnail: str = ""
    """Absolute address of a picture of a film or sound, or empty."""

    @property
    def is_picture(self) -> bool:
        """Whether a page shows it as it is."""
        return self.type.startswith("image/")

    @property
    def is_page(self) -> bool:
        """Whether it is no file, but a page that plays one."""
        return self.type == "text/html"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item as the feed tells it today. Texts are as the feed wrote them: hostile until `markup` has cleaned them."""

    guid: str
    """As the feed wrote it; where it gave none, its link if no other has that, else a hash of what it gave."""
    link: str
    """Absolute http(s) address or empty."""
    title: str
    """HTML or text, as the feed wrote it."""
    plain_title: bool = False
    """Whether the title is text by its feed's format: then `<em>` and `&copy;` are what it says."""
    html: str
    """The fullest body that the feed gives: content before summary."""
    base: str
    """What relative addresses in `html` are relative to."""
    nameless: bool = False
    """True where the feed gave no GUID, or for one no more than the address of the blog."""
    summary: str = ""
    """HTML, only where it is something else than `html`."""
    excerpt: bool = False
    """True where the feed says itself that it gives no more than a part."""
    published: When | None = None
    updated: When | None = None
    authors: tuple[str, ...] = ()
    """Names of who wrote it, without mail addresses."""
    tags: tuple[str, ...] = ()
    language: str = ""
    rights: str = ""
    """Of the entry, else of its feed: a text, or the address of a licence."""
    comments: str = ""
    """Absolute address of the discussion, or empty."""
    enclosures: tuple[Enclosure, ...] = ()
    former_title: str | None = None
    """The title as the release before this one read it, in plain text, where that differs: what it recorded is
    recognised by it."""
    former_html: str | None = None
    """The same of the body, as HTML."""
    former_summary: str | None = None
    """The same of the summary."""

    @property
    def identity(self) -> tuple[str, str]:
        """What tells it from the other entries of its feed: its GUID, and its title where it has no GUID."""
        return self.guid, self.title if self.nameless else ""


@dataclass(frozen=True, kw_only=True)
class PollHints:
    """What a feed says of its own rhythm, as it wrote it."""

    ttl: str = ""
    """Minutes (RSS 2.0)."""
    period: str = ""
    """`hourly` to `yearly`; so often in it is the `frequency` (RSS 1.0 syndication)."""
    frequency: str = ""
    skip_hours: tuple[str, ...] = ()
    """Hours of the day in GMT, 0 to 23; some write 24 for 0."""
    skip_days: tuple[str, ...] = ()
    """English names of days, GMT."""
    dates: tuple[datetime, ...] = ()
    """When its newest entries were published, newest first."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A document of entries, newest or oldest first, as its publisher likes."""

    title: str
    link: str
    version: str
    """feedparser's name of the format (`rss20`, `atom10`, …) or `json11`."""
    generator: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    """Names of whose feed it is, as it says itself, without mail addresses."""
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    """What was wrong and borne: plain sentences."""
    older: str = ""
    """Address of the page with the entries before these: RFC 5005 `prev-archive` or `next`, if it tells one."""
    hints: PollHints = PollHints()
    unread_dates: tuple[str, ...] = ()
    """The dates, as written, of entries whose publication cannot be read from them."""
    complete: bool = True
    """False where the document breaks off without its end: nothing is revised from it."""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A post whose feed has taken most of its text away, which is believed only if it still says so hours later."""

    path: str
    digest: str
    """Of the shorter text."""
    since: datetime
    """When that was read first."""

    @property
    def until(self) -> datetime:
        """When a reading may confirm it."""
        return self.since + DOUBTED_FOR


@dataclass(frozen=True, kw_only=True)
class FeedIdentity:
    """What a feed says of itself, to be compared with what it will say."""

    title: str = ""
    generator: str = ""
    language: str = ""
    hosts: tuple[str, ...] = ()
    """Hosts that its entries link to, sorted."""
    entries: str = ""
    """SHA-256 of all that its entries said, in hex."""


@dataclass(frozen=True, kw_only=True)
class FeedFetch:
    """A new body for one feed of an author."""

    source: FeedSource
    response: Response
    before: FeedIdentity
    """What the feed said of itself when it was last believed."""
    older: tuple[Response, ...] = ()
    """Its further pages, where they were asked for."""
    listed: tuple[str, ...] = ()
    """Whose entries the author files take that list the feed; empty where one of them takes all."""


@dataclass(frozen=True, kw_only=True)
class FetchRecord:
    """What became of one feed in one run: what its server answered, and what was taken of that."""

    when: datetime
    status: int
    """Of the last answer; 0 where no server answered."""
    bytes: int = 0
    """Bytes of body received, before decompression."""
    milliseconds: int = 0
    redirects: int = 0
    reason: str = ""
    """Why nothing was taken, in one plain sentence; empty where all was well."""
    notes: tuple[str, ...] = ()
    """What else is to be known: plain sentences."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A feed that gave nothing this time, and why in one plain sentence."""

    feed: str
    nick: str
    """Of its author; where several members list the feed, of all of them, with commas between."""
    reason: str
