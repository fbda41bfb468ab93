"""Drop title chrome, first lines of a body that say only what the front matter says, with `without_chrome`."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from generator.markup.metadata import Metadata
from generator.markup.text import title as plain
from generator.markup.tree.lines import WORD, holds, links, text, words
from generator.markup.tree.nodes import HEADINGS, Content, Node
from generator.models import When, urls, written_dates

MAX_BLOCKS = 3
"""First blocks that may be chrome, and lines of one of them."""
_MAX_LETTERS = 120
"""Letters of such a line beside title and blog."""
_SHAPE = re.compile(r"w{0,2}[TABGD]C?(?:w{0,2}[TABGD]C?)*(?:(?<=C)w)?")
"""What a line says: title, author, blog, tag, day, clock; and other words: a label before it, little between."""
_OTHERS = 4
"""Other words in all: "Posted on", "by", "at"."""
_BY = frozenset(
    "by from written posted published author von autor autorin par auteur por autora di da autore door av af przez od "
    "от автор 作者 著者 投稿者 文 글쓴이".split()
)
"""Words beside the name of an author in a line that does not say the day: "Photos by" says something else."""
_BETWEEN = re.compile(r"(?<!\s)\s++(?:[-–—|»·•/:]\s+|[|»•]\s*)|[|»•]\s*|:\s+")
"""What stands between the blog's name and a title or another name."""
_SPOKEN = re.compile(r"[!?;\"“”„«…。！？]")
"""Signs of a sentence, which is the author's."""
_PIECE = re.compile(
    r"(?P<clock>t?\d{1,2}[:h](?P<minute>\d\d)(?::\d\d)?(?:\.\d+)?(?:\s*[ap]\.?m\b\.?)?(?:z\b|\s*[+-]\d\d:?\d\d)?)"
    rf"|(?P<number>\d+)(?:(?:st|nd|rd|th|er|o)\b|[年月日号號년월일])?|(?P<word>{WORD.pattern})"
)
_GLUE = 5
"""Letters of a word within a date: "3 de mayo de 2026"."""


@dataclass(frozen=True, kw_only=True)
class _FrontMatter:
    """What the front matter says, ready to be compared."""

    phrases: dict[tuple[str, ...], str]
    """By its words, what it is: T(itle), A(uthor), B(log), G for a tag."""
    moments: tuple[When, ...]


def without_chrome(tree: tuple[Node, ...], title: str, metadata: Metadata) -> tuple[Node, ...]:
    """Drop the lines above the text that repeat its title, its date, its author or the name of its blog.

    They are headings, bold lines and links that say the title, `Blog: TITLE`, and lines such as "Posted on …, by …" in
    any language: at most `MAX_BLOCKS`, with nothing but pictures above, and never all of the text.
    """
    blocks = list(tree)
    for _ in range(MAX_BLOCKS):
        shown = (place for place, block in enumerate(blocks[: 2 * MAX_BLOCKS]) if text(block.kids).strip())
        at = next(shown, len(blocks))
        dropped = _dropped(blocks, at, title, metadata) if at < len(blocks) > 1 else 0
        if not dropped:
            break
        lines = _lines(blocks[at])[dropped:]
        blocks[at : at + 1] = [Node("p", {}, _joined(lines))] if lines else []
        if lines:
            break
        while len(blocks) > at + 1 and blocks[at].tag == "hr":
            blocks.pop(at)
    return tuple(blocks)


@lru_cache(maxsize=64)
def _names(blog: str, home: str) -> frozenset[tuple[str, ...]]:
    """Return what a blog may be called: by its title, a part of that, or its host."""
    whole = plain(blog)
    return frozenset(map(words, (whole, *_BETWEEN.split(whole), urls.host(home), "blog")))


def _front_matter(title: str, metadata: Metadata) -> _FrontMatter:
    names = _names(metadata.blog, metadata.home)
    parts = _BETWEEN.split(title)
    if len(parts) > 1 and words(parts[0]) in names:
        parts.pop(0)
    elif len(parts) > 1 and words(parts[-1]) in names:
        parts.pop()
    phrases = {words(plain(tag)): "G" for tag in metadata.tags}
    phrases |= dict.fromkeys(names, "B") | {words(plain(name)): "A" for name in metadata.authors}
    phrases |= {words(title): "T", words(" ".join(parts)): "T"}
    phrases.pop((), None)
    return _FrontMatter(phrases=phrases, moments=metadata.dates)


def _lines(block: Node) -> list[Content]:
    """Return a heading as one line, a paragraph parted at its breaks; other blocks have none."""
    if block.tag in HEADINGS:
        return [block.kids]
    parts: list[list[Node | str]] = [[]]
    for kid in block.kids if block.tag == "p" else ():
        if isinstance(kid, Node) and kid.tag == "br":
            parts.append([])
        else:
            parts[-1].append(kid)
    return [tuple(part) for part in parts if part]


def _joined(lines: Sequence[Content]) -> Content:
    joined: list[Node | str] = []
    for line in lines:
        joined += [Node("br", {}, ()), *line] if joined else line
    return tuple(joined)


def _dropped(blocks: Sequence[Node], at: int, title: str, metadata: Metadata) -> int:
    """Return how many lines at the beginning of a block are chrome.

    The day above the first of several parts that are headed alike belongs to that part.
    """
    block, count, matter = blocks[at], 0, None
    for line in _lines(block)[:MAX_BLOCKS]:
        if len(text(line)) > len(title) + len(metadata.blog) + _MAX_LETTERS:
            break
        matter = matter or _front_matter(title, metadata)
        kinds = _kinds(line, matter)
        strong = block.tag in HEADINGS or _is_bold(line)
        if not _is_chrome(kinds, line, metadata, strong=strong):
            break
        if "T" not in kinds and strong and any(_is_alike(block, other) for other in blocks[at + 1 :]):
            break
        count += 1
    return count


def _is_alike(block: Node, other: Node) -> bool:
    return other.tag == block.tag and (block.tag != "p" or _is_bold(other.kids))


def _is_bold(kids: Content) -> bool:
    """Return whether all of a line is bold."""
    return all(
        not kid.strip() if isinstance(kid, str) else kid.tag == "strong" or (bool(kid.kids) and _is_bold(kid.kids))
        for kid in kids
    )


def _is_chrome(kinds: str, line: Content, metadata: Metadata, *, strong: bool) -> bool:
    """Return whether a line of these kinds is chrome: it holds nothing else, and leads nowhere else."""
    targets = list(links(line))
    if not kinds or holds(line, ("img", "note")):
        return False
    if set(kinds) == {"T"}:
        linked = len(targets) == 1 and words(targets[0].text) == words(text(line))
        return (strong or linked) and all(metadata.is_page(link.url) or metadata.is_home(link.url) for link in targets)
    return all(metadata.is_own(link.url) for link in targets)


def _kinds(line: Content, matter: _FrontMatter) -> str:
    """Return what a line says, a letter for each thing in the order of `_SHAPE`; empty where it may say more."""
    folded = unicodedata.normalize("NFKC", text(line)).lower()
    kinds, others = "", list[str]()
    for kind, piece in _parted(folded, matter):
        named = kind or _beside(piece, matter)
        if named is None:
            return ""
        kinds += named
        others += words(piece) if set(named) == {"w"} else []
    spoken = folded.rstrip().endswith(".") and len(kinds.replace("w", "")) < 2 and "w" in kinds
    if spoken or kinds.count("w") > _OTHERS or not _SHAPE.fullmatch(kinds):
        return ""
    return kinds if "D" in kinds or set(kinds) == {"T"} or _is_signature(kinds, others, folded) else ""


def _is_signature(kinds: str, others: Sequence[str], folded: str) -> bool:
    """Return whether a line without a day is made of the title and a name, or says by whom the post is."""
    if "T" in kinds:
        return not set(kinds) - set("TABw") and _BY.issuperset(others) and bool(others or _BETWEEN.search(folded))
    return "A" in kinds and bool(others) and _BY.issuperset(others)


def _parted(folded: str, matter: _FrontMatter) -> Iterator[tuple[str, str]]:
    """Yield the phrases of a line that the front matter says, by kind, and what stands between them."""
    matches = list(WORD.finditer(folded))
    tokens = [word[0].casefold() for word in matches]
    lengths = sorted({len(phrase) for phrase in matter.phrases}, reverse=True)
    start = place = 0
    while place < len(tokens):
        ahead = tokens[place : place + lengths[0]] if lengths else []
        length = next((size for size in lengths if len(ahead) >= size and tuple(ahead[:size]) in matter.phrases), 0)
        if length:
            yield "", folded[start : matches[place].start()]
            yield matter.phrases[tuple(tokens[place : place + length])], ""
            start = matches[place + length - 1].end()
        place += length or 1
    yield "", folded[start:]


def _beside(piece: str, matter: _FrontMatter) -> str | None:
    """Return what stands beside the phrases: one of the post's moments and a few words, or None where it may say
    more.
    """
    tokens = list(_PIECE.finditer(piece))
    if tokens and _SPOKEN.search(piece):
        return None
    if all(token["word"] for token in tokens):
        return "w" * len(tokens)
    return next((kinds for when in matter.moments if (kinds := _dated(tokens, piece, when))), None)


def _dated(tokens: Sequence[re.Match[str]], piece: str, when: When) -> str:
    """Return the kinds of the tokens where their numbers are those of this moment, in any zone; else nothing."""
    day = when.date() if isinstance(when, datetime) else when
    if not {str(day.day), f"{day:%d}", f"{day:%Y%m%d}"} & {token["number"] for token in tokens}:
        return ""
    clocks = [int(token["minute"]) for token in tokens if token["clock"]]
    timed = isinstance(when, datetime) and all((minute - when.minute) % 15 == 0 for minute in clocks)
    named = [bool(token["word"]) and written_dates.is_month(token["word"], day) for token in tokens]
    if (clocks and not timed) or not _are_of(day, tokens, named=any(named)):
        return ""
    parts = [month or _is_part(token, day) for token, month in zip(tokens, named, strict=True)]
    first, last = parts.index(True), len(parts) - 1 - parts[::-1].index(True)
    between = [token["word"] or "" for token in tokens[first:last]]
    apart = any(
        not part and (len(word) > _GLUE or not after)
        for word, part, after in zip(between, parts[first:], parts[first + 1 :], strict=False)
    )
    if apart or (first and "," in piece[tokens[first - 1].end() : tokens[first].start()]):
        return ""
    after = tokens[last + 1 :]
    if after and len(after[0][0]) == 1:  # "2026 г."
        after = after[1:]
    return "w" * first + ("DC" if tokens[last]["clock"] else "D") + "w" * len(after)


def _are_of(day: date, tokens: Sequence[re.Match[str]], *, named: bool) -> bool:
    """Return whether the numbers among the tokens are those of the day, the month being named or a number, too."""
    numbers = [token["number"] for token in tokens if token["number"]]
    if numbers == [f"{day:%Y%m%d}"]:
        return True
    short = [str(int(number)) for number in numbers]
    rest = [str(day.day)] if named else [str(day.day), str(day.month)]
    years = [[str(day.year)], [str(day.year % 100)], *([[]] if named else [])]
    return any(sorted(short) == sorted([*rest, *year]) for year in years)


def _is_part(token: re.Match[str], day: date) -> bool:
    """Return whether a token is a number, a clock or the name of the day of the week."""
    return not token["word"] or written_dates.is_weekday(token["word"], day)
