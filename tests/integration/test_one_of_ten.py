"""One member of ten writes a wrong file, or a hostile feed: the nine others' posts are recorded in the same run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import config
from generator.cli import main
from generator.errors import FileError
from generator.models import Kind
from tests.support.planets import NOW, SETTINGS, Blogs, Root, author, item, rss

NICKS = [f"cow{number}" for number in range(9)]


@pytest.fixture
def blogs() -> Iterator[Blogs]:
    with Blogs() as blogs:
        yield blogs


def ten(blogs: Blogs, folder: Path, text: str | bytes, *, name: str = "mallory.yaml") -> Root:
    """A planet of nine members with a post each, and of one whose file says `text`; `SERVER` is ours."""
    authors = {
        nick: author(blogs.put(f"/{nick}", rss(item(1, guid=nick, title=nick, link=f"https://{nick}.example/1"))))
        for nick in NICKS
    }
    root = Root(folder / "planet", authors)
    content = text.encode() if isinstance(text, str) else text
    (root.path / "authors" / name).write_bytes(content.replace(b"SERVER", blogs.url.encode()))
    root.commit("Let Mallory in")
    return root


FEED = "feeds:\n  - url: SERVER/mallory\n"
FILES: dict[str, str | bytes] = {
    "nothing": "",
    "no mapping": "- a\n",
    "broken YAML": "name: [\n",
    "a tab": "name: M\n\tfeeds: x\n",
    "a duplicate key": f"name: M\nname: N\n{FEED}",
    "an alias": f"name: &a M\nabout: *a\n{FEED}",
    "a tag": f"name: !!python/object:os.system M\n{FEED}",
    "an unknown key": f"nmae: M\n{FEED}",
    "no name": FEED,
    "a folded mail": f"name: M\nemail: >\n  m@m.example\n{FEED}",
    "a mail of two lines": f'name: M\nemail: "m@m.example\\ncommitter evil <e@e> 1 +0000"\n{FEED}',
    "a name of two lines": f'name: "M\\nfrom refs/heads/main"\n{FEED}',
    "a name that turns": f'name: "M\\u202e"\n{FEED}',
    "a name of nothing": f'name: "\\u200b"\n{FEED}',
    "a feed of ours": "name: M\nfeeds:\n  - url: SERVER/cow3\n",
    "a feed twice": f"name: M\n{FEED}  - url: SERVER/mallory\n",
    "a private address": "name: M\nfeeds:\n  - url: http://169.254.169.254/latest/\n",
    "no address": "name: M\nfeeds:\n  - url: file:///etc/passwd\n",
    "a password": "name: M\nfeeds:\n  - url: https://u:p@m.example/\n",
    "a pattern that is none": f"name: M\n{FEED}    include: ['(']\n",
    "an edition that is none": f"name: M\n{FEED}    editions: [moon]\n",
    "a zone that is none": f"name: M\ntimezone: Mars/Base\n{FEED}",
    "a picture that is none": f"name: M\nhackergotchi: no.png\n{FEED}",
    "a picture elsewhere": f"name: M\nhackergotchi: ../../etc/passwd\n{FEED}",
    "no UTF-8": "name: M\n".encode("utf-16"),
    "a long file": f"name: M\n{FEED}# {'x' * 9000}\n",
    "deep": "name: " + "[" * 3000 + "\n",
    "a number": "7\n",
    "null": "null\n",
    "NUL": b"name: M\0\n",
}
FEEDS: dict[str, tuple[str | bytes, dict[str, str]]] = {
    "nothing": ("", {}),
    "a page": ("<html><body>Hello</body></html>", {}),
    "no XML": (b"\0\1\2\3" * 1000, {}),
    "cut": (rss(item(1))[:200], {}),
    "a lie about the packing": (rss(item(1)), {"Content_Encoding": "gzip"}),
    "a lie about the length": (rss(item(1)), {"Content_Length": "5"}),
    "an entity bomb": ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>', {}),
    "deep": ("<a>" * 100_000, {}),
    "a commit's words": (rss(item(1, title="x\ndone\n", guid="a\nb\0c", link="https://m.example/\nfrom x")), {}),
    "a hostile GUID": (rss(item(1, guid="../../../.git/config", title="../../x")), {}),
    "JSON that is none": ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": ', {}),
}


def recorded(root: Root) -> set[str]:
    return {post.nick for post in root.posts()} & set(NICKS)


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_file_costs_its_author(name: str, blogs: Blogs, tmp_path: Path) -> None:
    blogs.put("/mallory", rss(item(1, guid="m", title="m")))
    root = ten(blogs, tmp_path, FILES[name])
    report = root.update()
    assert recorded(root) == set(NICKS)
    assert report.kinds[Kind.ADD] == 9
    if name == "a private address":  # right as a file, and refused when it is asked
        assert [failure.nick for failure in report.failures] == ["mallory"]
    else:
        assert {problem.file for problem in report.faults.values()} == {"authors/mallory.yaml"}
    root.git("fsck", "--strict")


def test_a_link_in_place_of_a_file_costs_its_author(blogs: Blogs, tmp_path: Path) -> None:
    root = ten(blogs, tmp_path, f"name: M\n{FEED}")
    file = root.path / "authors" / "mallory.yaml"
    file.rename(tmp_path / "elsewhere.yaml")
    file.symlink_to(tmp_path / "elsewhere.yaml")
    root.commit("A link")
    assert root.update().kinds[Kind.ADD] == 9
    assert "/mallory" not in {path for path, _ in blogs.log}


@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_feed_costs_itself(name: str, blogs: Blogs, tmp_path: Path) -> None:
    body, headers = FEEDS[name]
    blogs.put("/mallory", body, **headers)
    root = ten(blogs, tmp_path, author("SERVER/mallory", name="Mallory"))
    root.update()
    assert recorded(root) == set(NICKS)
    assert all(path.startswith("posts/") for path in root.git("diff", "--name-only", "HEAD~9").splitlines())
    root.git("fsck", "--strict")


@pytest.mark.parametrize("name", ["Mallory.yaml", "m.yaml", "con.yaml", "mallory.yml", f"{'m' * 40}.yaml"])
def test_a_wrong_name_costs_its_author(name: str, blogs: Blogs, tmp_path: Path) -> None:
    root = ten(blogs, tmp_path, f"name: M\n{FEED}", name=name)
    assert root.update().kinds[Kind.ADD] == 9
    assert recorded(root) == set(NICKS)


def test_a_member_stays_as_the_last_valid_file_says(
    blogs: Blogs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blogs.put("/mallory", rss(item(1, guid="m", title="Mine")))
    root = ten(blogs, tmp_path, f"name: Mallory\n{FEED}")
    assert root.update().kinds[Kind.ADD] == 10
    (root.path / "authors/mallory.yaml").write_text("name: [\n")
    root.commit("Break it")
    blogs.log.clear()
    report = root.update()
    assert "/mallory" not in {path for path, _ in blogs.log}
    assert [str(problem).partition(": ")[0] for problem in report.faults.values()] == ["authors/mallory.yaml:2"]

    assert main(["build", "--root", str(root.path)]) == 0
    page = (root.path / "_site/authors/mallory/index.html").read_text()
    assert "Mallory" in page
    assert "Mine" in page
    for status in ("status/index.html", "status/mallory/index.html"):
        assert "the author file is wrong" in (root.path / "_site" / status).read_text().replace(
            "The author", "the author"
        )
    capsys.readouterr()
    assert main(["status", "--root", str(root.path)]) == 0
    assert "authors/mallory.yaml:2: " in capsys.readouterr().out
    summary = tmp_path / "summary.md"
    command = ["update", "--root", str(root.path), "--format", "github", "--summary", str(summary), "--now"]
    assert main([*command, NOW.isoformat()]) == 0
    assert "::warning file=authors/mallory.yaml,line=2,title=gitplanet::" in capsys.readouterr().out
    assert "Files to be mended" in summary.read_text()
    assert main([*command, NOW.isoformat(), "--strict"]) == 1
    with pytest.raises(FileError):
        config.load(root.path)


def test_a_pattern_that_cannot_be_used_pauses_its_feed(blogs: Blogs, tmp_path: Path) -> None:
    blogs.put("/mallory", rss(item(1, guid="m", title="m")))
    other = blogs.put("/other", rss(item(2, guid="o", title="o")))
    root = ten(blogs, tmp_path, f"name: M\n{FEED}    include: ['a(?=b)']\n  - url: {other}\n")
    report = root.update()
    assert report.kinds[Kind.ADD] == 10
    assert [post.title for post in root.posts() if post.nick == "mallory"] == ["o"]
    assert "/mallory" not in {path for path, _ in blogs.log}
    (fault,) = report.faults
    assert fault.startswith(
        "authors/mallory.yaml:4: 'a(?=b)' is not a regular expression that can be used: it looks ahead"
    )


def test_of_two_files_with_one_feed_the_newer_claim_is_at_fault(blogs: Blogs, tmp_path: Path) -> None:
    root = ten(blogs, tmp_path, f"name: Mallory\n{FEED}")
    thief = root.path / "authors/abel.yaml"
    thief.write_text(author(f"{blogs.url}/cow3", name="Abel"))
    root.commit("A thief whose nick comes first")
    own = root.path / "authors/cow3.yaml"
    own.write_text(own.read_text().replace("name: ", "about: I write.\nname: "))
    root.commit("The owner edits the file later")
    planet = config.load_tolerantly(root.path)
    assert [(fault.nick, fault.reason) for fault in planet.faults] == [
        ("abel", f"the feed {blogs.url}/cow3 is already that of cow3")
    ]
    assert "abel" not in {author.nick for author in planet.authors}
    assert next(author for author in planet.authors if author.nick == "cow3").is_read


def test_what_is_everybody_s_stops_the_run(blogs: Blogs, tmp_path: Path) -> None:
    root = ten(blogs, tmp_path, f"name: Mallory\n{FEED}    editions: [universe]\n")
    assert config.load_tolerantly(root.path).faults == ()
    settings = root.path / "pyproject.toml"
    settings.write_text(SETTINGS.replace("editions.universe", "editions.everything"))
    root.commit("Rename an edition")
    with pytest.raises(FileError, match="there is no edition 'universe'"):
        config.load_tolerantly(root.path)
    settings.write_text(SETTINGS)
    for nick in NICKS[:6]:
        (root.path / f"authors/{nick}.yaml").write_text("nmae: x\n")
    with pytest.raises(FileError, match="unknown key 'nmae'"):
        config.load_tolerantly(root.path)
