"""The README tells the truth: its tables are those of the schemas, its commands exist."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files("generator") / "schema" / f"{name}.schema.json").read_text("utf-8"))
    return loaded


AUTHOR, SETTINGS = schema("author"), schema("settings")
TABLES = {
    "author": AUTHOR["properties"],
    "feed": AUTHOR["definitions"]["feed"]["properties"],
    "settings": {key: field for key, field in SETTINGS["properties"].items() if key not in ("editions", "fetch")},
    "edition": SETTINGS["definitions"]["edition"]["properties"],
    "fetch": SETTINGS["definitions"]["fetch"]["properties"],
}


def rows(fields: dict[str, Any]) -> str:
    """The table's rows as the README has them."""
    return "\n".join(f"| `{key}` | {_says(field)} |" for key, field in fields.items())


def _says(field: dict[str, Any]) -> str:
    example = json.dumps(field["examples"][0], ensure_ascii=False) if field.get("examples") else ""
    default = field.get("default")
    told = str(field["description"])
    if default not in (None, [], ""):
        told += f" Default: `{json.dumps(default)}`."
    return told + (f" Example: `{example}`" if example and len(example) < 60 else "")


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_settings_are_complete(name: str) -> None:
    assert rows(TABLES[name]) in README


def test_the_commands_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for command, options in re.findall(r"^\| `gitplanet (\w+)([^`]*)`", README, re.MULTILINE):
        with pytest.raises(SystemExit) as caught:
            main([command, "--help"])
        assert caught.value.code == 0
        told = capsys.readouterr().out
        assert all(option in told for option in re.findall(r"--[\w-]+", options))


def test_nothing_was_left_to_fill_in() -> None:
    assert not re.search(r"@@\w", README)
