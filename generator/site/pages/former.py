"""Lay out what stands at the addresses that posts and members had before (`pages`). Pure.

A page that moved sends readers on; that of a withdrawn post tells what its notice tells, without a word of the post.
That address is known from the repository's past alone: nothing in the archive or on another page names it.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.pages import feeds
from generator.site.pages.authors import written
from generator.site.views.author import AuthorView
from generator.site.views.edits import history_path
from generator.site.views.post import PostView, html_path, page_path


def pages(site: Site) -> Iterator[Page]:
    """All pages at former addresses, but where something else stands now."""
    taken = {page_path(post.source) for post in site.posts}
    for post in site.posts:
        for path in post.life.former:
            if html_path(path) not in taken:
                taken.add(html_path(path))
                yield from _of_post(site, post, path)
    posts = written(site)
    for nick, author in _renamed(site).items():
        folder = f"authors/{nick}/"
        yield _moved(site, f"{folder}index.html", author.page)
        yield _moved(site, f"status/{nick}/index.html", f"status/{quote(author.nick)}/index.html")
        yield from feeds.of_author(site, author, folder, posts[author.nick])  # a feed cannot send its readers on


def _of_post(site: Site, post: PostView, path: str) -> Iterator[Page]:
    if post.source.withdrawn:
        names = {"here": page_path(post.source), "address": site.planet.url + post.page}
        yield frame(site, html_path(path), "pages/post.html", place="", post=post, newer=None, older=None, **names)
        return
    yield _moved(site, html_path(path), post.page)
    if post.life.edits:
        yield _moved(site, history_path(path), post.life.page)


def _moved(site: Site, path: str, target: str) -> Page:
    return frame(site, path, "pages/moved.html", place="", target=target)


def _renamed(site: Site) -> Mapping[str, AuthorView]:
    """The members whose nick was changed, by each nick that they had and nobody has now."""
    members: dict[str, AuthorView] = {}
    for post in site.posts:
        for path in post.life.former if post.source.former_nick else ():
            nick = path.split("/")[1]
            if nick not in site.authors:
                members.setdefault(nick, post.author)
    return members
