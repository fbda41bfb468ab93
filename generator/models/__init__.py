"""The nouns: what travels from one room to the next. Every datetime is aware and in UTC."""

from generator.models.feed import (
    Answer,
    Doubt,
    Enclosure,
    Entry,
    Facts,
    Failure,
    Feed,
    Harvest,
    Hints,
    Response,
    Validators,
    When,
)
from generator.models.planet import Author, Edition, EditionFilter, FeedSource, FetchSettings, Planet
from generator.models.post import ROBOT, Change, Head, Kind, Page, Post

__all__ = [
    "ROBOT",
    "Answer",
    "Author",
    "Change",
    "Doubt",
    "Edition",
    "EditionFilter",
    "Enclosure",
    "Entry",
    "Facts",
    "Failure",
    "Feed",
    "FeedSource",
    "FetchSettings",
    "Harvest",
    "Head",
    "Hints",
    "Kind",
    "Page",
    "Planet",
    "Post",
    "Response",
    "Validators",
    "When",
]
