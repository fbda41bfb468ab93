"""What programs read of the site: feeds, archived feeds, rolls, and what search engines and browsers are told."""

import datetime as dt
import json
import re
from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import site
from generator.build.theme import Theme
from generator.config.settings import TAKEN
from generator.models import Enclosure, FeedSource
from tests.support.sample_site import every_kind, make_author, make_planet, make_post

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ROOT = "https://planet.example.org/sub/"


@pytest.fixture(scope="module")
def theme(tmp_path_factory):
    return Theme(tmp_path_factory.mktemp("root"))


@pytest.fixture
def lay_out(theme):
    """What is no page of the site, as text by path; and on demand the pages."""

    def texts(planet, posts, pages=False):
        laid = site.lay_out(planet, posts, bodies=site.render_body)
        wanted = [page for page in laid if pages or not page.path.endswith(".html")]
        return {page.path: theme.render(page.template, site.names(page)) for page in wanted}

    return texts


def atom(texts, path):
    """The feed at a path: its ids, where its links lead below the site's root, and the feed."""
    feed = ET.fromstring(texts[path])
    links = {one.get("rel"): one.get("href").removeprefix(ROOT) for one in feed.findall(f"{ATOM}link")}
    return [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")], links, feed


def walk(texts, path="atom.xml"):
    """The ids of a feed and of all archived feeds before it, the newest first (RFC 5005 §4)."""
    found = []
    while path:
        ids, links, feed = atom(texts, path)
        assert links["self"] == path
        assert (feed.find(f"{HISTORY}archive") is not None) == (path != "atom.xml") == ("current" in links)
        found.append(ids)
        path = links.get("prev-archive")
    return found


def test_each_edition_and_author_has_all_formats_and_each_tag_has_atom(lay_out):
    texts = lay_out(make_planet(), [*every_kind(), *(make_post(number, tags=("kernel",)) for number in (20, 21))])
    formats = {"atom.xml", "rss20.xml", "rss10.xml", "feed.json"}
    for folder in ("", "universe/", "authors/mgorny/"):
        assert {folder + name for name in formats} <= set(texts)
    assert [len(atom(texts, "tags/kernel/atom.xml")[0])] == [2]
    assert {"universe/opml.xml", "universe/foafroll.xml", "universe/opensearch.xml"} <= set(texts)


def test_a_byline_is_the_author_in_each_format_and_the_member_whose_feed_it_is(lay_out):
    guest = make_post(
        byline="Kim Guest", rights="https://creativecommons.org/licenses/by/4.0/", comments="https://x.example.org/t"
    )
    texts = lay_out(make_planet(), [guest])
    entry = atom(texts, "atom.xml")[2].find(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}name") for one in entry.iter(f"{ATOM}author")] == ["Kim Guest", "Michał Górny"]
    assert entry.find(f"{ATOM}author/{ATOM}uri") is None
    links = {one.get("rel"): one.get("href") for one in entry.findall(f"{ATOM}link")}
    assert (links["license"], links["replies"]) == (guest.rights, guest.comments)
    item = ET.fromstring(texts["rss20.xml"]).find("channel/item")
    assert (item.findtext(f"{DC}creator"), item.findtext("comments")) == ("Kim Guest", guest.comments)
    assert (item.findtext("title"), item.findtext("source")) == ("Michał Górny: Post number 1", "Michał Górny")
    assert "<dc:creator>Kim Guest</dc:creator>" in texts["rss10.xml"]
    (told,) = json.loads(texts["feed.json"])["items"]
    assert (told["authors"], told["_planet"]["name"]) == ([{"name": "Kim Guest"}], "Michał Górny")


def test_without_a_byline_the_member_is_the_author_and_known_by_address(lay_out):
    texts = lay_out(make_planet(), [make_post(author="A former name")])
    entry = atom(texts, "atom.xml")[2].find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == "https://dev.example.org/~mgorny/"
    assert entry.find(f"{ATOM}source/{ATOM}author") is None
    assert "<dc:creator>Michał Górny (mgorny)</dc:creator>" in texts["rss20.xml"]
    (told,) = json.loads(texts["feed.json"])["items"]
    assert told["authors"] == [{"name": "Michał Górny", "url": "https://dev.example.org/~mgorny/"}]
    assert "A former name" not in "".join(texts.values())


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 4), st.integers(0, 13))
def test_the_archived_feeds_hold_what_the_feed_does_not_and_stay_as_they_are(theme, size, count):
    def texts(many):
        pages = site.lay_out(
            make_planet(per_page=size), [make_post(n) for n in range(1, many + 1)], bodies=site.render_body
        )
        feeds = [page for page in pages if re.fullmatch(r"(page/\d+|atom)\.xml", page.path)]
        return {page.path: theme.render(page.template, site.names(page)) for page in feeds}

    now = texts(count)
    pages = walk(now)
    ids = [f"https://mgorny.example.org/?p={number}" for number in range(count, 0, -1)]
    assert list(dict.fromkeys(one for page in pages for one in page)) == ids
    assert all(len(page) == size for page in pages[1:])
    assert (atom(now, "atom.xml")[2].find(f"{HISTORY}complete") is not None) == (count <= size)
    later = texts(count + 1)
    archives = [path for path in now if path != "atom.xml"]
    changed = [path for path in archives if now[path] != later[path]]
    assert len(changed) <= 1  # the last one tells where the next one is
    kept = walk(later)
    assert all(page in kept for page in pages[1:])


def test_a_post_that_is_found_late_is_in_the_feed_all_the_same(lay_out):
    posts = [make_post(number) for number in range(1, 9)]
    late = replace(posts[1], first_seen=posts[-1].first_seen + dt.timedelta(hours=1))
    old = make_post(9, date=dt.datetime(2012, 1, 1, tzinfo=dt.UTC))
    ids, _, _ = atom(lay_out(make_planet(per_page=3), [*posts[:1], late, *posts[2:], old]), "atom.xml")
    assert [one.rpartition("=")[2] for one in ids] == ["2", "8", "7"]


def test_posts_of_unknown_age_are_no_news(lay_out):
    found = dt.datetime(2019, 10, 20, tzinfo=dt.UTC)
    dated = {"date": found, "first_seen": found, "date_from": "first_seen"}
    posts = [make_post(1), make_post(2), make_post(3, **dated), make_post(4, **dated, first_reading=True)]
    texts = lay_out(make_planet(per_page=3), posts)
    assert [one.rpartition("=")[2] for one in atom(texts, "atom.xml")[0]] == ["3", "2", "1"]
    assert [one.rpartition("=")[2] for one in atom(texts, "page/1.xml")[0]] == ["2", "1", "4"]


def test_an_id_stands_once_in_a_feed(lay_out):
    texts = lay_out(make_planet(), [make_post(1, guid="urn:x"), make_post(2, nick="ultrabug", guid="urn:x")])
    assert atom(texts, "atom.xml")[0] == ["urn:x"]


@pytest.mark.parametrize("guid", ["http:foo", "https:///x", "urn:%zz", "tag:x,[1]", "tag:x.example:1", "a b:c", "123"])
def test_what_is_no_address_is_no_id(lay_out, guid):
    texts = lay_out(make_planet(), [make_post(guid=guid)])
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", atom(texts, "atom.xml")[0][0])
    assert ET.fromstring(texts["rss20.xml"]).findtext("channel/item/guid") == guid


def test_languages_rights_and_files_come_along(lay_out):
    files = (
        Enclosure(url="https://x.example.org/a.ogg", type="audio/ogg", length=7),
        Enclosure(url="https://x.example.org/b", type="a file", length=-1, text="A & B"),
        Enclosure(url="https://x.example.org/watch", type="text/html", thumbnail="https://x.example.org/w.jpg"),
    )
    author = replace(make_author("mgorny", "Michał Górny"), licence="CC BY 4.0")
    texts = lay_out(
        make_planet(authors=(author,)), [make_post(1, lang="pl", enclosures=files), make_post(2, rights="©")]
    )
    _, _, feed = atom(texts, "universe/atom.xml")
    second, first = feed.findall(f"{ATOM}entry")
    assert feed.get(f"{XML}lang") == "en"
    assert first.get(f"{XML}lang") == "pl"
    assert first.find(f"{ATOM}content").get(f"{XML}base") == "https://mgorny.example.org/1/"
    assert [one.findtext(f"{ATOM}rights") for one in (first, second)] == ["CC BY 4.0", "©"]
    links = [one.attrib for one in first.findall(f"{ATOM}link") if one.get("rel") == "enclosure"]
    assert links == [
        {"rel": "enclosure", "href": files[0].url, "type": "audio/ogg", "length": "7"},
        {"rel": "enclosure", "href": files[1].url, "title": "A & B"},
    ]
    told = json.loads(texts["universe/feed.json"])["items"][1]["attachments"]
    assert [one["mime_type"] for one in told] == ["audio/ogg", "application/octet-stream"]
    assert [one.get("title") for one in told] == [None, "A & B"]


def test_a_withdrawn_post_is_in_no_feed(lay_out):
    gone = make_post(1, withdrawn=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), tags=("secret",))
    texts = lay_out(make_planet(), [gone, make_post(2)])
    assert not [path for path, text in texts.items() if "?p=1<" in text or "secret" in text]


def test_the_list_of_feeds_has_categories_and_stands_where_programs_look(lay_out):
    texts = lay_out(make_planet(), [])
    outline = ET.fromstring(texts["opml.xml"]).find("body/outline")
    assert outline.get("category").startswith("/authors/")
    assert "/editions/planet" in outline.get("category")
    listed = [
        ET.fromstring(texts[path]).findall("body/outline")
        for path in (".well-known/recommendations.opml", "universe/opml.xml")
    ]
    assert len(listed[0]) == len(listed[1]) > 0


def test_a_feed_that_members_share_stands_in_the_list_of_an_edition_once(lay_out):
    source = FeedSource(url="https://company.example/feed", editions=("planet",), authors=("Ann",))
    ann = replace(make_author("ann", "Ann"), feeds=(source,), homepage="https://company.example/")
    bob = replace(ann, nick="bob", name="Bob", feeds=(replace(source, authors=("Bob",), language="en"),))
    texts = lay_out(make_planet(authors=(ann, bob)), [])
    (outline,) = ET.fromstring(texts["opml.xml"]).findall("body/outline")
    assert (outline.get("text"), outline.get("htmlUrl")) == ("Ann, Bob", "https://company.example/")
    assert outline.get("category") == "/authors/ann,/authors/bob,/editions/planet,/languages/en"
    assert ET.fromstring(texts["universe/opml.xml"]).findall("body/outline") == []
    assert texts["foafroll.xml"].count("https://company.example/feed") == 2


def test_search_engines_are_told_of_the_pages_that_do_not_turn_them_away(lay_out):
    posts = [*every_kind(), make_post(20, canonical_url="", guid="", feed="")]
    texts = lay_out(make_planet(per_page=3), posts, pages=True)
    listed = re.findall(r"<loc>(.*?)</loc>", texts["sitemap.xml"])
    paths = {urlsplit(one).path.removeprefix("/sub/") for one in listed}
    paths = {path + "index.html" if path.endswith("/") or not path else path for path in paths}
    pages = {path for path in texts if path.endswith(".html")}
    assert paths == {
        path for path in pages if 'content="noindex' not in texts[path] and not re.search(r"page/\d", path)
    }
    assert "posts/mgorny/2019/2019-10-20-post-00000014.html" in paths
    assert f"Sitemap: {ROOT}sitemap.xml" in texts["robots.txt"]


def test_no_edition_can_take_a_folder_of_the_site_s_own(lay_out):
    texts = lay_out(make_planet(per_page=3), every_kind(), pages=True)
    folders = {path.partition("/")[0] for path in texts if "/" in path} | {"search"}
    assert {one for one in folders if not one.startswith(".")} - {"universe"} <= set(TAKEN)


def test_a_browser_learns_how_to_search_an_edition(lay_out):
    found = ET.fromstring(lay_out(make_planet(), [])["universe/opensearch.xml"])
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert found.findtext(f"{space}ShortName") == "Gentoo Universe"
    assert found.find(f"{space}Url").get("template") == f"{ROOT}search.html?q={{searchTerms}}&in=universe"
