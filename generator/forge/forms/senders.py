"""Ask GitHub who sends forms: `sender` of the one that a branch was made for, and how many are `open_before` one."""

from urllib.parse import quote

from generator.check import Account
from generator.forge.forms.parse import FormRequest, issue_of, read
from generator.forge.github import GitHub

MAX_OPEN = 3
"""Requests that one account may have open."""


def sender(github: GitHub, branch: str) -> Account | None:
    """Return the account that filled in the form which `branch` was made for; None where it was made for none.

    Only this repository's workflow makes such branches, and an issue's author never changes, whoever edits the issue.
    """
    issue = issue_of(branch)
    if not issue:
        return None
    user = github.ask("GET", f"issues/{issue}")["user"]
    return Account(login=str(user["login"]), number=int(user["id"]))


def open_before(github: GitHub, wish: FormRequest) -> list[int]:
    """Return the open issues with forms that the same account sent before this one, the oldest first."""
    issues = github.all(f"issues?state=open&creator={quote(wish.who.login, safe='')}")
    own = (issue for issue in issues if issue["user"]["id"] == wish.who.number and "pull_request" not in issue)
    return sorted(int(issue["number"]) for issue in own if issue["number"] < wish.issue and read({"issue": issue}))


def refusal(github: GitHub, wish: FormRequest) -> str:
    """Return why the request has to wait: its sender has enough of them open; empty where it has not, or somebody
    vouches.
    """
    before = [] if wish.vouched else open_before(github, wish)
    if len(before) < MAX_OPEN:
        return ""
    named = ", ".join(map(str, before[:MAX_OPEN]))
    return f"you have {len(before)} open requests already, in issues {named}; close one, or wait until it is answered"
