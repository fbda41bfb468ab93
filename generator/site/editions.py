"""Posts → those that an edition shows, newest first. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from generator.models import Edition, Head, When


def moment(when: When, zone: ZoneInfo) -> datetime:
    """The moment that a date stands for, in UTC: where only a day is known, the start of that day in `zone`."""
    if isinstance(when, datetime):
        return when
    try:
        return datetime.combine(when, time(), zone).astimezone(UTC)
    except OverflowError:  # within a day of the calendar's ends
        return datetime.combine(when, time(), UTC)


def day(when: When, zone: ZoneInfo) -> date:
    """The calendar day in `zone` under which a date is shown; a plain date is its own day."""
    if not isinstance(when, datetime):
        return when
    try:
        return when.astimezone(zone).date()
    except OverflowError:
        return when.date()


def age(post: Head, zone: ZoneInfo) -> tuple[datetime, str]:
    """The order of posts: by their date; within a moment by their path, so that it never depends on the disk."""
    return moment(post.date, zone), post.path


def newest_first(posts: Iterable[Head], zone: ZoneInfo) -> list[Head]:
    """The posts by their age."""
    return sorted(posts, key=lambda post: age(post, zone), reverse=True)


def shows(edition: Edition, post: Head) -> bool:
    """Whether the edition shows the post: it belongs there, its language is wanted or unknown, and it stands."""
    if post.withdrawn is not None or (post.editions and edition.key not in post.editions):
        return False
    wanted = {language.lower() for language in edition.filter.languages}
    return not wanted or not post.lang or primary(post.lang) in wanted


def primary(language: str) -> str:
    """The first subtag of a language tag (BCP 47): `en` of `en-GB`."""
    return language.replace("_", "-").partition("-")[0].lower()


def select(edition: Edition, posts: Iterable[Head]) -> list[Head]:
    """The posts that the edition shows, in the order in which they come."""
    return [post for post in posts if shows(edition, post)]
