"""Lay out the pages about the planet itself (`pages`): joining, its feeds, its manners, and what is missing. Pure."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode, urlsplit

from generator.models import Edition, Page, urls
from generator.site.context import Site, frame
from generator.site.views.author import AuthorView

NICK = "your-nick"
"""What stands for the nick of somebody who joins."""


def pages(site: Site) -> Iterator[Page]:
    """The pages about the planet itself."""
    editions = site.planet.editions
    example = author_file(editions)
    new_file = new_file_page(site.planet.source)
    query = {"filename": f"authors/{NICK}.yaml", "value": example}
    prefilled = f"{new_file}?{urlencode(query, quote_via=quote)}" if new_file else ""
    yield frame(site, "join/index.html", "pages/join.html", example=example, new_file=new_file, prefilled=prefilled)
    yield frame(site, "feeds/index.html", "pages/feeds.html", authors=_writing(site))
    yield frame(site, "about/index.html", "pages/about.html", fetch=site.planet.fetch)
    yield frame(site, "404.html", "pages/404.html", root=urlsplit(site.planet.url).path)


def new_file_page(source: str) -> str:
    """Where a browser can write a new file into the repository; empty on a forge of which that is not known.

    GitHub takes the file's name and text from the query (https://github.com/isaacs/github/issues/1527), and offers a
    fork and a pull request to whoever may not write there.
    """
    address = urls.safe_url(source).rstrip("/").removesuffix(".git")
    parts = urlsplit(address)
    is_repository = len(parts.path.strip("/").split("/")) == 2
    return f"{address}/new/HEAD" if parts.hostname == "github.com" and is_repository else ""


def author_file(editions: Sequence[Edition]) -> str:
    """An author file to be filled in. A planet of several editions asks which."""
    keys = ", ".join(edition.key for edition in editions)
    return ('name: "Your Name"\nhomepage: https://blog.example/\nfeeds:\n  - url: https://blog.example/feed/\n') + (
        f"    editions: [{keys}]\n" if len(editions) > 1 else ""
    )


def _writing(site: Site) -> Sequence[AuthorView]:
    """The authors whose feeds have something in them, by name."""
    nicks = {post.author.nick for post in site.standing}
    return sorted((site.authors[nick] for nick in nicks), key=lambda author: (author.name.casefold(), author.nick))
