"""What feeds change in the archive."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import markup
from generator.models import Author, Change, Entry, Feed, FeedIdentity, FeedSource, Kind, Post
from generator.plan import Plan, Terms, facts, plan, with_guessed_language
from generator.plan.duplicates import drop_duplicates
from generator.plan.flapping import RecordedRevision, RevisionVerdict, verdict
from tests.unit.plan.test_language import ENGLISH, JAPANESE, POLISH

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


def test_a_new_entry_becomes_a_post() -> None:
    change = only(run(entry(tags=("Gentoo", "gentoo", "infra"), language="pl_PL", summary="In short, this is it.")))
    post = change.post
    assert change.kind is Kind.ADD
    assert post.path.startswith("posts/larry/2026/2026-11-01-post-1-")
    assert (post.title, post.author, post.nick) == ("Post 1", "Larry the Cow", "larry")
    assert (post.tags, post.lang, post.editions) == (("Gentoo", "infra"), "pl-PL", ("universe",))
    assert (post.first_seen, post.date) == (NOW, datetime(2026, 11, 1, 10, tzinfo=UTC))
    assert post.description == "In short, this is it."
    assert post.body == "The text of post 1, long enough to tell."


@pytest.mark.parametrize(
    ("text", "told", "lang"),
    [
        (JAPANESE * 3, "en-us", "ja"),
        (ENGLISH * 3, "en-us", "en-US"),
        (POLISH * 3, "de", "de"),
        (POLISH * 3, "", "pl"),
        ("短い", "en", "en"),
        ("short", "", ""),
    ],
)
def test_the_language_is_guessed_where_nobody_told_it_for_sure(text: str, told: str, lang: str) -> None:
    before = posts_of(entry())
    for known in ([], before):
        change = with_guessed_language(only(run(entry(html=f"<p>{text}</p>", language=told), known=known)))
        assert (change.post.lang, change.unsaid) == (lang, "")


def test_what_counts_as_an_entry_is_its_whole_text_even_where_an_excerpt_is_wanted() -> None:
    part, bare = replace(SOURCE, full=False), {"title": "", "link": ""}
    picture = entry(html="<p><img src='https://larry.example/cow.png' alt='A cow'></p>", **bare)
    assert len(posts_of(picture, source=part)) == 1
    assert posts_of(entry(html="", summary="A summary of what is not there.", **bare), source=part) == []


def test_an_edition_that_is_named_twice_counts_once() -> None:
    source = replace(SOURCE, editions=("universe", "planet", "universe"))
    (post,) = posts_of(entry(), source=source)
    assert post.editions == ("universe", "planet")


def test_twice_is_once_and_absence_is_no_deletion() -> None:
    known = posts_of(entry(1), entry(2))
    assert run(entry(1), entry(2), known=known) == Plan()
    assert run(known=known) == Plan()


def test_what_was_read_before_is_not_cleaned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = run(entry(1), entry(2), entry(3))
    known, cleaned, clean = [change.post for change in before.changes], [], markup.clean
    monkeypatch.setattr(markup, "clean", lambda html, **words: cleaned.append(html) or clean(html, **words))
    told = [entry(1), entry(2, html="<p>It says something else.</p>"), entry(3), entry(4, link="")]
    found = plan(LARRY, [(SOURCE, feed(*told))], known, NOW, Terms(digests=before.digests[SOURCE.url]))
    assert [change.kind for change in found.changes] == [Kind.REVISE, Kind.ADD]
    assert set(cleaned) == {told[1].html, told[3].html}


NOISE = {
    "attributes": "<p class='x' id='n7'>The text of post 1, long enough to tell.</p>",
    "white space": "<p>The text\n   of post 1, long enough to tell.</p>\n",
    "tracker": "<p>The text of post 1, long enough to tell.</p><img src='https://t.example/p.gif' width=1 height=1>",
}


@pytest.mark.parametrize("html", NOISE.values(), ids=NOISE.keys())
def test_noise_is_no_news(html: str) -> None:
    known = posts_of(entry())
    assert run(entry(html=html, updated=NOW), known=known).changes == ()


def test_places_within_the_page_are_named_anew_and_are_no_news() -> None:
    contents = (
        '<p><a href="#org{0}">Contents</a> <a href="https://other.example/#{1}">see</a></p><h2 id="org{0}">One</h2>'
    )
    known = posts_of(entry(html=contents.format("1f", 1)))
    assert run(entry(html=contents.format("2e", 1)), known=known).changes == ()
    assert only(run(entry(html=contents.format("2e", 2)), known=known)).kind is Kind.REVISE


def test_an_edit_revises_the_post_and_never_moves_it() -> None:
    (before,) = posts_of(entry())
    told = entry(title="New title", html="<p>Other words.</p>", published=NOW, updated=NOW)
    change = only(run(told, known=[before], now=NOW + timedelta(days=1)))
    assert (change.kind, change.before) == (Kind.REVISE, before)
    after = change.post
    assert (after.path, after.date, after.first_seen) == (before.path, before.date, before.first_seen)
    assert (after.title, after.body, after.updated) == ("New title", "Other words.", NOW)


def test_a_new_guid_is_recognised_by_the_link() -> None:
    (before,) = posts_of(entry())
    change = only(run(entry(guid="urn:new", link="http://www.larry.example/1/?utm_source=x"), known=[before]))
    assert (change.post.guid, change.post.former_guids, change.post.path) == ("urn:new", ("urn:1",), before.path)
    assert run(entry(), known=[change.post]).changes[0].post.guid == "urn:1"


def test_then_by_title_and_date_then_by_content() -> None:
    (before,) = posts_of(entry())
    moved = entry(guid="urn:new", link="https://new.example/post-1", html="<p>Changed as well.</p>")
    assert only(run(moved, known=[before])).post.path == before.path
    retold = entry(guid="urn:new", link="https://new.example/a", published=NOW - timedelta(days=300))
    assert only(run(retold, known=[before])).post.path == before.path


def test_a_key_that_two_share_decides_nothing() -> None:
    home = "https://larry.example/"
    known = posts_of(entry(1, link=home, title="a"), entry(2, link=home, title="b"))
    change = only(run(entry(2, link=home, title="b"), entry(3, link=home, title="c"), known=known))
    assert (change.kind, change.post.title) == (Kind.ADD, "c")


def test_a_migration_of_all_guids_makes_no_new_posts() -> None:
    known = posts_of(*(entry(number) for number in range(1, 9)))
    found = run(*(entry(number, guid=f"https://larry.example/?p={number}") for number in range(1, 9)), known=known)
    assert {change.kind for change in found.changes} == {Kind.REVISE}
    assert [change.post.body for change in found.changes] == [post.body for post in known]


def test_a_hand_edit_is_nothing_that_a_plan_could_see() -> None:
    (before,) = posts_of(entry())
    edited = replace(before, body=before.body.replace("text", "wording"))
    assert run(entry(), known=[edited]) == Plan()


def test_an_excerpt_never_takes_the_place_of_a_full_text() -> None:
    whole = " ".join(f"word{number}" for number in range(100))
    known = posts_of(entry(html=f"<p>{whole}</p>"))
    for share in (10, 60, 90, 99):
        part = " ".join(whole.split()[:share])
        assert run(entry(html=f"<p>{part} …</p>", excerpt=True), known=known) == Plan()


def test_tombstones_and_hand_written_posts_are_left_alone() -> None:
    (before,) = posts_of(entry())
    assert run(entry(html="x"), known=[replace(before, withdrawn=NOW, body="")]) == Plan()
    assert run(entry(html="x"), known=[replace(before, guid="", digest="")]) == Plan()


def test_an_edit_that_looks_like_an_excerpt_is_an_edit() -> None:
    known = posts_of(entry())
    told = entry(html="<p>The text of post 1, long enough to tell. Read more</p>", excerpt=True)
    post = only(run(told, known=known)).post
    assert post.body.endswith("Read more")
    assert not post.excerpt


def test_a_feed_that_turns_to_excerpts_takes_nothing_away() -> None:
    known = posts_of(entry())
    assert run(entry(html="<p>The text …</p>", excerpt=True), known=known) == Plan()


def test_dates() -> None:
    assert posts_of(entry(published=None, updated=None))[0].date == NOW
    assert posts_of(entry(published=NOW + timedelta(days=400)))[0].date == NOW
    assert posts_of(entry(published=date(2026, 11, 1)))[0].date == date(2026, 11, 1)
    day = datetime(2026, 11, 5, tzinfo=UTC)
    (post,) = posts_of(entry(published=None, updated=day))
    assert (post.date, post.updated) == (day, None)


def test_two_feeds_of_an_author_tell_one_post_in_both_editions() -> None:
    other = replace(SOURCE, url="https://larry.example/gentoo", editions=("planet", "universe"))
    found = plan(LARRY, [(SOURCE, feed(entry(1), entry(2))), (other, feed(entry(2, excerpt=True, html="…")))], [], NOW)
    assert [change.post.editions for change in found.changes] == [("universe",), ("universe", "planet")]
    assert "long enough" in found.changes[1].post.body
    known = [change.post for change in found.changes]
    assert plan(LARRY, [(SOURCE, feed(entry(1), entry(2)))], known, NOW) == Plan()


def test_two_feeds_with_other_guids_are_recognised_by_link_and_title() -> None:
    other = replace(SOURCE, url="https://larry.example/gentoo", editions=("planet",))
    found = plan(LARRY, [(SOURCE, feed(entry(2))), (other, feed(entry(2, guid="x")))], [], NOW)
    assert only(found).post.editions == ("universe", "planet")


def test_filters_and_distrust() -> None:
    assert posts_of(entry(1), entry(2), source=replace(SOURCE, include=("post 2",)))[0].title == "Post 2"
    assert [post.title for post in posts_of(entry(1), entry(2), source=replace(SOURCE, exclude=("Post 2",)))] == [
        "Post 1"
    ]
    (post,) = posts_of(entry(updated=NOW), source=replace(SOURCE, trust=("updated", "guid", "language", "tags")))
    assert (post.updated, post.guid) == (None, "https://larry.example/1")
    (post,) = posts_of(entry(language="de"), source=replace(SOURCE, language="en", tags=("gentoo",)))
    assert (post.lang, post.tags) == ("en", ("gentoo",))


def test_a_feed_that_may_not_be_shown_in_full() -> None:
    (post,) = posts_of(entry(html="<p>" + "word " * 200 + "</p>"), source=replace(SOURCE, full=False))
    assert post.excerpt
    assert len(post.body) < 320
    assert post.body.startswith("word word")


def test_an_entry_of_nothing_is_no_post() -> None:
    assert posts_of(entry(title="", html="", link="")) == []


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


@given(st.lists(st.lists(entries, max_size=5, unique_by=lambda one: one.guid), max_size=4))
def test_whatever_a_feed_does_no_post_is_lost_doubled_or_moved(runs: list[list[Entry]]) -> None:
    known: dict[str, Post] = {}
    for number, told in enumerate(runs):
        now = NOW + timedelta(days=number)
        record(known, lambda posts, told=told, now=now: run(*told, known=posts, now=now))
        assert run(*told, known=list(known.values()), now=now).changes == ()


# what git remembers -----------------------------------------------------------


def past_of(*states: tuple[Post, datetime]) -> list[RecordedRevision]:
    return [RecordedRevision(post=post, when=when, by_planet=True) for post, when in reversed(states)]


def revision(before: Post, digest: str, **fields: str) -> Change:
    return Change(kind=Kind.REVISE, post=replace(before, digest=digest, **fields), before=before)  # type: ignore[arg-type]


def flapping(hours: range, digest_at: Callable[[int], str]) -> list[int]:
    """The hours in which a post that has `digest_at(hour)` is recorded."""
    (post,) = posts_of(entry())
    states, recorded = [(post, NOW)], []
    for hour in hours:
        now, before = NOW + timedelta(hours=hour), states[-1][0]
        change = revision(before, digest_at(hour))
        if change.post != before and verdict(change, past_of(*states), now) is RevisionVerdict.RECORD:
            states.append((change.post, now))
            recorded.append(hour)
    return recorded


def test_a_counter_is_recorded_once_a_day_and_24_times_in_all() -> None:
    recorded = flapping(range(1, 24 * 60), str)
    assert len(recorded) == 24
    assert recorded[:4] == [1, 2, 3, 27]
    assert {later - earlier for earlier, later in pairwise(recorded[2:])} == {24}


def test_a_daily_counter_stops_too() -> None:
    assert len(flapping(range(24, 24 * 60, 24), str)) == 24


def test_who_edits_now_and_then_is_never_held() -> None:
    weekly = range(0, 24 * 7 * 60, 24 * 7)
    assert flapping(weekly, lambda hour: str(hour)) == list(weekly)


def test_an_edit_taken_back_a_day_later_is_recorded_at_once() -> None:
    assert flapping(range(1, 31), lambda hour: "a" if hour < 3 else "b" if hour < 28 else "a") == [1, 3, 28]


def test_identifiers_that_swing_back_are_no_news() -> None:
    (post,) = posts_of(entry())
    moved = replace(post, guid="other", former_guids=(post.guid,))
    back = Change(kind=Kind.REVISE, post=replace(moved, guid=post.guid, former_guids=("other",)), before=moved)
    assert verdict(back, past_of((post, NOW), (moved, NOW)), NOW + timedelta(days=9)) is RevisionVerdict.IGNORE


def test_a_person_s_edit_is_seen_in_any_field() -> None:
    (post,) = posts_of(entry())
    edited = replace(post, lang="pl")
    past = [RecordedRevision(post=edited, when=NOW, by_planet=False), *past_of((post, NOW))]
    assert verdict(revision(edited, "new"), past, NOW) is RevisionVerdict.KEEP
    reformatted = [RecordedRevision(post=post, when=NOW, by_planet=False), *past_of((post, NOW))]
    assert verdict(revision(post, "new"), reformatted, NOW) is RevisionVerdict.RECORD


# suspicion --------------------------------------------------------------------

BEFORE = FeedIdentity(title="L", generator="Hugo 0.1", language="en", hosts=("larry.example",))


def held(*told: Entry, known: list[Post], before: FeedIdentity = BEFORE, **channel: str) -> str:
    channel = {"generator": "Hugo 0.2", "language": "en-GB"} | channel
    told_feed = replace(feed(*told), **channel)  # type: ignore[arg-type]
    found = plan(LARRY, [(SOURCE, told_feed)], known, NOW, Terms(before={SOURCE.url: before}))
    assert not found.stops or found.held == len(told)
    return found.stops[0].reason if found.stops else ""


def strange(*numbers: int) -> list[Entry]:
    link = "https://casino.example/{}"
    return [entry(n, guid=f"x{n}", link=link.format(n), title=f"Win {n}", html=f"<p>Win {n}</p>") for n in numbers]


def test_a_feed_that_became_another_one() -> None:
    known = posts_of(entry(1), entry(2))
    assert held(*strange(20, 21), known=known, title="Casino") == "it has become another feed (title, hosts changed)"
    assert held(*strange(20, 21), known=known, before=FeedIdentity()) == "it has become another feed (hosts changed)"
    assert held(*strange(20, 21), known=known) == ""  # the blog has moved and begun anew
    assert held(*strange(20, 21), known=known, title="Casino", generator="W", language="xx").count(",") == 3
    assert held(*strange(20, 21), known=[]) == ""  # a new member


def test_one_known_entry_speaks_for_a_feed_unless_everything_else_changed() -> None:
    known, told = posts_of(entry(1), entry(2)), [entry(1), *strange(20, 21)]
    assert held(*told, known=known, title="Casino", generator="W", language="xx") == ""
    far = [replace(told[0], link="https://casino.example/1"), *told[1:]]
    assert "title, generator, language, hosts" in held(*far, known=known, title="Casino", generator="W", language="xx")


@pytest.mark.parametrize(("new", "stops"), [(5, False), (6, True)])
def test_more_than_five_old_ones_and_more_than_half(new: int, *, stops: bool) -> None:
    known = posts_of(*(entry(number) for number in range(20, 23)))
    past = [
        entry(n, guid=f"old{n}", title=f"Old {n}", link=f"https://larry.example/o{n}", html="") for n in range(1, 9)
    ]
    assert bool(held(entry(20), *past[:new], known=known)) is stops
    known = posts_of(*(entry(number) for number in range(10, 23)))
    assert held(*(entry(number) for number in range(10, 20)), *past, known=known) == ""


def test_recognised_posts_are_not_new_whatever_their_guids() -> None:
    known = posts_of(*(entry(number) for number in range(10, 20)))
    moved = [entry(number, guid=f"moved{number}") for number in range(10, 20)]
    past = [
        entry(n, guid=f"old{n}", title=f"Old {n}", link=f"https://larry.example/o{n}", html="") for n in range(1, 9)
    ]
    assert held(*moved, *past, known=known) == ""
    assert held(*moved[:6], *past, known=known)


def test_a_feed_s_stop_is_not_its_author_s() -> None:
    other = replace(SOURCE, url="https://larry.example/other")
    known = posts_of(entry(1), entry(2))
    feeds = [(SOURCE, feed(*strange(20, 21))), (other, feed(entry(3)))]
    found = plan(LARRY, feeds, known, NOW, Terms(before={SOURCE.url: replace(BEFORE, title="M")}))
    assert [stop.feed for stop in found.stops] == [SOURCE.url]
    assert [change.post.title for change in found.changes] == ["Post 3"]


def test_the_same_entries_say_nothing_new() -> None:
    told = feed(entry(1), entry(2))
    said = {SOURCE.url: facts(told)}
    assert plan(LARRY, [(SOURCE, replace(told, title="M"))], [], NOW, Terms(before=said)) == Plan()
    assert len(plan(LARRY, [(SOURCE, feed(entry(1), entry(3)))], [], NOW, Terms(before=said)).changes) == 2
    assert len(plan(LARRY, [(SOURCE, told)], [], NOW).changes) == 2


# two tellings -----------------------------------------------------------------

OTHER = replace(SOURCE, url="https://larry.example/category")
BOTH = replace(LARRY, feeds=(SOURCE, OTHER))


def both(known: list[Post], **answers: Entry) -> Plan:
    sources = {"whole": SOURCE, "category": OTHER}
    return plan(BOTH, [(sources[name], feed(told)) for name, told in answers.items()], known, NOW)


def test_answers_in_any_order_give_one_plan() -> None:
    longer = entry(guid="b", html="<p>The text of post 1, long enough to tell.</p><p>Read more.</p>")
    one = both([], whole=entry(), category=longer)
    assert both([], category=longer, whole=entry()) == one
    (post,) = (change.post for change in one.changes)
    assert (post.guid, post.former_guids, post.feed) == ("b", ("urn:1",), OTHER.url)
    assert both([post], whole=entry()) == both([post], category=longer) == Plan()


def test_the_fuller_feed_is_taken_where_a_post_s_own_gives_excerpts() -> None:
    (post,) = posts_of(entry(excerpt=True, html="<p>The text …</p>"))
    full = entry(guid="b")
    change = only(both([post], whole=entry(excerpt=True, html="<p>The text …</p>"), category=full))
    assert (change.post.guid, change.post.feed, change.post.excerpt) == ("urn:1", OTHER.url, False)
    assert both([change.post], whole=entry(excerpt=True, html="<p>A text …</p>"), category=full) == Plan()


def test_a_post_is_told_under_its_own_guid_first() -> None:
    (post,) = posts_of(entry(guid="new"))
    known = replace(post, former_guids=("old",))
    told = run(
        entry(guid="old", html="<p>The former entry, with a text that is far longer than the other.</p>"),
        entry(guid="new"),
        known=[known],
    )
    assert told == Plan()


def test_only_a_post_s_own_feed_revises_it_while_it_is_read() -> None:
    (post,) = posts_of(entry())
    edited = entry(guid="b", html="<p>Another wording.</p>")
    assert both([post], category=edited) == Plan()
    assert only(both([post], whole=entry(html="<p>Mine.</p>"), category=edited)).post.body == "Mine."
    alone = plan(replace(LARRY, feeds=(OTHER,)), [(OTHER, feed(edited))], [post], NOW)
    assert only(alone).post.body == "Another wording."
    assert only(both([replace(post, excerpt=True)], category=edited)).post.feed == OTHER.url


def test_a_page_that_moved_is_followed() -> None:
    (post,) = posts_of(entry())
    change = only(run(entry(link="https://larry.example/moved"), known=[post]))
    assert change.post == replace(post, canonical_url="https://larry.example/moved")
    assert run(entry(link="http://www.larry.example/1/?utm_source=feed"), known=[post]) == Plan()


# two authors ------------------------------------------------------------------


def added(nick: str, **fields: object) -> Change:
    (post,) = posts_of(entry())
    told = replace(post, nick=nick, path=f"posts/{nick}/x.md", **fields)  # type: ignore[arg-type]
    return Change(kind=Kind.ADD, post=told)


def whole(post: Post) -> Post:
    """The archive here is of whole posts."""
    return post


def test_the_first_author_wins_and_names_the_other() -> None:
    later = added("kim", date=NOW, canonical_url="https://www.larry.example/1/", editions=("planet",))
    kept, notes = drop_duplicates([later, added("larry")], [], whole)
    assert [(change.post.nick, change.post.also_at, change.post.editions) for change in kept] == [
        ("larry", (), ("universe", "planet"))
    ]
    assert "posts/larry/x.md" in notes[0]


def test_a_text_told_elsewhere_under_its_title() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    copy = added("kim", date=NOW, title="post 1", canonical_url="https://kim.example/1", body=words + " and more")
    first = replace(added("larry").post, body=words, date=NOW - timedelta(days=1))
    (change,), _ = drop_duplicates([copy], [first], whole)
    assert (change.kind, change.before, change.post.also_at) == (Kind.REVISE, first, ("https://kim.example/1",))
    assert drop_duplicates([copy], [change.post], whole)[0] == []
    for other in (
        replace(first, body="Other"),
        replace(first, date=NOW - timedelta(days=9)),
        replace(first, title="x"),
    ):
        assert drop_duplicates([copy], [other], whole) == ([copy], [])
    assert drop_duplicates([copy], [replace(first, withdrawn=NOW)], whole) == ([copy], [])
    assert drop_duplicates([copy], [replace(first, nick="kim")], whole) == ([copy], [])


def test_entries_of_one_page_stay_with_the_posts_that_they_came_to() -> None:
    there = {"title": "b", "link": "https://larry.example/x"}
    category, own = entry(1, guid="g2", **there), [entry(1, guid=guid, html="", **there) for guid in ("g1", "g3")]
    known = [change.post for change in plan(BOTH, [(OTHER, feed(category))], [], NOW).changes]
    told = [(SOURCE, feed(*own)), (OTHER, feed(category))]
    known += [change.post for change in plan(BOTH, told, known, NOW).changes]
    assert [post.guid for post in known] == ["g2", "g3"]
    assert plan(BOTH, told, known, NOW).changes == ()


answers = st.lists(entries, max_size=4, unique_by=lambda one: one.guid)


@given(st.lists(st.tuples(answers, answers), max_size=3))
def test_two_feeds_may_say_what_they_like_too(runs: list[tuple[list[Entry], list[Entry]]]) -> None:
    known: dict[str, Post] = {}
    for whole, category in runs:
        told = [(SOURCE, feed(*whole)), (OTHER, feed(*category))]
        record(known, lambda posts, told=told: plan(BOTH, told, posts, NOW))
        assert plan(BOTH, told[::-1], list(known.values()), NOW).changes == ()
