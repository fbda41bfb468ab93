"""The words of commits, in which nothing that a stranger wrote may act."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import Change, Kind, Post
from generator.update import commit_message

POST = Post(
    path="posts/larry/2026/2026-11-23-x-01234567.md",
    nick="larry",
    author="Larry",
    title="A title",
    date=datetime(2026, 11, 23, tzinfo=UTC),
    guid="tag:larry,2026:1",
    canonical_url="https://larry.example/1",
    feed="https://larry.example/feed",
    body="One two three.",
)
ACTS = re.compile(
    r"https?://|www\.|#\s*\w|\bGH-\d|@[\w-]|\[(skip|ci skip|no ci|actions skip)|skip-checks|\*\*\*NO_CI",
    re.IGNORECASE,
)


def change(kind: Kind = Kind.ADD, before: Post | None = None, **fields: object) -> Change:
    return Change(kind=kind, post=replace(POST, **fields), before=before)  # type: ignore[arg-type]


def test_the_whole_message() -> None:
    assert commit_message.message(change()) == (
        'Add "A title" (larry)\n\n'
        "Post-Guid: tag:larry,2026:1\nPost-Link: https://larry.example/1\nPost-Feed: https://larry.example/feed\n"
    )


def test_a_revision_says_what_changed() -> None:
    told = commit_message.message(
        change(
            Kind.REVISE,
            replace(POST, tags=("x", "z"), editions=("a",)),
            title="B",
            body="One [two](https://larry.example/2) four five.",
            tags=("@y", "x"),
            guid="g",
            canonical_url="https://larry.example/new",
            also_at=("https://kim.example/1",),
            editions=("a", "b"),
        )
    )
    assert told.startswith(
        'Revise "B" (larry)\n\n'
        'Title: "A title" is now "B".\n'
        "Text: +3 −2.\n"
        "Links: +1.\n"
        "Tags: +(at)y −z.\n"
        "The feed gives the post another GUID.\n"
        "The post has another address.\n"
        "Another author tells it too.\n"
        "Editions: +b.\n\n"
        "Post-Guid: g\n"
    )


def test_what_only_moved_is_called_so() -> None:
    before = replace(POST, body="three two One", tags=("x", "y"))
    told = commit_message.message(change(Kind.REVISE, before, body="One two three", tags=("y", "x")))
    assert "\n\nText: the same words.\nTags: in another order.\n\n" in told


def test_a_withdrawal_gives_its_reason_and_none_of_the_text() -> None:
    when = datetime(2026, 11, 24, tzinfo=UTC)
    told = commit_message.message(change(Kind.WITHDRAW, POST, withdrawn=when, reason="asked by @larry", body=""))
    assert told.startswith("Withdraw a post of 2026-11-23 (larry)\n\nReason: asked by (at)larry\n\nPost-Guid: ")


def test_an_untitled_post_is_named_by_its_first_words() -> None:
    assert commit_message.subject(change(title="", description="Some words")) == 'Add "Some words" (larry)'
    assert commit_message.subject(change(title="", description="")) == 'Add "untitled" (larry)'


@pytest.mark.parametrize(
    "title",
    [
        "fixes #12",
        "closes owner/repo#1",
        "resolves GH-7",
        "resolves https://github.com/o/r/issues/1",
        "thanks @larry and @org/team",
        "[skip ci] [ci skip] [no ci] [skip actions] [actions skip]",
        "***NO_CI***",
        "skip-checks: true",
        "www.example.org, 0www.example.org, wwww.ww.example.org, hhttp://ttp://example.org",
        "a\nSigned-off-by: x <x@x>",
        "\x1b[31mred\r\u202eback\u2028",
    ],
)
def test_a_title_cannot_act(title: str) -> None:
    subject, _, rest = commit_message.message(change(title=title)).partition("\n")
    assert not ACTS.search(subject)
    assert subject.isprintable()
    assert rest.startswith("\nPost-Guid")


texts = st.text(st.characters(codec="utf-8")) | st.lists(
    st.sampled_from(["#", "1", "@", "a", "[", "]", "skip ci", "www", ".", "://", "http", "s", "GH-", " ", "\n", "-"])
).map("".join)


@given(texts, texts)
def test_every_message_has_the_one_grammar(title: str, guid: str) -> None:
    told = commit_message.message(change(title=title, guid=guid or "g"))
    subject, empty, *trailers = told.rstrip("\n").split("\n")
    assert not ACTS.search(subject)
    assert subject.isprintable()
    assert empty == ""
    assert [line.partition(": ")[0] for line in trailers] == ["Post-Guid", "Post-Link", "Post-Feed"]
    assert all(re.fullmatch(r"[\x21-\x7e]+", line.partition(": ")[2]) for line in trailers)
    assert not re.search(r"#\d|(?<![A-Za-z0-9])@|\[", trailers[0].partition(": ")[2])
