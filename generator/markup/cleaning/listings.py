"""Clean listings of code: `gutters` drops numbers and tables, `code_links` the links that a program put on names."""

import re
from collections import defaultdict

from turbohtml import Element, Text

from generator.markup.tree import code_blocks

_NUMBERING = re.compile(
    r"(?:^|[\s_-])(?:ln|lntd?|gutter|(?:blob|lines|crayon)-nums?)(?:$|[\s_-])|line[-_]?n(?:os?(?![a-z])|odiv|um)",
    re.IGNORECASE,
)
"""Classes of what only numbers lines."""
_UNSELECTABLE = re.compile(r"user-select\s*:\s*none")
_NUMBERS = re.compile(r"[\s.:|]*\d[\s\d.:|]*")
_LITERAL = re.compile(r"(?:^|[\s_-])(?:m[a-z]?|il|lit|nu\d?|number|numeric|integer|literal|constant)(?:$|\s)")
"""Classes that highlighters give to a number of the code itself."""
_VERBATIM = re.compile(r"white-space\s*:\s*pre\s*(?:;|$|!)")
_FIXED = re.compile(r"(?:^|;)(?>[^;]*?font(?:-family)?\s*:)[^;]*(?:mono|courier|consol|menlo)")
_BOXES = re.compile(r"highl|syntax|source|code|listing|fragment|hljs|rouge|chroma|crayon", re.IGNORECASE)
_LISTS = re.compile(r"(?:^|[\s_-])(?:linenum|dp-|geshi|syntaxhigh|highlighter)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w.:$]*(?:\(\))?")
_SCHEME = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_CELLS = ("td", "th")


def gutters(root: Element) -> bool:
    """Line numbers go, and with them the tables that put them beside the code; boxes set like code become code."""
    touched = [_boxed(box) for box in root.select('div[style*="white-space"],p[style*="white-space"]')]
    touched += [_itemised(listed) for listed in root.find_all("ol")]
    touched += [_listing(table) for table in root.find_all("table")]
    touched.append(_named(root))
    touched.append(_copied(root))
    for pre in root.find_all("pre"):
        touched.append(_beside(pre))
        if pre.text[:200].lstrip()[:1].isdigit():
            touched += [_first_column(pre), _first_words(pre)]
    return any(touched)


def code_links(root: Element) -> bool:
    """Return links that a highlighter put on the names in code go: a block of code has none.

    Where nobody highlighted anything, an author wrote the links, unless each is on a lone name within `code`.
    """
    touched = False
    for pre in root.find_all("pre"):
        links = [link for link in pre.select("a[href]") if link.text.strip()]
        if links and pre.find("img") is None and _automatic(pre, links):
            touched = True
            for link in links:
                link.unwrap()
    return touched


def _automatic(pre: Element, links: list[Element]) -> bool:
    if code_blocks.language(pre) or code_blocks.boxed(pre) or len(pre.select("span[class]")) >= max(3, len(links)):
        return True
    return all(link.closest("code") is not None and _is_name(link) for link in links)


def _is_name(link: Element) -> bool:
    """Return whether the text of a link is a lone name, or the address itself."""
    text, address = link.text.strip(), link.attr("href") or ""
    return bool(_NAME.fullmatch(text)) or text.rstrip("/") in (
        address.rstrip("/"),
        _SCHEME.sub("", address).rstrip("/"),
    )


def _boxed(box: Element) -> bool:
    """Make a `pre` of a box that its style sets like one, as editors of programs copy their text."""
    style = (box.attr("style") or "").lower()
    if not _VERBATIM.search(style) or not _FIXED.search(style) or box.closest("pre") is not None:
        return False
    box.tag = "pre"
    return True


def _itemised(listed: Element) -> bool:
    """Make a `pre` of a list whose items are the lines of code, by its name or by how they are set."""
    items = [item for item in listed.children if isinstance(item, Element)]
    outer = [ancestor for ancestor, _ in zip(listed.ancestors, range(2), strict=False) if isinstance(ancestor, Element)]
    if not items or listed.closest("pre") is not None:
        return False
    named = any(_LISTS.search(element.attr("class") or "") for element in (listed, *outer))
    if not named and not all(_FIXED.search((item.attr("style") or "").lower()) for item in items):
        return False
    if listed.select_one("pre,ul,ol,table,img,h1,h2,h3,h4,h5,h6") is not None:
        return False
    listed.tag = "pre"
    return True


def _named(root: Element) -> bool:
    """Drop what by its name or style numbers lines, where all that is so named in a block of code is a number."""
    groups: defaultdict[tuple[Element | None, str], list[Element]] = defaultdict(list)
    code_like = root.select_one('pre,code,[class*="line"]') is not None
    marked = root.select("[class],[style],[unselectable],[data-line-number]") if code_like else []
    for element in marked:
        if (name := _numbering(element)) and element.text.strip() and _in_code(element):
            groups[element.closest("pre"), name].append(element)
    numbered = [group for group in groups.values() if all(_NUMBERS.fullmatch(element.text) for element in group)]
    for group in numbered:
        for element in group:
            element.decompose()
    return bool(numbered)


def _numbering(element: Element) -> str:
    """Return by what name or style an element is there to number lines; empty where it is not."""
    if match := _NUMBERING.search(element.attr("class") or ""):
        return match[0]
    number = element.attr("data-line-number")
    if number is not None and element.text.strip() in ("", number):
        return "data-line-number"
    if element.attr("unselectable") == "on":
        return "unselectable"
    style = element.attr("style") or ""
    return style if _UNSELECTABLE.search(style) else ""


def _in_code(element: Element) -> bool:
    outer = (
        ancestor for ancestor, _ in zip(element.ancestors, range(6), strict=False) if isinstance(ancestor, Element)
    )
    return any(ancestor.tag in ("pre", "code") or _BOXES.search(ancestor.attr("class") or "") for ancestor in outer)


def _counted(text: str) -> int:
    """Return how many lines are numbered, where a text is nothing but the numbers n, n + 1 …, each on a line; else
    0.
    """
    numbers = [line.strip() for line in text.split("\n") if line.strip()]
    if not numbers or not all(re.fullmatch(r"[0-9]{1,6}", number) for number in numbers):
        return 0
    first = int(numbers[0])
    return len(numbers) if all(int(number) == first + place for place, number in enumerate(numbers)) else 0


def _listing(table: Element) -> bool:
    """Put a block of code in the place of a table that lays it out beside its numbers, by lines or as a whole."""
    rows = [[cell for cell in row.children if isinstance(cell, Element) and cell.tag in _CELLS] for row in _rows(table)]
    titles = [row[0] for row in rows if len(row) == 1 and row[0].tag == "th"]
    rows = [row for row in rows if row and row[0] not in titles]
    inside = table.closest("pre") is not None
    if not rows or not (_whole(table, rows[0]) if len(rows) == 1 else _by_line(table, rows, inside=inside)):
        return False
    written = "\n".join(_written(row[-1]) for row in rows)
    for title in titles:
        title.tag = "div"
        table.insert_before(title)
    if inside:
        table.replace_with(Text(written))
    else:
        named = next((language for code in table.select("pre,code") if (language := code_blocks.language(code))), "")
        block = Element("pre", {"data-lang": named})
        block.append(Text(written))
        table.replace_with(block)
    return True


def _written(cell: Element) -> str:
    blocks = cell.find_all("pre")
    whole = "".join(block.text for block in blocks).split() == cell.text.split()
    return "\n".join(map(code_blocks.text, blocks)) if blocks and whole else code_blocks.text(cell).strip("\n")


def _rows(table: Element) -> list[Element]:
    parts = [part for part in table.children if isinstance(part, Element)]
    rows = [part.children if part.tag in ("thead", "tbody", "tfoot") else [part] for part in parts]
    return [row for some in rows for row in some if isinstance(row, Element) and row.tag == "tr"]


def _whole(table: Element, row: list[Element]) -> bool:
    """Return whether the cells of one row are all the numbers, and all the code."""
    if len(row) == 1:
        return row[0].has_class("code") and row[0].find("pre") is None and code_blocks.boxed(table)
    *numbers, last = row
    counted = _counted(code_blocks.text(numbers[0])) if len(numbers) == 1 and _NUMBERS.fullmatch(numbers[0].text) else 0
    named = all(_numbering(cell) and (not cell.text.strip() or _NUMBERS.fullmatch(cell.text)) for cell in numbers)
    if len(numbers) > 2 or last.select_one("pre,code,[class*=line]") is None:
        return named and counted > 0
    return named or counted > 1 or (counted == 1 and numbers[0].find("pre") is not None)


def _by_line(table: Element, rows: list[list[Element]], *, inside: bool) -> bool:
    """Return whether each row is a line of code behind its number, or its two numbers where versions are compared."""
    if not all(1 < len(row) < 5 for row in rows):
        return False
    numbers = [cell for row in rows for cell in row[:-1]]
    if not all(not cell.text.strip() or _NUMBERS.fullmatch(cell.text) for cell in numbers):
        return False
    if all(_numbering(row[0]) or any(map(_numbering, row[0].find_all(True, limit=3))) for row in rows):
        return True
    counted = _counted("\n".join(cell.text for cell in numbers)) == len(rows)
    return counted and (inside or code_blocks.boxed(table))


def _copied(root: Element) -> bool:
    """Drop the text fields that hold a block of code once more, to be copied from there."""
    fields = root.find_all("textarea")
    shown = (
        {"".join(pre.text.split()) for pre in root.find_all("pre") if pre.find("textarea") is None} if fields else set()
    )
    copies = [field for field in fields if "".join(field.text.split()) in shown]
    for field in copies:
        field.decompose()
    return bool(copies)


def _beside(pre: Element) -> bool:
    """Drop the numbers, and the name of the language, that stand in a box of their own beside a block of code."""
    box = pre
    while box.previous_sibling is None and box.next_sibling is None and isinstance(box.parent, Element):
        box = box.parent
    beside = (_neighbour(box.previous_sibling, -1), _neighbour(box.next_sibling, 1))
    dropped = [
        element for element in beside if element is not None and (_numbers(element, pre) or _names(element, pre))
    ]
    for element in dropped:
        element.decompose()
    return bool(dropped)


def _numbers(element: Element, pre: Element) -> bool:
    if not _NUMBERS.fullmatch(element.text):
        return False
    many = _counted(code_blocks.text(element))
    together = isinstance(element.parent, Element) and _BOXES.search(element.parent.attr("class") or "")
    alone = together and many > 1 and many == code_blocks.text(pre).strip("\n").count("\n") + 1
    return bool(alone or _numbering(element))


def _names(element: Element, pre: Element) -> bool:
    label = element.text.strip().lower() if element.tag in ("span", "div") else ""
    return 0 < len(label) < 30 and label == code_blocks.language(pre)


def _neighbour(node: object, step: int) -> Element | None:
    while isinstance(node, Text) and node.data.isspace():
        node = node.previous_sibling if step < 0 else node.next_sibling
    return node if isinstance(node, Element) else None


def _first_column(pre: Element) -> bool:
    """Drop all the numbers of a block of code where they stand at its beginning, each on a line."""
    element: Element | None = pre
    while element is not None and not (element is not pre and _NUMBERS.fullmatch(element.text)):
        first = next((kid for kid in element.children if not (isinstance(kid, Text) and kid.data.isspace())), None)
        element = first if isinstance(first, Element) else None
    if element is None:
        return False
    many = _counted(code_blocks.text(element))
    lines = code_blocks.text(pre).strip("\n").count("\n") + 1
    if many < 2 or not many * 2 - 1 <= lines <= many * 2:
        return False
    element.decompose()
    return True


def _first_words(pre: Element) -> bool:
    """Drop the elements that number the lines of a block of code, one at the beginning of each."""
    lines = _lines(pre)
    owners = [line[0][1] for line in lines if line]
    if len(owners) < 2 or len(owners) < len(lines) or all(len(line) == 1 for line in lines):
        return False
    looks = {(owner.tag, owner.attr("class"), owner.attr("style")) for owner in owners}
    if len(looks) > 1 or _LITERAL.search(owners[0].attr("class") or "") or owners[0].tag in ("pre", "code"):
        return False
    if any(owner.text.strip() != line[0][0] for owner, line in zip(owners, lines, strict=True)):
        return False
    if _counted("\n".join(line[0][0] for line in lines)) != len(lines) or _listed(lines):
        return False
    for owner in owners:
        owner.decompose()
    return True


def _listed(lines: list[list[code_blocks.Piece]]) -> bool:
    """Return whether a sign follows on each number, as in data and lists."""
    return all(len(line) == 1 or line[1][0][:1] in tuple(".,:;=)]") for line in lines)


def _lines(pre: Element) -> list[list[code_blocks.Piece]]:
    """Return the words of each line, each with the element that it stands in, without empty lines at the end."""
    lines: list[list[code_blocks.Piece]] = [[]]
    for text, owner in code_blocks.pieces(pre):
        for place, part in enumerate(text.split("\n")):
            if place:
                lines.append([])
            if word := part.strip():
                lines[-1].append((word, owner))
    while lines and not lines[-1]:
        lines.pop()
    return lines
