"""What is good and bad about a feed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.check import feed
from generator.cli import main
from generator.errors import FeedError, PlanetError
from generator.models import FetchSettings
from tests.support.planets import Blogs, Root, item, rss

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = FetchSettings(allow_networks=("127.0.0.0/8",))


def says(blogs: Blogs, body: str | bytes, **headers: str) -> str:
    visit = feed.visit(blogs.put("/feed", body, **headers), HERE)
    return "\n".join(map(str, feed.findings(visit, NOW)))


def test_a_healthy_feed(blogs: Blogs) -> None:
    head = "<language>en</language></channel>"
    told = says(blogs, rss(item(1), item(2)).replace("</channel>", head), Content_Type="application/rss+xml")
    assert told.splitlines() == [
        "+ it is RSS 2.0, with 2 entries",
        "+ it is well-formed",
        "- the address is http:; use https: if the server has it",
        "+ asked again, the server says that nothing is new (304): kind to both sides",
        "+ the entries have ids of their own",
        "+ the newest entry is of 2026-11-02",
        "+ it carries full texts",
    ]


@pytest.mark.parametrize(
    ("body", "headers", "told"),
    [
        (rss(), {}, "- it has no entries"),
        (rss(item(1)), {}, "- it does not tell its language"),
        (rss(item(1), item(2))[:-12], {}, "- the document breaks off without its end"),
        (rss(item(1), item(2)).replace("</item>", "</p></item>", 1), {}, "- the feed is not well-formed (near line"),
        (rss(item(1)), {"Content_Type": "text/html"}, "- the server calls it text/html"),
        (rss(item(1)), {"ETag": ""}, "- the server sends neither ETag nor Last-Modified"),
        (rss(item(1)), {"ETag": '"other"'}, "- asked again, the server sends it whole"),
        (rss(item(1, body="x" * 300_000), *(item(n, body="x" * 300_000) for n in (2, 3, 4))), {}, "MiB large"),
        (rss({"title": "a", "description": "b"}), {}, "- 1 entries have neither an id nor a link"),
        (rss({"title": "a", "link": "https://larry.example/1"}), {}, "+ the entries are known by their links"),
        (
            rss(*({"title": title, "link": "https://larry.example/"} for title in "ab")),
            {},
            "- 2 entries have no id and share a link: a planet tells them apart by their titles",
        ),
        (rss(item(1), link="http://localhost:4000/"), {}, "- its own link leads to localhost, which nobody else"),
        (rss(item(1, link="http://192.168.0.9/1")), {}, "- 1 entry leads to 192.168.0.9, which nobody else can reach"),
        (
            rss(*(item(n, body="<img SRC='//blog.local:1313/a.png'><a href=//[::1]/>a</a>") for n in (1, 2))),
            {},
            "- 2 entries lead to blog.local, which nobody else can reach; build the blog with its public address",
        ),
        (rss(item(1, body="<a href='http://[fe80::1]:80/'>a</a>")), {}, "- 1 entry leads to fe80::1, which"),
        (rss(item(1, pubDate="whenever")), {}, "- 1 entries have no date that can be read"),
        (rss(item(1, pubDate="03/04/2020")), {}, "no date that can be read, such as '03/04/2020'"),
        (rss(item(1, pubDate="Mon, 02 Nov 2099 10:00:00 GMT")), {}, "- 1 entries are dated in the future"),
        (
            rss(*(item(n, pubDate="Mon, 02 Nov 2026 10:00:00 GMT") for n in (1, 2, 3))),
            {},
            "all entries have the same date",
        ),
        (rss(item(1, pubDate="2026-11-02")), {}, "+ its dates have no times"),
        (rss({"guid": "1", "title": "", "description": "It goes on […]"}), {}, "- 1 of 1 entries are excerpts"),
        (rss({"guid": "1", "title": "", "description": "Hello"}), {}, "+ 1 entries have no title"),
        (rss({"guid": "1", "title": "a"}), {}, "- 1 entries have no link"),
        (rss(item(1)).encode().replace(b"Post", b"P\xf6st"), {}, "- it is not in UTF-8 and does not say in what"),
        (
            rss(item(1)).replace('"1.0"', '"1.0" encoding="utf-8"'),
            {"Content_Type": "text/xml; charset=iso-8859-1"},
            "name two encodings, iso-8859-1 and utf-8",
        ),
    ],
)
def test_a_feed_with_a_fault(blogs: Blogs, body: str | bytes, headers: dict[str, str], told: str) -> None:
    assert told in says(blogs, body, **headers)


def test_who_writes_in_a_feed(blogs: Blogs) -> None:
    names = ("Kim", "Zoé Cow", "KIM", "zoe cow", "Kim")
    feed_of_two = rss(*(item(number, author=name) for number, name in enumerate(names, 1)))
    assert "+ its entries are by Kim and Zoé Cow: `authors` in the author file takes" in says(blogs, feed_of_two)
    assert "its entries are by" not in says(blogs, rss(item(1, author="Kim"), item(2, author="kim")))


def test_a_feed_that_moved(blogs: Blogs) -> None:
    new = blogs.put("/new", rss(item(1)))
    assert f"has moved for good to {new}" in says(blogs, "", status=301, Location="/new")  # type: ignore[arg-type]
    assert f"leads on to {new}" in says(blogs, "", status=302, Location="/new")  # type: ignore[arg-type]


def test_what_becomes_of_each_entry(blogs: Blogs) -> None:
    table = "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    body = f"<script>x</script><p>Read <b>this</b>.</p>{table}"
    visit = feed.visit(blogs.put("/feed", rss(item(1, body=body), item(2, title=""))), HERE)
    first, second = feed.examine(visit.feed, visit.response.url, NOW)
    assert (first.rules, first.html_blocks) == (("scripts",), 1)
    assert first.post.body.startswith("Read **this**.")
    assert feed.format_entry(first).startswith("2026-11-01T10:00:00Z · Post 1 · ")
    assert "cleaned: scripts · a block kept as HTML" in feed.format_entry(first)
    assert "(The text of post 2" in feed.format_entry(second)


def test_what_the_rules_removed_is_said_by_rule(blogs: Blogs) -> None:
    widget = "<p>Read this.</p><div class=feedflare>one two <a href=/c>c</a></div>"
    pixel = "<p>Read it.</p><img src=/i.gif width=1 height=1>"
    visit = feed.visit(blogs.put("/feed", rss(item(1, body=widget), item(2, body=widget), item(3, body=pixel))), HERE)
    assert list(map(str, feed.losses(feed.examine(visit.feed, visit.response.url, NOW)))) == [
        "+ the rule `widgets` removed 6 words, 2 links in 2 entries",
        "+ the rule `trackers` removed 1 picture in 1 entry",
    ]


def test_the_command(larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(larry.path)]
    assert main(["doctor", blogs.url + "/feed", *root]) == 0
    assert "+ it is RSS 2.0, with 2 entries" in capsys.readouterr().out
    assert main(["doctor", blogs.url + "/feed", *root, "--show", "tag:larry,2026:2"]) == 0
    told = capsys.readouterr().out
    assert "\nThe text of post 2, with a few words.\n" in told
    assert "The post shows every word of the feed." in told
    assert main(["doctor", blogs.url + "/feed", *root, "--show", "nothing"]) == 1
    assert "its entries are tag:larry,2026:1" in capsys.readouterr().out
    assert main(["doctor", blogs.url + "/nothing", *root]) == 1


def test_a_file_is_read_as_if_a_server_had_sent_it(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(item(1)))
    visit = feed.open_file(tmp_path / "feed.xml", FetchSettings())
    assert [finding.good for finding in feed.findings(visit, NOW)] == [True, True, False, True, True, True]
    with pytest.raises(PlanetError, match="cannot be read"):
        feed.open_file(tmp_path / "nothing.xml", FetchSettings())
    (tmp_path / "page.html").write_text("<html>")
    with pytest.raises(FeedError, match="a web page"):
        feed.open_file(tmp_path / "page.html", FetchSettings())


def test_without_a_planet_no_private_network_is_reached(blogs: Blogs, tmp_path: Path) -> None:
    assert main(["doctor", blogs.put("/feed", rss(item(1))), "--root", str(tmp_path)]) == 1
    assert blogs.log == []
