"""What is read from HTML: text, titles, descriptions, the mark of a revision, and where a long post is folded."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup

TITLES = [
    ("Plain", "Plain"),
    ("  two\n lines\t", "two lines"),
    ("a &amp; b", "a & b"),
    ("AT&amp;amp;T", "AT&T"),
    ("<b>bold</b> and <i>more</i>", "bold and more"),
    ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
    ("&amp;lt;i&amp;gt;x&amp;lt;/i&amp;gt;", "x"),
    ("How &lt;script&gt; works", "How <script> works"),
    ("The <canvas> element", "The <canvas> element"),
    ("a<script>b()</script>c", "ac"),
    ("x < y and y > z", "x < y and y > z"),
    ("Vec<T> & friends", "Vec<T> & friends"),
    ("a<br>b<img src=x onerror=y>", "a b"),
    ("<a href='javascript:x()'>link</a>", "link"),
    ("&nbsp;&#8217;q&#8217;&#0;", "’q’\ufffd"),
    ("a\u202eb\u200bc\ufeffd\u2028e", "abcd e"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("👩\u200d💻", "👩\u200d💻"),
    ("a\u200db", "ab"),
    ("caf\xe9 \x92s", "café ’s"),
    ("Itâ€™s â€œhereâ€\x9d", "It’s “here”"),
    ("\ud800x", "x"),
    ("<!-- a -->b", "b"),
    ("<p></p> ", ""),
    ("/?a=1&copy=2&amp;reg=3", "/?a=1&copy=2&reg=3"),
    ("&copy 2026 &notit &copy", "© 2026 &notit ©"),
]


@pytest.mark.parametrize(("raw", "expected"), TITLES)
def test_titles_become_one_plain_line(raw: str, expected: str) -> None:
    assert markup.title(raw) == expected


def test_a_plain_title_is_what_stands_there() -> None:
    assert markup.title("<b>a</b> &amp; <!-- b -->\n&copy", plain=True) == "<b>a</b> &amp; <!-- b --> &copy"
    assert markup.title("a\u202eb\ud800 Itâ€™s â€œhereâ€\x9d", plain=True) == "ab It’s “here”"


def test_long_titles_are_cut() -> None:
    assert len(markup.title("word " * 1000, plain=True)) <= 300
    assert len(markup.title("word " * 1000)) <= 300


def test_every_code_point_makes_a_printable_title() -> None:
    for start in range(0, sys.maxunicode + 1, 64):
        title = markup.title("a" + "a".join(map(chr, range(start, min(start + 64, sys.maxunicode + 1)))))
        wrong = [f"{ord(one):x}" for one in title if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")]
        assert wrong == []
        assert not any(
            one in title for one in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f"
        )
        assert "\n" not in title


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/ab &;ltgmp#0\n\u200b", max_size=60))
def test_a_title_is_one_line_of_text(raw: str) -> None:
    title = markup.title(raw)
    assert title == " ".join(title.split())
    assert title.isprintable()


def test_text_is_what_is_seen() -> None:
    html = "<h1>a</h1><p>b<b>c</b> <!-- x --><script>y</script>&lt;z&gt;</p><ul><li>d<li>e</ul>f<br>g"
    assert markup.text(html) == "a bc <z> d e f g"


SAME = [
    ('<p class="a" id="x1">a <a title="t" href="https://e.org/">b</a></p>', '<p>a\n<a href="https://e.org/">b</a></p>'),
    ("<p>a</p><p>b</p>", "<div>a</div>\n\n<div>b</div>"),
    ('<a href="https://e.org/?utm_source=x&a=1">b</a>', '<a href="https://e.org/?a=1">b</a>'),
    ('<img src="https://e.org/a.png" width="1000">', '<img width="999" src="https://e.org/a.png">'),
    ("<script nonce=1>a()</script><p data-n=1>b</p>", "<script nonce=2>a()</script><p data-n=2>b</p>"),
    ("<b>a</b>", "<strong>a</strong>"),
    (
        '<img src="https://e.org/a.png?w=9&Expires=1&Signature=x">',
        '<img src="https://e.org/a.png?w=9&Expires=2&Signature=y">',
    ),
    ('<img src="https://e.org/a.png?token=x">', '<img src="https://e.org/a.png?token=y">'),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_signature_is_deaf_to_noise(one: str, other: str) -> None:
    assert markup.signature(one) == markup.signature(other)


DIFFERENT = [
    ("<p>a</p>", "<p>b</p>"),
    ("<p>a b</p>", "<p>b a</p>"),
    ('<a href="https://e.org/1">a</a>', '<a href="https://e.org/2">a</a>'),
    ('<img src="https://e.org/1.png">', '<img src="https://e.org/2.png">'),
    ('<img src="https://e.org/a.png?w=1&sig=x">', '<img src="https://e.org/a.png?w=2&sig=x">'),
    ('<a href="https://e.org/?token=x">a</a>', '<a href="https://e.org/?token=y">a</a>'),
    ('<a href="https://e.org/">a</a> b', 'a <a href="https://e.org/">b</a>'),
    ("<p>ab</p>", "<p>a</p><p>b</p>"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_a_signature_hears_what_a_reader_sees(one: str, other: str) -> None:
    assert markup.signature(one) != markup.signature(other)


def test_a_description_is_of_sentences() -> None:
    html = "<h1>Title</h1><p>First one. Second one! " + "More words here " * 40 + "</p><pre>code</pre>"
    assert markup.description(html, limit=60) == "First one. Second one!"
    assert markup.description("<p>short</p><pre>x</pre>") == "short"
    assert markup.description("<pre>only code</pre>") == "only code"
    cut = markup.description("<p>" + "word " * 100 + "</p>", limit=52)
    assert cut == "word " * 9 + "word…"
    assert len(markup.description("<p>" + "漢" * 999 + "</p>", limit=50)) == 50


def page(count: int) -> str:
    return markup.to_html("\n\n".join(f"## Heading {number}\n\n{'word ' * 40}" for number in range(count)))


def test_a_long_post_is_folded_between_blocks() -> None:
    html = page(20)
    shown, rest = markup.fold(html, limit=1000)
    assert shown + rest == html
    assert rest.startswith("<h2>Heading")
    assert shown.endswith("</p>\n")
    assert 1000 <= len(markup.text(shown)) < 1300


def test_a_short_post_and_a_small_rest_are_not_folded() -> None:
    assert markup.fold(page(2), limit=1000) == (page(2), "")
    assert markup.fold(page(6), limit=1000) == (page(6), "")
    assert markup.fold("", limit=10) == ("", "")


def test_folding_counts_letters_as_python_does() -> None:
    html = "<p>" + "漢😀é\n" * 500 + "</p><p>b</p>\n<p>" + "c" * 2000 + "</p>"
    shown, rest = markup.fold(html, limit=100)
    assert (shown[-4:], rest[:4]) == ("</p>", "<p>b")
