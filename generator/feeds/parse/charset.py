"""Find Python's codecs for the label of an encoding, as HTTP or a document gives it. Main function: `codecs_for`.

Labels mean what the Encoding Standard says, the wider encoding that programs really wrote:
https://encoding.spec.whatwg.org/#names-and-labels. Only letters and digits count, so odd spellings are understood, too.
"""

import codecs
import re

_FAMILIES = tuple(
    (re.compile(pattern), names)
    for pattern, names in (
        (r"utf7|escape", ""),
        # No byte order mark and no NUL showed UTF-16: the program that says so names its strings, not its bytes
        # (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding).
        (r"utf\d|unicode|ucs\d|cesu", "utf-8"),
        (r"88591$|userdefined", "cp1252"),
        (r"88599$", "cp1254"),
        (r"885911$|tis620|874$", "cp874"),
        (r"8859(\d\d?)[ei]?$", r"iso8859-\1"),
        (r"(125\d)$", r"cp\1"),
        (r"sjis|shiftjis|mskanji|31j$|932$", "cp932"),
        (r"eucjp|euc.*japan|ujis", "euc_jp euc_jis_2004"),
        (r"2022jp", "iso2022_jp_ext"),
        (r"euckr|ksc?5601|korean|949$|isoir149", "cp949"),
        (r"big5|950$", "big5hkscs cp950"),
        (r"^hz", "hz"),
        (r"gb\d|gbk|chinese|isoir58|936$", "gb18030"),
        (r"koi8r?u", "koi8-u"),
        (r"koi", "koi8-r"),
        (r"mac.*(cyr|ukr)", "mac-cyrillic"),
        (r"^(cs|x)?mac(intosh|roman)?$", "mac-roman"),
        (r"^(suneu)?greek", "iso8859-7"),
        (r"^(visual|logical)$", "iso8859-8"),
        (r"latin9$", "iso8859-15"),
    )
)
"""Families of labels that Python lacks or reads more narrowly, by a part of the name; the first that matches counts."""
_WIDER = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_REFUSED = {"punycode", "idna", "undefined"}
"""Codecs for text that are no encodings of documents, some of them slow."""


def codecs_for(label: str) -> tuple[str, ...]:
    """Return Python's codecs for `label`, the best first; none for a label without a meaning."""
    name = label.strip()[:40].lower().partition(":")[0]
    key = re.sub(r"[^a-z0-9]", "", name)
    for pattern, names in _FAMILIES:
        match = pattern.search(key)
        if match:
            return tuple(filter(_codec, match.expand(names).split()))
    codec = _codec(name)
    return (_WIDER.get(codec, codec),) if codec else ()


def _codec(name: str) -> str:
    """Python's own name of a codec that reads bytes as text; empty where there is none."""
    try:
        codec = codecs.lookup(name).name
        b"<".decode(codec)
    except (LookupError, ValueError):  # unknown, not even a name, or one that packs bytes
        return ""
    return "" if codec in _REFUSED else codec
