"""The words of commits, in which nothing that a stranger wrote may act."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import messages
from generator.model import Change, Kind, Post

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
    return Change(kind=kind, post=Post(**{**vars(POST), **fields}), before=before)  # type: ignore[arg-type]


def test_the_whole_message() -> None:
    assert messages.message(change()) == (
        'Add "A title" (larry)\n\n'
        "Post-Guid: tag:larry,2026:1\nPost-Link: https://larry.example/1\nPost-Feed: https://larry.example/feed\n"
    )


def test_a_revision_says_what_changed() -> None:
    told = messages.message(change(Kind.REVISE, POST, title="B", body="One two four five.", tags=("x",), guid="g"))
    assert told.startswith(
        'Revise "B" (larry)\n\nTitle: "A title" is now "B".\nText: 3 words before, 4 now; 2 new, 1 gone.\n'
    )
    assert "another GUID" in told
    assert "Tags changed." in told


def test_an_untitled_post_is_named_by_its_first_words() -> None:
    assert messages.subject(change(title="", description="Some words")) == 'Add "Some words" (larry)'
    assert messages.subject(change(title="", description="")) == 'Add "untitled" (larry)'


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
        "www.example.org",
        "a\nSigned-off-by: x <x@x>",
        "\x1b[31mred\r\u202eback\u2028",
    ],
)
def test_a_title_cannot_act(title: str) -> None:
    subject, _, rest = messages.message(change(title=title)).partition("\n")
    assert not ACTS.search(subject)
    assert subject.isprintable()
    assert rest.startswith("\nPost-Guid")


texts = st.text(st.characters(codec="utf-8")) | st.lists(
    st.sampled_from(["#", "1", "@", "a", "[", "]", "skip ci", "www", ".", "://", "http", "s", "GH-", " ", "\n", "-"])
).map("".join)


@given(texts, texts)
def test_every_message_has_the_one_grammar(title: str, guid: str) -> None:
    told = messages.message(change(title=title, guid=guid or "g"))
    subject, empty, *trailers = told.rstrip("\n").split("\n")
    assert not ACTS.search(subject)
    assert subject.isprintable()
    assert empty == ""
    assert [line.partition(": ")[0] for line in trailers] == ["Post-Guid", "Post-Link", "Post-Feed"]
    assert all(re.fullmatch(r"[\x21-\x7e]+", line.partition(": ")[2]) for line in trailers)
    assert not re.search(r"#\d|(?<![A-Za-z0-9])@|\[", trailers[0].partition(": ")[2])
