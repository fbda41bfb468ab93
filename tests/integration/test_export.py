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
    outline = (
        '<outline type="rss" text="ann, bob" xmlUrl="https://company.example/feed" htmlUrl="https://company.example/"'
    )
    assert (tmp_path / "planet.opml").read_text().count(outline) == 1
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
