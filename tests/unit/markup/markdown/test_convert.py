"""HTML of record ↔ Markdown of record: each construct has its Markdown, and nothing is lost on the way back."""

import html as entities
import re
from collections.abc import Iterator

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup
from generator.markup import sanitize
from generator.markup.tree import html as tree_html
from generator.markup.tree import read
from generator.markup.tree.nodes import Node

BASE = "https://example.org/post/"


def cleaned(html: str) -> str:
    return markup.clean(html, base=BASE).html


def markdown(html: str) -> str:
    return markup.to_markdown(cleaned(html)).removesuffix("\n")


def shown(html: str) -> tuple[object, ...]:
    """Text, elements with what is shown of their attributes, and code: found without the converter's own reader."""
    root = turbohtml.parse_fragment(html)
    names = ("href", "src", "alt", "title", "width", "height", "start", "align", "colspan", "class")
    elements = [(one.tag, *(one.attr(name) for name in names)) for one in root.find_all(True)]
    text = turbohtml.parse_fragment(re.sub(r"(<(?:/?[a-z][^>]*)>)", r" \1 ", html)).text
    return " ".join(text.split()), elements, [one.text for one in root.find_all("pre")]


def came_back(html: str) -> str:
    """What pages show, without what only pages have."""
    page = markup.to_html(markup.to_markdown(html))
    return re.sub(r' (?:loading|decoding|referrerpolicy|rel)="[^"]*"', "", page)


SAID = [
    ("<h2>A <em>b</em></h2>", "## A *b*"),
    ("<p>one</p><p>two</p>", "one\n\ntwo"),
    ("one<br><br>two", "one\n\ntwo"),
    ("one<br>two", "one\\\ntwo"),
    ("<b>one<br></b>two<br>- three", "**one**\\\ntwo\\\n\\- three"),
    ("<div>one<div>two</div></div>", "one\n\ntwo"),
    ("<p><b>a</b> <i>b</i> <strike>c</strike></p>", "**a** *b* ~~c~~"),
    ("<p>a<b> b </b>c</p>", "a **b** c"),
    ("<p>un<b>frigging</b>believable</p>", "un**frigging**believable"),
    ("<p><b>a</b><b>b</b></p>", "**ab**"),
    ("<p><b>„a“</b>b</p>", "<strong>„a“</strong>b"),
    ("<p><b><i>a</i></b></p>", "**_a_**"),
    ("<p><i><b>a</b> b<b>c</b></i></p>", "_**a** b**c**_"),
    ('<p><a href="/a?b=1&amp;c=2" title="t">x</a></p>', '[x](https://example.org/a?b=1&c=2 "t")'),
    ("<p><a href='https://example.org/a'>https://example.org/a</a></p>", "<https://example.org/a>"),
    ("<p><a href='/a'><h3>x</h3></a></p>", "### [x](https://example.org/a)"),
    ('<p><img src="b.png" alt="a [b]"></p>', "![a \\[b\\]](https://example.org/post/b.png)"),
    ('<p>a <img src="b.png" width="90"></p>', 'a <img src="https://example.org/post/b.png" alt="" width="90">'),
    ("<p><code>a`b</code> <tt>c</tt></p>", "``a`b`` `c`"),
    ("<p><code>a<b>b</b></code></p>", "`a`**`b`**"),
    ("<pre>a\n\n  b\t</pre>", "```\na\n\n  b\t\n```"),
    ("<pre>```\nx</pre>", "````\n```\nx\n````"),
    ('<pre><code class="language-c">x</code></pre>', "```c\nx\n```"),
    ('<div class="highlight-source-js"><pre><span class="k">let</span> a</pre></div>', "```js\nlet a\n```"),
    ('<pre class="brush: python">x<br>y</pre>', "```python\nx\ny\n```"),
    ("<pre>a <img src=/i alt=b>\nc</pre>", '<pre>a <img src="https://example.org/i" alt="b">\nc</pre>'),
    ("<pre><code><img src=/i alt=b></code></pre>", '<pre><img src="https://example.org/i" alt="b"></pre>'),
    ("<pre class=hljs>a<br><img src=/i alt=b></pre>", '<pre>a\n<img src="https://example.org/i" alt="b"></pre>'),
    ("<pre><b>a</b><br>b</pre>", "<pre><strong>a</strong>\nb</pre>"),
    ("<pre><b> a<br>b</b> <i>c</i></pre>", "<pre> <strong>a</strong>\n<strong>b</strong> <em>c</em></pre>"),
    ("<pre><b>a</b><br><br>b\n\n\nc</pre>", "<pre><strong>a</strong>&#10;\nb&#10;&#10;\nc</pre>"),
    ("<pre>\n<br>  <b>a</b>\tb<br>\n </pre>", "<pre>  <strong>a</strong>\tb</pre>"),
    ("<pre class=hljs><b>a</b><br>b</pre>", "```\na\nb\n```"),
    ("<ul><li><pre><b>a</b><br>b</pre></ul>", "- <pre><strong>a</strong>\n  b</pre>"),
    ("<pre><b>a</b><p>b</pre>", "**a**\n\nb"),
    ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
    ("<ul><li>a<ol start=3><li>b</ol></ul>", "- a\n\n  3. b"),
    ("<ul><li><p>a<li><p>b</ul>", "- a\n\n- b"),
    ("<ol start=9><li>a<li>b</ol>", "9. a\n10. b"),
    ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b"),
    ("<ul>a<ul><li>b</ul></ul>", "- a\n  - b"),
    ("<hr>", "***"),
    ("<table><tr><th>a<th>b<tr><td>c|d<td>e</table>", "| a | b |\n| --- | --- |\n| c\\|d | e |"),
    (
        "<table><tr><th style='text-align:center'>a<tr><td align=center>b</table>",
        "| a |\n| :---: |\n| b |",
    ),
    ("<table><tr><td>a<td>b</table>", "a\n\nb"),
    ("<details><summary>a</summary>b</details>", "<details>\n<summary>a</summary>\n\nb\n\n</details>"),
    ("<details><summary><h3>a</h3></summary><p>b</details>", "<details>\n<summary>a</summary>\n\nb\n\n</details>"),
    (
        "<details><summary>a<ul><li>b</ul></summary>c</details>",
        "<details>\n<summary>a</summary>\n\n- b\n\nc\n\n</details>",
    ),
    (
        "<details><summary><pre>a</pre></summary>b</details>",
        "<details>\n<summary>Details</summary>\n\n```\na\n```\n\nb\n\n</details>",
    ),
    ("<details>b<summary>a</summary>c</details>", "<details>\n<summary>a</summary>\n\nb\n\nc\n\n</details>"),
    (
        "<details><summary>a</summary>b<summary>c</summary></details>",
        "<details>\n<summary>a</summary>\n\nb\n\nc\n\n</details>",
    ),
    (
        "<details>a<details><summary>b</summary>c</details></details>",
        "<details>\n<summary>Details</summary>\n\na\n\n<details>\n<summary>b</summary>\n\nc\n\n</details>\n\n</details>",
    ),
    ("<summary>a</summary>b", "a\n\nb"),
    ("<figure>a<figcaption>b</figcaption>c</figure>", "a\n\nc\n\nb"),
    ("<figure><figcaption>a.js</figcaption><pre>b</pre></figure>", "a.js\n\n```\nb\n```"),
    ("<figure><img src=/a><figcaption></figcaption></figure>", "![](https://example.org/a)"),
    ("<p>x<sup>2</sup> <kbd>Q</kbd></p>", "x<sup>2</sup> <kbd>Q</kbd>"),
    ("<p><ruby>漢<rt>kan</rt></ruby></p>", "<ruby>漢<rt>kan</rt></ruby>"),
]


@pytest.mark.parametrize(("html", "expected"), SAID)
def test_each_construct_has_its_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected
    assert shown(came_back(cleaned(html))) == shown(cleaned(html))


STYLED = [
    ("<span style='font-weight:700'>a</span> <span style='font-style:italic'>b</span>", "**a** *b*"),
    ("<span style='text-decoration:line-through'>a</span>", "~~a~~"),
    ("<span style='text-decoration-line: line-through underline !important'>a</span>", "~~<u>a</u>~~"),
    ("<span style='font: italic bold 12px/30px Georgia, serif'>a</span>", "**_a_**"),
    ("<span style='FONT-WEIGHT: Bold; color: red'>a</span>", "**a**"),
    ("x<span style='vertical-align:super'>2</span>", "x<sup>2</sup>"),
    ("x<span style='vertical-align:sub;font-size:8px'>2</span>", "x<sub>2</sub>"),
    ("<b style='font-weight:normal'>a <span style='font-weight:600'>b</span></b>", "a **b**"),
    ("<em>a <span style='font-style:normal'>b</span></em>", "*a* b"),
    ("<p style='font-weight:bold'>a</p>", "**a**"),
    ("<ul><li style='font-style:italic'>a</ul>", "- *a*"),
    (
        "<table><tr><th style='font-weight:bold'>a<tr><td style='font-weight:bold'>b</table>",
        "| a |\n| --- |\n| **b** |",
    ),
    ("<table><tr style='font-weight:bold'><td>a<tr><td>b</table>", "**a**\n\nb"),
    ("<blockquote style='font-style:italic'>a</blockquote>", "> *a*"),
    ("<h2 style='font-weight:bold'><span style='font-weight:700'>a</span> <i>b</i></h2>", "## a *b*"),
    ("<a href='/a' style='text-decoration:underline'>a</a>", "[a](https://example.org/a)"),
    ("<a href='/a'><span style='text-decoration:underline'>a</span></a>", "[a](https://example.org/a)"),
    (
        "<u>a <a href='/a'>b</a></u> <a href='/a'><u>c</u></a>",
        "<u>a</u> [b](https://example.org/a) [c](https://example.org/a)",
    ),
    ("<a href='/a' style='font-weight:bold'>a</a>", "[**a**](https://example.org/a)"),
    ("<code style='font-weight:bold'>a<span style='font-style:italic'>b</span></code>", "`ab`"),
    ("<pre><span style='font-weight:bold'>a</span> b</pre>", "```\na b\n```"),
    ("<b style='mso-bidi-font-weight:normal'>a</b>", "**a**"),
    ("<span style='font-weight:400;text-decoration:none;vertical-align:baseline'>a</span>", "a"),
    ("<td style='vertical-align:sub'>a</td>", "a"),
]


@pytest.mark.parametrize(("html", "expected"), STYLED)
def test_what_a_style_says_of_text_is_said_by_marks(html: str, expected: str) -> None:
    assert markdown(html) == expected
    assert shown(came_back(cleaned(html))) == shown(cleaned(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<dl><dt>a</dl>", "a"),
        ("<dl><dd>a<dd><ul><li>b</ul></dl>", "a\n\n- b"),
        ("<dl><dd>a<dt>b<dd>c<dt>d</dl>", "a\n\n<dl>\n<dt>b</dt>\n<dd>c</dd>\n</dl>\n\nd"),
        ("<dl><dt> <dd>a</dl>", "a"),
    ],
)
def test_a_list_of_definitions_has_a_term_and_a_definition(html: str, expected: str) -> None:
    assert markdown(html) == expected
    assert shown(came_back(cleaned(html))) == shown(cleaned(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<tr><th rowspan=2>a<th>b<tr><th>c<tr><td>d<td>e",
            '<thead><th rowspan="2">a<th>b<th>c</thead><tbody><td>d<td>e</tbody>',
        ),
        (
            "<tr><th rowspan=2>a<th>b<tr><td>c<tr><td>d<td rowspan=9>e",
            '<tbody><th rowspan="2">a<th>b<td>c<td>d<td>e</tbody>',
        ),
        ("<tr><th colspan=14>a<tr><td>b<td>c", '<thead><th colspan="2">a</thead><tbody><td>b<td>c</tbody>'),
        (
            "<tr><td colspan=3>a<td>b<tr><td colspan=2>c<td>d<td>e",
            '<tbody><td colspan="2">a<td>b<td>c<td>d<td>e</tbody>',
        ),
        ("<tr><td colspan=1000>a<td>b<tr><td>c<td>d", '<tbody><td colspan="2">a<td>b<td>c<td>d</tbody>'),
    ],
)
def test_cells_span_the_rows_and_columns_that_there_are(html: str, expected: str) -> None:
    said = cleaned(f"<table>{html}</table>")
    assert re.sub(r"</?t(?:able|r)>|</t[dh]>|\n", "", said) == expected
    assert cleaned(said) == said


KEPT = [
    "<table><tr><td colspan=2>a<tr><td>b<td>c</table>",
    "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
    "<table><caption>t</caption><tr><th>a<th>b<tr><td>c<td>d</table>",
    "<dl><dt>a<dd>b<p>c</dl>",
    "<dl>stray<dt>a</dt><div>b</div></dl>",
    "<figure><img src=/a alt=b><figcaption>c <b>d</b></figcaption></figure>",
    "<pre>a <a href=/x>b</a>\n\n  c</pre>",
    "<ol type=a><li>a<li>b</ol>",
    "<ol reversed><li>a<li>b</ol>",
    "<blockquote><table><tr><td>a<pre>b\n\nc</pre><td>d<tr><td>e<td>f</table></blockquote>",
    "<ul><li><figure><img src=/a><figcaption>b</figcaption></figure>c</ul>",
    "<p><abbr title='x y'>a</abbr> <q>b</q> <mark>c</mark> <small>d</small> <u>e</u> <ins>f</ins></p>",
    "<p><bdo dir=rtl>a</bdo> <cite>b</cite> <dfn>c</dfn> <samp>d</samp> <var>e</var> <bdi>f</bdi></p>",
]


@pytest.mark.parametrize("html", KEPT)
def test_what_markdown_cannot_say_stays_as_html(html: str) -> None:
    assert "<" in markdown(html)
    assert shown(came_back(cleaned(html))) == shown(cleaned(html))


def test_a_block_that_no_markdown_says_stays_html_and_its_neighbours_do_not() -> None:
    hard = "<table><tr><th>a<th>b<tr><td>e<sup id=fnref-1><a href=#fn-1>1</a></sup><td>f</table>"  # and no such note
    html = tree_html.html(read(f"<ul><li>a</ul><ul><li>b{hard}</ul><ul><li>*</ul>{hard}<p>*</p>"))
    found = re.sub(r"<(ul|table)>.*?</\1>", r"<\1>", markup.to_markdown(html), flags=re.DOTALL)
    assert found == "- a\n\n<ul>\n\n* \\*\n\n<table>\n\n\\*\n"
    assert shown(came_back(html)) == shown(html)


PROSE = [
    "snake_case_name and 2 * 3 * 4",
    "a < b && c > d",
    "[sic] (see above), item [2]",
    "approximately ~5 or ~6",
    "Wait! What? 100% - sure; #1",
    "C:\\temp\\new",
    "$a_1 + b_2$ costs $5",
    "5 - 3 = 2, 2+2",
    "میخواهم «این» را",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_stays_prose(text: str) -> None:
    assert markdown(f"<p>{entities.escape(text)}</p>") == text


TRICKY = [
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# not a heading",
    "- not a list",
    "+ nor this",
    "1. nor this",
    "2) nor this",
    "> not a quote",
    "``` not code",
    "~~~ not code",
    "[a]: http://example.org/",
    "[a](http://example.org/)",
    "![a](http://example.org/)",
    "[^1]",
    "[ ] todo",
    "*a* _b_ **c** __d__ ~~e~~ `f`",
    "a\\*b \\",
    "&amp;copy; &amp;#65; &amp;amp;",
    "===",
    "---",
    "***",
    "| a | b |",
    "&lt;https://example.org/&gt; &lt;a@example.org&gt;",
    "a<br>===",
    "a<br>---",
    "a | b<br>--- | ---",
    "a<br># b<br>- c<br>1. d",
    "Heading #",
    "{{&lt; hugo &gt;}} {{% hugo %}} {% jekyll %} {{ x }}",
    "\\(x^2\\) \\[y_1\\] $$z*w*$$",
]


@pytest.mark.parametrize("html", TRICKY)
@pytest.mark.parametrize(
    "frame", ["<p>{}</p>", "<ul><li>{}</ul>", "<h2>{}</h2>", "<blockquote>x<b>{}</b></blockquote>"]
)
def test_text_comes_back_as_text(html: str, frame: str) -> None:
    clean = cleaned(frame.format(html))
    assert shown(came_back(clean)) == shown(clean)


@pytest.mark.parametrize("opening", ["{{<", "{{%"])
@pytest.mark.parametrize("frame", ["<p>{}</p>", "<pre>{}</pre>", "<p><code>{}</code></p>", "<dl><dt>{}</dl>"])
def test_no_shortcode_reaches_hugo(opening: str, frame: str) -> None:
    html = frame.format(entities.escape(f"a {opening} b"))
    assert opening not in markdown(html)
    assert shown(came_back(cleaned(html))) == shown(cleaned(html))


def test_addresses_that_are_no_links_stay_none() -> None:
    assert markdown("<p>see https://example.org/ or www.example.org</p>") == (
        "see https\\://example.org/ or www\\.example.org"
    )


def test_a_changed_word_changes_one_line() -> None:
    before = "".join(f"<p>{'word ' * 300}{number}</p>" for number in range(5))
    after = before.replace("word 3", "other 3")
    old, new = markdown(before).split("\n"), markdown(after).split("\n")
    assert sum(one != two for one, two in zip(old, new, strict=True)) == 1


BACK = "https://example.org/post/#b1"
NOTES = [
    '<p>a<sup id="fnref:1"><a href="#fn:1">1</a></sup></p><ol><li id="fn:1">b <a href="#fnref:1">↩</a></ol>',
    '<p>a<a href="#n" name="r"><sup>[1]</sup></a></p><p id="n"><a href="#r">[1]</a> b</p>',
    f'<p>a<a id="b1" href="{BASE}#f1">1</a></p><ol><li id="f1">b <a href="{BACK}">^</a></ol>',
]


@pytest.mark.parametrize("html", NOTES)
def test_footnotes_of_all_tools_become_one_form(html: str) -> None:
    found = markup.clean(html, base=BASE)
    assert "footnotes" in found.rules
    assert "a[^1]" in markup.to_markdown(found.html)
    assert "[^1]: b" in markup.to_markdown(found.html)
    assert shown(came_back(found.html)) == shown(found.html)
    page = markup.to_html(markup.to_markdown(found.html), prefix="p7-")
    assert 'id="p7-fnref-1"' in page
    assert 'href="#p7-fn-1"' in page


def test_what_only_looks_like_a_footnote_is_left_alone() -> None:
    html = '<p>a<sup><a href="#n">1</a></sup></p><p id="n">b</p>'
    assert "[^1]" not in markdown(html)
    assert f"{BASE}#n" in cleaned(html)


def test_headings_move_down_but_not_below_six() -> None:
    assert markup.to_html("# a\n\n##### b", shift=2) == "<h3>a</h3>\n<h6>b</h6>\n"


INLINE = ["em", "strong", "code", "del", "sub", "sup", "kbd", "mark", "u", "small", "a", "q", "abbr", "ins"]
WORDS = st.text(alphabet="ab c*_`[]()!<>&#-+=~|\\.:\"'1\n\xa0é漢“”{%^$", min_size=1, max_size=12).map(entities.escape)


def _wrapped(pair: tuple[str, str]) -> str:
    tag, inner = pair
    href = ' href="https://example.org/a_(b)?c=1&amp;d=2"' if tag == "a" else ""
    return f"<{tag}{href}>{inner}</{tag}>"


PIECES = st.recursive(
    WORDS
    | st.sampled_from(["<br>", '<img src="https://example.org/i.png" alt="*a]">', '<img src="/j.png" width="40">']),
    lambda inner: st.tuples(st.sampled_from(INLINE), inner).map(_wrapped) | st.lists(inner, max_size=3).map("".join),
    max_leaves=8,
)
BLOCKS = st.recursive(
    PIECES.map(lambda inner: f"<p>{inner}</p>")
    | PIECES.map(lambda inner: f"<h3>{inner}</h3>")
    | WORDS.map(lambda inner: f"<pre>{inner}</pre>")
    | st.lists(PIECES, min_size=2, max_size=2).map(
        lambda two: f"<table><tr><th>{two[0]}<th>x<tr><td>{two[1]}<td>y</table>"
    ),
    lambda inner: (
        inner.map(lambda one: f"<blockquote>{one}</blockquote>")
        | st.lists(inner | PIECES, min_size=1, max_size=3).map(lambda many: "<ul><li>" + "<li>".join(many) + "</ul>")
        | st.lists(inner | PIECES, min_size=1, max_size=3).map(lambda many: "<ol><li>" + "<li>".join(many) + "</ol>")
        | st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.tuples(PIECES, inner).map(lambda two: f"<details><summary>{two[0]}</summary>{two[1]}</details>")
        | st.tuples(PIECES, inner).map(lambda two: f"<dl><dt>{two[0]}</dt><dd>{two[1]}</dd></dl>")
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(BLOCKS)
def test_any_html_of_the_allow_list_comes_back(html: str) -> None:
    clean = cleaned(html)
    assert shown(came_back(clean)) == shown(clean)
    assert markup.signature(came_back(clean)) == markup.signature(clean)


@settings(max_examples=300, deadline=None)
@given(BLOCKS)
def test_cleaning_twice_is_cleaning_once_and_loses_no_text(html: str) -> None:
    clean = cleaned(html)
    assert cleaned(clean) == clean
    bare = re.sub(r"\s", "", turbohtml.parse_fragment(html.replace("<summary></summary>", "")).text)
    assert bare in re.sub(r"\s", "", turbohtml.parse_fragment(clean).text).replace("Details", "") or "Details" in clean


OTHERS = (
    "address article aside b big center data dir div fieldset figcaption font footer form header hgroup i label legend "
    "main menu nav nobr noscript output section span time tt x-y"
).split()
ANY = st.recursive(
    st.sampled_from(["W", "<br>", "<hr>", " ", '<img src="https://example.org/i.png" alt="W">', "<img alt=W>"]),
    lambda inner: st.tuples(
        st.sampled_from([*sorted(sanitize.TAGS - {"img"}), *OTHERS]), st.lists(inner, max_size=4).map("".join)
    ).map(_wrapped),
    max_leaves=20,
)


def _leaves(kids: tuple[Node | str, ...]) -> Iterator[str]:
    for kid in kids:
        yield from (kid,) if isinstance(kid, str) else (kid.attrs.get("alt", ""), *_leaves(kid.kids))


@settings(max_examples=600, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=3).map("".join))
def test_no_element_in_any_place_loses_a_word(html: str) -> None:
    parts = html.split("W")
    words = [f"w{number}x" for number in range(1, len(parts))]
    html = parts[0] + "".join(f"{word}{part}" for word, part in zip(words, parts[1:], strict=True))
    shaped = " ".join(_leaves(read(html)))
    assert sorted(re.findall(r"w\d+x", shaped)) == sorted(words)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.sampled_from("\n  "), min_size=1, max_size=5).map("".join))
def test_no_line_or_picture_within_pre_is_lost(inner: str) -> None:
    """Whether it becomes a block of code or stays HTML; only the white space around all of it goes."""
    clean = cleaned(f"<pre>{inner}</pre>")
    assert shown(came_back(clean)) == shown(clean)
    before, after = turbohtml.parse_fragment(f"<pre>{inner}</pre>"), turbohtml.parse_fragment(clean)
    assert [picture.attr("alt") for picture in after.find_all("img")] == [
        picture.attr("alt") or "" for picture in before.find_all("img")
    ]
    for line_end in before.find_all("br"):
        line_end.replace_with(turbohtml.Text("\n"))
    assert after.text.replace("\xa0", " ").strip() == before.text.replace("\xa0", " ").strip()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_back(text: str) -> None:
    clean = cleaned(f"<p>{entities.escape(text)}</p>")
    assert shown(came_back(clean)) == shown(clean)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab`~\n\t <>&{%}\\#", max_size=40))
def test_code_comes_back_to_the_character(text: str) -> None:
    clean = cleaned(f"<pre><code>{entities.escape(text)}\n</code></pre>")
    found = turbohtml.parse_fragment(came_back(clean)).find("pre")
    assert text.strip() == "" if found is None else found.text == text + "\n"
