"""A Change → the words of its commit, in which nothing that a stranger wrote can act. Pure.

A forge reads commit messages: closing keywords, `#12`, `@name`, `[skip ci]`, trailers and addresses are made inert.
"""

import re
from urllib.parse import quote

from generator.model import Change

MAX_TITLE = 100
_INERT = (
    (re.compile(r"\b(?:https?|ftp|file|git|ssh)://", re.IGNORECASE), ""),
    (re.compile(r"\bwww\.", re.IGNORECASE), ""),
    (re.compile(r"#(?=\s*\w)"), "№"),
    (re.compile(r"\bGH-(?=\d)", re.IGNORECASE), "GH "),
    (re.compile(r"@(?=[\w-])"), "(at)"),
    (re.compile(r"[\[\]]"), "|"),
    (re.compile(r"\*{3}", re.IGNORECASE), "*"),
    (re.compile(r"skip-checks", re.IGNORECASE), "skip checks"),
)


def subject(change: Change) -> str:
    """One line: what happened to which post of whom."""
    title = inert(change.post.title or change.post.description)[:MAX_TITLE].strip() or "untitled"
    return f'{change.kind} "{title}" ({change.post.nick})'


def message(change: Change) -> str:
    """The whole message: subject, what a revision changed, and trailers that name GUID, link and feed."""
    parts = [subject(change)]
    told = _what_changed(change)
    if told:
        parts.append(told)
    parts.append("\n".join(_trailers(change)))
    return "\n\n".join(parts) + "\n"


def inert(text: str) -> str:
    """One printable line in which a forge finds nothing to link, mention, close or skip."""
    line = "".join(character if character.isprintable() else " " for character in text)
    for pattern, harmless in _INERT:
        line = pattern.sub(harmless, line)
    return re.sub(r"\s+", " ", line).strip()


def _trailers(change: Change) -> list[str]:
    post = change.post
    told = {"Post-Guid": post.guid, "Post-Link": post.canonical_url, "Post-Feed": post.feed}
    return [f"{key}: {_value(value)}" for key, value in told.items() if value]


def _value(text: str) -> str:
    """An identifier as it is, with percent signs for whatever could act or break the line."""
    spelled = quote(text, safe="!$&'()*+,;=:@/?#%~", encoding="utf-8", errors="replace")
    return re.sub(r"#(?=\d)", "%23", re.sub(r"(?<![A-Za-z0-9])@", "%40", spelled))


def _what_changed(change: Change) -> str:
    before, after = change.before, change.post
    if before is None:
        return ""
    lines = []
    if before.title != after.title:
        lines.append(f'Title: "{inert(before.title)[:MAX_TITLE]}" is now "{inert(after.title)[:MAX_TITLE]}".')
    if before.body != after.body:
        lines.append(f"Text: {_words(before.body, after.body)}.")
    if before.guid != after.guid:
        lines.append("The feed gives the post another GUID.")
    if before.tags != after.tags:
        lines.append("Tags changed.")
    if before.canonical_url != after.canonical_url:
        lines.append("The post has another address.")
    return "\n".join(lines)


def _words(before: str, after: str) -> str:
    old, new = before.split(), after.split()
    kept = set(old) & set(new)
    gone, come = sum(word not in kept for word in old), sum(word not in kept for word in new)
    return f"{len(old)} words before, {len(new)} now; {come} new, {gone} gone"
