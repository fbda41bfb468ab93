"""Render the planet's own texts with `to_html`: Markdown with tables of contents and attribute lists. Pure."""

from functools import lru_cache

import markdown

from generator import markup
from generator.errors import PlanetError


@lru_cache(maxsize=1024)
def to_html(text: str, *, root: str) -> str:
    """Return the text as sanitised HTML; relative links lead from `root`. `[TOC]` becomes a table of contents.

    Python-Markdown is for texts that the planet's own people write and review; posts go through `markup`. The same few
    texts stand on many pages, so they are remembered. Raises PlanetError for a text that is nested too deeply.
    """
    if not text.strip():
        return ""
    try:
        rendered = markdown.markdown(text, extensions=["toc", "attr_list"], output_format="html")
    except RecursionError as error:
        raise PlanetError(f"a text is nested too deeply; write it more simply: {text[:60]!r}") from error
    return markup.own(rendered, root=root)
