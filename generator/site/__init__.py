"""A planet and its posts → the pages of the site. The door of this room. Pure."""

from generator.markup.highlight import coloured
from generator.site.context import names
from generator.site.layout import lay_out, lay_out_states
from generator.site.pages.search import contents, segments
from generator.site.views.body import Bodies, Body, render_body, render_text
from generator.site.views.feed_state import FeedHealth
from generator.site.views.feed_totals import FeedTotals, Newest, feed_totals
from generator.site.views.post import LASTING

__all__ = [
    "LASTING",
    "Bodies",
    "Body",
    "FeedHealth",
    "FeedTotals",
    "Newest",
    "coloured",
    "contents",
    "feed_totals",
    "lay_out",
    "lay_out_states",
    "names",
    "render_body",
    "render_text",
    "segments",
]
