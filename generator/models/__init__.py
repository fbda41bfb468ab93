"""The nouns of a planet, which travel from one package to the next. Every datetime is aware and in UTC."""

from generator.models import dates, urls
from generator.models.dates import from_iso, iso, moment, rfc822, sort_key_in, to_iso
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
from generator.models.feed_state import DAY, HOUR, FeedState, PollState, after_skipped
from generator.models.log import FileChange, LogCommit
from generator.models.planet import NICK, Author, Edition, EditionFilter, FeedSource, FetchSettings, Planet
from generator.models.post import ROBOT, Change, Kind, Page, Post, PostHead
from generator.models.text import as_json, inert
from generator.models.urls import host, safe_url, url_key, without_tracking

__all__ = [
    "DAY",
    "HOUR",
    "NICK",
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
    "FeedState",
    "FetchRecord",
    "FetchSettings",
    "FileChange",
    "Kind",
    "LogCommit",
    "Page",
    "Planet",
    "PollHints",
    "PollState",
    "Post",
    "PostHead",
    "Response",
    "Validators",
    "When",
    "after_skipped",
    "as_json",
    "dates",
    "from_iso",
    "host",
    "inert",
    "iso",
    "moment",
    "rfc822",
    "safe_url",
    "sort_key_in",
    "to_iso",
    "url_key",
    "urls",
    "without_tracking",
]
