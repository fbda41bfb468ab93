"""Write the message of a change's commit with `message`, so that nothing in it that a stranger wrote can act. Pure.

A forge reads commit messages: closing keywords, `#12`, `@name`, `[skip ci]`, trailers and addresses are made inert.
"""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from generator.models import Change, Kind, Post, inert, to_iso

MAX_TITLE = 100
_ADDRESS = re.compile(r"""(?:https?|mailto):[^\s<>()"']+""")


def subject(change: Change) -> str:
    """Return one line: what happened to which post of whom. Of a withdrawn one it tells no word."""
    if change.post.withdrawn:
        return f"{change.kind} a post of {to_iso(change.post.date)[:10]} ({change.post.nick})"
    title = inert(change.post.title or change.post.description)[:MAX_TITLE].strip() or "untitled"
    return f'{change.kind} "{title}" ({change.post.nick})'


def message(change: Change) -> str:
    """Return the whole message: subject, what a revision changed, and trailers that name GUID, link and feed."""
    parts = [subject(change)]
    summary = _what_changed(change)
    if summary:
        parts.append(summary)
    parts.append("\n".join(_trailers(change)))
    return "\n\n".join(parts) + "\n"


def _trailers(change: Change) -> list[str]:
    post = change.post
    trailers = {"Post-Guid": post.guid, "Post-Link": post.canonical_url, "Post-Feed": post.feed}
    return [f"{key}: {_value(value)}" for key, value in trailers.items() if value]


def _value(text: str) -> str:
    """Return an identifier as it is, with percent signs for whatever could act or break the line."""
    spelled = quote(text, safe="!$&'()*+,;=:@/?#%~", encoding="utf-8", errors="replace")
    return re.sub(r"#(?=\d)", "%23", re.sub(r"(?<![A-Za-z0-9])@", "%40", spelled))


def _what_changed(change: Change) -> str:
    before, after = change.before, change.post
    if after.withdrawn:
        return f"Reason: {inert(after.reason)}" if change.kind is Kind.WITHDRAW else ""
    if before is None:
        return ""
    lines = []
    if before.title != after.title:
        lines.append(f'Title: "{inert(before.title)[:MAX_TITLE]}" is now "{inert(after.title)[:MAX_TITLE]}".')
    if before.body != after.body:
        lines.append(f"Text: {_counted(before.body.split(), after.body.split()) or 'the same words'}.")
        links = _counted(_ADDRESS.findall(before.body), _ADDRESS.findall(after.body))
        lines.extend([f"Links: {links}."] if links else [])
    if before.tags != after.tags:
        lines.append(f"Tags: {_named(before.tags, after.tags)}.")
    return "\n".join([*lines, *_moved(before, after)])


def _moved(before: Post, after: Post) -> list[str]:
    lines = []
    if before.guid != after.guid:
        lines.append("The feed gives the post another GUID.")
    if before.canonical_url != after.canonical_url:
        lines.append("The post has another address.")
    if before.also_at != after.also_at:
        lines.append("Another author tells it too.")
    if before.original != after.original:
        lines.append(f"It is a copy, and leads to its original, {after.original}.")
    if before.editions != after.editions:
        lines.append(f"Editions: {_named(before.editions, after.editions)}.")
    return lines


def _counted(before: Sequence[str], after: Sequence[str]) -> str:
    """`+3 −1`: how many came and went; empty where the same ones stand in another order."""
    added, removed = Counter(after) - Counter(before), Counter(before) - Counter(after)
    parts = [f"+{added.total()}" if added else "", f"−{removed.total()}" if removed else ""]
    return " ".join(part for part in parts if part)


def _named(before: Sequence[str], after: Sequence[str]) -> str:
    """`+new −old`, or that only the order is another."""
    added = [f"+{inert(name)}" for name in after if name not in before]
    removed = [f"−{inert(name)}" for name in before if name not in after]
    return " ".join([*added, *removed]) or "in another order"
