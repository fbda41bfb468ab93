"""Feeds that are broken, moved or gone: what is said of them, whom it is told, and what is changed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator import config
from generator.cli import main
from generator.feeds import state
from generator.models.feed_state import FeedState, PollState
from tests.integration.test_issue_forms import Hub, hub  # noqa: F401  a fixture
from tests.support.planets import Root, author

NOW = datetime.now(UTC).replace(microsecond=0)
WELL = FeedState(read=NOW)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def failing(days: float, reason: str = "The server is in trouble (500).") -> FeedState:
    return FeedState(outcome=reason, standing=PollState(failures=9, failing_since=ago(days)))


def moved(to: str, days: float = 8) -> FeedState:
    return replace(WELL, standing=PollState(moved_to=to, moved_since=ago(days)))


def remember(root: Root, **feeds: FeedState) -> None:
    state.save(root.path, state.Cache(feeds={f"https://{name}.example/": known for name, known in feeds.items()}))


AUTHORS = {
    "ann": "# Ann's\nname: Ann\ngithub: ann\nfeeds:\n  - url: https://a1.example/ # first\n  - url: https://a2.example/\n",
    "bob": "name: Bob\nfeeds:\n  - url: https://b1.example/\n",
    "cem": "name: Cem\nstatus: paused\nfeeds:\n  - url: https://c1.example/\n",
}


@pytest.fixture
def planet(tmp_path: Path) -> Root:
    return Root(tmp_path / "three", AUTHORS)


def health(root: Root, *words: str) -> int:
    return main(["health", "--root", str(root.path), *words])


def test_how_the_feeds_are(planet: Root, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    remember(planet, a1=failing(6.9), a2=failing(7.1, "gone: ::error:: @larry"), b1=WELL, c1=failing(99))
    summary = tmp_path / "summary.md"
    assert health(planet, "--format", "json", "--summary", str(summary)) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(each["nick"], each["github"], each["feed"]) for each in told["broken"]] == [
        ("ann", "ann", "https://a2.example/")
    ]
    assert told["broken"][0]["reason"] == "gone: ::error:: @larry", "programs get it as it is"
    assert (told["well"], told["moved"], told["gone"]) == (["https://b1.example/"], [], [])
    assert "broken: ann" in summary.read_text()
    assert "@larry" not in summary.read_text()


def test_moved_feeds_are_followed_and_the_gone_are_paused(planet: Root) -> None:
    remember(planet, a1=moved("https://new.example/feed"), a2=failing(91), b1=failing(91), c1=failing(91))
    assert health(planet) == 0
    assert planet.git("status", "--porcelain") == "", "only told"
    assert health(planet, "--mend") == 0
    diff = [
        line for line in planet.git("diff", "-U0").splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert diff == [
        "-  - url: https://a1.example/ # first",
        "+  - url: https://new.example/feed # first",
        "+status: paused",
    ], "who has another feed is not paused, nor who is paused already"
    assert {author.nick: author.status for author in config.load(planet.path).authors}["bob"] == "paused"


@pytest.mark.parametrize(
    "known",
    [
        moved("https://new.example/", days=6),  # it may come back
        moved("https://b1.example/"),  # another's: that is for people to see
    ],
)
def test_a_move_that_is_not_followed(planet: Root, known: FeedState) -> None:
    remember(planet, a1=known)
    health(planet, "--mend")
    assert planet.git("status", "--porcelain") == ""


def test_a_lost_cache_says_nothing(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    assert health(planet, "--mend") == 0
    assert capsys.readouterr().out == ""


def test_members_who_share_a_feed_have_one_issue_about_it(hub: Hub) -> None:  # noqa: F811
    url = f"{hub.blogs.url}/feed"
    file = hub.root.path / "authors" / "larry.yaml"
    file.write_text(file.read_text() + "    authors: [Larry]\n")
    (hub.root.path / "authors" / "kim.yaml").write_text(author(url, name="Kim") + "    authors: [Kim]\n")
    state.save(hub.root.path, state.Cache(feeds={url: failing(8)}))
    for _ in range(2):
        assert main(["health", "--root", str(hub.root.path), "--repository", "larry/planet"]) == 0
    (issue,) = hub.state["issues"].values()
    assert issue["title"] == "The feed of kim, larry is broken"
    assert "\nKim, @larry, the planet could not read your feed since" in issue["body"]
    assert "Or edit `authors/kim.yaml` or `authors/larry.yaml`;" in issue["body"]


def test_an_author_is_told_once_and_told_when_it_is_over(hub: Hub) -> None:  # noqa: F811
    url = f"{hub.blogs.url}/feed"
    words = ["health", "--root", str(hub.root.path), "--repository", "larry/planet"]

    def tell(known: FeedState | None) -> None:
        state.save(hub.root.path, state.Cache(feeds={url: known} if known else {}))
        assert main(words) == 0

    for _ in range(2):
        tell(failing(8, "It has @mallory <b>in it</b> #7."))
    (issue,) = hub.state["issues"].values()
    assert issue["title"] == "The feed of larry is broken"
    assert "\n@larry, the planet could not read your feed since" in issue["body"]
    assert f"`{url}`" in issue["body"]
    for act in ("@mallory", "<b>", "#7"):
        assert act not in issue["body"]
    tell(None)
    tell(failing(1))
    assert hub.state["issues"][str(issue["number"])]["state"] == "open", "nothing is known, or not well yet"
    tell(WELL)
    assert hub.state["issues"][str(issue["number"])]["state"] == "closed"
    assert hub.comment() == "The feed works again. Thank you!"
    tell(moved(f"{hub.blogs.url}/new"))
    tell(moved(f"{hub.blogs.url}/new"))
    assert hub.pull()["title"] == "Follow feeds that moved, pause those that are gone"
    text = hub.git("show", "gitplanet/health:authors/larry.yaml")
    assert text == hub.git("show", "main:authors/larry.yaml").replace("/feed", "/new")
