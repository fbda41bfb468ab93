"""List what each address of the demo's server answers, in every state of the story: `timeline`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from generator.setup.demo.blogs import HOST, Blog, BlogPost, blogs_at
from generator.setup.demo.feeds import TYPES, feed, fill
from generator.setup.demo.png import png
from generator.setup.demo.story import FOLDER, STATES, Trouble

_PICTURES = {".svg": "image/svg+xml", ".txt": "image/png"}
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class BlogResponse:
    """What an address says: a body, or where to go instead."""

    status: int = 200
    type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    location: str = ""
    modified: datetime = STATES[0].at
    """Moment of the state since which the answer has been this one."""


SiteResponses = Mapping[str, BlogResponse]
"""Answers by path, decoded, with a slash in front."""


def timeline(base: str) -> tuple[SiteResponses, ...]:
    """Return the server's answers in every state. `base` is its own address without a slash at the end."""
    sites: list[SiteResponses] = []
    for index, state in enumerate(STATES):
        before = sites[-1] if sites else {}
        now = dict(_answers(index, base))
        sites.append({path: _dated(answer, before.get(path), state.at) for path, answer in now.items()})
    return tuple(sites)


def _dated(answer: BlogResponse, before: BlogResponse | None, at: datetime) -> BlogResponse:
    if before and replace(answer, modified=before.modified) == before:
        return before
    return replace(answer, modified=at)


def _answers(index: int, base: str) -> Iterator[tuple[str, BlogResponse]]:
    blogs = blogs_at(index)
    yield "/", _page("The demo's blogosphere", _list([(blog.home, escape(blog.title)) for blog in blogs]), base)
    for blog in blogs:
        yield from _blog(blog, base)
    yield from _pictures()
    for trouble in STATES[index].troubles:
        yield trouble.path, _trouble(trouble, base)


def _blog(blog: Blog, base: str) -> Iterator[tuple[str, BlogResponse]]:
    posts = _list([(post.link, post.title or post.link) for post in blog.posts])
    yield f"/{blog.nick}/", _page(escape(blog.title), f"<p>{escape(blog.subtitle)}</p>{posts}", base, blog=blog)
    for post in blog.posts:
        yield urlsplit(post.link).path, _page(post.title, _article(post), base, blog=blog)
    for channel in blog.channels:
        text = feed(blog, channel).replace(HOST, base)
        answer = BlogResponse(type=f"{TYPES[channel.format]}; charset={blog.encoding}", body=text.encode(blog.encoding))
        yield f"/{blog.nick}/{channel.path}", answer


def _pictures() -> Iterator[tuple[str, BlogResponse]]:
    for path in sorted((FOLDER / "blogs").glob("*/*.*")):
        if path.suffix in _PICTURES:
            body = png(path.read_text("utf-8")) if path.suffix == ".txt" else path.read_bytes()
            name = path.with_suffix(".png").name if path.suffix == ".txt" else path.name
            yield f"/{path.parent.name}/{name}", BlogResponse(type=_PICTURES[path.suffix], body=body)


def _trouble(trouble: Trouble, base: str) -> BlogResponse:
    if trouble.file:
        text = (FOLDER / "blogs" / trouble.file).read_text("utf-8").replace(HOST, base)
        return BlogResponse(status=trouble.status, type=_HTML, body=text.encode())
    return BlogResponse(status=trouble.status, location=trouble.location.replace(HOST, base), body=b"Sorry.\n")


def _list(links: list[tuple[str, str]]) -> str:
    return "<ul>" + "".join(f'<li><a href="{escape(link)}">{title}</a></li>' for link, title in links) + "</ul>"


def _article(post: BlogPost) -> str:
    return f"<article>{post.body}</article>"


def _page(title: str, body: str, base: str, *, blog: Blog | None = None) -> BlogResponse:
    values = {
        "raw_title": title or "·",
        "raw_body": body,
        "language": blog.language if blog else "en",
        "blog": blog.title if blog else "",
        "home": blog.home if blog else HOST,
        "feed": f"{blog.home}{blog.channels[0].path}" if blog else "",
        "type": TYPES[blog.channels[0].format] if blog else "",
    }
    text = fill((FOLDER / "page.html").read_text("utf-8"), values, escape)
    return BlogResponse(type=_HTML, body=text.replace(HOST, base).encode())
