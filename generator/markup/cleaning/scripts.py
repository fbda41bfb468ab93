"""Derive what a script puts into its page from its address and text alone, with `shown`: nothing runs."""

import re
from urllib.parse import unquote

from turbohtml import Element

from generator.markup.cleaning import embeds

_LONGEST = 2000  # characters of an address
_MOST = 20  # files that one script plays
_PROGRAMS = frozenset(
    "ad ads adserver advertising ajax analytics api asset assets autoblocking cdn consent counter dist form forms js "
    "javascript javascripts lib libs metrics npm pixel plugins polyfill script scripts static stat stats tag tags "
    "theme themes track tracker tracking widget widgets".split()
)
"""Words in the names of hosts and folders where programs lie, and no pages."""
_ID = re.compile(
    r"\d{2,}|\d{5,}-[\w-]+|(?=[a-f]*\d)[0-9a-f]{7,}|(?=\D*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9]{8,}"
)
"""The name of one thing of many, as no program has: digits, a hash, letters at random."""
_JAVASCRIPT = re.compile(r"java|ecma|module|babel", re.IGNORECASE)
_WRITTEN = re.compile(r"<(iframe|script)\b[^<>]{0,500}?\bsrc\s*=\s*[\"']?((?:https?:)?//[^\s\"'<>]+)", re.IGNORECASE)
_PLAYED = re.compile(
    r"[\"']([^\"'\s<>]{1,300}\.(?:(cast|mp4|webm|m3u8)|mp3|ogg|opus|m4a)(?:\?[^\"'\s<>]{0,300})?)[\"']", re.IGNORECASE
)


def shown(script: Element) -> list[tuple[str, str]]:
    """Tags and addresses of what a script shows: `iframe` for a page, `video` or `audio` for a file that it plays.

    Programs that show nothing of the author's (counters, advertisements, libraries) give nothing. Of a script's own
    text only the files that it plays count, and the players and pages that it writes into the document.
    """
    source = (script.attr("src") or script.attr("data-src") or "").strip()
    if source:
        return [("iframe", address)] if (address := page(source)) else []
    if not _JAVASCRIPT.search(script.attr("type") or "javascript"):
        return []
    text = script.text.replace("\\/", "/").replace('\\"', '"')
    played = [("video" if moving else "audio", file) for file, moving in _PLAYED.findall(text)]
    written = _WRITTEN.findall(text) if "document.write" in text else []
    pages = [
        address if tag.lower() == "iframe" and embeds.plays(address) else page(address) for tag, address in written
    ]
    return list(dict.fromkeys(played + [("iframe", address) for address in pages if address]))[:_MOST]


def page(source: str) -> str:
    """Return the page whose content the script at `source` shows; empty where there is none."""
    address = f"https:{source}" if source.startswith("//") else source
    if not address.startswith(("https://", "http://")) or len(address) > _LONGEST:
        return ""
    head, _, query = address.partition("#")[0].partition("?")
    options = dict(pair.partition("=")[::2] for pair in query.split("&"))
    place, _, name = head.rpartition("/")
    host, *folders = place.partition("://")[2].lower().split("/")
    stem, _, kind = name.partition(".")
    gist = host.startswith("gist.") and "raw" not in folders
    if kind == "js" and (gist or (host.startswith("asciinema.") and folders == ["a"])):
        return f"{place}/{stem}?file={options['file']}" if "file" in options else f"{place}/{stem}"
    return _of_service(head, options, host, folders) or _beside(place, name, options, folders)


def _of_service(head: str, options: dict[str, str], host: str, folders: list[str]) -> str:
    """Return the page, where a service has a way of its own."""
    name = head.rpartition("/")[2]
    if host == "jsfiddle.net":
        return head.partition("/embed")[0] + "/" if "/embed" in head else ""
    if host.endswith(("pastebin.com", "ideone.com")) and (folders[-1:] in (["embed_js"], ["e.js"]) or "i" in options):
        return f"https://{host}/{options.get('i', name)}"
    if folders == ["players"] and host.endswith((".jwplayer.com", ".jwplatform.com")):
        return head.removesuffix(".js") + ".html"
    if folders[-1:] == ["medias"] and host.startswith("fast.wistia."):
        return f"https://fast.wistia.net/embed/iframe/{name.partition('.')[0]}"
    targets = [unquote(options[key]) for key in ("target", "url", "src") if key in options and name.startswith("embed")]
    return next((target for target in targets if target.startswith(("https://", "http://"))), "")


def _beside(place: str, name: str, options: dict[str, str], folders: list[str]) -> str:
    """Return the page that most services show by a script beside it: at its address and `.js`, `/embed.js` or
    `?embed=`.
    """
    stem, _, kind = name.partition(".")
    if not folders or _PROGRAMS.intersection(re.split("[^a-z]+", place.lower())):
        return ""
    if kind in ("js", "jsonp") and _ID.fullmatch(stem):
        return f"{place}/{stem}"
    if name == "embed.js":
        return f"{place}/" if re.search(r"\d", folders[-1]) else ""
    return f"{place}/{name}" if "embed" in options and kind != "js" else ""
