"""Render pages and the bodies of posts to text: `Renderer`. A fault of a post or of a template costs itself alone."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator import site
from generator.archive import post_file, tree
from generator.build.shared_texts import SharedTexts
from generator.build.theme import Theme
from generator.models import Page, Post, PostHead

_BODIES = 500
"""Rendered bodies that are held, of the posts that were shown last; all others lie on the shelf."""


class Renderer:
    """Prints pages. The posts in `source` that they show are read and rendered then, each once for many pages."""

    def __init__(self, theme: Theme, source: Path, shown: Sequence[PostHead], cache: Path) -> None:
        """`shown` are all posts that pages may ask for; `cache` is a folder for what is made of them."""
        self.theme, self.source = theme, source
        self._places = {post.path: 2 * number for number, post in enumerate(shown)}
        self._shelf = SharedTexts(2 * len(shown), cache)
        self._bodies: dict[str, site.Body] = {}
        self._problems: list[str] = []

    def problems(self) -> list[str]:
        """One line for each since they were asked for last."""
        problems, self._problems = self._problems, []
        return problems

    def add_problem(self, problem: str) -> None:
        """Adds one."""
        self._problems.append(problem)

    def body(self, post: PostHead) -> site.Body:
        """The body of a post, which the next pages may show, too; one that says so where it cannot be rendered."""
        body = self._bodies.pop(post.path, None) or self._rendered(post)
        self._bodies[post.path] = body
        if len(self._bodies) > _BODIES:
            del self._bodies[next(iter(self._bodies))]
        return body

    def _rendered(self, post: PostHead) -> site.Body:
        try:
            place = self._places[post.path]
            minutes, _, html = self._made(place, partial(self._render, post)).partition(" ")
            return site.Body(html=html, minutes=int(minutes), colours=partial(self._coloured, place + 1))
        except Exception as error:  # one post's fault costs that post
            self.add_problem(f"{post.path}: the text cannot be rendered: {error!r}")
            return site.Body(html="", lost=True)

    def _render(self, post: PostHead) -> str:
        """How long it takes to read, and its HTML."""
        text = post.body if isinstance(post, Post) else self._read(post.path)
        body = site.render_text(post.first_path, text)
        return f"{body.minutes} {body.html}"

    def _coloured(self, place: int, html: str) -> str:
        return self._made(place, lambda: site.coloured(html)) if "<pre" in html else html

    def _made(self, place: int, make: Callable[[], str]) -> str:
        """What any process made of it."""
        made = self._shelf.take(place)
        if made is None:
            made = make()
            self._shelf.put(place, made)
        return made

    def _read(self, path: str) -> str:
        return post_file.body_from_text(tree.text(self.source, path))

    def print(self, page: Page) -> str:
        """The text of the page; where that fails a notice, and nothing where only programs would read that."""
        try:
            return self.theme.render(page.template, site.names(page))
        except Exception as error:  # one page's fault costs that page
            self.add_problem(f"{page.path}: cannot be rendered: {error}")
        return self.theme.render("pages/notice.html", site.names(page)) if page.path.endswith(".html") else ""
