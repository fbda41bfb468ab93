"""Real feeds → bylines, rights and discussions of the posts that they give: `python -m tests.corpus.people FOLDER`.

Nobody knows how a planet's people would call the member, so it has the name that the feed has for its author, else the
feed's title. Of the bylines `--sample N` prints some, evenly from all of those that differ, to be looked at.
"""

import argparse
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from generator.errors import FeedError
from generator.feeds.parse import parse
from generator.models import Author, Feed, FeedSource, Post, safe_url
from generator.plan import plan

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def posts_of(feed: Feed, url: str) -> list[Post]:
    """The posts of a planet that reads the feed first."""
    source = FeedSource(url=url, editions=())
    author = Author(nick="member", name=next(iter(feed.authors), feed.title), feeds=(source,))
    return [change.post for change in plan(author, [(source, feed)], [], NOW).changes]


def kind(rights: str) -> str:
    """In what way a post tells its rights."""
    if not rights:
        return "none"
    if safe_url(rights):
        return "licence of Creative Commons" if "creativecommons.org/" in rights else "another address"
    return "text that names a licence" if "CC" in rights or "licen" in rights.lower() else "text"


def main() -> None:
    """Print the figures."""
    words = argparse.ArgumentParser(description="Figures on who wrote posts, and whose they are.")
    words.add_argument("folder", type=Path)
    words.add_argument("--sample", type=int, default=0)
    options = words.parse_args()
    feeds: Counter[str] = Counter()
    posts: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    lines: dict[str, int] = {}
    for path in sorted(path for path in options.folder.iterdir() if path.is_file()):
        try:
            feed = parse(path.read_bytes(), url="https://feed.example/x/feed.xml")
        except FeedError:
            continue
        made = posts_of(feed, "https://feed.example/x/feed.xml")
        feeds["feeds"] += 1
        feeds["whose entries name somebody"] += any(entry.authors for entry in feed.entries)
        feeds["whose entries name several"] += len({entry.authors for entry in feed.entries if entry.authors}) > 1
        feeds["with bylines"] += any(post.byline for post in made)
        feeds["with rights"] += any(post.rights for post in made)
        feeds["with discussions"] += any(post.comments for post in made)
        posts["posts"] += len(made)
        posts["whose entries name somebody"] += sum(bool(entry.authors) for entry in feed.entries)
        posts["with a byline"] += sum(bool(post.byline) for post in made)
        posts["with a discussion"] += sum(bool(post.comments) for post in made)
        rights.update(kind(post.rights) for post in made)
        lines |= {f"{post.author[:40]!r}: {post.byline!r}": 0 for post in made if post.byline}
    for title, count in (("Feeds", feeds), ("Posts", posts), ("Rights of posts", rights)):
        print(title)
        print("".join(f"  {many:6} {name}\n" for name, many in count.most_common()))
    step = max(1, len(lines) // options.sample) if options.sample else len(lines) + 1
    print("\n".join(list(lines)[step - 1 :: step]))


if __name__ == "__main__":
    main()
