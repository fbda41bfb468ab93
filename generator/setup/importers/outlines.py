"""Read an OPML list (`opml`) or a FOAF roll (`foaf`) as a `FeedList`. Pure.

Read with the parser of HTML that forgives: lists in the wild are broken, their attributes change case, and no entity is
ever expanded. listparser reads the same way, but drops a member's homepage, language and categories.
"""

from collections.abc import Mapping
from html.parser import HTMLParser

from generator.models import Author
from generator.setup.importers.member import ListedMember
from generator.setup.importers.models import FeedList, ImportNote
from generator.setup.importers.own_names import with_own_names

_NAMESPACES = {
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://purl.org/rss/1.0/": "rss",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://blogs.yandex.ru/schema/foaf/": "ya",
}
_HEAD = ("title", "ownername", "owneremail", "ownerid")
_SAID = ("type", "version", "url", "created", "id")
"""What an outline says of itself, not of its author."""


class _Reader(HTMLParser):
    """Collects members and notes; `texts` holds what the head says."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.authors: list[Author] = []
        self.notes: list[ImportNote] = []
        self.texts: dict[str, str] = {}
        self.reading = ""

    def handle_data(self, data: str) -> None:
        if self.reading:
            self.texts[self.reading] = self.texts.get(self.reading, "") + data

    def take(self, words: Mapping[str, str], who: str) -> None:
        """One member in the list's words."""
        member = ListedMember(words, who)
        author = member.author()
        self.authors += [author] if author else []
        self.notes += member.notes


class _Outlines(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.folders: list[str] = []
        self.members: list[tuple[dict[str, str], str]] = []
        """The words of each, and what it is called in notes."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.reading = tag if tag in _HEAD else ""
        if tag == "outline":
            attributes = {name: (value or "").strip() for name, value in attrs}
            self.folders.append(
                "" if "xmlurl" in attributes else attributes.get("text") or attributes.get("title") or ""
            )
            self._outline(attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.reading = ""
        if tag == "outline" and self.folders:
            self.folders.pop()

    def _outline(self, attributes: Mapping[str, str]) -> None:
        who = attributes.get("text") or attributes.get("title") or attributes.get("xmlurl") or "an outline"
        kind = attributes.get("type", "").lower()
        if attributes.get("xmlurl") and kind != "source":
            folder = "/".join(name for name in self.folders if name)
            words = {name: value for name, value in attributes.items() if name not in _SAID}
            self.members.append((words | ({"folder": folder} if folder else {}), who))
        elif kind in ("link", "include", "source"):
            where = attributes.get("xmlurl") or attributes.get("url") or "no address"
            self.notes.append(ImportNote(what="list", who=who, why=f"another list ({where}): import it by itself"))
        elif "xmlurl" in attributes or attributes.get("htmlurl"):
            self.notes.append(
                ImportNote(what="feed", who=who, why="there is no feed's address; try `gitplanet add` on it")
            )


class _Friends(_Reader):
    """FOAF: agents, each with a name and weblogs, which name their feeds; agents may stand in one another."""

    def __init__(self) -> None:
        super().__init__()
        self.prefixes: dict[str, str] = {}
        self.agents: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: (value or "").strip() for name, value in attrs}
        for name, uri in attributes.items():
            if name.startswith("xmlns"):
                self.prefixes[name.partition(":")[2]] = _NAMESPACES.get(uri, "")
        self.reading = ""
        match self._name(tag):
            case "foaf:agent" | "foaf:person" | "foaf:group":
                self.agents.append({})
            case "foaf:name" | "foaf:member_name" if self.agents and "name" not in self.agents[-1]:
                self.reading = f"name of {len(self.agents)}"
            case "foaf:document" | "foaf:weblog" if self.agents:
                self.agents[-1]["link"] = attributes.get("rdf:about") or attributes.get("rdf:resource") or ""
            case "rss:channel" | "ya:feed":
                self._feed(attributes.get("rdf:about") or attributes.get("rdf:resource") or "")
            case "rdfs:seealso" if attributes.get("rdf:resource"):
                why = f"another list ({attributes['rdf:resource']}): import it by itself"
                self.notes.append(ImportNote(what="list", who=self._who(), why=why))

    def _name(self, tag: str) -> str:
        prefix, _, name = tag.rpartition(":")
        return f"{self.prefixes.get(prefix) or prefix}:{name}"

    def _who(self) -> str:
        return (self.agents[-1].get("name") if self.agents else "") or "somebody"

    def _feed(self, url: str) -> None:
        words = {key: value for key, value in (self.agents[-1] if self.agents else {}).items() if value}
        self.take({**words, "feed": url}, words.get("name") or url or "somebody")

    def handle_endtag(self, tag: str) -> None:
        if self.reading and self.agents:
            self.agents[-1]["name"] = self.texts.pop(self.reading, "").strip()
        self.reading = ""
        if self._name(tag) in ("foaf:agent", "foaf:person", "foaf:group") and self.agents:
            self.agents.pop()


def opml(text: str) -> FeedList:
    """Take every outline with a feed's address for a member, in folders, too."""
    reader = _Outlines()
    reader.feed(text)
    for words, (_words, who) in zip(
        with_own_names([words for words, _who in reader.members]), reader.members, strict=True
    ):
        reader.take(words, who)
    mail = reader.texts.get("owneremail", "").strip()
    return FeedList(
        shape="an OPML list",
        authors=tuple(reader.authors),
        title=reader.texts.get("title", "").strip(),
        contact=f"mailto:{mail}" if "@" in mail else "",
        notes=tuple(reader.notes),
    )


def foaf(text: str) -> FeedList:
    """Take every weblog's feed for a member under the name of the agent around it."""
    reader = _Friends()
    reader.feed(text)
    return FeedList(shape="a FOAF roll", authors=tuple(reader.authors), notes=tuple(reader.notes))
