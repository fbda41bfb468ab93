"""A build over an older one: whatever changed, the site is that of a build from nothing, and little of it is made."""

import json
import os
import time
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import cache
from generator.archive import index
from generator.archive import tree as archive_tree
from generator.archive.history import index as history_index
from generator.archive.post_file import to_text
from generator.build.fingerprint import Fingerprinter
from generator.cli import main
from generator.errors import PlanetError
from generator.feeds import fetch_log
from generator.feeds import state as feeds_state
from generator.models import FetchRecord, PostHead, feed_state
from generator.parallel import fork_map
from tests.integration.test_build import files
from tests.support.edited_posts import add, day, new, revise
from tests.support.planets import Root, author
from tests.support.sample_site import build, every_kind, make_author, make_planet, make_post


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("planet")


POSTS = [*every_kind(), *(make_post(number, tags=("many",)) for number in range(20, 24))]


def changed(number, **fields):
    """The posts, of which one became another."""
    return [replace(post, **fields) if place == number else post for place, post in enumerate(POSTS)]


PLANET = make_planet()


def with_authors(*authors):
    return replace(PLANET, authors=authors)


CHANGES = {
    "nothing": (PLANET, POSTS, 0),
    "a new post": (PLANET, [*POSTS, make_post(25)], 60),
    "a post less": (PLANET, POSTS[1:], 999),
    "another title": (PLANET, changed(2, title="Another"), 999),
    "another text": (PLANET, changed(2, body="Another text."), 999),
    "another date": (PLANET, changed(2, date=make_post(26).date), 999),
    "another tag": (PLANET, changed(2, tags=("many",)), 999),
    "an author's name": (with_authors(replace(PLANET.authors[0], name="Z"), *PLANET.authors[1:]), POSTS, 999),
    "a new author": (with_authors(*PLANET.authors, make_author("zed", "Zed")), POSTS, 60),
    "a setting": (replace(PLANET, title="Another planet"), POSTS, 999),
    "the time zone": (replace(PLANET, timezone="Asia/Tokyo"), POSTS, 999),
}


@pytest.mark.parametrize(("planet", "posts", "most"), CHANGES.values(), ids=CHANGES.keys())
def test_a_build_over_an_older_one_is_a_build_from_nothing(root, planet, posts, most):
    build(PLANET, POSTS, root=root, out=root / "warm")
    report = build(planet, posts, root=root, out=root / "warm")
    cold = root / str(len(list(root.iterdir())))
    build(planet, posts, root=root, out=cold)
    assert files(root / "warm") == files(cold)
    assert report.written <= most


def test_pages_that_show_nothing_new_are_not_even_rendered(tmp_path, monkeypatch):
    build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site")
    monkeypatch.setattr("generator.build.theme.Theme.render", lambda *_: pytest.fail("a page was rendered"))
    assert build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site").written == 0


def test_another_template_makes_the_pages_anew(tmp_path):
    build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site")
    (tmp_path / "theme/pages").mkdir(parents=True)
    (tmp_path / "theme/pages/notice.html").write_text("{{ planet.title }}: another")
    (tmp_path / "theme/pages/about.html").write_text("{{ planet.title }}: another")
    assert build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site").written == 1
    assert (tmp_path / "site/about/index.html").read_text() == f"{PLANET.title}: another"


def test_what_is_remembered_may_be_lost_or_be_rubbish(tmp_path):
    build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site")
    whole = files(tmp_path / "site")
    for rubbish in (b"", b"[]", b'{"made_by": 1}', b"\xff", b'{}\n["a"]', b'{}\n[["a", [1, 2]]]'):
        for path in (tmp_path / ".cache").glob("site-*"):
            path.write_bytes(rubbish)
        assert build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site").written == 0
    assert files(tmp_path / "site") == whole


def test_one_process_or_two_any_zone_and_language_give_the_same_bytes(tmp_path, monkeypatch):
    build(PLANET, POSTS, root=tmp_path, out=tmp_path / "one", jobs=1)
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setattr("generator.build.pipeline.FEW", 0)  # so few posts are not worth a second process
    time.tzset()
    try:
        report = build(PLANET, POSTS, root=tmp_path, out=tmp_path / "two", jobs=2)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert report.written == report.pages


@pytest.mark.parametrize("few", [0, 100])
def test_a_template_that_is_none_leaves_the_site_as_it_was(tmp_path, monkeypatch, few):
    """Wherever the templates are compiled."""
    monkeypatch.setattr("generator.build.pipeline.FEW", few)
    build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site")
    whole = files(tmp_path / "site")
    (tmp_path / "theme/pages").mkdir(parents=True)
    (tmp_path / "theme/pages/about.html").write_text("{% if %}")
    with pytest.raises(PlanetError, match=r"theme/pages/about\.html:1: .*; mend the template"):
        build(PLANET, POSTS, root=tmp_path, out=tmp_path / "site")
    assert files(tmp_path / "site") == whole


# --- work for several processes


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_results_come_in_the_order_of_the_pieces_from_whichever_process(processes):
    told = fork_map(lambda number: (number * number, os.getpid()), range(100), jobs=processes)
    assert [number for number, _ in told] == [number * number for number in range(100)]
    assert len({process for _, process in told}) <= processes


def test_a_fault_in_any_process_is_raised():
    mine = os.getpid()

    def work(number):
        if os.getpid() != mine or number == 99:
            raise ValueError(f"the fault of {number}")

    with pytest.raises(ValueError, match="the fault of"):
        fork_map(work, range(100), jobs=2)


# --- marks

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_marks_are_equal_where_values_are(one, other):
    assert (Fingerprinter().of(one) == Fingerprinter().of(other)) == (repr(one) == repr(other))


@pytest.mark.parametrize("field", ["title", "body", "guid", "lang", "description", "rights", "canonical_url"])
def test_a_noun_is_marked_by_each_of_its_fields(field):
    post = make_post(1)
    marks = Fingerprinter()
    assert marks.of(post) == Fingerprinter().of(make_post(1))
    assert marks.of([replace(post, **{field: "other"})]) != marks.of([post])


def test_what_was_forgotten_has_the_same_mark():
    post, author = make_post(1), make_author("zed", "Zed")
    marks = Fingerprinter(lasting=[type(author)])
    before = marks.of([post, author])
    marks.forget()
    assert marks.of([post, author]) == before
    marks.forget()


def test_what_has_no_mark_says_so():
    with pytest.raises(TypeError, match="has no mark"):
        Fingerprinter().of({"page": object()})


# --- a planet of which nothing changed


@pytest.fixture
def planet(tmp_path):
    root = Root(tmp_path / "planet", {"larry": author("https://larry.example/feed")})
    add(root, new(1), new(2), at=day(1))
    (root.path / ".cache").mkdir()
    assert main(["build", "--root", str(root.path)]) == 0
    return root


@pytest.fixture
def told(planet, capsys):
    """What a build says."""

    def told(*words):
        capsys.readouterr()
        status = main(["build", "--root", str(planet.path), *words])
        return status, capsys.readouterr().out

    return told


def test_a_build_of_the_same_reads_no_post_and_says_so(told):
    assert "nothing has changed" in told()[1]
    assert "nothing has changed" not in told("--base-url", "https://elsewhere.example/")[1]


FILE = new(1).path


@pytest.mark.parametrize(
    "change",
    [
        lambda root: revise(root, new(1), at=day(2), title="Another"),
        lambda root: (root.path / FILE).write_text((root.path / FILE).read_text() + "\nMore.\n"),
        lambda root: (root.path / FILE).with_name("mine.md").write_text("---\ntitle: Mine\ndate: 2019-01-01\n---\nI"),
        lambda root: (root.path / FILE).unlink(),
        lambda root: (root.path / "authors/larry.yaml").write_text(author("https://larry.example/feed", name="L.")),
        lambda root: (root.path / "_site/index.html").unlink(),
        lambda root: (root.path / "_site/index.html").write_text("mine"),
        lambda root: (root.path / "_site/more.html").write_text("mine"),
        lambda root: (root.path / ".cache/feeds.json").write_text('{"version": 1, "feeds": {}}'),
    ],
    ids="commit edit new gone author lost changed stranger cache".split(),
)
def test_whatever_changes_is_seen(planet, told, change):
    change(planet)
    assert "nothing has changed" not in told()[1]
    cold = planet.path.parent / "cold"
    assert "nothing has changed" not in told("--out", str(cold))[1]
    assert files(planet.path / "_site") == files(cold)


LASTING = {
    "a post": lambda root: revise(root, new(1), at=day(2), title="Another"),
    "an edit": lambda root: (root.path / FILE).write_text((root.path / FILE).read_text() + "\nMore.\n"),
    "a new post": lambda root: add(root, new(3), at=day(3)),
    "a post less": lambda root: (root.path / FILE).unlink(),
    "an author": lambda root: (root.path / "authors/larry.yaml").write_text(
        author("https://larry.example/feed", name="L.")
    ),
    "a feed's state": lambda root: ask(root.path, "it is not there"),
    "no front matter": lambda root: (root.path / FILE).write_text("mine"),
}


@pytest.mark.parametrize("change", LASTING.values(), ids=LASTING.keys())
def test_of_the_builds_after_a_change_only_the_first_does_anything(planet, told, monkeypatch, change):
    """What stands is remembered as it stands, by the build that wrote it and by those that let it stand."""
    site, same = planet.path / "_site", " 0 written" if change is LASTING["no front matter"] else "nothing has changed"
    for step in (change, lambda root: revise(root, new(2), at=day(4), title="Another yet")):
        step(planet)
        assert " 0 written" not in told()[1]
        after = traces(site)
        with monkeypatch.context() as patch:
            patch.setattr("generator.build.theme.Theme.render", lambda *_: pytest.fail("a page was rendered"))
            for _ in range(3):
                assert same in told()[1]
                assert traces(site) == after
    cold = planet.path.parent / "cold"
    told("--out", str(cold))
    assert files(site) == files(cold)


@pytest.mark.parametrize("asked", [True, False])
def test_a_commit_without_news_renders_no_page_whatever_build_was_before(planet, told, monkeypatch, asked):
    if asked:
        ask(planet.path)
        assert "only how feeds are has changed" in told()[1]
    (planet.path / "README").write_text("Hello")
    planet.commit("Say hello")
    monkeypatch.setattr("generator.build.theme.Theme.render", lambda *_: pytest.fail("a page was rendered"))
    assert " 0 written" in told()[1]


def traces(folder):
    """By path what a file system tells of each file: written anew it is another."""
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


# --- a planet of which only the feeds were asked again


def ask(root, reason=""):
    """What an update without news leaves behind."""
    feed, when = "https://larry.example/feed", day(3)
    known = feed_state.FeedState(outcome=reason, read=when)
    feeds_state.save(root, feeds_state.Cache(feeds={feed: known}))
    fetch_log.add_records(root, {feed: FetchRecord(when=when, status=304, reason=reason)}, keep=[feed])


@pytest.mark.parametrize("reason", ["", "it is not there"])
def test_where_feeds_brought_nothing_only_their_states_are_made(planet, told, monkeypatch, reason):
    ask(planet.path, reason)
    with monkeypatch.context() as patch:
        patch.setattr("generator.archive.index.read", lambda *_: pytest.fail("the archive was read"))
        assert "2 written" in told()[1]
        assert "nothing has changed" in told()[1]
    told("--out", str(planet.path.parent / "cold"))
    assert files(planet.path / "_site") == files(planet.path.parent / "cold")
    state = (planet.path / "_site/status/larry/index.html").read_text()
    assert new(2).title in state
    assert reason in state.lower()


@pytest.mark.parametrize("totals", ["x", [["a", 1]], [["larry", "f", 1, {"name": "x"}]], None])
def test_what_stands_of_each_feed_may_be_lost_or_be_rubbish(planet, told, totals):
    (file,) = (planet.path / ".cache").glob("site-*.jsonl")
    head, _, rows = file.read_text().partition("\n")
    file.write_text(json.dumps({**json.loads(head), "totals": totals}) + "\n" + rows)
    ask(planet.path)
    assert "2 posts of 1 author" in told()[1]
    told("--out", str(planet.path.parent / "cold"))
    assert files(planet.path / "_site") == files(planet.path.parent / "cold")


def test_states_are_not_made_alone_where_more_has_changed(planet, told):
    for change in (
        lambda: revise(planet, new(1), at=day(2), title="Another"),
        lambda: (planet.path / "_site/index.html").unlink(),
        lambda: (planet.path / "authors/larry.yaml").write_text(author("https://larry.example/feed", name="L.")),
    ):
        ask(planet.path)
        change()
        assert "2 posts of 1 author" in told()[1]


def test_a_fault_is_told_each_time(planet, told):
    (planet.path / FILE).with_name("mine.md").write_text("no front matter")
    for _ in range(2):
        status, lines = told("--strict")
        assert status == 1
        assert "mine.md:1" in lines


# --- what is kept between builds

KINDS = ["heads.jsonl", "past.jsonl"]


def kept(root):
    """What a build reads: the heads of the posts, and what happened to them."""
    tree = index.read(root)
    return tree, history_index.lives(root, "HEAD")


def told_anew(root):
    """The same where nothing is kept."""
    for name in KINDS:
        (root / ".cache" / name).unlink(missing_ok=True)
    return kept(root)


def merge(root):
    """A branch with an edit of its own, merged: its commits may be told before or after ours."""
    root.git("checkout", "-q", "-b", "side", "HEAD~1")
    revise(root, new(2), at=day(2), title="On the side")
    root.git("checkout", "-q", "-")
    revise(root, new(1), at=day(3), title="On the way")
    root.git("merge", "-q", "--no-edit", "-s", "ours", "side")


def rename(root):
    moved = FILE.replace("post-1", "moved")
    root.git("mv", FILE, moved)
    root.git("commit", "-q", "-m", "Move")


def rewrite(root):
    root.git("commit", "-q", "--amend", "--allow-empty", "-m", "Another past")


PASTS = {
    "nothing": lambda _: None,
    "commits": lambda root: (revise(root, new(1), at=day(2), title="B"), add(root, new(3), at=day(3))),
    "an edit": lambda root: (root.path / FILE).write_text((root.path / FILE).read_text() + "\nMore.\n"),
    "a file less": lambda root: (root.path / FILE).unlink(),
    "no post": lambda root: (root.path / FILE).write_text("mine"),
    "a merge": merge,
    "a move": rename,
    "another past": rewrite,
}


@pytest.mark.parametrize("stale", [True, False], ids=["kept anew", "kept as it was"])
@pytest.mark.parametrize("change", PASTS.values(), ids=PASTS.keys())
def test_what_was_kept_is_what_would_be_read(planet, monkeypatch, change, stale):
    root = planet.path
    revise(planet, new(2), at=day(1, 12), title="Revised")
    kept(root)
    monkeypatch.setattr("generator.cache.is_stale", lambda **_: stale)
    change(planet)
    warm = kept(root)
    again = kept(root)
    assert warm == again == told_anew(root)
    posts = {post.path: post for post in archive_tree.read(root).posts}
    assert {head.path for head in warm[0].heads} == set(posts)
    names = [one.name for one in fields(PostHead)]
    assert all(getattr(head, name) == getattr(posts[head.path], name) for head in warm[0].heads for name in names)


@pytest.mark.parametrize("name", KINDS)
def test_what_is_kept_may_be_rubbish(planet, name):
    root = planet.path
    whole = kept(root)
    file = root / ".cache" / name
    mark = cache.program_key()
    rubbish = ["", "[]", "{}", '{"program": 1}', "\udcff", f'{{"program": "{mark}", "commit": "--all"}}\n']
    rubbish += [
        f'{{"program": "{mark}", "commit": "{40 * "a"}"}}\n{row}' for row in ("", '["a"', '["a", 1]', "1", "{}")
    ]
    rubbish += [f'{{"program": "{mark}", "commit": "{40 * "a"}"}}\n[["a", [[1]]]]', file.read_text()[:-20]]
    for text in rubbish:
        file.write_text(text, "utf-8", "surrogateescape")
        assert kept(root) == whole


def test_every_field_of_a_head_is_kept(tmp_path, monkeypatch):
    """In a repository: elsewhere git vouches for no file, and each is read whatever the cache holds."""
    root = Root(tmp_path / "planet", {})
    (root.path / ".cache").mkdir()
    full = make_post(30, former_guids=("a",), also_at=("https://b.example/",), excerpt=True)
    for post in (*every_kind(), full):
        file = root.path / post.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(to_text(post), "utf-8", "surrogateescape")
    root.commit("Posts")
    first = index.read(root.path)
    monkeypatch.setattr("generator.archive.post_file.head_from_text", lambda *_: pytest.fail("a file was read"))
    again = index.read(root.path)
    assert again == first
    assert next(head for head in again.heads if head.path == full.path).also_at == full.also_at
