"""Turn a list's words for one member into an author with one feed, with a note on each word: `ListedMember`. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from generator import markup
from generator.models import Author, FeedSource, host, safe_url
from generator.setup.importers.filters import excludes, includes
from generator.setup.importers.models import ImportNote

OWN_FEED = ("feed", "rss", "atom", "feedurl", "feedlink", "rssurl", "rssfeed", "xmlurl")
"""What lists call a feed's address, without signs between its words."""
FEED = (*OWN_FEED, "href", "url")
HOME = ("link", "site", "homepage", "htmlurl", "siteurl", "blogurl", "page", "website", "address", "url")
NAME = ("name", "text", "author", "title")
NICK = ("username", "nick", "id", "shortname", "bookmarkableid")
FACE = ("face", "avatar", "image", "logo", "hackergotchi")
LANGUAGE = ("language", "lang", "location")
OFF = {"disabled": True, "paused": True, "is_active": False, "active": False, "enabled": False}
ELSEWHERE = {
    "twitter": "https://twitter.com/{}",
    "github": "https://github.com/{}",
    "facebook": "https://www.facebook.com/{}",
    "mastodon": "",
}
"""Names at other places, which become links."""
WHY = {
    "gravatar": "a picture lies in authors/, and readers are not told on to others; ask its owner for one",
    "facewidth": "the theme gives all pictures one size",
    "faceheight": "the theme gives all pictures one size",
    "email": "it would become public; let the author add it",
    "filters": "no programs are run; include and exclude take regular expressions",
    "future_dates": "a post from the future gets the time when it was first seen",
    "xml_base": "the planet finds out by itself",
    "name_type": "the planet finds out by itself",
    "title_type": "the planet finds out by itself",
    "summary_type": "the planet finds out by itself",
    "content_type": "the planet finds out by itself",
    "title": "the feed tells its own title",
    "folder": "it is a reader's own order; give feeds `tags` where it says something",
    "description": "author files have no place for it; `about` is the author's own word",
}
UNKNOWN = "an author file has no such key"
_TRUST = {"id": "guid", "xml:lang": "language", "lang": "language", "category": "tags", "categories": "tags"}
_FIELDS = ("author", "guid", "language", "published", "tags", "title", "updated")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_QUOTES = "\"'`<>,;“”„‘’«» \t"
_HANDLE = re.compile(r"@?([A-Za-z0-9_-]{1,40})")


def squeezed(key: str) -> str:
    """Return a list's word for something without case and signs: `feed_url`, `Feed URL` and `feedUrl` are one."""
    return re.sub(r"[\W_]+", "", key).casefold()


def address(text: str) -> str:
    """Return the web address in a list's word, as an author file may have it, or an empty string.

    A host without a dot is a slip of the pen, such as `http://https//…`.
    """
    bare = re.sub(r"^feed:(//)?(?=https?:)", "", text.strip(_QUOTES)).replace("feed://", "http://")
    url = safe_url(bare).replace("'", "%27")
    return url if re.search(r"[.:]", host(url)) else ""


def _parted(text: str) -> list[str]:
    """Return the tags of a line: between commas and the like where it has any, else between spaces."""
    parts = re.split(r"[,;，；、]" if re.search(r"[,;，；、]", text) else r"\s", text)
    return [part.strip() for part in parts]


class ListedMember:
    """One member as a list words it: takes the words one after another, and notes what becomes of each."""

    def __init__(self, words: Mapping[str, Any], who: str) -> None:
        self.words = {key.lower(): value for key, value in words.items() if value not in (None, "", [])}
        self._spelled = {squeezed(key): key for key in self.words}
        self.who = who
        self.notes: list[ImportNote] = []

    def author(self) -> Author | None:
        """Return the member, or None where there is no feed that could be read."""
        url = self._feed()
        if not url:
            return None
        feed = FeedSource(
            url=url,
            editions=(),
            include=self._patterns("filter", includes) + self._only_ocaml(),
            exclude=self._patterns("exclude", excludes),
            tags=self._tags(),
            trust=self._trust(),
        )
        author = Author(
            nick=self._nick(),
            name=self._name() or host(url),
            feeds=(feed,),
            homepage=self._home(),
            links=self._links(),
            github=self._github(),
            hackergotchi=self._take(FACE),
            language=self._language(),
            status=self._status(),
        )
        for key in self.words:
            self._lost(key, WHY.get(key, UNKNOWN))
        return author

    def _take(self, keys: tuple[str, ...]) -> str:
        """Return the first of these words that is there; it is carried over and needs no note."""
        for key in (self._spelled.get(key, "") for key in keys):
            if isinstance(self.words.get(key), str | int) and not isinstance(self.words[key], bool):
                return str(self.words.pop(key)).strip()
        return ""

    def _went(self, what: str, went: str) -> None:
        self.notes.append(ImportNote(what=what, who=self.who, went=went))

    def _lost(self, what: str, why: str) -> None:
        self.notes.append(ImportNote(what=what, who=self.who, why=why))

    def _feed(self) -> str:
        word = self._take(FEED)
        url = address(word)
        if not url:
            why = f"{word!r} is no web address" if word else "there is no feed's address"
            self._lost("feed", why)
        return url

    def _name(self) -> str:
        return markup.title(self._take(NAME).strip("\"'"))[:80]

    def _nick(self) -> str:
        for key in NICK:
            if key in self.words and str(self.words[key]).strip().isdecimal():
                self._lost(key, "a number is no nick")
                del self.words[key]
        return self._take(NICK)

    def _home(self) -> str:
        word = re.split(r",(?=https?:)", self._take(HOME))[0]
        home = address(word)
        if word and not home:
            self._lost("link", f"{word!r} is no web address")
        return home[:500]

    def _links(self) -> dict[str, str]:
        links: dict[str, str] = {}
        for place, pattern in ELSEWHERE.items():
            handle = str(self.words.get(place, ""))
            name = _HANDLE.fullmatch(handle)
            link = pattern.format(name[1]) if name and pattern else address(handle)
            if link and place != "github":
                links[place] = link
                del self.words[place]
                self._went(place, "links")
        return links

    def _github(self) -> str:
        name = re.fullmatch(r"[A-Za-z0-9](-?[A-Za-z0-9]){0,38}", str(self.words.get("github", "")))
        if name:
            del self.words["github"]
            self._went("github", "github")
        return name[0] if name else ""

    def _language(self) -> str:
        if isinstance(self.words.get("languages"), Mapping):
            self.words = {"language": self.words.pop("languages").get("main"), **self.words}
        for key in LANGUAGE:
            code = str(self.words.get(key, "")).replace("_", "-")
            if _LANGUAGE.fullmatch(code):
                del self.words[key]
                self._went(key, "language")
                return code
        return ""

    def _status(self) -> str:
        for key, off in OFF.items():
            if key in self.words:
                flag = str(self.words.pop(key)).lower() in ("true", "yes", "1", "on")
                if flag is off:
                    self._went(key, "status: paused")
                    return "paused"
        return "active"

    def _tags(self) -> tuple[str, ...]:
        tags: list[str] = []
        for key in ("tags", "categories", "category"):
            if key in self.words:
                value = self.words.pop(key)
                tags += [str(tag) for tag in value] if isinstance(value, list) else _parted(str(value))
                self._went(key, "tags")
        return tuple(dict.fromkeys(tag.strip("/")[:50] for tag in tags if tag.strip("/")))[:10]

    def _trust(self) -> tuple[str, ...]:
        names = re.split(r"[,\s]+", str(self.words.pop("ignore_in_feed", "")).strip())
        fields = [_TRUST.get(word, word) for word in names if word]
        trust = [name for name in fields if name in _FIELDS]
        if trust:
            self._went("ignore_in_feed", "trust")
        for name in fields:
            if name not in _FIELDS:
                self._lost(f"ignore_in_feed: {name}", "the planet does not take it from feeds, or always does")
        return tuple(dict.fromkeys(trust))

    def _patterns(self, key: str, translate: Any) -> tuple[str, ...]:
        if key not in self.words:
            return ()
        patterns, why = translate(str(self.words.pop(key)))
        if why:
            self._lost(key, why)
        else:
            self._went(key, translate.__name__.removesuffix("s"))
        return tuple(patterns)

    def _only_ocaml(self) -> tuple[str, ...]:
        """`publish_all: false` and `only_ocaml: true` of OCaml's planet: posts that have the word in title or text."""
        only = self.words.pop("publish_all", True) is False or self.words.pop("only_ocaml", False) is True
        if only:
            self._went("publish_all", "include")
        return ("(?i)ocaml",) if only else ()
