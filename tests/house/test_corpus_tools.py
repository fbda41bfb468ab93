"""The programs that measure a folder of feeds: that they would find what is wrong, on feeds made up here."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.audit import tools
from tests.corpus import words as corpus_words
from tests.corpus.words import compare, words
from tests.crash import damage
from tests.crash.damage import judge, known, sweep
from tests.crash.versions import Damage, damages, entries
from tests.support.planets import item, rss
from tests.support.screen import View, screen

FEED = rss(item(1), item(2), item(3, body="<p>Schön, and other words beyond ASCII: größer.</p>"))
ATOM = b"<a:feed><a:title>t</a:title>\n<a:entry a='1'>one</a:entry>\n<a:entry>two</a:entry ></a:feed>"
JSON = '{"title": "ö", "items" : [ {"id": "ü", "a": [{}]}, {"id": "2"}\n]}'.encode()


# Words


def test_words_are_compared_in_one_form():
    assert words("Cafe\N{COMBINING ACUTE ACCENT} caf\N{LATIN SMALL LETTER E WITH ACUTE}") == Counter({"café": 2})
    assert words("hy\N{SOFT HYPHEN}phen STRASSE Straße") == Counter({"hyphen": 1, "strasse": 2})


def test_a_word_is_missing_unless_the_post_or_a_rule_has_it():
    found = compare(View(text="one two two three"), View(text="two"), removed="Three")
    assert found.missing == Counter({"one": 1, "two": 1})
    assert (found.kind, found.size) == ("lost", 2)
    assert compare(View(text="one"), View(text="one")).kind == ""


@pytest.mark.parametrize(
    ("entry", "post", "kind"),
    [
        (View(text="10 minutes ago"), "10 minutesago", "parted"),
        (View(text="a", pieces="a\nsecret words"), "a secret words", "hidden"),
        (View(text="a", pieces="a\nsecret"), "a secret words", "gained"),
        (View(text="a b"), "a secret", "lost"),
        (View(text="naïve cafÃ©"), "naïve cafe", "lost"),
        (View(text="so 𝜋𝑟 2", undrawn="so", formulas=2), "so $\\pi r 2$", "lost"),
    ],
)
def test_differences_have_kinds(entry, post, kind):
    assert compare(entry, View(text=post)).kind == kind


@pytest.mark.parametrize(
    ("entry", "post", "kind", "count"),
    [
        (View(text="a"), "a\nVideo: Larry moos (video.example)", "embeds", 5),
        (View(text="a"), "Details\na", "details", 1),
        (View(text="a", alternatives="a red cow"), "a red cow", "pictures", 2),
        (View(text="so 𝑛 + 1", undrawn="so", formulas=1, tex="\\frac n 1"), "so $\\frac n 1$", "formulas", 2),
        (View(text="so 𝜋𝑟 2", undrawn="so", formulas=1), "so $\\pi r^2$", "formulas", 2),
        (View(text="youâ€™re â€œinâ€\x9d cafÃ©"), "you’re “in” café", "misread", 7),
    ],
)
def test_what_is_added_on_purpose_is_no_difference(entry, post, kind, count):
    found = compare(entry, View(text=post))
    assert (found.size, dict(found.purpose)) == (0, {kind: count})


@pytest.fixture(scope="module")
def window():
    try:
        with screen() as opened:
            yield opened
    except tools.MissingError as error:
        pytest.skip(str(error))


browser = [pytest.mark.browser, pytest.mark.xdist_group("words")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param(html, text, marks=browser)
        for html, text in (
            ("<noscript>seen</noscript><script>document.write('not')</script>", "seen"),
            ("<img src=x onerror='document.body.append(1)'>seen", "seen"),
            ("<details><summary>all</summary> is open</details>", "all\nis open"),
            ("<style>b { display: none }</style><b>not</b><i style='display: none'>not</i>seen", "seen"),
            ("<meta http-equiv=refresh content='0;url=https://elsewhere.example/'>seen", "seen"),
            ("<object data='x.swf'>instead</object>", "instead"),
            ("</div></body></html><frameset><plaintext>seen</p>", "seen</p>"),
        )
    ],
)
def test_a_browser_shows_what_a_reader_without_scripts_would_see(window, html, text):
    found, after = window.show(html, "<p>the next")
    assert (found.text.strip(), after.text) == (text, "the next")


@pytest.mark.browser
@pytest.mark.xdist_group("words")
def test_entries_that_differ_are_counted(window, tmp_path, capsys):
    bodies = (
        "<p>plain</p>",
        "<h2>Post 2</h2><p>text</p>",
        "<p>open <b>never closed",
        "<iframe src='https://a.example/x'>",
    )
    path = tmp_path / "feed.xml"
    path.write_text(rss(*(item(number, body=body) for number, body in enumerate(bodies, 1))))
    judged = list(corpus_words.judge(path, window))
    assert [one.difference.kind for one in judged if one.title != "Post 2"] == ["", "", ""]
    assert judged[3].difference.purpose == Counter({"embeds": 4})
    corpus_words.table(judged)
    assert capsys.readouterr().out.splitlines()[1].startswith("feed.xml\t4\t")
    (tmp_path / "page.html").write_text("<html><p>no feed</html>")
    assert list(corpus_words.judge(tmp_path / "page.html", window)) == []


@pytest.mark.browser
@pytest.mark.xdist_group("words")
def test_a_number_of_a_footnote_is_no_part_of_a_word_and_written_on_purpose(window):
    entry = "<p>word<a href='#a'>[*]</a></p><p>x<sup>2</sup></p>"
    post = "<p>word<sup id='fnref-1'><a href='#fn-1'>1</a></sup></p><p>x<sup>2</sup></p>"
    found = compare(*window.show(entry, post))
    assert (found.size, dict(found.purpose)) == (0, {"footnotes": 1})


def test_what_is_left_is_told(capsys):
    found = compare(View(text="one two two"), View(text="three"))
    judged = [corpus_words.Judged(feed="a.xml", guid="urn:1", title="T", difference=found)]
    corpus_words.show(judged)
    corpus_words.tell(judged, 1)
    told = capsys.readouterr().out
    assert "1 entries with a body; 1 differ: 3 words missing, 1 added" in told
    assert "missing 3: two×2 one" in told


# Damage


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (FEED.encode(), [b"<item><title>Post %d" % number for number in (1, 2, 3)]),
        (ATOM, [b"<a:entry a='1'>one</a:entry>", b"<a:entry>two</a:entry >"]),
        (JSON, ['{"id": "ü", "a": [{}]}'.encode(), b'{"id": "2"}']),
        (b"<rss><!-- no <item> --><item>one</item></rss>", [b"<item>one</item>"]),
        (b"{}", []),
        (b"no feed", []),
    ],
)
def test_entries_are_found_in_the_bytes(body, parts):
    found = [body[first:last] for first, last in entries(body)]
    assert len(found) == len(parts)
    assert all(whole.startswith(part) for whole, part in zip(found, parts, strict=True))


@pytest.mark.parametrize("body", [FEED.encode(), ATOM, JSON])
def test_each_damage_is_where_it_says(body):
    made = list(damages("name", body, 3, 40))
    assert made == list(damages("name", body, 3, 40))
    assert [one.body for one in made if one.kind == "cut"] == [body[: len(body) * part // 4] for part in (1, 2, 3)]
    spans = entries(body)
    for one in (one for one in made if one.kind in ("within", "around")):
        ((place, bits),) = [(n, a ^ b) for n, (a, b) in enumerate(zip(body, one.body, strict=True)) if a != b]
        assert bits.bit_count() == 1
        assert any(first <= place < last for first, last in spans) == (one.kind == "within")
        assert one.kind == "around" or place in range(*one.entry)


def test_labels_are_wrong_only_for_texts_in_utf_8():
    declared = b"<?xml version='1.0' encoding='utf-8'?>" + ATOM
    told = [one for one in damages("name", declared, 0, 0) if one.kind == "label"]
    assert [one.body.partition(b"?>")[0] for one in told if one.place == "document: koi8-r"] == [
        b"<?xml version='1.0' encoding=\"koi8-r\""
    ]
    assert {one.content_type for one in told} >= {"text/xml; charset=koi8-r", ""}
    assert not [one for one in damages("name", b"\xff" + ATOM, 0, 0) if one.kind == "label"]


@pytest.fixture(scope="module")
def archive():
    return known("feed.xml", FEED.encode())


def version(kind, *items, entry=None):
    return Damage(kind=kind, place="", body=rss(*items).encode(), entry=entry)


LOSS = {"body": "<p>The text of post 2.</p>"}
MORE = {"body": "<p>The text of post 2, with a few words and more.</p>"}


@pytest.mark.parametrize(
    ("kind", "items", "faults"),
    [
        ("none", [item(1), item(2)], []),
        ("cut", [item(1), item(2, **LOSS)], ["lost"]),
        ("cut", [item(1), item(2, **MORE)], ["changed"]),
        ("label", [item(1), item(2, title="Pöst")], ["lost"]),
        ("around", [item(1), item(2, **MORE)], []),
        ("around", [item(1), item(2, **LOSS)], ["lost"]),
        ("around", [item(1, title="Post 1 and more"), item(2, **MORE)], ["changed"]),
        ("within", [item(1), item(2)], []),
        ("cut", [item(1), item(4)], ["added"]),
    ],
)
def test_a_version_is_at_fault_for_what_its_kind_must_not_do(archive, kind, items, faults):
    assert [harm.fault for harm in judge(archive, version(kind, *items))[1]] == faults


def test_a_bit_within_an_entry_may_change_its_own_post(archive):
    _, second, _ = entries(archive.body)
    assert archive.of(second) == {post.path for post in archive.posts if post.title == "Post 2"}
    own, other = item(2, **LOSS), item(1, body="<p>Nothing.</p>")
    assert judge(archive, version("within", own, entry=second)) == ("changed", [])
    _, (harm,) = judge(archive, version("within", own, other, entry=second))
    assert harm.fault == "lost"
    assert "-post-1-" in "".join(harm.lines)


def test_what_is_no_feed_any_more_changes_nothing_and_a_crash_is_a_fault(archive):
    assert judge(archive, Damage(kind="cut", place="", body=b"")) == ("unreadable", [])
    word, (harm,) = judge(replace(archive, posts=[None]), version("cut", item(4)))
    assert (word, harm.fault) == ("crash", "crash")


def test_every_version_of_a_feed_is_judged(tmp_path, capsys):
    path = tmp_path / "feed.xml"
    path.write_text(FEED)
    tally = sweep(path, 2, 3)
    assert tally.counts["none", "quiet"] == 1
    damage.tell(tally)
    damage.show(tally)
    assert "none            1          1 " in capsys.readouterr().out
    path.write_text("no feed")
    assert sweep(path, 2, 3) == damage.Tally()
