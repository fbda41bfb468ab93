"""Make the addresses in a stranger's document absolute and safe with `links`; what has none keeps its text."""

import re

from turbohtml import Element

from generator.models import urls

_MAIL = re.compile(r"mailto:[^\s<>\"()\[\]\\]{3,300}", re.IGNORECASE)
_USUAL = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]*\.)+[a-z]{2,}(?:[/?#](?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?"
)
"""Absolute and in the spelling that `urls.web` would give it: nine links of ten, and it need not be asked."""


def safe(address: str, base: str) -> str:
    """Return an absolute http(s) or mailto address in the one spelling that all engines leave alone, or an empty
    string.
    """
    text = address.strip()
    if text[:7].lower() == "mailto:":
        text = "mailto:" + re.sub(r"\s", "%20", text[7:].strip())
        return text if _MAIL.fullmatch(text) and text.isprintable() and text.isascii() else ""
    if _USUAL.fullmatch(text) and len(text) <= urls.MAX_LENGTH:
        return text
    absolute = urls.safe_url(text, base=base)
    head, _, tail = absolute.partition("//")
    host, slash, path = tail.partition("/")
    path = path.replace("[", "%5B").replace("]", "%5D")
    host = host if host.startswith("[") else host.replace("[", "%5B").replace("]", "%5D")
    return f"{head}//{host}{slash}{path}" if absolute else ""


def links(root: Element, base: str) -> bool:
    """Return every link gets an absolute address; one that can have none becomes its text."""
    touched = False
    for link in root.find_all("a"):
        href = link.attr("href")
        if href is None or (_USUAL.fullmatch(href) and len(href) <= urls.MAX_LENGTH):
            continue
        if href.startswith("#") and not base:
            continue  # within this page: `notes` knows whether that means anything
        address = safe(href, base)
        if address:
            link.attrs["href"] = address
        else:
            del link.attrs["href"]
            touched = True
    return touched
