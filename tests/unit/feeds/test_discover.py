"""Finding the feed of a site, and the file that subscribes to it."""

import pytest

from generator.cli import main
from generator.config import nicks
from generator.errors import FeedError
from generator.feeds import discover
from generator.feeds.parse import announced
from generator.models import FetchSettings
from tests.support.planets import Blogs, Root, item, rss

HERE = FetchSettings(allow_networks=("127.0.0.0/8",))
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Kim: notes</title><id>k</id><link href="https://kim.example/"/><entry><id>1</id><title>a</title>'
    "<author><name>Kim</name></author><content>All of it.</content></entry></feed>"
)


def page(*links: str) -> str:
    head = "".join(f'<LINK rel="alternate feed" {link}>' for link in links)
    return f"<!doctype html><html><head>{head}<link rel=stylesheet href=x></head></html>"


def link(href: str, kind: str = "rss+xml", title: str = "") -> str:
    return f'type="application/{kind}" href="{href}" title="{title}"'


def test_the_best_of_what_a_page_announces(blogs: Blogs) -> None:
    blogs.put("/full", rss(item(1), item(2)))
    blogs.put("/short", rss({"guid": "1", "title": "a", "description": "It goes on […]"}))
    blogs.put("/replies", rss(item(1), title="Comments on everything"))
    atom = blogs.put("/atom", ATOM)
    links = [link("replies"), link("/short"), link("/full"), link("/atom", "atom+xml"), link("/gone"), link("")]
    site = blogs.put("/blog/", page(*links)) + ""
    blogs.pages["/blog/replies"] = blogs.pages["/replies"]
    found = discover.find(site, HERE)
    assert [each.url.removeprefix(blogs.url) for each in found] == ["/atom", "/full", "/short", "/blog/replies"]
    assert found[0].url == atom


def test_a_feed_is_its_own_answer_after_permanent_moves(blogs: Blogs) -> None:
    new = blogs.put("/new", ATOM)
    blogs.put("/old", "", status=301, Location="/new")
    assert discover.find(blogs.url + "/old", HERE)[0].url == new


def test_the_usual_places_are_tried(blogs: Blogs) -> None:
    blogs.put("/kim/", page())
    blogs.put("/kim/atom.xml", ATOM)
    assert discover.find(blogs.url + "/kim/", HERE)[0].url == blogs.url + "/kim/atom.xml"


def test_a_site_without_a_feed(blogs: Blogs) -> None:
    site = blogs.put("/", page())
    with pytest.raises(FeedError, match="give the feed's own address"):
        discover.find(site, HERE)
    assert len(blogs.log) <= discover.MOST + 1


@pytest.mark.parametrize(
    ("url", "nick"),
    [
        ("https://blogs.gentoo.org/mgorny/", "mgorny"),
        ("https://larry.example/feed/", "larry"),
        ("https://www.kim.example/", "kim"),
        ("https://blog.kim.example/", "kim"),
        ("https://host.example/~zoe/blog/", "zoe"),
    ],
)
def test_a_nick_from_an_address(url: str, nick: str) -> None:
    assert nicks.nick_for(url) == nick


def test_the_command_writes_a_file_that_is_right(larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    blogs.put("/kim/", page(link("/kim/atom", "atom+xml")))
    blogs.put("/kim/atom", ATOM)
    root = ["--root", str(larry.path)]
    assert main(["add", blogs.url + "/kim/", *root]) == 0
    assert (larry.path / "authors/kim.yaml").read_text().splitlines() == [
        'name: "Kim"',
        'homepage: "https://kim.example/"',
        "feeds:",
        f'  - url: "{blogs.url}/kim/atom"',
    ]
    assert "authors/kim.yaml" in capsys.readouterr().out
    assert main(["check", *root]) == 0
    assert main(["add", blogs.url + "/kim/", *root]) == 1
    assert "authors/kim.yaml is there already" in capsys.readouterr().out
    assert main(["add", blogs.url + "/kim/", *root, "--nick", "kim2", "--name", "K"]) == 1
    assert "is already that of kim" in capsys.readouterr().out
    assert not (larry.path / "authors/kim2.yaml").exists()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<base href="/blog/"><link rel=alternate type=application/rss+xml href=feed>', ["/blog/feed"]),
        ('<link rel="alternate" type="application/atom+xml; charset=utf-8" href="a">', ["/a"]),
        ('<link rel="alternate" type="text/xml" title="RSS" href="a">', ["/a"]),
        ('<link rel="feed" href="a">', ["/a"]),
        ('<link rel="alternate" type="application/json" href="/wp-json/">', []),
        ('<link rel="alternate" hreflang="de" href="/de">', []),
        ('<a href="feed:https://x.example/f">Subscribe</a>', ["https://x.example/f"]),
        ('<a href="feed://x.example/f">Subscribe</a>', ["https://x.example/f"]),
        ('<a href="/f.rss"><img alt="RSS feed" src=x></a><a href=/>Home</a>', ["/f.rss"]),
        ('<a href="/f"><svg><title>icon</title></svg> Atom</a>', ["/f"]),
        ('<a href="/f">Abonnez-vous au flux RSS</a>', ["/f"]),
        ('<a href="/f">订阅RSS</a> <a href="/g">RSS-Feed abonnieren</a>', ["/f", "/g"]),
        ('<a href="/f" aria-label="Kanał RSS"></a>', ["/f"]),
        ('<a href="/f">Why I still read each and every blog by RSS</a> <a href="/g">Feeding birds</a>', []),
        ('<LINK REL="Alternate" TYPE="text/rss" HREF="a">', ["/a"]),
        ('<link rel="alternate" type="application/x.atom+xml" href="a">', ["/a"]),
        ('<link rel="alternate" type="application/xml;charset=utf-8" href="a">', ["/a"]),
        ('<link rel="alternate" type="text/xml+oembed" href="a">', []),
        ('<link rel="EditURI" type="application/rsd+xml" href="a">', []),
        ('<link rel="stylesheet feed" type="text/css" href="a">', []),
        ('<a href="/f">Atom 1.0</a> <a href="/atoms">Atoms are small</a>', ["/f"]),
        ('<a href="/f">RSS</a><link rel=alternate type=application/rss+xml href=/g>', ["/g"]),
        (
            "<link rel=feed title='Comments' href=/c><link rel=feed title='Posts' href=/p>",
            ["/p", "/c"],
        ),
    ],
)
def test_how_pages_announce_their_feeds(html: str, found: list[str]) -> None:
    told = announced(f"<!doctype html><html>{html}</html>".encode(), "https://kim.example/")
    assert [address.removeprefix("https://kim.example") for address, _ in told] == found


def test_a_feed_in_an_http_field(blogs: Blogs) -> None:
    atom = blogs.put("/atom", ATOM)
    field = '</style.css>; rel=preload, </atom>; rel="alternate"; type="application/atom+xml"; title="Kim, all of it"'
    site = blogs.put("/", page(), Link=field)
    assert [(each.url, each.label) for each in discover.find(site, HERE)] == [(atom, "Kim, all of it")]


@pytest.mark.parametrize("path", ["/index.rss", "/posts/index.xml"])
def test_more_usual_places(blogs: Blogs, path: str) -> None:
    site = blogs.put("/", page())
    atom = blogs.put(path, ATOM)
    assert discover.find(site, HERE)[0].url == atom


def test_where_all_that_is_announced_is_dead_the_usual_places_are_tried(blogs: Blogs) -> None:
    site = blogs.put("/", page(link("/old")))
    atom = blogs.put("/atom.xml", ATOM)
    assert [each.url for each in discover.find(site, HERE)] == [atom]


def test_where_only_comments_are_announced_too(blogs: Blogs) -> None:
    site = blogs.put("/", page(link("/replies", title="Комментарии")))
    blogs.put("/replies", rss(item(1)))
    atom = blogs.put("/atom.xml", ATOM)
    assert [each.url for each in discover.find(site, HERE)] == [atom, blogs.url + "/replies"]
