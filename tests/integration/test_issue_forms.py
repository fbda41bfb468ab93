"""Filled issue forms: the pull request that comes of each, or what is said on the issue."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.archive import post_file
from generator.cli import main
from generator.config import edit
from generator.errors import PlanetError
from generator.forge.forms.changes import _REASONS
from generator.forge.forms.parse import _FIELDS, _KINDS
from tests.support import fake_gh as forge
from tests.support.planets import Blogs, Root, author, item, rss
from tests.support.workflow_runner import WORKFLOWS, commands

LARRY = {"login": "larry", "id": 77}
MALLORY = {"login": "mallory", "id": 666}


class Hub:
    """A planet with a remote on a forge of ours, and somebody who fills in forms there."""

    def __init__(self, larry: Root, blogs: Blogs, tmp_path: Path) -> None:
        self.root, self.blogs, self.folder = larry, blogs, tmp_path
        file = larry.path / "authors" / "larry.yaml"
        file.write_text(f"# mine\n{author(blogs.url + '/feed', more='github: larry # me')}")
        file.write_text(file.read_text().replace("# mefeeds", "# me\nfeeds"))
        larry.commit("Whose")
        self.remote = tmp_path / "remote.git"
        subprocess.run(["git", "clone", "--quiet", "--bare", str(larry.path), str(self.remote)], check=True)
        blogs.put("/new", rss(item(1, link="https://n.example/1", guid="n")))
        blogs.put("/page", '<html><link rel="alternate" type="application/rss+xml" href="/new"></html>')

    @property
    def state(self) -> dict[str, Any]:
        return forge.Forge(self.folder / "forge.json", self.remote).state

    def set(self, **state: Any) -> None:
        hub = forge.Forge(self.folder / "forge.json", self.remote)
        hub.state |= state
        hub.save()

    def send(
        self,
        fields: Mapping[str, str],
        who: Mapping[str, Any] = LARRY,
        *labels: str,
        number: int = 3,
        action: str = "labeled",
        label: str | None = "",
    ) -> None:
        """A form with those fields is sent, or what `action` says happens to it, with the `label` that it is about."""
        body = "".join(f"### {label}\n\n{text or '_No response_'}\n\n" for label, text in fields.items())
        issue = {"number": number, "body": body, "user": who, "labels": [{"name": name} for name in labels]}
        file = self.folder / "event.json"
        event: dict[str, Any] = {"issue": issue, "repository": {"default_branch": "main"}, "action": action}
        event |= {"label": {"name": label or (labels or ("",))[0]}} if label is not None else {}
        file.write_text(json.dumps(event))
        assert main(["form", str(file), "--root", str(self.root.path), "--repository", "larry/planet"]) == 0

    def comment(self) -> str:
        """The one comment that there is."""
        (comment,) = self.state["comments"].values()
        return str(comment["body"])

    def comment_on(self, issue: int) -> str:
        """The one comment on an issue."""
        (comment,) = (comment for comment in self.state["comments"].values() if comment["on"] == str(issue))
        return str(comment["body"])

    def pull(self) -> dict[str, Any]:
        """The one pull request that there is."""
        (pull,) = self.state["pulls"].values()
        return dict(pull)

    def git(self, *words: str) -> str:
        done = subprocess.run(["git", "-C", str(self.remote), *words], capture_output=True, text=True, check=False)
        return done.stdout


@pytest.fixture
def hub(larry: Root, blogs: Blogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    hub = Hub(larry, blogs, tmp_path)
    programs = commands(tmp_path / "bin", gh=forge.program(tmp_path / "forge.json", hub.remote))
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return hub


def new(hub: Hub, **fields: str) -> dict[str, str]:
    told = {"Your name": "Néw", "Your nick": "new", "Your feeds": f"- {hub.blogs.url}/page universe planet\n"}
    return told | {"Your homepage": "", "Language of your posts": ""} | fields


def test_add_me(hub: Hub) -> None:
    hub.send(new(hub), MALLORY)
    assert hub.pull()["title"] == "Add new"
    assert "Closes #3" in hub.pull()["body"]
    assert "### This is right" in hub.pull()["body"]
    assert hub.git("show", "gitplanet/form-3:authors/new.yaml") == (
        "# yaml-language-server: $schema=../generator/schema/author.schema.json\n"
        'name: "Néw"\ngithub: "mallory"\ngithub_id: 666\nfeeds:\n'
        f'  - url: "{hub.blogs.url}/new"\n    editions: ["universe", "planet"]\n'
    ), "a page's feed is found"
    message = hub.git("log", "-1", "--format=%B", "gitplanet/form-3")
    assert "Co-authored-by: mallory <666+mallory@users.noreply.github.com>" in message
    assert "offered here: https://github.com/larry/planet/pull/" in hub.comment()


def test_a_form_that_is_mended_is_tried_again(hub: Hub) -> None:
    hub.send(new(hub, **{"Your nick": "../x"}))
    assert "that cannot be a nick" in hub.comment()
    hub.send(new(hub, **{"Your nick": "larry"}))
    assert "larry is taken" in hub.comment()
    hub.send(new(hub, **{"Your feeds": "@larry <img src=x onerror=alert(1)>"}))
    assert "is not an address" in hub.comment()
    assert "@larry" not in hub.comment()
    assert "<img" not in hub.comment()
    hub.send(new(hub, **{"Your feeds": f"{hub.blogs.url}/feed"}))
    assert "is already that of larry" in hub.comment()
    assert hub.state["pulls"] == {}
    hub.send(new(hub))
    hub.send(new(hub, **{"Your name": "Other"}))
    assert 'name: "Other"' in hub.git("show", "gitplanet/form-3:authors/new.yaml")
    assert hub.git("rev-list", "--count", "main..gitplanet/form-3").strip() == "1"
    assert hub.pull()["title"] == "Add new"
    assert "Thank you" in hub.comment()


def test_a_nick_that_somebody_had_before(hub: Hub) -> None:
    hub.send(new(hub))
    hub.root.git("fetch", "-q", str(hub.remote), "gitplanet/form-3")
    hub.root.git("merge", "-q", "FETCH_HEAD")
    hub.root.git("rm", "-q", "authors/new.yaml")
    hub.root.commit("Leave")
    hub.send(new(hub), MALLORY, number=4)
    assert "the nick new was that of larry before" in hub.comment_on(4)
    hub.send(new(hub), MALLORY, "vouched", number=4)
    assert "Thank you" in hub.comment_on(4)
    hub.send(new(hub), number=5)
    assert "Thank you" in hub.comment_on(5)


def test_an_edit_after_the_label_needs_it_again(hub: Hub) -> None:
    fields = {"Your nick": "larry", "Address of the feed now": f"{hub.blogs.url}/feed"}
    fields["New address of the feed"] = f"{hub.blogs.url}/new"
    for action, label in (("edited", None), ("labeled", "other"), ("opened", None)):
        hub.send(fields, MALLORY, "vouched", action=action, label=label)
        assert "this is the file of larry, not of mallory" in hub.comment()
    hub.send(fields, MALLORY, "vouched", action="labeled", label="vouched")
    assert "give it the label `vouched`, too, to run the checks" in hub.pull()["body"]


def test_at_most_three_open_requests(hub: Hub) -> None:
    def issue(number: int, who: Mapping[str, Any] = MALLORY, **more: Any) -> dict[str, Any]:
        body = "### Your feeds\n\nx\n"
        return {"number": number, "state": "open", "user": who, "labels": [], "body": body} | more

    others = [issue(1, LARRY), issue(2, state="closed"), issue(3, body="Hello"), issue(4, pull_request={}), issue(9)]
    hub.set(issues={str(one["number"]): one for one in (*others, issue(5), issue(6))})
    hub.send(new(hub), MALLORY, number=8)
    assert "Thank you" in hub.comment_on(8)
    hub.set(issues={str(one["number"]): one for one in (*others, issue(5), issue(6), issue(7))})
    hub.send(new(hub), MALLORY, number=8)
    assert "you have 3 open requests already, in issues 5, 6, 7; close one" in hub.comment_on(8)
    hub.send(new(hub), LARRY, number=10)
    assert "Thank you" in hub.comment_on(10)
    hub.send(new(hub), MALLORY, "vouched", number=8)
    assert "Thank you" in hub.comment_on(8)


def test_where_workflows_may_not_open_pull_requests_a_person_does(hub: Hub) -> None:
    hub.set(may_open_pulls=False)
    hub.send(new(hub))
    assert "https://github.com/larry/planet/compare/main...gitplanet/form-3?expand=1" in hub.comment()


def test_change_my_feed(hub: Hub) -> None:
    old, there = f"{hub.blogs.url}/feed", f"{hub.blogs.url}/new"
    hub.send({"Your nick": "larry", "Address of the feed now": old + "/", "New address of the feed": there})
    before = hub.git("show", "main:authors/larry.yaml")
    assert hub.git("show", "gitplanet/form-3:authors/larry.yaml") == before.replace(old, there)
    assert "# me\n" in before


def test_anothers_feed_is_changed_only_where_a_maintainer_vouches(hub: Hub) -> None:
    fields = {"Your nick": "larry", "Address of the feed now": f"{hub.blogs.url}/feed"}
    fields["New address of the feed"] = f"{hub.blogs.url}/new"
    hub.send(fields, MALLORY)
    assert "this is the file of larry, not of mallory" in hub.comment()
    assert hub.state["pulls"] == {}
    hub.send(fields, MALLORY, "vouched")
    assert hub.pull()["title"] == "Change a feed of larry"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Your nick": "nobody", "New address of the feed": "https://x.example/"}, "there is no author nobody"),
        ({"Your nick": "larry", "New address of the feed": "javascript:x"}, "the new address is no address"),
        ({"Your nick": "larry", "New address of the feed": "https://x.example/"}, "lists no feed"),
        ({"Address of the post": "https://x.example/", "What is wrong with it": "Everything"}, "does not say what"),
        ({"Address of the post": "", "What is wrong with it": next(iter(_REASONS))}, "no post stands under"),
    ],
)
def test_a_form_that_cannot_be_carried_out(hub: Hub, fields: dict[str, str], said: str) -> None:
    hub.send(fields)
    assert said in hub.comment()
    assert hub.state["pulls"] == {}


def test_remove_me(hub: Hub) -> None:
    hub.send({"Your nick": "larry", "What shall become of your posts": "Withdraw them too"})
    assert hub.git("show", "gitplanet/form-3:authors/larry.yaml") == ""
    assert hub.git("show", "gitplanet/form-3:pyproject.toml")
    assert "gitplanet forget larry" in hub.pull()["body"]


def test_report_a_post(hub: Hub) -> None:
    hub.root.update()
    post = hub.root.posts()[0]
    page = f"https://planet.example.org/{post.path.removesuffix('.md')}.html#x"
    hub.send({"Address of the post": page, "What is wrong with it": "It was published by mistake"}, MALLORY)
    assert hub.git("show", f"gitplanet/form-3:{post.path}") == ""
    path = post.path.replace("-post-1-", "-")
    gone = post_file.from_text(hub.git("show", f"gitplanet/form-3:{path}"), path)
    assert (gone.withdrawn is not None, gone.reason, gone.body) == (True, "published by mistake", "")
    assert "whoever reports it may be wrong" in hub.pull()["body"]
    hub.send({"Address of the post": post.canonical_url, "What is wrong with it": next(iter(_REASONS))}, number=4)
    assert hub.git("show", f"gitplanet/form-4:{path}")


def test_other_issues_are_left_alone(hub: Hub) -> None:
    hub.send({"Hello": "### Your"})
    assert not (hub.folder / "forge.json").exists()


def test_a_form_may_be_tried_at_home(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    hub.send(new(hub))
    words = ["form", str(hub.folder / "event.json"), "--root", str(hub.root.path)]
    capsys.readouterr()
    assert main(words) == 0
    assert "authors/new.yaml:\n" in capsys.readouterr().out
    assert main(["form", str(hub.folder / "bin"), "--root", str(hub.root.path)]) == 1


def test_the_forms_ask_what_the_robot_reads() -> None:
    asked: dict[str, set[str]] = {}
    for path in (WORKFLOWS.parent / "ISSUE_TEMPLATE").glob("*-*.yml"):
        fields = yaml.safe_load(path.read_text("utf-8"))["body"]
        asked[path.stem] = {field["attributes"].get("label", "") for field in fields}
        options = [field["attributes"]["options"] for field in fields if field.get("id") == "wrong"]
        assert not options or options == [list(_REASONS)]
    assert set(_FIELDS) <= set().union(*asked.values())
    for name in _KINDS:
        label = next(label for label, field in _FIELDS.items() if field == name)
        assert sum(label in labels for labels in asked.values()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "name: L # me\nfeeds: # mine\n  - url: https://a.example/  # old\n    tags: [x]\n# end\n",
        "name: L\nfeeds:\n  - {url: 'https://a.example/', tags: [x]}\n",
        'name: L\r\nfeeds: [{"url": "https://a.example/"}]\r\n',
        "\ufeffname: L\nstatus: active # yet\nfeeds:\n- url: https://a.example/\n- url: https://a.example/feed\n",
    ],
)
def test_one_line_is_changed_and_all_else_is_kept(text: str) -> None:
    changed = edit.moved(text, "https://a.example/", "https://b.example/x", "f.yaml")
    assert changed == text.replace("https://a.example/", "https://b.example/x", 1)
    paused = edit.paused(text, "f.yaml")
    assert yaml.safe_load(paused.removeprefix("\ufeff"))["status"] == "paused"
    assert len(set(text.splitlines()) - set(paused.splitlines())) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "name: L\nfeeds:\n  - url: https://b.example/\n",
        "name: L\nfeeds:\n  - url: >-\n      https://a.example/\n",
        "name: L\n",
        "- x\n",
    ],
)
def test_what_cannot_be_changed_by_one_line_is_left_to_people(text: str) -> None:
    with pytest.raises(PlanetError):
        edit.moved(text, "https://a.example/", "https://b.example/x", "f.yaml")
