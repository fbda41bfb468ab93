"""The pages about the planet: what they promise is so, and what they link to is there."""

import datetime as dt
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from turbohtml import parse

from generator import config, site
from generator.build.theme import Theme
from generator.feeds import schedule
from generator.feeds.fetch import pool, request
from generator.models import FeedSource, feed_state
from generator.site.pages import digest
from generator.site.pages.about import new_file_page
from tests.support.planets import Root
from tests.support.sample_site import every_kind, make_author, make_planet, make_post

ATOM = "{http://www.w3.org/2005/Atom}"
STORY = "https://news.example.net/story"
GITHUB = "https://github.com/example/planet"


def shared():
    """Two posts of one week that link to one page."""
    day = dt.datetime(2019, 10, 13, 18, tzinfo=dt.UTC)
    text = f"See [The story of the week]({STORY}), and [my talk](https://talk.example.org/)."
    return [
        make_post(number, nick=nick, title=f"Words of {nick}", date=day, body=text)
        for number, nick in ((14, "amina"), (15, "candrews"))
    ]


def lay_out(theme, planet, posts):
    pages = site.lay_out(planet, posts, bodies=site.render_body)
    return {page.path: theme.render(page.template, site.names(page)) for page in pages}


@pytest.fixture(scope="module")
def theme(tmp_path_factory):
    return Theme(tmp_path_factory.mktemp("root"), ["de", "fr", "pl", "ja"])


@pytest.fixture(scope="module")
def whole(theme):
    return lay_out(theme, make_planet(source=GITHUB), [*every_kind(), *shared()])


def words(html):
    return " ".join(parse(html).to_text().split())


def part(text, heading):
    """What stands below a heading with that id."""
    return text.partition(f'id="{heading}"')[2].partition("</section>")[0]


# --- joining


@pytest.mark.parametrize(
    ("source", "page"),
    [
        (GITHUB, f"{GITHUB}/new/HEAD"),
        (GITHUB + ".git", f"{GITHUB}/new/HEAD"),
        (GITHUB + "/", f"{GITHUB}/new/HEAD"),
        ("https://github.com/example", ""),
        ("https://forge.example.org/example/planet", ""),
        ("https://github.com.example.org/example/planet", ""),
        ("javascript://github.com/example/planet", ""),
        ("", ""),
    ],
)
def test_a_new_file_can_be_begun_where_the_forge_s_way_is_known(source, page):
    assert new_file_page(source) == page


@pytest.mark.parametrize("editions", [1, 2])
def test_without_a_script_a_link_begins_an_author_file_that_is_right(theme, tmp_path, editions):
    planet = make_planet(source=GITHUB)
    text = lay_out(theme, replace(planet, editions=planet.editions[:editions]), [])["join/index.html"]
    (link,) = re.findall(r'class="call" href="([^"]+)"', text)
    query = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
    assert query["filename"] == ["authors/your-nick.yaml"]
    root = Root(tmp_path / "planet", {"your-nick": query["value"][0]})
    (author,) = config.load(root.path).authors
    assert author.feeds == (FeedSource(url="https://blog.example/feed/", editions=("planet", "universe")),)
    assert ("editions:" in query["value"][0]) == (editions > 1)


def test_the_form_waits_for_the_script_and_knows_the_rules_of_the_file(whole):
    form = whole["join/index.html"].partition("<form ")[2].partition("</form>")[0]
    assert form.startswith(f'data-join="{GITHUB}/new/HEAD" hidden')
    assert re.findall(r'name="(\w+)"', form) == ["name", "nick", "homepage", "feed", "github", "editions", "editions"]
    assert len(re.findall("<label", form)) == 7


@pytest.mark.parametrize(
    ("source", "said"), [("https://forge.example.org/planet", "repository"), ("", "Send the file")]
)
def test_elsewhere_a_word_says_what_to_do_with_the_file(theme, source, said):
    text = lay_out(theme, make_planet(source=source), [])["join/index.html"]
    assert "<form" not in text
    assert said in words(text)
    assert "blog.example/feed/" in text


# --- what is told of feeds and manners


def test_all_feeds_are_explained_and_there(whole):
    text = whole["feeds/index.html"]
    told = re.findall(r"<code>https://planet.example.org/sub/([^<]+)</code>", text)
    of_authors = re.findall(r'href="\.\./(authors/[^"]+)"', text)
    found = {path for path in whole if path.endswith((".xml", ".json")) and not path.startswith(("authors/", "tags/"))}
    found -= {"sitemap.xml", "opensearch.xml", "universe/opensearch.xml"}
    assert set(told) == found
    assert len(told) == len(found)
    assert set(of_authors) <= set(whole)
    assert "authors/gone/atom.xml" in of_authors


def test_the_manners_that_are_promised_are_those_of_the_fetcher(whole):
    told = words(whole["about/index.html"])
    assert (timedelta(hours=1), timedelta(days=1)) == (schedule.SHORTEST, schedule.LONGEST)
    assert "once an hour at most, and about once a day" in told
    assert (timedelta(days=7), timedelta(days=7)) == (schedule.LONGEST_WISH, feed_state.MOVED_AFTER)
    assert "up to seven days" in told
    assert "after seven days" in told
    assert feed_state.GONE_AFTER == 3
    assert "410 on three days" in told
    assert pool.PER_HOST == 2
    assert "two at a time to one server" in told
    assert request.REDIRECTS == 5
    assert "no more than five redirects" in told


def test_limits_and_name_are_those_of_the_settings(theme):
    fetch = replace(
        make_planet().fetch, user_agent="gitplanet/9 (+https://x.example/)", timeout=12.0, max_bytes=2_000_000
    )
    told = words(lay_out(theme, make_planet(fetch=fetch, contact="", licence=""), [])["about/index.html"])
    assert "gitplanet/9 (+https://x.example/)" in told
    assert "after 12 seconds or 2 MB" in told
    assert "What the planet itself says" not in told


# --- the state of the feeds


def test_each_feed_has_a_state_and_what_came_of_it(whole):
    text = whole["status/index.html"]
    listed = words(part(text, "well"))
    assert "Michał Górny not read yet https://mgorny.example.org/feed/" in listed
    assert "Alexys Jacob paused" in listed
    assert "Luca Barbato no longer read" in listed
    assert "the newest: Moving eleven years of small files" in listed
    assert "somebody to look after" not in words(text)
    assert "Why is my post not here?" in words(text)
    own = whole["status/mgorny/index.html"]
    assert "It was not read yet, or not since the planet lost its notes" in words(own)
    assert "status/gone/index.html" not in whole


def test_an_author_s_page_leads_to_the_state_of_the_feeds(whole):
    assert 'href="../../status/mgorny/index.html"' in whole["authors/mgorny/index.html"]
    assert "status/gone" not in whole["authors/gone/index.html"]


def test_what_an_author_file_does_to_a_feed_is_said(theme):
    source = FeedSource(url="https://larry.example.org/feed", editions=("planet",), include=("cow",), full=False)
    planet = make_planet(authors=(replace(make_author("larry", "Larry"), feeds=(source,)),))
    told = words(lay_out(theme, planet, [])["status/larry/index.html"])
    assert "lets only some of its posts through" in told
    assert "the beginnings of its posts only" in told
    assert "no posts of its own" in told


# --- figures, weeks, trends


def test_every_chart_has_a_name_and_its_numbers_in_a_table(whole):
    text = whole["stats/index.html"]
    charts = re.findall(r'<svg class="chart"[^>]*role="img" aria-label="([^"]+)"', text)
    assert charts == [
        "Posts a month: October 2019 to October 2019; the most, 13, in October 2019",
        "Hours of the day: the most posts, 8, in the hour from 14:00",
    ]
    assert "2019 13" in words(part(text, "months"))
    assert "Wednesday 3" in words(part(text, "weekdays"))
    assert "English 11" in words(part(text, "languages"))
    assert "14:00 8" in words(part(text, "hours"))
    assert "Craig Andrews October 8, 2019" in words(part(text, "newest"))
    assert " style=" not in text


def test_trends_are_a_page_and_a_feed(whole):
    assert "The story of the week news.example.net 2 authors rising" in words(whole["trends/index.html"])
    feed = ET.fromstring(whole["trends.xml"].strip())
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["The story of the week", "news item"]
    entry = entries[0]
    assert entry.find(f"{ATOM}link[@rel='alternate']").get("href") == STORY
    via = [link.get("href") for link in entry.findall(f"{ATOM}link[@rel='via']")]
    assert all(link.startswith("https://planet.example.org/sub/posts/") for link in via)
    assert len(via) == 2
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == "2019-10-15T15:00:02Z"


def test_a_week_is_told_by_author_with_first_sentences(whole):
    text = whole["universe/digest/2019/2019-W41.html"]
    assert "Week 41 of 2019 October 7, 2019 – October 13, 2019 9 posts, 6 authors" in words(text)
    assert "Moving eleven years of small files I had put October 13, 2019, 14:34 UTC mgorny.example.org" in words(text)
    assert 'rel="prev" href="../../../universe/digest/2019/2019-W40.html"' in text
    index = whole["universe/digest/index.html"]
    assert 'rel="canonical" href="https://planet.example.org/sub/universe/digest/2019/2019-W41.html"' in index
    assert "Taken back" not in words(whole["digest/2019/2019-W40.html"])


def test_a_new_post_changes_the_digest_of_its_week_only(theme):
    before = lay_out(theme, make_planet(), [make_post(number) for number in range(1, 9)])
    after = lay_out(theme, make_planet(), [make_post(number) for number in range(1, 10)])
    changed = {path for path in before if before[path] != after[path] and path.startswith("digest")}
    assert changed == {"digest/2019/2019-W41.html", "digest/index.html", "digest.xml"}
    entries = [ET.fromstring(pages["digest.xml"].strip()).findall(f"{ATOM}entry") for pages in (before, after)]
    names = [[entry.findtext(f"{ATOM}id") for entry in each] for each in entries]
    assert names[0] == names[1]
    assert [each.findtext(f"{ATOM}updated") for each in entries[1]] == ["2019-10-09T15:00:02Z", "2019-10-06T15:00:02Z"]


def test_the_feed_of_the_digest_begins_no_week_when_it_has_enough(theme, monkeypatch):
    """The newest week is there in any case."""
    posts = [make_post(number) for number in range(1, 30)]
    for full, told in ((100, 5), (20, 3), (9, 2), (8, 1), (1, 1)):
        monkeypatch.setattr(digest, "FULL", full)
        feed = ET.fromstring(lay_out(theme, make_planet(), posts)["digest.xml"].strip())
        assert len(feed.findall(f"{ATOM}entry")) == told, full


def test_a_flood_of_one_author_does_not_drown_the_others_in_the_digest(theme):
    day = dt.datetime(2019, 10, 8, tzinfo=dt.UTC)
    flood = [make_post(n, date=day + dt.timedelta(minutes=n)) for n in range(1, 26)]
    text = lay_out(theme, make_planet(), [*flood, make_post(9, nick="amina")])["digest/2019/2019-W41.html"]
    assert "26 posts, 2 authors" in words(text)
    assert "and 15 more" in words(text)
    assert text.count('class="h-entry"') == 11


def test_an_empty_planet_says_so_everywhere(theme):
    pages = lay_out(theme, make_planet(authors=()), [])
    assert "There are no posts yet." in words(pages["stats/index.html"])
    assert "There are no posts yet." in words(pages["digest/index.html"])
    assert "no page was linked to by two authors" in words(pages["trends/index.html"])
    assert "The planet reads 0 feeds." in words(pages["status/index.html"])


@pytest.mark.parametrize(("language", "said"), [("de", "Beiträge"), ("fr", "articles"), ("pl", "wpis"), ("ja", "記事")])
def test_the_pages_speak_the_planet_s_language(theme, language, said):
    pages = lay_out(theme, make_planet(language=language, source=GITHUB), [*every_kind(), *shared()])
    for path in ("about/index.html", "feeds/index.html", "status/index.html", "stats/index.html", "404.html"):
        assert said in words(pages[path])
        assert f'<html lang="{language}"' in pages[path]
