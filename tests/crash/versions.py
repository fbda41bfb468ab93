"""The bytes of a feed → damaged versions that may reach a planet: cut, with a wrong bit, wrongly labelled."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ENTRY = re.compile(rb"<!--.*?-->|<((?:[\w-]+:)?(?:item|entry))(?=[\s>/]).*?</\1\s*>", re.DOTALL)
"""A comment, or an entry, whose name is the group."""
LIST = re.compile(rb'"items"\s*:\s*\[')
NEXT = re.compile(r"[\s,]*(?={)")
DECLARED = re.compile(rb"""(\s*<\?xml[^>]*?\sencoding=)["'][^"']*["']""")
CHARSETS = ("iso-8859-1", "windows-1252", "us-ascii", "utf-16", "koi8-r", "shift_jis", "no-such-charset")
KINDS = ("none", "cut", "within", "around", "label")
Span = tuple[int, int]
"""The first byte, and the one after the last."""


@dataclass(frozen=True, kw_only=True)
class Damage:
    """A damaged version of a feed."""

    kind: str
    place: str
    body: bytes
    content_type: str = ""
    entry: Span | None = None
    """The bytes of the entry that was hit, in the whole document."""


def entries(body: bytes) -> list[Span]:
    """Where the entries of a feed stand."""
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return list(_objects(body))
    return [found.span() for found in ENTRY.finditer(body) if found[1]]


def _objects(body: bytes) -> Iterator[Span]:
    """The items of a JSON feed."""
    begun = LIST.search(body)
    text = body[begun.end() :].decode("utf-8", "surrogateescape") if begun else ""
    place, seen, base = 0, 0, begun.end() if begun else 0
    while found := NEXT.match(text, place):
        base += len(text[seen : found.end()].encode("utf-8", "surrogateescape"))
        try:
            _, place = json.JSONDecoder(strict=False).raw_decode(text, found.end())
        except ValueError:
            return
        size = len(text[found.end() : place].encode("utf-8", "surrogateescape"))
        yield base, base + size
        seen, base = place, base + size


def damages(name: str, body: bytes, cuts: int, flips: int) -> Iterator[Damage]:
    """All versions of a feed."""
    yield Damage(kind="none", place="", body=body)
    for number in range(1, cuts + 1):
        end = len(body) * number // (cuts + 1)
        yield Damage(kind="cut", place=f"after {end} of {len(body)} bytes", body=body[:end])
    if inside := entries(body):
        chance = random.Random(name)
        around = _between(inside, len(body))
        bytes_around = [last - first for first, last in around]
        for span in _spread(inside, flips, chance):
            yield _flipped("within", body, span, chance)
        for span in chance.choices(around, bytes_around, k=flips):
            yield _flipped("around", body, span, chance)
    yield from _labels(body)


def _between(inside: Sequence[Span], end: int) -> list[Span]:
    edges = [0, *(place for span in inside for place in span), end]
    return [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last]


def _spread(spans: Sequence[Span], count: int, chance: random.Random) -> Iterator[Span]:
    """So many of the spans: each equally often, or some of them where they are more."""
    pool: list[Span] = []
    for _ in range(count):
        pool = pool or chance.sample(list(spans), len(spans))
        yield pool.pop()


def _flipped(kind: str, body: bytes, span: Span, chance: random.Random) -> Damage:
    place, bit = chance.randrange(*span), 1 << chance.randrange(8)
    other = body[:place] + bytes([body[place] ^ bit]) + body[place + 1 :]
    told = f"byte {place} from {body[place : place + 1]!r} to {other[place : place + 1]!r}"
    return Damage(kind=kind, place=told, body=other, entry=span if kind == "within" else None)


def _labels(body: bytes) -> Iterator[Damage]:
    """Wrong labels for a text that is UTF-8."""
    try:
        body.decode("utf-8")
    except ValueError:
        return
    for charset in CHARSETS:
        yield Damage(kind="label", place=f"server: {charset}", body=body, content_type=f"text/xml; charset={charset}")
        if declared := DECLARED.match(body):
            other = declared[1] + f'"{charset}"'.encode() + body[declared.end() :]
            yield Damage(kind="label", place=f"document: {charset}", body=other)
