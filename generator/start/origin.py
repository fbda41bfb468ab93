"""Where the running gitplanet came from → the address and revision that a new planet's workflows get it from."""

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from generator.errors import PlanetError
from generator.repository import origin_of

NOBODY = "https://github.com/OWNER/gitplanet"
"""What stands in the workflows where nobody knows it: a person has to put it right."""
_TOLD = re.compile(r"(https://[^\s@\"'$`\\]+?)/?(?:\.git)?@([0-9a-f]{40}|[A-Za-z0-9][\w./-]{0,80})")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A repository of gitplanet's at a revision."""

    address: str = NOBODY
    revision: str = "HASH-OF-A-COMMIT"

    def serves(self, forge: str) -> bool:
        """Whether the workflows for that forge can run as they are: GitHub's name it without a host."""
        return self.address != NOBODY and (forge != "github" or self.address.startswith("https://github.com/"))

    @property
    def slug(self) -> str:
        """`owner/name` on GitHub."""
        return "/".join(self.address.split("/")[-2:])


def told(text: str) -> Origin:
    """`https://…/gitplanet@REVISION` of the command line. Raises PlanetError."""
    found = _TOLD.fullmatch(text)
    if not found:
        raise PlanetError(f"{text!r} is no address of gitplanet; write https://github.com/OWNER/gitplanet@HASH")
    return Origin(address=found[1], revision=found[2])


def found() -> Origin:
    """From the note that pip keeps of an installation from git (PEP 610), or from the checkout that is running."""
    try:
        note = json.loads(distribution("gitplanet").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        note = {}
    commit = note.get("vcs_info", {}).get("commit_id", "")
    address = str(note.get("url", ""))
    if not commit:
        address, commit = origin_of(Path(__file__).parents[2])
    address = re.sub(r"^git@([^:]+):", r"https://\1/", address).removesuffix("/").removesuffix(".git")
    if not commit or not _TOLD.fullmatch(f"{address}@{commit}"):
        return Origin()
    return Origin(address=address, revision=commit)
