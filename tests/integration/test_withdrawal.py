"""Posts that were withdrawn: no word of them is left in the tree, on the site or in an export, and they stay away."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from generator.archive.history.verify import verify
from generator.cli import main
from generator.models import Kind
from tests.support.planets import NOW, Blogs, Root, author, item, rss

DAY = timedelta(days=1)
SECRET = item(1, title="My Secret Wedding", body=f"<p>{'A secret that fills many lines. ' * 60}</p>")
PLACE = "posts/larry/2026/2026-11-01-{}9360b4d2"


def files(folder: Path) -> dict[str, str]:
    """The texts of all files, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def forgotten(larry: Root, blogs: Blogs) -> Root:
    """A planet of which a post has been withdrawn by Jane; its feed goes on telling it."""
    blogs.put("/feed", rss(SECRET, item(2)))
    larry.update()
    larry.git("config", "user.name", "Jane")
    larry.git("config", "user.email", "jane@example.org")
    path = PLACE.format("my-secret-wedding-") + ".md"
    assert main(["forget", "--root", str(larry.path), path, "--why", "asked for"]) == 0
    return larry


def test_no_word_is_left_in_the_tree_nor_in_what_git_says_of_it(forgotten: Root) -> None:
    tree = forgotten.git("ls-files", "posts").split()
    assert f"{PLACE.format('')}.md" in tree
    assert not any("secret" in path for path in tree)
    text = (forgotten.path / f"{PLACE.format('')}.md").read_text()
    assert "ecret" not in text
    assert "title" not in text
    said = forgotten.git("log", "-2", "--format=%an <%ae>|%cn|%B")
    assert "ecret" not in said
    assert said.count("Jane <jane@example.org>|Planet Larry|Withdraw a post of 2026-11-01 (larry)") == 2


def test_git_and_the_planet_follow_the_file_to_the_post(forgotten: Root, capsys: pytest.CaptureFixture[str]) -> None:
    path = f"{PLACE.format('')}.md"
    said = forgotten.git("log", "--follow", "--format=%s", "--", path).splitlines()
    assert said == ["Withdraw a post of 2026-11-01 (larry)"] * 2 + ['Add "My Secret Wedding" (larry)']
    assert "+A secret that fills many lines." in forgotten.git("log", "--follow", "-p", "--", path)
    assert verify(forgotten.path).faults == ()
    capsys.readouterr()
    for name in (path, PLACE.format("my-secret-wedding-") + ".md", "https://larry.example/1"):
        assert main(["history", "--root", str(forgotten.path), name]) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"{path}\na withdrawn post by Larry the Cow\n")
        assert "withdrawn by Jane, a person" in told
        assert "added by the planet" in told


def test_the_old_page_answers_without_a_word_of_the_post(forgotten: Root, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert main(["build", "--root", str(forgotten.path), "--out", str(site)]) == 0
    texts = files(site)
    old, new = (texts[f"{PLACE.format(words)}.html"] for words in ("my-secret-wedding-", ""))
    assert old == new
    assert "This post was withdrawn" in old
    assert "asked for" in old
    assert [path for path, text in texts.items() if "secret" in text.lower()] == []
    assert [path for path in texts if "secret" in path] == [f"{PLACE.format('my-secret-wedding-')}.html"]


def test_no_export_says_a_word(forgotten: Root, tmp_path: Path) -> None:
    for kind in ("json", "sqlite", "opml"):
        out = tmp_path / kind
        assert main(["export", kind, "--root", str(forgotten.path), "--out", str(out)]) == 0
        assert b"ecret" not in out.read_bytes()
    left = [post for post in json.loads((tmp_path / "json").read_text())["posts"] if "withdrawn" in post]
    assert [(post["path"], post["reason"]) for post in left] == [(f"{PLACE.format('')}.md", "asked for")]


def test_its_feed_brings_it_no_more(forgotten: Root, blogs: Blogs) -> None:
    """Whatever becomes of the entry: its GUID, its address, its text, and at last its host with a new GUID."""
    entries = [
        {},
        {"guid": "tag:larry,2026:other"},
        {"guid": "tag:larry,2026:other", "link": "https://larry.example/elsewhere"},
        {"guid": "tag:larry,2026:other", "link": "https://larry.example/elsewhere", "body": "<p>Other words.</p>"},
        {"guid": "https://new.example/?p=1", "link": "https://new.example/elsewhere", "body": "<p>Newer words.</p>"},
    ]
    for number, fields in enumerate(entries, 1):
        blogs.put("/feed", rss(SECRET | fields, item(2)))
        assert forgotten.update(now=NOW + number * DAY).kinds[Kind.ADD] == 0
    assert [post.withdrawn is None for post in forgotten.posts()] == [False, True]
    assert verify(forgotten.path).faults == ()


def test_old_tombstones_stay_valid_and_their_title_is_never_shown(larry: Root, blogs: Blogs, tmp_path: Path) -> None:
    """Those of earlier versions have a title, and words in their path."""
    blogs.put("/feed", rss(SECRET, item(2)))
    larry.update()
    path = PLACE.format("my-secret-wedding-") + ".md"
    text = (larry.path / path).read_text()
    head = "".join(
        f"{line}\n"
        for line in text.splitlines()[1:]
        if line.startswith(("title", "date", "nick", "guid", "canonical", "feed", "first_seen", "digest"))
    )
    (larry.path / path).write_text(f'---\n{head}withdrawn: 2026-11-20T00:00:00Z\nreason: "asked for"\n---\n')
    larry.commit("Withdraw as it was done before")
    assert larry.update(now=NOW + DAY).kinds.total() == 0
    assert verify(larry.path).faults == ()
    out = tmp_path / "site"
    assert main(["build", "--root", str(larry.path), "--out", str(out)]) == 0
    texts = files(out)
    assert "This post was withdrawn" in texts[path.replace(".md", ".html")]
    assert [name for name, text in texts.items() if "secret wedding" in text.lower()] == []
    for kind in ("json", "sqlite"):
        assert main(["export", kind, "--root", str(larry.path), "--out", str(tmp_path / kind)]) == 0
        assert b"Secret Wedding" not in (tmp_path / kind).read_bytes()


def test_a_post_whose_place_is_taken_is_not_written_over(larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    larry.update()
    first = larry.posts()[0]
    (larry.path / f"{PLACE.format('')}.md").write_text('---\ntitle: "Mine"\n---\n')
    larry.commit("Write by hand")
    assert main(["forget", "--root", str(larry.path), first.path, "--why", "asked for"]) == 1
    assert f"{PLACE.format('')}.md is there already" in capsys.readouterr().out


def test_a_broken_file_of_another_member_keeps_nobody_from_forgetting(
    larry: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    larry.update()
    broken = larry.path / "posts/marta/2026/2026-11-01-x.md"
    broken.parent.mkdir(parents=True)
    broken.write_text("no head")
    larry.commit("Break something")
    assert main(["forget", "--root", str(larry.path), "marta", "--why", "asked for"]) == 1
    assert "posts/marta/2026/2026-11-01-x.md:1: the file does not begin" in capsys.readouterr().out
    assert main(["forget", "--root", str(larry.path), "larry", "--why", "asked for"]) == 0


def marta(root: Root, blogs: Blogs, *items: dict[str, str]) -> str:
    """Makes marta a member, whose feed tells these entries; returns its address."""
    feed = blogs.put("/marta", rss(*items, title="Marta's blog", link="https://marta.example/"))
    (root.path / "authors/marta.yaml").write_text(author(feed, name="Marta"))
    root.commit("Welcome Marta")
    return feed


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"guid": "1", "link": "http://www.larry.example/1/?utm_source=planet"},
        {"link": "https://marta.example/1"},
        {"guid": "https://larry.example/1", "link": "https://marta.example/1", "title": "Other words"},
    ],
)
def test_nobody_else_brings_it_back(forgotten: Root, blogs: Blogs, fields: dict[str, str]) -> None:
    feed = marta(forgotten, blogs, SECRET | fields, item(7, link="https://marta.example/7", guid="7"))
    report = forgotten.update()
    assert (report.kinds, report.kept_away) == ({Kind.ADD: 1}, 1)
    assert report.summary().endswith(": 1 new, 1 kept away")
    assert json.loads(report.to_json())["kept_away"] == 1
    note = f"{feed}: an entry was not added: it was withdrawn from this planet as {PLACE.format('')}.md"
    assert report.notes == [note]
    assert note in forgotten.told
    assert [post.nick for post in forgotten.posts()] == ["larry", "larry", "marta"]


def test_another_entry_is_not_kept_away_by_a_name_that_means_nothing(larry: Root, blogs: Blogs) -> None:
    generic = {"guid": "1", "link": "https://larry.example/"}
    blogs.put("/feed", rss(SECRET | generic, item(2)))
    larry.update()
    assert main(["forget", "--root", str(larry.path), "secret-wedding", "--why", "x"]) == 1
    path = next(post.path for post in larry.posts() if post.guid == "1")
    assert main(["forget", "--root", str(larry.path), path, "--why", "asked for"]) == 0
    marta(larry, blogs, item(7, title="Hello", guid="1", link="https://larry.example/"))
    report = larry.update()
    assert (report.kinds, report.kept_away) == ({Kind.ADD: 1}, 0)


def test_it_is_said_what_git_s_past_keeps_and_what_erasing_takes(
    larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blogs.put("/feed", rss(SECRET, item(2)))
    larry.update()
    old, new = PLACE.format("my-secret-wedding-") + ".md", PLACE.format("") + ".md"
    assert main(["forget", "--root", str(larry.path), old, "--why", "asked for"]) == 0
    told = capsys.readouterr().out
    assert "git's past keeps the text" in told
    assert f"    git filter-repo --invert-paths --path {old}\n" in told
    assert "clones and forks" in told
    assert "caches" in told
    assert "witness" in told
    monkeypatch.setenv("FILTER_BRANCH_SQUELCH_WARNING", "1")  # git's own tool, which does the same
    larry.git("filter-branch", "--prune-empty", "--index-filter", f"git rm --cached -q --ignore-unmatch -- {old}")
    assert "ecret" not in larry.git("log", "-p")
    assert (larry.path / new).exists()
    assert verify(larry.path).faults == ()
    assert larry.update(now=NOW + DAY).kinds.total() == 0


def test_all_paths_that_a_text_ever_had_are_named(
    larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]
) -> None:
    blogs.put("/feed", rss(*(item(number) for number in range(1, 5)), item(5, title="日本")))
    larry.update()
    first, *others = (post.path for post in larry.posts())
    larry.git("mv", first, "posts/larry/mine.md")
    larry.commit("Move it")
    assert main(["forget", "--root", str(larry.path), "larry", "--why", "asked for"]) == 0
    told = capsys.readouterr().out
    assert "--paths-from-file LIST\n    where the file LIST holds these 6 lines:\n" in told
    listed = [line.strip() for line in told.splitlines() if line.startswith("    posts/")]
    assert sorted(listed) == sorted([first, "posts/larry/mine.md", *others])
    assert f"save {others[-1]} before, and commit it again" in told


def test_a_copy_of_another_member_s_goes_with_its_original(larry: Root, blogs: Blogs, tmp_path: Path) -> None:
    larry.update()
    original = larry.posts()[0]
    copy = larry.path / "posts/marta/2026/2026-11-01-a-copy-01234567.md"
    copy.parent.mkdir(parents=True)
    copy.write_text(f'---\ntitle: "A copy"\nguid: "7"\noriginal: "{original.path}"\n---\n\nWhat Larry said.\n')
    larry.commit("Copy")
    assert main(["forget", "--root", str(larry.path), original.path, "--why", "asked for"]) == 0
    assert [(post.nick, post.withdrawn is None, post.original) for post in larry.posts()] == [
        ("larry", False, ""),
        ("larry", True, ""),
        ("marta", False, ""),
    ]
    assert "Larry said" not in larry.git("grep", "-h", "", "--", "posts")
    assert main(["build", "--root", str(larry.path), "--out", str(tmp_path / "site")]) == 0
    page = (tmp_path / "site/posts/marta/2026/2026-11-01-a-copy-01234567.html").read_text()
    assert "This post was withdrawn" in page
