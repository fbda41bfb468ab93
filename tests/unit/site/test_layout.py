"""Which pages there are, and what stands on them: read from the built site, as a reader and a feed reader see it."""

import datetime as dt
import json
import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from turbohtml import parse

from generator import site
from generator.build.theme import Theme
from generator.errors import PlanetError
from generator.markup import own_texts
from generator.models import Enclosure
from tests.support.sample_site import HOSTILE, every_kind, make_author, make_planet, make_post

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"


GROWING = ("digest", "stats/", "status/")
"""Pages that tell of every new post."""


@pytest.fixture(scope="module")
def theme(tmp_path_factory):
    return Theme(tmp_path_factory.mktemp("root"))


@pytest.fixture
def lay_out(theme):
    """The whole site as text by path."""

    def texts(planet, posts):
        pages = site.lay_out(planet, posts, bodies=site.render_body)
        return {page.path: theme.render(page.template, site.names(page)) for page in pages}

    return texts


@pytest.fixture(scope="module")
def whole(theme):
    """The invented planet's site."""
    pages = site.lay_out(make_planet(), every_kind(), bodies=site.render_body)
    return {page.path: theme.render(page.template, site.names(page)) for page in pages}


def words(html):
    """The visible text of a page on one line."""
    return " ".join(parse(html).to_text().split())


# --- which pages there are


@pytest.mark.parametrize("folder", ["", "universe/"])
@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "atom.xml",
        "rss20.xml",
        "rss10.xml",
        "opml.xml",
        "foafroll.xml",
        "feed.json",
        "archives/index.html",
    ],
)
def test_the_addresses_of_the_old_site_are_there(whole, folder, name):
    assert folder + name in whole


def test_each_post_month_and_author_has_a_page(whole):
    assert {post.path.replace(".md", ".html") for post in every_kind()} <= set(whole)
    assert {
        f"authors/{nick}/{name}" for nick in ("mgorny", "amina", "gone") for name in ("index.html", "atom.xml")
    } <= set(whole)
    assert "universe/archives/2019/2019-10.html" in whole
    assert "404.html" in whole


def test_links_inside_the_site_lead_somewhere_from_any_base(whole):
    for path, text in whole.items():
        if path.endswith(".html") and path != "404.html":
            own = re.sub('<div class="text e-content".*?</article>', "", text, flags=re.DOTALL)
            for link in re.findall(r'(?:href|src)="([^"]*)"', own):
                if urlsplit(link).scheme or link.endswith((".css", ".js", ".svg")):
                    continue
                target, _, fragment = urljoin(f"/{path}", link).lstrip("/").partition("#")
                assert target in whole, f"{path} links to {link}"
                assert not fragment or f'id="{fragment}"' in whole[target], f"{path} links to {link}"


def test_the_page_for_what_is_missing_links_absolutely(whole):
    assert 'href="/sub/index.html"' in whole["404.html"]


# --- long lists


def shown(text):
    return re.findall(r"Post number (\d+)<", text)


def test_pages_are_counted_from_the_oldest_and_the_way_back_is_without_gap(lay_out):
    pages = lay_out(make_planet(per_page=3), [make_post(number) for number in range(1, 9)])
    assert [shown(pages[path]) for path in ("index.html", "page/2.html", "page/1.html")] == [
        ["8", "7", "6"],
        ["6", "5", "4"],
        ["3", "2", "1"],
    ]
    (older,) = re.findall(r'rel="prev" href="(page/2.html#\w+)"', pages["index.html"])
    assert shown(pages["page/2.html"].partition(f'id="{older.partition("#")[2]}"')[2])[0] == "5"
    assert "page/3.html" not in pages


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(0, 23))
def test_every_post_is_on_the_front_page_or_one_numbered_page_before_it(size, count):
    posts = [make_post(number) for number in range(1, count + 1)]
    pages = list(site.lay_out(make_planet(per_page=size), posts, bodies=site.render_body))
    listed = {
        page.path: [post.source for day in page.own["days"] for run in day.runs for post in run.posts]
        for page in pages
        if page.template == "pages/front.html" and page.own["edition"].key == "planet"
    }
    assert listed.pop("index.html") == posts[::-1][:size]
    assert all(len(page) == size for page in listed.values())
    numbered = [post for number in range(1, len(listed) + 1) for post in reversed(listed[f"page/{number}.html"])]
    assert numbered == posts[: len(numbered)]
    assert count - len(numbered) <= size


def test_a_new_post_changes_the_newest_pages_only(lay_out):
    planet = make_planet(per_page=3)
    before = lay_out(planet, [make_post(number) for number in range(1, 9)])
    after = lay_out(planet, [make_post(number) for number in range(1, 10)])
    old = {
        path for path in before if not path.startswith(("authors/", "archives/", "languages/", "universe/", *GROWING))
    }
    assert {path for path in old if before[path] != after[path]} == {
        "index.html", "headlines.html", "posts/mgorny/2019/2019-10-08-post-00000008.html",
        "atom.xml", "rss20.xml", "rss10.xml", "feed.json", "opml.xml", ".well-known/recommendations.opml",
    }  # fmt: skip
    assert before["archives/2019/2019-10-07.html"] == after["archives/2019/2019-10-07.html"]


# --- the front page


def test_a_run_of_entries_has_one_author_line_within_a_day(whole):
    front = whole["universe/index.html"]
    friday = front.partition("October 11, 2019</time></a></h2>")[2].partition("</section>")[0]
    assert len(re.findall('class="author h-card"', friday)) == 1
    assert len(re.findall("<article", friday)) == 2
    assert "Alexys Jacob a.k.a. ultrabug (homepage)" in words(friday)


def test_the_author_line_reads_as_it_always_did(whole):
    assert "Michał Górny a.k.a. mgorny (homepage, bugs)" in words(whole["index.html"])
    assert "Gentoo News a.k.a. gentoo (homepage)" in words(whole["index.html"])


def test_titles_lead_to_the_original_and_times_are_utc_or_only_a_day(whole):
    front = whole["index.html"]
    assert re.search(r'<a class="p-name u-url" href="https://mgorny.example.org/13/"[^>]*>Moving eleven', front)
    assert ">October 13, 2019, 14:34 UTC</time>" in front
    assert '<time class="dt-published" datetime="2019-10-09">October 9, 2019</time>' in front


def test_an_untitled_post_shows_its_first_words_marked_as_such(whole):
    assert re.search(r'class="untitled u-url"[^>]*>Today I learned that ip -br addr exists, and…', whole["index.html"])
    assert '<h3><a class="p-name' in whole["index.html"]


def test_pictures_have_their_texts_and_films_their_pictures(lay_out):
    host = "https://files.example"
    files = (
        Enclosure(url=f"{host}/a.png", type="image/png", text='A "cat" <3'),
        Enclosure(url=f"{host}/b", type="image/*"),
        Enclosure(url=f"{host}/watch", type="text/html", thumbnail=f"{host}/watch.jpg"),
        Enclosure(url=f"{host}/c.mp4", type="video/mp4", length=7, thumbnail=f"{host}/c.jpg", text="A film"),
        Enclosure(url=f"{host}/d.mp3", type="audio/mpeg", thumbnail="javascript:x()"),
        Enclosure(url="javascript:x()", type="image/png"),
    )
    post = make_post(enclosures=files, title="The title")
    page = parse(lay_out(make_planet(), [post])[post.path.replace(".md", ".html")])
    links = page.select(".enclosures a")
    assert [link.attr("href").removeprefix(host) for link in links] == [
        "/a.png",
        "/b",
        "/watch",
        *["/c.mp4"] * 2,
        "/d.mp3",
    ]
    images = page.select(".enclosures img")
    assert [(image.attr("src").removeprefix(host), image.attr("alt")) for image in images] == [
        ("/a.png", 'A "cat" <3'),
        ("/b", ""),
        ("/watch.jpg", "The title"),
        ("/c.jpg", "A film"),
    ]
    assert {(image.attr("loading"), image.attr("referrerpolicy")) for image in images} == {("lazy", "no-referrer")}
    assert [link.attr("aria-labelledby") for link in links if link.select("img")] == [None, "is-picture", None, None]
    assert all("noopener" in link.attr("rel") for link in links)


def test_an_untitled_post_without_a_description_has_a_name_all_the_same(lay_out):
    front = lay_out(make_planet(), [make_post(title="", description="")])["index.html"]
    assert re.search(r'class="untitled u-url"[^>]*>Untitled<', front)
    german = lay_out(make_planet(language="de"), [make_post(title="", description="")])
    for path in ("index.html", "atom.xml", "headlines.html"):
        assert ">Ohne Titel<" in german[path]
        assert "Untitled" not in german[path]


def test_an_excerpt_says_where_it_goes_on(whole):
    assert "Continue reading at candrews.example.org" in words(whole["index.html"])
    assert words(whole["index.html"]).count("Continue reading") == 1


def test_the_current_edition_is_marked_on_its_own_page(whole):
    assert re.search(r'<h1><a href="index.html" aria-current="true">Planet Gentoo</a></h1>', whole["index.html"])
    assert re.search(r'<h1><a href="../universe/index.html" aria-current="true">', whole["universe/index.html"])


def test_languages_decide_direction_and_edition(whole):
    assert 'lang="ar" dir="rtl"' in whole["universe/index.html"]
    assert 'lang="ja" dir="ltr"' in whole["universe/index.html"]
    assert "سنة مع جنتو" not in whole["index.html"]


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("fa-IR", "rtl"),
        ("ur", "rtl"),
        ("ks-Deva", "rtl"),
        ("az-Arab", "rtl"),
        ("ku-Latn", "ltr"),
        ("de", "ltr"),
        ("", "auto"),
    ],
)
def test_directions(lay_out, language, direction):
    page = lay_out(make_planet(), [make_post(lang=language)])["universe/index.html"]
    assert f'dir="{direction}"' in page


def test_days_follow_the_planets_time_zone(lay_out):
    late = make_post(1, date=dt.datetime(2019, 10, 13, 23, 30, tzinfo=dt.UTC))
    front = lay_out(make_planet(timezone="Asia/Tokyo"), [late])["index.html"]
    assert '<time datetime="2019-10-14"><span>Monday</span> October 14, 2019</time></a></h2>' in front
    assert "October 13, 2019, 23:30 UTC" in front


def test_contributors_are_the_active_members_by_name(whole):
    listed = words(whole["universe/index.html"].partition('id="contributors"')[2].partition("</section>")[0])
    assert "Luca Barbato" not in listed
    assert listed.index("Alexys Jacob") < listed.index("Craig Andrews") < listed.index("Michał Górny")


def test_last_updated_is_when_the_newest_post_was_first_seen(whole):
    assert "Last updated on October 13, 2019, 15:00 UTC" in words(whole["index.html"])
    assert "Last updated" not in whole["archives/index.html"]


def test_an_empty_planet_has_its_pages_too(lay_out):
    pages = lay_out(make_planet(authors=()), [])
    assert "There are no posts yet" in pages["index.html"]
    assert_well_formed(pages)


# --- one post


def test_a_link_around_a_picture_without_words_has_a_name(lay_out):
    body = "[![](https://e.org/a)](https://e.org/b) [![c](https://e.org/c)](https://e.org/d) [**e**](https://e.org/f)"
    page = lay_out(make_planet(), [make_post(1, body=body)])["posts/mgorny/2019/2019-10-01-post-00000001.html"]
    assert re.findall(r'aria-labelledby="is-picture" href="([^"]*)"', page) == ["https://e.org/b"]
    assert '<p id="is-picture" hidden>Picture</p>' in page


def test_pages_align_cells_by_class_and_end_with_notes_that_feed_readers_get_plainly(lay_out):
    said = lay_out(make_planet(), [make_post(body="| a | b |\n|---|--:|\n| c[^1] | d |\n\n[^1]: note")])
    page, feed = said["posts/mgorny/2019/2019-10-01-post-00000001.html"], ET.fromstring(said["rss20.xml"])
    text = page.partition('class="text')[2].partition("</article>")[0]
    assert '<td class="right">d</td>' in text
    assert '<div class="footnotes">' in text
    assert not re.search("align|section", text)
    content = feed.find(f".//{CONTENT}encoded").text
    assert '<td align="right">d</td>' in content
    assert '<section class="footnotes">' in content


def test_headings_of_a_post_follow_its_title_without_a_gap(whole):
    levels = [
        re.findall(r"<h(\d)", whole[path].partition("<footer")[0])
        for path in ("index.html", "posts/mgorny/2019/2019-10-13-post-0000000d.html")
    ]
    for found in levels:
        assert found[0] == "1"
        assert all(int(now) - int(before) <= 1 for before, now in pairwise(found))
    assert levels[1] == ["1", "2", "3", "2"]


@pytest.mark.parametrize("top", [1, 2, 3, 4, 6])
def test_the_uppermost_heading_decides(top):
    body = site.render_body(make_post(body=f"{'#' * top} One\n\n`<h1>`\n\n{'#' * min(6, top + 1)} Two"))
    assert "<h2>One</h2>" in body.whole
    assert "<h4>One</h4>" in body.shown
    assert "&lt;h1&gt;" in body.whole


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_no_level_of_headings_is_skipped_however_the_author_jumps(levels):
    body = site.render_body(make_post(body="\n\n".join(f"{'#' * level} T" for level in levels)))
    for html, title in ((body.whole, 1), (body.shown + body.rest, 3)):
        found = [title, *map(int, re.findall(r"<h(\d)>T</h\1>", html))]
        assert len(found) == len(levels) + 1
        assert all(now - before <= 1 for before, now in pairwise(found))
        assert min(found[1:]) == title + 1
        for (one, raw), (other, next_raw) in pairwise(zip(found[1:], levels, strict=True)):
            assert raw != next_raw or one == other


def test_code_and_tables_scroll_in_boxes_of_their_own_on_pages_and_are_bare_in_feeds():
    text = '```\n<table>\n```\n\n| a |\n|---|\n| ![<pre>](https://x.example.org/ "<table>") |\n'
    body = site.render_body(make_post(body=text))
    assert body.whole == body.shown
    assert body.whole.count(' tabindex="0" role="group" aria-labelledby="') == 2
    boxes = parse(body.whole).find_all(["pre", "div"])
    assert [tag.attrs["aria-labelledby"] for tag in boxes] == ["is-code", "is-table"]
    assert parse(body.whole).find("div").find("table") is not None
    assert "tabindex" not in body.html
    assert words(body.whole) == words(body.html)


def test_a_copy_points_to_the_original_and_keeps_search_engines_out(whole, lay_out):
    page = whole["posts/mgorny/2019/2019-10-13-post-0000000d.html"]
    assert '<link rel="canonical" href="https://mgorny.example.org/13/">' in page
    assert 'content="noindex,follow"' in page
    assert "https://forge.example.org/planet/commits/HEAD/posts/mgorny/2019/2019-10-13-post-0000000d.md" in page
    by_hand = lay_out(make_planet(), [make_post(1, canonical_url="", guid="", feed="")])
    assert "noindex" not in by_hand["posts/mgorny/2019/2019-10-01-post-00000001.html"]


def test_a_withdrawn_post_is_on_no_list_and_its_page_says_why(whole):
    page = whole["posts/mgorny/2019/2019-10-03-post-00000003.html"]
    assert "It was withdrawn on January 2, 2020, 00:00 UTC: the author asked" in words(page)
    assert "Taken back" not in page
    assert [path for path, text in whole.items() if "post-00000003" in text] == [
        "posts/mgorny/2019/2019-10-03-post-00000003.html"
    ]


def test_the_author_page_tells_who_and_lists_what(whole):
    page = words(whole["authors/mgorny/index.html"])
    assert "Packages things. Likes quiet mornings." in page
    assert "https://mgorny.example.org/feed/" in page
    assert "Moving eleven years of small files" in page
    assert "no longer a member" in words(whole["authors/gone/index.html"])
    assert "not read at the moment" in words(whole["authors/ultrabug/index.html"])


def test_the_time_to_read_counts_words_and_ideographs():
    assert site.render_body(make_post(body="word " * 2200)).minutes == 10
    assert site.render_body(make_post(body="日" * 5000)).minutes == 10
    assert site.render_body(make_post(body="")).minutes == 1


# --- feeds


def assert_well_formed(pages):
    for path, text in pages.items():
        if path.endswith(".xml"):
            ET.fromstring(text)
        elif path.endswith(".json"):
            json.loads(text)


def test_all_feeds_are_well_formed(whole):
    assert_well_formed(whole)


def test_atom_keeps_the_original_id_link_and_source(whole):
    feed = ET.fromstring(whole["atom.xml"])
    entry = feed.find(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}updated") == "2019-10-13T15:00:02Z"
    assert entry.findtext(f"{ATOM}id") == "https://mgorny.example.org/?p=13"
    assert {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")} == {
        "alternate": "https://mgorny.example.org/13/",
        "related": "https://planet.example.org/sub/posts/mgorny/2019/2019-10-13-post-0000000d.html",
    }
    assert entry.findtext(f"{ATOM}source/{ATOM}id") == "https://mgorny.example.org/feed/"
    assert "Before you copy anything</h2>" in entry.findtext(f"{ATOM}content")


def test_an_id_that_is_no_iri_becomes_one_of_its_own(whole):
    entries = ET.fromstring(whole["authors/gone/atom.xml"]).findall(f"{ATOM}entry")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entries[0].findtext(f"{ATOM}id"))


def test_rss_says_name_and_title_and_whose_it_is(whole):
    items = ET.fromstring(whole["rss20.xml"]).findall("channel/item")
    assert items[0].findtext("title") == "Michał Górny: Moving eleven years of small files"
    assert items[2].findtext("title") == "Alexys Jacob"
    assert items[0].findtext(f"{DC}creator") == "Michał Górny (mgorny)"
    assert items[0].find("guid").attrib == {"isPermaLink": "false"}
    assert items[-1].findtext("guid") == "123"
    assert items[0].find("source").get("url") == "https://mgorny.example.org/feed/"
    assert "<pre" in items[0].findtext(f"{CONTENT}encoded")


def test_json_feed_says_the_same(whole):
    feed = json.loads(whole["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["id"] == "https://mgorny.example.org/?p=13"
    assert feed["items"][0]["authors"][0]["name"] == "Michał Górny"
    assert "title" not in feed["items"][2]


def test_opml_and_foaf_list_the_edition_s_feeds(whole, lay_out):
    outlines = ET.fromstring(whole["opml.xml"]).findall("body/outline")
    assert "https://mgorny.example.org/feed/" in [one.get("xmlUrl") for one in outlines]
    assert "https://mgorny.example.org/feed/" in whole["foafroll.xml"]
    assert "lu-zero" not in whole["opml.xml"]


def test_a_feed_holds_the_newest_only(lay_out):
    pages = lay_out(make_planet(per_page=3), [make_post(number) for number in range(1, 9)])
    assert [item["title"] for item in json.loads(pages["feed.json"])["items"]] == [
        f"Post number {n}" for n in (8, 7, 6)
    ]


def test_the_guard_of_the_page_lets_in_pictures_only(lay_out):
    secure = lay_out(make_planet(), [])["index.html"]
    assert (
        "default-src 'none'; img-src 'self' data: https:; media-src https:; style-src 'self'; script-src 'self'; "
        in secure
    )
    assert "upgrade-insecure-requests" in secure
    at_home = lay_out(make_planet(url="http://127.0.0.1:8000/"), [])["index.html"]
    assert "img-src 'self' data: https: http:;" in at_home
    assert "upgrade-insecure-requests" not in at_home


# --- the planet's own texts


def test_links_in_own_texts_lead_from_the_front_page_or_the_root(lay_out):
    welcome = "[all](universe/index.html) [out](https://x.example.org/) [mail](mailto:a@x.example.org) ![](a.png)"
    planet = make_planet(disclaimer="See [the archive](archives/index.html).")
    edition = replace(planet.editions[1], welcome=welcome)
    pages = lay_out(replace(planet, editions=(planet.editions[0], edition)), [make_post()])
    front = parse(pages["universe/index.html"]).find("div", class_="welcome")
    assert [link.attrs["href"] for link in front.find_all("a")] == [
        "universe/index.html",
        "https://x.example.org/",
        "mailto:a@x.example.org",
        "../archives/index.html",
    ]
    assert front.find("img").attrs["src"] == "a.png"
    assert (
        'href="../../../archives/index.html" rel="noopener">the archive'
        in pages["posts/mgorny/2019/2019-10-01-post-00000001.html"]
    )
    assert 'href="/sub/archives/index.html" rel="noopener">the archive' in pages["404.html"]


def test_a_table_of_contents_leads_to_headings_whose_names_cannot_clash():
    html = own_texts.to_html("[TOC]\n\n# Rules {: #content .big onclick=x }\n\n## Two\n", root="")
    assert re.findall(r'href="#([^"]+)"', html) == re.findall(r' id="([^"]+)"', html) == ["own-content", "own-two"]
    assert "class" not in html
    assert "onclick" not in html


@pytest.mark.parametrize(
    "text", ["<script>a=1</script>", "[x](javascript:a)", "<img src=x onerror=a>", "<style>a{}</style>"]
)
def test_own_texts_are_sanitised_too(text):
    assert_harmless({"x.html": own_texts.to_html(text, root="")})
    assert "javascript" not in own_texts.to_html(text, root="")


def test_a_text_that_is_nested_too_deeply_is_named():
    with pytest.raises(PlanetError, match="nested too deeply"):
        own_texts.to_html("- " * 1000 + "x", root="")


# --- who wrote it, whose it is


def test_a_byline_stands_with_the_member_wherever_a_post_does(whole):
    page = "posts/ultrabug/2019/2019-10-10-post-0000000a.html"
    for path in (
        "index.html",
        "authors/ultrabug/index.html",
        "headlines.html",
        "digest/2019/2019-W41.html",
        "archives/2019/2019-10.html",
        page,
    ):
        assert "by Kim Guest" in words(whole[path]), path
    cited = words(whole[page])
    assert "Kim Guest: “A second one”" in cited
    assert "author = {Kim Guest}," in cited


def test_a_byline_that_is_the_members_name_of_today_is_not_shown(lay_out):
    pages = lay_out(make_planet(), [make_post(byline="Michał Górny", author="mgorny")])
    assert "byline" not in "".join(pages.values())


def test_machines_are_told_the_writer_without_the_members_address(whole):
    page = whole["posts/ultrabug/2019/2019-10-10-post-0000000a.html"]
    told = json.loads(re.search(r'application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert told["author"] == {"@type": "Person", "name": "Kim Guest"}
    assert told["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert told["discussionUrl"] == "https://forum.example.org/t/10"


def test_a_licence_and_a_discussion_are_links(whole, lay_out):
    page = whole["posts/ultrabug/2019/2019-10-10-post-0000000a.html"]
    assert (
        'rel="license noopener nofollow ugc" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>'
        in page
    )
    assert 'href="https://forum.example.org/t/10" rel="noopener nofollow ugc">Comments at forum.example.org</a>' in page
    for rights, name in [
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://x.example.org/terms/", "x.example.org/terms"),
        ("© Kim", "© Kim"),
    ]:
        assert f">{name}</" in lay_out(make_planet(), [make_post(rights=rights)])["index.html"]


# --- strangers


@pytest.mark.parametrize(
    "field",
    "title author byline guid canonical_url comments description lang feed rights reason body".split(),
)
def test_a_hostile_field_stays_text_everywhere(lay_out, field):
    post = make_post(1, **{field: HOSTILE})
    gone = make_post(2, withdrawn=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), **{field: HOSTILE})
    assert_harmless(lay_out(make_planet(), [post, gone]))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,<script>", "//x/y", "https://u:p@x/", 'x"onclick=y']
)
def test_only_web_addresses_become_links(lay_out, url):
    author = make_author("mgorny", "M", homepage=url, bugs=url, links={"me": url})
    pages = lay_out(
        make_planet(authors=(author,), source=url, contact=url),
        [make_post(1, canonical_url=url, feed=url, rights=url, comments=url)],
    )
    for path, text in pages.items():
        for link in re.findall(r'(?:href|src|xmlUrl|htmlUrl|resource|about)="([^"]*)"', text):
            assert re.match(r"(https?://(?!u:p)|mailto:|[\w./#-]*$)", link), f"{path}: {link}"
    assert_harmless(pages)


def test_hostile_authors_stay_text(lay_out):
    author = make_author("mgorny", HOSTILE, about=HOSTILE, licence=HOSTILE, links={HOSTILE: "https://x.example.org/"})
    planet = make_planet(authors=(author,), title=HOSTILE, licence=HOSTILE, disclaimer=HOSTILE)
    assert_harmless(lay_out(planet, [make_post(1, tags=(HOSTILE,))]))


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_feeds_that_parse(theme, title, guid, body):
    posts = [make_post(1, title=title, guid=guid, body=body, tags=(title,), description=body)]
    pages = list(site.lay_out(make_planet(), posts, bodies=site.render_body))
    texts = {page.path: theme.render(page.template, site.names(page)) for page in pages if "html" not in page.template}
    assert_well_formed(texts)


def assert_harmless(pages):
    assert_well_formed(pages)
    for path, text in pages.items():
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", text), path
        if path.endswith(".html"):
            root = parse(text)
            scripts = [one for one in root.find_all("script") if one.attrs.get("type") != "application/ld+json"]
            assert not [one for one in scripts if one.text or not one.attrs["src"].endswith(".js")], path
            assert not root.find_all(["iframe", "object", "style", "base"]), path
            assert not [name for tag in root.find_all() for name in tag.attrs if name.startswith("on")], path


def test_a_story_told_at_two_blogs_is_shown_once_and_names_the_other(lay_out):
    post = make_post(also_at=("https://other.example.org/1", "javascript:alert(1)"))
    front = lay_out(make_planet(), [post])["index.html"]
    link = '<a href="https://other.example.org/1" rel="noopener nofollow ugc">also at other.example.org</a>'
    assert front.count(link) == 1
    assert "javascript:" not in front
