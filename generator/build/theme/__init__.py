"""Render templates to text, and load the theme's other files: `Theme`. The only room that knows Jinja.

Templates write `_("Read on")`, `ngettext("%(num)s post", "%(num)s posts", many)` or `{% trans %}`; the texts come in
the page's `language` from theme/locale/<language>.po, English from the template itself.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2s
from pathlib import Path
from traceback import extract_tb
from typing import Any

import jinja2

from generator.build.theme import folders
from generator.build.theme.flat_names import FlatNames
from generator.build.theme.folders import LOCALE, STATIC, TEMPLATES
from generator.build.theme.i18n import SOURCE, Translations
from generator.build.theme.jinja import COMPILED, make_environment
from generator.errors import PlanetError, Problem
from generator.parallel import fork_map

_HASHED = ("script.js", "search.js", "style.css")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_CONTROLS_OF_LATIN = re.compile(rb"\xc2[\x80-\x9f]")


class Theme:
    """The templates and files of `root`/theme, each completed by the one shipped with the package."""

    def __init__(self, root: Path, languages: Iterable[str] = ()) -> None:
        """Raises PlanetError where one of the languages has no texts."""
        self._folders, self._compiled = folders.folders(root), root / COMPILED
        self._flat = FlatNames(self._folders[0], self._folders[-1])
        read = self._read_assets()
        self._names = {name: _hashed(name, content) for name, content in read.items()}
        self.assets: Mapping[str, bytes] = {self._names[name]: content for name, content in read.items()}
        """Files of the site that are no templates, by path; stylesheet and scripts carry a hash of their content."""
        self._jinja: dict[str, jinja2.Environment] = {}
        """By language."""
        for language in languages:
            self._of(language)

    def check(self, only: Collection[str] | None = None, *, jobs: int = 1) -> None:
        """Compile all templates, or `only` those of these names. Raises PlanetError where one is no template."""
        names = {name for language in self._jinja or [SOURCE] for name in self._of(language).list_templates()}
        wanted = sorted(name for name in names if _is_template(name) and (only is None or name in only))
        fork_map(self._compile, wanted, jobs=jobs)

    def _of(self, language: str) -> jinja2.Environment:
        """The templates in a language of the interface."""
        if language not in self._jinja:
            catalogues = (self._folders[0] / LOCALE, self._folders[0] / "texts", self._folders[-1] / LOCALE)
            own, shipped = map(jinja2.FileSystemLoader, (self._folders[0], self._folders[-1]))
            jinja = make_environment(
                Translations(language, dict.fromkeys(catalogues)),
                self._flat,
                jinja2.ChoiceLoader([own, self._flat, shipped]),
                self._compiled,
            )
            jinja.globals.update(stylesheet=self._names["style.css"], asset=self._names)
            self._jinja[language] = jinja
        return self._jinja[language]

    def render(self, template: str, names: Mapping[str, Any]) -> str:
        """The text that the template makes of the names, free of characters that XML 1.0 §2.2 forbids.

        The name `language` is that of the interface. Raises PlanetError with file and line where the template asks for
        what there is not.
        """
        try:
            text = self._of(names.get("language", SOURCE)).get_template(template).render(names)
        except jinja2.TemplateError as error:
            frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(TEMPLATES)]
            place = f"{self._place(frames[-1].filename)}:{frames[-1].lineno}" if frames else f"theme/{template}"
            raise PlanetError(f"{place}: {error.message}; mend the template") from error
        return _clean(text)

    def _compile(self, name: str) -> None:
        try:
            for language in self._jinja:
                self._of(language).get_template(name)
        except jinja2.TemplateSyntaxError as error:
            place = self._place(error.filename or "")
            raise PlanetError(f"{place}:{error.lineno}: {error.message}; mend the template") from error

    def _place(self, file: str) -> str:
        """Name a template by its path below the planet's root."""
        path = Path(file)
        folder = next((folder for folder in self._folders if path.is_relative_to(folder)), path.parent)
        return f"theme/{path.relative_to(folder).as_posix()}"

    def _read_assets(self) -> dict[str, bytes]:
        paths = {**_files(self._folders[-1] / STATIC), **dict(self._flat.files()), **_files(self._folders[0] / STATIC)}
        return {name: paths[name].read_bytes() for name in sorted(paths)}

    @property
    def notes(self) -> list[Problem]:
        """What the planet's own theme has, or asks for, by a name that is another one now."""
        return [] if len(self._folders) == 1 else list(self._flat.notes(self._of(SOURCE)))


def _files(folder: Path) -> dict[str, Path]:
    """By its name below the folder, where each file is."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path for name, path in paths.items() if not name.startswith(".")}


def _is_template(name: str) -> bool:
    return name.endswith(TEMPLATES) and not name.startswith(f"{STATIC}/")


def _hashed(name: str, content: bytes) -> str:
    if name not in _HASHED:
        return name
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{blake2s(content, digest_size=5).hexdigest()}.{suffix}"


def _clean(text: str) -> str:
    """The text without what XML forbids. Nearly none has any, which its bytes tell ten times faster."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return _ILLEGAL.sub("", text)
    suspect = len(data.translate(None, _CONTROLS)) < len(data) or b"\xef" in data or _CONTROLS_OF_LATIN.search(data)
    return _ILLEGAL.sub("", text) if suspect else text
