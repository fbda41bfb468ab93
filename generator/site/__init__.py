"""The pages of the site, laid out from a planet and its posts (`lay_out`). The door of this package. Pure."""

from generator.markup.highlight import coloured
from generator.site.context import Extras, names
from generator.site.layout import lay_out, lay_out_states, shown_whole
from generator.site.pages.search import contents, segments
from generator.site.views.body import Bodies, Body, render_body, render_text
from generator.site.views.feed_state import FeedHealth
from generator.site.views.feed_totals import FeedKey, FeedTotals, Newest, feed_totals
from generator.site.views.post import LASTING

__all__ = [
    "LASTING",
    "Bodies",
    "Body",
    "Extras",
    "FeedHealth",
    "FeedKey",
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
    "shown_whole",
]
