"""The nouns: what travels from one room to the next. Every datetime is aware and in UTC."""

from generator.models.feed import (
    Doubt,
    Enclosure,
    Entry,
    Failure,
    Feed,
    FeedFetch,
    FeedIdentity,
    FetchRecord,
    PollHints,
    Response,
    Validators,
    When,
)
from generator.models.planet import Author, Edition, EditionFilter, FeedSource, FetchSettings, Planet
from generator.models.post import ROBOT, Change, Kind, Page, Post, PostHead

__all__ = [
    "ROBOT",
    "Author",
    "Change",
    "Doubt",
    "Edition",
    "EditionFilter",
    "Enclosure",
    "Entry",
    "Failure",
    "Feed",
    "FeedFetch",
    "FeedIdentity",
    "FeedSource",
    "FetchRecord",
    "FetchSettings",
    "Kind",
    "Page",
    "Planet",
    "PollHints",
    "Post",
    "PostHead",
    "Response",
    "Validators",
    "When",
]
