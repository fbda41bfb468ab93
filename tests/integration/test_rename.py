"""A member who gets another nick: everything moves, readers notice nothing, and the next run brings nothing anew."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from generator import config
from generator.archive.history.verify import verify
from generator.cli import main
from generator.errors import PlanetError, RepositoryError
from generator.feeds import state
from generator.models import Kind
from generator.update import rename
from tests.support.planets import NOW, Blogs, Root, author, item, rss

DAY = timedelta(days=1)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
LONG = "A long text with many words, of which most will be gone. " * 40


def to(root: Root, old: str, new: str, status: int = 0) -> None:
    assert main(["rename", "--root", str(root.path), old, new]) == status


def site(root: Root, out: Path) -> dict[str, str]:
    assert main(["build", "--root", str(root.path), "--out", str(out)]) == 0
    return {
        path.relative_to(out).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in out.rglob("*")
        if path.is_file()
    }


def ids(feed: str) -> list[str]:
    """The ids of a feed's entries, whatever the format."""
    entries = feed.partition("<entry>")[2] or feed
    found = re.findall(
        r'<id>([^<]*)</id>\n    <link rel="alt|"id": "([^"]*)"|<guid[^>]*>([^<]*)|<item rdf:about="([^"]*)"', entries
    )
    return ["".join(match) for match in found]


@pytest.fixture
def moved(larry: Root, blogs: Blogs) -> Root:
    """Larry, with a picture, two posts of the feed, one of them edited by a person, and one written by hand."""
    (larry.path / "authors/larry.yaml").write_text(
        "# my own file\n" + author(f"{blogs.url}/feed", more="hackergotchi: larry.png # me\n")
    )
    (larry.path / "authors/larry.png").write_bytes(PNG)
    own = larry.path / "posts/larry/2026/hello.md"
    own.parent.mkdir(parents=True)
    own.write_text('---\ntitle: "By hand"\ndate: 2026-11-03\nmood: fine\n---\n\nHello.\n')
    larry.commit("Add a picture and a post")
    blogs.put("/feed", rss(item(1, guid="1"), item(2), item(5)))
    larry.update()
    blogs.put(
        "/feed", rss(item(1, guid="1", body="<p>Edited by its author, who changed the words.</p>"), item(2), item(5))
    )
    larry.update(now=NOW + DAY)
    (spam,) = (post.path for post in larry.posts() if post.title == "Post 5")
    larry.git("rm", "-q", spam)
    larry.commit("This was spam")
    larry.git("config", "user.name", "Jane")
    larry.git("config", "user.email", "jane@example.org")
    return larry


def test_everything_moves_in_one_commit_by_whoever_ran_it(moved: Root) -> None:
    before, commits = moved.posts(), moved.commits()
    to(moved, "larry", "lawrence")
    assert moved.commits() == commits + 1
    assert moved.git("status", "--porcelain") == ""
    said = moved.git("log", "-1", "--format=%an <%ae>|%cn|%s|%(trailers:key=Post-Moved,valueonly,separator=)").strip()
    assert said == "Jane <jane@example.org>|Planet Larry|Rename larry to lawrence|posts/larry/ posts/lawrence/"
    tree = moved.git("ls-files", "authors", "posts").split()
    assert [path for path in tree if "larry" in path] == []
    assert (moved.path / "authors/lawrence.png").read_bytes() == PNG
    text = (moved.path / "authors/lawrence.yaml").read_text()
    assert text.startswith("# my own file\n")
    assert "hackergotchi: lawrence.png # me\n" in text
    after = {post.path: post for post in moved.posts()}
    for post in before:
        path = post.path.replace("/larry/", "/lawrence/")
        assert (after[path].nick, after[path].former_nick) == ("lawrence", "larry")
        assert (after[path].title, after[path].body, after[path].digest) == (post.title, post.body, post.digest)
    lines = moved.git("diff", "-M", "-U0", "HEAD~1", "HEAD", "--", "posts").splitlines()
    changed = sorted(line for line in lines if re.match(r"[+-][^+-]", line))
    assert changed == ['+former_nick: "larry"'] * 3 + ['+nick: "lawrence"'] * 3 + ['-nick: "larry"'] * 2
    by_hand = (moved.path / "posts/lawrence/2026/hello.md").read_text()
    assert by_hand == (
        '---\ntitle: "By hand"\ndate: 2026-11-03\nmood: fine\nnick: "lawrence"\nformer_nick: "larry"\n---\n\nHello.\n'
    )


def test_the_next_run_brings_nothing_anew_and_later_ones_go_on(moved: Root, blogs: Blogs) -> None:
    to(moved, "larry", "lawrence")
    for now in (NOW + 2 * DAY, NOW + 3 * DAY):
        report = moved.update(now=now)
        assert (report.kinds.total(), report.held, report.notes) == (0, 0, [])
    (moved.path / state.FILE).unlink()
    assert moved.update(now=NOW + 4 * DAY).kinds.total() == 0  # what a person deleted stays away, too
    blogs.put("/feed", rss(item(1, guid="1", body="<p>Edited once more, with words.</p>"), item(2), item(5), item(4)))
    assert moved.update(now=NOW + 9 * DAY).kinds == {Kind.REVISE: 1, Kind.ADD: 1}
    assert {(post.nick, post.former_nick) for post in moved.posts()} == {("lawrence", "larry"), ("lawrence", "")}
    assert verify(moved.path).faults == ()


def test_a_person_s_edit_from_before_is_still_an_edit(moved: Root, blogs: Blogs) -> None:
    path = next(post.path for post in moved.posts() if post.guid == "1")
    file = moved.path / path
    file.write_text(file.read_text().replace("Edited by its author", "*Edited* by its author"))
    moved.commit("Mend")
    to(moved, "larry", "lawrence")
    blogs.put("/feed", rss(item(1, guid="1", body="<p>Edited once more, with words.</p>"), item(2)))
    report = moved.update(now=NOW + 9 * DAY)
    assert (report.kinds.total(), report.held) == (0, 1)
    assert "a person had edited the file" in report.notes[0]


def test_the_past_is_followed(moved: Root, capsys: pytest.CaptureFixture[str]) -> None:
    to(moved, "larry", "lawrence")
    assert verify(moved.path).faults == ()
    path = next(post.path for post in moved.posts() if post.guid == "1")
    assert moved.git("log", "--follow", "--format=%s", "--", path).splitlines() == [
        "Rename larry to lawrence",
        'Revise "Post 1" (larry)',
        'Add "Post 1" (larry)',
    ]
    capsys.readouterr()
    for name in (path, path.replace("lawrence", "larry"), "posts/larry/2026/hello.md"):
        assert main(["history", "--root", str(moved.path), name]) == 0
        told = capsys.readouterr().out
        assert "renamed by Jane, a person" in told
        assert "added by" in told
        assert "edited 1×" in told if path.rpartition("/")[2] in name else "edited" not in told
    assert main(["status", "--root", str(moved.path)]) == 0
    assert "lawrence" in capsys.readouterr().out


def test_readers_of_feeds_notice_nothing_and_old_pages_lead_on(moved: Root, tmp_path: Path) -> None:
    before = site(moved, tmp_path / "site")
    to(moved, "larry", "lawrence")
    after = site(moved, tmp_path / "site")
    for name in ("atom.xml", "rss20.xml", "rss10.xml", "feed.json", "universe/atom.xml"):
        assert ids(before[name])
        assert ids(after[name]) == ids(before[name])
    for name in ("atom.xml", "rss20.xml", "rss10.xml", "feed.json"):
        assert ids(after[f"authors/larry/{name}"]) == ids(before[f"authors/larry/{name}"])
        assert ids(after[f"authors/lawrence/{name}"]) == ids(before[f"authors/larry/{name}"])
    assert re.findall("<id>[^<]*</id>", after["edits.xml"]) == re.findall("<id>[^<]*</id>", before["edits.xml"])
    pages = [path for path in before if "larry" in path and path.endswith(".html")]
    assert len(pages) == 3 + 1 + 2
    for path in pages:
        target = path.replace("larry", "lawrence")
        assert target in after
        assert f'url={"../" * path.count("/")}{target}"' in after[path]
        assert "What stood here stands elsewhere now." in after[path]
    anchors = re.findall(r'<article class="h-entry" id="(\w+)"', before["index.html"])
    assert anchors
    assert re.findall(r'<article class="h-entry" id="(\w+)"', after["index.html"]) == anchors
    assert "lawrence/hackergotchi.png" in after["authors/lawrence/index.html"]
    assert "authors/larry" not in after["sitemap.xml"]


def test_two_renames_and_back(moved: Root, tmp_path: Path, blogs: Blogs) -> None:
    before = site(moved, tmp_path / "site")
    to(moved, "larry", "lawrence")
    to(moved, "lawrence", "lars")
    assert {post.former_nick for post in moved.posts()} == {"larry"}
    assert moved.update(now=NOW + 2 * DAY).kinds.total() == 0
    after = site(moved, tmp_path / "site")
    assert ids(after["atom.xml"]) == ids(before["atom.xml"])
    for nick in ("larry", "lawrence"):
        assert "authors/lars/index.html" in after[f"authors/{nick}/index.html"]
        assert ids(after[f"authors/{nick}/atom.xml"]) == ids(before["authors/larry/atom.xml"])
    to(moved, "lars", "larry")
    assert {post.former_nick for post in moved.posts()} == {""}
    assert moved.update(now=NOW + 3 * DAY).kinds.total() == 0
    again = site(moved, tmp_path / "site")
    assert ids(again["atom.xml"]) == ids(before["atom.xml"])
    assert verify(moved.path).faults == ()
    blogs.put("/feed", rss(item(1, guid="1", body="<p>Edited once more, with words.</p>"), item(2)))
    assert moved.update(now=NOW + 9 * DAY).kinds == {Kind.REVISE: 1}


def test_withdrawn_posts_move_too_and_stay_away(moved: Root, blogs: Blogs, tmp_path: Path) -> None:
    blogs.put("/feed", rss(item(1, guid="1", title="My secret"), item(2, title="My secret wedding")))
    moved.update(now=NOW + 2 * DAY)
    site(moved, tmp_path / "site")
    secret = next(post.path for post in moved.posts() if post.guid == "1")
    page = f"{secret.removesuffix('.md')}.html"
    assert main(["forget", "--root", str(moved.path), "tag:larry,2026:2", "--why", "asked for"]) == 0
    to(moved, "larry", "lawrence")
    assert main(["forget", "--root", str(moved.path), "1", "--why", "asked for"]) == 0
    assert moved.update(now=NOW + 3 * DAY).kinds.total() == 0
    assert verify(moved.path).faults == ()
    texts = site(moved, tmp_path / "site")
    assert "This post was withdrawn" in texts[page]
    assert "This post was withdrawn" in texts[page.replace("larry", "lawrence")]
    assert [path for path, text in texts.items() if "secret" in text.lower()] == []
    assert {post.nick for post in moved.posts()} == {"lawrence"}


def test_a_post_that_waits_for_a_second_reading_goes_on_waiting(larry: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(item(1, body=f"<p>{LONG}</p>"), item(2)))
    larry.update()
    blogs.put("/feed", rss(item(1, body="<p>Short.</p>"), item(2)))
    assert larry.update(now=NOW + DAY).held == 1
    to(larry, "larry", "lawrence")
    (doubt,) = (doubt for feed in state.load(larry.path).feeds.values() for doubt in feed.doubts)
    assert doubt.path.startswith("posts/lawrence/")
    assert larry.update(now=NOW + 2 * DAY).kinds == {Kind.REVISE: 1}


def test_a_held_feed_is_not_released_by_a_new_nick(larry: Root, blogs: Blogs) -> None:
    larry.update()
    flood = [
        item(
            number,
            guid=f"old-{number}",
            link=f"https://larry.example/old/{number}",
            pubDate="Mon, 02 Mar 2015 10:00:00 GMT",
            body=f"<p>Old words {number}.</p>",
            title=f"Old {number}",
        )
        for number in range(10, 20)
    ]
    blogs.put("/feed", rss(*flood, item(1), item(2)))
    assert larry.update(now=NOW + DAY).held
    to(larry, "larry", "lawrence")
    report = larry.update(now=NOW + 2 * DAY)
    assert report.held
    assert report.kinds.total() == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nobody", "somebody", "nobody has the nick 'nobody'"),
        ("../larry", "somebody", "nobody has the nick '../larry'"),
        ("larry", "Lawrence", "'Lawrence' cannot be a nick"),
        ("larry", "a" * 33, "cannot be a nick"),
        ("larry", "index", "'index' is a reserved name"),
        ("larry", "larry", "the nick 'larry' is or was somebody's"),
        ("larry", "marta", "the nick 'marta' is or was somebody's"),
        ("larry", "gone", "the nick 'gone' is or was somebody's"),
        ("larry", "ghost", "the nick 'ghost' is or was somebody's"),
        ("larry", "earlier", "the nick 'earlier' is or was somebody's"),
        ("larry", "fresh", "the nick 'fresh' is or was somebody's"),
    ],
)
def test_names_that_cannot_be_had(
    larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    larry.update()
    for nick in ("marta", "gone"):
        (larry.path / f"authors/{nick}.yaml").write_text(author(f"https://{nick}.example/feed", name=nick.title()))
    ghost = larry.path / "posts/ghost/2026/2026-11-01-x.md"
    ghost.parent.mkdir(parents=True)
    ghost.write_text('---\ntitle: "X"\nformer_nick: "earlier"\n---\n')
    larry.commit("Add some")
    larry.git("rm", "-q", "authors/gone.yaml")
    larry.commit("Remove one")
    (larry.path / "authors/fresh.yaml").write_text(author("https://fresh.example/feed"))
    tip = larry.git("rev-parse", "HEAD")
    to(larry, old, new, status=1)
    assert said in capsys.readouterr().out
    assert larry.git("rev-parse", "HEAD") == tip


def test_what_is_not_committed_stops_it(moved: Root, capsys: pytest.CaptureFixture[str]) -> None:
    file = moved.path / "authors/larry.yaml"
    file.write_text(file.read_text() + "about: More.\n")
    to(moved, "larry", "lawrence", status=1)
    assert "there are changes that are not committed (authors/larry.yaml)" in capsys.readouterr().out
    moved.commit("Say more")
    (moved.path / "README.md").write_text("A stray file.")
    to(moved, "larry", "lawrence")


def test_a_wrong_file_of_the_member_s_must_be_mended_first(moved: Root, capsys: pytest.CaptureFixture[str]) -> None:
    (moved.path / "posts/larry/2026/broken.md").write_text("no head")
    moved.commit("Break it")
    to(moved, "larry", "lawrence", status=1)
    assert "posts/larry/2026/broken.md:1" in capsys.readouterr().out


def test_a_member_who_left_and_a_picture_that_others_show(moved: Root, blogs: Blogs) -> None:
    (moved.path / "authors/marta.yaml").write_text(
        author("https://marta.example/feed", more="hackergotchi: larry.png\n")
    )
    moved.commit("Share a picture")
    to(moved, "larry", "lawrence")
    assert "hackergotchi: larry.png" in (moved.path / "authors/lawrence.yaml").read_text()
    assert (moved.path / "authors/larry.png").exists()
    moved.git("rm", "-q", "authors/lawrence.yaml")
    moved.commit("He left")
    to(moved, "lawrence", "lars")
    assert {post.nick for post in moved.posts()} == {"lars"}
    assert verify(moved.path).faults == ()


def test_a_shallow_clone_cannot_tell(moved: Root, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    moved.git("clone", "-q", "--depth=1", f"file://{moved.path}", str(clone))
    with pytest.raises(RepositoryError, match="shallow"):
        rename(clone, config.load(clone), "larry", "lawrence", now=NOW)
    with pytest.raises(PlanetError):
        rename(moved.path, config.load(moved.path), "larry", "", now=NOW)
