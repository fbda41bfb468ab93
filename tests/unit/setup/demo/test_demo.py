"""The demo's blogosphere: each feed in each state is what the story says, and the server is a polite one."""

import gzip
import io
import re
import struct
import tomllib
import zlib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
import requests
import yaml

from generator.models.urls import without_tracking
from generator.setup.demo import STATES, Blogosphere, authors, faces, settings

IMPORT, WEEKEND, SECOND_THOUGHTS, NOISE, ENGINES, MASCOT = range(6)

# Path: format, and the number of entries in each state. None: no feed there in that state.
FEEDS: dict[str, tuple[str, list[int | None]]] = {
    "/aoife/atom.xml": ("atom10", [2, 3, 3, 3, 3, 3]),
    "/gus/rss.xml": ("rss091u", [3, 3, 3, 3, 3, 3]),
    "/haruka/index.xml": ("rss20", [2, 2, 2, 2, 3, 3]),
    "/henk/index.rdf": ("rss10", [2, None, 3, 3, 3, 3]),
    "/ines/feed.json": ("json11", [3, 4, 4, 4, 4, 5]),
    "/kit/rss/": ("rss20", [3, 3, 3, 3, 3, 3]),
    "/layla/atom.xml": ("atom10", [1, 2, 2, 2, 2, 2]),
    "/marta/category/gentoo/feed/": ("rss20", [3, 4, 4, 4, 4, 4]),
    "/marta/feed/": ("rss20", [4, 4, 4, 4, 4, 4]),
    "/news/atom.xml": ("atom10", [2, 2, 2, 2, 2, 3]),
    "/otto/atom03.xml": ("atom03", [2, 3, 3, 3, 3, 2]),
    "/priya/feed/excerpts/": ("rss20", [2, 2, 2, 2, 2, 3]),
    "/sam/feed.php": ("rss20", [None, None, None, None, 3, 3]),
    "/tomas/feed.xml": ("rss20", [2, 2, 2, 2, 2, 2]),
    "/wilhelmina/channel.cdf": ("", [2, 2, 2, 2, 2, 2]),  # feedparser reads CDF and has no name for it
    "/zofia/kanal.rss": ("rss20", [2, 2, 2, 2, 2, 2]),
}


@pytest.fixture
def blogs() -> Iterator[Blogosphere]:
    with Blogosphere() as running:
        yield running


def get(blogs: Blogosphere, path: str, **headers: str) -> requests.Response:
    return requests.get(blogs.url + path, headers=headers, timeout=10)


def parsed(blogs: Blogosphere, path: str, state: int) -> Any:
    blogs.show(state)
    body = io.BytesIO(get(blogs, path).content)
    return feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)


def titles(blogs: Blogosphere, path: str, state: int) -> list[str]:
    return [entry.title for entry in parsed(blogs, path, state).entries]


class Reader(HTMLParser):
    """What a reader notices of a piece of HTML: its words, and where its links and pictures lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.targets: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("width") != "1":
            self.targets += [named[name] or "" for name in ("href", "src") if name in named]


@pytest.mark.parametrize("state", range(len(STATES)))
def test_every_feed_is_what_the_story_says(blogs: Blogosphere, state: int) -> None:
    for path, (version, counts) in FEEDS.items():
        blogs.show(state)
        response = get(blogs, path)
        if version == "json11":
            feed = response.json()
            assert feed["version"] == "https://jsonfeed.org/version/1.1"
            assert len(feed["items"]) == counts[state]
        elif counts[state] is not None:
            feed = feedparser.parse(io.BytesIO(response.content))
            assert (path, feed.version, len(feed.entries)) == (path, version, counts[state])
            assert bool(feed.bozo) == (path == "/gus/rss.xml"), feed.get("bozo_exception")


def test_states_are_in_order_of_time_and_tell_themselves_in_one_line() -> None:
    moments = [state.at for state in STATES]
    assert moments == sorted(set(moments))
    assert all(moment.utcoffset() is not None and (moment.year, moment.month) == (2019, 10) for moment in moments)
    assert all(state.says.splitlines() == [state.says] for state in STATES)


def test_what_is_broken_is_broken_as_intended_and_mended_in_time(blogs: Blogosphere) -> None:
    blogs.show(IMPORT)
    parked = get(blogs, "/sam/feed.php")
    assert (parked.status_code, parked.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert parked.text.startswith("<!DOCTYPE html>")
    assert feedparser.parse(io.BytesIO(parked.content)).version == ""
    for state in (WEEKEND, SECOND_THOUGHTS, NOISE):
        blogs.show(state)
        broken = get(blogs, "/sam/feed.php")
        assert broken.status_code == 200
        assert "<rss" in broken.text
        assert not feedparser.parse(io.BytesIO(broken.content)).entries
        with pytest.raises(ET.ParseError):
            ET.fromstring(broken.content)
    assert titles(blogs, "/sam/feed.php", ENGINES) == ["Back", "Back sooner", "Back soon"]
    blogs.show(WEEKEND)
    assert get(blogs, "/henk/index.rdf").status_code == 500
    assert titles(blogs, "/henk/index.rdf", SECOND_THOUGHTS)[0] == "Why this blog was away"


def test_a_feed_moves_for_good(blogs: Blogosphere) -> None:
    assert get(blogs, "/kit/rss/").history == []
    blogs.show(SECOND_THOUGHTS)
    moved = get(blogs, "/kit/rss/")
    assert [hop.status_code for hop in moved.history] == [301]
    assert moved.url == f"{blogs.url}/kit/feeds/all.xml"


def test_posts_appear_fall_out_of_the_window_and_are_taken_down(blogs: Blogosphere) -> None:
    oldest = "The nine lives of a .config"
    assert set(titles(blogs, "/marta/category/gentoo/feed/", IMPORT)) < set(titles(blogs, "/marta/feed/", IMPORT))
    for path in ("/marta/feed/", "/marta/category/gentoo/feed/"):
        assert oldest in titles(blogs, path, IMPORT)
        assert "Twelve kernels and a lasagne" not in titles(blogs, path, IMPORT)
        assert "Twelve kernels and a lasagne" in titles(blogs, path, WEEKEND)
        assert oldest not in titles(blogs, path, MASCOT)
    assert get(blogs, "/marta/2019/09/nine-lives-of-a-config/").status_code == 200
    assert "For sale: one door" in titles(blogs, "/otto/atom03.xml", ENGINES)
    assert "For sale: one door" not in titles(blogs, "/otto/atom03.xml", MASCOT)
    assert get(blogs, "/otto/2019/10/for-sale/").status_code == 404


def test_one_post_is_edited_and_another_gets_a_better_title(blogs: Blogosphere) -> None:
    def text(state: int) -> str:
        entry = next(entry for entry in parsed(blogs, "/marta/feed/", state).entries if entry.id.endswith("?p=118"))
        return " ".join(Reader(entry.content[0].value).words)

    assert text(SECOND_THOUGHTS) != text(WEEKEND)
    assert text(SECOND_THOUGHTS) == text(WEEKEND).replace("for forty milli", "for four hundred milli")
    old, new = (parsed(blogs, "/priya/feed/excerpts/", state).entries[0] for state in (WEEKEND, SECOND_THOUGHTS))
    assert (old.title, new.title) == ("On removing things", "On removing things, gently")
    assert (old.id, old.link, old.summary) == (new.id, new.link, new.summary)


def test_guids_change_while_links_stay(blogs: Blogosphere) -> None:
    old = {entry.link: entry.id for entry in parsed(blogs, "/haruka/index.xml", NOISE).entries}
    new = {entry.link: entry.id for entry in parsed(blogs, "/haruka/index.xml", ENGINES).entries}
    assert len(old) == 2
    assert all(new[link] != guid for link, guid in old.items())


def test_noise_changes_bytes_and_nothing_that_a_reader_notices(blogs: Blogosphere) -> None:
    blogs.show(SECOND_THOUGHTS)
    before = {path: get(blogs, path).content for path in FEEDS}
    blogs.show(NOISE)
    changed = [path for path in FEEDS if get(blogs, path).content != before[path]]
    assert changed == ["/tomas/feed.xml"]
    old = feedparser.parse(io.BytesIO(before["/tomas/feed.xml"]), sanitize_html=False).entries
    new = parsed(blogs, "/tomas/feed.xml", NOISE).entries
    for was, now in zip(old, new, strict=True):
        assert was.content[0].value != now.content[0].value
        assert (was.title, was.id, was.link) == (now.title, now.id, now.link)
        reader, again = Reader(was.content[0].value), Reader(now.content[0].value)
        assert reader.words == again.words
        assert [without_tracking(url) for url in reader.targets] == [without_tracking(url) for url in again.targets]


def test_feeds_hold_what_a_planet_must_bear(blogs: Blogosphere) -> None:
    blogs.show(MASCOT)
    assert any("title" not in item for item in get(blogs, "/ines/feed.json").json()["items"])
    assert parsed(blogs, "/henk/index.rdf", MASCOT).entries[0].updated == "2019-10-13"
    assert not any(
        "published" in entry or "updated" in entry for entry in parsed(blogs, "/gus/rss.xml", MASCOT).entries
    )
    assert all("content" not in entry for entry in parsed(blogs, "/priya/feed/excerpts/", MASCOT).entries)
    assert parsed(blogs, "/zofia/kanal.rss", MASCOT).encoding == "iso-8859-2"
    assert parsed(blogs, "/otto/atom03.xml", MASCOT).entries[0].published.startswith("2038-")
    xhtml = parsed(blogs, "/aoife/atom.xml", MASCOT).entries[-1].content[0]
    assert xhtml.type == "application/xhtml+xml"
    assert urljoin(xhtml.base, "../../../fan.svg") == f"{blogs.url}/aoife/fan.svg"
    pink, brackets, _ = parsed(blogs, "/kit/rss/", MASCOT).entries
    assert "<script>" in pink.content[0].value
    assert brackets.title.startswith("AT&amp;T, &lt;title&gt; and")


def test_dates_are_on_the_weekday_that_they_name(blogs: Blogosphere) -> None:
    blogs.show(MASCOT)
    dates = re.findall("<pubDate>(.*?)</pubDate>", "".join(get(blogs, path).text for path in FEEDS))
    assert len(dates) > 15
    assert [date[:3] for date in dates] == [parsedate_to_datetime(date).strftime("%a") for date in dates]


def test_links_and_pictures_within_the_blogosphere_are_alive(blogs: Blogosphere) -> None:
    blogs.show(ENGINES)
    seen: dict[str, int] = {}
    todo = [f"{blogs.url}/"]
    while todo:
        url = todo.pop().partition("#")[0]
        if url in seen or not url.startswith(blogs.url):
            continue
        response = requests.get(url, timeout=10)
        seen[url] = response.status_code
        if response.headers["Content-Type"].startswith("text/html"):
            todo += [urljoin(url, target) for target in Reader(response.text).targets]
    dead = [urlsplit(url).path for url, status in seen.items() if status != 200]
    assert dead == ["/kit/missing.png"]
    assert len(seen) > 60


def test_a_known_tag_or_date_is_answered_with_304(blogs: Blogosphere) -> None:
    blogs.show(WEEKEND)
    first = get(blogs, "/zofia/kanal.rss")
    assert parsedate_to_datetime(first.headers["Last-Modified"]) == STATES[IMPORT].at
    by_tag = get(blogs, "/zofia/kanal.rss", **{"If-None-Match": f'"other", {first.headers["ETag"]}'})
    by_date = get(blogs, "/zofia/kanal.rss", **{"If-Modified-Since": first.headers["Last-Modified"]})
    for answer in (by_tag, by_date):
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", first.headers["ETag"])
    both = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["Last-Modified"]}
    assert get(blogs, "/zofia/kanal.rss", **both).status_code == 200
    assert get(blogs, "/zofia/kanal.rss", **{"If-Modified-Since": "yesterday"}).status_code == 200
    assert blogs.statuses == {200: 3, 304: 2}
    assert blogs.requests == 5


def test_a_changed_feed_is_sent_again(blogs: Blogosphere) -> None:
    first = get(blogs, "/marta/feed/")
    blogs.show(WEEKEND)
    known = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    second = get(blogs, "/marta/feed/", **known)
    assert second.status_code == 200
    assert parsedate_to_datetime(second.headers["Last-Modified"]) == STATES[WEEKEND].at
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert get(blogs, "/marta/feed/", **since).status_code == 200


def test_compression_is_for_those_who_accept_it(blogs: Blogosphere) -> None:
    plain = get(blogs, "/marta/feed/", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    packed = requests.get(f"{blogs.url}/marta/feed/", headers={"Accept-Encoding": "gzip"}, stream=True, timeout=10)
    wire = packed.raw.read()
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(wire) < len(plain.content)
    assert gzip.decompress(wire) == plain.content
    head = requests.head(f"{blogs.url}/marta/feed/", headers={"Accept-Encoding": "gzip"}, timeout=10)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(len(wire)))


def test_pictures_are_pictures(blogs: Blogosphere) -> None:
    chart = get(blogs, "/henk/load.png")
    assert chart.headers["Content-Type"] == "image/png"
    assert chart.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", chart.content[16:24]) == (384, 120)
    data = chart.content.partition(b"IDAT")[2]
    assert len(zlib.decompressobj().decompress(data)) == (384 + 1) * 120
    svg = get(blogs, "/aoife/fan.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(svg.content).tag.endswith("svg")


def test_authors_name_feeds_that_are_served_and_faces_that_exist(blogs: Blogosphere) -> None:
    files = {nick: yaml.safe_load(text) for nick, text in authors(blogs.url).items()}
    feeds = [feed for file in files.values() for feed in file["feeds"]]
    assert sorted(feed["url"].removeprefix(blogs.url) for feed in feeds) == sorted(FEEDS)
    assert {file["hackergotchi"] for file in files.values()} == {f"{nick}.png" for nick in faces()}
    assert len(set(faces().values())) == len(files) == 15
    assert [feed["editions"] for feed in files["marta"]["feeds"]] == [["universe"], ["universe", "planet"]]
    assert all(requests.get(file["homepage"], timeout=10).ok for file in files.values())


def test_settings_allow_this_machine_and_describe_two_editions(blogs: Blogosphere) -> None:
    table = tomllib.loads(settings(blogs.url))["tool"]["gitplanet"]
    assert {key: edition["path"] for key, edition in table["editions"].items()} == {
        "planet": "",
        "universe": "universe",
    }
    assert all(edition["welcome"].strip() for edition in table["editions"].values())
    assert table["fetch"] == {"allow_networks": ["127.0.0.0/8"]}
    assert requests.get(table["homepage"].format(nick="henk"), timeout=10).ok


def test_addresses_in_other_scripts_are_served(blogs: Blogosphere) -> None:
    link = parsed(blogs, "/haruka/index.xml", IMPORT).entries[0].link
    assert unquote(urlsplit(link).path) == "/haruka/2019/10/初雪/"
    assert "初雪と世界の再構築" in requests.get(link, timeout=10).content.decode()
