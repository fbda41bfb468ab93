"""The planet and its members, as settings and author files describe them: `Planet`, `Author`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NICK = r"[a-z0-9](?:[a-z0-9]|[_-](?=[a-z0-9])){1,31}"
"""What a nick looks like, as a regular expression: 2 to 32 characters, in the name of a file and of a folder."""
EntryPattern = str | Mapping[str, str]
"""As an author file has it: a regular expression over title, text and tags, or a map from one field to one."""


@dataclass(frozen=True, kw_only=True)
class FeedSource:
    """One feed of an author, as the author file tells it."""

    url: str
    editions: tuple[str, ...]
    """Keys of the editions it belongs to; a file that names none means all of them."""
    authors: tuple[str, ...] = field(default=(), repr=False)
    """Names: only entries by one of them are taken; empty takes all. Like `fault`, not in the repr, of which
    `feeds.json` holds a hash: an upgrade of the program is no reason to read all feeds anew."""
    include: tuple[EntryPattern, ...] = ()
    """Where there are any, one must match an entry."""
    exclude: tuple[EntryPattern, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags that every post of this feed gets."""
    language: str = ""
    full: bool = True
    """False keeps excerpts only."""
    trust: tuple[str, ...] = ()
    """Entry fields of this feed to ignore (`updated`, `published`, `guid`, `language`, `title`, `tags`, `author`)."""
    fault: str = field(default="", repr=False)
    """Why it cannot be read as its author file has it: a pattern that cannot be used would let too much through."""


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
    github_id: int = 0
    """The number of the account, which nobody else ever gets; 0 where the file does not tell it."""
    email: str = ""
    language: str = ""
    timezone: str = ""
    about: str = ""
    """Markdown, written by the author into the author file."""
    status: str = "active"
    """`active`, `paused` (not fetched for a while) or `retired` (not fetched; posts stay)."""
    licence: str = ""
    fault: str = ""
    """What is wrong with the file today, where its last valid version stands here: nothing is fetched then."""

    @property
    def is_read(self) -> bool:
        """Whether the planet asks the feeds."""
        return self.status == "active" and not self.fault


@dataclass(frozen=True, kw_only=True)
class AuthorFault:
    """What is wrong with an author file: it costs that author, and nobody else."""

    nick: str
    file: str
    line: int
    """Counted from 1; 0 where no line can be named."""
    reason: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """A member, and the feed as that member's file lists it. Several members may list one address."""

    author: Author
    source: FeedSource


def subscriptions(authors: Iterable[Author]) -> dict[str, tuple[Subscription, ...]]:
    """Return by address of each feed who lists it, authors and feeds in their order."""
    by_url: dict[str, list[Subscription]] = {}
    for author in authors:
        for source in author.feeds:
            by_url.setdefault(source.url, []).append(Subscription(author=author, source=source))
    return {url: tuple(listed) for url, listed in by_url.items()}


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
    language: str = ""
    """Of the interface; empty means the planet's."""
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
    read_timeout: float = 60.0
    """Seconds in which what an author's servers answered must be read and planned."""
    read_memory: int = 2 * 1024**3
    """Bytes of address space for that, in a process of its own."""
    reading_timeout: float = 300.0
    """Seconds in which all that a run was answered must be read, from the last answer on."""


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
    faults: tuple[AuthorFault, ...] = ()
    """Of author files, where the planet was loaded all the same."""
    disclaimer: str = ""
    """Markdown."""
    contact: str = ""
    """URL or mail address of the people who keep the planet."""
    source: str = ""
    """URL of the planet's repository on a forge, for links to the history of a post; may be empty."""
    licence: str = ""
    language: str = "en"
    """Of the interface: the name of a catalogue of texts."""
    updates: int = 60
    """Minutes from one run to the next, as readers are told."""
    per_page: int = 50
    fetch: FetchSettings = FetchSettings()

    @property
    def spoken(self) -> set[str]:
        """The languages of the interface."""
        return {self.language, *(edition.language or self.language for edition in self.editions)}
