"""A workflow's jobs, run outside GitHub: every `run:` step for real in bash, every `uses:` step by a stand-in.

Only as much of GitHub's language is understood as the planet's workflows speak.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parents[2]
WORKFLOWS = HERE / ".github" / "workflows"


def read(name: str) -> dict[Any, Any]:
    """A workflow's YAML; its key `on` is the boolean true there."""
    found: dict[Any, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))
    return found


@dataclass
class Job:
    """What became of a job."""

    result: str = "skipped"
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    log: str = ""
    folder: Path = Path()


class Runner:
    """GitHub, as far as a workflow sees it: the repository on its server, caches, Pages, and the event."""

    def __init__(self, home: Path, remote: Path, *, pages: bool = True, commands: Path | None = None) -> None:
        self.home, self.remote, self.pages, self.commands = home, remote, pages, commands
        self.temp = home / "temp"
        (self.temp / "gitplanet/bin").mkdir(parents=True)
        if commands:  # as if action.yml had installed it in this job
            (self.temp / "gitplanet/bin/gitplanet").symlink_to(commands / "gitplanet")
        self.caches: dict[str, Path] = {}
        self.deployed: Path | None = None
        self.artifacts: dict[str, Path] = {}
        self.runs = 0
        self.before: dict[str, Callable[[Path], object]] = {}
        """By name of a step: what happens elsewhere just before it."""

    def run(self, name: str, event_name: str, event: Mapping[str, Any], **variables: str) -> dict[str, Job]:
        """Runs all jobs of a workflow for one event."""
        self.runs += 1
        jobs: dict[str, Job] = {}
        for key, told in _called(read(name)["jobs"]).items():
            needs = told.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            jobs[key] = Job(folder=self.home / f"run-{self.runs}" / key)
            one = _Run(self, jobs[key], event_name, event, variables, {each: jobs[each] for each in needs})
            if all(jobs[each].result == "success" for each in needs) and one.truth(told.get("if", "true")):
                one.go(told)
        return jobs


def _called(jobs: Mapping[str, Any]) -> dict[str, Any]:
    """The jobs, among them those of called workflows of this repository, which get no more rights than their caller."""
    found: dict[str, Any] = {}
    for key, told in jobs.items():
        if "uses" not in told:
            found[key] = told
            continue
        assert told["uses"].startswith("$/.github/workflows/")
        for name, inner in read(Path(told["uses"]).name)["jobs"].items():
            for right, level in inner.get("permissions", {}).items():
                assert told["permissions"][right] in (level, "write"), f"GitHub refuses {name}: {right}: {level}"
            found[name] = inner
    return found


class _Run:
    """One job while it runs, or an action of this repository as one of its steps."""

    def __init__(
        self,
        runner: Runner,
        job: Job,
        event_name: str,
        event: Mapping[str, Any],
        variables: Mapping[str, str],
        needs: Mapping[str, Job],
    ) -> None:
        self.runner, self.job, self.event_name, self.event, self.variables = runner, job, event_name, event, variables
        self.needs = needs
        self.inputs: Mapping[str, str] = {}
        self.steps: dict[str, dict[str, Any]] = {}
        self.failed = False

    def go(self, told: Mapping[str, Any]) -> None:
        self.job.folder.mkdir(parents=True)
        for step in told["steps"]:
            if self.truth(step.get("if", "true")) and (not self.failed or "cancelled()" in step.get("if", "")):
                self._step(step)
        self.job.result = "failure" if self.failed else "success"
        self.job.outputs = {name: self.text(value) for name, value in told.get("outputs", {}).items()}

    def _step(self, step: Mapping[str, Any]) -> None:
        outputs: dict[str, str] = {}
        if elsewhere := self.runner.before.get(step.get("name", "")):
            elsewhere(self.job.folder)
        good = self._shell(step, outputs) if "run" in step else self._stand_in(step, outputs)
        self.steps[step.get("id", "")] = {"outcome": "success" if good else "failure", "outputs": outputs}
        self.failed |= not good and not step.get("continue-on-error")

    # run: -------------------------------------------------------------------

    def _shell(self, step: Mapping[str, Any], outputs: dict[str, str]) -> bool:
        files = {name: self.job.folder.parent / f"{self.job.folder.name}.{name}" for name in ("out", "sum", "event")}
        files["out"].write_text("")
        files["event"].write_text(json.dumps(self.event))
        script = self.job.folder.parent / "script.sh"
        script.write_text(self.text(step["run"]))
        env = self._environment(files) | {key: self.text(value) for key, value in step.get("env", {}).items()}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(
            command, cwd=self.job.folder, env=env, check=False, text=True, stdout=-1, stderr=subprocess.STDOUT
        )
        self.job.log += done.stdout
        self.job.summary = files["sum"].read_text() if files["sum"].exists() else self.job.summary
        outputs.update(line.split("=", 1) for line in files["out"].read_text().splitlines())
        return done.returncode == 0

    def _environment(self, files: Mapping[str, Path]) -> dict[str, str]:
        home = self.runner.home / "home"
        home.mkdir(exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "COVERAGE_PROCESS_START") if name in os.environ}
        path = ":".join(map(str, filter(None, (self.runner.commands, kept["PATH"]))))
        return kept | {
            "PATH": path,
            "HOME": str(home),
            "PYTHONPATH": str(HERE),
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": self.event_name,
            "GITHUB_EVENT_PATH": str(files["event"]),
            "GITHUB_OUTPUT": str(files["out"]),
            "GITHUB_REPOSITORY": "larry/planet",
            "GITHUB_STEP_SUMMARY": str(files["sum"]),
            "RUNNER_TEMP": str(self.runner.temp),
        }

    # uses: ------------------------------------------------------------------

    def _stand_in(self, step: Mapping[str, Any], outputs: dict[str, str]) -> bool:
        action = step["uses"].partition("@")[0]
        told = {key: self.text(value) for key, value in step.get("with", {}).items()}
        if action == "$/.":
            return self._own_action(told, outputs)
        match action:
            case "actions/checkout":
                self._check_out(told)
            case "actions/cache/restore":
                self._restore(told, outputs)
            case "actions/cache/save":
                self.runner.caches.setdefault(told["key"], self._copy(told["path"], told["key"]))
            case "actions/configure-pages":
                outputs["base_url"] = "https://larry.example/planet"
                return self.runner.pages
            case "actions/upload-pages-artifact":
                hidden = None if told.get("include-hidden-files") == "true" else shutil.ignore_patterns(".*")
                self.runner.artifacts["github-pages"] = self._copy(told["path"], "site", hidden)
            case "actions/upload-artifact":
                self.runner.artifacts[told["name"]] = self._copy(told["path"], told["name"])
            case "actions/deploy-pages":
                self.runner.deployed = self.runner.artifacts["github-pages"]
            case _:
                assert action == "actions/setup-python", f"no stand-in for {action}"
        return True

    def _own_action(self, told: Mapping[str, str], outputs: dict[str, str]) -> bool:
        """Runs action.yml, whose steps know each other and their inputs, but nothing else of the job."""
        action = yaml.safe_load((HERE / "action.yml").read_text("utf-8"))
        inner = _Run(self.runner, self.job, self.event_name, self.event, self.variables, {})
        inner.inputs = {name: self.text(each.get("default", "")) for name, each in action["inputs"].items()} | told
        for step in action["runs"]["steps"]:
            if not inner.failed:
                inner._step(step)
        outputs |= {name: inner.text(each["value"]) for name, each in action["outputs"].items()}
        return not inner.failed

    def _check_out(self, told: Mapping[str, str]) -> None:
        depth = told.get("fetch-depth", "1")
        ref = told.get("ref") or "main"
        words = ["git", "clone", "--quiet", f"file://{self.runner.remote}", "."]
        words[2:2] = [] if depth == "0" else [f"--depth={depth}"]
        subprocess.run(words, cwd=self.job.folder, check=True, capture_output=True)
        subprocess.run(["git", "checkout", "--quiet", ref], cwd=self.job.folder, check=True, capture_output=True)

    def _restore(self, told: Mapping[str, str], outputs: dict[str, str]) -> None:
        exact = told["key"] in self.runner.caches
        near = [key for key in self.runner.caches if key.startswith(told.get("restore-keys", "\0"))]
        outputs["cache-hit"] = "true" if exact else "false" if near else ""
        if "lookup-only" not in told and (exact or near):
            source = self.runner.caches[told["key"] if exact else near[-1]]
            shutil.copytree(source, self.job.folder / told["path"], dirs_exist_ok=True)

    def _copy(self, path: str, name: str, ignore: Any = None) -> Path:
        source = self.job.folder / path
        target = self.runner.home / f"kept-{len(list(self.runner.home.iterdir()))}-{re.sub(r'[^a-z0-9]+', '-', name)}"
        if source.is_dir():
            return Path(shutil.copytree(source, target, ignore=ignore))
        target.mkdir()
        shutil.copy(source, target)
        return target

    # ${{ }} -----------------------------------------------------------------

    def text(self, value: object) -> str:
        """A value with its expressions worked out."""
        if isinstance(value, bool):
            return str(value).lower()
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: _spelled(self._value(found[1])), str(value))

    def truth(self, condition: object) -> bool:
        """Whether a step or a job is to be run."""
        return bool(self._value(str(condition).removeprefix("${{").removesuffix("}}")))

    def _value(self, expression: str) -> Any:
        strings: list[str] = []

        def keep(found: re.Match[str]) -> str:
            strings.append(found[1])
            return f"STRING[{len(strings) - 1}]"

        told = re.sub(r"'([^']*)'", keep, expression)
        told = told.replace("&&", " and ").replace("||", " or ").replace("!=", "<>")
        told = re.sub(r"!", " not ", told).replace("<>", "!=")
        told = re.sub(r"\b(true|false)\b", lambda found: found[1].title(), told)
        told = re.sub(r"\b((?:github|inputs|needs|steps|vars)(?:\.[\w*-]+)+)", r"LOOK('\1')", told)
        names = {
            "STRING": strings,
            "LOOK": self._look,
            "contains": lambda things, thing: thing in (things or ()),
            "hashFiles": lambda path: "hash" if (self.job.folder / path).exists() else "",
            "cancelled": lambda: False,
        }
        return eval(told.strip(), {"__builtins__": {}}, names)

    def _look(self, path: str) -> Any:
        found: Any = {
            "github": {
                "event": self.event,
                "event_name": self.event_name,
                "token": "secret",
                "run_id": f"{self.runner.runs:03}",
                "run_attempt": 1,
                "base_ref": "main",
                "action_path": str(HERE),
            },
            "inputs": self.inputs,
            "needs": {name: {"outputs": job.outputs} for name, job in self.needs.items()},
            "steps": self.steps,
            "vars": self.variables,
        }
        parts = path.split(".")
        for place, part in enumerate(parts):
            if part == "*":
                return [each[parts[place + 1]] for each in found or ()]
            found = found.get(part) if isinstance(found, Mapping) else None
        return found


def _spelled(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


@contextmanager
def warm(folder: Path) -> Iterator[str]:
    """A text of a program `gitplanet` that does not wait for its imports."""
    path = folder / "warm"
    command = [sys.executable, "-m", "tests.support.fork_server", "serve", str(path)]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield f'#!/bin/sh\nexec {sys.executable} -I -S {HERE}/tests/support/fork_server.py {path} "$@"\n'
        process.terminate()


def commands(folder: Path, gitplanet: str = "", **programs: str) -> Path:
    """A folder of programs of ours, to stand before those of the machine: `make` installs nothing, but links."""
    folder.mkdir()
    make = f"#!/bin/sh\nmkdir -p .venv/bin\ncat > .venv/bin/gitplanet <<'END'\n{gitplanet}END\nchmod +x .venv/bin/*\n"
    for name, text in {"make": make, "gitplanet": gitplanet, **programs}.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder
