"""Write a planet's feeds as an OPML list (`opml`), or everything as one JSON document (`as_json`). Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from generator.models import Planet, Post, Subscription, subscriptions, to_iso

PLANET = ("title", "url", "timezone", "contact", "source", "licence")


def opml(planet: Planet) -> str:
    """OPML 2.0 with an outline for each feed that is read: any reader takes it, and so does `gitplanet import`.

    A feed that members share has one, with all their names. Some readers show the text, others the title
    (http://opml.org/spec2.opml asks for both).
    """
    active = [author for author in planet.authors if author.status == "active"]
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<opml version="2.0">', "<head>"]
    lines += [
        f"  <title>{escape(planet.title)}</title>",
        "  <docs>http://opml.org/spec2.opml</docs>",
        "</head>",
        "<body>",
    ]
    lines += map(_outline, subscriptions(active).values())
    return "\n".join([*lines, "</body>", "</opml>"]) + "\n"


def _outline(listed: Sequence[Subscription]) -> str:
    name = ", ".join(own.author.name for own in listed)
    attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": listed[0].source.url}
    homepages = {own.author.homepage for own in listed}
    attributes["htmlUrl"] = homepages.pop() if len(homepages) == 1 else ""
    attributes["language"] = next((tag for own in listed if (tag := own.source.language or own.author.language)), "")
    return "  <outline" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value) + "/>"


def as_json(planet: Planet, posts: Sequence[Post]) -> str:
    """`{"planet": …, "authors": […], "posts": […]}`: the fields of author files and posts under their own names."""
    settings = {key: getattr(planet, key) for key in PLANET}
    settings["editions"] = [
        {"key": edition.key, "title": edition.title, "path": edition.path} for edition in planet.editions
    ]
    authors = [_plain(asdict(author)) for author in planet.authors]
    document = {"planet": _plain(settings), "authors": authors, "posts": [_plain(asdict(post)) for post in posts]}
    return json.dumps(document, ensure_ascii=False, indent=1, default=to_iso) + "\n"


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing; moments are written by `write_when`."""
    return {key: value for key, value in fields.items() if value not in ("", None, (), [], {})}
