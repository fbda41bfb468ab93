"""What a build keeps in `.cache/` for the next: tables as JSON, which may be lost or be rubbish."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator import program


def keep(path: Path, table: dict[str, Any]) -> None:
    """Writes the table where there is a folder for it; `recall` gives it as long as the program is the same."""
    told = {"program": program.mark(), **table}
    with suppress(OSError):  # it may be lost
        path.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), "utf-8", "surrogatepass")


def recall(path: Path) -> dict[str, Any]:
    """The table that this program kept there; an empty one where there is none that can be read."""
    told = read(path)
    return told if told.get("program") == program.mark() else {}


def read(path: Path) -> dict[str, Any]:
    """The table in that file, whoever wrote it; an empty one where there is none that can be read."""
    try:
        told = json.loads(path.read_text("utf-8", "surrogatepass"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
