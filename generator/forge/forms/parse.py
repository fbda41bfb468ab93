"""Read the request from the event of an issue with `read`. Everything in it is a stranger's. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.check import Account

VOUCHED = "vouched"
"""The label by which a maintainer says that somebody may."""
_FIELDS = {
    "Your name": "name",
    "Your nick": "nick",
    "Your feeds": "feeds",
    "Your homepage": "homepage",
    "Language of your posts": "language",
    "Address of the feed now": "old",
    "New address of the feed": "new",
    "What shall become of your posts": "posts",
    "Address of the post": "post",
    "What is wrong with it": "wrong",
}
"""What the forms in .github/ISSUE_TEMPLATE ask, and what we call it."""
_KINDS = {"feeds": "add", "new": "change", "posts": "remove", "wrong": "report"}
"""A field that only one of the forms has tells which it is."""
_EMPTY = "_No response_"
_BRANCH = re.compile(r"gitplanet/form-([1-9][0-9]{0,9})")


@dataclass(frozen=True, kw_only=True)
class FormRequest:
    """A filled form."""

    kind: str
    """`add`, `change`, `remove` or `report`."""
    fields: Mapping[str, str]
    issue: int
    who: Account
    vouched: bool


def branch_of(issue: int) -> str:
    """Return the branch with what a form comes to."""
    return f"gitplanet/form-{issue}"


def issue_of(branch: str) -> int:
    """Return the issue whose form a branch was made for; 0 where it is none of these branches."""
    match = _BRANCH.fullmatch(branch)
    return int(match[1]) if match else 0


def read(event: Mapping[str, Any]) -> FormRequest | None:
    """Return the wish of an event of an issue; None where the issue is no filled form."""
    issue = event["issue"]
    fields: dict[str, str] = {}
    parts = re.split(
        r"^### (.(?:.*[^ \t\n])?)[ \t]*$", str(issue["body"] or "").replace("\r\n", "\n"), flags=re.MULTILINE
    )
    for label, text in zip(parts[1::2], parts[2::2], strict=True):
        if label in _FIELDS:
            value = text.strip()
            fields.setdefault(_FIELDS[label], "" if value == _EMPTY else value[:4000])
    kind = next((_KINDS[name] for name in fields if name in _KINDS), None)
    if kind is None:
        return None
    who = Account(login=str(issue["user"]["login"]), number=int(issue["user"]["id"]))
    return FormRequest(kind=kind, fields=fields, issue=int(issue["number"]), who=who, vouched=_is_vouched(event))


def _is_vouched(event: Mapping[str, Any]) -> bool:
    """Return whether the label was just given: what is edited after that is something else, and needs it again."""
    labels = [event["label"]] if "label" in event else event["issue"]["labels"]
    return event.get("action", "labeled") == "labeled" and any(label["name"] == VOUCHED for label in labels)
