"""A stand-in for GitHub's client `gh`: its git is a bare repository here, and all else is a file of JSON.

Run as a program: `forge.py STATE REMOTE api --method METHOD PATH [--input -]`.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

NOTHING: dict[str, Any] = {
    "issues": {}, "comments": {}, "pulls": {}, "runs": {}, "jobs": {}, "annotations": {}, "labels": [],
    "may_open_pulls": True,
}  # fmt: skip
PREFIX = "repos/larry/planet"


class Forge:
    """The state of the repository `larry/planet`, kept in a file."""

    def __init__(self, file: Path, remote: Path) -> None:
        self.file, self.remote = file, remote
        self.state: dict[str, Any] = json.loads(file.read_text()) if file.exists() else json.loads(json.dumps(NOTHING))

    def save(self) -> None:
        self.file.write_text(json.dumps(self.state))

    def git(self, *words: str, feed: str = "", **env: str) -> str:
        person = {"GIT_AUTHOR_NAME": "bot", "GIT_COMMITTER_NAME": "bot"}
        person |= {"GIT_AUTHOR_EMAIL": "b@x.example", "GIT_COMMITTER_EMAIL": "b@x.example"}
        command = ["git", "-C", str(self.remote), *words]
        done = subprocess.run(command, input=feed, capture_output=True, text=True, check=True, env=person | env)
        return done.stdout.strip()

    def answer(self, method: str, path: str, data: Any) -> Any:  # noqa: C901  a table of addresses
        """What GitHub answers. Raises KeyError for what is not there."""
        url = urlsplit(path.removeprefix(PREFIX).removeprefix("/"))
        asked = {name: values[-1] for name, values in parse_qs(url.query).items()}
        match method, url.path.split("/"):
            case "GET", [""]:
                return {"default_branch": "main"}
            case "GET", ["issues"]:
                return [each for each in self.state["issues"].values() if self._fits(each, asked)]
            case "GET", ["issues", number]:
                return self.state["issues"][number]
            case "POST", ["labels"]:
                self.state["labels"].append(data["name"])
                return data
            case "POST", ["issues"]:
                return self._new("issues", {**data, "labels": [{"name": name} for name in data.get("labels", [])]})
            case "PATCH", ["issues" | "pulls" as kind, number]:
                self.state[kind][number] |= data
                return self.state[kind][number]
            case "GET", ["issues", number, "comments"]:
                return [each for each in self.state["comments"].values() if each["on"] == number]
            case "POST", ["issues", number, "comments"]:
                return self._new("comments", {**data, "on": number, "user": {"login": "github-actions[bot]"}})
            case "PATCH", ["issues", "comments", number]:
                self.state["comments"][number] |= data
                return self.state["comments"][number]
            case "GET", ["pulls"]:
                return [each for each in self.state["pulls"].values() if self._is_of(each, asked["head"])]
            case "GET", ["pulls", number, "files"]:
                files = [{"filename": path} for path in self.state["pulls"][number].get("paths", [])]
                files += self.state["pulls"][number].get("files", [])
                end = int(asked["page"]) * int(asked["per_page"])
                return files[:3000][end - int(asked["per_page"]) : end]  # GitHub lists no more
            case "POST", ["pulls"]:
                if not self.state["may_open_pulls"]:
                    raise KeyError("GitHub Actions is not permitted to create or approve pull requests. (HTTP 403)")
                pull = self._new("pulls", {**data, "head": {"label": f"larry:{data['head']}"}})
                return pull | {"html_url": f"https://github.com/larry/planet/pull/{pull['number']}"}
            case "GET", ["actions", "runs", number]:
                return self.state["runs"][number]
            case "GET", ["actions", "runs", number, "jobs"]:
                return {"jobs": self.state["jobs"][number]}
            case "GET", ["check-runs", number, "annotations"]:
                return self.state["annotations"][number]
            case _, ["git", *rest]:
                return self._git(method, rest, data)
        raise KeyError(f"Not Found: {method} {path} (HTTP 404)")

    def _new(self, kind: str, thing: dict[str, Any]) -> dict[str, Any]:
        number = 1 + sum(len(self.state[each]) for each in ("issues", "comments", "pulls"))
        made = {"number": number, "id": number, "state": "open", **thing}
        made["html_url"] = f"https://github.com/larry/planet/{kind}/{number}"
        self.state[kind][str(number)] = made
        return made

    def _fits(self, issue: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
        labels = [label["name"] for label in issue["labels"]]
        creator = issue.get("user", {}).get("login", "")
        fits = issue["state"] == asked.get("state", "open") and asked.get("creator", creator) == creator
        return fits and ("labels" not in asked or asked["labels"] in labels)

    def _is_of(self, pull: Mapping[str, Any], head: str) -> bool:
        return bool(pull["state"] == "open" and pull["head"]["label"] == head)

    def _git(self, method: str, path: list[str], data: Any) -> Any:
        match method, path:
            case "GET", ["ref", "heads", branch]:
                return {"object": {"sha": self.git("rev-parse", f"refs/heads/{branch}")}}
            case "GET", ["matching-refs", "heads", *branch]:
                told = self.git("for-each-ref", "--format=%(refname)", f"refs/heads/{'/'.join(branch)}*")
                return [{"ref": ref} for ref in told.split()]
            case "POST", ["trees"]:
                return {"sha": self._tree(data)}
            case "POST", ["commits"]:
                words = ["commit-tree", data["tree"], *(f"-p{parent}" for parent in data["parents"])]
                return {"sha": self.git(*words, feed=data["message"])}
            case "POST", ["refs"]:
                self.git("update-ref", data["ref"], data["sha"], "0" * 40)
                return data
            case "PATCH", ["refs", *ref]:
                self.git("update-ref", f"refs/{'/'.join(ref)}", data["sha"])
                return data
        raise KeyError("Not Found (HTTP 404)")

    def _tree(self, data: Any) -> str:
        index = {"GIT_INDEX_FILE": str(self.file.with_suffix(".index"))}
        self.git("read-tree", data["base_tree"], **index)
        lines = [self._leaf(leaf) for leaf in data["tree"]]
        self.git("update-index", "--add", "--index-info", feed="".join(lines), **index)
        return self.git("write-tree", **index)

    def _leaf(self, leaf: Mapping[str, Any]) -> str:
        if leaf.get("sha", "") is None:
            return f"0 {'0' * 40}\t{leaf['path']}\n"
        blob = self.git("hash-object", "-w", "--stdin", feed=leaf["content"])
        return f"{leaf['mode']} {blob}\t{leaf['path']}\n"


def program(state: Path, remote: Path) -> str:
    """The text of a program `gh` that speaks to this forge."""
    return f'#!/bin/sh\nexec {sys.executable} -I -S {Path(__file__)} {state} {remote} "$@"\n'


def main(words: list[str]) -> int:
    forge = Forge(Path(words[0]), Path(words[1]))
    if words[2:4] == ["auth", "setup-git"]:
        return 0
    _, _, _, _, method, path, *rest = words
    try:
        told = forge.answer(method, path, json.loads(sys.stdin.read()) if rest else None)
    except KeyError as error:
        print(f"gh: {error.args[0]}", file=sys.stderr)
        return 1
    forge.save()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
