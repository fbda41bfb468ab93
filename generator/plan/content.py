"""The text of an entry as this planet takes it: cleaned when somebody asks, for most entries were read before. Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from generator import markup
from generator.model import Entry, Post

DESCRIPTION = 300
"""Characters of a description."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What `entry` says under its plain `title`; an excerpt of it where the author does not want it `full`."""

    entry: Entry
    title: str
    link: str
    full: bool
    digests: Mapping[str, str] = field(repr=False)
    """By fingerprint, what digests came of the entries that have been read before, of those that are not empty."""

    @cached_property
    def fingerprint(self) -> str:
        """Of all that the digest is made of."""
        return hashlib.blake2b(repr((self.entry, self.full)).encode("utf-8", "replace"), digest_size=12).hexdigest()

    @cached_property
    def clean(self) -> str:
        """All of it as HTML of record, whether that is wanted or not."""
        return markup.clean(self.entry.html, base=self.entry.base, title=self.title).html

    @cached_property
    def html(self) -> str:
        """HTML of record, as far as it is wanted: sanitised, addresses absolute."""
        if self.full:
            return self.clean
        return markup.clean(f"<p>{escape(self._said(self.clean))}</p>", base=self.entry.base).html

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it."""
        return self.fingerprint not in self.digests and not self.html

    @cached_property
    def digest(self) -> str:
        """What `digest_of` gives for its post."""
        return self.digests.get(self.fingerprint) or _digest(self.title, self.html, self.link)

    def body(self) -> str:
        """The Markdown of record."""
        return markup.to_markdown(self.html).strip("\n")

    def description(self) -> str:
        """The feed's own summary, or the first plain sentences."""
        return self._said(self.html)

    def _said(self, html: str) -> str:
        summary = self.entry.summary
        told = markup.text(markup.clean(summary, base=self.entry.base).html) if summary else ""
        return markup.description(html, limit=DESCRIPTION) if len(told) < 20 else _cut(told)


def digest_of(post: Post) -> str:
    """The digest of a post in its file: equal to that of its entry until a person edits the file."""
    return _digest(post.title, markup.to_html(post.body), post.canonical_url)


def _digest(title: str, html: str, page: str) -> str:
    """What a reader would notice, as 32 hex digits: title, text, link targets, images; no dates, ids or white space.

    Places within its own page do not count: some programs name them anew whenever they write it.
    """
    noticed = markup.signature(html)
    if page:
        noticed = re.sub(re.escape(page) + r"#\S*", page, noticed)
    return hashlib.sha256(f"{title}\n{noticed}".encode("utf-8", "replace")).hexdigest()[:32]


def _cut(text: str) -> str:
    if len(text) <= DESCRIPTION:
        return text
    return text[:DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
