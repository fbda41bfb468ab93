"""Who wrote an entry, and whose a feed is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.feeds.parse import parse
from generator.feeds.parse.people import MAX_NAMES, plain_names
from generator.models import Entry, Feed

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def read(text: str) -> Feed:
    return parse(text.encode(), url="https://larry.example/feed")


def rss(inner: str, head: str = "") -> Feed:
    return read(
        f'<rss version="2.0" {SPACES}><channel><title>L</title>{head}<item><guid>1</guid>{inner}</item></channel></rss>'
    )


def atom(inner: str, head: str = "") -> Feed:
    start = '<feed xmlns="http://www.w3.org/2005/Atom"><title>L</title><id>urn:l</id>'
    return read(f"{start}{head}<entry><id>1</id><title>x</title>{inner}</entry></feed>")


def authors(feed: Feed) -> tuple[str, ...]:
    (entry,) = feed.entries
    return entry.authors


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("larry@larry.example (Larry the Cow)", "Larry the Cow"),
        ("larry@larry.online (Larry the Cow)", "Larry the Cow"),
        ("Larry the Cow <larry@larry.museum>", "Larry the Cow"),
        ('"Larry the Cow" <larry@larry.example>', "Larry the Cow"),
        ("Larry (larry@larry.example)", "Larry"),
        ("Larry, mailto:larry@larry.example?subject=hi", "Larry"),
        ("larry [at] larry.example (Larry)", "Larry"),
        ("larry at larry dot example (Larry)", "Larry"),
        ("[email protected] (Larry)", "Larry"),
        ("noreply@blogger.com (Larry)", "Larry"),
        ("nospam@nospam.com (nospam@nospam.com)", ""),
        ("larry@larry.example", ""),
        ("https://larry.example/", ""),
        ("Larry (https://larry.example/)", "Larry"),
        ("(Larry)", "Larry"),
        ("Larry at the farm", "Larry at the farm"),
        ("@larry@larry.example", "@larry@larry.example"),
        ('Ken "Kim" Cow', 'Ken "Kim" Cow'),
        ("Cow, Larry", "Cow, Larry"),
        ("The Farm\n\t\tand more", "The Farm and more"),
        (" ", ""),
    ],
)
def test_a_name_has_no_address_in_it(written: str, name: str) -> None:
    names = (name,) if name else ()
    escaped = written.replace("<", "&lt;").replace(">", "&gt;")
    assert authors(rss(f"<author>{escaped}</author>")) == names
    assert authors(rss(f"<dc:creator>{escaped}</dc:creator>")) == names
    assert authors(atom(f"<author><name>{escaped}</name></author>")) == names
    assert rss("", f"<managingEditor>{escaped}</managingEditor>").authors == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ('["Ann Lee", "Bob O\'Ray"]', ("Ann Lee", "Bob O'Ray")),
        ("['Ann Lee']", ("Ann Lee",)),
        ('{"name"=>"Ann", "email"=>"ann@larry.example"}', ("Ann",)),
        ('[{"name": "Ann", "url": "x"}, {"name": "Bob"}]', ("Ann", "Bob")),
        ("[Ann]", ("[Ann]",)),
    ],
)
def test_a_list_that_a_template_wrote_as_its_program_spells_it(written: str, names: tuple[str, ...]) -> None:
    assert plain_names([written]) == names


def test_several_elements_are_several_authors() -> None:
    kim = "<author>kim@larry.online (Kim)</author>"
    assert authors(rss(f"{kim}<dc:creator>Kim</dc:creator><itunes:author>The Farm</itunes:author>")) == (
        "Kim",
        "The Farm",
    )
    assert authors(rss("<dc:creator>Kim</dc:creator><dc:creator/><dc:creator>Lee</dc:creator>")) == ("Kim", "Lee")
    people = "<author><name>Kim</name><email>k@larry.example</email></author><author><uri>https://larry.example/</uri></author>"
    assert authors(atom(people + "<author><name>Lee</name></author><contributor><name>Pat</name></contributor>")) == (
        "Kim",
        "Lee",
    )


def test_an_entry_without_authors_has_those_of_its_source() -> None:
    source = "<source><id>s</id><title>S</title><author><name>Kim</name></author></source>"
    assert authors(atom(source)) == ("Kim",)
    assert authors(atom(f"<author><name>Lee</name></author>{source}")) == ("Lee",)
    assert authors(atom("", "<author><name>Larry</name></author>")) == ()


def test_a_feed_says_whose_it_is() -> None:
    head = "<managingEditor>l@larry.example (Larry)</managingEditor><itunes:author>Larry</itunes:author>"
    assert rss("<author>Kim</author>", head).authors == ("Larry",)
    assert rss("<author>Kim</author>", "<webMaster>w@larry.example (Web)</webMaster>").authors == ()
    assert atom("", "<author><name>Larry</name></author><author><name>Kim</name></author>").authors == ("Larry", "Kim")


def test_json_feeds_name_people_by_either_word() -> None:
    def entry(**item: object) -> Entry:
        data = {
            "version": "https://jsonfeed.org/version/1.1",
            "authors": [{"name": "Larry"}],
            "items": [{"id": 1, **item}],
        }
        feed = read(json.dumps(data))
        assert feed.authors == ("Larry",)
        return feed.entries[0]

    assert entry(authors=[{"name": "Kim"}, {"url": "x"}, "junk"], author={"name": "Lee"}).authors == ("Kim",)
    assert entry(authors=[], author={"name": "Lee <lee@larry.example>"}).authors == ("Lee",)
    assert entry().authors == ("Larry",)


@given(st.lists(st.text("a@.()<>[]{}\"'= \nÄ")))
def test_whatever_stands_there_names_are_one_line_and_few(written: list[str]) -> None:
    names = plain_names(written * 3)
    assert len(names) <= MAX_NAMES
    assert all(name and name == " ".join(name.split()) for name in names)
    assert plain_names(["x" * 10_000])[0] == "x" * 500
