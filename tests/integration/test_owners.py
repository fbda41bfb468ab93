"""Nicks and author files have owners: who may take a nick that somebody had, and who may mend a broken file."""

from pathlib import Path

import pytest

from generator.cli import main
from tests.support.planets import Blogs, Root, author, item, rss
from tests.support.proposals import Change, propose

LARRY, MALLORY = ("larry", 77), ("mallory", 666)
OWN = "github: larry\ngithub_id: 77\n"
THEIRS = "github: mallory\ngithub_id: 666\n"


def kim(more: str = OWN) -> str:
    return author("https://kim.example/feed", name="Kim", more=more)


@pytest.fixture
def planet(larry: Root) -> Root:
    """A planet that Kim, whose account is Larry's, has left."""
    join(larry, kim())
    leave(larry)
    return larry


def join(root: Root, text: str, nick: str = "kim") -> None:
    (root.path / "authors" / f"{nick}.yaml").write_text(text)
    root.commit(f"{nick} joins")


def leave(root: Root, nick: str = "kim") -> None:
    (root.path / "authors" / f"{nick}.yaml").unlink()
    root.commit(f"{nick} leaves")


def check(root: Root, changes: dict[str, Change], who: tuple[str, int] | None = MALLORY, *words: str) -> int:
    """The exit status of the check of a pull request that makes these changes."""
    propose(root, {"offer": changes})
    by = ["--by", who[0], "--by-id", str(who[1])] if who else []
    return main(["check", "--root", str(root.path), "--offline", "--base", "main", "--head", "offer", *by, *words])


NEW: dict[str, Change] = {"authors/kim.yaml": kim(THEIRS)}


def test_a_nick_comes_back_to_its_owner_alone(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(planet, NEW) == 1
    shown = capsys.readouterr().out
    assert "authors/kim.yaml: the nick kim was that of larry before; choose another nick, or ask a maintainer" in shown
    assert check(planet, NEW, MALLORY, "--override") == 0
    assert "a maintainer vouches for it" in capsys.readouterr().out
    assert check(planet, {"authors/kim.yaml": kim()}, ("renamed", 77)) == 0, "the number decides"
    assert check(planet, {"authors/kim.yaml": kim("github: larry\ngithub_id: 5\n")}, ("larry", 5)) == 1


def test_a_nick_whose_owner_is_known_by_name_alone(larry: Root) -> None:
    join(larry, kim("github: Larry\n"))
    leave(larry)
    assert check(larry, {"authors/kim.yaml": kim("github: larry\n")}, LARRY) == 0
    assert check(larry, NEW) == 1


def test_a_nick_of_nobody_in_particular(larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    join(larry, kim(""))
    leave(larry)
    assert check(larry, NEW) == 1
    assert "the nick kim was that of somebody else before" in capsys.readouterr().out
    assert check(larry, NEW, MALLORY, "--override") == 0


def test_a_nick_that_only_posts_bear(larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    post = larry.path / "posts" / "kim" / "2026" / "2026-01-01-x-00000000.md"
    post.parent.mkdir(parents=True)
    post.write_text('---\ntitle: "x"\n---\n\nWords.\n')
    larry.commit("A post")
    assert check(larry, NEW) == 1
    assert "authors/kim.yaml: posts bear the nick kim already; choose another nick" in capsys.readouterr().out
    assert check(larry, {"authors/new.yaml": kim(THEIRS)}) == 0


def test_whoever_had_a_nick_last_has_it(planet: Root) -> None:
    join(planet, kim(THEIRS))
    leave(planet)
    assert check(planet, NEW) == 0
    assert check(planet, {"authors/kim.yaml": kim()}, LARRY) == 1


def test_a_broken_file_is_mended_by_the_owner_of_its_last_right_text(
    planet: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    join(planet, kim())
    for broken in ("name: [\n", kim(THEIRS) + "nmae: Kim\n", "name: Kim\n" + THEIRS):
        (planet.path / "authors/kim.yaml").write_text(broken)
        planet.commit("Broken")
        assert check(planet, {"authors/kim.yaml": kim()}, LARRY) == 0
        assert check(planet, NEW) == 1
        assert "this is the file of larry, not of mallory" in capsys.readouterr().out
    leave(planet)
    assert check(planet, NEW) == 1, "the last right text counts after a farewell, too"
    assert check(planet, {"authors/kim.yaml": kim()}, LARRY) == 0


def test_what_a_merged_branch_did_and_undid_makes_nobody_an_owner(
    planet: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    planet.git("checkout", "-q", "-b", "side")
    join(planet, kim(THEIRS))
    leave(planet)
    join(planet, author("https://mallory.example/feed", name="Mallory", more=THEIRS), "mallory")
    planet.git("checkout", "-q", "main")
    words = ["check", "--root", str(planet.path), "--offline", "--base", "main", "--head", "side"]
    assert main([*words, "--by", "mallory", "--by-id", "666"]) == 1
    assert "authors/kim.yaml: a commit of this changes the file, and a later one takes that" in capsys.readouterr().out
    planet.git("merge", "-q", "--no-ff", "side")
    assert check(planet, NEW) == 1


def test_a_maintainer_without_an_account_is_warned(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(planet, NEW, None) == 0
    assert "warning: authors/kim.yaml: the nick kim was that of larry before" in capsys.readouterr().out


def test_a_shallow_clone_cannot_tell(planet: Root, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    propose(planet, {"offer": NEW})
    planet.git("clone", "-q", "--depth=2", "--no-single-branch", f"file://{planet.path}", str(tmp_path / "shallow"))
    words = ["check", "--root", str(tmp_path / "shallow"), "--base", "main", "--head", "origin/offer", "--offline"]
    assert main([*words, "--by", "mallory"]) == 1
    assert "git fetch --unshallow" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["add", "import", "init", "check"])
def test_at_home_a_nick_that_comes_back_is_a_warning(
    command: str, planet: Root, blogs: Blogs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = blogs.put("/kim", rss(item(1, guid="k")))
    if command == "import":
        (tmp_path / "list.csv").write_text(f"nick,name,feed\nkim,Kim,{feed}\n")
    if command == "check":
        (planet.path / "authors/kim.yaml").write_text(author(feed))
    root = ["--root", str(planet.path)]
    words = {
        "add": ["add", feed, "--nick", "kim", *root],
        "import": ["import", str(tmp_path / "list.csv"), *root],
        "init": ["init", str(planet.path), feed],
        "check": ["check", "authors/kim.yaml", "--offline", *root],
    }
    assert main(words[command]) == 0
    shown = capsys.readouterr().out
    assert "warning: authors/kim.yaml: somebody had the nick kim before; " in shown
    assert "choose another nick, unless this is the same person" in shown
    (planet.path / "authors/new.yaml").write_text(author(blogs.url + "/n"))
    assert main(["check", "authors/new.yaml", "authors/larry.yaml", "--offline", *root]) == 0
    assert "somebody had" not in capsys.readouterr().out


def test_a_revision_bears_the_name_of_whoever_has_the_nick(larry: Root, blogs: Blogs) -> None:
    """A maintainer vouched for another Larry, whose feed tells the GUID of a post that is not his."""
    larry.update()
    (larry.path / "authors/larry.yaml").write_text(author(blogs.url + "/feed", name="Another Larry"))
    larry.commit("Another one")
    blogs.put("/feed", rss(item(1, body="<p>Words that the first one never wrote, and would not.</p>"), item(2)))
    larry.update()
    first, second = larry.posts()
    assert (first.author, second.author) == ("Another Larry", "Larry the Cow")
    shown = larry.git("log", "-2", "--format=%s by %an <%ae>").splitlines()
    assert shown[0] == 'Revise "Post 1" (larry) by Another Larry <larry@planet.invalid>'


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("Larry the Cow", "", "the name 'Larry the Cow' is that of larry; is this the same person?"),
        ("L\u0430rry the C0w", "", "can be mistaken for 'Larry the Cow', which is that of larry"),
        ("Planet Larry", "", "is that of planet"),
        ("Mallory", "email: LARRY@planet.invalid\n", "larry@planet.invalid of the git author is that of larry"),
        ("Mallory", "email: planet@planet.invalid\n", "of the git author is that of planet"),
        ("Mallory", "email: mallory@example.org\n", ""),
    ],
)
def test_a_name_that_another_has_is_remarked(
    name: str, more: str, said: str, larry: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    text = author("https://mallory.example/feed", name=name, more=THEIRS + more)
    assert check(larry, {"authors/mallory.yaml": text}) == 0
    shown = capsys.readouterr().out
    assert said in shown
    assert ("warning: authors/mallory.yaml:" in shown) is bool(said)
