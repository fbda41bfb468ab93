"""The ways through the site: by day, tag, language and author, from post to post, and what came late."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from turbohtml import parse

from generator import site
from generator.build.theme import Theme
from tests.support.sample_site import every_kind, make_author, make_planet, make_post


@pytest.fixture(scope="module")
def theme(tmp_path_factory):
    return Theme(tmp_path_factory.mktemp("root"), ["de", "fr", "ja", "pl"])


@pytest.fixture(scope="module")
def lay_out(theme):
    """The whole site as text by path."""

    def texts(planet, posts):
        pages = site.lay_out(planet, posts, bodies=site.render_body)
        return {
            page.path: theme.render(page.template, site.names(page)) for page in pages if page.path.endswith(".html")
        }

    return texts


@pytest.fixture(scope="module")
def whole(lay_out):
    """The invented planet's site."""
    return lay_out(make_planet(), every_kind())


def words(html):
    """The visible text of a page's own part on one line."""
    return " ".join(parse(html).find("main").to_text().split())


def at(year, month, day, hour=12):
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


# --- days


@pytest.mark.parametrize("folder", ["", "universe/"])
def test_each_day_with_posts_is_at_the_address_that_planets_have_always_had(whole, folder):
    page = words(whole[f"{folder}archives/2019/2019-10-13.html"])
    assert "October 13, 2019 Sunday · October 2019" in page
    assert "Moving eleven years of small files" in page
    assert "I had put" in page
    assert f"{folder}archives/2019/2019-10-14.html" not in whole


def test_days_lead_to_their_neighbours_that_have_posts(whole):
    page = whole["universe/archives/2019/2019-10-09.html"]
    assert re.search(r'rel="next" href="../../../universe/archives/2019/2019-10-11.html"', page)
    assert re.search(r'rel="prev" href="../../../universe/archives/2019/2019-10-07.html"', page)


def test_a_day_around_new_year_is_also_where_the_week_s_year_put_it(lay_out):
    eve = make_post(1, date=at(2018, 12, 31))
    pages = lay_out(make_planet(), [eve])
    assert "archives/2018/2018-12-31.html" in pages
    moved = pages["archives/2019/2018-12-31.html"]
    assert '<link rel="canonical" href="https://planet.example.org/sub/archives/2018/2018-12-31.html">' in moved


def test_a_month_of_too_many_posts_tells_its_days(lay_out, monkeypatch):
    monkeypatch.setattr("generator.site.pages.calendar.MOST", 2)
    posts = [make_post(number, date=at(2019, 10, day)) for number, day in enumerate((12, 13, 13), 1)]
    month = "archives/2019/2019-10.html"
    page = lay_out(make_planet(), posts)[month]
    assert "3 posts · All months * October 13, 2019 2 posts * October 12, 2019 1 post" in words(page)
    assert '<a href="../../archives/2019/2019-10-13.html">' in page
    assert "Post number 1" in words(lay_out(make_planet(), posts[:2])[month])


# --- tags and languages


def test_tags_of_a_post_lead_to_all_posts_that_carry_them(lay_out):
    posts = [
        make_post(1, tags=("Gentoo", "rare")),
        make_post(2, tags=("gentoo",), nick="candrews"),
        make_post(3, tags=("gentoo",), withdrawn=at(2019, 12, 1)),
    ]
    pages = lay_out(make_planet(), posts)
    tag = words(pages["tags/gentoo/index.html"])
    assert "2 posts · All tags" in tag
    assert tag.index("Post number 2 Craig Andrews") < tag.index("Post number 1 Michał Górny")
    meta = parse(pages[posts[0].path.replace(".md", ".html")]).find("ul", class_="tags")
    assert [link.attrs["href"] for link in meta.find_all("a")] == ["../../../tags/gentoo/index.html"]
    assert meta.to_text().split() == ["*", "Gentoo", "*", "rare"]
    assert 'href="../tags/gentoo/index.html"' in pages["tags/index.html"]
    assert "rare" not in pages["tags/index.html"]


def test_a_long_list_goes_on_on_numbered_pages_at_the_next_post(lay_out):
    first = at(2019, 1, 1)
    posts = [
        make_post(
            1,
            path=f"posts/mgorny/2019/p-{n:08x}.md",
            guid=str(n),
            title=f"N{n}",
            date=first + dt.timedelta(hours=n),
            tags=("a",),
        )
        for n in range(250)
    ]
    pages = lay_out(make_planet(authors=()), posts)
    (anchor,) = re.findall(r'rel="prev" href="../../tags/a/page/1.html#(\w+)"', pages["tags/a/index.html"])
    rest = pages["tags/a/page/1.html"].partition(f'id="{anchor}"')[2]
    assert re.search(r">(N\d+)<", rest)[1] == "N49"
    assert pages["tags/a/page/1.html"].count('href="../../../tags/a/atom.xml"') == 2


def test_languages_are_named_in_the_reader_s_language(whole):
    assert "English 9" in words(whole["languages/index.html"])
    assert "Posts in Arabic 1 post · All languages" in words(whole["languages/ar/index.html"])
    assert "سنة مع جنتو" in whole["languages/ar/index.html"]
    front = whole["universe/index.html"]
    assert '<a href="../languages/ja/index.html">Japanese</a>' in front
    assert "languages/en" not in front.partition("<footer")[0]


# --- people


def test_contributors_are_counted_with_their_last_post_and_told_apart_by_state(whole):
    page = words(whole["authors/index.html"])
    writing, quiet = page.index("Writing"), page.index("Quiet")
    former = page.index("Former")
    assert (
        writing
        < page.index("Gentoo News gentoo 2 posts AArch64 (arm64) profiles are now stable! October 9, 2019")
        < quiet
    )
    assert quiet < page.index("Alexys Jacob ultrabug 3 posts py3status 3.21 is out") < former
    assert former < page.index("Luca Barbato")
    assert former < page.index("Somebody Gone")


def test_who_wrote_nothing_for_a_year_is_quiet_by_the_newest_post_and_no_clock(lay_out):
    posts = [make_post(1, nick="candrews", date=at(2018, 1, 1)), make_post(2, date=at(2019, 10, 2))]
    page = words(lay_out(make_planet(), posts)["authors/index.html"])
    assert page.index("Quiet") < page.index("Craig Andrews candrews 1 post Post number 1")
    assert page.index("Michał Górny") < page.index("Quiet")


def test_the_author_page_counts_by_month_and_leads_to_the_month(lay_out):
    posts = [make_post(1), make_post(2), make_post(3, date=at(2018, 3, 4))]
    page = lay_out(make_planet(), posts)["authors/mgorny/index.html"]
    rows = parse(page).find("table", class_="calendar").find("tbody").find_all("tr")
    counts = [[cell.to_text().strip() for cell in row.find_all(["th", "td"])] for row in rows]
    assert counts == [["2019", *[""] * 9, "2", "", ""], ["2018", "", "", "1", *[""] * 9]]
    for link in re.findall(r'href="#(m[\d-]+)"', page):
        assert page.count(f'id="{link}"') == 1
    assert "Active since October 1, 2019." in words(page)
    assert "3, the last on October 2, 2019, 14:34 UTC" in words(page)


def test_the_account_of_an_author_is_told_where_a_link_says_so(lay_out):
    author = make_author(
        "mgorny", "M", links={"Videos": "https://videos.example.org/@m", "Mastodon": "https://social.example.org/@m"}
    )
    pages = lay_out(make_planet(authors=(author,)), [make_post(1)])
    told = '<meta name="fediverse:creator" content="@m@social.example.org">'
    assert told in pages["authors/mgorny/index.html"]
    assert told in pages[make_post(1).path.replace(".md", ".html")]


# --- from post to post


def test_neighbours_of_a_post_are_what_its_author_wrote_before_and_after(lay_out):
    posts = [
        make_post(1),
        make_post(2, nick="candrews"),
        make_post(3),
        make_post(4, withdrawn=at(2020, 1, 1)),
        make_post(5),
    ]
    beside = parse(lay_out(make_planet(), posts)[posts[2].path.replace(".md", ".html")]).find("nav", class_="beside")
    assert [(link.attrs["rel"][0], " ".join(link.to_text().split())) for link in beside.find_all("a")] == [
        ("prev", "Before that Post number 1"),
        ("next", "After that Post number 5"),
    ]


def test_a_post_can_be_cited_with_its_original_address(whole):
    page = whole["posts/mgorny/2019/2019-10-13-post-0000000d.html"]
    cite = " ".join(parse(page).find("details", class_="cite").to_text().split())
    assert (
        "Michał Górny: “Moving eleven years of small files”, October 13, 2019. https://mgorny.example.org/13/" in cite
    )
    assert "title = {Moving eleven years of small files}" in cite


def test_machines_are_told_what_a_post_is_and_where_it_comes_from(whole):
    page = whole["posts/mgorny/2019/2019-10-13-post-0000000d.html"]
    told = json.loads(parse(page).find("script", type="application/ld+json").text)
    assert told["@type"] == "BlogPosting"
    assert told["isBasedOn"] == told["url"] == "https://mgorny.example.org/13/"
    assert told["author"]["name"] == "Michał Górny"
    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="og:title" content="Moving eleven years of small files · Michał Górny">' in page


def test_no_date_is_said_to_be_none(lay_out):
    found = at(2019, 10, 1)
    front = lay_out(make_planet(), [make_post(1, date=found, first_seen=found)])["index.html"]
    assert "no date, found on October 1, 2019, 12:00 UTC" in words(front)


def unknown(number, **more):
    """A post that came undated with the first reading of its feed."""
    found = dt.datetime(2019, 10, 20, 9, tzinfo=dt.UTC)
    dated = {"date": found, "first_seen": found, "date_from": "first_seen", "first_reading": True}
    return make_post(number, **dated | more)


def headings(html):
    return [heading.to_text().strip() for heading in parse(html).find_all("h2")]


def test_posts_of_unknown_age_stand_below_all_others_in_lists(lay_out):
    posts = [make_post(1, tags=("x",)), unknown(2, tags=("x",)), make_post(3, tags=("x",))]
    site_ = lay_out(make_planet(), posts)
    for path in (
        "index.html",
        "universe/index.html",
        "headlines.html",
        "tags/x/index.html",
        "authors/mgorny/index.html",
    ):
        titles = re.findall(r"Post number \d", words(site_[path]).partition("Feeds")[0])
        assert list(dict.fromkeys(titles)) == ["Post number 3", "Post number 1", "Post number 2"], path
        assert "Without a date" in headings(site_[path]), path
        assert "no date, found on October 20, 2019" in words(site_[path]), path
    assert "Just found" not in words(site_["index.html"])


def test_pages_of_days_and_months_show_posts_of_unknown_age_where_they_were_found(lay_out):
    posts = [make_post(1), unknown(2), make_post(20), make_post(21), unknown(3, date=at(2019, 11, 2))]
    site_ = lay_out(make_planet(), posts)
    found = words(site_["archives/2019/2019-10-20.html"])
    assert found.index("Post number 20") < found.index("Post number 2 ")
    month = site_["archives/2019/2019-10.html"]
    assert headings(month)[:3] == ["Monday October 21, 2019", "Sunday October 20, 2019", "Tuesday October 1, 2019"]
    assert "Without a date" not in headings(month)
    assert "archives/2019/2019-11.html" in site_


def test_the_calendar_of_an_author_leads_to_posts_that_have_a_date(lay_out):
    page = parse(lay_out(make_planet(), [make_post(1), unknown(2), unknown(3)])["authors/mgorny/index.html"])
    cells = page.find("table", class_="calendar").find_all("td")
    assert [cell.to_text().strip() for cell in cells if cell.to_text().strip()] == ["1"]
    assert len(page.find_all(id="m2019-10")) == 1


def test_no_week_is_that_of_posts_of_unknown_age(lay_out):
    site_ = lay_out(make_planet(), [make_post(1), unknown(2)])
    assert [path for path in site_ if re.fullmatch(r"digest/\d+/.*", path)] == ["digest/2019/2019-W40.html"]
    assert "Post number 2" not in site_["digest/index.html"]


# --- what came late


def late(lay_out, *posts):
    """The titles in the strip of the front page."""
    strip = parse(lay_out(make_planet(), [*old(), *posts])["index.html"]).find("section", class_="late")
    return re.findall(r"Post number \d+", strip.to_text()) if strip else []


def old():
    """A planet whose authors are known for long, with enough on top of the front page."""
    return [make_post(n, date=at(2019, 10, n), first_seen=at(2019, 10, n, 13)) for n in range(10, 18)]


def test_a_post_that_comes_days_after_its_date_is_told_apart(lay_out):
    belated = make_post(1, date=at(2019, 10, 1), first_seen=at(2019, 10, 16))
    assert late(lay_out, belated) == ["Post number 1"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"first_seen": at(2019, 10, 2)}, "in time"),
        ({"first_seen": at(2019, 10, 9), "date": at(2019, 10, 1)}, "late, but more than a week ago"),
        ({"nick": "candrews"}, "what a new author brings along is no news"),
        ({"date": at(2019, 10, 15), "first_seen": at(2019, 10, 18)}, "on top of the front page anyway"),
        ({"withdrawn": at(2019, 10, 17)}, "withdrawn"),
    ],
)
def test_what_is_not_late_is_not_told_apart(lay_out, change, why):
    belated = replace(
        make_post(1, date=at(2019, 10, 1), first_seen=at(2019, 10, 16), nick=change.get("nick", "mgorny")), **change
    )
    assert late(lay_out, belated) == [], why


# --- headlines, rhythm, languages of the interface


def test_headlines_are_the_same_posts_in_a_line_each(whole):
    page = whole["universe/headlines.html"]
    assert "AArch64 (arm64) profiles are now stable! Gentoo News" in words(page)
    assert 'class="text' not in page
    assert '<a href="../universe/headlines.html">Headlines</a>' in whole["universe/index.html"]


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (60, "every hour."),
        (15, "every 15 minutes."),
        (120, "every 2 hours."),
        (1440, "every day."),
        (90, "every 90 minutes."),
    ],
)
def test_readers_are_told_when_to_come_again(lay_out, minutes, told):
    front = lay_out(make_planet(updates=minutes), [make_post()])["index.html"]
    assert f"It looks for new posts {told}" in front


def test_a_planet_and_an_edition_speak_their_language(lay_out):
    planet = make_planet(language="de")
    editions = (planet.editions[0], replace(planet.editions[1], language="ja"))
    pages = lay_out(replace(planet, editions=editions), every_kind())
    assert '<html lang="de" dir="ltr">' in pages["index.html"]
    assert "Sonntag 13. Oktober 2019" in words(pages["index.html"])
    assert "Weiterlesen bei candrews.example.org" in words(pages["index.html"])
    assert '<summary lang="de" dir="ltr">Weiterlesen (2 Min.)</summary>' in pages["index.html"]
    assert "2019年10月13日 14:34 UTC" in words(pages["universe/index.html"])
    assert "Beiträge: Arabisch" in words(pages["languages/ar/index.html"])


@pytest.mark.parametrize("language", ["de", "fr", "ja", "pl"])
def test_no_english_is_left_in_another_language(lay_out, language):
    for path, text in lay_out(make_planet(language=language), every_kind()).items():
        assert not re.search(r"\b(posts|Archive|Contributors|Skip|Further)\b", own_words(text)), path


def own_words(text):
    """What the interface itself says on a page: texts, labels and the head, without what people wrote."""
    page = parse(text)
    for one in page.find_all(
        class_=["text", "welcome", "disclaimer", "said", "h-card", "title", "cite"]
    ) + page.find_all(["h1", "h3", "b", "script", "title", "meta"]):
        one.decompose()
    return page.to_text() + " ".join(tag.attrs["aria-label"] for tag in page.find_all() if "aria-label" in tag.attrs)
