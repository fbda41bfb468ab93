"""A folder of feeds, each damaged in many ways → what a planet that knows the feed would make of it: nearly nothing.

Run: `python -m tests.crash.damage FOLDER [--cuts N] [--flips N] [--only WORD] [--jobs N] [--list]`.

Of each feed the posts are made, as a first run makes them and their files keep them. Then each damaged version is
parsed and planned against them, as the next run would do it:

    none    as it was, read again: nothing changes
    cut     the document ends early, at `--cuts` places: no known post changes
    within  a bit is another one at `--flips` places within entries: only the post of that entry changes
    around  the same at places outside of entries: no known post loses words, nor does more than one change
    label   a text in UTF-8 that is said to be in another encoding, by the server or by itself: nothing changes

Nowhere may a post be added for what is known, or anything but a FeedError be raised. Which bit of which byte is another
one follows from the feed's name and the place: a sweep can be repeated. What is held, for a person or for a later run,
is no change; it is counted.
"""

import argparse
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from generator import markup
from generator.archive import post_file
from generator.errors import FeedError
from generator.feeds.parse import parse
from generator.models import Author, Change, FeedFetch, FeedIdentity, FeedSource, Kind, Post, Response
from generator.models.urls import url_key
from generator.plan import Terms
from generator.update.reading import AuthorReading, read_author
from tests.crash.versions import KINDS, Damage, Span, damages, entries

URL = "https://larry.example/feed"
LARRY = Author(nick="larry", name="Larry", feeds=(FeedSource(url=URL, editions=()),))
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FAULTS = ("crash", "added", "changed", "lost")


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What one version did that it must not do."""

    feed: str
    kind: str
    place: str
    fault: str
    """One of FAULTS."""
    lines: tuple[str, ...]


@dataclass(kw_only=True)
class Tally:
    """Figures that grow with each version; `counts` by its kind and what became of it."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    harms: list[Harm] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A feed that a planet has read, and the posts that came of it."""

    name: str
    body: bytes
    posts: Sequence[Post]
    before: FeedIdentity
    digests: dict[str, str]

    def read(self, body: bytes, content_type: str = "") -> AuthorReading:
        """What the next run makes of that body."""
        answer = _answer(body, content_type, self.before)
        return read_author(LARRY, [answer], self.posts, LATER, Terms(before={}, digests=self.digests))

    def of(self, span: Span) -> set[str]:
        """Paths of the posts that the entry there tells: those of a document in which it is alone."""
        spans = entries(self.body)
        alone = self.body[: spans[0][0]] + self.body[slice(*span)] + self.body[spans[-1][1] :]
        try:
            found = parse(alone, url=URL).entries
        except FeedError:
            return set()
        names = {entry.guid for entry in found} | {entry.link for entry in found}
        pages = {url_key(entry.link) for entry in found if entry.link}
        return {
            post.path
            for post in self.posts
            if names & {post.guid, *post.former_guids} or url_key(post.canonical_url) in pages
        }


def _answer(body: bytes, content_type: str, before: FeedIdentity) -> FeedFetch:
    headers = {"content-type": content_type} if content_type else {}
    response = Response(url=URL, final_url=URL, status=200, headers=headers, body=body)
    return FeedFetch(source=LARRY.feeds[0], response=response, before=before)


def judge(archive: Archive, damage: Damage) -> tuple[str, list[Harm]]:
    """What became of a version in one word, and what it did that it must not do."""
    try:
        found = archive.read(damage.body, damage.content_type)
    except Exception:  # whatever it is, it would have stopped the run
        return "crash", [_harm(archive, damage, "crash", [traceback.format_exc(limit=-3)])]
    plan, harms = found.plan, []
    changes = [change for change in plan.changes if not change.shrinks]  # the others wait for a later reading
    revised = [change for change in changes if change.kind is not Kind.ADD]
    added = [change for change in changes if change.kind is Kind.ADD]
    for fault, unwanted in (("added", added), *_unwanted(archive, damage, revised)):
        if unwanted:
            harms.append(_harm(archive, damage, fault, map(_line, unwanted)))
    held = plan.held or plan.stops or len(changes) < len(plan.changes)
    word = "unreadable" if found.unreadable else "held" if held else "quiet"
    return ("changed" if changes else word), harms


def _unwanted(archive: Archive, damage: Damage, revised: Sequence[Change]) -> Iterator[tuple[str, Sequence[Change]]]:
    """The revisions that must not be, by fault."""
    if damage.kind == "around":
        losers = [change for change in revised if _lost(change)]
        yield "lost", losers
        yield "changed", revised if len(revised) > 1 and not losers else ()
        return
    own = archive.of(damage.entry) if damage.entry and revised else set()
    others = [change for change in revised if change.before is None or change.before.path not in own]
    losers = [change for change in others if _lost(change)]
    yield "lost", losers
    yield "changed", [change for change in others if change not in losers]


def _harm(archive: Archive, damage: Damage, fault: str, lines: Iterable[str]) -> Harm:
    return Harm(feed=archive.name, kind=damage.kind, place=damage.place, fault=fault, lines=tuple(lines))


def _lost(change: Change) -> Counter[str]:
    """Words that a post had and has no longer."""
    return _words(change.before) - _words(change.post) if change.before else Counter()


def _words(post: Post) -> Counter[str]:
    return Counter(re.findall(r"\w+", f"{post.title} {markup.text(markup.to_html(post.body))}".casefold()))


def _line(change: Change) -> str:
    """What a change does, in one line."""
    lost = _lost(change)
    fields = [] if change.before is None else _fields(change.before, change.post)
    words = f" loses {lost.total()} words ({' '.join(list(lost)[:8])})" if lost else ""
    return f"{change.kind} {change.post.path}{words} {' '.join(fields)}".rstrip()


def _fields(before: Post, after: Post) -> list[str]:
    """Names of the fields that differ; a language that is still to be guessed is no difference."""
    names = [name for name in Post.__dataclass_fields__ if name not in ("digest", "lang")]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def sweep(path: Path, cuts: int, flips: int) -> Tally:
    """All versions of one feed; none where the file is no feed."""
    tally = Tally()
    archive = known(path.name, path.read_bytes())
    for damage in damages(archive.name, archive.body, cuts, flips) if archive else ():
        word, harms = judge(archive, damage)
        tally.counts[damage.kind, word] += 1
        tally.harms += harms
    return tally


def known(name: str, body: bytes) -> Archive | None:
    """The feed as a planet knows it that has read it, each post as its file keeps it; None where it is no feed."""
    first = read_author(LARRY, [_answer(body, "", FeedIdentity())], [], NOW, Terms())
    if first.unreadable:
        return None
    ((source, facts, _),) = first.profiles
    files = [(post_file.to_text(change.post), change.post.path) for change in first.plan.changes]
    return Archive(
        name=name,
        body=body,
        posts=[post_file.from_text(text, path) for text, path in files],
        before=replace(facts, entries=""),  # else what is the same would not be read at all
        digests=dict(first.plan.digests.get(source.url, {})),
    )


def tell(tally: Tally) -> None:
    """Prints each version that did what it must not do."""
    for harm in tally.harms:
        print(f"{harm.kind} {harm.fault}: {harm.feed}, {harm.place}")
        print(*(f"    {line}" for line in harm.lines[:5]), sep="\n", flush=True)


def show(tally: Tally) -> int:
    """Prints the totals by kind; 1 where something is at fault."""
    words = ("quiet", "unreadable", "held", "changed", "crash")
    head = f"{'kind':8} {'versions':>8}" + "".join(f"{word:>11}" for word in words)
    print(head + " | at fault" + "".join(f"{fault:>14}" for fault in FAULTS))
    for kind in KINDS:
        row = [tally.counts[kind, word] for word in words]
        faults = [[harm for harm in tally.harms if (harm.kind, harm.fault) == (kind, fault)] for fault in FAULTS]
        told = [f"{len(some)} ({sum(len(harm.lines) for harm in some)})" if some else "0" for some in faults]
        print(f"{kind:8} {sum(row):8}" + "".join(f"{count:11}" for count in row), end=" |         ")
        print("".join(f"{one:>14}" for one in told))
    print("at fault: versions, and in brackets the posts of all of them")
    return 1 if tally.harms else 0


def main(argv: Sequence[str]) -> int:
    """Sweeps over every feed of a folder; 1 where one version did what it must not do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cuts", type=int, default=20, metavar="N", help="for each feed (default: %(default)s)")
    parser.add_argument("--flips", type=int, default=20, metavar="N", help="within and around (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="WORD", help="feeds whose name has this word")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes (default: %(default)s)")
    parser.add_argument("--list", action="store_true", help="tell each version that did what it must not do")
    arguments = parser.parse_args(argv)
    paths = [path for path in sorted(arguments.folder.iterdir()) if path.is_file() and arguments.only in path.name]
    begin, total = time.perf_counter(), Tally()
    with ProcessPoolExecutor(arguments.jobs, get_context("spawn")) as crew:
        for tally in crew.map(partial(sweep, cuts=arguments.cuts, flips=arguments.flips), paths):
            total.counts += tally.counts
            total.harms += tally.harms
            if arguments.list:
                tell(tally)
    status = show(total)
    print(f"{total.counts['none', 'quiet']} feeds of {len(paths)} files in {time.perf_counter() - begin:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
