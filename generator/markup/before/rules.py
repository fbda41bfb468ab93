"""The cleaning rules: each drops or mends one kind of thing that is no part of what the author wrote."""

import re
from collections.abc import Callable

from turbohtml import Element, Text

from generator.models import urls

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
_EMOJI = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|emojione|twemoji|g-emoji)(?=\s|$)")
_GUTTERS = (
    "td.gutter,td.linenos,td.rouge-gutter,td.line-numbers,.lineno,.linenodiv,.line-numbers-rows,span.linenos,span.lnt"
)
_ANCHOR = re.compile(r"[#¶§🔗\s\u200b-\u200d\ufe0f]*")


def scripts(root: Element) -> bool:
    """Programs and styles go with all that is in them."""
    return _drop(root.select("script,style,template,link,meta,base,title,head"))


def fallbacks(root: Element) -> bool:
    """`noscript` shows its text, unless that is an image which the page shows anyway."""
    elements = root.find_all("noscript")
    outside = [image for image in root.find_all("img") if image.closest("noscript") is None] if elements else []
    shown = {image.attr(name) for image in outside for name in ("src", "data-src", "data-lazy-src", "data-original")}
    for element in elements:
        images = element.find_all("img")
        if images and not element.text.strip() and all(image.attr("src") in shown for image in images):
            element.decompose()
        else:
            element.unwrap()
    return bool(elements)


def _drop(elements: list[Element]) -> bool:
    for element in elements:
        element.decompose()
    return bool(elements)


def trackers(root: Element) -> bool:
    """Images and frames of one pixel, hidden ones, and those of services that count readers."""
    elements = [element for element in root.select("img,iframe") if _tracks(element)]
    return _drop(elements)


def _tracks(element: Element) -> bool:
    sides = [element.attr("width") or "", element.attr("height") or ""]
    lengths = [side for side in sides if side]
    if lengths and all(_DOT.match(side) for side in lengths):
        return True
    if _HIDDEN_DOT.search(element.attr("style") or ""):
        return True
    return bool(_TRACKERS.search(element.attr("src") or ""))


def widgets(root: Element) -> bool:
    """Buttons for sharing, related posts, comment counters, copy buttons and marks beside headings."""
    elements = [element for element in root.find_all(class_=True) if _WIDGETS.search(element.attr("class") or "")]
    elements += root.select("#disqus_thread,#jp-post-flair,a[rel=bookmark][aria-hidden=true]")
    for heading in root.select("h1 a,h2 a,h3 a,h4 a,h5 a,h6 a"):
        if _ANCHOR.fullmatch(heading.text) and heading.find("img") is None:
            elements.append(heading)
    return _drop(elements)


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


def formulas(root: Element) -> bool:
    """MathML that carries its TeX becomes that TeX; drawings of it for the eye go."""
    elements = root.find_all("math")
    for formula in elements:
        source = next(
            (
                annotation
                for annotation in formula.find_all("annotation")
                if "tex" in (annotation.attr("encoding") or "")
            ),
            None,
        )
        if source is None:
            continue
        mark = "$$" if (formula.attr("display") or "") == "block" else "$"
        outer = next((ancestor for ancestor in formula.ancestors if _katex(ancestor)), None)
        target = outer if isinstance(outer, Element) else formula
        target.replace_with(Text(f"{mark}{' '.join(source.text.split())}{mark}"))
    return _drop(root.find_all("svg")) or bool(elements)


def _katex(node: object) -> bool:
    return isinstance(node, Element) and "katex" in (node.attr("class") or "").split()


def gutters(root: Element) -> bool:
    """Line numbers of code listings, and the tables that lay them out beside the code."""
    touched = False
    for gutter in root.select(_GUTTERS):
        row = next(
            (ancestor for ancestor in gutter.ancestors if isinstance(ancestor, Element) and ancestor.tag == "table"),
            None,
        )
        if gutter.tag != "td" and gutter.text.strip() and not re.fullmatch(r"[\d\s]*", gutter.text):
            continue
        gutter.decompose()
        touched = True
        if row is not None and len(row.find_all("td", limit=2)) == 1:
            _listing(row)
    return touched


def _listing(table: Element) -> None:
    """A table left with one cell of code: the code stands alone, lines or blocks of it in one `pre`."""
    if table.find("pre") is None and not any(_inside_pre(ancestor) for ancestor in table.ancestors):
        return
    for part in table.select("td,tr,tbody,thead"):
        part.unwrap()
    table.unwrap()


def _inside_pre(node: object) -> bool:
    return isinstance(node, Element) and node.tag == "pre"


def tracking(root: Element) -> bool:
    """Parameters of links that only follow a reader around."""
    touched = False
    for link in root.find_all("a"):
        href = link.attr("href") or ""
        if (bare := urls.without_tracking(href)) != href:
            link.attrs["href"] = bare
            touched = True
    return touched


RULES: dict[str, Callable[[Element], bool]] = {
    "scripts": scripts,
    "trackers": trackers,
    "footers": footers,
    "fallbacks": fallbacks,
    "widgets": widgets,
    "forms": forms,
    "emoji": emoji,
    "formulas": formulas,
    "gutters": gutters,
    "tracking": tracking,
}
