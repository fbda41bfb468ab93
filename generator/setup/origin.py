"""Find where the running gitplanet came from, which a new planet's workflows install: `find_origin`."""

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.errors import PlanetError
from generator.git import origin_of

NOBODY = "https://github.com/OWNER/gitplanet"
"""What stands in the workflows where nobody knows it: a person has to put it right."""
_ORIGIN = re.compile(r"(https://[^\s@\"'$`\\]+?)/?(?:\.git)?@([0-9a-f]{40}|[A-Za-z0-9][\w./-]{0,80})")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A repository of gitplanet's at a revision."""

    address: str = NOBODY
    revision: str = "HASH-OF-A-COMMIT"

    def serves(self, forge: str) -> bool:
        """Return whether the workflows for that forge can run as they are: GitHub's name it without a host."""
        return self.address != NOBODY and (forge != "github" or self.address.startswith("https://github.com/"))

    @property
    def slug(self) -> str:
        """`owner/name` on GitHub."""
        return "/".join(self.address.split("/")[-2:])


def format_origin(text: str) -> Origin:
    """`https://…/gitplanet@REVISION` of the command line. Raises PlanetError."""
    match = _ORIGIN.fullmatch(text)
    if not match:
        raise PlanetError(f"{text!r} is no address of gitplanet; write https://github.com/OWNER/gitplanet@HASH")
    return Origin(address=match[1], revision=match[2])


def find_origin() -> Origin:
    """From the note that pip keeps of an installation (PEP 610), of a commit or a clone; else from what is running."""
    try:
        note = json.loads(distribution("gitplanet").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        note = {}
    address, commit = str(note.get("url", "")), str(note.get("vcs_info", {}).get("commit_id", ""))
    if not commit:
        clone = urlsplit(address)
        here = Path(unquote(clone.path)) if clone.scheme == "file" else Path(__file__).parents[2]
        address, commit = origin_of(here)
    address = re.sub(r"^git@([^:]+):", r"https://\1/", address).removesuffix("/").removesuffix(".git")
    match = _ORIGIN.fullmatch(f"{address}@{commit}")
    return Origin(address=address, revision=commit) if match else Origin()
