"""Find what a planet's own theme has, or asks for, by names of the time when the theme was flat: `FlatNames`.

It also says what each is called now. To be removed, with its tests, after one more release.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes

from generator.build.theme.folders import FOLDERS, LOCALE, STATIC, TEMPLATES
from generator.errors import Problem

_RENAMED = {
    "contributors.html": "pages/authors.html",
    "state.html": "pages/feed_status.html",
    "stats.html": "pages/statistics.html",
    "listing.html": "partials/headlines.html",
    "states.html": "partials/feed_states.html",
    **{name: f"partials/{name}" for name in ("base.html", "charts.html", "gathered.html")},
}
_PIECES = ("partials/posts.html", "partials/authors.html", "partials/lists.html", "partials/diffs.html")
_SPLIT = {"short.html": _PIECES[:1], "macros.html": _PIECES}
"""Where the macros of a file are now. In a planet that has both files, those of the last count."""
_SHIPPED = "shipped:"
"""Before the name of a template: the one that is shipped, whatever the planet has."""
_MACRO = re.compile(r"{% macro (\w+)")
_ATTRIBUTES = {
    "come": ("inserted",),
    "gone": ("deleted",),
    "known": ("has_history",),
    "told": ("listed", "result"),
}
"""What the values that templates show call an attribute now: one of these, as the value is."""


class OldAttribute(jinja2.StrictUndefined):
    """A value that is not there; of an attribute that has another name now, the value by that name instead."""

    def __new__(cls, *_: Any, obj: Any = None, name: str = "", **__: Any) -> Any:
        """Give the value: Jinja asks for this where `obj` has no attribute `name`."""
        attribute = next((new for new in _ATTRIBUTES.get(name, ()) if hasattr(obj, new)), "")
        return getattr(obj, attribute) if attribute else super().__new__(cls)


class FlatNames(jinja2.BaseLoader):
    """The templates and other files with flat names in the theme `own`, which the theme `shipped` completes."""

    def __init__(self, own: Path, shipped: Path) -> None:
        self._own, self._shipped = own, jinja2.FileSystemLoader(shipped)
        pages = [f"{folder}/{path.name}" for folder in ("feeds", "pages") for path in (shipped / folder).glob("*")]
        self._names = {Path(page).name: page for page in pages if page not in _RENAMED.values()} | _RENAMED
        """What a template with a flat name is called now."""

    def _has(self, name: str) -> bool:
        return (self._own / name).is_file()

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Give the text of a template, where a file has or a template asks for a flat name."""
        if template.startswith(_SHIPPED):
            return self._shipped.get_source(environment, template.removeprefix(_SHIPPED))
        if template in _SPLIT:
            return "".join(map(self._handed_on, _SPLIT[template])), None, None
        if template in self._names and environment.loader:
            return environment.loader.get_source(environment, self._names[template])
        if files := [name for name in _SPLIT if template in _SPLIT[name] and self._has(name)]:
            return self._overlaid(environment, template, files)
        for name, path in self._names.items():
            if path == template and self._has(name):
                return jinja2.FileSystemLoader(self._own).get_source(environment, name)
        raise jinja2.TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """List none: the files are listed by their own names already."""
        return []

    def _macros(self, piece: str) -> list[str]:
        return _MACRO.findall((Path(self._shipped.searchpath[0]) / piece).read_text("utf-8"))

    def _handed_on(self, piece: str) -> str:
        """Write a template that has the macros of a piece."""
        alias = Path(piece).stem
        sets = (f"{{% set {macro} = from_{alias}.{macro} %}}" for macro in self._macros(piece))
        return f'{{% import "{piece}" as from_{alias} %}}' + "".join(sets)

    def _overlaid(
        self, environment: jinja2.Environment, piece: str, files: list[str]
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Give the piece as it is shipped, with the macros of the planet's own flat files in place of its own."""
        text, file_name, is_current = self._shipped.get_source(environment, piece)
        for file in files:
            alias = f"from_{Path(file).stem}"
            text += f'{{% import "{file}" as {alias} %}}'
            for macro in self._macros(piece):
                text += f"{{% set {macro} = {alias}.{macro} if {alias}.{macro} is defined else {macro} %}}"
        return text, file_name, is_current

    def resolve(self, template: str, parent: str) -> str:
        """Name the template that `parent` asks for: a piece as it is shipped, where the planet's own is made of it."""
        in_circle = parent in _SPLIT and template in _PIECES and not self._has(template)
        return _SHIPPED + template if in_circle and (self._has(parent) or self._has("macros.html")) else template

    def files(self) -> Iterator[tuple[str, Path]]:
        """Find the files that go into the site as they are: their paths there, and where they are."""
        for name in self._files():
            if (path := self._path_today(name)).startswith(f"{STATIC}/"):
                yield path.removeprefix(f"{STATIC}/"), self._own / name

    def _files(self) -> Iterator[str]:
        for path in sorted(self._own.rglob("*")):
            name = path.relative_to(self._own).as_posix()
            if path.is_file() and not name.startswith("."):
                yield name

    def _path_today(self, name: str) -> str:
        """Name what a file of the planet's is called now; empty where it may stay."""
        folder, _, base = name.rpartition("/")
        if name in self._names or name.split("/")[0] in FOLDERS:
            return self._names.get(name, "")
        if name.endswith(".po"):
            return f"{LOCALE}/{base}" if folder == "texts" else ""
        return "" if name.endswith(TEMPLATES) else f"{STATIC}/{name}"

    def notes(self, environment: jinja2.Environment) -> Iterator[Problem]:
        """Say of each file what its name is now, and what the names in it are."""
        for name in self._files():
            now = _SPLIT.get(name) or (self._path_today(name),)
            parts = [f"this is now {', '.join(f'theme/{path}' for path in now)}"] if all(now) else []
            if all(map(self._has, now)):
                remedy = "it is not read, because that is there; remove this"
            else:
                remedy = "old names are read for one more release"
                parts += [f"{old} in it is {new}" for old, new in self._asked(environment, name)]
            if parts:
                yield Problem(file=f"theme/{name}", line=0, reason="; ".join(parts), remedy=remedy)

    def _asked(self, environment: jinja2.Environment, name: str) -> Iterator[tuple[str, str]]:
        """Find old names that a template asks for, and what they are now: of templates, unless the planet has such."""
        try:
            tree = environment.parse((self._own / name).read_text("utf-8") if name.endswith(TEMPLATES) else "")
        except (jinja2.TemplateSyntaxError, UnicodeDecodeError):
            return
        for asked in sorted(filter(None, set(meta.find_referenced_templates(tree)))):
            if not self._has(asked) and (now := _SPLIT.get(asked) or self._names.get(asked)):
                yield asked, now if isinstance(now, str) else ", ".join(now)
        for asked in sorted({node.attr for node in tree.find_all(nodes.Getattr)} & _ATTRIBUTES.keys()):
            yield f".{asked}", " or ".join(f".{attribute}" for attribute in _ATTRIBUTES[asked])
