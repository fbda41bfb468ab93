"""The planet's own texts, Markdown with a table of contents and attribute lists → sanitised HTML. Pure."""

import markdown

from generator import markup


def to_html(text: str, *, base: str) -> str:
    """The text as sanitised HTML; relative links are taken from `base`. `[TOC]` becomes a table of contents.

    Python-Markdown is for texts that the planet's own people write and review; posts go through `markup`.
    """
    if not text.strip():
        return ""
    rendered = markdown.markdown(text, extensions=["toc", "attr_list"], output_format="html")
    return markup.clean(rendered, base=base).html
