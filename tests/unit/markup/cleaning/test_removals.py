"""What cleaning took away is counted by rule, and nothing goes uncounted."""

import re

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup
from generator.markup import Removal, repair

BASE = "https://example.org/blog/post/"


def removals(html: str, *, title: str = "") -> dict[str, Removal]:
    found = markup.clean(html, base=BASE, title=title).removals
    assert len({one.rule for one in found}) == len(found)
    return {one.rule: one for one in found}


def removal(rule: str, text: str = "", **counts: int) -> dict[str, Removal]:
    return {rule: Removal(rule=rule, text=text, **counts)}


GONE = [
    ("<p>a</p><div class=feedflare>b <a href=/c>c</a></div>", removal("widgets", "b c", links=1)),
    ("<p>a</p><img src=/i.gif width=1 height=1>", removal("trackers", pictures=1)),
    ("<p>a</p><script>b()</script><style>c{}</style>", {}),
    ("<p>a</p><script src=https://e.example/embed.js></script>", removal("scripts", embeds=1)),
    ("<p>a <a href='javascript:b()'>b</a></p>", removal("links", links=1)),
    ("<p>a <img src='data:,' alt=b></p>", removal("images", pictures=1)),
    ("<p>a</p><iframe src=https://v.example/1>c</iframe>", {}),
    ("<p>a</p><iframe>c</iframe>", removal("embeds", embeds=1)),
    ("<p>a</p><object data=/b.pdf>c <a href=/d>d</a></object>", removal("embeds", "c d", links=1)),
    ("<p>a<svg><text>b</text></svg></p>", removal("images", "b", pictures=1)),
    ("<h1>A <b>Title</b></h1><p>c</p>", removal("title", "A Title")),
    ("<p>a<select><option>b<option>c</select></p>", removal("forms", "b c")),
    ("<p>a<canvas>b</canvas></p>", {}),
    ("<p>a</p><dl></dl><noframes>b</noframes><!-- c -->", {}),
    ("<p>Text<a id=r href=#n>1</a></p><ol><li id=n>Note <a href=#r>back</a></li></ol>", removal("footnotes", "back")),
]


@pytest.mark.parametrize(("html", "expected"), GONE)
def test_what_goes_is_counted_under_its_rule(html: str, expected: dict[str, Removal]) -> None:
    assert removals(html, title="a title") == expected


WHOLE = [
    "<p>a<b>b</b>c<br>d <i>e</i><span>f</span>g</p><div>h<div>i</div>j</div>",
    "<ul><li>a<ul><li>b</ul>c</ul><dl><dt>a<dd>b</dl><table><caption>a</caption><tr><td>b<td>c</table>",
    "<figure><img src=/a.png><figcaption>a <a href=/b>b</a></figcaption></figure>",
    "<details><summary>b</summary>c</details>",
    "<p>a&nbsp;</p><pre><code><span>a</span>  <span>b</span>\n</code></pre>",
    "<p><a href=/a>a</a><a href=/a>b</a><a href=/c></a></p>",
    "<a href=/a><p>b</p><p>c</p></a>",
    "itâ€™s cafÃ© a\x00b\x92c",
    "&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;",
    "<math><mi>x</mi><annotation encoding='application/x-tex'>x</annotation></math>",
    "<p>Text<sup id=r><a href=#n>1</a></sup></p><ol><li id=n>Note <a href=#r>↩</a></li></ol><p>More</p>",
]


@pytest.mark.parametrize("html", WHOLE)
def test_what_is_only_written_otherwise_is_not_gone(html: str) -> None:
    assert removals(html) == {}


def test_what_is_too_much_is_counted() -> None:
    html = "<p>word</p><script>a < b</script>" + "<img src=a>1 < 2 <a href=b>c</a>" * (count := repair.MAX_TAGS // 5)
    assert removals(html) == {}
    assert removals(html * 2) == removal("too-many-tags", pictures=2 * count, links=2 * count)
    long = "word " * (repair.MAX_CHARACTERS // 5) + "<p>a b</p>"
    assert removals(long) == removal("too-long", "a b")


def test_removals_are_summed_by_rule() -> None:
    found = [
        Removal(rule="widgets", text="¶ it's 日本 here", links=1),
        Removal(rule="widgets", text="a-b", links=2),
        Removal(rule="trackers", pictures=1),
    ]
    assert markup.removed(found) == {
        "widgets": {"entries": 2, "words": 5, "links": 3},
        "trackers": {"entries": 1, "pictures": 1},
    }


PIECES = """
<p>{}</p> | <div>{} | </div> | <b>{} | </b> | <span class=sharedaddy>{}</span> | <a href=/{}>{}</a> | <li>{} | <ul>
</ul> | <h2>{} <a class=headerlink href=#x>#</a></h2> | <table><tr><td>{} | </table> | <dl><dt>{}<dd> | </dl>
<details> | </details> | <summary>{} | <figure><img src=/a.png><figcaption>{} | </figure> | <noscript>{}</noscript>
<div hidden>{}</div> | <tr><th>{} | <pre>{} {}</pre> | <img src=x alt=y> | <svg><text>{}</text></svg>
<iframe src=/{}></iframe> | <object>{}</object> | <caption>{} | <sup><a href=#{}>1</a></sup>
<li id=x>{}<a href=#q>↩</a> | <textarea>{}</textarea> | <section class=footnotes><li>{} | </section>
<input type=checkbox>{} | <button>{}</button> | <script>{}</script> | <style>{}</style> | <blockquote>{}
</blockquote> | <ol><p>{} | <sup id=fnref-1><a href=#fn-1>{}</a></sup> | <a href=#fnref-1>{}</a> | <legend>{}</legend>
<rt>{}</rt> | <dd>{} | <title>{}</title> | <h3><p>{}<p>{}</h3> | <a href='javascript:x'>{}</a>
<math><mi>{}</mi></math> | <video><p>{}</p></video> | <select><option>{}
"""  # between bars and line ends


@st.composite
def documents(draw: st.DrawFn) -> str:
    """HTML of many kinds in which each word occurs once, so that none can stand for another."""
    pieces = draw(st.lists(st.sampled_from(re.split(r" \| |\n", PIECES.strip())), max_size=14))
    numbers = iter(range(1000))
    return " ".join(re.sub(r"\{\}", lambda _: f"word{next(numbers)}", piece) for piece in pieces)


@settings(max_examples=400, deadline=None)
@given(documents())
def test_each_word_is_shown_or_counted(html: str) -> None:
    cleaned = markup.clean(html, base=BASE)
    root = turbohtml.parse_fragment(html)
    for unseen in root.select("iframe,script,style,title,video"):
        unseen.decompose()
    found = " ".join((markup.text(cleaned.html), *(one.text for one in cleaned.removals)))
    assert set(re.findall(r"word\d+", root.text)) <= set(re.findall(r"word\d+", found))
