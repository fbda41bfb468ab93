"""A folder of feed histories → what the planet would have committed, beside what really changed.

    python -m tests.corpus.replay FOLDER [--only WORD] [--tell] [--nameless]

FOLDER holds an archive (`*.tar.xz`) for each feed with its versions in order of name, and perhaps an `index.tsv` that
counts by GUID what changed between versions: new, text_changed, title_changed, link_changed, id_churn_same_link and
id_and_link_churn_same_title. Each version is served on 127.0.0.1 and read by a whole `update`, a day after the one
before; then once more without a cache, which must commit nothing. What is held is released, and counted. `edited`
posts have other words under their GUID, `rewritten` ones under a new GUID, `relinked` ones other links or pictures.
`--nameless` takes GUIDs and links away first: all entries lead to the blog, and the posts should be as many.
"""

import argparse
import csv
import re
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

from generator import markup
from generator.errors import FeedError
from generator.feeds import state
from generator.feeds.parse import parse
from generator.models import Entry, Kind, Post, is_page_guid, moment
from generator.models.urls import url_key
from generator.update.report import UpdateReport
from tests.support.planets import NOW, Blogs, Root, author, rss

DAY = timedelta(days=1)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
COLUMNS = (
    "new",
    "edited",
    "rewritten",
    "relinked",
    "moved",
    "renamed",
    "held",
    "failed",
    "repeat",
    "lost",
    "twins",
    "posts",
)
NUMBERS = ("text_changed", "title_changed", "link_changed", "id_churn_same_link", "id_and_link_churn_same_title")


@dataclass(kw_only=True)
class Tally:
    """What a history came to. `repeat`, `lost` and `twins` must be zero."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    guids: dict[str, Entry] = field(default_factory=dict)

    def told(self, version: str, what: str) -> None:
        """Counts one thing that the planet did, and keeps the line."""
        self.counts[what.split(":")[0]] += 1
        self.lines.append(f"    {version}  {what}")


def versions(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The feed's texts, oldest first."""
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda member: member.name):
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield Path(member.name).stem, stream.read()


def without_names(body: bytes) -> bytes:
    """The feed as an RSS whose entries have no GUIDs and all link to the blog; as it is where it is none."""
    try:
        feed = parse(body, url="https://larry.example/feed")
    except FeedError:
        return body
    items = []
    for entry in feed.entries:
        when = entry.published or entry.updated
        date = {"pubDate": format_datetime(moment(when))} if when else {}
        items.append({"title": entry.title, "link": "https://larry.example/", "body": entry.html, **date})
    return _CONTROL.sub("", rss(*items, title=feed.title)).encode()


def replay(archive: Path, folder: Path, *, nameless: bool = False) -> Tally:
    """Lives through one history in a planet of its own below `folder`."""
    tally = Tally()
    with Blogs() as blogs:
        root = Root(folder / archive.stem, {"larry": author(blogs.url + "/feed")})
        for number, (name, original) in enumerate(versions(archive)):
            body = without_names(original) if nameless else original
            now = NOW + number * DAY
            blogs.put("/feed", body)
            before = {post.path: post for post in root.posts()}
            report = root.update(now=now)
            if any("release" in note for note in report.notes):
                tally.told(name, f"held: {report.notes[0]}")
                report = root.update(now=now, only="larry", release=True)
            _count(tally, name, report, before, root.posts(), first=number == 0)
            (root.path / state.FILE).unlink(missing_ok=True)
            for _ in range(root.update(now=now + DAY / 2).kinds.total()):
                tally.told(name, "repeat: a second run committed something")
            _note_guids(tally, body)
        _check(tally, root.posts())
    return tally


def _count(
    tally: Tally, name: str, report: UpdateReport, before: Mapping[str, Post], after: Sequence[Post], *, first: bool
) -> None:
    for failure in report.failures:
        tally.told(name, f"failed: {failure.reason}")
    for post in after:
        old = before.get(post.path)
        if old is None and not first:
            tally.told(name, f"new: {post.title} ({post.guid})")
        if old is None or old == post:
            continue
        if old.digest != post.digest:
            tally.told(name, f"{_kind(old, post)}: {post.title}")
        if url_key(old.canonical_url) != url_key(post.canonical_url):
            tally.told(name, f"moved: {post.title} ({old.canonical_url} is now {post.canonical_url})")
        if old.guid != post.guid:
            tally.told(name, f"renamed: {post.title} ({old.guid} is now {post.guid})")
    tally.counts["first"] += report.kinds[Kind.ADD] if first else 0


def _kind(old: Post, post: Post) -> str:
    """Whether a reader sees other words, or the links and pictures alone are others; by GUID, as the truth counts."""
    if _words(old) == _words(post):
        return "relinked"
    return "edited" if old.guid == post.guid else "rewritten"


def _words(post: Post) -> str:
    return f"{post.title} {markup.text(markup.to_html(post.body))}"


def _note_guids(tally: Tally, body: bytes) -> None:
    try:
        tally.guids |= {entry.guid: entry for entry in parse(body, url="https://larry.example/feed").entries}
    except FeedError:
        return


def _check(tally: Tally, posts: Sequence[Post]) -> None:
    """Every entry ever told must be a post, and no two posts one page or one text."""
    known = {guid for post in posts for guid in (post.guid, *post.former_guids)}
    for guid in tally.guids:
        if guid not in known and not (tally.guids[guid].nameless and any(map(is_page_guid, known))):
            tally.told("the end", f"lost: {tally.guids[guid].title} ({guid})")
    texts = Counter((post.title, post.date, post.digest) for post in posts)
    for post in posts:
        if texts[post.title, post.date, post.digest] > 1:
            tally.told("the end", f"twins: {post.title} ({post.guid})")
    tally.counts["posts"] = len(posts)


def show(name: str, tally: Tally, truth: Mapping[str, str]) -> None:
    """A line of figures, and the truth's below it."""
    print(f"{name[:40]:40}", *(f"{what} {tally.counts[what]:<4}" for what in COLUMNS))
    if truth:
        print(f"{'  truth by GUID':40}", f"new {truth['new']:<4}", *(f"{key} {truth[key]}" for key in NUMBERS))


def main(argv: Sequence[str]) -> int:
    """Replays every archive of a folder; 1 where a repetition committed, a post was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="archives whose name has this word")
    parser.add_argument("--tell", action="store_true", help="list every change")
    parser.add_argument("--nameless", action="store_true", help="without GUIDs, all links to the blog")
    arguments = parser.parse_args(argv)
    index = arguments.folder / "index.tsv"
    rows = list(csv.DictReader(index.open(encoding="utf-8"), delimiter="\t")) if index.exists() else []
    truths = {} if arguments.nameless else {row["file"]: row for row in rows}
    total: Counter[str] = Counter()
    for archive in sorted(path for path in arguments.folder.glob("*.tar.xz") if arguments.only in path.name):
        with tempfile.TemporaryDirectory() as folder:
            tally = replay(archive, Path(folder), nameless=arguments.nameless)
        name = archive.name.removesuffix(".tar.xz")
        show(name, tally, truths.get(name, {}))
        if arguments.tell:
            print("\n".join(tally.lines))
        total += tally.counts
    print(f"{'in all':40}", *(f"{what} {total[what]:<4}" for what in COLUMNS))
    return 1 if total["repeat"] + total["lost"] + total["twins"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
