"""Cut a text into the words by which it is found (`tokens`, `cut`). Pure.

`theme/static/search.js` folds and cuts a query in the same way, rule for rule; a test compares the two.
"""

import re
from collections.abc import Sequence
from html import unescape
from unicodedata import normalize

LONGEST = 32
"""Letters of a word that count: what is longer is a hash or a line of noise."""
_UNWRITTEN = re.compile("[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d]")
"""Accents, points and vowel signs that people leave out when they type, joiners and soft hyphens.

The signs of other scripts and the voicing marks of Japanese make other words, so they stay.
"""
_LETTERS = {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ"}
"""Letters that no decomposition takes apart, as people type them without their keys."""
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u1000-\u109d\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u30a1-\u30fa"
    "\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
"""Scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, kana, bopomofo, Han."""
_SIGNS = "\u0900-\u0963\u0966-\u096f\u0971-\u0dff\u0f18-\u0fbc"
"""Indic scripts and Tibetan, whose vowel signs are no letters to a regular expression, without their full stops."""
_UNHEARD = "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d\u3099\u309a"
_TOKEN = re.compile(f"[\\w{_UNHEARD}{_SIGNS}{_UNSPACED}]+")
"""Letters and all that may stand among them, as it is written."""
_WORD = re.compile(f"[{_UNSPACED}]+|(?:[^\\W_{_UNSPACED}]|[{_SIGNS}])+")
_FIRST = re.compile(f"[{_UNSPACED}]")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var|wbr)\b[^<>]*>"
)
_TAG = re.compile(r"<[^<>]*>")


def plain(html: str) -> str:
    """The text of sanitised HTML, in which a raw `<` opens a tag and a raw `>` ends it; a space parts blocks."""
    return unescape(_TAG.sub(" ", _INLINE.sub("", html)))


def fold(token: str) -> str:
    """The same without case and without what people leave out when they type in a hurry."""
    if token.isascii():
        return token.lower()
    bare = _UNWRITTEN.sub("", normalize("NFKD", token)).lower()
    return normalize("NFC", _LETTER.sub(lambda match: _LETTERS[match[0]], bare))


def tokens(text: str) -> list[str]:
    """The words of a text in their order, as they are written but for case: `cut` makes of each what it is found by."""
    return _TOKEN.findall(text.lower())


def cut(token: str) -> Sequence[str]:
    """The words that a token is found by.

    A run of a script without spaces gives each pair of neighbours and its last letter: whatever part of it a reader
    looks for is found by its pairs, and one letter alone as the beginning of a pair.
    """
    if token.isascii() and token.isalnum():
        return (token.lower()[:LONGEST],)
    words: list[str] = []
    for word in _WORD.findall(fold(token)):
        if _FIRST.match(word):
            words.extend(word[place : place + 2] for place in range(len(word)))
        else:
            words.append(word[:LONGEST])
    return words
