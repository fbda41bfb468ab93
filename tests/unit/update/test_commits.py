"""Who wrote a change, and when: what the commit says of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.git import Person
from generator.models import ROBOT, Author, Change, Edition, Kind, Planet, Post, When
from generator.update.commits import commit_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DATE = datetime(2026, 11, 1, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 5, 8, tzinfo=UTC)
PLANET = Planet(
    title="Planet Larry",
    url="https://planet.example.org/",
    timezone="UTC",
    editions=(Edition(key="planet", title="Planet Larry", path=""),),
    authors=(),
)
POST = Post(
    path="posts/larry/2026/2026-11-01-x-01234567.md", nick="larry", author="Larry", title="X", date=DATE, guid="g"
)


def written(kind: Kind, post: Post, before: Post | None = None) -> datetime:
    return commit_of(Change(kind=kind, post=post, before=before), PLANET, NOW).written


def test_a_new_post_is_dated_as_the_post_whenever_it_was_updated() -> None:
    assert written(Kind.ADD, POST) == DATE
    assert written(Kind.ADD, replace(POST, updated=LATER)) == DATE


@pytest.mark.parametrize(
    ("before", "updated", "when"),
    [
        (None, LATER, LATER),
        (LATER, LATER + timedelta(days=1), LATER + timedelta(days=1)),
        (None, date(2026, 11, 5), datetime(2026, 11, 5, tzinfo=UTC)),
        (None, None, NOW),
        (None, DATE, NOW),
        (None, DATE - timedelta(days=3), NOW),
        (None, NOW + timedelta(days=400), NOW),
        (LATER, LATER, NOW),  # the feed says nothing of this revision: that is when an earlier one was made
    ],
)
def test_a_revision_is_dated_when_it_was_made(before: When | None, updated: When | None, when: datetime) -> None:
    revised = replace(POST, title="Y", updated=updated)
    assert written(Kind.REVISE, revised, replace(POST, updated=before)) == when


def test_what_the_planet_does_is_dated_when_it_does_that() -> None:
    for kind in (Kind.WITHDRAW, Kind.REPAIR):
        assert written(kind, replace(POST, updated=LATER), POST) == NOW


def test_what_a_person_does_through_a_command_is_that_person_s() -> None:
    jane = Person(name="Jane", email="jane@example.org")
    for kind in Kind:
        before = None if kind is Kind.ADD else POST
        assert commit_of(Change(kind=kind, post=POST, before=before), PLANET, NOW, by=jane).author == jane


MEMBER = Author(nick="larry", name="Larry", feeds=(), email="larry@larry.example")
GUESTS = replace(POST, byline="Kim Guest")


@pytest.mark.parametrize("kind", [Kind.ADD, Kind.REVISE])
def test_a_guests_commit_is_the_guests_without_the_members_address(kind: Kind) -> None:
    planet = replace(PLANET, authors=(MEMBER,))

    def author(post: Post) -> Person:
        return commit_of(Change(kind=kind, post=post, before=None if kind is Kind.ADD else POST), planet, NOW).author

    assert author(POST) == Person(name="Larry", email="larry@larry.example")
    assert author(GUESTS) == Person(name="Kim Guest", email="larry@planet.invalid")


@pytest.mark.parametrize("kind", [Kind.WITHDRAW, Kind.REPAIR])
def test_what_the_planet_does_to_a_guests_post_is_its_own(kind: Kind) -> None:
    assert commit_of(Change(kind=kind, post=GUESTS, before=GUESTS), PLANET, NOW).author.email == ROBOT


def test_a_strange_name_stays_within_its_line() -> None:
    strange = replace(POST, byline="Kim <x@y>\nauthor Larry")
    author = commit_of(Change(kind=Kind.ADD, post=strange), PLANET, NOW).author
    assert author.at(DATE) == b"Kim x@yauthor Larry <larry@planet.invalid> 1793527200 +0000"
