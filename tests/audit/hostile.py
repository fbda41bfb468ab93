"""Payloads → a site that the planet made of feeds that carry them in every field; and each as a raw page."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from generator import config
from generator.archive import tree as archive_tree
from generator.config.authors import read_author
from generator.config.settings import read_settings
from generator.errors import FileError
from tests.support.planets import Blogs, Root, author
from tests.support.sample_site import build

SUITES = {
    "dompurify/payloads.json": "payload",
    "html5sec/payloads.json": "payload",
    "loofah_html5lib_sanitizer/tests1.json": "input",
}
"""Files of payloads, and the key of the payload in each."""
_WORDS = "These words make the summary another text than the first entry's."
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def payloads(suites: Path) -> list[str]:
    """The payloads in a folder of suites."""
    return [
        case[key]
        for name, key in SUITES.items()
        for case in json.loads((suites / name).read_text("utf-8"))
        if isinstance(case.get(key), str)
    ]


def write_raw(texts: Sequence[str], folder: Path) -> list[str]:
    """Pages that show each payload as it is; returns their names, which begin with the payload's number and a hyphen.

    It stands there as text, as an address in double quotes, as words in single ones, and as text that is read twice.
    """
    folder.mkdir(parents=True)
    again = "<script>addEventListener('load', () => { document.body.innerHTML += ' '; })</script>"
    names = []
    for number, text in enumerate(texts):
        bodies = {"text": text, "address": f'<a href="{text}">a</a>', "again": f"{text}{again}"}
        for kind, body in (bodies | {"words": f"<img alt='{text}'>"}).items():
            page = (
                f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Raw</title></head><body>{body}</body></html>'
            )
            names.append(f"{number}-{kind}.html")
            (folder / names[-1]).write_text(page, "utf-8", "replace")
    return names


def write_site(texts: Sequence[str], folder: Path) -> tuple[Path, str]:
    """The site in `folder` of a planet that read feeds of these payloads, and what its run reported.

    Each payload is the name and the words of a member with a JSON Feed, in all fields of an entry, and of another with
    an RSS feed. The former also has one with a summary alone. No story is told twice: the planet would notice.
    """
    with Blogs() as blogs:
        members = {}
        for number, text in enumerate(texts):
            members[f"j{number}"] = author(blogs.put(f"/j{number}.json", _json(text)), name="Larry")
            members[f"r{number}"] = author(blogs.put(f"/r{number}.xml", _rss(text)), name="Larry")
        root = Root(folder / "planet", members)
        for number, text in enumerate(texts):
            _name(root.path, f"j{number}", text)
        root.commit("Give the members their names")
        report = root.update()
    tree = archive_tree.read(root.path)
    built = build(config.load(root.path), tree.posts, root=root.path, out=folder / "site")
    return folder / "site", f"{report.summary()}; {built.pages} files, {len(built.problems)} problems"


def _link(text: str, number: int = 1) -> str:
    return f"https://larry.example/{number}/{text}"


def _json(text: str) -> str:
    everywhere = {
        "id": text,
        "url": text,
        "external_url": _link(text),
        "title": text,
        "authors": [{"name": text, "url": text}],
        "tags": [text, f"b {text}"],
        "content_html": text,
        "summary": text,
        "language": text,
        "date_published": "2026-11-01T10:00:00Z",
        "attachments": [{"url": _link(text), "mime_type": text}],
    }
    alone = {"id": f"2 {text}", "url": _link(text, 2), "title": f"2 {text}", "summary": f"{_WORDS} {text}"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": text, "home_page_url": text, "language": text}
    return json.dumps({**feed, "items": [everywhere, {**alone, "date_published": "2026-11-02T10:00:00Z"}]})


def _rss(text: str) -> str:
    said = escape(_ILLEGAL.sub("", text), {'"': "&quot;"})
    item = "".join(f"<{name}>{said}</{name}>" for name in ("link", "guid", "dc:creator", "category", "description"))
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{said}</title><link>{said}</link>'
        f"<item><title>3 {said}</title>{item}<content:encoded>{said}</content:encoded>"
        "<pubDate>Sun, 01 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"
    )


def _name(root: Path, nick: str, text: str) -> None:
    """Gives the payload to a member as name and words, where an author file may hold it."""
    path = root / "authors" / f"{nick}.yaml"
    before = path.read_text("utf-8")
    name = json.dumps(" ".join(_ILLEGAL.sub("", text).split())[:80])
    path.write_text(before.replace("name: Larry", f"name: {name}\nabout: {json.dumps(_ILLEGAL.sub('', text)[:900])}"))
    try:
        read_author(path, read_settings(root / "pyproject.toml", version=""))
    except FileError:
        path.write_text(before)
