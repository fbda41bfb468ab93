"""Other planets' lists become authors, and nothing is lost silently."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import config, strict_yaml
from generator.cli import main
from generator.config.write import author_text
from generator.errors import PlanetError
from generator.models import Author, FeedSource
from generator.setup.importers import read
from tests.support.planets import Root

VENUS = r"""
[Planet]
name = Planet Penguin
link = https://planet.penguin.example/
owner_email = keepers@penguin.example
items_per_page = 30
activity_threshhold = 30
filter = (?i)penguin

[DEFAULT]
facewidth = 64
ignore_in_feed = updated id author source

[index.html.tmpl]
days_per_page = 7

[https://zo.example/feed?a=1&b=2]
name = Zoë <b>Q.</b> O'Neil (zo)
face = ../../zo.PNG
link = https://medium.example/@zo
twitter = @zo_on
exclude = advert
  (giveaway|raffle)
gravatar = 0123

[https://kim.example/rss]
name = Kim
username = Kim!
filter = unbalanced (
id = 7

#[https://gone.example/atom]
#name = Gone
"""
Import = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Imports texts by file name, with options, into tmp_path/planet; exit status and what was told."""

    def run(*options: str, **lists: str) -> tuple[int, str]:
        for name, text in lists.items():
            (tmp_path / name).write_text(text, "utf-8")
        words = options or tuple(lists)
        paths = [re.sub(r"^(\w+=)?(?!-)", lambda found: f"{found[0]}{tmp_path}/", word) for word in words]
        status = main(["import", *paths, "--root", str(tmp_path / "planet")])
        return status, capsys.readouterr().out

    return run


def authors(tmp_path: Path) -> dict[str, Author]:
    return {author.nick: author for author in config.load(tmp_path / "planet").authors}


def test_a_venus_ini_becomes_a_planet(run: Import, tmp_path: Path) -> None:
    (tmp_path / "faces").mkdir()
    (tmp_path / "faces/zo.PNG").write_bytes(b"\x89PNG")
    status, told = run(ini=VENUS)
    assert status == 0
    planet = config.load(tmp_path / "planet")
    assert (planet.title, planet.url, planet.per_page) == ("Planet Penguin", "https://planet.penguin.example/", 30)
    assert planet.contact == "mailto:keepers@penguin.example"
    kim, zoe = planet.authors
    assert (kim.nick, kim.feeds[0].include) == ("kim", ())
    assert (zoe.nick, zoe.name, zoe.homepage) == ("zoe-q-o-neil", "Zoë Q. O'Neil (zo)", "https://medium.example/@zo")
    assert zoe.links == {"twitter": "https://twitter.com/zo_on"}
    assert zoe.feeds[0] == FeedSource(
        url="https://zo.example/feed?a=1&b=2",
        editions=("planet",),
        include=("(?i)penguin",),
        exclude=("advert", "(giveaway|raffle)"),
        trust=("updated", "guid", "author"),
    )
    assert (tmp_path / "planet/authors/zoe-q-o-neil.png").read_bytes() == b"\x89PNG"
    assert zoe.hackergotchi == "zoe-q-o-neil.png"
    carried, lost = told.split("could not be carried over:\n")
    assert all(
        line in carried for line in ("filter → include", "contact → pyproject.toml", "per_page → pyproject.toml")
    )
    for line in (
        "facewidth: the theme gives all pictures one size ([DEFAULT])",
        "ignore_in_feed: source: the planet does not take it from feeds, or always does (Zoë <b>Q.</b> O'Neil (zo)",
        "[index.html.tmpl]: it sets a template or filter",
        "setting: it is the other program's or its theme's (activity_threshhold)",
        "filter: 'unbalanced (' is not a regular expression that can be used",
        "gravatar: a picture lies in authors/",
        "id: a number is no nick (Kim)",
        "section: it is commented out; --disabled takes these as paused authors (https://gone.example/atom)",
    ):
        assert line in lost


def test_what_is_commented_out_is_paused_on_request(run: Import, tmp_path: Path) -> None:
    run("ini", "--disabled", ini=VENUS)
    assert authors(tmp_path)["gone"].status == "paused"


def test_twice_is_once_and_nothing_is_overwritten(run: Import, tmp_path: Path) -> None:
    run(ini=VENUS)
    kim = tmp_path / "planet/authors/kim.yaml"
    kim.write_text("# mine\n" + kim.read_text())
    before = {path: path.read_bytes() for path in (tmp_path / "planet").rglob("*") if path.is_file()}
    status, told = run(ini=VENUS + "\n[https://kim.example/second]\nname = Kim\n")
    assert status == 0
    assert {path: path.read_bytes() for path in before} == before
    assert len(authors(tmp_path)) == 2
    assert "pyproject.toml is there already" not in told  # it says the same
    assert "https://kim.example/rss is that of authors/kim.yaml already" in told
    assert "authors/kim.yaml is there and stays as it is; add https://kim.example/second to its feeds" in told


def test_a_dry_run_writes_nothing(run: Import, tmp_path: Path) -> None:
    status, told = run("ini", "--dry-run", ini=VENUS)
    assert (status, "2 × author → authors/<nick>.yaml (zoe-q-o-neil, kim)" in told) == (0, True)
    assert not (tmp_path / "planet").exists()


def one_ini_per_author(folder: Path) -> None:
    """The shape of the old site: a folder for each edition, in it a file for each author."""
    for edition, link in (("planet", ""), ("universe", "universe/")):
        (folder / edition).mkdir()
        head = f"[Planet]\nname = The {edition.title()}\nlink = https://planet.example/{link}\n"
        (folder / f"{edition}.ini").write_text(head)
        own = "" if edition == "universe" else "category/penguin/"
        files = {
            "both": f"[http://both.example/{own}feed/]\nname = Bo Th\nusername = both \nignore_in_feed: updated\n",
            "same": "[http://same.example/feed/]\nname = Sam E\nusername = same\n",
            "news": "[http://www.penguin.example/news.rdf]\nname = Penguin News\nface = cow.jpg\n",
            "lauer": "[http://lauer.example/rss]\nname = Lau Er\nusername = other\n"
            + ("" if own == "" else "filter = " + "|".join(f"[Ww]ord{n:04}" for n in range(30)) + "\n"),
        }
        for name, text in files.items():
            (folder / edition / name).write_text(text)
    (folder / "universe/only").write_text("[http://only.example/feed/]\nname = On Ly\nusername = only\n")
    (folder / "universe/soc").write_text("# Summer of Code\n\n")


def test_one_ini_per_author_and_two_editions(run: Import, tmp_path: Path) -> None:
    one_ini_per_author(tmp_path)
    status, told = run("planet=planet.ini", "planet=planet", "universe=universe.ini", "universe=universe")
    assert status == 0
    planet = config.load(tmp_path / "planet")
    assert [(e.key, e.title, e.path) for e in planet.editions] == [
        ("planet", "The Planet", ""),
        ("universe", "The Universe", "universe"),
    ]
    assert planet.url == "https://planet.example/"
    feeds = {a.nick: [(feed.url, feed.editions) for feed in a.feeds] for a in planet.authors}
    assert feeds == {
        "both": [
            ("http://both.example/category/penguin/feed/", ("planet",)),
            ("http://both.example/feed/", ("universe",)),
        ],
        "same": [("http://same.example/feed/", ("planet", "universe"))],
        "news": [("http://www.penguin.example/news.rdf", ("planet", "universe"))],
        "other": [("http://lauer.example/rss", ("universe",))],
        "only": [("http://only.example/feed/", ("universe",))],
    }
    assert all(feed.trust == ("updated",) for a in planet.authors if a.nick == "both" for feed in a.feeds)
    carried, lost = told.split("could not be carried over:\n")
    assert "filter →" not in carried
    assert "so planet goes without it (Lau Er)" in lost
    assert "its file does not lie near the list (news: cow.jpg)" in lost


def test_into_the_editions_that_there_are(larry: Root, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list").write_text("https://a.example/feed Ada\nhttps://b.example/x\n")
    words = ["--root", str(larry.path)]
    assert main(["import", f"universe={tmp_path}/list", *words]) == 0
    found = {author.nick: author for author in config.load(larry.path).authors}
    assert (found["ada"].name, found["ada"].feeds[0].editions) == ("Ada", ("universe",))
    assert found["b-example"].name == "b.example"
    assert main(["check", *words]) == 0
    capsys.readouterr()
    assert main(["import", f"univers={tmp_path}/list", *words]) == 1
    assert "there is no edition 'univers'; write one of planet, universe" in capsys.readouterr().out


LONG = "|".join(f"[Ww]ord{number:04}" for number in range(30))


@pytest.mark.parametrize("pattern", [LONG, rf"{LONG}|a\|b|[|]|(c|d)"])
def test_a_long_filter_is_divided_where_it_may_be(run: Import, tmp_path: Path, pattern: str) -> None:
    run(ini=f"[https://a.example/feed]\nname = Ada\nfilter = {pattern}\n")
    found = authors(tmp_path)["ada"].feeds[0].include
    assert 1 < len(found) < 4
    texts = ["word0000", "Word0029", "word003", "a|b", "|", "c", "d", "e", ""]
    for text in texts:
        assert bool(re.search(pattern, text)) == any(re.search(each, text) for each in found)


@pytest.mark.parametrize(
    ("filter_", "why"),
    [
        (f"(?i){LONG}", "cannot be divided"),
        ("(?x) a", "several lines"),
        ("a(?!b)", "looks ahead"),
        ("a\n  b", "each of its lines"),
    ],
)
def test_a_filter_that_would_mean_something_else_is_told(run: Import, tmp_path: Path, filter_: str, why: str) -> None:
    assert why in run(ini=f"[https://a.example/feed]\nname = Ada\nfilter = {filter_}\n")[1]
    assert authors(tmp_path)["ada"].feeds[0].include == ()


PLUTO = """
title = Planet Pebble
url = https://pebble.example

[ada_l]
  title  = Ada's notes   ## a remark
  feed   = https://ada.example/feed
  link   = https://ada.example
  location = pt_BR
  author = irc:ada github:ada-l member
   avatar = https://ada.example/ada.png

[Ruby News › Bo]
  feed = https://ruby.example/news
  location = Hamburg › Germany
  email = bo@ruby.example
"""


def test_a_pluto_ini(run: Import, tmp_path: Path) -> None:
    told = run(ini=PLUTO)[1]
    planet = config.load(tmp_path / "planet")
    assert (planet.title, planet.url) == ("Planet Pebble", "https://pebble.example/")
    ada, ruby = planet.authors
    assert (ada.nick, ada.name, ada.homepage, ada.language) == ("ada_l", "Ada's notes", "https://ada.example", "pt-BR")
    assert ada.github == "ada-l"
    assert (ruby.nick, ruby.name, ruby.language) == ("ruby-news-bo", "Ruby News › Bo", "")
    for line in (
        "author irc: an",
        "author: an",
        "email: it would become public",
        "location: an",
        "fetch it from where",
    ):
        assert line in told


OPML = """<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<opml version="1.1"><head><title>Friends</title><ownerEmail>me@here.example</ownerEmail></head><body>
<OUTLINE text="Folder"><outline type="rss" text="Ada &amp; Bo &#8217;s &b;" title="The feed's" XMLURL="https://ada.example/f?a=1&amp;b=2"
 htmlUrl="https://ada.example/" language="de" description="x"/></outline>
<outline text="another" type="include" url="https://else.example/list.opml"/>
<outline text="no feed" htmlUrl="https://no.example/"/>
<outline text="&x;" xmlUrl="javascript:alert(1)"/><outline text="Cut" xmlUrl='feed://cut.example/it&apos;s'
"""


def test_an_opml_list_broken_and_hostile(run: Import, tmp_path: Path) -> None:
    told = run(opml=OPML)[1]
    (ada,) = authors(tmp_path).values()
    assert ada.name.startswith("Ada & Bo ’s &b")
    assert (ada.feeds[0].url, ada.homepage) == ("https://ada.example/f?a=1&b=2", "https://ada.example/")
    assert ada.language == "de"
    for line in (
        "title: the feed tells its own title",
        "folder: it is a reader's own order",
        "list: another list (https://else.example/list.opml): import it by itself (another)",
        "feed: there is no feed's address; try `gitplanet add` on it (no feed)",
        "feed: 'javascript:alert(1)' is no web address",
    ):
        assert line in told


FOAF = """<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:f="http://xmlns.com/foaf/0.1/"
 xmlns:rss="http://purl.org/rss/1.0/" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
<f:Group><f:name>All</f:name><f:member><f:Agent><f:name>Ada</f:name><f:weblog><f:Document rdf:about="https://ada.example/">
<rdfs:seeAlso><rss:channel rdf:about="https://ada.example/feed"/></rdfs:seeAlso></f:Document></f:weblog>
<f:knows><f:Person><f:name>Bo</f:name><rdfs:seeAlso rdf:resource="https://bo.example/foaf"/></f:Person></f:knows></f:Agent></f:member></f:Group></r:RDF>"""


def test_a_foaf_roll(run: Import, tmp_path: Path) -> None:
    told = run(foaf=FOAF)[1]
    (ada,) = authors(tmp_path).values()
    assert (ada.name, ada.homepage, ada.feeds[0].url) == ("Ada", "https://ada.example/", "https://ada.example/feed")
    assert "another list (https://bo.example/foaf): import it by itself (Bo)" in told


OSMOS = "cacheUrl: https://o.example/cache.json\nsiteTitle: Osmos\nsources:\n  - href: https://a.example/feed\n"
OCAML = """- id: tarides
  name: Tarides
  url: https://tarides.example/feed.xml
  publish_all: false
- id: old
  name: Old
  url: https://old.example/feed
  disabled: true
"""
PLANET_RB = """planet:
  posts_directory: _posts/
blogs:
  - author: "Pat"
    feed: "https://pat.example/atom.xml"
    url: "https://pat.example"
    categories: "ruby"
    tags: "go jekyll"
"""
QGIS = json.dumps(
    [
        {"name": "Geo", "shortname": "geo", "feed": "https://geo.example/f", "languages": {"main": "fr"}},
        {"name": "Off", "shortname": "off", "feed": "https://off.example/f", "is_active": False},
        "https://bare.example/feed",
    ]
)
TABLE = "name,url,filter\nAda,https://a.example/feed,(?i)emacs\n"
PLAIN = "# a list\nhttps://a.example/feed # of mine\nnot an address\n"
GROUPS = '{"ada": {"feed": "https://a.example/feed", "title": "Ada"}, "title": "All"}'


@pytest.mark.parametrize(
    ("name", "text", "nicks", "told"),
    [
        ("osmosfeed.yaml", OSMOS, {"a-example"}, "an osmosfeed.yaml, 1 member"),
        ("sources.yml", OCAML, {"tarides", "old"}, "disabled → status: paused (old)"),
        ("planet.yml", PLANET_RB, {"pat"}, "a planet.rb list"),
        ("subscribers.json", QGIS, {"geo", "off", "bare-example"}, "is_active → status: paused (Off)"),
        ("list.csv", TABLE, {"ada"}, "filter → include (Ada)"),
        ("list.txt", PLAIN, {"a-example"}, "'not' is no web address (line 3)"),
        ("feeds.json", GROUPS, {"ada"}, "title and address → pyproject.toml (All)"),
    ],
)
def test_other_shapes(run: Import, tmp_path: Path, name: str, text: str, nicks: set[str], told: str) -> None:
    status, said = run(**{name: text})
    assert (status, told in said) == (0, True)
    assert authors(tmp_path).keys() == nicks


def test_what_a_shape_says_is_carried_over(run: Import, tmp_path: Path) -> None:
    run(**{"sources.yml": OCAML, "planet.yml": PLANET_RB, "subscribers.json": QGIS})
    found = authors(tmp_path)
    assert found["tarides"].feeds[0].include == ("(?i)ocaml",)
    assert (found["pat"].feeds[0].tags, found["pat"].homepage) == (("go", "jekyll", "ruby"), "https://pat.example")
    assert (found["geo"].language, found["off"].status) == ("fr", "paused")


def test_nicks_are_valid_and_each_its_own(run: Import, tmp_path: Path) -> None:
    names = ["Posts", "CON", "x", "Кот", "a" * 60, "Ada", "ada", "Ada!", "-_-", "two words " * 9]
    lines = [f"https://host{number}.example/blog/ {name}" for number, name in enumerate(names)]
    run(list="\n".join(lines))
    found = authors(tmp_path)
    assert len(found) == len(names) - 1  # Ada and ada are one
    assert {"ada", "ada-2", "two-words-two-words-two", "a" * 28} <= found.keys()
    assert len(found["ada"].feeds) == 2


def test_more_feeds_than_an_author_may_have(run: Import, tmp_path: Path) -> None:
    told = run(list="\n".join(f"https://a.example/{number} Ada" for number in range(12)))[1]
    assert len(authors(tmp_path)["ada"].feeds) == 10
    assert "https://a.example/11 is one more than the 10" in told


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xml", b"<html></html>", "neither OPML nor FOAF"),
        ("a.yaml", b"a: &x [1]\nfeeds: *x\n", "anchors and aliases"),
        ("a.json", b'{"feeds": ', "this is not JSON"),
        ("a.json", b"[" * 100_000, "this is not JSON"),
        ("a.yaml", b"feeds: 3\n", "none of the keys"),
        ("a.txt", b"Dear all,\nplease add my blog.", "no list of feeds that is known"),
    ],
)
def test_what_is_no_list_is_explained(name: str, data: bytes, why: str) -> None:
    with pytest.raises(PlanetError, match=why):
        read(data, name)


def test_a_list_that_is_not_there(run: Import) -> None:
    status, told = run("nowhere.ini")
    assert (status, "there is no such file" in told) == (1, True)


PIECES = [
    "[Planet]\n",
    "[https://a.example/f]\n",
    "name = x\n",
    "filter=(\n",
    "- url: ",
    "<opml>",
    "<outline xmlUrl='",
    "&x;",
]
BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8))).map("".join).map(str.encode),
)


@settings(max_examples=150, deadline=None)
@given(BYTES, st.sampled_from(["a.ini", "a.opml", "a.yaml", "a.json", "a.csv", "a"]))
def test_any_bytes_are_a_list_or_explained(data: bytes, name: str) -> None:
    try:
        roll = read(data, name)
    except PlanetError:
        return
    assert all(author.feeds[0].url.startswith("http") for author in roll.authors)


def test_a_value_may_begin_below_its_key() -> None:
    roll = read(
        b"[https://ada.example/feed]\nname\n  Ada\n[https://kim.example/feed]\nname =\n  Kim\nfilter\n", "a.ini"
    )
    assert [author.name for author in roll.authors] == ["Ada", "Kim"]


LINE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(LINE, st.lists(LINE, max_size=3), st.dictionaries(LINE, LINE, max_size=2), LINE)
def test_an_author_file_says_what_it_was_told(name: str, words: list[str], links: dict[str, str], url: str) -> None:
    feed = FeedSource(
        url=url, editions=(), include=tuple(words), exclude=tuple(words), tags=tuple(words), language=name
    )
    author = Author(nick="x", name=name, feeds=(feed,), links=links, about=name, status="paused")
    value = strict_yaml.read_yaml(author_text(author), "x").value
    assert (value["name"], value["about"], value.get("links", {}), value["status"]) == (name, name, links, "paused")
    assert [value["feeds"][0].get(key, []) for key in ("include", "exclude", "tags")] == [words, words, words]
    assert (value["feeds"][0]["url"], value["feeds"][0]["language"]) == (url, name)


def test_the_pictures_of_others_are_not_links(run: Import, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "a.png").symlink_to(tmp_path / "secret")
    shutil.copy(Path(__file__), tmp_path / "b.svg")
    told = run(ini="[https://a.example/f]\nname=A a\nface=a.png\n[https://b.example/f]\nname=B b\nface=b.svg\n")[1]
    assert all(not author.hackergotchi for author in authors(tmp_path).values())
    assert "its file does not lie near the list (a-a: a.png)" in told
    assert "it is no png, jpg, webp or gif below 1 MB (b-b: b.svg)" in told


SHEET = (
    "Introduction, Address, RSS feed, tags\n第一个名字, https://one.example, https://one.example/atom.xml, 创业; 开源\n"
)
GERMAN = (
    "Blog;Webseite;Adresse des Feeds\nÄpfel;https://one.example/;https://one.example/feed\nBirne;https://b.example/;\n"
)
TABBED = '"First\tname"\tXML URL\tWhat\n"Ada\nL."\thttps://one.example/x\tmaths\n'


@pytest.mark.parametrize(
    ("text", "name", "homepage", "feed"),
    [
        (SHEET, "第一个名字", "https://one.example", "https://one.example/atom.xml"),
        (GERMAN, "Äpfel", "https://one.example/", "https://one.example/feed"),
        (TABBED, "Ada L.", "", "https://one.example/x"),
    ],
)
def test_a_table_may_call_its_columns_what_it_likes(
    run: Import, tmp_path: Path, text: str, name: str, homepage: str, feed: str
) -> None:
    status, told = run(**{"list.csv": text})
    (author,) = authors(tmp_path).values()
    assert (status, author.name, author.homepage, author.feeds[0].url) == (0, name, homepage, feed)
    assert author.feeds[0].tags == (("创业", "开源") if text == SHEET else ())
    assert ("there is no feed's address (Birne)" in told) == (text == GERMAN)


DEEP = [
    [{"language": "en", "categories": [{"title": "A", "url": "https://x.example", "sites": [{"feed_url": "{}"}]}]}],
    {"people": {"ada": {"name": "Ada", "feedUrl": "{}"}}},
    [{"Ada": {"name": "Ada", "feedurl": "{}"}}],
    {"members": [{"name": "Ada", "feeds": ["{}"]}]},
    {"members": [{"name": "Ada", "feeds": [{"url": "{}", "tags": ["a"]}]}]},
    {"a": {"b": {"c": [{"rss": "{}", "languages": {"main": "fr"}}]}}},
]


@pytest.mark.parametrize("value", DEEP)
def test_members_may_lie_deep(run: Import, tmp_path: Path, value: object) -> None:
    feed = "https://ada.example/feed"
    status, _told = run(**{"list.json": json.dumps(value).replace("{}", feed)})
    (author,) = authors(tmp_path).values()
    assert (status, author.feeds[0].url) == (0, feed)
    assert author.name == ("Ada" if "Ada" in json.dumps(value) else "ada.example")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", '[{"title": "a", "sites": []}]'), ("a.yaml", "- one: {b: c}\n"), ("a.csv", "a,b\n1,2\n"), ("a", "#\n")],
)
def test_where_nothing_was_read_nothing_is_written(run: Import, tmp_path: Path, name: str, text: str) -> None:
    status, told = run(**{name: text})
    assert (status, "no member with a feed was found" in told) == (1, True)
    assert not (tmp_path / "planet").exists()


def outline(text: str, title: str, place: str) -> str:
    url = f"https://x.example/{place}"
    return f'<outline text="{text}" title="{title}" htmlUrl="{url}/" xmlUrl="{url}/rss"/>'


def test_outlines_that_are_all_called_alike_are_called_by_their_titles(run: Import, tmp_path: Path) -> None:
    alike = [outline("me@x.example", f"{name}'s Journal", name) for name in ("ann", "ben")]
    several = [outline(name, title, f"{name}/{title}") for name in ("Zo", "Kim") for title in ("Blog", "Photos")]
    run(**{"a.opml": f"<opml><body>{''.join(alike + several)}</body></opml>"})
    feeds = {author.name: len(author.feeds) for author in authors(tmp_path).values()}
    assert feeds == {"ann's Journal": 1, "ben's Journal": 1, "Zo": 2, "Kim": 2}


@pytest.mark.parametrize(
    ("word", "url"),
    [
        ('https://kim.example/tags/nix.rss"', "https://kim.example/tags/nix.rss"),
        ("<https://kim.example/a>,", "https://kim.example/a"),
        ("“https://kim.example/a”", "https://kim.example/a"),
        ("http://https//larry.example/feed/", ""),
        ("https://larry/feed", ""),
        ("http://[2001:db8::1]/feed", "http://[2001:db8::1]/feed"),
    ],
)
def test_a_slip_of_the_pen_is_mended_or_said(word: str, url: str) -> None:
    roll = read(f"# list\nhttps://a.example/f\n{word}\n".encode(), "list.txt")
    assert [author.feeds[0].url for author in roll.authors[1:]] == ([url] if url else [])
    assert [f"{word!r} is no web address" for _ in "1" if not url] == [note.why for note in roll.notes]
