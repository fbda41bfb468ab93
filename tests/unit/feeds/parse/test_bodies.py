"""The text of an entry is the fullest that is its own; what is said of its files is no text of it."""

import base64

import pytest

from tests.support.documents import atom, read_entry, rss

PICTURE = '<media:content url="https://ann.example/{0}.png" medium="image"><media:description>{0}</media:description>'
TOOT = "<description>&lt;p&gt;My own words&lt;/p&gt;</description>"
TEASER = "<description>A teaser</description>"
FULL = "<content:encoded>&lt;p&gt;The whole text&lt;/p&gt;</content:encoded>"
NOTES = "<description>&lt;p&gt;&lt;a href='/n'&gt;Notes&lt;/a&gt;&lt;/p&gt;</description>"
LONG = "all that was said " * 20


@pytest.mark.parametrize(
    ("item", "html", "summary"),
    [
        (TOOT + "".join(PICTURE.format(name) + "</media:content>" for name in ("cat", "dog")), "My own words", ""),
        ("".join(PICTURE.format(name) + "</media:content>" for name in ("cat", "dog")) + TOOT, "My own words", ""),
        (TOOT + "<media:description>A cat</media:description>", "My own words", ""),
        ("<media:group><media:description>A film</media:description></media:group>" + TOOT, "My own words", ""),
        (TEASER + FULL, "The whole text", "A teaser"),
        (FULL + "<itunes:summary>The whole text, and a few more words</itunes:summary>", "The whole text", "few more"),
        ("<itunes:summary>&lt;p&gt;In short&lt;/p&gt;</itunes:summary>" + TEASER + FULL, "The whole text", "In short"),
        (NOTES + "<itunes:summary>Notes without a link</itunes:summary>", "<a href", "without a link"),
        ("<itunes:summary>Notes without a link</itunes:summary>" + NOTES, "<a href", "without a link"),
        (NOTES + "<content:encoded/><itunes:summary>Notes short</itunes:summary>", "<a href", "Notes short"),
        (NOTES + "<content:encoded> &lt;p&gt;&amp;nbsp;&lt;/p&gt;</content:encoded>", "<a href", ""),
        (NOTES + f"<itunes:summary>{LONG}</itunes:summary>", "all that was said", "<a href"),
        (TEASER + "<itunes:summary>A teaser that says more</itunes:summary>", "says more", "A teaser"),
        (TEASER + "<itunes:summary>A  teaser</itunes:summary>", "A teaser", ""),
        (TEASER + "<content:encoded>&lt;img src='/x.png'&gt;</content:encoded>", "<img", "A teaser"),
        ("<content:encoded>&lt;script src='https://gist.github.com/a/1.js'&gt;</content:encoded>", "gist.github", ""),
        ("<itunes:subtitle>Few words</itunes:subtitle>", "Few words", ""),
        ("<media:description>A film</media:description>", "A film", ""),
        ("<media:group><media:description>A film</media:description></media:group>", "A film", ""),
        ("<media:content url='/a.mp4'><media:description>A film</media:description></media:content>", "A film", ""),
        (PICTURE.format("cat") + "</media:content>", "", ""),
        ("<content:encoded>&lt;p&gt;&lt;/p&gt;</content:encoded>", "<p></p>", ""),
    ],
)
def test_the_richest_text_of_an_item(item: str, html: str, summary: str) -> None:
    entry = read_entry(rss(item))
    assert html in entry.html
    assert bool(html) == bool(entry.html)
    assert summary in entry.summary
    assert bool(summary) == bool(entry.summary)


def test_a_film_without_other_words_is_described_in_lines() -> None:
    group = "<media:group><media:description>I show it.\n\n00:00 Intro\n01:00 End</media:description></media:group>"
    assert read_entry(atom(group)).html == "<p>I show it.</p><p>00:00 Intro<br>01:00 End</p>"


HIDDEN = base64.b64encode(b"<p>Hello <b>there</b></p>").decode()
WRAPPED = f"\n{HIDDEN[:12]}\n{HIDDEN[12:]}\n"


@pytest.mark.parametrize("letters", [HIDDEN, WRAPPED])
@pytest.mark.parametrize("kind", ["text/html", "html", "application/xhtml+xml", 'text/html" mode="base64'])
def test_a_text_in_base64_is_what_it_says(kind: str, letters: str) -> None:
    entry = read_entry(atom(f'<summary>S</summary><content type="{kind}">{letters}</content>'))
    assert (entry.html, entry.summary) == ("<p>Hello <b>there</b></p>", "<p>S</p>")


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (f'type="text/plain">{HIDDEN}', "<p>&lt;p&gt;Hello &lt;b&gt;there&lt;/b&gt;&lt;/p&gt;</p>"),
        (f'type="image/png">{HIDDEN}', "<p>S</p>"),
        ('type="application/pdf">JVBERi0xLjQKJcOkw7zDtsOf', "<p>S</p>"),
        ('type="image/svg+xml"><svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>', "<p>S</p>"),
        ('type="text/plain">0123456789abcdef', "<p>0123456789abcdef</p>"),
        ('type="text/markdown">a &lt;b&gt;\n\nc', "<p>a &lt;b&gt;</p><p>c</p>"),
        ('type="text/plain; charset=utf-8">a &lt;b&gt;', "<p>a &lt;b&gt;</p>"),
        ('type="text">a &lt;b&gt;', "<p>a &lt;b&gt;</p>"),
        ('type="text/html; charset=utf-8">&lt;p&gt;x&lt;/p&gt;', "<p>x</p>"),
        ('type="HTML">&lt;p&gt;x&lt;/p&gt;', "<p>x</p>"),
        ('type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>', "<p>x</p>"),
        ('type="application/xhtml+xml"><p xmlns="http://www.w3.org/1999/xhtml">x</p>', "<p>x</p>"),
        ('type="text/html"><p>x</p>', "<p>x</p>"),
    ],
)
def test_a_content_is_what_its_type_says(content: str, html: str) -> None:
    assert read_entry(atom(f"<summary>S</summary><content {content}</content>")).html == html


def test_what_the_release_before_read_is_remembered_where_it_differs() -> None:
    pictures = [PICTURE.format(name) + "</media:content>" for name in ("A cat, asleep on its chair", "dog")]
    entry = read_entry(rss(TOOT + "".join(pictures)))
    assert (entry.former_html, entry.former_summary) == ("<p>A cat, asleep on its chair</p>", "dog")
    plain = read_entry(rss(TEASER + FULL))
    assert (plain.former_html, plain.former_summary, plain.former_title) == (None, None, None)
