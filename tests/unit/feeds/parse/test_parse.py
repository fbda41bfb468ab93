"""Bytes into feeds: every format, and what is no feed."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.sax import make_parser
from xml.sax.handler import ContentHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import FeedError
from generator.feeds.parse import MAX_BODY, MAX_ENTRIES, parse
from generator.models import Enclosure, Entry, Feed
from tests.support.planets import item, rss

URL = "https://larry.example/feed"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def read(text: str | bytes, content_type: str = "") -> Feed:
    return parse(text.encode() if isinstance(text, str) else text, url=URL, content_type=content_type)


def one(text: str | bytes) -> Entry:
    (entry,) = read(text).entries
    return entry


def atom(entry: str, head: str = "") -> str:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>L</title>'
        f'<link href="https://larry.example/"/><id>urn:l</id>{head}<entry>{entry}</entry></feed>'
    )


FORMATS = {
    "rss20": rss(item(2)),
    "rss092": '<rss version="0.92"><channel><title>L</title><item><title>Post 2</title>'
    "<link>https://larry.example/2</link><description>Text</description></item></channel></rss>",
    "rss090": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://my.netscape.com/rdf/simple/0.9/">'
    "<channel><title>L</title></channel><item><title>Post 2</title><link>https://larry.example/2</link></item></rdf:RDF>",
    "rss10": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<channel rdf:about="x"><title>L</title></channel><item rdf:about="https://larry.example/2"><title>Post 2</title>'
    "<link>https://larry.example/2</link></item></rdf:RDF>",
    "atom10": atom('<title>Post 2</title><id>urn:2</id><link href="/2"/><content type="html">x</content>'),
    "atom03": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>L</title><entry><title>Post 2</title>'
    '<link rel="alternate" href="https://larry.example/2"/><id>urn:2</id></entry></feed>',
    "cdf": '<CHANNEL HREF="https://larry.example/"><TITLE>L</TITLE><ITEM HREF="https://larry.example/2">'
    "<TITLE>Post 2</TITLE></ITEM></CHANNEL>",
    "json10": '{"version": "https://jsonfeed.org/version/1", "title": "L", "items": [{"id": 2, "title": "Post 2", '
    '"url": "https://larry.example/2", "content_text": "x"}]}',
    "json11": '{"version": "https://jsonfeed.org/version/1.1", "title": "L", "items": [{"id": "2", "title": "Post 2", '
    '"url": "https://larry.example/2", "content_html": "x"}]}',
}


@pytest.mark.parametrize("version", FORMATS)
def test_every_format_gives_an_entry(version: str) -> None:
    feed = read(FORMATS[version])
    assert feed.version == version
    assert [(entry.title, entry.link) for entry in feed.entries] == [("Post 2", "https://larry.example/2")]


def test_the_guid_stays_as_the_feed_wrote_it() -> None:
    assert one(rss(item(2, guid="?p=2"))).guid == "?p=2"
    assert one(atom('<id>2</id><link href="https://larry.example/2"/>')).guid == "2"
    assert one(rss({"title": "x", "link": "https://larry.example/2"})).guid == "https://larry.example/2"
    assert one(rss({"title": "x", "description": "y"})).guid.startswith("urn:sha256:")


def test_a_guid_is_not_resolved_against_xml_base() -> None:
    text = atom('<id>2</id><link href="2"/><content type="html" xml:base="/x/">hi</content>')
    assert one(text.replace("<feed ", '<feed xml:base="https://cdn.example/" ')).guid == "2"
    after = one(atom('<content type="html" xml:base="/x/">hi</content><id>2</id><link href="3"/>'))
    assert (after.guid, after.link, after.base) == ("2", "https://larry.example/3", "https://larry.example/x/")


def test_a_guid_that_is_no_address_is_no_link() -> None:
    assert one(atom("<id>2</id>")).link == ""
    assert one(rss({"title": "x", "guid": "2"})).link == ""
    assert one(atom("<id>https://larry.example/2</id>")).link == "https://larry.example/2"
    assert one(rss({"title": "x", "guid": "/2"})).link == "https://larry.example/2"


def test_behind_feedburner_the_link_is_the_blogs_own() -> None:
    text = atom('<id>2</id><link href="https://feedproxy.example/~3/2"/><b:origLink>/2</b:origLink>')
    assert (
        one(text.replace("<feed ", '<feed xmlns:b="http://rssnamespace.org/feedburner/ext/1.0" ')).link
        == "https://larry.example/2"
    )


def test_pages_that_share_one_guid_are_named_by_their_links() -> None:
    pages = [item(number, guid="https://larry.example/") for number in (1, 2)]
    assert [entry.guid for entry in read(rss(*pages)).entries] == ["https://larry.example/1", "https://larry.example/2"]
    moved = [item(1, guid="g"), item(1, guid="g", link="https://larry.example/new")]
    assert one(rss(*moved)).guid == "g"


def test_content_is_taken_before_the_summary() -> None:
    entry = one(rss(item(2, description="Short", body="<p>Long</p>")))
    assert (entry.html, entry.summary, entry.excerpt) == ("<p>Long</p>", "Short", False)


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def test_plain_words_beside_an_html_text_do_not_take_its_place() -> None:
    text = rss({"title": "x", "guid": "2", "description": "<p>Long <b>text</b></p>"})
    media = "<media:description>A cow</media:description></item>"
    entry = one(text.replace("</item>", media).replace("<rss ", f"<rss {MEDIA} "))
    assert (entry.html, entry.summary, entry.excerpt) == ("<p>Long <b>text</b></p>", "", False)


def test_a_plain_content_that_says_more_than_the_summary_is_taken() -> None:
    entry = one(
        atom('<id>2</id><summary type="html">a <b>b</b></summary><content type="text">a b, and c to z</content>')
    )
    assert (entry.html, entry.summary) == ("<p>a b, and c to z</p>", "a <b>b</b>")


def test_a_picture_is_no_text() -> None:
    entry = one(atom('<id>2</id><summary>Cow</summary><content type="image/png">iVBORw0KGgo=</content>'))
    assert (entry.html, entry.summary) == ("<p>Cow</p>", "")


OWN = '<a href="https://www.larry.example/2#more">'


@pytest.mark.parametrize(
    ("end", "breaks_off"),
    [
        ("[…]", True),
        ("[&#8230;]</p>", True),
        ("<p>Continue reading →</p>", True),
        ("Read more", True),
        ("<br>read more", True),
        (f"{OWN}read more</a> (2 min)</p>", True),
        (f"{OWN}Continue reading <span>“Post 2”</span></a>", True),
        (f"{OWN}„Post 2“ weiterlesen</a></p>", True),
        (f"{OWN}続きを読む</a>", True),
        ('[…]</p><p>The post <a href="/2">Post 2</a> appeared first on <a href="/">Larry</a>.</p>', True),
        ("I like to read more.", False),
        ("and so on…", False),
        (f"{OWN}4 comments</a>", False),
        ('<a href="https://kim.example/">Read more in the manual</a>', False),
        ("[…] and that is all.", False),
    ],
)
def test_a_body_says_that_it_breaks_off(end: str, breaks_off: bool) -> None:
    words = {"title": "x", "link": "https://larry.example/2/", "description": f"<p>Some words {end}"}
    assert one(rss(words)).excerpt is breaks_off
    told = {"id": "1", "url": "https://larry.example/2/", "content_html": f"<p>Some words {end}"}
    assert one(json_feed(told)).excerpt is breaks_off


def test_bodies_that_all_trail_off_at_one_length_are_cut_by_a_program() -> None:
    cut = [item(number, body=f"<p>{'word ' * 40}{number}…</p>") for number in range(1, 5)]
    short = [item(number, body="<p>All of it</p>") for number in range(5, 9)]
    wistful = item(9, body="<p>Perhaps…</p>")
    flags = [entry.excerpt for entry in read(rss(*cut, *short, wistful)).entries]
    assert flags == [True] * 4 + [False] * 5


def test_a_few_that_trail_off_are_their_authors_style() -> None:
    long = [item(number, body=f"<p>{'word ' * 90}</p>") for number in range(1, 5)]
    style = [item(number, body=f"<p>{'word ' * 40}…</p>") for number in range(5, 9)]
    assert not any(entry.excerpt for entry in read(rss(*long, *style)).entries)


def test_html_stays_raw_and_relative() -> None:
    html = '<p onclick="x()"><a href="/a">a</a><script>1</script></p>'
    entry = one(rss(item(2, body=html)))
    assert (entry.html, entry.base) == (html, "https://larry.example/2")


def test_xml_base_wins_over_the_link() -> None:
    content = '<content type="html" xml:base="https://cdn.example/x/">hi</content>'
    assert one(atom(f'<id>2</id><link href="/2"/>{content}')).base == "https://cdn.example/x/"


def test_plain_text_becomes_paragraphs_and_its_signs_stay_signs() -> None:
    content = '<content type="text">a &lt;b&gt;\nc\n\nd</content><title type="text">1 &lt;b&gt; 2</title>'
    entry = one(atom(f"<id>2</id>{content}"))
    assert entry.html == "<p>a &lt;b&gt;<br>c</p><p>d</p>"
    assert (entry.title, entry.plain_title, entry.former_title) == ("1 <b> 2", True, None)


def test_dates() -> None:
    assert one(rss(item(2, pubDate="Mon, 02 Nov 2026 12:00:00 GMT"))).published == NOON
    assert one(rss(item(2))).updated is None
    entry = one(atom("<id>2</id><published>2026-11-02T12:00:00Z</published><updated>2026-11-03T12:00:00Z</updated>"))
    assert (entry.published, entry.updated) == (NOON, NOON.replace(day=3))
    assert one(rss(item(2, pubDate="whenever"))).published is None
    assert one(rss(item(2, pubDate="2026-11-02"))).published == date(2026, 11, 2)


def test_dates_that_cannot_be_read_are_told_and_what_says_nothing_is_not() -> None:
    nothing = (item(number, pubDate=text) for number, text in enumerate(("", "false", "0", "0001-01-01T00:00:00Z")))
    feed = read(rss(item(8), item(9, pubDate="03/04/2020"), *nothing))
    assert feed.unread_dates == ("03/04/2020",)
    dated = read(atom("<id>2</id><published>03/04/2020</published><updated>2026-11-02T12:00:00Z</updated>"))
    assert (dated.unread_dates, dated.entries[0].updated) == (("03/04/2020",), NOON)
    assert read(atom("<id>2</id><updated>2026-11-02T12:00:00Z</updated>")).unread_dates == ()
    assert read(atom("<id>2</id><updated>13 Brumaire 9</updated>")).unread_dates == ("13 Brumaire 9",)
    items = [{"id": 1, "date_published": "03/04/2020 " * 9}, {"id": 2, "date_modified": 1793620800000}, {"id": 3}]
    found = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert found.unread_dates == (("03/04/2020 " * 9)[:60].strip(),)
    assert found.entries[1].updated == NOON


def test_of_several_dates_the_one_that_can_be_read_counts() -> None:
    written = "<id>2</id><published>soon 9</published><created>2026-11-02T12:00:00Z</created>"
    assert one(atom(written)).published == NOON
    for name in ("dcterms:date", "dc:created", "prism:publicationDate"):
        prefix = name.partition(":")[0]
        spaces = {"dcterms": "http://purl.org/dc/terms/", "dc": "http://purl.org/dc/elements/1.1/"}
        space = f'<rss xmlns:{prefix}="{spaces.get(prefix, "http://prismstandard.org/namespaces/basic/2.0/")}" '
        text = rss({"title": "x", "guid": "2", name: "2026-11-02T12:00:00Z"})
        assert one(text.replace("<rss ", space)).published == NOON, name
    for inner in ('<time datetime="2026-11-02T13:00:00+01:00">2 Nov</time>', "<time>2 Nov 2026 12:00</time>"):
        assert one(rss(item(2)).replace("Mon, 02 Nov 2026 10:00:00 GMT", inner)).published == NOON
    text = rss(item(2, pubDate="&lt;time datetime=&quot;2026-11-02T13:00:00+01:00&quot;&gt;2 Nov&lt;/time&gt;"))
    assert one(text.replace("&amp;", "&")).published == NOON


def test_the_only_date_of_an_rss_item_is_that_of_its_publication() -> None:
    dated = "<dc:date>2026-11-02T12:00:00Z</dc:date></item>"
    text = rss({"title": "x", "guid": "2"}).replace("</item>", dated).replace("<rss ", f"<rss {MEDIA} ")
    assert (one(text).published, one(text).updated) == (NOON, None)
    entry = one(atom("<id>2</id><updated>2026-11-02T12:00:00Z</updated>"))
    assert (entry.published, entry.updated) == (None, NOON)


def test_all_authors_are_named_and_no_mail_address() -> None:
    authors = "<author><name>Larry</name></author><author><name>Kim</name><email>k@larry.example</email></author>"
    assert one(atom(f"<id>2</id>{authors}{authors}")).authors == ("Larry", "Kim")
    assert one(rss({"title": "x", "guid": "2", "author": "larry@larry.example (Larry)"})).authors == ("Larry",)
    assert one(rss({"title": "x", "guid": "2", "author": "larry@larry.example"})).authors == ()


def test_a_feed_whose_clocks_all_say_midnight_keeps_days() -> None:
    midnight = [item(day, pubDate=f"Mon, {day:02} Nov 2026 00:00:00 +0200") for day in (2, 3)]
    assert [entry.published for entry in read(rss(*midnight)).entries] == [date(2026, 11, 2), date(2026, 11, 3)]
    stamps = "".join(f"<entry><id>{day}</id><published>2026-11-0{day}T00:00:00Z</published></entry>" for day in (2, 3))
    atoms = read(atom("<id>1</id><published>2026-11-01T00:00:00Z</published>").replace("</feed>", stamps + "</feed>"))
    assert [entry.published for entry in atoms.entries] == [date(2026, 11, day) for day in (1, 2, 3)]
    full_hours = [item(day, pubDate=f"Mon, {day:02} Nov 2026 10:00:00 GMT") for day in (2, 3)]
    assert all(isinstance(entry.published, datetime) for entry in read(rss(*full_hours)).entries)
    mixed = read(rss(midnight[0], item(3))).entries
    assert mixed[0].published == datetime(2026, 11, 1, 22, tzinfo=UTC)


def test_what_else_an_entry_tells() -> None:
    entry = one(
        atom(
            "<id>2</id><author><name>Larry</name></author><category term='gentoo'/><category term='g' label='Infra'/>"
            "<rights>CC0</rights><link rel='enclosure' href='/a.mp3' type='audio/mpeg' length='12'/>"
            "<content type='html' xml:lang='pl'>x</content>"
        )
    )
    assert (entry.authors, entry.tags, entry.rights, entry.language) == (("Larry",), ("gentoo", "Infra"), "CC0", "pl")
    assert entry.enclosures == (Enclosure(url="https://larry.example/a.mp3", type="audio/mpeg", length=12),)


def json_feed(*items: Any, **more: Any) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": list(items), **more})


def test_a_json_feed_in_full() -> None:
    told = {
        "id": 7,
        "url": "/7",
        "title": "1 < 2",
        "content_text": "a & b",
        "summary": "s",
        "date_published": "2026-11-02T12:00:00Z",
        "authors": [{"name": "Larry"}, {"name": "Kim"}],
        "tags": ["x", 3],
        "language": "de",
        "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}, "junk"],
    }
    feed = read(json_feed(told, "junk", home_page_url="https://larry.example/"))
    (entry,) = feed.entries
    assert (entry.guid, entry.link, entry.title) == ("7", "https://larry.example/7", "1 < 2")
    assert (entry.html, entry.summary, entry.published) == ("<p>a &amp; b</p>", "<p>s</p>", NOON)
    assert (entry.authors, entry.tags, entry.language) == (("Larry", "Kim"), ("x",), "de")
    assert entry.enclosures[0].length == 12


def test_a_json_feed_names_its_authors_and_version_in_many_ways() -> None:
    feed = read(json_feed({"id": "1"}, {"id": "2", "author": {"name": "Kim"}}, authors=[{"name": "Larry"}]))
    assert [entry.authors for entry in feed.entries] == [("Larry",), ("Kim",)]
    assert read('{"version": "1.1", "items": []}').version == "json11"
    assert read('{"version": 1, "items": []}').version == "json10"


def test_a_json_feed_with_summaries_only_is_excerpts() -> None:
    assert one(json_feed({"id": "1", "summary": "s"})).excerpt


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty page"),
        (b"  \n", "empty page"),
        (b"hello", "not a feed"),
        (b"<!doctype html><title>x</title>", "a web page, not a feed; put the feed's own address"),
        (
            b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
            "announces this feed: https://larry.example/rss",
        ),
        (
            b'<html><link rel=feed title=Comments href=/c><link rel=alternate type="text/xml; a=b" href=/posts></html>',
            "announces this feed: https://larry.example/posts",
        ),
        (
            b'<html><link rel=alternate type=application/rss+xml title="Comments" href=/c></html>',
            "a web page, not a feed; put the feed's own address",
        ),
        (b"<!doctype html><title>Just a moment...</title>", "of Cloudflare that wants to see a human"),
        (
            b"<!doctype html><title>Making sure you&#39;re not a bot!</title><script id=anubis_challenge></script>",
            "of Anubis that wants to see a human, no robot",
        ),
        (
            b"<html><title>You are being redirected...</title><noscript>Javascript is required.</noscript></html>",
            "of Sucuri that wants to see a human, no robot",
        ),
        (b"<html><body>Please enable JavaScript before you go on</body></html>", "wants to see a human, no robot"),
        (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "is a list of feeds (OPML), not a feed"),
        (b"{not json", "not valid JSON"),
        (b'{"a": 1}', "not a feed"),
        (b'{"version": "1.1", "name": "some program"}', "not a feed"),
        (b"[" * 100_000, "not a feed"),
        (b'{"a":' * 100_000, "not valid JSON"),
        (b'<rss version="2.0">\n<channel><title>x</channel></rss>', "not well-formed (near line 2: "),
        (b'<rss version="2.0"><channel><title>x</title>\x07', "breaks off without its end and has no entry"),
        (b"\x00\x01\x02\xff" * 10, "not a feed"),
    ],
)
def test_what_is_no_feed_is_explained(body: bytes, said: str) -> None:
    with pytest.raises(FeedError) as caught:
        read(body)
    assert said in str(caught.value)
    assert URL in str(caught.value)


def test_a_wrong_media_type_is_no_news() -> None:
    assert read(rss(item(1)), "text/html").notes == ()


def test_limits() -> None:
    feed = read(rss(*(item(1, guid=str(number), link="", body="") for number in range(MAX_ENTRIES + 1))))
    assert len(feed.entries) == MAX_ENTRIES
    assert "newest 500" in feed.notes[0]
    long = one(rss(item(1, body="x" * (MAX_BODY + 1), description="short")))
    assert (long.html, long.excerpt) == ("short", True)


@pytest.mark.parametrize("oldest_first", [True, False])
def test_of_too_many_entries_the_newest_are_read(oldest_first: bool) -> None:
    days = [NOON + timedelta(days=number) for number in range(MAX_ENTRIES + 3)]
    feed = read(
        rss(*({"guid": day.isoformat(), "pubDate": day.isoformat()} for day in sorted(days, reverse=not oldest_first)))
    )
    assert sorted(entry.guid for entry in feed.entries) == [day.isoformat() for day in days[3:]]


def test_files_within_a_text_do_not_make_it_too_long() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * MAX_BODY}'>"
    assert one(rss(item(1, body=f"<p>Text</p>{picture}"))).html == "<p>Text</p><img src='data:'>"


def test_of_two_entries_with_one_guid_the_newest_counts() -> None:
    old, new = item(1, guid="g", title="old"), item(2, guid="g", title="new", link="https://larry.example/1")
    assert one(rss(old, new)).title == "new"
    assert one(rss(new, old)).title == "new"
    undated = {"guid": "g", "title": "undated"}
    assert one(rss(undated, undated | {"title": "later"})).title == "undated"


def test_a_document_cannot_make_us_read_files_or_grow() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "lol">]>'
    text = (
        rss(item(1, title="T")).replace("<rss", entities + "<rss").replace("T</title><link>h", "&a;&b;</title><link>h")
    )
    assert "root:" not in read(text).entries[0].title


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: rss(item(1, title=text, body=text)).encode()))
def test_any_bytes_are_a_feed_or_an_error(body: bytes) -> None:
    try:
        told = [entry.guid for entry in read(body).entries]
    except FeedError as error:
        told = str(error).splitlines()
        assert len(told) == 1
    assert all(told)


def test_a_text_comes_whole_however_it_is_written() -> None:
    """Python's parser tells it in pieces, at each reference and line."""
    pieces: list[str] = []
    parser, handler = make_parser(["generator.feeds.parse.sax_driver"]), ContentHandler()
    handler.characters = pieces.append  # type: ignore[method-assign]
    parser.setContentHandler(handler)
    parser.feed("<a>one &amp; two\nthree &#38; four</a>")
    parser.close()
    assert pieces == ["one & two\nthree & four"]
