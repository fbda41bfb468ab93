"""Make the files of a planet's site one at a time, whenever somebody asks for them: `Preview`."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from generator import cache, config
from generator.archive import index
from generator.archive.history import PostHistory
from generator.build.inputs import SiteInputs, lives_of, watched
from generator.build.renderer import Renderer
from generator.build.theme import Theme
from generator.errors import PlanetError
from generator.models import Page
from generator.site import search


class Preview:
    """The site as the files of the planet in `root` make it now. What is wrong with them is said."""

    def __init__(self, root: Path, *, version: str, say: Callable[[str], None]) -> None:
        """Raises PlanetError where the settings are none, or a template is no template."""
        self._root, self._version, self._say = root, version, say
        self._lock = threading.Lock()
        self._tree = index.read(root)
        self._lives = self._past()
        self._draft(None if (root / "theme").is_dir() else ())
        self._report(map(str, self._press.theme.notes))

    def change(self, paths: Collection[str]) -> None:
        """These files, below `root`, are not as they were. Where no site can be made of them, it stays as it was."""
        with self._lock:
            try:
                self._tree = index.again(self._root, self._tree, paths)
                if any(path.startswith(".git/") for path in paths):
                    self._lives = self._past()
                self._draft({path.removeprefix("theme/") for path in paths})
            except PlanetError as error:
                self._say(str(error))

    def _past(self) -> Mapping[str, PostHistory] | None:
        notes: list[str] = []
        lives = lives_of(self._root, "HEAD", notes)
        self._report(notes)
        return None if lives is None else dict(lives)  # told once, not again for each change

    def _draft(self, templates: Collection[str] | None) -> None:
        """Begins to lay the site out; looks through all templates, or those that are told."""
        planet = config.load_tolerantly(self._root, version=self._version)
        theme = Theme(self._root, planet.spoken)
        theme.check(templates)
        tree = self._tree
        self._press = Renderer(theme, self._root, tree.heads, self._root / cache.FOLDER)
        feed_health = watched(self._root)
        self._now = SiteInputs(
            planet, tree.heads, self._press, versions=tree.versions, lives=self._lives, watched=feed_health
        )
        self._left: Iterator[Page] = iter(self._now.pages)
        self._pages: dict[str, Page] = {}
        self._index: dict[str, bytes] = {}
        self._report([*map(str, planet.faults), *map(str, tree.problems), *self._press.problems()])

    def _report(self, problems: Iterable[str]) -> None:
        for problem in problems:
            self._say(problem)

    def file(self, path: str) -> bytes | None:
        """What the file at that path below the site's root holds; None where there is none."""
        with self._lock:
            if path in self._now.files:
                return self._now.files[path]
            page = self._page(path)
            text = self._press.print(page).encode() if page else self._indexed(path)
            self._report(self._press.problems())
            return text

    def _page(self, path: str) -> Page | None:
        """The page; those before it are laid out with it, and no others."""
        while path not in self._pages and not path.startswith("search/"):
            page = next(self._left, None)
            if page is None:
                return None
            self._pages[page.path] = page
        return self._pages.get(path)

    def _indexed(self, path: str) -> bytes | None:
        """A part of the index of search."""
        folder = f"{path.rpartition('/')[0]}/"
        if path.startswith("search/") and path not in self._index:
            self._index |= [self._now.contents]
            for segment in self._now.segments:
                self._index |= search.files(segment) if segment.folder == folder else ()
        return self._index.get(path)
