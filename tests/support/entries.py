"""Entries of one invented feed, and what a plan makes of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from generator.models import Author, Change, Entry, Feed, FeedSource, Kind, Post
from generator.plan import Plan, Terms, plan

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


SOURCE = FeedSource(url="https://larry.example/feed", editions=("universe",))


LARRY = Author(nick="larry", name="Larry the Cow", feeds=(SOURCE,))


def entry(number: int = 1, **fields: object) -> Entry:
    told = Entry(
        guid=f"urn:{number}",
        link=f"https://larry.example/{number}",
        title=f"Post {number}",
        html=f"<p>The text of post {number}, long enough to tell.</p>",
        base=f"https://larry.example/{number}",
        published=datetime(2026, 11, number, 10, tzinfo=UTC),
    )
    return replace(told, **fields)  # type: ignore[arg-type]


def feed(*entries: Entry) -> Feed:
    return Feed(title="L", link="https://larry.example/", version="rss20", entries=entries)


def run(*entries: Entry, known: list[Post] | None = None, source: FeedSource = SOURCE, now: datetime = NOW) -> Plan:
    """The plan, which is the same where all entries were read before."""
    found = plan(LARRY, [(source, feed(*entries))], known or [], now)
    digests = found.digests.get(source.url, {})
    assert plan(LARRY, [(source, feed(*entries))], known or [], now, Terms(before=None, digests=digests)) == found
    return found


def posts_of(*entries: Entry, **options: FeedSource) -> list[Post]:
    return [change.post for change in run(*entries, **options).changes]  # type: ignore[arg-type]


def only(found: Plan) -> Change:
    (change,) = found.changes
    return change


entries = st.builds(
    entry,
    st.integers(1, 4),
    title=st.sampled_from(["", "a", "b"]),
    html=st.sampled_from(["", "<p>one</p>", "<p>two</p>"]),
    link=st.sampled_from(["", "https://larry.example/", "https://larry.example/x"]),
    guid=st.sampled_from(["g1", "g2", "g3", "g4"]),
    excerpt=st.booleans(),
)


def record(known: dict[str, Post], planned: Callable[[list[Post]], Plan]) -> None:
    """Twice: where entries trade GUIDs, titles and links all at once, the second run may see more than the first."""
    for _ in "once", "again":
        for change in planned(list(known.values())).changes:
            assert (change.kind is Kind.ADD) == (change.post.path not in known)
            known[change.post.path] = change.post
        guids = [guid for post in known.values() for guid in (post.guid, *post.former_guids)]
        assert len(guids) == len(set(guids))


answers = st.lists(entries, max_size=4, unique_by=lambda one: one.guid)
