"""Comment on a pull request with what its finished check found: `comment`, from the annotations that GitHub stores.

The run was a fork's: it may have said anything. So nothing is taken from its artifacts, its words are made inert, and
which pull request it was is asked of GitHub, never of the run.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from generator.forge.github import GitHub
from generator.forge.markdown import code, table, words

MARK = "<!-- gitplanet check -->"
TITLE = "gitplanet"
"""What our annotations are called, so that GitHub's own are told from them."""
MOST = 40
MAX_LISTED = 3000
"""Files of a pull request that GitHub lists: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files"""
_NO_PROOF = """### A maintainer has to look at this

This pull request changes `.github/`, where its own check is written, or more files than GitHub lists, so what that
check says proves nothing.
"""
_SIGNS = {"failure": "❌", "warning": "⚠️"}


def comment(github: GitHub, run: int) -> int:
    """Comment on on the pull request that the run checked; return its number, 0 where there is none to comment on."""
    details = github.ask("GET", f"actions/runs/{run}")
    number = _pull(github, details)
    if not number:
        return 0
    notes = [note for job in github.all(f"actions/runs/{run}/jobs", "jobs") for note in _notes(github, job)]
    if not any(note["annotation_level"] != "notice" or _is_news(note) for note in notes):
        return 0
    page = f"https://github.com/{github.repository}/actions/runs/{run}"
    text = _text(notes, good=details["conclusion"] == "success", page=page)
    github.say(number, MARK, _NO_PROOF if _is_its_own_judge(github, number) else text)
    return number


def _is_its_own_judge(github: GitHub, number: int) -> bool:
    """Return whether the pull request changes the workflows: GitHub runs a check as the proposal has it.

    Of one that changes more files than GitHub lists, nobody can tell.
    """
    files = list(github.all(f"pulls/{number}/files"))
    paths = (str(file.get(name, "")) for file in files for name in ("filename", "previous_filename"))
    return len(files) >= MAX_LISTED or any(path.startswith(".github/") for path in paths)


def _pull(github: GitHub, run: Mapping[str, Any]) -> int:
    """Return the open pull request whose newest commit the run checked; a run of a fork does not name it."""
    source = run["head_repository"] or {"owner": {"login": ""}}
    branch = f"{source['owner']['login']}:{run['head_branch']}"
    for pull in github.all(f"pulls?state=open&head={quote(branch)}"):
        if pull["head"]["sha"] == run["head_sha"]:
            return int(pull["number"])
    return 0


def _notes(github: GitHub, job: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Our annotations of a job; a job and its check run have the same number."""
    return [note for note in github.all(f"check-runs/{job['id']}/annotations") if note["title"] == TITLE]


def _is_news(note: Mapping[str, Any]) -> bool:
    return str(note["path"]) != "authors"


def _text(notes: Iterable[Mapping[str, Any]], *, good: bool, page: str) -> str:
    notes = list(notes)[:MOST]
    serious = [note for note in notes if note["annotation_level"] in _SIGNS]
    rest = [note for note in notes if note not in serious]
    parts = ["### This is right: a maintainer will look at it\n" if good else "### Not yet right\n"]
    if serious:
        rows = ([_SIGNS[note["annotation_level"]], code(_place(note)), words(note["message"])] for note in serious)
        parts.append(table(["", "where", "what, and what to write"], rows))
    if not good:
        parts.append("Edit the file in this pull request, and it is checked again by itself.\n")
    if rest:
        parts.append("".join(f"- {words(note['message'])}\n" for note in rest))
    parts.append(f"The [run]({page}) has all of it, with a preview of the pages where there is one.\n")
    return "\n".join(parts)


def _place(note: Mapping[str, Any]) -> str:
    return f"{note['path']}:{note['start_line']}"
