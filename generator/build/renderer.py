"""Render pages (`render_page`) and the bodies of posts (`BodyStore`). A fault of one costs it alone."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_UN, lockf
from functools import partial
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple
from weakref import finalize

from generator import site
from generator.archive import post_file, tree
from generator.build.theme import Theme
from generator.cache import batches
from generator.models import Page, Post, PostHead
from generator.parallel import fork_map

_HELD = 500
"""Rendered bodies that a process holds, of the posts that were shown last."""
_BATCH = 8
"""Bodies that a process renders before it asks for more."""


class RenderedPage(NamedTuple):
    """The text of a page; empty where there is none. One line for each problem."""

    text: str
    problems: tuple[str, ...]


class _Place(NamedTuple):
    """Where a body lies in the file of bodies: where it begins, and how many bytes it has; then it with colours."""

    minutes: int
    begin: int
    size: int
    coloured: int


class BodyStore:
    """The rendered bodies of posts. What `fill` rendered lies in a file; any other is rendered when it is asked for."""

    def __init__(self, source: Path) -> None:
        """The posts' files are in `source`."""
        self.source = source
        self._file = -1
        self._places: dict[str, _Place] = {}
        self._held: dict[str, site.Body] = {}
        self._faults: dict[str, str] = {}

    def __call__(self, post: PostHead) -> site.Body:
        """Return the body of a post; one that says so where it cannot be rendered."""
        body = self._held.pop(post.path, None) or self._load(post) or self._render(post)
        self._held[post.path] = body
        if len(self._held) > _HELD:
            del self._held[next(iter(self._held))]
        return body

    def faults(self, posts: Iterable[PostHead]) -> tuple[str, ...]:
        """Say of those of the posts that could not be rendered why."""
        return tuple(self._faults[post.path] for post in posts if post.path in self._faults) if self._faults else ()

    def fill(self, wanted: Mapping[str, tuple[PostHead, bool]], folder: Path, jobs: int) -> None:
        """Render the bodies of these posts, by path, each once for all processes that are copied from this one.

        Each comes with whether its code is to be coloured. They lie in a file in `folder`, if there is such a folder;
        nobody else sees it, and it is gone with the last of the processes.
        """
        self._file, name = mkstemp(dir=folder if folder.is_dir() else None)
        Path(name).unlink()
        finalize(self, os.close, self._file)
        for places in fork_map(self._store, list(batches(wanted.values(), _BATCH)), jobs=jobs):
            self._places |= places

    def _store(self, posts: Iterable[tuple[PostHead, bool]]) -> dict[str, _Place]:
        """Render bodies into the file; those that do not fit into it are left out."""
        texts: list[bytes] = []
        places: dict[str, _Place] = {}
        size = 0
        for post, with_colours in posts:
            body = self._render(post)
            html = body.html.encode("utf-8", "surrogatepass")
            coloured = site.coloured(body.html).encode("utf-8", "surrogatepass") if with_colours else b""
            if not body.lost:
                places[post.path] = _Place(body.minutes, size, len(html), len(coloured))
                texts += [html, coloured]
                size += len(html) + len(coloured)
        begin = self._append(b"".join(texts))
        return {path: place._replace(begin=begin + place.begin) for path, place in places.items()} if begin >= 0 else {}

    def _append(self, content: bytes) -> int:
        """Return where the content begins in the file; -1 where the disk has no room for it."""
        with suppress(OSError):
            lockf(self._file, LOCK_EX)
            try:
                begin = os.lseek(self._file, 0, os.SEEK_END)
                return begin if os.write(self._file, content) == len(content) else -1
            finally:
                lockf(self._file, LOCK_UN)
        return -1

    def _load(self, post: PostHead) -> site.Body | None:
        place = self._places.get(post.path)
        if place is None:
            return None
        html = self._text(place.begin, place.size)
        if not place.coloured:
            return site.Body(html=html, minutes=place.minutes)
        coloured = partial(self._text, place.begin + place.size, place.coloured)
        return site.Body(html=html, minutes=place.minutes, colours=lambda _: coloured())

    def _text(self, begin: int, size: int) -> str:
        return os.pread(self._file, size, begin).decode("utf-8", "surrogatepass")

    def _render(self, post: PostHead) -> site.Body:
        try:
            text = post.body if isinstance(post, Post) else post_file.body_from_text(tree.text(self.source, post.path))
            return site.render_text(post.first_path, text)
        except Exception as error:  # one post's fault costs that post
            self._faults[post.path] = f"{post.path}: the text cannot be rendered: {error!r}"
            return site.Body(html="", lost=True)


def render_page(page: Page, theme: Theme, bodies: BodyStore) -> RenderedPage:
    """Render a page; where that fails a notice, and nothing where only programs would read that."""
    problems: tuple[str, ...] = ()
    try:
        text = theme.render(page.template, site.names(page))
    except Exception as error:  # one page's fault costs that page
        problems = (f"{page.path}: cannot be rendered: {error}",)
        text = theme.render("pages/notice.html", site.names(page)) if page.path.endswith(".html") else ""
    return RenderedPage(text, (*bodies.faults(site.shown_whole(page)), *problems))
