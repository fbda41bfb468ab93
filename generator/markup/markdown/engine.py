"""Render Markdown with tables, strikethrough and footnotes by a CommonMark engine, not yet sanitized, with `render`."""

import re

import pyromark

from generator.markup.tree import html as tree_html

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES
_ENGINE = pyromark.Markdown(options=_OPTIONS)
_ALIGN = re.compile(r'<(t[hd]) style="text-align: (left|right|center)">')
_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')
_NOTE = re.compile(
    r'<div class="footnote-definition" id="[^"]*"><sup class="footnote-definition-label">(\d+)</sup>\n(.*?)</div>\n',
    re.DOTALL,
)


def render(markdown: str) -> str:
    """CommonMark 0.31 with GFM tables, strikethrough and footnotes as HTML, whatever HTML it holds included."""
    html = _ENGINE.html(markdown)
    if "text-align" in html:
        html = _ALIGN.sub(r'<\1 align="\2">', html)
    return _noted(html) if 'class="footnote-' in html else html


def _noted(html: str) -> str:
    """Footnotes numbered, in one section at the end, with ways back."""
    end = html.rfind("</div>\n") + 7  # behind it, each beginning of a note would be looked for an end in vain
    html, rest = html[:end], html[end:]
    notes = sorted(_NOTE.findall(html), key=lambda note: int(note[0]))
    items = [tree_html.note(number, inner) for number, inner in notes]
    seen: set[str] = set()

    def reference(match: re.Match[str]) -> str:
        number = match[1]
        named = "" if number in seen else f' id="fnref-{number}"'
        seen.add(number)
        return f'<sup{named}><a href="#fn-{number}">{number}</a></sup>'

    body = _REFERENCE.sub(reference, _NOTE.sub("", html) + rest)
    return f"{body.rstrip()}\n{tree_html.section(chr(10).join(items))}\n" if items else body
