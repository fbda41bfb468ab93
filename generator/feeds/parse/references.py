"""Mend references that mean no character, and write names that XML lacks as numbers.

Main functions: `numbers`, `pairs_in_html` and `loose_signs`.
"""

import re
from html.entities import html5

_NO_CHARACTER = re.compile(
    rb"&#(?=\d|[xX][0-9a-fA-F])(?:0*+(?:\d?|[12]\d|3[01]|5[5-7]\d{3}|6553[45]|\d{7,})"
    rb"|[xX]0*+(?:[01]?[0-9a-fA-F]?|[dD][89a-fA-F][0-9a-fA-F]{2}|[fF]{3}[eEfF]|[0-9a-fA-F]{6,}));"
)
"""A superset of the references to controls, surrogates, U+FFFE, U+FFFF, and beyond Unicode."""
_HIGH, _LOW = rb"#0*(5[56]\d{3}|[xX]0*[dD][89abAB]\w\w);", rb"#0*(5[67]\d{3}|[xX]0*[dD][c-fC-F]\w\w);"
_PAIR = re.compile(rb"&%s&%s" % (_HIGH, _LOW))
_ESCAPED = re.compile(rb"&amp;%s&amp;%s" % (_HIGH, _LOW))
_CDATA = rb"<!\[CDATA\[.*?(?:\]\]>|\Z)"
_PAIR_IN_HTML = re.compile(rb"%s|%s" % (_CDATA, _ESCAPED.pattern), re.DOTALL)
ENTRY = rb"(?:[\w.-]+:)?(?:item|entry)"
_BETWEEN = rb"(?i:</%s\s*>\s*<(?:%s[\s>]|/(?:[\w.-]+:)?(?:channel|rss|feed|rdf)))" % (ENTRY, ENTRY)
OPAQUE = b"|".join(
    begin + rb".*?(?:" + end + rb"|(?=" + _BETWEEN + rb")|\Z)"
    for begin, end in ((rb"<!\[CDATA\[", rb"\]\]>"), (b"<!--", b"-->"), (rb"<\?", rb"\?>"))
)
"""Sections, comments and instructions, in XML that is not well-formed: one that is never closed ends with its entry."""
_LOOSE = re.compile(
    rb"%s|&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)(?:([A-Za-z][A-Za-z0-9]*);)?|<(?![A-Za-z_:/!?\x80-\xff])"
    % OPAQUE,
    re.DOTALL,
)
_DECLARED = re.compile(rb"<!ENTITY\s+([\w.-]+)")


def numbers(text: bytes) -> bytes:
    """Return the text without references to what is no character: pairs of surrogates are the character they mean.

    A lone surrogate and what lies beyond Unicode are U+FFFD, as in HTML; controls go, which XML forbids.
    """
    if not _NO_CHARACTER.search(text):
        return text
    return _NO_CHARACTER.sub(_number, _PAIR.sub(_paired, text))


def pairs_in_html(text: bytes) -> bytes:
    """Return the XML with the pairs of surrogates mended that its escaped HTML writes."""
    return _PAIR_IN_HTML.sub(_paired, text) if _ESCAPED.search(text) else text


def loose_signs(text: bytes, head: bytes) -> bytes:
    """Return the XML with each `&` and `<` escaped that begins nothing, and HTML's names as numbers.

    CDATA sections and comments stay as they are, and so do the names that the document declares in its `head`.
    """
    declared = set(_DECLARED.findall(head))

    def mended(match: re.Match[bytes]) -> bytes:
        name = match[1]
        if match[0] == b"<":
            return b"&lt;"
        if match[0][:1] != b"&" or name in declared:
            return match[0]
        value = html5.get(f"{name.decode()};") if name else None
        return "".join(f"&#{ord(sign)};" for sign in value).encode() if value else b"&amp;" + match[0][1:]

    return _LOOSE.sub(mended, text)


def _code(number: bytes) -> int:
    """Return the number of a reference; of one with more digits than Unicode's, another beyond it."""
    is_hex = number[:1] in b"xX"
    try:
        return int(number[is_hex:].lstrip(b"0")[:9] or b"0", 16 if is_hex else 10)
    except ValueError:
        return 0x110000


def _paired(match: re.Match[bytes]) -> bytes:
    high, low = match.groups()
    if high is None or not 0xD800 <= _code(high) < 0xDC00 <= _code(low) < 0xE000:
        return match[0]
    return chr(0x10000 + ((_code(high) - 0xD800) << 10) + _code(low) - 0xDC00).encode()


def _number(match: re.Match[bytes]) -> bytes:
    code = _code(match[0][2:-1])
    if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xDFFF < code < 0xFFFE or 0x10000 <= code < 0x110000:
        return match[0]
    return b"" if code < 0x20 or code in (0xFFFE, 0xFFFF) else b"\xef\xbf\xbd"
