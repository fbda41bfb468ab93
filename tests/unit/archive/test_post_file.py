"""Posts and the text of their files."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive import paths as paths_
from generator.archive import post_file
from generator.archive.paths import PATH, SLUG_LENGTH, new_path
from generator.errors import FileError
from generator.models import Enclosure, Post

NAIVE_BOUNDS = [datetime(year, 1, 1) for year in (1970, 2200)]  # noqa: DTZ001  hypothesis wants them so
texts = st.text(st.characters(codec="utf-8"))
words = texts.filter(bool)
moments = st.datetimes(*NAIVE_BOUNDS, timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
some_posts = st.builds(
    Post,
    path=st.just("posts/larry/2026/2026-11-23-x-01234567.md"),
    nick=st.just("larry"),
    author=texts,
    title=texts,
    date=moments | st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    updated=st.none() | moments,
    canonical_url=texts,
    guid=texts,
    former_guids=st.lists(words).map(tuple),
    also_at=st.lists(words).map(tuple),
    tags=st.lists(words).map(tuple),
    lang=texts,
    description=texts,
    excerpt=st.booleans(),
    editions=st.lists(words).map(tuple),
    feed=texts,
    rights=texts,
    enclosures=st.lists(
        st.builds(Enclosure, url=st.just("https://x.example/a"), type=st.just("audio/mpeg"), length=st.integers(0))
    ).map(tuple),
    first_seen=st.none() | moments,
    digest=texts,
    withdrawn=st.none() | moments,
    reason=texts,
    body=texts.map(lambda text: text.replace("\r", "").strip("\n")),
)


@given(some_posts)
def test_a_post_reads_back_as_it_was_written(post: Post) -> None:
    text = post_file.to_text(post)
    assert post_file.from_text(text, post.path) == post
    assert post_file.from_text(text.replace("\n", "\r\n"), post.path) == post


def test_the_file_is_flat_and_in_a_fixed_order() -> None:
    post = Post(
        path="posts/larry/2026/2026-11-23-x-01234567.md",
        nick="larry",
        author="Larry",
        title='Colons: "and" quotes',
        date=datetime(2026, 11, 23, 12, tzinfo=UTC),
        guid="tag:1",
        tags=("a", "b"),
        excerpt=True,
        body="Hello.",
    )
    assert post_file.to_text(post) == (
        '---\ntitle: "Colons: \\"and\\" quotes"\ndate: 2026-11-23T12:00:00Z\nauthor: "Larry"\nnick: "larry"\n'
        'guid: "tag:1"\ntags: ["a", "b"]\nexcerpt: true\n---\n\nHello.\n'
    )


@given(st.from_regex(r"[a-z0-9]{2,32}", fullmatch=True), moments | st.dates(date(1000, 1, 1)), texts, texts)
def test_every_path_has_the_one_shape(nick: str, when: datetime, title: str, guid: str) -> None:
    path = new_path(nick, when, title, guid)
    assert PATH.fullmatch(path)
    assert path.isascii()
    assert len(path.rpartition("/")[2]) <= len("2026-11-23-.md") + SLUG_LENGTH


def test_paths_of_different_posts_differ() -> None:
    day = date(2026, 11, 23)
    titles = ("ß", "SS", "ss", "日本語", "🎉", "", "ﬁ", "fi", "A", "a")
    paths = [new_path("larry", day, title, f"guid {number}") for number, title in enumerate(titles)]
    assert len({path.casefold() for path in paths}) == len(titles)
    assert new_path("a1", day, "x", "g") != new_path("b1", day, "x", "g")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Łódź, naïve & Straße!", "lodz-naive-strasse"),
        ("日本語", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("A\0b", "a-b"),
    ],
)
def test_slugs_are_plain_words(title: str, slug: str) -> None:
    assert paths_.slug(title) == slug


def test_a_person_may_write_little() -> None:
    post = post_file.from_text("---\ntitle: Hello\ndate: 2026-11-23 12:00\n---\nText\n", "posts/larry/hello.md")
    assert (post.nick, post.title, post.date) == ("larry", "Hello", datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert post_file.from_text("---\ntitle: Hi\n---\n", "posts/larry/2026-11-23-hi.md").date == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("no head", 1, "does not begin with front matter"),
        ("---\n- a\n---\n", 2, "not `key: value` lines"),
        ("---\ntitle: x\n---\n", 1, "no date"),
        ("---\ntitle: x\ndate: soon\n---\n", 3, "date is not a date"),
        ("---\ntitle: [x]\ndate: 2026-01-01\n---\n", 2, "title is not text"),
        ("---\ntitle: x\ndate: 2026-01-01\ntags: a, b\n---\n", 4, "tags is not a list"),
        ("---\ntitle: x\ndate: 2026-01-01\nexcerpt: maybe\n---\n", 4, "excerpt is not true or false"),
    ],
)
def test_faults_are_told_with_line_and_remedy(text: str, line: int, said: str) -> None:
    with pytest.raises(FileError) as caught:
        post_file.from_text(text, "posts/larry/x.md")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert said in problem.reason
    assert problem.remedy
