"""Clean strangers' HTML (`clean`), keep it as Markdown (`to_markdown`), and render that for pages (`to_html`). Pure."""

from generator.markup.cleaning import Cleaned, clean
from generator.markup.cleaning.embeds import is_embed
from generator.markup.cleaning.removals import Removal, removed
from generator.markup.markdown import to_markdown
from generator.markup.metadata import Metadata, metadata_of
from generator.markup.picture_key import picture_key
from generator.markup.render import fold, to_html
from generator.markup.sanitize import own
from generator.markup.text import description, former_title, links, plain_line, signature, text, title
from generator.markup.tree.lines import words

__all__ = [
    "Cleaned",
    "Metadata",
    "Removal",
    "clean",
    "description",
    "fold",
    "former_title",
    "is_embed",
    "links",
    "metadata_of",
    "own",
    "picture_key",
    "plain_line",
    "removed",
    "signature",
    "text",
    "title",
    "to_html",
    "to_markdown",
    "words",
]
