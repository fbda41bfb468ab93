"""Compare names of people: are two the same person's (`is_spelling`), and is one a name at all (`is_role`)? Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from unicodedata import combining, normalize

Words = tuple[str, ...]
"""A name as it is compared: its words without case, accents, and numbers at their ends."""

MAX_WORDS, MAX_PEOPLE = 30, 10
"""Of one text that are compared."""
MAX_COMPOSED = 6
"""Words of a name from which a nick is made."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"})
_UMLAUT = re.compile(r"(?<=[aou])e")
"""What some write for the two points of an umlaut; it is left out of every name."""
_POSSESSIVE = re.compile(r"['’]s\b")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<=[^\W\d]{2})\d+$")
_BETWEEN = re.compile(r" ?[;/|&+、，] ?| (?:and|und|et|y|e|i|og|och|en|и|with) ", re.IGNORECASE)
_ONE_LETTER = re.compile(r"\s[^\W\d_]\s")
_ROLE = re.compile(
    r"the|la|le|el|il|die|site|web|blog|super|no|reply|master|team|staff|writers?|author|autor\w?|auteur|user|root|nobody|"
    r"default|null|none|nil|undefined|blogger|wordpress|feedback|(?:adm|amm)in\w*|(?:web|post|host)m\w+|(?:do)?no?t?reply|"
    r"anonym\w*|anonim\w*|editor\w*|editeur\w*|reda[ckz]\w+|unknown|unbekannt\w*|inconnu\w*|descon\w+|sconosciut\w*|"
    r"nieznan\w*|админ\w*|аноним\w*|редак\w*|неизвест\w*|διαχειρισ\w*|ανωνυμ\w*|管理.*|관리자|编辑.*|編集.*|匿名.*|不明|未知|佚名"
)
"""Words for what somebody is there, or that say that nobody knows, in the languages of programs that put them there."""


def words(text: str) -> Words:
    """Return the words of a name; none where it has no letters."""
    plain = normalize("NFKD", _POSSESSIVE.sub("", text.casefold()).translate(_LETTERS))
    bare = normalize("NFC", "".join(letter for letter in plain if not combining(letter)))
    bare = _UMLAUT.sub("", bare)
    return tuple(_NUMBER.sub("", word) for word in _WORD.findall(bare)[:MAX_WORDS])


def people(text: str) -> list[Words]:
    """Return the names in a text, each in words: `Ann and Bob`, `Ann Lee, Bob Ray`, but not `Lee, Ann`."""
    parts = [part for name in _BETWEEN.split(" ".join(text.split())) for part in _parts(name)]
    return list(filter(None, map(words, parts[:MAX_PEOPLE])))


def _parts(name: str) -> list[str]:
    parts = name.split(", ")
    is_list = len(parts) > 2 or all(" " in part.strip() for part in parts)
    return parts if is_list else [name]


def is_several(name: str) -> bool:
    """Return whether a name is surely that of several: not `Ortega y Gasset`."""
    return len(people(_ONE_LETTER.sub(" ", name))) > 1


def without_roles(name: Words) -> Words:
    """Return the words that are part of a name: none of `Site Admin`."""
    return tuple(word for word in name if not _ROLE.fullmatch(word))


def is_spelling(name: Words, other: Words) -> bool:
    """Return whether both may be one person's: fewer of the words, in any order, initials, or a nick made of them."""
    return is_part(name, other) or is_part(other, name) or is_composed(name, other) or is_composed(other, name)


def is_part(name: Words, whole: Words) -> bool:
    """Return whether `name` says less of the same: no word that is not in `whole`, and a whole one of them."""
    initials = [word for word in name if _is_initial(word)]
    full = {word for word in name if not _is_initial(word)}
    if name == whole or not full <= set(whole):
        return name == whole
    rest = [word for word in whole if word not in full]
    if not full:
        return len(initials) > 1 and sorted(initials) == sorted(word[0] for word in whole)
    return len(full) > 1 or all(any(word.startswith(initial) for word in rest) for initial in initials)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.lower() != word.upper()


def is_composed(name: Words, whole: Words) -> bool:
    """Return whether `name` is one word made of those of `whole`, as nicks are: `larryc`, `lcow`, `cowlarry`, `lc`."""
    return len(name) > 0 and len(whole) > 1 and "".join(name) in _composed(whole)


@lru_cache(maxsize=1024)
def _composed(whole: Words) -> frozenset[str]:
    parts = whole[:MAX_COMPOSED]
    initials = "".join(word[0] for word in parts)
    made = {"".join(whole), "".join(reversed(whole)), initials, initials[:-1] + parts[-1]}
    for first, last in permutations(parts, 2):
        made |= {first + last, first[0] + last, first + last[0]}
    return frozenset(word for word in made if len(word) > 1)


def is_within(name: Sequence[str], whole: Sequence[str]) -> bool:
    """Return whether the words of `name` stand together in `whole`."""
    return bool(name) and f" {' '.join(name)} " in f" {' '.join(whole)} "
