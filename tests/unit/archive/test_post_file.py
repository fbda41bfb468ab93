"""Posts and the text of their files."""

import json
import sqlite3
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive import index, post_file, tombstone
from generator.archive import paths as paths_
from generator.archive.export import documents, sqlite
from generator.archive.paths import PATH, SLUG_LENGTH, digits, new_path, path_without_words
from generator.archive.post_file import FIELDS, FieldKind
from generator.errors import FileError
from generator.models import Enclosure, Post, PostHead, to_iso
from tests.support.sample_site import make_planet

PLANET = make_planet()
NAIVE_BOUNDS = [datetime(year, 1, 1) for year in (1970, 2200)]  # noqa: DTZ001  hypothesis wants them so
texts = st.text(st.characters(codec="utf-8"))
words = texts.filter(bool)
moments = st.datetimes(*NAIVE_BOUNDS, timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
enclosures = st.builds(
    Enclosure,
    url=st.just("https://x.example/a"),
    type=st.sampled_from(["", "audio/mpeg"]),
    length=st.integers(0, 2**62),
    text=texts,
    thumbnail=st.sampled_from(["", "https://x.example/a.png"]),
)
VALUES = {
    FieldKind.TEXT: texts,
    FieldKind.TEXTS: st.lists(words).map(tuple),
    FieldKind.WHEN: moments | st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    FieldKind.MOMENT: moments,
    FieldKind.FLAG: st.booleans(),
    FieldKind.ENCLOSURES: st.lists(enclosures).map(tuple),
}
EMPTY = {field.name: field.default for field in fields(Post)}
some_posts = st.builds(
    Post,
    path=st.just("posts/larry/2026/2026-11-23-x-01234567.md"),
    body=texts.map(lambda text: text.replace("\r", "").strip("\n")),
    **{
        field.name: VALUES[field.kind] if EMPTY[field.name] is not None else st.none() | VALUES[field.kind]
        for field in FIELDS
        if field.name != "nick"
    },
    nick=st.just("larry"),
)
standing = some_posts.map(lambda post: replace(post, withdrawn=None))


def test_every_field_of_a_post_stands_in_the_table() -> None:
    assert sorted(field.name for field in FIELDS) == sorted(set(EMPTY) - {"path", "body"})


@settings(max_examples=20)  # each writes a database
@given(some_posts)
def test_every_field_survives_in_the_index_and_the_exports(post: Post) -> None:
    head = PostHead(**{field.name: getattr(post, field.name) for field in fields(PostHead)})
    row = json.loads(json.dumps(["version", dict(index._to_json(head))]))
    assert index._read_row(post.path, row) == ("version", head)

    (exported,) = json.loads(documents.as_json(PLANET, [post]))["posts"]
    with TemporaryDirectory() as folder:
        sqlite.write(PLANET, [post], Path(folder) / "planet.sqlite")
        connection = sqlite3.connect(Path(folder) / "planet.sqlite")
        connection.row_factory = sqlite3.Row
        (stored,) = connection.execute("SELECT * FROM posts")
        for field in FIELDS:
            value = getattr(post, field.name)
            plain = to_iso(value) if isinstance(value, date) else value
            if field.kind is FieldKind.TEXTS:
                items = [item for _, item in connection.execute(f"SELECT * FROM post_{field.name} ORDER BY rowid")]
                assert items == list(value)
                assert exported.get(field.name, []) == list(value)
            elif field.kind is FieldKind.ENCLOSURES:
                files = connection.execute(
                    "SELECT url, type, length, text, thumbnail FROM post_enclosures ORDER BY rowid"
                )
                assert [Enclosure(**file) for file in map(dict, files)] == list(value)
                assert [Enclosure(**file) for file in exported.get("enclosures", [])] == list(value)
            else:
                assert stored[field.name] == plain
                assert exported.get(field.name, value if not value else None) == plain
        connection.close()


@given(some_posts)
def test_a_tombstone_keeps_what_recognises_the_post(post: Post) -> None:
    left = tombstone(post, "asked for", datetime(2026, 11, 23, tzinfo=UTC))
    assert (left.path, left.body, left.reason) == (path_without_words(post), "", "asked for")
    for field in FIELDS:
        if field.name not in ("withdrawn", "reason"):
            assert getattr(left, field.name) == (getattr(post, field.name) if field.lasts else EMPTY[field.name])


@given(standing)
def test_a_post_reads_back_as_it_was_written(post: Post) -> None:
    text = post_file.to_text(post)
    assert post_file.from_text(text, post.path) == post
    assert post_file.from_text(text.replace("\n", "\r\n"), post.path) == post


@given(standing)
def test_another_nick_changes_the_lines_of_nicks_alone(post: Post) -> None:
    text = post_file.to_text(post)
    renamed = replace(post, path=post.path.replace("/larry/", "/lars/"), nick="lars", former_nick=post.first_nick)
    changed = post_file.under_nick(text, renamed)
    assert post_file.from_text(changed, renamed.path) == renamed
    before, after = (
        [line for line in lines.split("\n") if not line.startswith(("nick:", "former_nick:"))]
        for lines in (text, changed)
    )
    assert before == after


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("---\ntitle: X\nmood: fine\n---\n\nnick: x\n", '---\ntitle: X\nmood: fine\nnick: "lars"\n{}---\n\nnick: x\n'),
        ("---\r\ntitle: X\r\nnick: larry\r\n---\r\nHi\r\n", '---\r\ntitle: X\r\nnick: "lars"\n{}---\r\nHi\r\n'),
        ("---\nnick: larry # me\nformer_nick: old\ntitle: X\n---\n", '---\nnick: "lars"\n{}title: X\n---\n'),
    ],
)
def test_what_a_person_wrote_besides_stays(text: str, changed: str) -> None:
    path = "posts/larry/2026/2026-11-23-x.md"
    post = post_file.from_text(text, path)
    first = post.first_nick
    renamed = replace(post, path=path.replace("larry", "lars"), nick="lars", former_nick=first)
    assert post_file.under_nick(text, renamed) == changed.format(f'former_nick: "{first}"\n')


def test_front_matter_that_lines_cannot_change_is_written_anew() -> None:
    text = '---\n{"title": "X", "nick": "larry"}\n---\n\nHi\n'
    post = replace(post_file.from_text(text, "posts/larry/2026/2026-11-23-x.md"), nick="lars", former_nick="larry")
    assert post_file.under_nick(text, post) == post_file.to_text(post)


@given(some_posts, moments)
def test_of_a_withdrawn_post_nothing_is_read_but_its_tombstone(post: Post, when: datetime) -> None:
    """Those of earlier versions have a title, and a person who writes `withdrawn` may leave the text."""
    left = replace(tombstone(post, post.reason, when), path=post.path)
    whole = replace(post, withdrawn=when)
    text = post_file.to_text(whole)
    head = post_file.head_from_text(text, post.path)
    assert post_file.from_text(text, post.path) == post_file.whole(head, text) == left
    assert "\ntitle:" not in post_file.to_text(left)
    assert post_file.from_text(post_file.to_text(left), post.path) == left


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


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("https://x.example/a", Enclosure(url="https://x.example/a")),
        ("https://x.example/a - 7", Enclosure(url="https://x.example/a", length=7)),
        ("https://x.example/a a/b 7", Enclosure(url="https://x.example/a", type="a/b", length=7)),
        ("https://x.example/a a/b 0 - A cat", Enclosure(url="https://x.example/a", type="a/b", text="A cat")),
        (
            "https://x.example/a a/b 0 https://t",
            Enclosure(url="https://x.example/a", type="a/b", thumbnail="https://t"),
        ),
    ],
)
def test_a_file_is_a_line(line: str, file: Enclosure) -> None:
    post = post_file.from_text(f'---\ntitle: x\ndate: 2026-01-01\nenclosures: ["{line}"]\n---\n', "posts/larry/x.md")
    assert post.enclosures == (file,)
    assert post_file.from_text(post_file.to_text(post), post.path) == post
    assert line.count(" ") < 2 or f'"{line}"' in post_file.to_text(post)


@given(st.from_regex(r"[a-z0-9]{2,32}", fullmatch=True), moments | st.dates(date(1000, 1, 1)), texts, texts)
def test_every_path_has_the_one_shape(nick: str, when: datetime, title: str, guid: str) -> None:
    path = new_path(nick, when, title, guid)
    assert PATH.fullmatch(path)
    assert path.isascii()
    assert len(path.rpartition("/")[2]) <= len("2026-11-23-.md") + SLUG_LENGTH


@pytest.mark.parametrize(
    ("path", "wordless"),
    [
        ("posts/larry/2026/2026-11-23-the-secret-{0}.md", "posts/larry/2026/2026-11-23-{0}.md"),
        ("posts/larry/2026/2026-11-23-{0}.md", "posts/larry/2026/2026-11-23-{0}.md"),
        ("posts/larry/2026/2026-11-24-the-secret-{1}.md", "posts/larry/2026/2026-11-24-{1}.md"),
        ("posts/larry/2026/2026-11-24-my-secret-name.md", "posts/larry/2026/2026-11-24-{0}.md"),
        ("posts/larry/2026/2026-11-24-my-secret-0123abcd.md", "posts/larry/2026/2026-11-24-{0}.md"),
        ("posts/larry/my-secret.md", "posts/larry/2026/2026-11-23-{0}.md"),
        ("posts/larry/secrets of mine/2020/a.md", "posts/larry/2026/2026-11-23-{0}.md"),
        ("posts/Kim/secret.md", "posts/larry/2026/2026-11-23-{0}.md"),
        ("posts/secret.md", "posts/larry/2026/2026-11-23-{0}.md"),
    ],
)
def test_the_path_of_a_withdrawn_post_has_no_word_of_it(path: str, wordless: str) -> None:
    own = [digits("larry", guid) for guid in ("tag:larry,2026:1", "old")]
    post = Post(
        path=path.format(*own), nick="larry", author="", title="A secret", date=date(2026, 11, 23),
        guid="tag:larry,2026:1", former_guids=("old",),
    )  # fmt: skip
    left = path_without_words(post)
    assert left == wordless.format(*own)
    assert path_without_words(replace(post, path=left)) == left


def test_the_digits_of_a_post_without_a_guid_or_a_nick_are_those_of_its_path() -> None:
    post = Post(path="posts/my-secret.md", nick="", author="", title="A secret", date=date(2026, 11, 23))
    assert path_without_words(post) == f"posts/2026-11-23-{digits('', post.path)}.md"


def test_the_first_nick_gives_the_digits() -> None:
    post = Post(
        path="posts/lawrence/2026/2026-11-23-x-01234567.md", nick="lawrence", former_nick="larry", author="", title="X",
        date=date(2026, 11, 23), guid="1",
    )  # fmt: skip
    assert path_without_words(post).endswith(f"2026-11-23-{digits('larry', '1')}.md")
    assert post.first_path == "posts/larry/2026/2026-11-23-x-01234567.md"
    assert replace(post, former_nick="").first_path == post.path


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
