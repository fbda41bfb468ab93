"""A planet and its posts → the pages of the site. The door of this room. Pure."""

from generator.site.bodies import Bodies, Body, render_body
from generator.site.health import Watched
from generator.site.layout import lay_out
from generator.site.search import segments

__all__ = ["Bodies", "Body", "Watched", "lay_out", "render_body", "segments"]
