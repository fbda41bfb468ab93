"""Repair text as feeds carry it for a parser: `characters` mends its letters, `harmless` undoes hostile shapes."""

import re
from html import unescape

MAX_CHARACTERS = 1_200_000
"""Longer bodies are cut; the longest real one seen has 1.1 million."""
MAX_TAGS = 40_000
"""Bodies with more tags are read as their text; the most seen in a real one is 31,000."""
_MAX_COPIES = 1_000_000
_NEVER = r"\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
_INVISIBLE = re.compile(f"[{_NEVER}]")
_ODD = re.compile(f"[{_NEVER}\r\x80-\x9f\u2028\u2029]")
_PLAIN = bytes([9, 10, *range(0x20, 0x7F)])
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)} | {0x2028: "\n", 0x2029: "\n"}
_AS_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0x100)}
_BYTES = {letter: code for code, letter in _AS_WINDOWS.items()}
_INNER = re.escape("".join(_AS_WINDOWS[code] for code in range(0x80, 0xC0)))
_MISREAD = re.compile(f"[ÂÃ][\xa0-\xbf]|â€[{_INNER}]|â„¢|ðŸ[{_INNER}]{{2}}")
"""UTF-8 that was read as Windows-1252: accents, quotation marks and dashes, the trade mark, emoji."""
_TAG = re.compile(r"<[A-Za-z/!?]")
_ANY_TAG = re.compile(
    r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|</?[A-Za-z!?][^<>]*>?", re.IGNORECASE | re.DOTALL
)
"""A tag, or what no browser shows; never a sign of comparison."""
_FORMATTING = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s>/])[^>]*>?", re.IGNORECASE
)
_ESCAPED = re.compile(
    r"\s*&lt;(?:p|div|a|ul|ol|h[1-6]|blockquote|table|pre|strong|em|b|i|span|img|figure|br|article|section)(?:\s|/?&gt;)"
    r".*&gt;\s*",
    re.DOTALL,
)
_SELF_CLOSED = re.compile(
    r"<((?:iframe|video|audio|object|script|style|textarea|noscript|title)\b|[a-z]+-[\w-]*(?=[\s/]))([^<>]*)/>",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n[ \t]*\n\s*")


def characters(text: str) -> str:
    """Text without controls, surrogates and non-characters; C1 controls are what Windows-1252 means by them."""
    if not (text.encode().translate(None, _PLAIN) if text.isascii() else _ODD.search(text)):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", text).translate(_WINDOWS)


def misread(text: str) -> str:
    """Text that is UTF-8 read as Windows-1252, read rightly; a lone suspicion is not enough."""
    if not any(lead in text for lead in "ÂÃâð"):
        return text
    if len(_MISREAD.findall(text)) < 2 and "â€" not in text:
        return text
    return _MISREAD.sub(_read_again, text)


def _read_again(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[letter] for letter in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def escaped_twice(text: str) -> str:
    """HTML that was escaped once too often, as HTML: it begins and ends with a tag; all else unchanged."""
    return unescape(text) if not _TAG.search(text) and _ESCAPED.fullmatch(text) else text


def self_closed(text: str) -> str:
    """Elements closed as XML closes them, with the end tag that HTML wants: without it they swallow what follows."""
    return _SELF_CLOSED.sub(r"<\1\2></\1>", text) if "/>" in text else text


def plain_text(text: str) -> str:
    """Text without any tag whose paragraphs are told by empty lines, with those paragraphs; all else unchanged."""
    if _TAG.search(text) or not _BLANK.search(text.strip()):
        return text
    return "".join(f"<p>{part}</p>\n" for part in _BLANK.split(text.strip()))


def bounded(text: str) -> str:
    """Return no more of the text than `MAX_CHARACTERS`."""
    return text[:MAX_CHARACTERS]


def harmless(text: str, *, limit: int = MAX_TAGS) -> str:
    """Return the text without what makes parsers slow: too many tags, or formatting never closed.

    A parser reopens every open formatting element in each new block (HTML 13.2.4.3), so n of them times n blocks.
    """
    tags = text.count("<")
    if tags > limit:
        return _ANY_TAG.sub("\n\n", text)
    if tags * tags > _MAX_COPIES and _unclosed(text) * tags > _MAX_COPIES:
        return _FORMATTING.sub("", text)
    return text


def _unclosed(text: str) -> int:
    open_tags: dict[str, int] = {}
    now = most = 0
    for slash, tag in _FORMATTING.findall(text):
        name = tag.lower()
        if not slash:
            open_tags[name] = open_tags.get(name, 0) + 1
            now += 1
            most = max(most, now)
        elif open_tags.get(name):
            open_tags[name] -= 1
            now -= 1
    return most
