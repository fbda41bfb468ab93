"""What is told of a language → one tag; a text of which nothing is told → a guess, if it is sure. Pure."""

import re
from functools import cache
from typing import Any

LONG_ENOUGH = 200
"""Letters that a guess needs."""
LOOKED_AT = 2000
"""Characters that are looked at."""
SURE = 0.99
"""Probability from which a guess is believed."""


def is_unsure(text: str, tag: str) -> bool:
    """Whether the text itself must be asked: nobody told its language.

    Many programs write `en` into every feed: a text that is mostly in another script makes that unsure, too.
    """
    return not tag or (tag.partition("-")[0] == "en" and _is_foreign(text))


def _is_foreign(text: str) -> bool:
    letters = [sign for sign in text[:LOOKED_AT] if sign.isalpha()]
    return sum(not sign.isascii() for sign in letters) * 2 > len(letters)


def told(*tags: str) -> str:
    """The first of the tags that is one (BCP 47), as `en`, `pt-BR` or `zh-Hant`; empty where none is."""
    for tag in tags:
        parts = tag.strip().replace("_", "-").split("-")
        if re.fullmatch(r"[A-Za-z]{2,3}", parts[0]) and all(
            re.fullmatch(r"[A-Za-z0-9]{2,8}", part) for part in parts[1:]
        ):
            cases = {2: str.upper, 4: str.title}
            return "-".join([parts[0].lower(), *(cases.get(len(part), str.lower)(part) for part in parts[1:])])
    return ""


def guess(text: str) -> str:
    """The language (ISO 639-1) of a plain text; empty where it is too short to tell, or the guess is not sure."""
    start = text[:LOOKED_AT]
    if sum(sign.isalpha() for sign in start) < (LONG_ENOUGH if start.isascii() else LONG_ENOUGH // 2):
        return ""
    language, probability = _identifier().classify(start)
    return str(language) if probability >= SURE and len(language) == 2 else ""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # only here: it takes long, and most runs guess nothing

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
