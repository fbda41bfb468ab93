"""Edits and withdrawals on the site, and the site as of then: from real git, through the command line."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from turbohtml import parse

from generator.archive import post_file
from generator.cli import main
from generator.models import Post
from tests.audit.links import faults
from tests.support.edited_posts import add, by_hand, day, new, retitle, revise
from tests.support.planets import SETTINGS, Root, author
from tests.support.sample_site import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"
NOTE = "the site does without the posts' history: "


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "planet", {"larry": author("https://larry.example/feed")})


def build(root: Path, *words: str, out: str = "_site") -> dict[str, str]:
    """Builds the site and returns its texts by path."""
    assert main(["build", "--root", str(root), "--strict", "--out", str(root / out), *words]) == 0
    files = [path for path in (root / out).rglob("*") if path.is_file()]
    assert list(faults(root / out)) == []
    return {path.relative_to(root / out).as_posix(): path.read_text("utf-8") for path in files}


def page(post: Post, kind: str = "") -> str:
    return post.path.replace(".md", f"{kind}.html")


def words(html: str) -> str:
    """The visible text on one line."""
    return " ".join(parse(html).to_text().split())


def test_a_post_that_never_changed_says_so(root: Root) -> None:
    add(root, new(), at=day(1, 9))
    site = build(root.path)
    assert "First seen here on October 1, 2019, 09:00 UTC. Unchanged since." in words(site[page(new())])
    assert page(new(), ".history") not in site
    assert "No post was edited or withdrawn so far." in words(site["edits/index.html"])
    assert '<a href="edits/index.html">Edits and withdrawals</a>' in site["index.html"]


def test_an_edited_post_leads_to_its_history(root: Root) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    post = revise(
        root,
        post,
        at=day(2),
        title="Post one",
        body=post.body.replace("some words", "other [words](https://x.example/)"),
    )
    revise(root, post, at=day(3), body=post.body.replace("third", "last"))
    site = build(root.path)
    own = words(site[page(post)])
    assert "edited 2×" in own
    assert (
        "First seen here on October 1, 2019, 09:00 UTC. Last changed on October 3, 2019, 08:00 UTC: what changed" in own
    )
    for front in ("index.html", "universe/index.html"):
        assert (
            f'<a href="{"" if front == "index.html" else "../"}{page(post, ".history")}">edited 2×</a>' in site[front]
        )
    history = site[page(post, ".history")]
    assert '<meta name="robots" content="noindex">' in history
    newest, oldest = history.split('<section class="day edit"')[1:3]
    assert (
        'The <del>third</del><ins>last</ins> has other [words]<span class="address">(https://x.example/)</span>.'
        in newest
    )
    assert '<p class="title">Post <del>1</del><ins>one</ins></p>' in oldest
    assert "changed by the author, 4 new words, 3 words gone" in words(oldest)
    assert "2 unchanged paragraphs" in words(newest)
    assert "09:00 UTC first seen by the planet" in words(history)


def test_commits_are_named_by_as_many_digits_everywhere_and_link_to_the_forge(root: Root) -> None:
    (root.path / "pyproject.toml").write_text(SETTINGS.replace("\n\n", '\nsource = "https://forge.example/p"\n\n', 1))
    root.commit("Name the forge")
    post = new()
    add(root, post, at=day(1, 9))
    revise(root, post, at=day(2), title="x")
    commit = root.git("rev-parse", "HEAD").strip()
    history = build(root.path)[page(post, ".history")]
    assert f'<a class="commit" href="https://forge.example/p/commit/{commit}">{commit[:12]}</a>' in history


def test_what_no_reader_would_notice_is_no_edit(root: Root) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    post = revise(root, post, at=day(2), guid="new", former_guids=(post.guid,), tags=("a",), updated=day(2))
    root.git("mv", post.path, "posts/larry/2019/moved.md")
    root.commit("Rename")
    by_hand(
        root,
        "posts/larry/2019/moved.md",
        post_file.to_text(post).replace("The second one stays", "The second\none stays"),
    )
    site = build(root.path)
    assert "Unchanged since" in words(site["posts/larry/2019/moved.html"])
    assert not [path for path in site if path.endswith(".history.html")]


def test_edits_and_withdrawals_are_listed_newest_first_and_in_a_feed(root: Root) -> None:
    first, second, third, removed = (
        new(1, title="First title"),
        new(2),
        new(3, title="Secret title", body="Secret."),
        new(4),
    )
    add(root, first, second, third, removed, at=day(5))
    revise(root, third, at=day(6), body="Secret words.")
    first = revise(root, first, at=day(7), body=first.body + "\n\nAnd more.")
    by_hand(root, second.path, post_file.to_text(second).replace("some words", "my words"))
    by_hand(root, removed.path, None, "Remove spam")
    assert main(["forget", "--root", str(root.path), third.path, "--why", "asked <to>"]) == 0
    site = build(root.path)
    listed = words(site["edits/index.html"])
    assert "A post by Larry the Cow of October 4, 2019 was removed from the archive by Larry" in listed
    assert "A post by Larry the Cow of October 3, 2019, 08:00 UTC was withdrawn: asked <to>" in listed
    assert "corrected here by Larry, 1 new word, 1 word gone" in listed
    assert listed.index("Post 2 Larry the Cow") < listed.index("First title Larry the Cow")
    assert "secret" not in "".join(text for path, text in site.items() if "edits" in path).lower()
    assert page(third, ".history") not in site
    assert "what changed" not in words(site[page(third)])
    feed = ET.fromstring(site["edits.xml"])
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert sorted(map(str, titles)) == [
        "First title", "Post 2", "Removed: a post by Larry the Cow", "Withdrawn: a post by Larry the Cow",
    ]  # fmt: skip
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 4
    oldest = feed.findall(f"{ATOM}entry")[-1]
    assert oldest.findtext(f"{ATOM}updated") == "2019-10-07T08:00:00Z"
    assert "<ins>And more.</ins>" in str(oldest.findtext(f"{ATOM}content"))
    assert "<?xml" in site["edits.xml"][:5]


def test_the_page_of_edits_is_recent(root: Root) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    retitle(root, post, [f"Title {number}" for number in range(102)], at=day(2))
    site = build(root.path)
    assert site["edits/index.html"].count('<p class="title">') == 100
    assert "<del>100</del><ins>101</ins>" in site["edits/index.html"]
    assert site["edits.xml"].count("<entry>") == 50
    history = site[page(new(), ".history")]
    assert history.count('<p class="title">') == 50
    assert "edited 102×" in words(history)
    assert "52 earlier edits can be seen in the repository only." in words(history)


def test_an_edit_of_everything_is_not_told_word_by_word(root: Root) -> None:
    post = new(body="\n\n".join(f"Paragraph {number} has words." for number in range(100)))
    add(root, post, at=day(1, 9))
    every = post.body.replace("has words", "has other words")
    post = revise(root, post, at=day(2), body=every)
    post = revise(root, post, at=day(3), body=every.replace("\n\n", "\n\nStay.\n\n"))
    long = " ".join(str(number) for number in range(9999))
    revise(root, post, at=day(4), body=long)
    history = build(root.path)[page(post, ".history")]
    assert "and 69 more passages" in words(history)
    assert "9999 new words" in words(history)
    assert len(history) < 40_000


def test_a_stranger_s_words_are_words_there_too(root: Root) -> None:
    post = new(body=HOSTILE, title="Old")
    add(root, post, at=day(1, 9))
    revise(root, post, at=day(2), title=HOSTILE, body=f"{HOSTILE} {HOSTILE}")
    site = build(root.path)
    for path in (page(post, ".history"), "edits/index.html"):
        assert "<script>" not in site[path]
        assert "onerror" not in re.sub(r"&lt;img.*?&gt;", "", site[path])
    content = ET.fromstring(site["edits.xml"]).findtext(f"{ATOM}entry/{ATOM}content")
    assert "<script>" not in str(content)


def test_two_clones_give_the_same_bytes(root: Root, tmp_path: Path) -> None:
    post = new()
    add(root, post, new(2), at=day(2, 9))
    revise(root, post, at=day(3), title="x")
    root.git("clone", "-q", str(root.path), str(tmp_path / "clone"))
    assert build(root.path) == build(tmp_path / "clone")


@pytest.mark.parametrize("kind", ["no repository", "a shallow clone"])
def test_without_its_past_the_site_does_without_edits_and_says_so_once(
    kind: str, root: Root, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    revise(root, post, at=day(2), title="x")
    place = tmp_path / "elsewhere"
    if kind == "a shallow clone":
        root.git("clone", "-q", "--depth=1", f"file://{root.path}", str(place))
    else:
        root.git("checkout-index", "--all", f"--prefix={place}/")
    site = build(place)
    assert capsys.readouterr().out.count(NOTE) == 1
    assert not [path for path in site if "edits" in path or "history" in path]
    told = words(site[page(post)])
    assert "First seen here on October 1, 2019, 09:00 UTC." in told
    assert "Unchanged since." not in told
    assert "Edits and withdrawals" not in site["index.html"]


# --- the site as of then


@pytest.fixture
def old(root: Root) -> Root:
    """A planet in which everything became something else on the third day."""
    post = new(title="Old title")
    add(root, post, at=day(1, 9))
    post = revise(root, post, at=day(2, 23), title="Middle title")
    revise(root, post, at=day(3, 0), title="New title")
    (root.path / "authors" / "larry.yaml").write_text(author("https://larry.example/feed", name="Larry the Bull"))
    (root.path / "pyproject.toml").write_text(SETTINGS.replace('title = "Planet Larry"\nurl', 'title = "Another"\nurl'))
    (root.path / "posts" / "larry" / "draft.md").write_text("---\ntitle: Draft\ndate: 2019-10-03\n---\n")
    root.commit("Become another")
    return root


@pytest.mark.parametrize(
    ("at", "title", "edited"),
    [
        ("2019-10-02", "Middle title", "edited 1×"),
        ("2019-10-02T22:59:59Z", "Old title", "Unchanged since"),
        ("2019-10-03", "New title", "edited 2×"),
        ("HEAD~1", "New title", "edited 2×"),
        ("main~3", "Old title", "Unchanged since"),
    ],
)
def test_the_site_as_of_then(at: str, title: str, edited: str, old: Root, capsys: pytest.CaptureFixture[str]) -> None:
    (old.path / "authors" / "larry.yaml").write_text("this is being written")
    before = old.git("status", "--porcelain", "-uall"), (old.path / ".git" / "index").read_bytes()
    site = build(old.path, "--at", at)
    own = words(site[page(new(title="Old title"))])
    assert title in own
    assert edited in own
    assert "Larry the Cow" in own
    assert "Planet Larry" in own
    assert "posts/larry/draft.html" not in site
    assert ", as of commit " in capsys.readouterr().out
    assert (old.git("status", "--porcelain", "-uall"), (old.path / ".git" / "index").read_bytes()) == before


def test_the_site_of_the_last_commit_is_the_site(old: Root) -> None:
    assert build(old.path, "--at", "HEAD") == build(old.path, out="now")


def test_faces_are_those_of_then_and_the_look_is_that_of_today(root: Root) -> None:
    larry = root.path / "authors" / "larry.yaml"
    (root.path / "authors" / "larry.png").write_bytes(b"then")
    larry.write_text(author("https://larry.example/feed", more="hackergotchi: larry.png\n"))
    root.commit("Show a face")
    add(root, new(), at=day(1))
    (root.path / "authors" / "larry.png").write_bytes(b"now")
    (root.path / "theme/pages").mkdir(parents=True)
    (root.path / "theme/pages/404.html").write_text("Nothing here.")
    site = build(root.path, "--at", "HEAD")
    assert site["authors/larry/hackergotchi.png"] == "then"
    assert site["404.html"] == "Nothing here."


def test_a_link_in_an_earlier_tree_leads_nowhere(root: Root, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(author("https://larry.example/feed", name="Secret"))
    (root.path / "authors" / "mallory.yaml").symlink_to(tmp_path / "secret.yaml")
    root.commit("Link")
    assert main(["build", "--root", str(root.path), "--at", "HEAD"]) == 0
    pages = (path for path in (root.path / "_site").rglob("*") if path.is_file())
    assert not any(b"Secret" in path.read_bytes() for path in pages)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2001-01-01", "there is no commit recorded at or before 2001-01-01 23:59:59 UTC"),
        ("nothing", "there is no commit called 'nothing'"),
        ("HEAD:authors", "there is no commit called 'HEAD:authors'"),
    ],
)
def test_a_then_that_never_was_is_explained(at: str, told: str, root: Root, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(root.path), "--at", at]) == 1
    assert told in capsys.readouterr().out
    assert not (root.path / "_site").exists()


def test_a_day_that_is_none_is_a_wrong_command_line(root: Root) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["build", "--root", str(root.path), "--at", "2019-13-01"])
    assert caught.value.code == 2
