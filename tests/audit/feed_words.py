"""A word of a feed → what is wrong with it: dates, addresses, names of languages and media, HTML.

The rules are those of RFC 3339, RFC 822 with the years of RFC 2822, RFC 3987, RFC 4151, BCP 47 and RFC 6838, read as
strictly as the W3C's feed validator reads them.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with a feed; a warning is what readers may stumble over."""

    words: str
    warning: bool = False
    place: str = ""

    def at(self, place: str) -> "Fault":
        """The same at a place."""
        return Fault(words=self.words, warning=self.warning, place=place)


def error(words: str) -> Fault:
    """What the format forbids."""
    return Fault(words=words)


def warning(words: str) -> Fault:
    """What the format advises against."""
    return Fault(words=words, warning=True)


_3339 = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-](\d\d):(\d\d))")
_W3C = re.compile(r"(\d{4})(-(\d\d)(-(\d\d)(T(\d\d):(\d\d)(:(\d\d)(\.\d+)?)?(Z|[+-](\d\d):(\d\d)))?)?)?")
_822 = re.compile(
    r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"(\d\d):(\d\d)(:(\d\d))? (UT|GMT|[ECMP][SD]T|[+-]\d{4})"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def date_3339(text: str) -> Iterator[Fault]:
    """`2019-10-13T14:34:00Z`"""
    found = _3339.fullmatch(text)
    if not found or not _is_time(*found.group(1, 2, 3, 4, 5, 6)) or not _is_offset(*found.group(9, 10)):
        yield error(f"no date of RFC 3339: {text!r}")
    else:
        yield from _plausible(int(found[1]), text)


def date_w3c(text: str) -> Iterator[Fault]:
    """`2019-10-13T14:34:00Z`, or less of it"""
    found = _W3C.fullmatch(text)
    parts = (
        [found.group(one) or other for one, other in ((1, ""), (3, "1"), (5, "1"), (7, "0"), (8, "0"), (10, "0"))]
        if found
        else []
    )
    if not found or not _is_time(*parts) or not _is_offset(*found.group(13, 14)):
        yield error(f"no date of W3C-DTF: {text!r}")
    else:
        yield from _plausible(int(found[1]), text)


def date_822(text: str) -> Iterator[Fault]:
    """`Sun, 13 Oct 2019 14:34:00 +0000`"""
    found = _822.fullmatch(text)
    if not found:
        yield error(f"no date of RFC 822: {text!r}")
        return
    year, month, day = int(found[5]), _MONTHS.index(found[4]) + 1, int(found[3])
    if not _is_time(str(year), str(month), str(day), found[6], found[7], found[9] or "0"):
        yield error(f"no such day or time: {text!r}")
    elif found[2] and _DAYS[calendar.weekday(year, month, day)] != found[2]:
        yield error(f"not that day of the week: {text!r}")
    else:
        yield from _plausible(year, text)


def _is_time(year: str, month: str, day: str, hour: str, minute: str, second: str) -> bool:
    try:
        datetime(int(year), int(month), int(day), int(hour), int(minute), min(59, int(second)), tzinfo=UTC)
    except ValueError:
        return False
    return int(second) <= 59


def _is_offset(hours: str | None, minutes: str | None) -> bool:
    return int(hours or 0) < 24 and int(minutes or 0) < 60


def _plausible(year: int, text: str) -> Iterator[Fault]:
    if not 1970 <= year <= 2100:
        yield warning(f"implausible date: {text!r}")


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f]|%(?![0-9A-Fa-f]{2})")
_TAG = re.compile(
    r"tag:([\w.-]+@)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*,"
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?:[^\s<>]*"
)
_URN = re.compile(
    r"urn:(?!urn:)[a-z0-9][a-z0-9-]{1,31}:([a-z0-9()+,.:=@;$_!*'/?#~&-]|%[0-9a-f]{2}|[^\x00-\x7f])+", re.IGNORECASE
)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def address(text: str, *, absolute: bool = True) -> Iterator[Fault]:
    """An IRI, with a scheme unless it may be relative."""
    text = text.strip()
    scheme = _SCHEME.match(text)
    if _FORBIDDEN.search(text):
        yield error(f"a character that no address may have: {text!r}")
    elif not scheme and absolute:
        yield error(f"no absolute address: {text!r}")
    elif scheme:
        yield from _by_scheme(text, scheme.group().lower())


def _by_scheme(text: str, scheme: str) -> Iterator[Fault]:
    if scheme == "tag:":
        found = _TAG.fullmatch(text)
        if not found or not _is_time(found["year"], found["month"] or "1", found["day"] or "1", "0", "0", "0"):
            yield error(f"no tag of RFC 4151: {text!r}")
    elif scheme == "urn:":
        if not (_UUID if text.lower().startswith("urn:uuid:") else _URN).fullmatch(text):
            yield error(f"no URN: {text!r}")
    elif scheme in ("http:", "https:", "ftp:"):
        try:
            host = urlsplit(text).hostname
            _ = urlsplit(text).port
        except ValueError:
            host = None
        if not host or "//" not in text[:8]:
            yield error(f"an address without a host: {text!r}")


def canonical(text: str) -> Iterator[Fault]:
    """Whether an id is written in the one way in which programs compare it (RFC 3986 §6)."""
    scheme, _, rest = text.partition(":")
    host = rest[2:].split("/")[0] if rest.startswith("//") else ""
    dotted = rest.startswith("//") and re.search(r"/\.{1,2}(/|$)", rest.split("?")[0])
    empty = rest.startswith("//") and "/" not in rest[2:]
    if scheme != scheme.lower() or host != host.lower() or dotted or empty or re.search(r":(80|)$", host):
        yield warning(f"an id that is not written in its canonical way: {text!r}")


_LANGUAGE = re.compile(
    r"([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"
    r"(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-x(-[A-Za-z0-9]{1,8})+)?|x(-[A-Za-z0-9]{1,8})+|i(-[A-Za-z0-9]{1,8})+)"
)
_MEDIA = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+*-]+(\s*;\s*[\w-]+=(\"[^\"]*\"|[\w./+-]+))*;?")
_MAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def language(text: str) -> Iterator[Fault]:
    """`pt-BR`"""
    if not _LANGUAGE.fullmatch(text):
        yield error(f"no language of BCP 47: {text!r}")


def media(text: str) -> Iterator[Fault]:
    """`text/html`"""
    if not _MEDIA.fullmatch(text):
        yield error(f"no media type: {text!r}")


def mail(text: str) -> Iterator[Fault]:
    """`larry@example.org`"""
    if not _MAIL.fullmatch(text):
        yield error(f"no mail address: {text!r}")


_MARKUP = re.compile(r"<(?:/?[a-zA-Z][\w-]*(\s[^<>]*)?/?|!--.*?--)>|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);")
_RISKY = frozenset(
    "applet base button comment dir embed font form frame frameset head html iframe input link meta object plaintext "
    "script select server style textarea title xml xmp body".split()
)
_ADDRESSES = frozenset(("href", "src", "action", "cite", "longdesc", "background", "data"))


def plain(text: str) -> Iterator[Fault]:
    """Plain text; a reader may take what looks like markup for markup."""
    if found := _MARKUP.search(text):
        yield warning(f"plain text that looks like HTML: {found.group()!r}")


def html(text: str, *, based: bool = False) -> Iterator[Fault]:
    """A fragment of HTML, in which addresses may be relative only where there is a base."""
    reading = _Reading()
    reading.feed(text)
    reading.close()
    if "<" in reading.rawdata:
        reading.faults.append(error(f"a tag that does not end: {reading.rawdata[:60]!r}"))
    for fault in reading.faults:
        if not (based and "relative" in fault.words):
            yield fault


class _Reading(HTMLParser):
    """Reads a fragment, and remembers what a careful reader would take out, or stumble over."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Fault] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RISKY:
            self.faults.append(warning(f"<{tag}> does not belong into a feed"))
        for name, value in attrs:
            self.faults.extend(self._attribute(tag, name, value or ""))

    def _attribute(self, tag: str, name: str, value: str) -> Iterator[Fault]:
        if name.startswith("on") or name == "style":
            yield warning(f"<{tag} {name}> does not belong into a feed")
        if name in _ADDRESSES:
            if re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE):
                yield warning(f"<{tag} {name}> runs a script: {value[:60]!r}")
            elif not _SCHEME.match(value) and not value.startswith("#"):
                yield warning(f"a relative address: {value[:60]!r}")
