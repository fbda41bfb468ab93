"""Write the text of a blog's feed from the templates below formats/: `feed`."""

import json
from collections.abc import Callable, Mapping
from html import escape
from string import Template

from generator.setup.demo.blogs import Blog, BlogPost, Channel
from generator.setup.demo.story import FOLDER

TYPES = {
    "atom03": "application/atom+xml",
    "atom10": "application/atom+xml",
    "atom10-xhtml": "application/atom+xml",
    "cdf": "application/x-cdf",
    "json11": "application/feed+json",
    "rss091": "text/xml",
    "rss10": "application/rdf+xml",
    "rss20": "application/rss+xml",
    "rss20-excerpt": "application/rss+xml",
}
"""Content type of each format."""

_TAG = {
    "atom10": '<category term="{}"/>',
    "atom10-xhtml": '<category term="{}"/>',
    "rss10": "<dc:subject>{}</dc:subject>",
    "rss20": "<category>{}</category>",
    "rss20-excerpt": "<category>{}</category>",
}


def fill(template: str, values: Mapping[str, str], quote: Callable[[str], str]) -> str:
    """Return the template with its `$names` filled in.

    A line that names something empty is left out. `$raw_...` is inserted as it is, all else quoted.
    """
    quoted = {name: value if name.startswith("raw_") else quote(value) for name, value in values.items()}
    lines = [line for line in template.splitlines() if all(values[name] for name in Template(line).get_identifiers())]
    return Template("\n".join(lines)).substitute(quoted)


def feed(blog: Blog, channel: Channel) -> str:
    """Return the whole document, with `blogs.HOST` for the server's address."""
    suffix = "json" if channel.format == "json11" else "xml"
    quote = _json if suffix == "json" else escape
    folder = FOLDER / "formats" / channel.format
    item = (folder / f"post.{suffix}").read_text("utf-8")
    posts = [post for post in blog.posts if not channel.tag or channel.tag in post.tags][: blog.window]
    items = [fill(item, _values(post, blog, channel.format), quote) for post in posts]
    values = {
        "title": blog.title,
        "subtitle": blog.subtitle,
        "author": blog.author,
        "language": blog.language,
        "encoding": blog.encoding,
        "home": blog.home,
        "self": f"{blog.home}{channel.path}",
        "updated": next((post.updated or post.date for post in posts), ""),
        "raw_sequence": "".join(f'<rdf:li rdf:resource="{escape(post.link)}"/>' for post in posts),
        "raw_posts": (",\n" if suffix == "json" else "\n").join(items),
    }
    return fill((folder / f"feed.{suffix}").read_text("utf-8"), values, quote)


def _values(post: BlogPost, blog: Blog, form: str) -> Mapping[str, str]:
    return {
        "title": post.title,
        "link": post.link,
        "path": post.link.removeprefix(blog.home),
        "guid": post.guid,
        "date": post.date,
        "updated": post.updated or post.date,
        "summary": post.summary,
        "author": blog.author,
        "body": post.body,
        "raw_body": post.body,
        "raw_tags": _json(list(post.tags)) if form == "json11" else _tags(post, form),
    }


def _tags(post: BlogPost, form: str) -> str:
    return "".join(_TAG[form].format(escape(tag)) for tag in post.tags) if form in _TAG else ""


def _json(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
