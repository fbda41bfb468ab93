"""A page of the site → its text. A fault of a post or of a template costs itself, and is told."""

from pathlib import Path

from generator import archive, posts, site
from generator.model import Head, Page, Post
from generator.theme import Theme

_BODIES = 10_000
"""Rendered bodies that are kept, of the posts that were shown last."""


class Press:
    """Prints pages. The posts in `source` that they show are read and rendered then, each once for many pages."""

    def __init__(self, theme: Theme, source: Path) -> None:
        self.theme, self.source = theme, source
        self._bodies: dict[str, site.Body] = {}
        self._problems: list[str] = []

    def problems(self) -> list[str]:
        """One line for each since they were asked for last."""
        told, self._problems = self._problems, []
        return told

    def tell(self, problem: str) -> None:
        """Adds one."""
        self._problems.append(problem)

    def body(self, post: Head) -> site.Body:
        """The body of a post, which the next pages may show, too; one that says so where it cannot be rendered."""
        body = self._bodies.pop(post.path, None) or self._rendered(post)
        self._bodies[post.path] = body
        if len(self._bodies) > _BODIES:
            del self._bodies[next(iter(self._bodies))]
        return body

    def _rendered(self, post: Head) -> site.Body:
        try:
            text = post.body if isinstance(post, Post) else self._read(post.path)
            return site.render_text(post.path, text)
        except Exception as error:  # one post's fault costs that post
            self.tell(f"{post.path}: the text cannot be rendered: {error!r}")
            return site.Body(html="", lost=True)

    def _read(self, path: str) -> str:
        return posts.body_from_text(archive.text(self.source, path))

    def print(self, page: Page) -> str:
        """The text of the page; where that fails a notice, and nothing where only programs would read that."""
        try:
            return self.theme.render(page.template, site.names(page))
        except Exception as error:  # one page's fault costs that page
            self.tell(f"{page.path}: cannot be rendered: {error}")
        return self.theme.render("notice.html", site.names(page)) if page.path.endswith(".html") else ""
