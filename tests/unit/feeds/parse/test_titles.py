"""Titles that are text by their format say what stands there; those of RSS may be anything."""

import json

import pytest

from generator import markup
from generator.feeds.parse import parse
from generator.models import Entry
from tests.support.documents import atom, read_entry, rss


def title_of(entry: Entry) -> str:
    return markup.title(entry.title, plain=entry.plain_title)


def json_title(title: str) -> Entry:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "1", "title": title}]}
    (entry,) = parse(json.dumps(feed).encode(), url="https://ann.example/feed").entries
    return entry


PLAIN = [
    ("Use <em>this</em> in HTML", "Use <em>this</em> in HTML"),
    ("Use <em>this</em> &amp; that", "Use <em>this</em> &amp; that"),
    ("What <!-- this --> does", "What <!-- this --> does"),
    ("GET /?a=1&lang=en&copy=2", "GET /?a=1&lang=en&copy=2"),
    ("&nbsp; and &copy; and &copy", "&nbsp; and &copy; and &copy"),
    ("AT&amp;T", "AT&amp;T"),
    ("a < b > c", "a < b > c"),
    ("two\n lines\u202e", "two lines"),
    ("It&#8217;s &quot;done&quot; &amp; dusted", 'It’s "done" & dusted'),
    ("The <b> says &quot;", "The <b> says &quot;"),
]


@pytest.mark.parametrize(("text", "title"), PLAIN)
def test_a_plain_title_is_text(text: str, title: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    for kind in ("", ' type="text"', ' type="text/plain"'):
        assert title_of(read_entry(atom("", title=f"<title{kind}>{escaped}</title>"))) == title
    assert title_of(json_title(text)) == title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('<title type="html">Use &lt;em&gt;this&lt;/em&gt; &amp;amp; that</title>', "Use this & that"),
        ('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Use <em>this</em></div></title>', "Use this"),
        ("<media:group><media:title>A film</media:title></media:group>", "A film"),
        ('<media:content url="/a.png"><media:title>IMG 1</media:title></media:content>', ""),
        ("", ""),
    ],
)
def test_other_titles_of_atom(title: str, expected: str) -> None:
    assert title_of(read_entry(atom("", title=title))) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Use &lt;em&gt;this&lt;/em&gt;", "Use this"),
        ("AT&amp;amp;T", "AT&T"),
        ("GET /?a=1&amp;lang=en&amp;copy=2", "GET /?a=1&lang=en&copy=2"),
        ("GET /?a=1&amp;amp;copy=2", "GET /?a=1&copy=2"),
        ("&amp;copy 2026, &amp;copy; 2027", "© 2026, © 2027"),
        ("The &amp;copyleft sign", "The &copyleft sign"),
    ],
)
def test_titles_of_rss_are_guessed(title: str, expected: str) -> None:
    assert title_of(read_entry(rss("", title=title))) == expected


def test_the_name_of_a_file_is_no_title() -> None:
    face = '<media:content url="/a.png" medium="image"><media:title>ann</media:title></media:content>'
    entry = read_entry(rss(face, title=""))
    assert (title_of(entry), entry.former_title) == ("", "ann")


@pytest.mark.parametrize(
    ("document", "former"),
    [
        (atom("", title="<title>Use &lt;em&gt;this&lt;/em&gt;</title>"), "Use this"),
        (atom("", title="<title>1 &lt; 2</title>"), None),
        (rss("", title="/?a=1&amp;copy=2"), "/?a=1©=2"),
        (rss("", title="a &amp;amp; b"), None),
    ],
)
def test_what_the_release_before_read_is_remembered_where_it_differs(document: str, former: str | None) -> None:
    assert read_entry(document).former_title == former
