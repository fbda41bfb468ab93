"""Last lines that feed plug-ins and services put below a text."""

import re

from turbohtml import Element

_FOOTERS = re.compile(
    r"(?:please enable javascript to view the )?comments powered by disqus\.?"
    r"|please enable javascript to view the .{0,60}comments.{0,60}"
    r"|view comments?|share this:|like this:|like loading\.+",
    re.IGNORECASE,
)
_HINTS = ("appeared first on", "on medium,", "disqus", "enable javascript", "view comment", "e this:", "like loading")
"""Whether it is worth looking at each paragraph."""
_SIGNED = re.compile(
    r"the post .{1,300} (?:first )?appeared first on .{1,200}\.?"
    r"|.{1,300} was originally published in .{1,200} on medium, where people are continuing .*",
    re.IGNORECASE,
)
"""Footers only where they link to the post and to its blog."""


def footers(root: Element) -> bool:
    """Last lines that feed plug-ins and services add ("The post … appeared first on …")."""
    touched = False
    whole = root.text.lower()
    for element in root.select("p,div,noscript,small") if any(hint in whole for hint in _HINTS) else []:
        text = " ".join(element.text.split())[:700] if len(element.children) < 12 else ""
        if _FOOTERS.fullmatch(text) or (_SIGNED.fullmatch(text) and len(element.find_all("a")) > 1):
            element.decompose()
            touched = True
    return touched
