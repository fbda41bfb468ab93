"""A planet is handed on whole: as a list that comes back, as data, and with settings for other tools."""

import ast
import json
import sqlite3
import tomllib
from pathlib import Path

import pytest
import yaml

from generator import config
from generator.archive.export.generators import LINKS
from generator.cli import main
from tests.support import opml_reader
from tests.support.opml_reader import ListedFeed
from tests.support.planets import Blogs, Root, author, item, rss

TITLE = 'Planet "Larry" \\ & <co>'


@pytest.fixture
def planet(blogs: Blogs, tmp_path: Path) -> Root:
    """A planet with two authors, one of them paused, and posts with tags and a day without a time."""
    feed = blogs.put("/feed", rss(item(1, category="emacs & vi"), item(2, pubDate="2026-11-02")))
    other = author("https://kim.example/feed?a=1&b=2", name="Kim & <Co>", more='homepage: "https://kim.example/"\n')
    paused = author("https://away.example/feed", name="Away", more="status: paused\n")
    settings = (
        f"[tool.gitplanet]\ntitle = {json.dumps(TITLE)}\nurl = 'https://planet.example.org/'\n"
        "[tool.gitplanet.fetch]\nallow_networks = ['127.0.0.0/8']\n"
    )
    root = Root(tmp_path / "planet", {"larry": author(feed), "kim": other, "away": paused}, settings=settings)
    root.update(only="larry")
    return root


def feeds_of(path: Path) -> tuple[ListedFeed, ...]:
    """What a strict reader finds in a list."""
    return opml_reader.read(path.read_bytes()).feeds


def export(planet: Root, *words: str | Path) -> int:
    return main(["export", "--root", str(planet.path), *map(str, words)])


def test_the_list_of_feeds_comes_back(planet: Root, tmp_path: Path) -> None:
    assert export(planet, "opml", "--out", tmp_path / "planet.opml") == 0
    assert main(["import", str(tmp_path / "planet.opml"), "--root", str(tmp_path / "copy")]) == 0
    ours, theirs = config.load(planet.path), config.load(tmp_path / "copy")
    told = {each.name: (each.homepage, [feed.url for feed in each.feeds]) for each in theirs.authors}
    assert told == {
        each.name: (each.homepage, [feed.url for feed in each.feeds])
        for each in ours.authors
        if each.status == "active"
    }
    assert theirs.title == TITLE


NAME = """Łódź & <b>Sons</b> "of" Larry's 🐄 ]]> &amp; --> %s"""


def test_the_list_of_feeds_in_a_strict_reader(planet: Root, tmp_path: Path) -> None:
    """As others read it: every feed once, with all that a reader shows of it, whatever characters a name has."""
    file = planet.path / "authors/ann.yaml"
    more = "homepage: 'https://ann.example/?a=1&b=2'\nlanguage: pt-BR\n"
    file.write_text(author("https://ann.example/feed?a=%22&b=1", name=json.dumps(NAME, ensure_ascii=False), more=more))
    assert export(planet, "opml", "--out", tmp_path / "planet.opml") == 0
    ours = {each.name: each for each in config.load(planet.path).authors}
    told = opml_reader.read((tmp_path / "planet.opml").read_bytes())
    assert told.title == TITLE
    assert told.feeds == tuple(
        ListedFeed(url=feed.url, text=name, title=name, homepage=ours[name].homepage, language=ours[name].language)
        for name in (NAME, "Kim & <Co>", "Larry the Cow")
        for feed in ours[name].feeds
    )
    assert (told.feeds[0].homepage, told.feeds[0].language) == ("https://ann.example/?a=1&b=2", "pt-BR")


def test_the_lists_of_the_site_in_a_strict_reader(planet: Root) -> None:
    """Each has the feeds of its edition, a paused author's too; categories say whose they are, and where."""
    settings = planet.path / "pyproject.toml"
    editions = "[tool.gitplanet.editions.planet]\ntitle = 'A & B'\npath = ''\n[tool.gitplanet.editions.more]\n"
    settings.write_text(settings.read_text() + editions + f"title = {json.dumps(NAME, ensure_ascii=False)}\n")
    (planet.path / "authors/ann.yaml").write_text(
        author("https://ann.example/feed", name=json.dumps(NAME, ensure_ascii=False))
    )
    lee = author("https://lee.example/feed", name="Lee", more="homepage: https://lee.example/\n")
    (planet.path / "authors/lee.yaml").write_text(lee + "    language: de\n    editions: [more]\n")
    assert main(["build", "--root", str(planet.path)]) == 0
    told = {name: opml_reader.read((planet.path / "_site" / name).read_bytes()) for name in LISTS}
    names = ["Away", "Kim & <Co>", "Larry the Cow", "Lee", NAME]
    assert [feed.title for feed in told["opml.xml"].feeds] == [name for name in names if name != "Lee"]
    assert [feed.title for feed in told["more/opml.xml"].feeds] == names
    assert told[".well-known/recommendations.opml"].feeds == told["more/opml.xml"].feeds
    assert told["more/opml.xml"].feeds[3] == ListedFeed(
        url="https://lee.example/feed",
        text="Lee",
        title="Lee",
        homepage="https://lee.example/",
        language="de",
        categories=("/authors/lee", "/editions/more", "/languages/de"),
    )
    assert [feed.folders for feed in told["more/opml.xml"].feeds] == [()] * 5


LISTS = ("opml.xml", "more/opml.xml", ".well-known/recommendations.opml")


def outlines(*those: str) -> bytes:
    """A list of these outlines."""
    return f"<opml version='2.0'><head><title>A</title></head><body>{''.join(those)}</body></opml>".encode()


FEED = "<outline type='rss' {}='Larry' {}='Larry' {}='https://larry.example/feed'/>"


def test_the_strict_reader_takes_folders_and_forgives_nothing() -> None:
    good = FEED.format("text", "title", "xmlUrl")
    (feed,) = opml_reader.read(
        outlines("<outline text='News'><outline text='Cows'>", good, "</outline></outline>")
    ).feeds
    assert (feed.folders, feed.text, feed.url) == (("News", "Cows"), "Larry", "https://larry.example/feed")
    wrong = [
        *(good.replace(f" {name}=", " isComment=").replace("'Larry'", "'true'", 1) for name in ("text", "xmlUrl")),
        *(good.replace(f" {name}=", f" {name.upper()}=") for name in ("text", "title", "type", "xmlUrl")),
        *(good.replace(old, new) for old, new in (("https:", ""), ("'rss'", "'feed'"), ("text='Larry'", "text=''"))),
        f"<outline>{good}</outline>",
        "<item/>",
        "",
    ]
    for text in wrong:
        with pytest.raises(ValueError):
            opml_reader.read(outlines(text))


def test_the_data_as_json(planet: Root, tmp_path: Path) -> None:
    assert export(planet, "json", "--out", tmp_path / "planet.json") == 0
    told = json.loads((tmp_path / "planet.json").read_text())
    assert told["planet"]["title"] == TITLE
    assert [each["nick"] for each in told["authors"]] == ["away", "kim", "larry"]
    two, one = sorted(told["posts"], key=lambda post: post["title"], reverse=True)
    assert (one["date"], one["tags"], two["date"]) == ("2026-11-01T10:00:00Z", ["emacs & vi"], "2026-11-02")
    assert "The text of post 1" in one["body"]


def test_the_data_as_a_database(planet: Root, tmp_path: Path) -> None:
    out = tmp_path / "planet.sqlite"
    for _again in range(2):
        assert export(planet, "sqlite", "--out", out) == 0
    connection = sqlite3.connect(out)
    query = "SELECT name, count(*), max(date) FROM posts JOIN authors USING (nick) GROUP BY nick"
    assert connection.execute(query).fetchall() == [("Larry the Cow", 2, "2026-11-02")]
    assert connection.execute("SELECT tag FROM post_tags").fetchall() == [("emacs & vi",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT count(*) FROM feeds").fetchall() == [(3,)]
    connection.close()
    assert [path.name for path in tmp_path.iterdir() if "sqlite" in path.name] == ["planet.sqlite"]


def test_a_feed_that_members_share(planet: Root, tmp_path: Path) -> None:
    feed, share = "https://company.example/feed", "    authors: [{}]\n"
    for nick in ("ann", "bob"):
        text = author(feed, name=nick, more="homepage: https://company.example/\n")
        (planet.path / "authors" / f"{nick}.yaml").write_text(text + share.format(nick))
    assert export(planet, "opml", "--out", tmp_path / "planet.opml") == 0
    (outline,) = (shared for shared in feeds_of(tmp_path / "planet.opml") if shared.url == feed)
    assert (outline.title, outline.homepage) == ("ann, bob", "https://company.example/")
    assert export(planet, "sqlite", "--out", tmp_path / "planet.sqlite") == 0
    connection = sqlite3.connect(tmp_path / "planet.sqlite")
    assert connection.execute("SELECT nick FROM feeds WHERE url = ?", [feed]).fetchall() == [("ann",), ("bob",)]
    query = "SELECT count(*) FROM feeds JOIN feed_editions ON feeds.nick = feed_editions.nick AND url = feed"
    assert connection.execute(f"{query} WHERE url = ?", [feed]).fetchall() == [(2,)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.parametrize("words", [[], ["opml", "--for", "hugo"], ["csv"]])
def test_one_thing_at_a_time(planet: Root, words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        export(planet, *words)


def titles(folder: Path) -> dict[str, str]:
    """What each tool would read as the title, with its own reader of settings."""
    hugo = tomllib.loads((folder / "hugo/hugo.toml").read_text())
    zola = tomllib.loads((folder / "zola/config.toml").read_text())
    jekyll = yaml.safe_load((folder / "jekyll/_config.yml").read_text())
    pelican = ast.parse((folder / "pelican/pelicanconf.py").read_text())
    named = {
        target.id: node.value.value
        for node in pelican.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    eleventy = (folder / "eleventy/eleventy.config.mjs").read_text()
    quoted = eleventy.partition("{ title: ")[2].partition(", url:")[0]
    return {
        "hugo": hugo["title"],
        "zola": zola["title"],
        "jekyll": jekyll["title"],
        "pelican": str(named["SITENAME"]),
        "eleventy": json.loads(quoted),
    }


def test_settings_for_other_tools(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    for tool in LINKS:
        assert export(planet, "--for", tool) == 0
    assert titles(planet.path) == dict.fromkeys(LINKS, TITLE)
    for tool, link in LINKS.items():
        if link:
            assert (planet.path / tool / link).resolve() == planet.path / "posts"
    assert tomllib.loads((planet.path / "hugo/hugo.toml").read_text())["module"]["mounts"][0]["source"] == "../posts"
    assert not [path for tool in LINKS for path in (planet.path / tool).rglob("*.txt") if not path.is_symlink()]
    capsys.readouterr()
    (planet.path / "hugo/hugo.toml").write_text("# mine")
    assert export(planet, "--for", "hugo") == 0
    assert "written" not in capsys.readouterr().out
    assert (planet.path / "hugo/hugo.toml").read_text() == "# mine"


def test_settings_somewhere_else(planet: Root, tmp_path: Path) -> None:
    assert export(planet, "--for", "jekyll", "--out", tmp_path / "a/b") == 0
    assert (tmp_path / "a/b/_posts").resolve() == planet.path / "posts"
