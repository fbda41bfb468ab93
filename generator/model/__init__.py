"""The nouns: what travels from one room to the next. Every datetime is aware and in UTC."""

from generator.model.feed import Enclosure, Entry, Failure, Feed, Harvest, Hints, Response, Validators, When
from generator.model.planet import Author, Edition, EditionFilter, FeedSource, FetchSettings, Planet
from generator.model.post import ROBOT, Change, Head, Kind, Page, Post

__all__ = [
    "ROBOT",
    "Author",
    "Change",
    "Edition",
    "EditionFilter",
    "Enclosure",
    "Entry",
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
