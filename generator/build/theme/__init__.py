"""Render templates to text, and load the theme's other files: `Theme`. The only room that knows Jinja.

Templates write `_("Read on")`, `ngettext("%(num)s post", "%(num)s posts", many)` or `{% trans %}`; the texts come in
the page's `language` from theme/locale/<language>.po, English from the template itself.
"""

import marshal
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2s
from pathlib import Path
from traceback import extract_tb
from types import CodeType
from typing import Any, ClassVar

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket

from generator.build.theme import folders
from generator.build.theme.flat_names import FlatNames, OldAttribute
from generator.build.theme.folders import LOCALE, STATIC, TEMPLATES
from generator.build.theme.i18n import SOURCE, Translations
from generator.build.theme.jinja import Once, Translator, Writer, constant_text
from generator.errors import PlanetError, Problem
from generator.models import iso, rfc822
from generator.parallel import aside

_HASHED = ("script.js", "search.js", "style.css")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]*/[A-Za-z0-9][\w!#$&^.+-]*")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_CONTROLS_OF_LATIN = re.compile(rb"\xc2[\x80-\x9f]")


class _Environment(jinja2.Environment):
    """Templates in one language. All environments of a process share what they compile."""

    code_generator_class = Writer
    to_html = staticmethod(constant_text)

    def __init__(self, texts: Translations, flat: FlatNames, **options: Any) -> None:
        super().__init__(bytecode_cache=_Compiled(texts.mark), **options)
        self._texts, self._flat = texts, flat

    def join_path(self, template: str, parent: str) -> str:
        """Name the template that `parent` asks for."""
        return self._flat.resolve(template, parent)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(Translator(self._texts.gettext).visit(source), name, filename, defer_init)


class _Compiled(jinja2.BytecodeCache):
    """What templates were compiled to in this process, by their text and by what else made it."""

    programs: ClassVar[dict[str, CodeType]] = {}

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return f"{self._mark} {name} {filename}"

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.programs.get(f"{bucket.key} {bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self.programs[f"{bucket.key} {bucket.checksum}"] = bucket.code


class Theme:
    """The templates and files of `root`/theme, each completed by the one shipped with the package."""

    def __init__(self, root: Path, languages: Iterable[str] = ()) -> None:
        """Raises PlanetError where one of the languages has no texts."""
        self._folders = folders.folders(root)
        self._own, self._shipped = self._folders[0], self._folders[-1]
        self._flat = FlatNames(self._own, self._shipped)
        read = self._read_assets()
        self._names = {name: _hashed(name, content) for name, content in read.items()}
        self.assets: Mapping[str, bytes] = {self._names[name]: content for name, content in read.items()}
        """Files of the site that are no templates, by path; stylesheet and scripts carry a hash of their content."""
        self._jinja: dict[str, jinja2.Environment] = {}
        """By language."""
        self._compiling: Callable[[], bytes] | None = None
        for language in languages:
            self._of(language)

    def check(self, only: Collection[str] | None = None) -> None:
        """Raises PlanetError where a template is no template; looks at all, or `only` at those of these names."""
        for language in self._jinja or [SOURCE]:
            for name in self._of(language).list_templates(filter_func=_is_template):
                if only is None or name in only:
                    self._compile(name, language)

    def begin(self) -> None:
        """All templates will be asked for: they are compiled aside, until somebody ends that."""
        self._compiling = self._compiling or aside(self._compiled)

    def end(self) -> None:
        """Takes what was compiled aside, if that was begun. Raises PlanetError as `check` does."""
        if self._compiling:
            _Compiled.programs |= marshal.loads(self._compiling())  # noqa: S302 a copy of this process sent it
            self._compiling = None

    def _compiled(self) -> bytes:
        self.check()
        return marshal.dumps(_Compiled.programs)

    def _of(self, language: str) -> jinja2.Environment:
        """The templates in a language of the interface."""
        if language not in self._jinja:
            catalogues = (self._own / LOCALE, self._own / "texts", self._shipped / LOCALE)
            texts = Translations(language, dict.fromkeys(catalogues))
            self._jinja[language] = self._environment(texts)
        return self._jinja[language]

    def _environment(self, texts: Translations) -> jinja2.Environment:
        own, shipped = map(jinja2.FileSystemLoader, (self._own, self._shipped))
        jinja = _Environment(
            texts,
            self._flat,
            loader=jinja2.ChoiceLoader([own, self._flat, shipped]),
            extensions=["jinja2.ext.i18n", Once],
            autoescape=True,
            undefined=OldAttribute,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        jinja.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
        jinja.policies["ext.i18n.trimmed"] = True
        jinja.install_gettext_callables(texts.gettext, texts.ngettext, newstyle=True)  # type: ignore[attr-defined]
        jinja.filters.update(
            {
                name: getattr(texts, name)
                for name in ("day", "weekday", "month", "monthname", "clock", "language", "number", "size")
            }
        )
        jinja.filters.update(iso=iso, rfc822=rfc822)
        jinja.globals.update(speaks=texts.tag, runs=texts.direction)
        jinja.tests["mediatype"] = lambda text: _MEDIA_TYPE.fullmatch(text) is not None
        jinja.globals.update(stylesheet=self._names["style.css"], asset=self._names)
        return jinja

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

    def _compile(self, name: str, language: str) -> None:
        try:
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
        paths = {**_files(self._shipped / STATIC), **dict(self._flat.files()), **_files(self._own / STATIC)}
        return {name: paths[name].read_bytes() for name in sorted(paths)}

    @property
    def notes(self) -> list[Problem]:
        """What the planet's own theme has, or asks for, by a name that is another one now."""
        return [] if self._own == self._shipped else list(self._flat.notes(self._of(SOURCE)))


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
