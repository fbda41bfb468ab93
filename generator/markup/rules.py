"""The cleaning rules: each drops or mends one kind of thing that is no part of what the author wrote."""

import re
from collections.abc import Callable

from turbohtml import Element, Text

from generator import urls
from generator.markup.fallbacks import fallbacks
from generator.markup.footers import footers
from generator.markup.formulas import formulas
from generator.markup.frames import frames
from generator.markup.listings import code_links, gutters
from generator.markup.sidenotes import sidenotes

_TRACKERS = re.compile(
    r"//(?:[\w.-]+\.)?(?:feeds\.feedburner\.com/~(?:r|ff|a)/|feedsportal\.com/|stats\.wordpress\.com/|pixel\.wp\.com/"
    r"|feeds\.wordpress\.com/1\.0/|pixel\.quantserve\.com/|google-analytics\.com/|googletagmanager\.com/|doubleclick\.net/"
    r"|medium\.com/_/stat|blogger\.googleusercontent\.com/tracker/|rss-tracking|feedblitz\.com/-/|statcounter\.com/"
    r"|hits\.seeyoufarm\.com/|rover\.ebay\.com/roverimp|assoc-amazon\.[\w.]+/e/ir|scorecardresearch\.com/)",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s*[01](?:px)?\s*$")
_HIDDEN_DOT = re.compile(r"display:\s*none|(?:^|[;\s])(?:width|height):\s*[01]px", re.IGNORECASE)
_WIDGETS = re.compile(
    r"(?:^|\s)(?:feedflare|sharedaddy|sd-sharing\S*|jp-relatedposts|addtoany\S*|a2a_\S+|addthis\S*|share-buttons|"
    r"social-share\S*|post-share\S*|wpcnt|wpa|disqus\S*|dsq-\S+|comments-link|"
    r"yarpp-related\S*|heateor\S*|mc4wp\S*|copy-?(?:btn|button|code-button)|headerlink|header-anchor|anchor-link|"
    r"heading-anchor|hanchor|anchorjs-link|sr-only-copy)(?=\s|$)",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|emojione|twemoji|g-emoji)(?=\s|$)")
_ANCHOR = re.compile(r"[#¶§🔗\s\u200b-\u200d\ufe0f]*")


def scripts(root: Element) -> bool:
    """Programs and styles go with all that is in them; a frame stays for what a script would show."""
    framed = frames(root)
    return _drop(root.select("script,style,template,link,meta,base,title:not(svg title),head")) or framed


def _drop(found: list[Element]) -> bool:
    for element in found:
        element.decompose()
    return bool(found)


def trackers(root: Element) -> bool:
    """Images and frames of one pixel, hidden ones, and those of services that count readers."""
    found = [one for one in root.select("img,iframe") if _tracks(one)]
    return _drop(found)


def _tracks(element: Element) -> bool:
    sides = [element.attr("width") or "", element.attr("height") or ""]
    told = [side for side in sides if side]
    if told and all(_DOT.match(side) for side in told):
        return True
    if _HIDDEN_DOT.search(element.attr("style") or ""):
        return True
    return bool(_TRACKERS.search(element.attr("src") or ""))


def widgets(root: Element) -> bool:
    """Buttons for sharing, related posts, comment counters, copy buttons and marks beside headings."""
    found = [one for one in root.find_all(class_=True) if _WIDGETS.search(one.attr("class") or "")]
    found += root.select("#disqus_thread,#jp-post-flair,a[rel=bookmark][aria-hidden=true]")
    for heading in root.select("h1 a,h2 a,h3 a,h4 a,h5 a,h6 a"):
        if _ANCHOR.fullmatch(heading.text) and heading.find("img") is None:
            found.append(heading)
    return _drop(found)


def forms(root: Element) -> bool:
    """Controls of forms; a box that is ticked or not is kept as a sign."""
    touched = False
    for box in root.select("input[type=checkbox]"):
        box.replace_with(Text("☑ " if "checked" in box.attrs else "☐ "))
        touched = True
    return _drop(root.select("input,select,button,datalist")) or touched


def emoji(root: Element) -> bool:
    """Images of emoji become the letters that they show."""
    touched = False
    for image in root.find_all("img"):
        alt = image.attr("alt") or ""
        if alt and not alt.isascii() and len(alt) < 12 and _EMOJI.search(image.attr("class") or ""):
            image.replace_with(Text(alt))
            touched = True
    return touched


def tracking(root: Element) -> bool:
    """Parameters of links that only follow a reader around."""
    touched = False
    for link in root.find_all("a"):
        told = link.attr("href") or ""
        if (bare := urls.without_tracking(told)) != told:
            link.attrs["href"] = bare
            touched = True
    return touched


RULES: dict[str, Callable[[Element], bool]] = {
    "formulas": formulas,
    "scripts": scripts,
    "trackers": trackers,
    "footers": footers,
    "fallbacks": fallbacks,
    "widgets": widgets,
    "sidenotes": sidenotes,
    "forms": forms,
    "emoji": emoji,
    "gutters": gutters,
    "code-links": code_links,
    "tracking": tracking,
}
