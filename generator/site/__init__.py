"""A planet and its posts → the pages of the site. The door of this room. Pure."""

from generator.site.bodies import Bodies, Body, html_of, minutes, render_body
from generator.site.colours import coloured
from generator.site.frame import names
from generator.site.health import Watched
from generator.site.layout import lay_out
from generator.site.search import contents, segments

__all__ = [
    "Bodies",
    "Body",
    "Watched",
    "coloured",
    "contents",
    "html_of",
    "lay_out",
    "minutes",
    "names",
    "render_body",
    "segments",
]
