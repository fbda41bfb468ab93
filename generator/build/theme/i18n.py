"""Load a language's interface texts and dates from its catalogue (gettext .po): `Translations`."""

import gettext
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2s
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from babel.units import format_unit

from generator.errors import PlanetError
from generator.models import When

SOURCE = "en"
"""The language that the templates themselves are written in; it needs no catalogue."""


class Translations:
    """The texts and dates of one language. What a catalogue does not translate stays English."""

    def __init__(self, language: str, folders: Iterable[Path]) -> None:
        """`folders` hold catalogues; the first that translates a text is heard.

        Raises PlanetError where there is no catalogue, where one cannot be read, or where nobody knows the language.
        """
        try:
            self._locale = Locale.parse(language)
        except (ValueError, UnknownLocaleError) as error:
            raise PlanetError(f"nobody knows the dates of the language {language!r}; mend the setting") from error
        paths = [path for folder in folders if (path := folder / f"{language}.po").is_file()]
        if not paths and language != SOURCE:
            raise PlanetError(
                f"there are no texts in {language!r}; add theme/locale/{language}.po, or set a `language`"
            )
        self.texts = gettext.NullTranslations()
        """What gives the texts."""
        read = [path.read_bytes() for path in paths]
        self.mark = f"{language} {blake2s(repr(read).encode()).hexdigest()}"
        """Changes whenever a text does."""
        for path, content in reversed(list(zip(paths, read, strict=True))):
            catalogue = gettext.GNUTranslations(BytesIO(_compile(content, language, f"{path.parent.name}/{path.name}")))
            catalogue.add_fallback(self.texts)
            self.texts = catalogue
        self.tag = language.replace("_", "-")
        """The language as HTML and feeds name it."""
        self.day, self.weekday, self.month = (
            lru_cache(4096)(method) for method in (self._day, self._weekday, self._month)
        )

    @property
    def direction(self) -> str:
        """Which way the language is written."""
        return "rtl" if self._locale.character_order == "right-to-left" else "ltr"

    def _day(self, when: When) -> str:
        """`October 13, 2019`"""
        return format_date(when, "long", self._locale)

    def _weekday(self, when: When) -> str:
        """`Sunday`"""
        return format_date(when, "cccc", self._locale)

    def _month(self, when: When) -> str:
        """`October 2019`"""
        return format_skeleton("yMMMM", datetime(when.year, when.month, 1), locale=self._locale)  # noqa: DTZ001 a month

    def monthname(self, number: int, width: Literal["wide", "narrow"] = "wide") -> str:
        """`October`, of 10, or `O`."""
        return str(get_month_names(width, "stand-alone", self._locale)[number])

    def clock(self, when: When) -> str:
        """`14:34 UTC`; empty for a plain date, whose time nobody knows."""
        return f"{when.hour:02}:{when.minute:02} UTC" if isinstance(when, datetime) else ""

    def language(self, code: str) -> str:
        """`German`, of `de`; the code itself where nobody knows a name."""
        return self._locale.languages.get(code) or code

    def number(self, number: float) -> str:
        """`1,234`"""
        return format_decimal(number, locale=self._locale)

    def size(self, size: int) -> str:
        """`1.5 MB`, of a number of bytes."""
        power = min(3, max(0, len(str(size)) - 1) // 3)
        unit = ("byte", "kilobyte", "megabyte", "gigabyte")[power]
        return format_unit(round(size / 1000**power, 1), f"digital-{unit}", "short", locale=self._locale) or str(size)


@lru_cache(64)
def _compile(content: bytes, language: str, name: str) -> bytes:
    try:
        catalogue = read_po(BytesIO(content), locale=language, abort_invalid=True)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        return compiled.getvalue()
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise PlanetError(f"theme/{name}: {error}; mend the catalogue") from error
