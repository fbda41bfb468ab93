"""The index of search: what is found is what a scan of all texts finds, and a new post changes little of it."""

import datetime as dt
import json
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import site
from generator.site import search
from generator.site.search import SearchRecord
from tests.support.sample_site import make_author, make_planet, make_post

ALPHABET = "aAbBéßłŁØøæı ïÏ_-.'0９①ﬁ日本語のがカﾊﾟー한국어ไทยي\u0651أإ\u0640מ\u05b0и\u0306йς\u200c\u00adहिन्दी𠮷é"
SOME = st.text(st.sampled_from(ALPHABET) | st.characters(exclude_categories=["Cs"]), max_size=30)


def make_record(number, text, **fields):
    given = {
        "page": f"posts/x/{number}.html",
        "title": "",
        "untitled": True,
        "nick": "mgorny",
        "author": "",
        "byline": "",
        "day": dt.date(2019, 10, 1) + dt.timedelta(number),
        "tags": (),
        "editions": ("universe",),
        "language": "en",
        "direction": "ltr",
        "text": lambda: text,
    }
    return SearchRecord(**given | fields)


def itself(record):
    """Where posts are told as records already."""
    return record


def parts(records):
    return search.part(records, itself, lambda some: " ".join(record.page for record in some))


def words(text):
    return [word for token in search.tokens(text) for word in search.cut(token)]


def look_up(records):
    """For each word, its posts with their places, as a browser puts the files together."""
    found, base = {}, 0
    for segment in parts(records):
        files = {path: json.loads(text) for path, text in search.files(segment)}
        table = files[segment.last]
        assert table["words"] == [min(files[f"{segment.folder}w{n}.json"]) for n in range(len(table["words"]))]
        assert len(table["by"]) == len(table["days"]) == len(table["in"]) == len(segment.records)
        for path, file in files.items():
            if path.rpartition("/")[2].startswith("w"):
                for word, steps in file.items():
                    number = 0
                    for step in steps:
                        number += step
                        found.setdefault(word, {})[base + (number >> 2)] = number & 3
        base += len(segment.records)
    return found


# --- words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gentoo's Łódź_2019", ["gentoo", "s", "lodz", "2019"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("naïve e\u0301te\u0301 ﬁne", ["naive", "ete", "fine"]),
        ("Ёлка й", ["елка", "и"]),
        ("السَّلَامُ أحمد", ["السلام", "احمد"]),
        ("שָׁלוֹם", ["שלום"]),
        ("初雪。", ["初雪", "雪"]),
        ("東京tower", ["東京", "京", "tower"]),
        ("がカ", ["がカ", "カ"]),
        ("ﾊﾟﾝ", ["パン", "ン"]),
        ("हिन्दी।", ["हिन्दी"]),
        ("한국어", ["한국어"]),
        ("x" * 99, ["x" * 32]),
        ("… !? —", []),
    ],
)
def test_words(text, expected):
    assert [unicodedata.normalize("NFC", word) for word in words(text)] == expected


@given(SOME)
def test_a_word_is_found_by_itself(text):
    for word in words(text):
        assert words(word)[0] == word


@given(SOME, SOME)
def test_a_part_of_a_text_has_no_words_that_the_whole_lacks(one, other):
    assert set(words(one)) <= set(words(f"{one} {other}"))


def test_text_is_what_a_reader_sees():
    html = '<p>a <b>b</b>old&amp;new</p><ul><li>x</li><li>y</li></ul><a href="http://secret.example/">z</a>'
    assert search.plain(html).split() == ["a", "bold&new", "x", "y", "z"]


# --- the index


@settings(deadline=None)
@given(st.lists(SOME, max_size=8))
def test_every_post_is_found_by_its_words_and_by_no_others(texts):
    found = look_up([make_record(number, text) for number, text in enumerate(texts)])
    scanned = {}
    for number, text in enumerate(texts):
        for word in words(f"{text} mgorny"):
            scanned.setdefault(word, set()).add(number)
    assert {word: set(posts) for word, posts in found.items()} == scanned


def test_where_a_word_stands_decides_its_place():
    more = {"tags": ("larch",), "author": "Elm", "byline": "Ash"}
    found = look_up([make_record(0, "larch birch birch birch oak", title="Oak", untitled=False, **more)])
    assert {word: found[word][0] for word in ("larch", "birch", "oak", "elm", "ash")} == {
        "larch": 2,
        "birch": 1,
        "oak": 3,
        "elm": 2,
        "ash": 2,
    }


def test_a_new_post_leaves_full_segments_as_they_are(monkeypatch):
    monkeypatch.setattr("generator.site.search.index.SIZE", 4)
    monkeypatch.setattr("generator.site.search.index.SMALL", 2)
    records = [make_record(number, f"word {number}") for number in range(13)]
    grown = [parts(records[:many]) for many in range(14)]
    sizes = [[len(segment.records) for segment in segments] for segments in grown]
    assert sizes[9:13] == [[4, 4, 1], [4, 4, 2], [4, 4, 2, 1], [4, 4, 4]]
    assert sizes[0] == []
    for before, after in pairwise(grown):
        keys = {segment.key for segment in after}
        assert sum(len(one.records) for one in after if one not in before) <= (4 if len(after) < len(before) else 2)
        assert {one.key for one in before if len(one.records) == 4} <= keys
    assert len(look_up(records)["word"]) == 13


def test_no_file_is_large_whatever_a_post_says(monkeypatch):
    monkeypatch.setattr("generator.site.search.index.MOST_WORDS", 3000)
    noise = " ".join(f"w{number}" for number in range(9999))
    (segment,) = parts([make_record(number, noise) for number in range(20)])
    files = dict(search.files(segment))
    assert list(files)[-1] == segment.last
    assert max(map(len, files.values())) < 20_000
    assert "w2999" in look_up([make_record(0, noise)])
    assert "w3000" not in look_up([make_record(0, noise)])


# --- the planet's posts


def segments(posts):
    (segment,) = site.segments(make_planet(), posts, site.render_body)
    return segment


def test_posts_are_counted_as_they_were_found_and_a_withdrawn_one_keeps_its_place_and_nothing_else():
    told = {"body": "secret", "title": "Secret", "tags": ("secret",), "byline": "Secret"}
    gone = make_post(2, withdrawn=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), **told)
    late = make_post(1, first_seen=dt.datetime(2019, 12, 1, tzinfo=dt.UTC))
    segment = segments([late, gone, make_post(3)])
    assert [one.page[-13:-5] for one in segment.records] == ["00000002", "00000003", "00000001"]
    assert segment.records[0].editions == ()
    assert "secret" not in b"".join(text for _, text in search.files(segment)).decode().lower()


def test_an_edition_finds_what_it_shows():
    arabic = make_post(2, lang="ar")
    assert [one.editions for one in segments([make_post(1), arabic]).records] == [("planet", "universe"), ("universe",)]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Other"},
        {"nick": "larry"},
        {"author": "Somebody"},
        {"date": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"tags": ("other",)},
        {"editions": ("planet",)},
        {"lang": "pl"},
        {"description": "Other"},
        {"body": "Other"},
        {"withdrawn": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_the_name_of_a_segment_tells_all_that_is_in_it(changed):
    post = make_post(1)
    assert segments([post]).key != segments([replace(post, **changed)]).key


def test_the_name_of_a_segment_tells_how_the_planet_shows_it():
    def key(planet, version="1"):
        (segment,) = site.segments(planet, [post], site.render_body, {post.path: version})
        return segment.key

    post, planet = make_post(1), make_planet()
    first, *others = planet.editions
    assert key(planet) == key(replace(planet, title="Other", disclaimer="Other"))
    assert len({key(planet), key(planet, "2"), key(replace(planet, timezone="Asia/Tokyo"))}) == 3
    assert key(planet) != key(replace(planet, editions=(replace(first, key="other"), *others)))
    assert key(planet) != key(replace(planet, authors=(make_author(post.nick, name="Another name"),)))
