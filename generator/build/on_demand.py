"""Make the files of a planet's site one at a time, whenever somebody asks for them: `Preview`."""

import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from generator.archive import index
from generator.build.inputs import SiteInputs, SiteLayout, inputs_of, lay_out, read_planet
from generator.build.renderer import render_page
from generator.errors import PlanetError
from generator.site import search


class Preview:
    """The site as the files of the planet in `root` make it now. What is wrong with them is said."""

    def __init__(self, root: Path, *, say: Callable[[str], None]) -> None:
        """Raises PlanetError where the settings are none, or a template is no template."""
        self._root, self._say = root, say
        self._lock = threading.Lock()
        self._tree = index.read(root)
        self._index: dict[str, bytes] = {}
        self._inputs, self._layout = self._lay_out(None if (root / "theme").is_dir() else ())
        self._report(self._inputs.notes)

    def change(self, paths: Collection[str]) -> None:
        """These files, below `root`, are not as they were. Where no site can be made of them, it stays as it was."""
        with self._lock:
            try:
                self._tree = index.again(self._root, self._tree, paths)
                templates = {path.removeprefix("theme/") for path in paths}
                self._inputs, self._layout = self._lay_out(templates)
                self._index = {}
            except PlanetError as error:
                self._say(str(error))

    def _lay_out(self, templates: Collection[str] | None) -> tuple[SiteInputs, SiteLayout]:
        """Lay the site out; looks through all templates, or these."""
        inputs = inputs_of(self._root, read_planet(self._root, None), self._tree)
        inputs.theme.check(templates)
        layout = lay_out(inputs)
        self._report([*inputs.problems, *layout.problems])
        return inputs, layout

    def _report(self, problems: Iterable[str]) -> None:
        for problem in problems:
            self._say(problem)

    def file(self, path: str) -> bytes | None:
        """What the file at that path below the site's root holds; None where there is none."""
        with self._lock:
            if page := self._layout.pages.get(path):
                rendered = render_page(page, self._inputs.theme, self._inputs.bodies)
                self._report(rendered.problems)
                return rendered.text.encode()
            content = self._layout.files.get(path)
            return self._indexed(path) if content is None else content

    def _indexed(self, path: str) -> bytes | None:
        """A part of the index of search."""
        for segment in self._layout.segments:
            if path.startswith(segment.folder) and path not in self._index:
                self._index |= search.files(segment)
        return self._index.get(path)
