"""Select the posts that an edition shows (`select`, `edition_shows`). Pure."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from generator.models import Edition, PostHead, sort_key_in


def newest_first(posts: Iterable[PostHead], zone: ZoneInfo) -> list[PostHead]:
    """The posts by their age."""
    return sorted(posts, key=lambda post: sort_key_in(post, zone), reverse=True)


def edition_shows(edition: Edition, post: PostHead) -> bool:
    """Whether the edition shows the post: it belongs there, its language is wanted or unknown, and it stands."""
    if not post.is_standing or (post.editions and edition.key not in post.editions):
        return False
    wanted = {language.lower() for language in edition.filter.languages}
    return not wanted or not post.lang or primary_language(post.lang) in wanted


def primary_language(language: str) -> str:
    """The first subtag of a language tag (BCP 47): `en` of `en-GB`."""
    return language.replace("_", "-").partition("-")[0].lower()


def select(edition: Edition, posts: Iterable[PostHead]) -> list[PostHead]:
    """The posts that the edition shows, in the order in which they come."""
    return [post for post in posts if edition_shows(edition, post)]
