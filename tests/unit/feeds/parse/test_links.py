"""The page of an entry, whatever its feed writes for an address."""

import json

import pytest

from generator.feeds.parse import parse
from generator.models import Entry

FEED = "https://feeds.example/ann"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="{home}"/><entry><title>A</title>{item}</entry></feed>'
RSS = (
    '<rss version="2.0" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><link>{home}</link>'
    "<item><title>A</title>{item}</item></channel></rss>"
)


def read(form: str, item: str, *, home: str = "https://ann.example/blog/", url: str = FEED) -> Entry:
    (entry,) = parse(form.format(home=home, item=item).encode(), url=url).entries
    return entry


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("ann.example/1", "https://ann.example/1"),
        ("www.ann.example/1", "https://www.ann.example/1"),
        ("ANN.example:443/1", "https://ann.example:443/1"),
        ("photos.ann.example", "https://photos.ann.example"),
        ("feeds.example/1?a=b", "https://feeds.example/1?a=b"),
        ("https:/ann.example/1", "https://ann.example/1"),
        ("http:ann.example/1", "http://ann.example/1"),
        ("http://https://ann.example/1", "https://ann.example/1"),
        ("http://https//ann.example/1", "https://ann.example/1"),
        ("http:///ann.example/1", "http://ann.example/1"),
        ("//ann.example/1", "https://ann.example/1"),
        ("/ann.example/1", "https://ann.example/ann.example/1"),
        ("bob.example/1", "https://ann.example/blog/bob.example/1"),
        ("httpd.html", "https://ann.example/blog/httpd.html"),
        ("1/", "https://ann.example/blog/1/"),
        ("?p=1", "https://ann.example/blog/?p=1"),
        ("https://bob.example/ann.example", "https://bob.example/ann.example"),
    ],
)
def test_an_address_that_begins_with_the_blog_s_own_host_is_not_relative(address: str, page: str) -> None:
    assert read(RSS, f"<link>{address}</link>").link == page
    assert read(ATOM, f'<link href="{address}"/>').link == page
    document = {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://ann.example/blog/"}
    body = json.dumps({**document, "items": [{"title": "A", "url": address}]}).encode()
    assert parse(body, url=FEED).entries[0].link == page


@pytest.mark.parametrize("guid", ["ann.example/1", "www.ann.example/1"])
def test_a_guid_may_be_such_an_address_and_stays_as_it_is(guid: str) -> None:
    entry = read(RSS, f"<guid>{guid}</guid>")
    assert (entry.guid, entry.link) == (guid, f"https://{guid}")
    assert read(RSS, "<guid>bob.example/1</guid>").link == ""


def test_so_it_is_with_the_blog_s_own_address() -> None:
    feed = parse(RSS.format(home="ann.example/blog/", item="<link>1</link>").encode(), url="http://ann.example/feed")
    assert (feed.link, feed.entries[0].link) == ("http://ann.example/blog/", "http://ann.example/blog/1")


@pytest.mark.parametrize("form", [ATOM, RSS])
def test_an_international_host_is_the_same_in_both_spellings(form: str) -> None:
    link = '<link href="faß.example/1">faß.example/1</link>'
    assert read(form, link, home="https://xn--fa-hia.example/").link == "https://xn--fa-hia.example/1"


@pytest.mark.parametrize(
    ("form", "item"),
    [
        (ATOM, '<link href=""/><id>https://ann.example/1</id>'),
        (ATOM, '<link rel="alternate"/><id>https://ann.example/1</id>'),
        (ATOM, '<link href="/1"/><id>https://ann.example/1</id>'),
        (ATOM, '<id>https://ann.example/1</id><link href="1"/>'),
        (RSS, "<link/><guid>https://ann.example/1</guid>"),
        (RSS, "<link> </link><guid>https://ann.example/1</guid>"),
        (RSS, "<link>/1</link><guid>https://ann.example/1</guid>"),
    ],
)
@pytest.mark.parametrize("home", ["https://feeds.example/ann", "https://ann.example/blog/", ""])
def test_a_guid_says_where_a_relative_address_of_the_same_page_lies(form: str, item: str, home: str) -> None:
    assert read(form, item, home=home).link == "https://ann.example/1"


def test_a_guid_of_another_page_says_nothing() -> None:
    assert read(RSS, "<link>/2</link><guid>https://bob.example/1</guid>").link == "https://ann.example/2"
    assert read(RSS, "<link/><guid>urn:1</guid>").link == ""
    assert read(RSS, '<guid isPermaLink="false">https://ann.example/1</guid>').link == ""


@pytest.mark.parametrize(
    "link",
    [
        '<link uri="{}"/>',
        '<link url="{}"/>',
        '<link src="{}"/>',
        '<link herf="{}"/>',
        '<link HREF="{}"/>',
        '<link rel="Alternate" ref="{}"/>',
        '<link rel="permalink" href="{}"/>',
        '<link rel="http://www.iana.org/assignments/relation/alternate" href="{}"/>',
        '<link rel="alternate">{}</link>',
        '<link rel="alternate" type="application/json" href="{}.json"/><link src="{}"/>',
    ],
)
@pytest.mark.parametrize("form", [ATOM, RSS])
def test_a_link_may_misspell_what_it_is(form: str, link: str) -> None:
    assert read(form, link.replace("{}", "https://ann.example/1")).link == "https://ann.example/1"


def test_a_link_of_rdf() -> None:
    assert read(RSS, '<link rdf:resource="https://ann.example/1"/>').link == "https://ann.example/1"


@pytest.mark.parametrize("rel", ["self", "edit", "replies", "enclosure", "related"])
def test_a_link_to_something_else_is_none(rel: str) -> None:
    assert read(ATOM, f'<link rel="{rel}" href="https://ann.example/1"/>').link == ""
