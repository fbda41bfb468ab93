"""`init` makes a planet that runs, with workflows that hold, and the action and the reusable workflow run it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.archive import export
from generator.cli import export as cli_export
from generator.cli import init as cli_init
from generator.cli import main
from generator.errors import PlanetError
from generator.setup import init
from tests.support.planets import SETTINGS, Blogs, Root, author, item, rss

HERE = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
ORIGIN = "https://github.com/example/gitplanet@" + "0123456789" * 4


def tool(folder: Path, *words: str) -> None:
    """Runs a linter of the development's own, which has to find nothing."""
    done = subprocess.run([TOOLS / words[0], *words[1:]], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_planet_runs_at_once(blogs: Blogs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blogs.put("/kim/feed", rss(item(1)))
    blogs.put("/zoe/feed", rss(item(2), title="Zoë", link="https://zoe.example/"))
    folder = tmp_path / "larry"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(SETTINGS)  # as these blogs live on this machine
    assert main(["init", str(folder), f"{blogs.url}/kim/feed", f"{blogs.url}/zoe/feed", "--gitplanet", ORIGIN]) == 0
    told = capsys.readouterr().out
    assert "pyproject.toml: is there already, kept" in told
    assert "committed: Begin a planet" in told
    root = ["--root", str(folder)]
    assert [main([word, *root]) for word in ("check", "update", "build", "verify")] == [0, 0, 0, 0]
    assert "Post 2" in (folder / "_site/index.html").read_text()
    kept = (folder / "README.md").read_text()
    assert kept.startswith("# Planet Larry\n")
    assert "https://planet.example.org/" in kept
    assert main(["init", str(folder)]) == 0
    assert "written" not in capsys.readouterr().out.replace("files written", "").split("already")[-1]


def test_its_name_is_that_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "grey-seals"), "--url", "https://seals.example/planet"]) == 0
    settings = (tmp_path / "grey-seals/pyproject.toml").read_text()
    assert 'title = "Planet Grey Seals"\nurl = "https://seals.example/planet/"' in settings
    assert main(["check", "--root", str(tmp_path / "grey-seals")]) == 0


def test_a_site_without_a_feed_leaves_nothing_behind(blogs: Blogs, tmp_path: Path) -> None:
    folder = tmp_path / "larry"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(SETTINGS)
    assert main(["init", str(folder), f"{blogs.url}/nothing"]) == 1
    assert [path.name for path in folder.iterdir()] == ["pyproject.toml"]


def test_files_of_others_are_not_committed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "diary.txt").write_text("private")
    assert main(["init", str(tmp_path)]) == 0
    assert "other files are here (diary.txt)" in capsys.readouterr().out
    assert not (tmp_path / ".git").exists()


def test_a_repository_is_completed_and_left_to_its_owner(larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(larry.path), "--gitplanet", ORIGIN]) == 0
    assert "commit what is new" in capsys.readouterr().out
    assert (larry.commits(), "README.md" in larry.git("status", "--short")) == (1, True)


@pytest.mark.parametrize(
    ("text", "address", "slug"),
    [
        (ORIGIN, "https://github.com/example/gitplanet", "example/gitplanet"),
        ("https://codeberg.org/a/b.git@v1.0", "https://codeberg.org/a/b", "a/b"),
    ],
)
def test_where_gitplanet_lives(text: str, address: str, slug: str) -> None:
    found = init.format_origin(text)
    assert (found.address, found.slug, found.serves("gitlab")) == (address, slug, True)
    assert found.serves("github") == address.startswith("https://github.com/")


@pytest.mark.parametrize("text", ["example/gitplanet@main", "https://a.example/b", "https://a.example/$(x)@main", ""])
def test_what_is_no_address_of_gitplanet(text: str) -> None:
    with pytest.raises(PlanetError, match="write https://"):
        init.format_origin(text)


@pytest.mark.parametrize("forge", init.FORGES)
def test_the_workflows_hold(forge: str, tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "p"), "--forge", forge, "--gitplanet", ORIGIN]) == 0
    files = sorted(init.FORGES[forge].values())
    assert all("«" not in (tmp_path / "p" / name).read_text() for name in [*files, "README.md"])
    schema = {"gitlab": ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]}.get(forge, ["vendor.github-workflows"])
    tool(tmp_path / "p", "check-jsonschema", "--builtin-schema", *schema, *files)
    if forge == "github":
        tool(tmp_path / "p", "actionlint")
        tool(tmp_path / "p", "zizmor", "--offline", "--quiet", "--persona", "pedantic", ".")


def test_the_action_and_the_reusable_workflow_hold() -> None:
    tool(HERE, "check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    tool(HERE, "check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/run.yml")
    tool(HERE, "actionlint", ".github/workflows/run.yml")
    tool(HERE, "zizmor", "--offline", "--quiet", "--persona", "pedantic", "action.yml", ".github/workflows/run.yml")


def test_the_reusable_workflow_asks_no_more_than_its_caller_may_give() -> None:
    called: dict[str, Any] = yaml.safe_load((HERE / ".github/workflows/run.yml").read_text())["jobs"]
    template = (HERE / "generator/setup/files/github/planet.yml").read_text().replace("«", "").replace("»", "")
    given: dict[str, str] = yaml.safe_load(template)["jobs"]["planet"]["permissions"]
    rank = ["none", "read", "write"]
    for job in called.values():
        for name, wanted in job["permissions"].items():
            assert rank.index(given.get(name, "none")) >= rank.index(wanted)


class Action:
    """The steps of action.yml, run outside GitHub: a runner's folders and variables, and `gh` that does nothing."""

    def __init__(self, tmp_path: Path, planet: Path) -> None:
        self.planet = planet
        self.output = tmp_path / "output"
        self.bin = tmp_path / "runner/gitplanet/bin"
        self.bin.mkdir(parents=True)
        (self.bin / "gitplanet").symlink_to(TOOLS / "gitplanet")
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/gh").write_text("#!/bin/sh\n")
        (tmp_path / "bin/gh").chmod(0o755)
        self.around = os.environ | {
            "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path / "runner"),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        }

    def run(self, command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """The scripts of all steps, one after another, as a runner would."""
        self.output.write_text("")
        steps = yaml.safe_load((HERE / "action.yml").read_text())["runs"]["steps"]
        scripts = [step["run"] for step in steps if "run" in step]
        around = (
            self.around | {"COMMAND": command, "BASE_URL": "", "GH_TOKEN": "x", "ACTION": str(HERE), "HEAD": ""} | more
        )
        for script in scripts:
            words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
            done = subprocess.run(words, cwd=self.planet, env=around, capture_output=True, text=True, check=False)
            if done.returncode:
                break
        return done


def test_the_action_runs_each_command(larry: Root, blogs: Blogs, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", remote], check=True)
    larry.git("remote", "add", "origin", str(remote))
    larry.git("push", "-q", "-u", "origin", "main")
    action = Action(tmp_path, larry.path)
    assert action.run("check").returncode == 0
    assert action.run("update").returncode == 0
    tip = larry.git("rev-parse", "HEAD").strip()
    assert action.output.read_text() == f"commit={tip}\n"
    pushed = subprocess.run(["git", "-C", remote, "rev-parse", "main"], capture_output=True, text=True, check=True)
    assert (pushed.stdout.strip(), larry.commits()) == (tip, 3)
    larry.git("checkout", "-q", "-b", "proposal")
    (larry.path / "authors/kim.yaml").write_text(
        author(blogs.put("/kim", rss(item(9))), name="K", more="github: kim\n")
    )
    larry.commit("Add me")
    head = larry.git("rev-parse", "HEAD").strip()
    larry.git("push", "-q", "origin", "proposal")
    larry.git("checkout", "-q", "main")
    proposed = {"HEAD": head, "ID": "7", "OVERRIDE": "--no-override"}
    assert action.run("check", LOGIN="kim", **proposed).returncode == 0
    assert "authors/kim.yaml" in (tmp_path / "summary").read_text()
    done = action.run("check", LOGIN="mallory", **proposed)
    assert (done.returncode, "::error file=authors/kim.yaml" in done.stdout) == (1, True)
    assert action.run("build", BASE_URL="https://larry.github.example/planet").returncode == 0
    assert "https://larry.github.example/planet/" in (larry.path / "_site/atom.xml").read_text()


def test_the_action_fails_where_the_command_does(larry: Root, tmp_path: Path) -> None:
    action = Action(tmp_path, larry.path)
    (larry.path / "authors/broken.yaml").write_text(author("not an address"))
    assert action.run("check").returncode == 1
    said = action.run("$(touch owned)::x")
    assert (said.returncode, said.stdout) == (
        2,
        "::error::There is no command 'touchownedx'; write update, build or check\n",
    )
    assert not (larry.path / "owned").exists()


class Forge:
    """What surrounds a job elsewhere: gitplanet's and the planet's repositories at addresses that git finds here."""

    def __init__(self, tmp_path: Path, larry: Root, forge: str) -> None:
        self.tmp = tmp_path
        self.remote = tmp_path / "larry.git"
        tool = Root(tmp_path / "tool", {})
        place = f"https://forge.example/example/gitplanet@{tool.git('rev-parse', 'HEAD').strip()}"
        assert main(["init", str(larry.path), "--forge", forge, "--gitplanet", place]) == 0
        larry.commit("Run on a forge")
        subprocess.run(["git", "clone", "-q", "--bare", larry.path, self.remote], check=True)
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/gitplanet").symlink_to(TOOLS / "gitplanet")
        (tmp_path / "bin/pip").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/pip\n')
        (tmp_path / "bin/pip").chmod(0o755)
        places = [(tool.path, "example/gitplanet"), (self.remote, "larry/planet"), (self.remote, "larry/planet.git")]
        config = [f'[url "{here}"]\ninsteadOf = https://forge.example/{name}\n' for here, name in places]
        (tmp_path / ".gitconfig").write_text("".join(config))

    def run(self, script: str, folder: Path, **more: str) -> None:
        """One step's script, as the forge's runner would, with a folder of its own for /tmp."""
        path = f"{self.tmp}/bin:{os.environ['PATH']}"
        around = os.environ | {"PATH": path, "HOME": str(self.tmp), "TOKEN": "x", "PLANET_TOKEN": "x"} | more
        around["GIT_CONFIG_GLOBAL"] = str(self.tmp / ".gitconfig")
        (self.tmp / "t").mkdir(exist_ok=True)
        mine = script.replace("/tmp/", f"{self.tmp}/t/")
        done = subprocess.run(["sh", "-ec", mine], cwd=folder, env=around, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def of_remote(self, *words: str) -> str:
        return subprocess.run(["git", "-C", self.remote, *words], check=True, capture_output=True, text=True).stdout


def test_a_day_on_gitlab(larry: Root, tmp_path: Path) -> None:
    forge = Forge(tmp_path, larry, "gitlab")
    job = yaml.safe_load((larry.path / ".gitlab-ci.yml").read_text())["pages"]
    subprocess.run(["git", "clone", "-q", forge.remote, tmp_path / "work"], check=True)
    home = "https://forge.example/larry/planet"
    here = {"CI_DEFAULT_BRANCH": "main", "CI_PROJECT_URL": home, "CI_PAGES_URL": "https://larry.pages.example"}
    lines = [line for each in job["script"] for line in (each if isinstance(each, list) else [each])]
    forge.run("\n".join(lines), tmp_path / "work", **here)
    assert forge.of_remote("log", "-2", "--format=%s", "main").splitlines() == [
        'Add "Post 2" (larry)',
        'Add "Post 1" (larry)',
    ]
    assert "https://larry.pages.example/" in (tmp_path / "work/public/atom.xml").read_text()
    assert "--require-hashes" in (tmp_path / "pip").read_text()


def test_a_day_on_forgejo(larry: Root, tmp_path: Path) -> None:
    forge = Forge(tmp_path, larry, "forgejo")
    job = yaml.safe_load((larry.path / ".forgejo/workflows/planet.yml").read_text())["jobs"]["planet"]
    (tmp_path / "work").mkdir()
    more = {"HOME_URL": "https://forge.example/larry/planet", "GIT_ASKPASS": str(tmp_path / "t/askpass")}
    for step in job["steps"]:
        forge.run(step["run"], tmp_path / "work", **more)
    assert forge.of_remote("log", "-1", "--format=%s", "main").strip() == 'Add "Post 2" (larry)'
    assert "Post 2" in forge.of_remote("show", "pages:index.html")


def test_the_words_of_the_command_line_are_those_of_the_rooms():
    assert set(cli_init.FORGES) == set(init.FORGES)
    assert set(cli_export.TOOLS) == set(export.consumers.LINKS)
