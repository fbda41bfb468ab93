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
from generator.models.guids import is_page_guid, page_guid, text_guid
from generator.models.log import FileChange, LogCommit
from generator.models.names import name_key
from generator.models.patterns import pattern_fault, search
from generator.models.planet import (
    NICK,
    Author,
    AuthorFault,
    Edition,
    EditionFilter,
    EntryPattern,
    FeedSource,
    FetchSettings,
    Planet,
    Subscription,
    subscriptions,
)
from generator.models.post import ROBOT, Change, Kind, Page, Post, PostHead
from generator.models.text import as_json, inert
from generator.models.urls import host, page_url, safe_url, url_key, without_tracking

__all__ = [
    "DAY",
    "HOUR",
    "NICK",
    "ROBOT",
    "Author",
    "AuthorFault",
    "Change",
    "Doubt",
    "Edition",
    "EditionFilter",
    "Enclosure",
    "Entry",
    "EntryPattern",
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
    "Subscription",
    "Validators",
    "When",
    "after_skipped",
    "as_json",
    "dates",
    "from_iso",
    "host",
    "inert",
    "is_page_guid",
    "iso",
    "moment",
    "name_key",
    "page_guid",
    "page_url",
    "pattern_fault",
    "rfc822",
    "safe_url",
    "search",
    "sort_key_in",
    "subscriptions",
    "text_guid",
    "to_iso",
    "url_key",
    "urls",
    "without_tracking",
]
