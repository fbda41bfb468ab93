"""List what is good and bad about a feed as a whole, with `findings`. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from generator import markup
from generator.check.feed.entries import EntryPreview
from generator.check.feed.visit import FeedVisit
from generator.feeds.fetch import forbidden
from generator.models import Entry, Feed, Response, dates, is_page_guid, name_key, safe_url
from generator.plan import name_list, writers_of

_LARGE = 1024 * 1024
_NAMES = {
    "rss090": "RSS 0.90", "rss091n": "RSS 0.91", "rss091u": "RSS 0.91", "rss092": "RSS 0.92", "rss093": "RSS 0.93",
    "rss094": "RSS 0.94", "rss10": "RSS 1.0", "rss20": "RSS 2.0", "rss": "RSS", "atom03": "Atom 0.3",
    "atom10": "Atom 1.0", "atom": "Atom", "cdf": "CDF", "json10": "JSON Feed 1.0", "json11": "JSON Feed 1.1",
}  # fmt: skip
_ATTRIBUTE = re.compile(r"\b(?:href|src)\s*=\s*(?:[\"']\s*)?((?:https?:)?//[^\s\"'<>]+)", re.IGNORECASE)
_TYPES = ("xml", "json", "text/plain")


@dataclass(frozen=True, kw_only=True)
class FeedFinding:
    """One sentence about a feed."""

    good: bool
    says: str
    mend: str = ""
    """What its author can do; empty where nothing needs to be done."""

    def __str__(self) -> str:
        return f"{'+' if self.good else '-'} {self.says}" + (f"; {self.mend}" if self.mend else "")


def findings(visit: FeedVisit, now: datetime) -> list[FeedFinding]:
    """Return what is good and bad about the feed, most important first within each part."""
    return [
        *_kind(visit.feed),
        *_address(visit.response),
        *_encoding(visit.response),
        *_manners(visit),
        *_head(visit.feed),
        *_ids(visit.feed),
        *_dates(visit.feed, now),
        *_texts(visit.feed),
        *_private_addresses(visit.feed),
        *_writers(visit.feed),
    ]


def losses(patients: Iterable[EntryPreview]) -> list[FeedFinding]:
    """Say what each cleaning rule took away from the entries, those that took most words first."""
    sums = markup.removed(removal for patient in patients for removal in patient.removals)
    sentences = []
    for rule, counts in sorted(sums.items(), key=lambda item: (-item[1].get("words", 0), item[0])):
        parts = [_counted(counts[kind], kind) for kind in ("words", "pictures", "links", "embeds") if kind in counts]
        if parts:
            entries = "1 entry" if counts["entries"] == 1 else f"{counts['entries']} entries"
            sentences.append(_good(f"the rule `{rule}` removed {', '.join(parts)} in {entries}"))
    return sentences


def _counted(count: int, kind: str) -> str:
    return f"{count} {kind[:-1] if count == 1 else kind}"


def kind_of(feed: Feed) -> str:
    """Return the name of its format."""
    return _NAMES.get(feed.version, "a feed of unknown kind")


def _good(says: str) -> FeedFinding:
    return FeedFinding(good=True, says=says)


def _bad(says: str, mend: str) -> FeedFinding:
    return FeedFinding(good=False, says=says, mend=mend)


def _kind(feed: Feed) -> Iterator[FeedFinding]:
    made = f", made by {feed.generator}" if feed.generator else ""
    yield _good(f"it is {kind_of(feed)}{made}, with {len(feed.entries)} entries")
    for note in feed.notes:
        yield _bad(note, "check it with a feed validator")
    if not feed.notes:
        yield _good("it is well-formed")
    if not feed.entries:
        yield _bad("it has no entries", "publish something")


def _address(response: Response) -> Iterator[FeedFinding]:
    scheme = urlsplit(response.url).scheme
    if scheme == "file":
        return
    if response.moved_to:
        yield _bad(f"the address has moved for good to {response.moved_to}", "put that one into the author file")
    elif response.final_url != response.url:
        yield _good(f"the address leads on to {response.final_url}")
    if scheme == "http":
        yield _bad("the address is http:", "use https: if the server has it")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not any(part in kind for part in _TYPES):
        yield _bad(f"the server calls it {kind}", "let it say application/rss+xml or application/atom+xml")
    if len(response.body) > _LARGE:
        yield _bad(f"it is {len(response.body) / _LARGE:.1f} MiB large", "list the newest twenty entries only")


def _encoding(response: Response) -> Iterator[FeedFinding]:
    charset = re.search(r"charset=[\"']?([\w-]+)", response.headers.get("content-type", ""), re.IGNORECASE)
    declared = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([\w-]+)", response.body)
    names = {name.lower() for name in (charset[1] if charset else "", declared[1].decode() if declared else "") if name}
    if len(names) > 1:
        yield _bad(f"the server and the feed name two encodings, {' and '.join(sorted(names))}", "use UTF-8 for both")
    try:
        response.body.decode("utf-8")
    except UnicodeDecodeError:
        if not names - {"utf-8"}:
            yield _bad("it is not in UTF-8 and does not say in what", "write it in UTF-8")


def _manners(visit: FeedVisit) -> Iterator[FeedFinding]:
    match visit.again:
        case "":
            return
        case "304":
            yield _good("asked again, the server says that nothing is new (304): kind to both sides")
        case "200":
            yield _bad(
                "asked again, the server sends it whole though nothing is new", "let it answer 304 to its own ETag"
            )
        case "no validators":
            yield _bad("the server sends neither ETag nor Last-Modified", "switch one of them on")
        case fault:
            yield _bad(f"asked again, it failed: {fault}", "look into the server's log")


def _head(feed: Feed) -> Iterator[FeedFinding]:
    missing = [name for name in ("title", "link", "language") if not getattr(feed, name)]
    if missing:
        yield _bad(f"it does not tell its {' or '.join(missing)}", "add it to the feed's head")


def _ids(feed: Feed) -> Iterator[FeedFinding]:
    without = [entry for entry in feed.entries if entry.nameless and not entry.link]
    linked = [entry for entry in feed.entries if entry.guid == entry.link]
    sharing = sum(is_page_guid(entry.guid) for entry in feed.entries)
    if sharing:
        yield _bad(
            f"{sharing} entries have no id and share a link: a planet tells them apart by their titles",
            "give each entry an id that never changes",
        )
    if without:
        yield _bad(
            f"{len(without)} entries have neither an id nor a link: an edit makes each a new post",
            "give each entry an id that never changes",
        )
    elif feed.entries and len(linked) + sharing < len(feed.entries):
        yield _good("the entries have ids of their own")
    elif feed.entries and not sharing:
        yield _good("the entries are known by their links: keep those as they are")


def _dates(feed: Feed, now: datetime) -> Iterator[FeedFinding]:
    dated = [entry.published or entry.updated for entry in feed.entries if entry.published or entry.updated]
    moments = [dates.moment(when) for when in dated if when]
    if len(moments) < len(feed.entries):
        example = f", such as {feed.unread_dates[0]!r}" if feed.unread_dates else ""
        yield _bad(
            f"{len(feed.entries) - len(moments)} entries have no date that can be read{example}",
            "date them like `Sun, 13 Oct 2019 14:34:00 +0000` or `2019-10-13T14:34:00Z`",
        )
    if late := [moment for moment in moments if moment > now]:
        yield _bad(
            f"{len(late)} entries are dated in the future", "a planet shows them from the day it first sees them"
        )
    if len(moments) > 2 and len(set(moments)) == 1:
        yield _bad("all entries have the same date", "let each keep the date of its publication")
    if moments:
        yield _good(f"the newest entry is of {max(moments):%Y-%m-%d}")
    if dated and not any(isinstance(when, datetime) for when in dated):
        yield _good("its dates have no times: a planet shows the days alone")


def _texts(feed: Feed) -> Iterator[FeedFinding]:
    cut = [entry for entry in feed.entries if entry.excerpt]
    untitled = [entry for entry in feed.entries if not entry.title.strip()]
    if cut:
        yield _bad(
            f"{len(cut)} of {len(feed.entries)} entries are excerpts",
            "let the feed carry the full text, and readers stay",
        )
    elif feed.entries:
        yield _good("it carries full texts")
    if untitled:
        yield _good(f"{len(untitled)} entries have no title: a planet shows their first words")
    if without := [entry for entry in feed.entries if not _has_link(entry)]:
        yield _bad(f"{len(without)} entries have no link", "link each to its page")


def _private_addresses(feed: Feed) -> Iterator[FeedFinding]:
    """Name the hosts that only the blog's own machine or network can reach: a build for a preview wrote them."""
    hosts = Counter(url_host for entry in feed.entries for url_host in {*_private_hosts(entry.link, entry.html)})
    mend = "build the blog with its public address"
    for name in _private_hosts(feed.link, ""):
        yield _bad(f"its own link leads to {name}, which nobody else can reach", mend)
    for name, count in sorted(hosts.items()):
        entries = "1 entry leads" if count == 1 else f"{count} entries lead"
        yield _bad(f"{entries} to {name}, which nobody else can reach", mend)


def _private_hosts(link: str, html: str) -> set[str]:
    hosts = {urlsplit(safe_url(url)).hostname or "" for url in (link, *_ATTRIBUTE.findall(html))}
    return {name for name in hosts if name and _is_private(name)}


def _is_private(name: str) -> bool:
    """Return whether a host is in nobody's DNS: RFC 6761, RFC 6762, RFC 8375, an address of a private network."""
    if re.fullmatch(r"[\d.]+|[^:\n]*:.*", name):
        return bool(forbidden(name))
    return "." not in name or name.endswith((".localhost", ".local", ".internal", ".home.arpa", ".lan"))


def _writers(feed: Feed) -> Iterator[FeedFinding]:
    writing = [writers_of(entry) for entry in feed.entries]
    if len({name_key(name) for names in writing for name in names}) > 1:
        yield _good(f"its entries are by {name_list(writing)}: `authors` in the author file takes those of some")


def _has_link(entry: Entry) -> bool:
    return bool(entry.link)
