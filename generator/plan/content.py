"""The text of an entry as this planet takes it: `CandidateText`. Pure.

It is cleaned when somebody asks, for most entries were read before.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape

from generator import markup
from generator.models import Entry, Post
from generator.plan.similarity import differ_little, wording

DESCRIPTION = 300
"""Characters of a description."""
VERSION = "2:"
"""What the digests of this program begin with. Those of early ones begin with nothing, and are 32 hex digits."""


@dataclass(frozen=True, kw_only=True)
class CandidateText:
    """What `entry` says under its plain `title`; an excerpt of it where the author does not want it `full`."""

    entry: Entry
    title: str
    link: str
    full: bool
    metadata: markup.Metadata = field(default=markup.Metadata(), repr=False)
    digests: Mapping[str, str] = field(repr=False)
    """By fingerprint, what digests came of the entries that have been read before, of those that are not empty."""

    @cached_property
    def fingerprint(self) -> str:
        """Of all that the digest is made of."""
        return hashlib.blake2b(repr((self.entry, self.full)).encode("utf-8", "replace"), digest_size=12).hexdigest()

    @cached_property
    def cleaned(self) -> markup.Cleaned:
        """All of it as HTML of record, whether that is wanted or not, and what the rules took out of it."""
        return self._cleaned(self.entry.html)

    @property
    def clean(self) -> str:
        """The HTML of `cleaned`."""
        return self.cleaned.html

    @property
    def removed(self) -> dict[str, dict[str, int]]:
        """What the cleaning rules took out of it: by rule, how many words, pictures, links and embeds."""
        return markup.removed(self.cleaned.removals)

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
        """A hash of what a reader would notice, which begins with its version.

        It is of the entry alone: a blog that moves, or an author who takes another name, changes no post.
        """
        framed = self.cleaned.framed if self.full and self.fingerprint not in self.digests else ""
        return self.digests.get(self.fingerprint) or _digest(self.title, framed or self.html, self.link)

    @cached_property
    def former_digest(self) -> str:
        """The digest of the entry as the release before this one read it; empty where it read it alike."""
        former = _as_formerly_read(self.entry)
        if former is self.entry:
            return ""
        text = replace(self, entry=former, title=markup.title(former.title, plain=former.plain_title))
        return self.digests.get(f"f {self.fingerprint}") or text.digest

    def is_of(self, post: Post) -> bool:
        """Return whether this is what the post was made of, by this program or by the one before.

        A digest without a version is of a program before those, whose rules are gone: then the words decide.
        """
        if not post.digest.startswith(VERSION):
            return bool(post.digest) and differ_little(wording(post.body), wording(self.body()))
        return post.digest in (self.digest, self.former_digest)

    def made_digests(self) -> dict[str, str]:
        """Return the digests that were needed, under the names by which a later run finds them in `digests`."""
        made = {"": "digest", "f ": "former_digest"}
        return {
            f"{prefix}{self.fingerprint}": vars(self)[name] for prefix, name in made.items() if vars(self).get(name)
        }

    def body(self) -> str:
        """Return the Markdown of record."""
        return markup.to_markdown(self.html).strip("\n")

    def description(self) -> str:
        """Return the feed's own summary, or the first plain sentences."""
        return self._said(self.html)

    def _cleaned(self, html: str) -> markup.Cleaned:
        return markup.clean(html, base=self.entry.base, title=self.title, page=self.link, metadata=self.metadata)

    def _said(self, html: str) -> str:
        summary = self.entry.summary
        said = markup.text(self._cleaned(summary).html) if summary else ""
        return _described(said, html)


def _described(summary: str, html: str) -> str:
    return markup.description(html, limit=DESCRIPTION) if len(summary) < 20 else _cut(summary)


def _as_formerly_read(entry: Entry) -> Entry:
    """Return the entry with title and body as the release before this one read them; itself where those are the
    same.
    """
    former = (entry.former_title, entry.former_html, entry.former_summary)
    if former == (None, None, None):
        return entry
    title, html, summary = former
    return replace(
        entry,
        title=entry.title if title is None else title,
        plain_title=entry.plain_title or title is not None,
        html=entry.html if html is None else html,
        summary=entry.summary if summary is None else summary,
        former_title=None,
        former_html=None,
        former_summary=None,
    )


def _digest(title: str, html: str, page: str) -> str:
    """Return what a reader would notice, as 32 hex digits: title, text, link targets, images; no dates, ids or white
    space.

    Places within its own page do not count: some programs name them anew whenever they write it.
    """
    noticed = markup.signature(html)
    if page:
        noticed = re.sub(re.escape(page) + r"#\S*", page, noticed)
    return VERSION + hashlib.sha256(f"{title}\n{noticed}".encode("utf-8", "replace")).hexdigest()[:32]


def _cut(text: str) -> str:
    if len(text) <= DESCRIPTION:
        return text
    return text[:DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
