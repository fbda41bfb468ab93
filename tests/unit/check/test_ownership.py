"""Whose a file is: only its owner, by number where it has one, adds, changes, removes or takes it back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive import post_file
from generator.check.findings import Finding, Level
from generator.check.ownership import Account, owned, owner, pictures_of, returning, valid_owner
from generator.check.scope import sort_out
from generator.git import NOTHING, REGULAR, Proposal, Proposed
from generator.git.author_history import AuthorHistory
from tests.support.entries import entry, posts_of
from tests.support.planets import Root, author

KIM = "authors/kim.yaml"
FACE = "authors/kim.png"
LARRY, MALLORY = Account(login="larry", number=77), Account(login="mallory", number=666)


def text(login: str = "", number: int = 0, more: str = "") -> bytes:
    """A right author file that names this account."""
    lines = (f"github: {login}\n" if login else "") + (f"github_id: {number}\n" if number else "")
    return author("https://kim.example/feed", name="Kim", more=lines + more).encode()


OWN, THEIRS, NOBODYS = text("larry", 77), text("mallory", 666), text()


def findings(
    *files: Proposed,
    who: Account | None,
    base: dict[str, bytes] | None = None,
    before: tuple[bytes, ...] | None = None,
    folders: tuple[str, ...] = (),
    used: tuple[str, ...] = (),
    passing: tuple[str, ...] = (),
) -> list[Finding]:
    """What is said of a proposal of these files; `before` are the texts that Kim's file ever had."""
    history = AuthorHistory(versions={} if before is None else {KIM: before}, folders=frozenset(folders))
    offer = Proposal(base=base or {}, files=files, history=history, passing=passing)
    return list(owned(offer, sort_out(files), who, lambda: used))


def put(content: bytes | None, path: str = KIM) -> Proposed:
    return Proposed(path=path, mode=NOTHING if content is None else REGULAR, content=content)


def sentences(remarks: list[Finding], level: Level = Level.ERROR) -> list[str]:
    return [str(remark) for remark in remarks if remark.level is level]


ACCOUNTS = st.builds(
    Account, login=st.sampled_from(["larry", "Larry", "LARRY", "mallory"]), number=st.sampled_from([0, 5, 77])
)


@given(ACCOUNTS, ACCOUNTS, st.sampled_from([OWN, THEIRS, NOBODYS, b"name: [", None]))
def test_whoever_is_not_the_owner_changes_nothing(holder: Account, who: Account, after: bytes | None) -> None:
    is_owner = who.number == holder.number if holder.number else who.login.casefold() == holder.login.casefold()
    remarks = findings(put(after), who=who, base={KIM: text(holder.login, holder.number)})
    remedy = f"let its owner propose this, or ask a maintainer to vouch for {who.login}"
    refused = f"{KIM}: this is the file of {holder.login}, not of {who.login}; {remedy}"
    assert sentences(remarks) == ([] if is_owner else [refused])


@given(ACCOUNTS, ACCOUNTS)
def test_a_nick_comes_back_to_its_owner_alone(holder: Account, who: Account) -> None:
    is_owner = who.number == holder.number if holder.number else who.login.casefold() == holder.login.casefold()
    remarks = findings(put(text(who.login, who.number)), who=who, before=(text(holder.login, holder.number), THEIRS))
    reason = f"the nick kim was that of {holder.login} before"
    refused = f"{KIM}: {reason}; choose another nick, or ask a maintainer to vouch for {who.login}"
    assert sentences(remarks) == ([] if is_owner else [refused])


@pytest.mark.parametrize(
    ("content", "account"),
    [
        (OWN, LARRY),
        (text("larry"), Account(login="larry")),
        (text(number=77), Account(login="", number=77)),
        (b"nmae: x\ngithub: larry\ngithub_id: 77\n", LARRY),
        (b"github: [larry]\ngithub_id: '77'\n", None),
        (b"github: [larry]\ngithub_id: 77\n", Account(login="", number=77)),
        (b"github: larry\ngithub_id: '77'\n", Account(login="larry")),
        (NOBODYS, None),
        (b"- github: larry\n", None),
        (b"github: [", None),
        (b"\xff", None),
        (b"", None),
        (None, None),
    ],
)
def test_the_account_that_a_file_names_however_wrong_the_rest(content: bytes | None, account: Account | None) -> None:
    assert owner(content) == account


@pytest.mark.parametrize(
    ("versions", "account"),
    [
        ((), None),
        ((b"name: [", OWN, THEIRS), LARRY),
        ((b"\xff", OWN), LARRY),
        ((b"\xef\xbb\xbf" + OWN, THEIRS), LARRY),
        ((THEIRS + b"nmae: x\n", OWN), LARRY),
        ((NOBODYS, OWN), None),
        ((b"github: mallory\n", b"github: larry\n"), Account(login="mallory")),
    ],
)
def test_the_last_right_text_says_whose_a_file_is(versions: tuple[bytes, ...], account: Account | None) -> None:
    assert valid_owner(versions) == account


def test_the_base_counts_before_the_past() -> None:
    assert sentences(findings(put(OWN), who=MALLORY, base={KIM: THEIRS}, before=(OWN,))) == []
    assert sentences(findings(put(OWN), who=MALLORY, base={KIM: b"name: ["}, before=(OWN,))) != []
    assert sentences(findings(put(OWN), who=LARRY, base={KIM: b"name: ["}, before=(OWN,))) == []


def test_a_file_of_nobody_needs_a_maintainer() -> None:
    for after in (OWN, None):
        (said,) = findings(put(after), who=LARRY, base={KIM: NOBODYS})
        assert said.level is Level.ERROR
        assert said.reason == "the planet does not know whose file this is"
        assert said.remedy == "let its owner propose this, or ask a maintainer to vouch for larry"


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (OWN, ""),
        (None, ""),
        (THEIRS, "this hands the file over to mallory"),
        (text(number=5), "this hands the file over to the account 5"),
        (NOBODYS, "this hands the file over to nobody"),
    ],
)
def test_handing_a_file_over_is_remarked(after: bytes | None, reason: str) -> None:
    remarks = findings(put(after), who=LARRY, base={KIM: OWN})
    assert sentences(remarks, Level.WARNING) == ([f"{KIM}: {reason}; is that meant?"] if reason else [])
    assert len(remarks) == bool(reason)


@pytest.mark.parametrize(
    ("content", "who", "level", "said"),
    [
        (OWN, LARRY, None, ""),
        (text("mallory"), Account(login="larry"), Level.ERROR, "but larry proposes it; write `github: larry`"),
        (text("Larry"), Account(login="larry"), None, ""),
        (text("larry"), LARRY, Level.WARNING, "its number does not; add `github_id: 77`"),
        (
            THEIRS,
            LARRY,
            Level.ERROR,
            "the file names mallory, but larry proposes it; write `github: larry` and `github_id: 77`",
        ),
        (
            text("larry", 5),
            LARRY,
            Level.ERROR,
            "the file names larry, but larry proposes it; write `github: larry` and `github_id: 77`",
        ),
        (
            text(number=5),
            LARRY,
            Level.ERROR,
            "the file names the account 5, but larry proposes it; write `github: larry` and `github_id: 77`",
        ),
        (NOBODYS, LARRY, Level.ERROR, "does not say whose it is; add `github: larry` and `github_id: 77`"),
        (NOBODYS, Account(login="larry"), Level.ERROR, "does not say whose it is; add `github: larry`"),
    ],
)
def test_a_new_file_names_whoever_proposes_it(content: bytes, who: Account, level: Level | None, said: str) -> None:
    remarks = findings(put(content), who=who)
    assert [remark.level for remark in remarks] == ([level] if level else [])
    assert all(str(remark).endswith(said) for remark in remarks)


@pytest.mark.parametrize("trace", [{"folders": ("kim",)}, {"used": ("kim",)}])
def test_a_nick_that_posts_bear_is_nobody_s_to_take(trace: dict[str, tuple[str, ...]]) -> None:
    reason = "posts bear the nick kim already"
    assert [remark.reason for remark in findings(put(OWN), who=LARRY, **trace)] == [reason]
    (said,) = findings(put(OWN), who=None, **trace)
    assert (said.level, said.reason) == (Level.WARNING, reason)
    assert said.remedy == ("whoever has it gets those posts: choose another nick, unless this is the same person")
    assert findings(put(OWN, "authors/new.yaml"), who=LARRY, **trace) == []
    assert findings(put(OWN), who=LARRY, base={KIM: OWN}, **trace) == []


def test_without_an_account_only_nicks_are_named() -> None:
    assert findings(put(THEIRS), who=None) == []
    assert findings(put(THEIRS), who=None, base={KIM: OWN}, before=(OWN,)) == []
    assert sentences(findings(put(THEIRS), who=None, before=(b"",)), Level.WARNING)[0].startswith(
        f"{KIM}: the nick kim was that of somebody else before"
    )


def test_a_picture_is_whose_file_shows_it() -> None:
    base = {KIM: text("larry", 77, "hackergotchi: kim.png\n")}
    assert findings(put(b"png", FACE), who=LARRY, base=base) == []
    (said,) = findings(put(b"png", FACE), who=MALLORY, base=base)
    assert (said.level, said.file) == (Level.ERROR, FACE)
    assert said.reason == f"{KIM} shows this picture: this is the file of larry, not of mallory"
    assert said.remedy == "let its owner propose this, or ask a maintainer to vouch for mallory"
    assert findings(put(b"png", "authors/other.png"), who=MALLORY, base=base) == []
    both = findings(put(b"png", FACE), put(THEIRS), who=MALLORY, base=base)
    assert [remark.file for remark in both] == [KIM], "the file itself says it once"


def test_which_file_shows_a_picture() -> None:
    shows = b"hackergotchi: kim.png\n"
    assert pictures_of({KIM: shows}) == {FACE: KIM}
    assert pictures_of({"authors/kim.yaml.txt": shows, "other/kim.yaml": shows, "pyproject.toml": shows}) == {}
    assert pictures_of({"authors/a.yaml": b"[", "authors/b.yaml": b"- x", KIM: shows}) == {FACE: KIM}
    assert pictures_of({"authors/a.yaml": b"hackergotchi: [kim.png]\n", "authors/b.yaml": b"name: \xff\n"}) == {}


@pytest.mark.parametrize(("trace", "errors"), [({}, 0), ({"used": ("kim",)}, 1), ({"base": {KIM: OWN}}, 1)])
def test_a_change_that_a_later_commit_takes_back_is_no_way_in(trace: dict[str, object], errors: int) -> None:
    remarks = findings(put(THEIRS, "authors/new.yaml"), who=MALLORY, passing=(KIM,), **trace)
    reason = "a commit of this changes the file, and a later one takes that back"
    assert sentences(remarks) == [f"{KIM}: {reason}; make one commit of them, without this file"] * errors


def test_a_nick_that_the_planet_had_before_is_named_at_home(tmp_path: Path) -> None:
    root = Root(tmp_path / "planet", {"kim": OWN.decode()})
    (root.path / KIM).unlink()
    root.commit("Kim leaves")
    (said,) = returning(root.path, ["new", "kim"])
    assert (said.level, said.file, said.reason) == (Level.WARNING, KIM, "somebody had the nick kim before")
    assert said.remedy.startswith("whoever has it gets those posts: choose another nick")
    assert list(returning(root.path, [])) == []
    (made,) = posts_of(entry())
    (root.path / made.path).parent.mkdir(parents=True)
    (root.path / made.path).write_text(post_file.to_text(made))
    assert [remark.file for remark in returning(root.path, ["larry", "new"])] == ["authors/larry.yaml"]
