"""Find out who runs a command, for what is done by a person's will: `person`."""

import os
import re

from generator.git.command import Git
from generator.git.fast_import import Person

_IDENT = re.compile(r"(.+) <([^<>]+)> \d+ [+-]\d{4}")


def person(git: Git) -> Person | None:
    """Return the person whom git would name as author, else the account that started the run in CI, else None.

    Git is asked for what somebody has set, not for its guess from the machine's names (`user.useConfigOnly`).
    https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    """
    if match := _IDENT.fullmatch(git.find("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")):
        return Person(name=match[1], email=match[2])
    account = os.environ.get("GITHUB_ACTOR", "")
    return Person(name=account, email=f"{account}@users.noreply.github.com") if account else None
