"""Make strangers' addresses safe: http(s), without tracking, comparable. Pure. Main function: `safe_url`."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

import idna

MAX_LENGTH = 2048
MAX_LABEL = 63
_WEB = ("http", "https")
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|oly_\w+_id|vero_id|wickedid|ref_src)",
    re.IGNORECASE,
)
_FROM_FEED = re.compile(r"(?:source|src|from|ref|via|wt_mc)=rss(?:[^\w]|_|$).*", re.IGNORECASE)
"""By which a site counts the readers of its feed: Medium writes `source=rss-9f8e…------2`."""
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SECONDS = r"1[4-9]\d{8}(?:\d{3})?"
"""Seconds or milliseconds since 1970, in the years from 2014 to 2033."""
_CHANGING = re.compile(
    r"(?:PHPSESSID|ASPSESSIONID\w*|CFID|CFTOKEN|session_?id|jsessionid)=.*"
    rf"|(?:_|cb|no_?cache|cache_?bust\w*|rand(?:om)?|rnd|ts?|time(?:stamp)?|v)=(?:{_SECONDS}(?:\.\d+)?|0\.\d+)",
    re.IGNORECASE,
)
"""Sessions, and what keeps an address out of caches."""
_SIGNATURE = re.compile(
    r"(?:(?:x-[a-z]+-|q-|s|l)?sig(?:nature)?|hmac|token-hash|jwt|auth_key|hdn(?:ts|ea)|__gda__"
    r"|hm|oh)=.*|t=[\w-]{40,}",
    re.IGNORECASE,
)
"""Of Amazon, Google, Azure, Alibaba, Tencent, Akamai, Discord, Facebook, GitHub, LinkedIn and their like."""
_TOKEN = re.compile(r"(?:[\w-]+[_-])?token=.*", re.IGNORECASE)
"""A signature in the address of a picture, or beside a term; in others perhaps the name of what is meant."""
_SIGNED = re.compile(
    r"(?:(?:x-(?:amz|goog|oss|cos|ms)|q|_nc)[_-]\w[\w-]*|[a-z]*access(?:key)?id|key-pair-id|policy|exp(?:ir\w*)?|ex|is|oe"
    r"|ccb|s[eprstv]|srt|spr|sip|sk(?:oid|tid|t|e|s|v)|token[_-]\w+)=.*"
    rf"|[\w-]+={_SECONDS}",
    re.IGNORECASE,
)
"""What stands beside a signature: whose it is, and for how long. Azure's `sp` and the like are for nothing else."""
_JOINERS = "\u200c\u200d"
"""They part letters of Persian and of Indian scripts, and so hosts; anywhere else they are dirt."""
_CONTROLS = re.compile(
    r"[\x00-\x20\x7f-\xa0\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
    rf"|(?<![\u0600-\u0dff])[{_JOINERS}]"
)
_PLAIN = re.compile(r"https?://[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?([/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=]*)?")
"""An address that is as it should be. Nearly all are, and this is told fast."""
_BARE = re.compile(r"https?://([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(/[A-Za-z0-9\-._~/]*)?")
"""An address in which nothing is to be read twice: host and path alone."""
_INDEX = re.compile(r"/(index\.(html?|php))?$")
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def safe_url(url: str, *, base: str = "") -> str:
    """Return the absolute http(s) address that a stranger's text names, percent-encoded (RFC 3986), or an empty string.

    Relative text is resolved against `base`; `//host/x` becomes https where the base says nothing; credentials, other
    schemes, unknown hosts and more than 2,048 characters give an empty string.
    """
    if not base and len(url) <= MAX_LENGTH and _PLAIN.fullmatch(url):
        return url
    text = _CONTROLS.sub(lambda match: "%20" if match[0] == " " else "", url.strip())
    if not text:
        return ""
    if text.startswith("//"):
        scheme = urlsplit(base).scheme if base else "https"
        text = f"{scheme or 'https'}:{text}"
    elif base:
        try:
            text = urljoin(base, text)
        except ValueError:
            return ""
    parts = _split(text)
    if parts is None or parts.scheme.lower() not in _WEB or not parts.hostname or parts.username is not None:
        return ""
    host = _host(parts)
    if not host:
        return ""
    tail = text.split("//", 1)[1]
    tail = tail[len(parts.netloc) :]
    safe = f"{parts.scheme.lower()}://{host}{_encode(tail)}"
    return safe if len(safe) <= MAX_LENGTH else ""


def _host(parts: SplitResult) -> str:
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else _name(parts)
    if not re.fullmatch(r"\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?", name):
        return ""
    return name if parts.port is None else f"{name}:{parts.port}"


def _name(parts: SplitResult) -> str:
    """Return the name of the host, or an empty string."""
    name = parts.hostname or ""
    return name if name.isascii() else _ascii(parts.netloc.rpartition("@")[2].partition(":")[0])


def _ascii(name: str) -> str:
    """Return a host's name as browsers send it (UTS #46, nontransitional): `faß.de` is another host than `fass.de`.

    `idna.encode` would do the same, but refuses symbols, under which people do have their sites. An empty string where
    a label is longer than a name server's (63 signs; punycode takes its time for very long ones).
    """
    try:
        labels = idna.uts46_remap(name, std3_rules=False).split(".")
    except idna.IDNAError:
        return ""
    if any(len(label) > MAX_LABEL for label in labels):
        return ""
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels)


def _encode(text: str) -> str:
    bare = re.sub(rf"[{_JOINERS}]|(%)(?![0-9A-Fa-f]{{2}})", lambda match: "%25" if match[1] else "", text)
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), bare)


def without_tracking(url: str) -> str:
    """Return the address without parameters that only follow a reader around; all else stays as it is."""
    return _without(url, lambda pair: bool(_TRACKING.fullmatch(pair.partition("=")[0])))


def page_url(url: str) -> str:
    """Return the address of an entry's page without tracking, and without what a site adds to it in its feed alone.

    Not for the links in a text: digests that were recorded count these as they are.
    """
    return _without(without_tracking(url), lambda pair: bool(_FROM_FEED.fullmatch(pair)))


def _without(url: str, is_noise: Callable[[str], bool]) -> str:
    if "?" not in url:
        return url
    head, _, fragment = url.partition("#")
    path, _, query = head.partition("?")
    pairs = [pair for pair in query.split("&") if not is_noise(pair)]
    return path + ("?" + "&".join(pairs) if any(pairs) else "") + ("#" + fragment if fragment else "")


def without_signature(url: str, *, picture: bool = False) -> str:
    """Drop what a server writes anew each time: signatures, terms, sessions. The result is only for comparing."""
    if "?" not in url and ";" not in url:
        return url
    head, mark, fragment = url.partition("#")
    bare = _SESSION.sub("", head)
    path, _, query = bare.partition("?")
    pairs = query.split("&")
    left = [pair for pair in pairs if not _CHANGING.fullmatch(pair)]
    beside = [pair for pair in left if _SIGNED.fullmatch(pair)]
    signs = [pair for pair in left if _SIGNATURE.fullmatch(pair) or ((picture or beside) and _TOKEN.fullmatch(pair))]
    if signs:
        left = [pair for pair in left if pair not in signs and pair not in beside]
    if left != pairs:
        bare = path + ("?" + "&".join(left) if any(left) else "")
    return bare + mark + fragment


@lru_cache(maxsize=16384)
def url_key(url: str) -> str:
    """Return a key that is equal for two spellings of one page. For comparing, never for fetching or showing.

    Scheme, `www.`, case of the host, default port, trailing slash, tracking, fragment and escaping do not count, nor
    whether a host is written in its letters or as `xn--…`.
    """
    if bare := _BARE.fullmatch(url):
        return bare[1].removeprefix("www.") + _INDEX.sub("", bare[2] or "")
    parts = _split(page_url(url.strip()))
    if parts is None or not parts.hostname:
        return url.strip()
    host = (_name(parts) or parts.hostname).removeprefix("www.")
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    path = _INDEX.sub("", unquote(parts.path))
    return f"{host}{port}{path}{'?' + query if query else ''}"


def host(url: str) -> str:
    """Return the host name of an address without `www.`, for showing; empty where there is none."""
    if bare := _BARE.fullmatch(url):
        return bare[1].removeprefix("www.")
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""
