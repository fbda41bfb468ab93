"""Drop numbers that change with each reading (views, visitors, points, replies), with `counters` and `counts`.

They are no words of the author, and no news.
"""

import re
from itertools import islice

from turbohtml import Element, Text

from generator.markup.tree.nodes import HEADINGS

COUNTERS = re.compile(
    r"(?:^|[\s_-])(?:(?P<always>busuanzi|leancloud[_-]visitors|waline-pageview|twikoo[_-]visitors|vercount)[\w-]*"
    r"|(?:(?:post|page|entry)-?views|views?-?count(?:er|s)?|(?:visitor|hit)-?count(?:er)?)(?=[\s_-]|$))",
    re.IGNORECASE | re.MULTILINE,
)
"""Class names and ids; some are of services that fill them in, whatever stands beside the number."""
_NUMBER = r"\d[\d.,\u00a0\u202f]*\s?[km万萬]?"
_WHAT = (
    r"(?:page)?views?|hits|visit(?:or)?s|reads|points|replies|(?:# ?)?comments|aufrufe|zugriffe|kommentare|vues|"
    r"lectures|commentaires|visitas|visualiza\w+|vistas|lecturas|comentarios|visite|letture|weergaven|просмотр\w*|прочтени\w*|"
    r"wyświetle\w+|odsłon\w*|görüntülenme|okunma|lượt xem|مشاهد(?:ة|ات)"
)
_SIGNS = (
    r"(?:(?:总|總)?(?:阅读|閱讀|浏览|瀏覽|访问|訪問|点击)(?:量|数|次数)?|评论数?|閲覧(?:数|回数)|アクセス数|조회수?)"
)
_ITEM = (
    rf"(?:(?:[^\W\d]+ ){{0,2}}(?:{_WHAT})\s?[:：]\s?{_NUMBER}|{_NUMBER}\s?(?:[^\W\d]+ )?(?:{_WHAT})(?: today)?"
    rf"|{_SIGNS}\s?[:：]?\s?{_NUMBER}\s?[次回]?|{_NUMBER}\s?[次回]?\s?{_SIGNS})"
)
_COUNTS = re.compile(rf"\W*{_ITEM}(?:\W{{1,5}}{_ITEM}){{0,3}}\W*", re.IGNORECASE)
_REPLIES = re.compile(r"\d[\d.,]* \w+ - \d[\d.,]* \w+")
"""Of a forum: "5 posts - 3 participants"."""
_MOST = 20  # nodes of an element that holds a count
_LONGEST = 80
"""Characters of a line that holds nothing but counts."""
_DIGIT = re.compile(r"\d")
_MORE = ",".join((*sorted(HEADINGS), "a", "blockquote", "code", "img", "li", "pre", "table"))
_LINES = ("p", "div", "span", "small", "footer", "header", "section")
_BLOCKS = ("p", "div", "section", "article", "main", "header", "footer")
_MAX_LINES = 5


def counters(root: Element) -> bool:
    """Drop elements that hold a count, as their names say."""
    elements = [element for element in root.select("[class],[id]") if _is_named(element)]
    for element in elements:
        element.decompose()
    return bool(elements)


def counts(root: Element) -> bool:
    """Drop lines at both ends of a text that hold nothing but counts."""
    text = root.text
    dropped = 0
    if not _DIGIT.search(text[:_LONGEST]) and not _DIGIT.search(text[-_LONGEST:]):
        return False
    for last in (True, False):
        for _ in range(_MAX_LINES):
            line = _outer_line(root, last=last)
            if line is None or not _is_count(line) or line.text.strip() == root.text.strip():
                break
            line.decompose()
            dropped += 1
    return bool(dropped)


def _is_named(element: Element) -> bool:
    name = COUNTERS.search(f"{element.attr('class')} {element.attr('id')}")
    if name is None or next(islice(element.descendants, _MOST, None), None) or element.select_one(_MORE) is not None:
        return False
    text = " ".join(element.strings)
    filled = _DIGIT.search(text) or not any(map(str.isalpha, text))
    return len(text) <= _LONGEST and bool(
        filled or (name["always"] and any(not inner.text for inner in element.select("*")))
    )


def _outer_line(root: Element, *, last: bool) -> Element | None:
    """Return the first or last block of a text that is no mere box of others."""
    box = root
    for _ in range(10):
        ends = [child for child in box.children if not (isinstance(child, Text) and child.data.isspace())][
            -1 if last else 0 :
        ]
        end = ends[0] if ends else None
        if not isinstance(end, Element):
            return None
        if end.tag == "p" or not any(isinstance(child, Element) and child.tag in _BLOCKS for child in end.children):
            return end
        box = end
    return None


def _is_count(line: Element) -> bool:
    if line.tag not in _LINES or line.select_one("a,img") is not None:
        return False
    text = " ".join(line.text.split())
    forum = line.select_one("small") is not None and _REPLIES.fullmatch(text) is not None
    return len(text) <= _LONGEST and (forum or _COUNTS.fullmatch(text) is not None)
