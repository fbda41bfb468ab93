"""The verdict on a proposal, on files and on the whole planet: all that stands in the way, and nothing of others."""

import struct
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.archive import post_file
from generator.archive import tree as archive_tree
from generator.check.findings import CheckResult, Finding, Level
from generator.check.ownership import Account
from generator.check.proposal import CheckOptions, examine, inspect, review
from generator.config import MAX_BYTES
from generator.errors import FileError
from generator.git import NOTHING, REGULAR, Proposal, Proposed
from generator.models import Post
from tests.support.entries import entry, posts_of
from tests.support.planets import NOW, SETTINGS, Blogs, author, item, rss

KIM, LARRY = "authors/kim.yaml", "authors/larry.yaml"
FACE = "authors/kim.png"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 96, 96) + b"\x08\x06\0\0\0"
WHO = Account(login="kim", number=5)
OWN = "github: kim\ngithub_id: 5\n"
BASE = {
    "pyproject.toml": SETTINGS.encode(),
    LARRY: author("https://larry.example/feed", more="github: larry\n").encode(),
    "authors/broken.yaml": b"nmae: Broken\n",
}


def kim(*feeds: str, name: str = "Kim", more: str = OWN) -> bytes:
    return author(*(feeds or ("https://kim.example/feed",)), name=name, more=more).encode()


def put(path: str, content: bytes | None, mode: str = REGULAR) -> Proposed:
    return Proposed(path=path, mode=mode if content is not None else NOTHING, size=len(content or b""), content=content)


def verdict(
    *files: Proposed,
    base: dict[str, bytes] | None = None,
    posts: Callable[[], Iterable[Post]] = tuple,
    offline: bool = True,
    vouched: bool = False,
    who: Account | None = WHO,
) -> CheckResult:
    terms = CheckOptions(now=NOW, offline=offline, who=who)
    terms = replace(terms, vouched=True) if vouched else terms
    return review(Proposal(base=BASE | (base or {}), files=files), terms, posts)


def errors(result: CheckResult) -> list[str]:
    return [str(remark) for remark in result.remarks if remark.level is Level.ERROR]


def test_a_newcomer_is_welcome_whatever_is_broken_elsewhere() -> None:
    assert verdict(put(KIM, kim())).remarks == ()
    assert verdict(put(KIM, kim(more=OWN + "hackergotchi: kim.png\n")), put(FACE, PNG)).remarks == ()


def test_the_planet_s_own_faults_are_not_the_proposal_s() -> None:
    with pytest.raises(FileError):
        verdict(put(KIM, kim()), base={"pyproject.toml": b"x"})


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (put(KIM, kim(), "120000"), [f"{KIM}: this is a symbolic link; commit the text itself, not a link to it"]),
        (put(KIM, b"nmae: [", "100755"), [f"{KIM}: this is marked as a program; commit it as a plain file (mode 644)"]),
        (
            put(KIM, kim() + b"#" * MAX_BYTES),
            [f"{KIM}: this is {len(kim()) + MAX_BYTES} bytes long; keep it below {MAX_BYTES}"],
        ),
    ],
)
def test_a_file_that_is_none_is_not_read(file: Proposed, said: list[str]) -> None:
    assert [word for word in errors(verdict(file)) if "does not say whose" not in word] == said


def test_each_fault_of_an_author_file_is_named() -> None:
    (first, *_) = errors(verdict(put(KIM, kim() + b"nmae: Kim\n")))
    assert first.startswith(f"{KIM}:6: ")
    assert "nmae" in first


def test_a_farewell_is_no_fault() -> None:
    base = {KIM: kim(more=OWN + "hackergotchi: kim.png\n"), FACE: PNG}
    assert verdict(put(KIM, None), put(FACE, None), base=base).remarks == ()
    (said,) = errors(verdict(put(FACE, None), base=base))
    assert said == f"{FACE}: {KIM} shows this picture; take its `hackergotchi` out as well"


def test_a_picture_needs_whoever_shows_it() -> None:
    (said,) = errors(verdict(put(FACE, PNG)))
    assert said == f"{FACE}: no author file shows this picture; add `hackergotchi: kim.png` to yours"
    (said,) = errors(verdict(put(KIM, kim()), put(FACE, PNG)))
    assert said.startswith(f"{FACE}: no author file shows this picture")
    base = {KIM: kim(more=OWN + "hackergotchi: kim.png\n"), FACE: PNG}
    assert verdict(put(FACE, PNG), base=base).remarks == ()
    assert verdict(put(FACE, b"no picture"), base=base).errors == 1
    link = verdict(put(FACE, b"no picture", "120000"), base=base)
    assert len(errors(link)) == 1, "what is no file is not looked at"


def test_a_maintainer_may_vouch_for_whose_it_is_and_for_what_it_touches_but_not_for_what_is_wrong() -> None:
    stranger, outside = put(LARRY, kim(name="Larry", more="github: larry\n")), put("README.md", b"")
    assert verdict(stranger, outside).errors == 2
    vouched = verdict(stranger, outside, vouched=True)
    assert [remark.level for remark in vouched.remarks] == [Level.WARNING] * 2
    assert {remark.remedy for remark in vouched.remarks} == {"a maintainer vouches for it"}
    assert verdict(put(KIM, b"nmae: x\n"), vouched=True).errors > 0
    assert verdict(put(KIM, kim(), "120000"), vouched=True).errors > 0


def test_a_new_author_is_compared_with_the_others_and_with_the_planet_and_not_with_itself() -> None:
    (said,) = errors(verdict(put(KIM, kim("https://larry.example/feed"))))
    assert said.startswith(f"{KIM}:5: ")
    assert "larry" in said
    for name, whose in (("Larry the Cow", "larry"), ("Planet Larry", "planet")):
        (remark,) = verdict(put(KIM, kim(name=name))).remarks
        assert (remark.level, remark.file, remark.line) == (Level.WARNING, KIM, 1)
        assert f"is that of {whose}; " in str(remark)
    (remark,) = verdict(put(KIM, kim(more=OWN + "email: planet@planet.invalid\n"))).remarks
    assert (remark.line, remark.level) == (4, Level.WARNING)
    for host in ("10.0.0.1", "localhost"):
        (said,) = errors(verdict(put(KIM, kim(f"http://{host}/feed"))))
        assert said.startswith(f"{KIM}:5: http://{host}/feed leads to ")
    assert verdict(put(KIM, kim()), base={KIM: kim()}).remarks == ()


def test_errors_stand_first_and_each_once() -> None:
    remarks = verdict(put(KIM, kim("http://10.0.0.1/", name="Larry the Cow", more="")), put("README.md", b"")).remarks
    levels = [remark.level for remark in remarks]
    assert levels == sorted(levels, key=list(Level).index)
    assert set(levels) == {Level.ERROR, Level.WARNING}
    assert len({*remarks}) == len(remarks)


def test_posts_are_read_once_and_only_for_a_nick_or_a_feed_that_may_have_some(blogs: Blogs) -> None:
    asked: list[None] = []
    (post,) = posts_of(entry())
    feed, other = blogs.put("/feed", rss(item(1), item(2), title="Larry")), f"{blogs.url}/other"
    blogs.put("/other", rss(item(3), title="Another"))

    def read_posts() -> tuple[Post, ...]:
        asked.append(None)
        return (post,)

    larry = author(feed, more="github: larry\n").encode()
    same = verdict(put(LARRY, larry), base={LARRY: larry}, posts=read_posts, who=None, offline=False)
    assert (len(asked), same.feeds) == (0, ()), "a feed that was there before is not asked"
    more = author(feed, other, more="github: larry\n").encode()
    added = verdict(put(LARRY, more), base={LARRY: larry}, posts=read_posts, who=None, offline=False)
    assert [(row.url, row.posts) for row in added.feeds] == [(other, 1)]
    assert [author.author.nick for author in added.newcomers] == ["larry"]
    assert len(asked) == 1
    new = verdict(put(KIM, author(feed, name="Kim", more=OWN).encode()), posts=read_posts, offline=False)
    assert [(row.nick, row.posts) for row in new.feeds] == [("kim", 2)]
    assert len(asked) == 2, "of a new nick: to know whether posts bear it"
    taken = verdict(put("authors/larry.yaml", kim()), base={LARRY: b""}, posts=read_posts)
    assert "posts bear" not in " ".join(errors(taken))


def test_posts_of_the_author_alone_are_no_news(blogs: Blogs) -> None:
    feed = blogs.put("/new", rss(item(1), item(2)))
    (post,) = posts_of(entry(1, guid="tag:larry,2026:1", link="https://larry.example/1", title="Post 1"))
    files = put(LARRY, author(feed, more="github: larry\n").encode())
    for nick, news in (("larry", 1), ("kim", 2)):
        theirs = post_of(post, nick)
        result = verdict(files, posts=lambda theirs=theirs: (theirs,), who=None, offline=False)
        assert [row.posts for row in result.feeds] == [news]
    takes = author(feed, more="github: larry\n").encode() + b"    authors: [Larry]\n"
    result = verdict(put(LARRY, takes), base={LARRY: files.content or b""}, who=None, offline=False)
    assert [row.url for row in result.feeds] == [feed], "whose entries are taken is asked anew"


def post_of(post: Post, nick: str) -> Post:
    return replace(post, nick=nick, path=post.path.replace("/larry/", f"/{nick}/"))


@pytest.mark.parametrize("before", [b"", b"x", b"[", b"feeds: 3\n", b"feeds: [3]\n", b"feeds:\n  - name: x\n", b"\xff"])
def test_an_author_file_that_was_broken_has_no_feeds_yet(before: bytes, blogs: Blogs) -> None:
    feed = blogs.put("/new", rss(item(1)))
    mended = put(LARRY, author(feed, more="github: larry\n").encode())
    result = verdict(mended, base={LARRY: before}, who=None, offline=False)
    assert [row.url for row in result.feeds] == [feed]


def test_who_is_not_active_is_not_asked(blogs: Blogs) -> None:
    content = author(f"{blogs.url}/feed", name="Kim", more=OWN + "status: former\n").encode()
    result = verdict(put(KIM, content), offline=False)
    assert (result.feeds, blogs.log) == ((), [])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A planet without a repository."""
    (tmp_path / "authors").mkdir()
    for path, content in BASE.items():
        (tmp_path / path).write_bytes(content)
    (tmp_path / "authors" / "broken.yaml").unlink()
    return tmp_path


OFFLINE = CheckOptions(now=NOW, offline=True)


def test_files_by_name(root: Path) -> None:
    (made,) = posts_of(entry())
    good, bad, latin = "posts/larry/good.md", "posts/larry/bad.md", "posts/larry/latin.md"
    (root / "posts" / "larry").mkdir(parents=True)
    (root / good).write_text(post_file.to_text(made))
    (root / bad).write_text("no head")
    (root / latin).write_bytes(post_file.to_text(made).encode() + b"\xe9")
    assert examine(root, [good, LARRY], OFFLINE).remarks == ()
    assert errors(examine(root, [good, bad, latin, "README.md"], OFFLINE)) == [
        f"{bad}:1: the file does not begin with front matter; begin with `---`, `title: …` and `---`",
        f"{latin}: this is not UTF-8; save it as UTF-8",
    ]
    (root / KIM).write_bytes(b"nmae: x\n")
    assert {remark.file for remark in examine(root, [KIM, LARRY], OFFLINE).remarks} == {KIM}


def whole(root: Path) -> tuple[Finding, ...]:
    return inspect(root, archive_tree.read(root), OFFLINE).remarks


def test_the_whole_planet(root: Path) -> None:
    assert whole(root) == ()
    (root / "posts").mkdir()
    (root / "posts" / "bad.md").write_text("no head")
    (root / KIM).write_bytes(b"nmae: x\n")
    (root / "authors" / "ann.yml").write_bytes(kim(name="Ann"))
    assert {remark.file for remark in whole(root) if remark.level is Level.ERROR} >= {KIM, "posts/bad.md"}


@pytest.mark.parametrize(
    ("path", "is_lost"),
    [
        ("kim.yaml", True),
        ("KIM.YML", True),
        ("author/kim.yaml", True),
        ("Authors/sub/kim.txt", True),
        ("authors/sub/kim.yaml", True),
        ("authors/README.md", False),
        ("authors/.kim.yaml.swp", False),
        ("other/kim.yaml", False),
        ("kim.txt", False),
    ],
)
def test_an_author_file_that_nobody_reads_is_remarked(path: str, is_lost: bool, root: Path) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(kim())
    remarks = whole(root)
    assert [(remark.level, remark.file) for remark in remarks] == ([(Level.WARNING, path)] if is_lost else [])
    (root / path).unlink()
    (root / path).symlink_to(root / LARRY)
    assert whole(root) == ()


def test_a_file_beside_authors_is_read_up_to_the_length_that_one_may_have(root: Path) -> None:
    content = kim()
    (root / "kim.yaml").write_bytes(content + b"#" * (MAX_BYTES - len(content)))
    assert len(whole(root)) == 1
    (root / "kim.yaml").write_bytes(content + b"#" * (MAX_BYTES - len(content) + 1))
    assert whole(root) == ()


def test_a_feed_that_gives_nothing_is_an_error_of_a_file_and_a_warning_of_a_planet(root: Path, blogs: Blogs) -> None:
    (root / LARRY).write_text(author(f"{blogs.url}/gone"))
    online = CheckOptions(now=NOW)
    assert examine(root, [LARRY], online).errors == 1
    result = inspect(root, archive_tree.read(root), online)
    assert result.errors == 0
    assert {(remark.level, remark.file) for remark in result.remarks} == {(Level.WARNING, LARRY)}
    assert [row.url for row in result.feeds] == [f"{blogs.url}/gone"]
    (root / LARRY).write_text(author(f"{blogs.url}/gone") + "nmae: x\n")
    assert inspect(root, archive_tree.read(root), online).errors > 0, "what is wrong is an error"
