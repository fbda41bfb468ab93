"""The workflows: linted, and their jobs' shell steps run for real on a bare remote."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import fake_gh as forge
from tests.support.planets import Blogs, Root, author, item, rss
from tests.support.workflow_runner import WORKFLOWS, Runner, commands, read, warm

GITHUB = WORKFLOWS.parent
BIN = Path(sys.executable).parent
SHAS = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1",
    "actions/setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97",
    "actions/configure-pages": "45bfe0192ca1faeb007ade9deae92b16b8254a0d",
    "actions/upload-pages-artifact": "fc324d3547104276b827a68afc52ff2a11cc49c9",
    "actions/deploy-pages": "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
    "actions/cache/restore": "55cc8345863c7cc4c66a329aec7e433d2d1c52a9",
    "actions/cache/save": "55cc8345863c7cc4c66a329aec7e433d2d1c52a9",
    "actions/upload-artifact": "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a",
}
FLOWS = sorted(path.name for path in WORKFLOWS.glob("*.yml"))


def lint(program: str, *words: str) -> None:
    tool = shutil.which(program, path=str(BIN))
    if tool is None:
        pytest.skip(f"{program} is not installed; `make .venv/bin/.dev` installs it")
    done = subprocess.run([tool, *words], cwd=GITHUB.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing() -> None:
    lint("zizmor", "--offline", "--persona=pedantic", "--quiet", str(GITHUB))


def test_actionlint_finds_nothing() -> None:
    lint("actionlint", *(str(WORKFLOWS / name) for name in FLOWS))


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", "workflows/*.yml"),
        ("dependabot", "dependabot.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/*-*.yml"),
        ("github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_the_schemas_hold(schema: str, files: str) -> None:
    lint("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, GITHUB.glob(files)))


def test_each_exception_has_its_reason() -> None:
    for name in FLOWS:
        for line in (WORKFLOWS / name).read_text("utf-8").splitlines():
            if "zizmor: ignore" in line:
                assert re.search(r"zizmor: ignore\[[a-z-]+\] \w+ .{10,}", line), line


@pytest.mark.parametrize("name", FLOWS)
def test_a_workflow_keeps_the_rules(name: str) -> None:
    text, flow = (WORKFLOWS / name).read_text("utf-8"), read(name)
    assert flow["permissions"] == {}
    assert "workflow_call" in flow[True] or "group" in flow["concurrency"], "whoever calls one says what waits for what"
    assert "pull_request_target" not in text
    for action, pin in re.findall(r"uses: (\S+)@(.+)", text):
        assert re.fullmatch(rf"{SHAS[action]} # v\d+\.\d+\.\d+", pin)
    for permission in re.findall(r"^ {6}[a-z-]+: (?:read|write).*$", text, re.MULTILINE):
        assert " # " in permission, "say what it is for"
    for job in flow["jobs"].values():
        if job.get("uses") == "$/.github/workflows/run.yml":
            continue
        assert job["timeout-minutes"] <= 30
        for step in job["steps"]:
            assert step.get("run", "").count("\n") < 10
            assert "${{" not in step.get("run", ""), "words go through the environment"
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False


def event(**more: Any) -> dict[str, Any]:
    return {"repository": {"default_branch": "main", "fork": False}, **more}


@pytest.fixture
def remote(larry: Root, tmp_path: Path) -> Path:
    bare = tmp_path / "remote.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(larry.path), str(bare)], check=True)
    larry.git("remote", "add", "origin", str(bare))
    return bare


@pytest.fixture(scope="module")
def gitplanet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warm(tmp_path_factory.mktemp("warm")) as program:
        yield program


@pytest.fixture
def runner(remote: Path, tmp_path: Path, gitplanet: str) -> Runner:
    gh = forge.program(tmp_path / "forge.json", remote)
    return Runner(tmp_path / "home", remote, commands=commands(tmp_path / "bin", gitplanet, gh=gh))


def tip(remote: Path) -> str:
    told = subprocess.run(["git", "-C", str(remote), "rev-parse", "main"], capture_output=True, text=True, check=True)
    return told.stdout.strip()


def test_the_life_of_a_planet(runner: Runner, larry: Root, blogs: Blogs, remote: Path) -> None:
    # the first push of a repository made from a template: Pages is not switched on yet
    runner.pages = False
    jobs = runner.run("planet.yml", "push", event())
    assert jobs["update"].result == "success", jobs["update"].log
    assert "1 of 1 feeds read (0 unchanged): 2 new" in jobs["update"].summary
    assert "| feeds | read | unchanged | failed | skipped |" in jobs["update"].summary
    assert jobs["update"].outputs == {"commit": tip(remote), "stands": ""}
    assert "choose GitHub Actions as source once" in jobs["build"].summary
    assert jobs["build"].log.startswith("::notice title=Pages is not switched on::")
    assert (jobs["build"].result, jobs["build"].outputs["pages"]) == ("success", "failure")
    assert jobs["deploy"].result == jobs["fork"].result == "skipped"

    # Pages is on, and somebody pushes the button: no news, but a site is due
    runner.pages = True
    jobs = runner.run("planet.yml", "workflow_dispatch", event())
    assert ": no news" in jobs["update"].log
    assert jobs["deploy"].result == "success", jobs["build"].log
    assert runner.deployed
    assert (runner.deployed / ".gitplanet").is_file(), "dot files are published"
    assert 'href="https://larry.example/planet/' in (runner.deployed / "atom.xml").read_text()

    # by the clock, without news: no commit, no build, no deployment
    before, runner.deployed = tip(remote), None
    jobs = runner.run("planet.yml", "schedule", event())
    assert jobs["update"].outputs == {"commit": before, "stands": "true"}
    assert (jobs["build"].result, jobs["deploy"].result, runner.deployed) == ("skipped", "skipped", None)
    assert tip(remote) == before

    # with news, while somebody else pushes, and with all caches lost
    runner.caches.clear()
    blogs.put("/feed", rss(item(1), item(2), item(3, title="::error::[x](http://x.example) @larry")))
    blogs.put("/dead", "", status=500)
    runner.before["Read the feeds, commit and push"] = lambda _: join(larry, blogs)
    jobs = runner.run("planet.yml", "schedule", event())
    assert "1 new" in jobs["update"].summary, jobs["update"].log
    assert "::" not in re.sub(r"(?m)^::notice", "", jobs["update"].log)
    assert larry.git("pull", "--quiet", "--rebase", "origin", "main") == ""
    subjects = larry.git("log", "--format=%s", "-2").splitlines()
    assert subjects[0].startswith("Add ")
    assert subjects[1] == "Kim joins"
    assert jobs["update"].outputs["commit"] == tip(remote)
    assert jobs["deploy"].result == "success"

    # once a week
    jobs = runner.run("health.yml", "schedule", event())
    assert jobs["health"].result == "success", jobs["health"].log
    assert "### How the feeds are" in jobs["health"].summary


def join(larry: Root, blogs: Blogs) -> None:
    """Somebody merges a pull request while the robot reads."""
    (larry.path / "authors" / "kim.yaml").write_text(author(blogs.url + "/dead", name="Kim"))
    larry.git("pull", "--quiet", "--rebase", "origin", "main")
    larry.commit("Kim joins")
    larry.git("push", "--quiet", "origin", "main")


def test_a_fork_rests(runner: Runner, remote: Path) -> None:
    before = tip(remote)
    jobs = runner.run("planet.yml", "push", {"repository": {"default_branch": "main", "fork": True}})
    assert "set the variable PLANET_ENABLED to true" in jobs["fork"].summary
    assert [jobs[name].result for name in ("fork", "update", "build", "deploy")] == ["success", *["skipped"] * 3]
    assert tip(remote) == before


def test_a_fork_that_was_told_to_wakes(runner: Runner, remote: Path) -> None:
    before, runner.pages = tip(remote), False
    fork = {"repository": {"default_branch": "main", "fork": True}}
    jobs = runner.run("planet.yml", "schedule", fork, PLANET_ENABLED="true")
    assert [jobs[name].result for name in ("fork", "update", "build", "deploy")] == [
        "skipped",
        "success",
        "success",
        "skipped",
    ]
    assert tip(remote) != before


def test_a_newcomers_pull_request_and_the_comment_on_it(
    runner: Runner, larry: Root, blogs: Blogs, remote: Path, tmp_path: Path
) -> None:
    feed = blogs.put("/new", rss(item(1, title="@larry <b>1</b>", link="https://n.example/1", guid="n")))
    (larry.path / "authors" / "new.yaml").write_text(author(feed, name="New", more="github: newcomer\n"))
    larry.git("checkout", "--quiet", "-b", "join")
    larry.commit("Join")
    head = larry.git("rev-parse", "HEAD").strip()
    larry.git("push", "--quiet", "origin", "HEAD:refs/pull/7/head")
    pull = {"number": 7, "head": {"sha": head}, "user": {"login": "newcomer", "id": 9}, "labels": []}
    jobs = runner.run("authors.yml", "pull_request", event(pull_request=pull))
    assert jobs["check"].result == "success", jobs["check"].log
    assert "### This is right" in jobs["check"].summary
    assert (runner.artifacts["preview"] / "index.html").is_file()
    assert not (jobs["check"].folder / "authors" / "new.yaml").exists(), "nothing of it is checked out"

    hub = forge.Forge(tmp_path / "forge.json", remote)
    theirs = {"number": 7, "state": "open", "head": {"label": "newcomer:join", "sha": head}}
    hub.state["pulls"] = {"7": theirs}
    run = {"head_sha": head, "head_branch": "join", "conclusion": "success"}
    hub.state["runs"] = {"5": run | {"head_repository": {"owner": {"login": "newcomer"}}}}
    hub.state["jobs"], hub.state["annotations"] = {"5": [{"id": 11}]}, {"11": annotations(jobs["check"].log)}
    hub.save()
    finished = {"id": 5, "event": "pull_request", "conclusion": "success"}
    for _ in range(2):
        jobs = runner.run("comment.yml", "workflow_run", event(workflow_run=finished))
        assert jobs["comment"].result == "success", jobs["comment"].log
    (comment,) = forge.Forge(tmp_path / "forge.json", remote).state["comments"].values()
    assert comment["body"].startswith("<!-- gitplanet check -->\n### This is right")
    assert "add `github_id: 9`" in comment["body"]
    assert "a post that would come: 2026-11-01" in comment["body"]
    assert "@larry" not in comment["body"]
    assert "<b>" not in comment["body"]
    assert "exit 1" not in comment["body"], "only our own annotations count"

    hub = forge.Forge(tmp_path / "forge.json", remote)
    hub.state["pulls"]["7"]["paths"] = [".github/workflows/authors.yml"]
    hub.save()
    runner.run("comment.yml", "workflow_run", event(workflow_run=finished))
    hub = forge.Forge(tmp_path / "forge.json", remote)
    (comment,) = hub.state["comments"].values()
    assert "proves nothing" in comment["body"]

    for files in (
        {"files": [{"filename": "x", "previous_filename": ".github/workflows/authors.yml"}]},
        {"paths": [f".a/{number}" for number in range(3000)] + [".github/workflows/authors.yml"]},
        {"paths": [f".a/{number}" for number in range(2900)] + [".github/workflows/authors.yml"]},
    ):
        hub.state["comments"] = {}
        hub.state["pulls"]["7"] = theirs | files
        hub.save()
        runner.run("comment.yml", "workflow_run", event(workflow_run=finished))
        hub = forge.Forge(tmp_path / "forge.json", remote)
        (comment,) = hub.state["comments"].values()
        assert "proves nothing" in comment["body"], "all files are looked at"

    hub.state["pulls"]["7"]["head"]["sha"] = "0" * 40
    hub.save()
    jobs = runner.run("comment.yml", "workflow_run", event(workflow_run=finished))
    assert "there is no open pull request to comment on" in jobs["comment"].log, "it has changed since"


def test_the_label_counts_for_what_it_was_given_to(runner: Runner, larry: Root, blogs: Blogs) -> None:
    """And falls with the next push, however that is told."""
    (larry.path / "authors" / "larry.yaml").write_text(author(blogs.url + "/feed", name="Stranger"))
    larry.git("checkout", "--quiet", "-b", "change")
    larry.commit("Change another's file")
    larry.git("push", "--quiet", "origin", "HEAD:refs/pull/7/head")
    pull = {
        "number": 7,
        "head": {"sha": larry.git("rev-parse", "HEAD").strip()},
        "user": {"login": "stranger", "id": 9},
        "labels": [{"name": "vouched"}, {"name": "other"}],
    }

    def run(action: str, label: str = "") -> tuple[str, str]:
        labelled = {"label": {"name": label}} if label else {}
        job = runner.run("authors.yml", "pull_request", event(action=action, pull_request=pull, **labelled))["check"]
        return job.result, job.log

    assert run("labeled", "vouched")[0] == "success"
    for action, label in (
        ("synchronize", ""),
        ("reopened", ""),
        ("opened", ""),
        ("labeled", "other"),
        ("unlabeled", "vouched"),
    ):
        result, log = run(action, label)
        assert (result, "Take it off and give it again" in log) == ("failure", True), action
    pull["labels"] = []
    result, log = run("synchronize")
    assert (result, "Take it off" in log) == ("failure", False)


def annotations(log: str) -> list[dict[str, Any]]:
    """What GitHub keeps of a log, and an annotation of its own."""
    levels = {"error": "failure"}
    told = re.findall(r"^::(\w+) file=(.*?),line=(\d+),title=(.*?)::(.*)$", log, re.MULTILINE)
    found = [
        {"annotation_level": levels.get(level, level), "path": path, "start_line": int(line), "title": title}
        | {"message": message.replace("%25", "%")}
        for level, path, line, title, message in told
    ]
    return [
        *found,
        {"annotation_level": "failure", "path": ".github", "start_line": 1, "title": "", "message": "exit 1"},
    ]


def test_a_form_becomes_a_pull_request(runner: Runner, larry: Root, blogs: Blogs, remote: Path, tmp_path: Path) -> None:
    blogs.put("/new", rss(item(1, link="https://n.example/1", guid="n")))
    body = (
        f"### Your name\n\nNew `$(touch /tmp/x)` ${{{{ github.token }}}}\n\n### Your nick\n\nnew\n\n"
        f"### Your feeds\n\n{blogs.url}/new universe\n"
    )
    issue = {"number": 3, "body": body, "user": {"login": "newcomer", "id": 9}, "labels": []}
    jobs = runner.run("forms.yml", "issues", event(action="opened", issue=issue))
    assert jobs["form"].result == "success", jobs["form"].log
    hub = forge.Forge(tmp_path / "forge.json", remote)
    (pull,) = hub.state["pulls"].values()
    assert pull["title"] == "Add new"
    check_as_the_forms_sender(runner, hub, issue)
    told = subprocess.run(
        ["git", "-C", str(remote), "show", "gitplanet/form-3:authors/new.yaml"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert json.loads(told.splitlines()[1].removeprefix("name: ")) == "New `$(touch /tmp/x)` ${{ github.token }}"
    assert "github_id: 9\n" in told
    assert f'  - url: "{blogs.url}/new"\n    editions: ["universe"]\n' in told


def check_as_the_forms_sender(runner: Runner, hub: forge.Forge, issue: dict[str, Any]) -> None:
    """The pull request passes as whoever filled in the form, where the robot made it, and nowhere else."""
    hub.state["issues"] = {
        "3": issue | {"user": {"login": "newcomer", "id": 9}},
        "4": issue | {"user": {"login": "x", "id": 1}},
    }
    hub.save()
    branch = "gitplanet/form-3"
    robot = {"login": "github-actions[bot]", "id": 41898282}
    head = {"sha": hub.git("rev-parse", branch), "ref": branch, "repo": {"id": 5}}
    good = {"number": 7, "head": head, "user": robot, "labels": []}
    forged = [
        good | {"head": head | {"repo": {"id": 6}}},
        good | {"head": head | {"repo": None}},
        good | {"user": {"login": "mallory", "id": 666}},
        good | {"head": head | {"ref": "gitplanet/form-4"}},
        good | {"head": head | {"ref": "gitplanet/form-3x"}},
        good | {"head": head | {"ref": "gitplanet/form-99"}},
    ]
    results = []
    for pull in (good, *forged):
        told = event(action="opened", pull_request=pull)
        told["repository"]["id"] = 5
        results.append(runner.run("authors.yml", "pull_request", told)["check"].result)
    assert results == ["success", *["failure"] * len(forged)]
