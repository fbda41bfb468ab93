"""Client of GitHub's REST API for one repository, `GitHub`, by way of the program `gh`, which has the token."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import PlanetError

PER_PAGE = 100
MAX_PAGES = 40
ROBOT = "github-actions[bot]"
"""Who a workflow's token speaks as."""


@dataclass(frozen=True, kw_only=True)
class PullWords:
    """What a pull request and its commit say."""

    title: str
    message: str
    body: str


class GitHub:
    """The repository `owner/name`. Every method raises PlanetError where GitHub says no."""

    def __init__(self, repository: str) -> None:
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
            raise PlanetError(f"{repository!r} is not a repository; write it like `larry/planet`")
        self.repository = repository
        self.owner = repository.partition("/")[0]

    def ask(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> Any:
        """Return what GitHub answers to one request; None where it has nothing to say."""
        if shutil.which("gh") is None:
            raise PlanetError("GitHub's client `gh` is not installed; install it")
        words = ["gh", "api", "--method", method, f"repos/{self.repository}/{path}".rstrip("/")]
        feed = json.dumps(data) if data is not None else None
        done = subprocess.run(
            [*words, *(["--input", "-"] if feed else [])], input=feed, capture_output=True, text=True, check=False
        )
        if done.returncode:
            reason = " ".join((done.stderr or done.stdout).split())[:300]
            raise PlanetError(f"GitHub refuses {method} {path.partition('?')[0]}: {reason or 'it does not say why'}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def branch(self) -> str:
        """Return the name of its default branch."""
        return str(self.ask("GET", "")["default_branch"])

    def all(self, path: str, key: str = "") -> Iterator[Any]:
        """Yield everything of a list, page after page; `key` names the list where it stands inside an object."""
        mark = "&" if "?" in path else "?"
        for page in range(1, MAX_PAGES + 1):
            response = self.ask("GET", f"{path}{mark}per_page={PER_PAGE}&page={page}")
            items = response[key] if key else response
            yield from items
            if len(items) < PER_PAGE:
                return

    def say(self, number: int, mark: str, text: str) -> None:
        """Put one comment of ours on an issue or a pull request: edited where it stands already, found by its mark."""
        body = {"body": f"{mark}\n{text}"}
        for comment in self.all(f"issues/{number}/comments"):
            if comment["user"]["login"] == ROBOT and str(comment["body"]).startswith(mark):
                if comment["body"].strip() != body["body"].strip():
                    self.ask("PATCH", f"issues/comments/{comment['id']}", body)
                return
        self.ask("POST", f"issues/{number}/comments", body)

    def offer(self, branch: str, files: Mapping[str, str | None], *, base: str, words: PullWords) -> str:
        """Offer changes to `base` as a pull request from `branch`, made anew where it is there; return its address.

        `files` are texts by path, None for one that goes. Where workflows may not open pull requests here, returns
        the page on which a person opens it.
        """
        tip = self.ask("GET", f"git/ref/heads/{base}")["object"]["sha"]
        tree = [_leaf(path, text) for path, text in files.items()]
        made = self.ask("POST", "git/trees", {"base_tree": tip, "tree": tree})["sha"]
        commit = self.ask("POST", "git/commits", {"message": words.message, "tree": made, "parents": [tip]})["sha"]
        self._point(branch, commit)
        text = {"title": words.title, "body": words.body}
        for pull in self.all(f"pulls?state=open&head={self.owner}:{branch}"):
            self.ask("PATCH", f"pulls/{pull['number']}", text)
            return str(pull["html_url"])
        try:
            return str(self.ask("POST", "pulls", {**text, "head": branch, "base": base})["html_url"])
        except PlanetError as error:
            if "not permitted to create" not in str(error):
                raise
            return f"https://github.com/{self.repository}/compare/{base}...{branch}?expand=1"

    def _point(self, branch: str, commit: str) -> None:
        refs = {ref["ref"] for ref in self.ask("GET", f"git/matching-refs/heads/{branch}")}
        if f"refs/heads/{branch}" in refs:
            self.ask("PATCH", f"git/refs/heads/{branch}", {"sha": commit, "force": True})
        else:
            self.ask("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit})


def _leaf(path: str, text: str | None) -> dict[str, str | None]:
    """Return an entry of a tree: https://docs.github.com/en/rest/git/trees"""
    leaf: dict[str, str | None] = {"path": path, "mode": "100644", "type": "blob"}
    return {**leaf, "sha": None} if text is None else {**leaf, "content": text}
