"""Pull requests and what is said of each: good ones, each kind of bad, hostile ones."""

import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from tests.support.planets import SETTINGS, Blogs, Root, author, item, rss
from tests.support.proposals import LINK, PROGRAM, SUBMODULE, Change, Put, propose

LARRY, MALLORY = ("larry-the-cow", "77"), ("mallory", "666")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 96, 96) + b"\x08\x06\0\0\0"
HUGE = PNG[:16] + struct.pack(">II", 30000, 30000) + PNG[24:]
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 80, 90) + b"\x01\x01\x11\x00"
GIF = b"GIF89a" + struct.pack("<HH", 64, 64)
WEBP = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (95).to_bytes(3, "little") + (95).to_bytes(3, "little")
WHO = "github: larry-the-cow\ngithub_id: 77\n"
RIGHT = "gitplanet: "
FEED = "@/new"
"""In texts, `@` stands for the address of the server of feeds."""


def text(*feeds: str, name: str = "Larry the Cow", more: str = WHO) -> str:
    return author(*(feeds or (FEED,)), name=name, more=more)


TAKES = "    authors: [{}]\n"
BASE = {
    "larry": author("@/larry", more=WHO + "homepage: https://larry.example/\nhackergotchi: larry.png\n"),
    "kim": author("@/kim", name="Kim", more="homepage: https://kim.example/\ngithub: Kim\n"),
    "ann": author("@/company", name="Ann", more="homepage: https://company.example/\n") + TAKES.format("Ann"),
    "dead": author("@/dead", name="Dead"),
    "broken": "nmae: Broken\n",
}
"""Somebody's feed is dead and somebody's file is broken: nobody else's pull request minds."""

Case = tuple[dict[str, Change], tuple[str, str], str]
ADDED: dict[str, Case] = {
    # good ones: nothing stands in the way, and what is told beside it
    "a newcomer": ({"authors/new.yaml": text()}, LARRY, "new posts"),
    "a newcomer with a face": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.png\n"), "authors/new.png": PNG},
        LARRY,
        "new posts",
    ),
    "a face as JPEG": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.jpg\n"), "authors/new.jpg": JPEG},
        LARRY,
        "new posts",
    ),
    "a face as GIF": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.gif\n"), "authors/new.gif": GIF},
        LARRY,
        "new posts",
    ),
    "a face as WebP": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.webp\n"), "authors/new.webp": WEBP},
        LARRY,
        "new posts",
    ),
    "a name without its number": (
        {"authors/new.yaml": text(more="github: Larry-the-Cow\n")},
        LARRY,
        "add `github_id: 77`",
    ),
    "a homepage that is another's": (
        {"authors/new.yaml": text(more=WHO + "homepage: http://www.kim.example\n")},
        LARRY,
        "the homepage is also that of kim",
    ),
    "a blog that is another's": (
        {"authors/new.yaml": text("@/of-kim")},
        LARRY,
        "the feed's site https://kim.example/ is also that of kim",
    ),
    "an owner's new feed": (
        {"authors/larry.yaml": text("@/larry", "@/new")},
        LARRY,
        "3 new posts",
    ),
    "an owner who takes by name what the feed does not say": (
        {"authors/larry.yaml": text("@/larry") + "    authors: [Larry]\n"},
        LARRY,
        "`authors` takes none of the feed's 1 entry; leave it out: the feed names none",
    ),
    "a member of a shared feed": (
        {
            "authors/new.yaml": text("@/company", more=WHO + "homepage: https://company.example/\n")
            + TAKES.format("zoe")
        },
        LARRY,
        "1 new post\n",
    ),
    "an owner who is known by name": (
        {"authors/kim.yaml": author("@/new", name="Kim", more="github: kim\n")},
        ("KIM", "5"),
        "3 new posts",
    ),
    "an owner who renamed the account": (
        {"authors/larry.yaml": text("@/larry", more="github: lawrence\ngithub_id: 77\n")},
        ("lawrence", "77"),
        "hands the file over",
    ),
    "an owner who leaves": ({"authors/larry.yaml": None, "authors/larry.png": None}, LARRY, ""),
    "an owner's new face": ({"authors/larry.png": PNG + b"new"}, LARRY, ""),
    "a pause": (
        {"authors/larry.yaml": text("@/larry", "@/missing", more=WHO + "status: paused\n")},
        LARRY,
        "",
    ),
    "a feed that moved": ({"authors/new.yaml": text("@/moved")}, LARRY, "the address has moved for good to @/new"),
    "a feed of excerpts": ({"authors/new.yaml": text("@/cut")}, LARRY, "1 of 1 entries are excerpts"),
    "a feed without validators": ({"authors/new.yaml": text("@/plain")}, LARRY, "neither ETag nor Last-Modified"),
    "an empty feed": ({"authors/new.yaml": text("@/empty")}, LARRY, "it has no entries"),
    "code alone": (
        {"generator/x.py": "evil()\n", ".github/workflows/planet.yml": "on: push\n"},
        LARRY,
        "nothing to check",
    ),
    "workflows alone": ({".github/workflows/planet.yml": "on: push\n"}, LARRY, "runs with the planet's rights"),
    "a post by hand": ({"posts/kim/a.md": "---\ntitle: x\n---\n"}, LARRY, "this changes the archive itself"),
    "the theme": ({"theme/pages/post.html": "x"}, LARRY, "this changes what every page of the site shows or runs"),
    "the settings alone": ({"pyproject.toml": SETTINGS + "\n"}, LARRY, "this changes the planet's settings"),
    "a list that is no author file": ({"mkdocs.yml": "name: x\nnav: []\n"}, LARRY, "nothing to check"),
    "somebody's broken file mended": (
        {"authors/dead.yaml": author("@/new", name="Dead", more=WHO)},
        LARRY,
        "+override",
    ),
}
BAD: dict[str, Case] = {
    # shape
    "two files": (
        {"authors/a1.yaml": text(), "authors/b1.yaml": text("@/larry2")},
        LARRY,
        "authors/b1.yaml: this pull request changes authors/a1.yaml as well; open one pull request for each",
    ),
    "a rename": (
        {"authors/larry.yaml": None, "authors/lawrence.yaml": text("@/larry")},
        LARRY,
        "authors/lawrence.yaml: this pull request changes authors/larry.yaml as well",
    ),
    "a file outside": (
        {"authors/new.yaml": text(), "README.md": "Hello\n"},
        LARRY,
        "README.md: this lies outside authors/; open a pull request of its own",
    ),
    "a workflow": (
        {"authors/new.yaml": text(), ".github/workflows/x.yml": "on: push\n"},
        LARRY,
        ".github/workflows/x.yml: this lies outside authors/",
    ),
    "settings": (
        {"authors/new.yaml": text(), "pyproject.toml": SETTINGS.replace("127.0.0.0/8", "10.0.0.0/8")},
        LARRY,
        "pyproject.toml: this lies outside authors/",
    ),
    "a folder": (
        {"authors/new/new.yaml": text()},
        LARRY,
        "authors/new/new.yaml: an author file lies here in vain; call it authors/new.yaml",
    ),
    "a file at the root": (
        {"new.yaml": text()},
        LARRY,
        "new.yaml: an author file lies here in vain; call it authors/new",
    ),
    "a shouted folder": ({"Authors/new.yaml": text()}, LARRY, "Authors/new.yaml: an author file lies here in vain"),
    "a folder of one": ({"author/new.yaml": text()}, LARRY, "author/new.yaml: an author file lies here in vain"),
    "a text file": ({"authors/new.yaml.txt": text()}, LARRY, "authors/new.yaml.txt: an author file lies here in vain"),
    "a shouted ending": (
        {"authors/New.YAML": text()},
        LARRY,
        "New.YAML: an author file lies here in vain; call it authors/new.yaml",
    ),
    "a file without an ending": ({"authors/new": text()}, LARRY, "authors/new: an author file lies here in vain"),
    "a broken file elsewhere": ({"Authors/new.yaml": "name: ["}, LARRY, "Authors/new.yaml: this is neither an author"),
    "a script as a picture": (
        {"authors/new.yaml": text(), "authors/new.svg": "<svg onload=alert(1)>"},
        LARRY,
        "authors/new.svg: this is neither",
    ),
    "a link": (
        {"authors/new.yaml": Put("../pyproject.toml", LINK)},
        LARRY,
        "authors/new.yaml: this is a symbolic link; commit the text itself",
    ),
    "a link to a secret": ({"authors/new.yaml": Put("/etc/passwd", LINK)}, LARRY, "this is a symbolic link"),
    "a link as a picture": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.png\n"), "authors/new.png": Put("/etc/passwd", LINK)},
        LARRY,
        "authors/new.png: this is a symbolic link",
    ),
    "a submodule": ({"authors/new.yaml": Put(mode=SUBMODULE)}, LARRY, "authors/new.yaml: this is a submodule"),
    "a program": ({"authors/new.yaml": Put(text(), PROGRAM)}, LARRY, "authors/new.yaml: this is marked as a program"),
    "a huge file": ({"authors/new.yaml": text() + "#" * 9000}, LARRY, "bytes long; keep it below 8192"),
    "an enormous file": ({"authors/new.yaml": b"#" * 3_000_000}, LARRY, "this is 3000000 bytes long"),
    "another ending": ({"authors/new.yml": text()}, LARRY, "authors/new.yml: the name ends in .yml; call it new.yaml"),
    "a shouted nick": ({"authors/NEW.yaml": text()}, LARRY, "'NEW' cannot be a nick; use 2 to 32 of a-z"),
    "a nick that tricks": ({"authors/..yaml": text()}, LARRY, "cannot be a nick"),
    "a reserved nick": ({"authors/planet.yaml": text()}, LARRY, "'planet' is a reserved name; choose another nick"),
    "a nick of Windows": ({"authors/con.yaml": text()}, LARRY, "'con' is a reserved name"),
    "not UTF-8": ({"authors/new.yaml": text().encode("utf-16")}, LARRY, "this is not UTF-8; save it as UTF-8"),
    # words
    "an alias bomb": (
        {"authors/new.yaml": "a: &a [x,x]\nb: &b [*a,*a,*a]\nname: *b\n" + WHO},
        LARRY,
        "authors/new.yaml:1: anchors and aliases",
    ),
    "a key twice": (
        {"authors/new.yaml": text() + "feeds:\n  - url: https://evil.example/\n"},
        LARRY,
        "the key 'feeds' stands here twice; keep one",
    ),
    "a tag": ({"authors/new.yaml": "name: !!python/object:os.system x\n" + WHO}, LARRY, "tags (!) are not allowed"),
    "a merge key": ({"authors/new.yaml": text() + "<<: {about: x}\n"}, LARRY, "unknown key '<<'"),
    "a misspelt key": (
        {"authors/new.yaml": text(more=WHO + "homepag: https://x.example/\n")},
        LARRY,
        "authors/new.yaml:4: unknown key 'homepag'; did you mean 'homepage'?",
    ),
    "a key for robots": (
        {"authors/new.yaml": text() + "    proxy: http://evil.example\n"},
        LARRY,
        "unknown key 'proxy'",
    ),
    "no feed": ({"authors/new.yaml": "name: Larry\n" + WHO}, LARRY, "'feeds' is missing; add it, like `feeds: "),
    "a script as homepage": (
        {"authors/new.yaml": text(more=WHO + "homepage: javascript:alert(1)\n")},
        LARRY,
        'homepage is "javascript:alert(1)", which does not look right; write it like',
    ),
    "a script as link": (
        {"authors/new.yaml": text(more=WHO + "links: {x: 'data:text/html,x'}\n")},
        LARRY,
        "which does not look right",
    ),
    "a name that hides": ({"authors/new.yaml": text(name='"\\u202eyrraL"')}, LARRY, "name is"),
    "an edition that is not": (
        {"authors/new.yaml": text() + "    editions: [moon]\n"},
        LARRY,
        "there is no edition 'moon'; write one of planet, universe",
    ),
    "a face that is missing": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.png\n")},
        LARRY,
        "there is no authors/new.png; add the picture there",
    ),
    "a path as face": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: ../../x.png\n")},
        LARRY,
        "which does not look right",
    ),
    # pictures
    "a page as picture": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.png\n"), "authors/new.png": "<html><script>"},
        LARRY,
        "the name says PNG, but this is no picture",
    ),
    "another kind": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.png\n"), "authors/new.png": JPEG},
        LARRY,
        "the name says PNG, but this is JPEG; save it as PNG",
    ),
    "a bomb of pixels": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.png\n"), "authors/new.png": HUGE},
        LARRY,
        "this is 30000 × 30000 pixels large; scale it",
    ),
    "a broken picture": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.jpg\n"), "authors/new.jpg": JPEG[:9]},
        LARRY,
        "this picture is broken",
    ),
    "a large picture": (
        {"authors/new.yaml": text(more=WHO + "hackergotchi: new.png\n"), "authors/new.png": PNG + b"x" * 200_000},
        LARRY,
        "bytes long; keep it below 102400",
    ),
    "a picture of nobody": (
        {"authors/x.png": PNG},
        LARRY,
        "no author file shows this picture; add `hackergotchi: x.png`",
    ),
    "a face taken away": ({"authors/larry.png": None}, LARRY, "authors/larry.yaml shows this picture; take its"),
    # feeds
    "a feed twice": ({"authors/new.yaml": text("@/new", "@/new/")}, LARRY, "stands here twice; list a feed once"),
    "another's feed": (
        {"authors/new.yaml": text("@/kim?utm_source=x")},
        LARRY,
        "authors/new.yaml:5: the feed @/kim?utm_source=x is already that of kim",
    ),
    "another's feed by name": (
        {"authors/new.yaml": text("@/kim") + TAKES.format("Larry")},
        LARRY,
        "authors/kim.yaml does not say whose entries it takes; list a feed once, or name in authors/kim.yaml and here",
    ),
    "a shared feed without a name": (
        {"authors/new.yaml": text("@/company")},
        LARRY,
        "authors/new.yaml:5: the feed @/company is already that of ann, and this file does not say whose entries",
    ),
    "another's name": (
        {"authors/new.yaml": text("@/company") + TAKES.format("Zoe, ÁNN")},
        LARRY,
        "authors/ann.yaml takes the entries of ÁNN as well; leave ÁNN to authors/ann.yaml or to this file",
    ),
    "a private address": (
        {"authors/new.yaml": text("http://10.0.0.1/feed")},
        LARRY,
        "http://10.0.0.1/feed leads to a private network; give a public address",
    ),
    "a cloud's inner address": (
        {"authors/new.yaml": text("http://169.254.169.254/latest/meta-data")},
        LARRY,
        "leads to the local link",
    ),
    "a slip of the pen": (
        {"authors/new.yaml": text("http://https//new.example/feed")},
        LARRY,
        "http://https//new.example/feed names the host 'https', which is none; write the address anew",
    ),
    "a number as address": ({"authors/new.yaml": text("http://2130706433/feed")}, LARRY, "leads to not an address"),
    "a private homepage": (
        {"authors/new.yaml": text(more=WHO + "homepage: http://192.168.1.1/\n")},
        LARRY,
        "http://192.168.1.1/ leads to a private network",
    ),
    "a redirect inside": (
        {"authors/new.yaml": text("@/inside")},
        LARRY,
        "10.0.0.1 leads to a private network, where the planet does not go; use the feed's public",
    ),
    "a feed that is not there": (
        {"authors/new.yaml": text("@/missing")},
        LARRY,
        "There is no feed at this address (404); correct it",
    ),
    "a page": (
        {"authors/new.yaml": text("@/page")},
        LARRY,
        "is a web page, not a feed; the page announces this feed: @/new",
    ),
    "a word as feed": (
        {"authors/new.yaml": text("feed.xml")},
        LARRY,
        "which does not look right; write it like `url: ",
    ),
    "a password": (
        {"authors/new.yaml": text("https://larry:secret@larry.example/feed")},
        LARRY,
        "which does not look right",
    ),
    # whose
    "a newcomer without a name there": (
        {"authors/new.yaml": text(more="")},
        LARRY,
        "the file does not say whose it is; add `github: larry-the-cow` and `github_id: 77`",
    ),
    "a newcomer for another": (
        {"authors/new.yaml": text()},
        MALLORY,
        "the file names larry-the-cow, but mallory proposes it; write `github: mallory`",
    ),
    "another's file": (
        {"authors/larry.yaml": text("@/new")},
        MALLORY,
        "this is the file of larry-the-cow, not of mallory; let its owner propose this",
    ),
    "a file taken over": (
        {"authors/larry.yaml": text("@/larry", more="github: mallory\ngithub_id: 666\n")},
        MALLORY,
        "this is the file of larry-the-cow, not of mallory",
    ),
    "an account's old name taken": (
        {"authors/larry.yaml": text("@/new")},
        ("larry-the-cow", "666"),
        "this is the file of larry-the-cow, not of",
    ),
    "another who leaves": (
        {"authors/larry.yaml": None},
        MALLORY,
        "authors/larry.yaml: this is the file of larry-the-cow",
    ),
    "a file of nobody": (
        {"authors/dead.yaml": author("@/new", name="Dead")},
        MALLORY,
        "the planet does not know whose file this is",
    ),
    "another's face": (
        {"authors/larry.png": PNG + b"x"},
        MALLORY,
        "authors/larry.png: authors/larry.yaml shows this picture: this is the file of larry",
    ),
    "another's face borrowed": (
        {
            "authors/mallory.yaml": text(more="github: mallory\nhackergotchi: larry.png\n"),
            "authors/larry.png": PNG + b"x",
        },
        MALLORY,
        "authors/larry.yaml shows this picture",
    ),
}
CASES = {**ADDED, **BAD}


@pytest.fixture(scope="module")
def feeds() -> Iterator[Blogs]:
    with Blogs() as blogs:
        for name in ("larry", "kim"):
            blogs.put(f"/{name}", rss(item(1), link=f"https://{name}.example/"))
        blogs.put(
            "/new",
            rss(
                *(item(n, link=f"https://new.example/{n}", guid=f"n{n}") for n in (1, 2, 3)),
                link="https://new.example/",
            ),
        )
        names = {1: "Ann", 2: "Zoé"}
        blogs.put("/company", rss(*(item(n, author=names[n]) for n in names), link="https://company.example/"))
        blogs.put("/larry2", rss(item(1)))
        blogs.put("/of-kim", rss(item(1), link="https://kim.example/"))
        blogs.put("/moved", "", status=301, Location="/new")
        blogs.put("/inside", "", status=302, Location="http://10.0.0.1/feed")
        blogs.put("/cut", rss({"guid": "1", "title": "Cut", "description": "It goes on […]"}))
        blogs.put("/plain", rss(item(1)), ETag="")
        blogs.put("/empty", rss())
        blogs.put("/page", '<html><head><link rel="alternate" type="application/rss+xml" href="/new"></head></html>')
        yield blogs


@pytest.fixture(scope="module")
def planet(feeds: Blogs, tmp_path_factory: pytest.TempPathFactory) -> Root:
    root = Root(tmp_path_factory.mktemp("planet") / "root", {n: t.replace("@", feeds.url) for n, t in BASE.items()})
    (root.path / "authors" / "larry.png").write_bytes(PNG)
    root.commit("A face")
    propose(root, {_branch(name): {p: _at(c, feeds.url) for p, c in case[0].items()} for name, case in CASES.items()})
    return root


def _branch(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def _at(change: Change, url: str) -> Change:
    if isinstance(change, Put):
        return Put(change.content.replace("@", url) if isinstance(change.content, str) else change.content, change.mode)
    return change.replace("@/", f"{url}/") if isinstance(change, str) else change


def check(root: Root, *words: str) -> int:
    return main(["check", "--root", str(root.path), *words])


def of(root: Root, name: str, *more: str) -> int:
    login, number = CASES[name][1]
    return check(root, "--base", "main", "--head", _branch(name), "--by", login, "--by-id", number, *more)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", ADDED)
def test_what_is_right(name: str, planet: Root, feeds: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    said = ADDED[name][2]
    status = of(planet, name, *(["--override"] if said == "+override" else []))
    told = capsys.readouterr().out
    assert status == 0, told
    assert RIGHT not in told
    assert said.replace("+override", "a maintainer vouches").replace("@", feeds.url) in told
    assert "dead" not in told.replace("authors/dead.yaml", "") or name == "somebody's broken file mended"


@pytest.mark.parametrize("name", BAD)
def test_what_stands_in_the_way(name: str, planet: Root, feeds: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    feeds.log.clear()
    status = of(planet, name)
    told = capsys.readouterr().out
    assert status == 1
    lines = [line.removeprefix(RIGHT) for line in told.splitlines() if line.startswith(RIGHT)]
    assert any(BAD[name][2].replace("@", feeds.url) in line for line in lines), told
    assert all(re.match(r"[^ ]+(:\d+)?: .+; .+", line) for line in lines), "each says where, what, and what to write"
    assert {path for path, _ in feeds.log} <= {
        "/company",
        "/larry",
        "/kim",
        "/new",
        "/new/",
        "/larry2",
        "/kim?utm_source=x",
        "/inside",
        "/missing",
        "/page",
    }


def test_a_verdict_as_json(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    of(planet, "a newcomer", "--format", "json")
    told = json.loads(capsys.readouterr().out)
    (feed,) = told["feeds"]
    assert told["right"] is True
    assert (feed["kind"], feed["entries"], feed["newest"], feed["texts"]) == ("RSS 2.0", 3, "2026-11-03", "full")
    assert (feed["again"], feed["posts"], feed["fault"]) == ("yes", 3, "")
    assert [post["title"] for post in told["posts"]] == ["Post 3", "Post 2", "Post 1"]


COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]*),line=(\d+),title=gitplanet::(.*)")
"""How GitHub's runner reads a line, strictly."""


def test_annotations_stand_at_file_and_line(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    of(planet, "a misspelt key", "--format", "github")
    (line,) = capsys.readouterr().out.splitlines()
    found = COMMAND.fullmatch(line)
    assert found
    assert found.groups()[:3] == ("error", "authors/new.yaml", "4")
    assert found[4] == "unknown key 'homepag'; did you mean 'homepage'?"


def test_what_a_stranger_wrote_cannot_act(
    planet: Root, feeds: Blogs, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    title = "::error::x ##[command]y %0A::warning::z @larry #12 <b>&lt;script> | ` [a](http://x.example) \u202e"
    feeds.put("/hostile", rss(item(1, title=title), item(2, title=title + "2")))
    changes = {"authors/hostile.yaml": text(feeds.url + "/hostile"), "authors/hostile,%0A::error.png": PNG}
    propose(planet, {"hostile": changes})
    words = ["--base", "main", "--head", "hostile", "--by", "larry-the-cow", "--by-id", "77"]
    summary = tmp_path / "summary.md"
    check(planet, *words, "--format", "github", "--summary", str(summary))
    lines = capsys.readouterr().out.splitlines()
    assert all(COMMAND.fullmatch(line) and "##[" not in line and line.isprintable() for line in lines), lines
    assert any("%25" in line for line in lines)
    told = summary.read_text()
    assert "::error" in told, "it is shown"
    assert not re.search(r"(?<!&)#12", told)
    for act in ("@larry", "<b>", "<script", "](http", "\u202e"):
        assert act not in told
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {5, 10}, "no cell is torn"


def test_a_summary_shows_the_newcomers_posts_and_a_preview_the_pages(planet: Root, tmp_path: Path) -> None:
    summary, pages = tmp_path / "summary.md", tmp_path / "pages"
    summary.write_text("# Before\n")
    assert of(planet, "a newcomer with a face", "--summary", str(summary), "--preview", str(pages)) == 0
    told = summary.read_text()
    assert told.startswith("# Before\n")
    assert "### This is right" in told
    assert "The last posts of Larry the Cow" in told
    assert "The text of post 3, with a few words." in told
    assert "`preview`" in told
    assert "Post 3" in (pages / "index.html").read_text()
    assert (pages / "authors" / "new" / "index.html").is_file()
    assert (pages / "authors" / "new" / "hackergotchi.png").read_bytes() == PNG


def test_a_preview_is_made_of_what_can_be_read_only(planet: Root, tmp_path: Path) -> None:
    assert of(planet, "a link", "--preview", str(tmp_path / "pages")) == 1
    assert not (tmp_path / "pages").exists()


def test_a_maintainer_may_vouch(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    assert of(planet, "another's file", "--override") == 0
    assert of(planet, "two files", "--override") == 0
    assert of(planet, "a misspelt key", "--override") == 1, "what is wrong stays wrong"
    assert "a maintainer vouches for it" in capsys.readouterr().out


def test_offline_asks_no_feed(planet: Root, feeds: Blogs) -> None:
    feeds.log.clear()
    assert of(planet, "a feed that is not there", "--offline") == 0
    assert of(planet, "a private address", "--offline") == 1
    assert not feeds.log


def test_nothing_of_the_proposal_is_checked_out(planet: Root) -> None:
    before = planet.git("status", "--porcelain", "--ignored")
    of(planet, "a workflow")
    assert planet.git("status", "--porcelain", "--ignored") == before
    assert not (planet.path / "authors" / "new.yaml").exists()


def test_a_base_that_moved_on(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody else took the nick meanwhile."""
    planet.git("branch", "later", "main")
    propose(planet, {"later": {"authors/new.yaml": text("https://kim.example/2", more="github: kim\n")}})
    words = ["--base", "later", "--head", _branch("a newcomer"), "--by", "larry-the-cow", "--by-id", "77"]
    assert check(planet, *words) == 1
    assert "this is the file of kim, not of larry-the-cow" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--base", "nowhere"], "there is no commit called 'nowhere'; fetch it first"),
        (["--base=--help"], "there is no commit called '--help'"),
        (["--base", "main", "authors/larry.yaml"], "leave the files out"),
        (["authors/nobody.yaml"], "there is no file authors/nobody.yaml"),
        (["/etc/passwd"], "/etc/passwd lies outside the planet"),
    ],
)
def test_a_question_that_cannot_be_answered(
    planet: Root, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(planet, *words) == 1
    assert said in capsys.readouterr().out


def test_files_of_the_work_tree(feeds: Blogs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {nick: text.replace("@", feeds.url) for nick, text in BASE.items() if nick != "larry"}
    root = Root(tmp_path / "planet", texts)
    assert check(root, "authors/kim.yaml") == 0, "other people's faults are theirs"
    assert check(root, "authors/dead.yaml") == 1, "whoever asks for it by name wants to know"
    assert check(root, "authors/broken.yaml") == 1
    (root.path / "posts" / "bad.md").write_text("no head")
    assert check(root, str(root.path / "posts" / "bad.md")) == 1
    assert "posts/bad.md:1: the file does not begin with front matter" in capsys.readouterr().out


def test_the_whole_planet(feeds: Blogs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {nick: text.replace("@", feeds.url) for nick, text in BASE.items() if nick in ("kim", "dead")}
    root = Root(tmp_path / "planet", texts)
    assert check(root) == 0, "blogs come and go"
    told = capsys.readouterr().out
    assert "warning: authors/dead.yaml:3: " in told
    assert "2 authors, 2 editions and 0 posts are right" in told
    assert check(root, "--strict") == 1
    assert check(root, "--offline", "--strict") == 0


def test_what_lies_in_the_wrong_place_of_a_planet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Root(tmp_path / "planet", {"larry": author("https://larry.example/feed")})
    there = author("https://kim.example/feed", name="Kim")
    for path in ("kim.yaml", "Authors/kim.yaml", "authors/kim.yaml.txt", "authors/Kim.YAML", "authors/kim/kim.yaml"):
        file = root.path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(there)
    (root.path / "authors/README.md").write_text("How to join.\n")
    (root.path / "mkdocs.yml").write_text("nav: []\n")
    assert check(root, "--offline") == 0
    shown = capsys.readouterr().out
    assert shown.count("lies here in vain; call it authors/kim.yaml") == 5
    assert "README" not in shown
    assert "mkdocs" not in shown
