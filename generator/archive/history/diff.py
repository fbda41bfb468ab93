"""Compare two texts paragraph by paragraph, and word by word within a passage (`compare`). Pure.

The shortest script of changes is found by E. W. Myers's greedy method ("An O(ND) Difference Algorithm", 1986), whose
work is bounded by the number of differences; where there are too many to be read, a passage is replaced as a whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

MAX_DIFFERENCES = 250
"""More of them in one passage are no longer told word by word."""
CONTEXT = 150
"""Characters of unchanged text that are kept beside a change."""
LONGEST = 4000
"""Characters of one change that are kept."""
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER = rf"[^\W{_CJK}]"
_WORD = re.compile(rf"((?<=\])\([^()\s]*\)|https?://[^\s<>()\]]+|(?:{_LETTER}+(?:['\u2019.-](?={_LETTER}))?)+|\S)(\s*)")
"""The target of a Markdown link, an address, a word, or else a sign: a script without spaces is told sign by sign."""
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


class DiffMark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    DELETED = "gone"
    INSERTED = "come"


@dataclass(frozen=True, kw_only=True)
class DiffPiece:
    """Words that stayed, went or came together."""

    mark: DiffMark
    text: str


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Paragraphs in which something changed."""

    skipped: int
    """Unchanged paragraphs since the passage before, or since the beginning."""
    pieces: tuple[DiffPiece, ...]
    """Shortened to what a person may want to read."""
    deleted: int
    inserted: int
    """Words that went and came, in all."""


Token = tuple[str, str]
"""A word and the white space after it."""


def compare(before: str, after: str) -> tuple[Passage, ...]:
    """Return what changed from one text to the other; nothing where only white space did."""
    old, new = _paragraphs(before), _paragraphs(after)
    pairs = match(
        [" ".join(paragraph.split()) for paragraph in old], [" ".join(paragraph.split()) for paragraph in new]
    )
    passages = []
    x = y = skipped = 0
    for i, j in [*pairs, (len(old), len(new))]:
        if i > x or j > y:
            pieces = compare_words("\n\n".join(old[x:i]), "\n\n".join(new[y:j]))
            deleted, inserted = (count_words(pieces, mark) for mark in (DiffMark.DELETED, DiffMark.INSERTED))
            passages.append(
                Passage(skipped=skipped, pieces=tuple(_shortened(pieces)), deleted=deleted, inserted=inserted)
            )
            skipped = 0
        skipped += 1
        x, y = i + 1, j + 1
    return tuple(passages)


def count_words(pieces: Iterable[DiffPiece], mark: DiffMark) -> int:
    """Return how many words stayed, went or came; in scripts without spaces, how many signs."""
    texts = [piece.text for piece in pieces if piece.mark is mark]
    return sum(any(map(str.isalnum, word)) for text in texts for word, _ in _WORD.findall(text))


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in _PARAGRAPH.split(text.strip()) if paragraph]


def compare_words(before: str, after: str) -> list[DiffPiece]:
    """Compare one passage word by word.

    Pieces without DELETED ones make up `after`, without INSERTED ones `before`, but for white space.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    pairs = match([word for word, _ in old], [word for word, _ in new])
    if 3 * len(pairs) < min(len(old), len(new)):
        pairs = []  # another text: told word by word, it would be confetti
    return _pieces(old, new, _quiet(pairs, len(old), len(new)))


def match(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return places of what two sequences have in common, in order; without the middle where too much differs there."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _shortest(old[start : len(old) - end], new[start : len(new) - end])
    tail = zip(range(len(old) - end, len(old)), range(len(new) - end, len(new)), strict=True)
    return [*((i, i) for i in range(start)), *((start + i, start + j) for i, j in middle), *tail]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many are the same from the beginning on."""
    return next(
        (i for i, (before, after) in enumerate(zip(old, new, strict=False)) if before != after), min(len(old), len(new))
    )


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Myers's search: `reach[k]` is how far into `old` so many changes lead on the diagonal `k`."""
    reach, trace = {1: 0}, []
    for changes in range(MAX_DIFFERENCES + 1):
        trace.append(dict(reach))
        for k in range(-changes, changes + 1, 2):
            down = k == -changes or (k != changes and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < len(old) and 0 <= x - k < len(new) and old[x] == new[x - k]:
                x += 1
            reach[k] = x
            if x >= len(old) and k == len(old) - len(new):
                return _walk_back(trace, len(old), len(new))
    return []


def _walk_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs = []
    for changes in range(len(trace) - 1, -1, -1):
        reach, k = trace[changes], x - y
        down = k == -changes or (k != changes and reach[k - 1] < reach[k + 1])
        from_k = k + 1 if down else k - 1
        from_x = reach[from_k]
        while x > from_x and y > from_x - from_k:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_x - from_k
    return pairs[::-1]


def _quiet(pairs: Iterable[tuple[int, int]], old: int, new: int) -> list[tuple[int, int]]:
    """Return the same without a word or two that only happen to stand between two larger changes."""
    runs: list[list[tuple[int, int]]] = []
    for i, j in pairs:
        if runs and runs[-1][-1] == (i - 1, j - 1):
            runs[-1].append((i, j))
        else:
            runs.append([(i, j)])
    starts = [run[0] for run in runs] + [(old, new)]
    ends = [(-1, -1)] + [run[-1] for run in runs]
    gaps = [max(i - x, j - y) - 1 for (i, j), (x, y) in zip(starts, ends, strict=True)]
    stable = [run for run, *around in zip(runs, gaps, gaps[1:], strict=False) if len(run) >= min(3, *around)]
    return [pair for run in stable for pair in run]


def _pieces(old: Sequence[Token], new: Sequence[Token], pairs: Iterable[tuple[int, int]]) -> list[DiffPiece]:
    """Return the pieces in the order of reading. White space at the end of a change belongs to what follows it."""
    pieces: list[DiffPiece] = []
    x = y = 0
    same = ""
    for i, j in [*pairs, (len(old), len(new))]:
        deleted, inserted = "".join(map("".join, old[x:i])), "".join(map("".join, new[y:j]))
        if deleted or inserted:
            pieces.append(DiffPiece(mark=DiffMark.SAME, text=same))
            pieces.extend(
                DiffPiece(mark=mark, text=text.rstrip())
                for mark, text in ((DiffMark.DELETED, deleted), (DiffMark.INSERTED, inserted))
                if text
            )
            last = inserted or deleted
            same = last[len(last.rstrip()) :]
        if j < len(new):
            same += new[j][0] + (new[j][1] or old[i][1])
        x, y = i + 1, j + 1
    pieces.append(DiffPiece(mark=DiffMark.SAME, text=same))
    return [piece for piece in pieces if piece.text]


def _shortened(pieces: Sequence[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield the pieces with no more than some context of what stayed the same, and of a change no more than anybody
    reads.
    """
    for number, piece in enumerate(pieces):
        head, tail = piece.text[:CONTEXT], piece.text[-CONTEXT:]
        head = (head.rpartition(" ")[0] or head) + " " if number else ""
        tail = " " + (tail.partition(" ")[2] or tail) if number < len(pieces) - 1 else ""
        if piece.mark is not DiffMark.SAME:
            text = piece.text if len(piece.text) <= LONGEST else f"{piece.text[:LONGEST]} …"
            yield DiffPiece(mark=piece.mark, text=text)
        elif len(head) + len(tail) + CONTEXT // 3 > len(piece.text):
            yield piece
        else:
            yield DiffPiece(mark=DiffMark.SAME, text=f"{head}…{tail}")
