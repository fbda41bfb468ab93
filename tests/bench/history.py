"""An invented planet of many posts and revisions → the seconds that history costs a build.

usage: python -m tests.bench.history [POSTS [REVISIONS]]   (default: 10000 3000)
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from generator import config, site
from generator.archive import history, tree
from generator.archive.history.verify import verify
from generator.build.theme import Theme
from generator.git.log import Log
from generator.models import Post
from tests.support.edited_posts import add, new, revise_all
from tests.support.planets import Root, author

AUTHORS = 60


def main(number: int = 10_000, revisions: int = 3_000) -> int:
    """Writes the planet and prints a line for each part."""
    with tempfile.TemporaryDirectory(prefix="gitplanet-") as folder:
        root = Path(folder) / "planet"
        _write(root, number, revisions)
        _measure(root)
    return 0


def _write(path: Path, number: int, revisions: int) -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 10))) for _ in range(4000)]
    root = Root(path, {f"nick{one}": author(f"https://blog{one}.example/feed") for one in range(AUTHORS)})
    posts = [_post(one, words, chance) for one in range(number)]
    add(root, *posts, at=datetime(2026, 1, 1, tzinfo=UTC))
    for day in range(10):
        chosen = chance.sample(range(number), revisions // 10)
        bodies = {one: _edited(posts[one].body, chance) for one in chosen}
        changed = revise_all(
            root, {posts[one]: body for one, body in bodies.items()}, at=datetime(2026, 2, 1 + day, tzinfo=UTC)
        )
        for one, post in zip(chosen, changed, strict=True):
            posts[one] = post


def _post(number: int, words: list[str], chance: random.Random) -> Post:
    paragraphs = [" ".join(chance.choices(words, k=chance.randint(30, 90))) for _ in range(chance.randint(3, 12))]
    when = datetime(2005, 1, 1, tzinfo=UTC) + timedelta(hours=15 * number)
    title = " ".join(chance.choices(words, k=5))
    return new(
        number, nick=f"nick{number % AUTHORS}", title=title, body="\n\n".join(paragraphs), date=when, first_seen=when
    )


def _edited(body: str, chance: random.Random) -> str:
    """With a word replaced and two put in, in one paragraph."""
    paragraphs = body.split("\n\n")
    place = chance.randrange(len(paragraphs))
    words = paragraphs[place].split()
    words[chance.randrange(len(words))] = "edited"
    words.insert(chance.randrange(len(words)), "new words")
    return "\n\n".join([*paragraphs[:place], " ".join(words), *paragraphs[place + 1 :]])


def _measure(root: Path) -> None:
    planet, posts, theme = config.load(root), tree.read(root).posts, Theme(root)
    with _timed("log and lives"), Log(root) as log:
        lives = history.Timelines(history.chains(log.records(), log.texts), log.texts)
    with _timed("laying out the whole site"):
        pages = list(site.lay_out(planet, posts, bodies=site.render_body, extras=site.Extras(histories=lives)))
    with _timed("pages of edits"):
        told = [
            page for page in pages if page.template in ("pages/history.html", "pages/edits.html", "feeds/edits.xml")
        ]
        size = sum(len(theme.render(page.template, site.names(page))) for page in told)
    with _timed("verify"):
        verdict = verify(root)
    edits = sum(len(life.edits) for life in lives.values())
    print(f"{len(posts)} posts, {edits} edits, {len(told)} pages of {size / 1e6:.1f} MB, {len(verdict.faults)} faults")


@contextmanager
def _timed(what: str) -> Iterator[None]:
    """Wall time, and the processors' time with that of git: on a busy machine they are far apart."""
    wall, work = time.perf_counter(), sum(os.times()[:4])
    yield
    print(f"{what}: {time.perf_counter() - wall:.2f} s, of work {sum(os.times()[:4]) - work:.2f} s")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
