"""A number → a planet of that many invented posts, its history in git as the robot would have written it.

Run: `python -m tests.bench.posts ROOT [--posts N]`. Nothing is random: the same number makes the same bytes, down to
the names of the commits. Two hundred authors, some of them far busier than others, write over ten years; a post has 2
to 8 KB of headings, lists, links, code, tables and pictures, and one author of eight writes in Cyrillic, Greek or
Japanese letters. Of a hundred posts, five are edited later, and one is found long after it was written.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from heapq import heappop, heappush
from itertools import accumulate
from pathlib import Path
from random import Random

from generator import config
from generator.archive.paths import new_path
from generator.git import BEFORE, INCOMING, create
from generator.git.fast_import import new_commits, transaction
from generator.models import Change, Kind, Post
from generator.models.dates import moment
from generator.update.commits import commit_of, planet_identity
from tests.bench.words import SCRIPTS, TAGS, Script, Writer
from tests.support.planets import author

BEGIN, END = datetime(2016, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)
AUTHORS = 200
SETTINGS = '[tool.gitplanet]\ntitle = "Planet of the bench"\nurl = "https://planet.example.org/"\n'
EDITED, FOUND_LATE = 0.05, 0.01


def main() -> int:
    """Makes the planet, and says how long that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=Path, help="a folder that is not there yet")
    parser.add_argument("--posts", type=int, default=10_000, metavar="N", help="(default: %(default)s)")
    asked = parser.parse_args()
    begin = time.perf_counter()
    found(asked.root, asked.posts)
    print(f"{asked.posts} posts in {asked.root}: {time.perf_counter() - begin:.1f} s")
    return 0


def found(root: Path, posts: int) -> None:
    """A planet in a new folder, with everything committed."""
    (root / "authors").mkdir(parents=True)
    (root / "posts").mkdir()
    (root / "posts" / ".gitkeep").touch()
    (root / ".gitignore").write_text(".cache/\n_site/\n")
    (root / "pyproject.toml").write_text(SETTINGS)
    for number in range(AUTHORS):
        feed, more = f"https://{nick(number)}.example/feed/", f"homepage: https://{nick(number)}.example/\n"
        (root / "authors" / f"{nick(number)}.yaml").write_text(author(feed, name=name(number), more=more))
    create(root, message="Begin", now=BEGIN).close()
    record(root, _in_turn(range(posts), posts))


def grow(root: Path, posts: int, new: int) -> None:
    """Commits that many more posts to the planet that was founded with `posts`: the newest of all."""
    changes = [Change(kind=Kind.ADD, post=invent(number, posts)) for number in range(posts, posts + new)]
    record(root, sorted(changes, key=_known))


def record(root: Path, changes: Iterable[Change]) -> None:
    """Each change as a commit of the robot's, at the time when the planet would have found it; all in one import."""
    planet, tip = config.load(root), git(root, "rev-parse", "HEAD")
    command = ["git", "-C", str(root), "fast-import", "--quiet", "--force"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin
        commits = (
            piece
            for change in changes
            for piece in new_commits(
                [commit_of(change, planet, _known(change))], planet_identity(planet), _known(change)
            )
        )
        process.stdin.writelines(transaction(commits, old=tip, onto=tip))
    assert process.returncode == 0, "git fast-import failed"
    git(root, "reset", "--quiet", "--hard", INCOMING)
    for ref in (BEFORE, INCOMING):
        git(root, "update-ref", "-d", ref)


def git(root: Path, *words: str) -> str:
    """What git says there."""
    return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, text=True).stdout.strip()


def _known(change: Change) -> datetime:
    """When the planet found it."""
    when = change.post.updated if change.kind is Kind.REVISE else change.post.first_seen
    assert when
    return moment(when)


def _in_turn(numbers: Iterable[int], posts: int) -> Iterator[Change]:
    """What the planet found, in the order of that; only what is still to come is held."""
    to_come: list[tuple[datetime, str, Change]] = []
    for number in numbers:
        post = invent(number, posts)
        for change in _life(post):
            heappush(to_come, (_known(change), post.path, change))
        while to_come and to_come[0][0] <= moment(post.date):
            yield heappop(to_come)[2]
    while to_come:
        yield heappop(to_come)[2]


def _life(post: Post) -> Iterator[Change]:
    yield Change(kind=Kind.ADD, post=post)
    chance = Random(f"life of {post.guid}")
    when = moment(post.date) + timedelta(minutes=chance.randint(300, 60 * 24 * 60))
    if chance.random() < EDITED and (post.first_seen or END) < when < END:
        body = f"{post.body}\n\n**Update:** {Writer(SCRIPTS[0], chance, post.nick).sentence()}"
        after = replace(post, body=body, updated=when, digest=_digest(post.title + body))
        yield Change(kind=Kind.REVISE, before=post, post=after)


def nick(number: int) -> str:
    """Of the author with that number."""
    return f"cow{number:03}"


@cache
def name(number: int) -> str:
    """Of the author with that number, in the letters in which this one writes."""
    return Writer(_script(number), Random(f"name {number}"), nick(number)).name()


def _script(number: int) -> Script:
    """One author of eight does not write in Latin letters."""
    return SCRIPTS[number // 8 % (len(SCRIPTS) - 1) + 1 if number % 8 == 7 else 0]


@cache
def _busyness() -> list[float]:
    return list(accumulate(1 / (rank + 10) for rank in range(AUTHORS)))


def invent(number: int, posts: int) -> Post:
    """The post with that number among so many; those from `posts` on are newer than all of them."""
    chance = Random(f"post {number}")
    step = (END - BEGIN) / posts
    when = (BEGIN + step * (number + chance.random())).replace(microsecond=0)
    who = chance.choices(range(AUTHORS), cum_weights=_busyness())[0]
    script, guid = _script(who), f"https://{nick(who)}.example/?p={number}"
    writer = Writer(script, chance, nick(who))
    title, body = writer.title(), writer.body()
    late = timedelta(days=40) if chance.random() < FOUND_LATE and when + timedelta(days=41) < END else timedelta()
    home = f"https://{nick(who)}.example"
    return Post(
        path=new_path(nick(who), when, title, guid),
        nick=nick(who),
        author=name(who),
        title=title,
        date=when,
        canonical_url=f"{home}/{when:%Y/%m}/{number}/",
        guid=guid,
        tags=tags(chance),
        lang=script.code,
        description=writer.sentence(),
        feed=f"{home}/feed/",
        first_seen=when + late + timedelta(minutes=chance.randint(5, 125)),
        digest=_digest(title + body),
        body=body,
    )


def tags(chance: Random) -> tuple[str, ...]:
    """None to five of three hundred, of which the first is used most, the second half as often, and so on."""
    return tuple(dict.fromkeys(chance.choices(TAGS, cum_weights=_fame(), k=chance.randint(0, 5))))


@cache
def _fame() -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, len(TAGS) + 1)))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


if __name__ == "__main__":
    sys.exit(main())
