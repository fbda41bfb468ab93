"""Pull requests for tests: branches of a small planet, made in one go with any mode that git knows."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.planets import Root

FILE, LINK, PROGRAM, SUBMODULE = "100644", "120000", "100755", "160000"


@dataclass(frozen=True)
class Put:
    """A file with that content and mode."""

    content: str | bytes = ""
    mode: str = FILE


Change = str | bytes | Put | None
"""What becomes of a path: a text, a file with a mode, or nothing."""


def propose(root: Root, offers: Mapping[str, Mapping[str, Change]]) -> None:
    """Makes a branch of each offer's name, one commit ahead of main."""
    parts: list[bytes] = []
    for name, changes in offers.items():
        parts.append(b"commit refs/heads/%s\n" % name.encode())
        parts.append(b"committer Larry <larry@example.org> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\n")
        parts.extend(_line(path, change) for path, change in changes.items())
    stream = b"".join(parts) + b"done\n"
    subprocess.run(
        ["git", "-C", str(root.path), "fast-import", "--quiet", "--done", "--force"], input=stream, check=True
    )


def _line(path: str, change: Change) -> bytes:
    if change is None:
        return b"D %s\n" % path.encode()
    put = change if isinstance(change, Put) else Put(change)
    data = put.content.encode() if isinstance(put.content, str) else put.content
    if put.mode == SUBMODULE:
        return b"M 160000 %s %s\n" % (b"1" * 40, path.encode())
    return b"M %s inline %s\ndata %d\n%s\n" % (put.mode.encode(), path.encode(), len(data), data)
