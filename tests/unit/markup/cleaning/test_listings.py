"""Listings of code → a block of code to the character: no line numbers, right line ends, its language, no links."""

import re
from itertools import product

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup

BASE = "https://example.org/post/"
CODE = ["def a():", "", "    return 1", "42"]


def markdown(html: str) -> str:
    return markup.to_markdown(markup.clean(html, base=BASE).html).removesuffix("\n")


def fence(lang: str, lines: list[str] = CODE) -> str:
    return "\n".join([f"```{lang}", *lines, "```"])


def each(line: str, between: str = "", lines: list[str] = CODE, first: int = 1) -> str:
    return between.join(line.format(n=n, line=text) for n, text in enumerate(lines, first))


NUMBERED = {
    "chroma, inline": (
        '<div class="highlight"><pre tabindex="0" class="chroma"><code class="language-py" data-lang="py">'
        + each('<span class="line"><span class="ln">{n:>2}</span><span class="cl">{line}\n</span></span>')
        + "</code></pre></div>"
    ),
    "chroma, inline with links": (
        '<div class="highlight"><pre class="chroma"><code class="language-py" data-lang="py">'
        + each(
            '<span class="line"><span class="ln" id="l-{n}"><a class="lnlinks" href="#l-{n}">{n}</a></span>'
            '<span class="cl">{line}\n</span></span>'
        )
        + "</code></pre></div>"
    ),
    "chroma, inline, with styles": (
        '<div class="highlight"><pre style="color:#fff"><code class="language-py" data-lang="py">'
        + each(
            '<span style="display:flex;"><span style="white-space:pre;-webkit-user-select:none;user-select:none;'
            'margin-right:0.4em">{n}\n</span><span>{line}\n</span></span>'
        )
        + "</code></pre></div>"
    ),
    "chroma, table": (
        '<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre class="chroma">'
        "<code>"
        + each('<span class="lnt">{n}\n</span>')
        + '</code></pre></td>\n<td class="lntd">\n<pre class="chroma"><code class="language-py" data-lang="py">'
        + each('<span class="line"><span class="cl">{line}\n</span></span>')
        + "</code></pre></td></tr></table></div></div>"
    ),
    "chroma, table, with styles": (
        '<div class="highlight"><div style="color:#fff"><table style="border:0"><tr><td style="padding:0"><pre><code>'
        + each('<span style="user-select:none;color:#7f7f7f">{n}\n</span>')
        + '</code></pre></td><td style="width:100%"><pre><code class="language-py" data-lang="py">'
        + each('<span style="display:flex;"><span>{line}\n</span></span>')
        + "</code></pre></td></tr></table></div></div>"
    ),
    "rouge, table": (
        '<div class="language-py highlighter-rouge"><div class="highlight"><pre class="highlight"><code>'
        '<table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">'
        + each("{n}\n")
        + '</pre></td><td class="rouge-code"><pre>'
        + each("{line}\n")
        + "</pre></td></tr></tbody></table></code></pre></div></div>"
    ),
    "rouge, inline": (
        '<figure class="highlight"><pre><code class="language-py" data-lang="py">'
        + each('<span class="lineno">{n} </span>{line}', "\n")
        + "</code></pre></figure>"
    ),
    "octopress": (
        "<figure class='code'><div class='highlight'><table><tr><td class='gutter'><pre class='line-numbers'>"
        + each("<span class='line-number'>{n}</span>\n")
        + "</pre></td><td class='code'><pre><code class='py'>"
        + each("<span class='line'>{line}\n</span>")
        + "</code></pre></td></tr></table></div></figure>"
    ),
    "hexo": (
        '<figure class="highlight py"><table><tbody><tr><td class="gutter"><pre>'
        + each('<span class="line">{n}</span><br>')
        + '</pre></td><td class="code"><pre>'
        + each('<span class="line">{line}</span><br>')
        + "</pre></td></tr></tbody></table></figure>"
    ),
    "pygments, table": (
        '<div class="highlight-py notranslate"><table class="highlighttable"><tbody><tr><th colspan="2" '
        'class="filename">'
        '<span class="filename">a.py</span></th></tr><tr><td class="linenos"><div class="linenodiv"><pre>'
        + each('<span class="normal">{n}</span>', "\n")
        + '</pre></div></td><td class="code"><div><pre><span></span><code>'
        + each('<a id="l-{n}" name="l-{n}" href="#l-{n}"></a><span class="k">{line}</span>\n')
        + "</code></pre></div></td></tr></tbody></table></div>"
    ),
    "pygments, inline": (
        '<div class="highlight-py"><div class="highlight"><pre><span></span>'
        + each('<span class="linenos">{n}</span><span class="k">{line}</span>\n')
        + "</pre></div></div>"
    ),
    "expressive code": (
        '<div class="expressive-code"><figure class="frame"><pre data-language="py"><code>'
        + each(
            '<div class="ec-line"><div class="gutter"><div class="ln" aria-hidden="true">{n}</div></div>'
            '<div class="code"><span>{line}</span></div></div>'
        )
        + '</code></pre><div class="copy"><button data-code="x"><div></div></button></div></figure></div>'
    ),
    "a forge's page": (
        '<div class="highlight highlight-source-py"><table class="js-file-line-container" data-tab-size="8"><tbody>'
        + each(
            '<tr>\n <td id="L{n}" class="blob-num js-line-number" data-line-number="{n}"></td>\n '
            '<td id="LC{n}" class="blob-code blob-code-inner">{line}\n</td>\n</tr>\n'
        )
        + "</tbody></table></div>"
    ),
    "another forge's page": (
        '<div class="code-view lang-py"><table><tbody>'
        + each(
            '<tr><td class="lines-num"><span id="L{n}" data-line-number="{n}"></span></td>'
            '<td class="lines-code"><code class="code-inner">{line}\n</code></td></tr>'
        )
        + "</tbody></table></div>"
    ),
    "numbers for each line by a script": (
        '<pre><code class="hljs language-py"><table class="hljs-ln"><tbody>'
        + each(
            '<tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="{n}"><div class="hljs-ln-n" '
            'data-line-number="{n}"></div></td><td class="hljs-ln-line hljs-ln-code" '
            'data-line-number="{n}">{line}</td></tr>'
        )
        + "</tbody></table></code></pre>"
    ),
    "syntaxhighlighter": (
        '<div class="syntaxhighlighter  py"><table border="0"><tbody><tr><td class="gutter">'
        + each('<div class="line number{n} index0 alt2">{n}</div>')
        + '</td><td class="code"><div class="container">'
        + each('<div class="line number{n}"><code class="py plain">{line}</code></div>').replace("    ", "&nbsp;" * 4)
        + "</div></td></tr></tbody></table></div>"
    ),
    "syntaxhighlighter without numbers": (
        '<div class="syntaxhighlighter nogutter py"><table><tbody><tr><td class="code"><div class="container">'
        + each('<div class="line number{n}"><code class="py plain">{line}</code></div>').replace("    ", "&nbsp;" * 4)
        + "</div></td></tr></tbody></table></div>"
    ),
    "crayon": (
        '<div class="crayon-syntax"><div class="crayon-main"><table class="crayon-table"><tr class="crayon-row">'
        '<td class="crayon-nums" data-settings="show"><div class="crayon-nums-content">'
        + each('<div class="crayon-num">{n}</div>')
        + '</div></td><td class="crayon-code"><div class="crayon-pre">'
        + each('<div class="crayon-line" id="c-{n}">{line}</div>')
        + "</div></td></tr></table></div></div>"
    ),
    "colours with numbers": (
        '<div class="codecolorer-container py default"><table><tbody><tr><td class="line-numbers"><div>'
        + each("{n}<br>")
        + '</div></td><td><div class="py codecolorer">'
        + each("{line}<br>").replace("    ", "&nbsp;" * 4)
        + "</div></td></tr></tbody></table></div>"
    ),
    "a list with a name": (
        '<div class="dp-highlighter"><ol class="dp-py" start="1">'
        + each('<li class="alt"><span><span class="keyword">{line}</span></span></li>')
        + "</ol></div>"
    ),
    "a list set like code": (
        '<div class="geshifilter"><div class="py" style="font-family:monospace;"><ol>'
        + each('<li style="font-family: monospace;"><div class="de1">{line}</div></li>')
        + "</ol></div></div>"
    ),
    "code that can be copied": (
        '<div class="block"><textarea readonly>' + each("{line}\n") + '</textarea><pre class="language-py">'
        + each("{line}\n") + "</pre></div>"
    ),
    "wp-syntax": (
        '<div class="wp_syntax"><table><tr><td class="line_numbers"><pre>'
        + each("{n}\n")
        + '</pre></td><td class="code"><pre class="language-py" style="font-family:monospace;">'
        + each("{line}\n")
        + "</pre></td></tr></table></div>"
    ),
    "prettify": (
        '<pre class="prettyprint lang-py linenums prettyprinted"><ol class="linenums">\n'
        + each('<li class="L{n}"><span class="kwd">{line}</span></li>\n')
        + "</ol></pre>"
    ),
    "prism": (
        '<pre class="language-py line-numbers"><code class="language-py">'
        + each("{line}\n")
        + '<span class="line-numbers-rows"><span></span><span></span><span></span></span></code></pre>'
    ),
    "lines by prism": (
        '<pre class="language-py"><code class="language-py code-highlight">'
        + each('<span class="code-line line-number" line="{n}">{line}\n</span>')
        + "</code></pre>"
    ),
    "numbers in a box beside": (
        '<div class="language-py line-numbers-mode"><span class="lang">py</span><pre class="language-py"><code>'
        + each("{line}\n")
        + '</code></pre><div class="line-numbers-wrapper" aria-hidden="true">'
        + each('<span class="line-number">{n}</span><br>')
        + "</div></div>"
    ),
    "numbers in a block before": (
        '<div class="highlight language-py"><pre class="x">' + each("{n}", "\n") + "</pre><pre>" + each("{line}", "\n")
        + "</pre></div>"
    ),
    "numbers first": (
        '<pre><code style="float:left"><span>' + each("{n}\n") + '</span></code><code class="language-py">'
        + each("<span>{line}\n</span>") + "</code></pre>"
    ),
    "numbers in the code, by a script": (
        '<pre><code class="language-py">'
        + each(
            '<span style="display:block"><span class="linenumber react-syntax-highlighter-line-number" '
            'style="display:inline-block;user-select:none">{n}</span><span>{line}\n</span></span>'
        )
        + "</code></pre>"
    ),
    "whatever it is called": (
        '<pre data-lang="py">' + each('<i class="q9">{n}</i><span class="x">{line}</span>\n', first=7) + "</pre>"
    ),
    "lines of a block": (
        '<pre data-lang="py"><code>' + each('<span class="line">{line}</span>') + "</code></pre>"
    ),
    "lines that are blocks": (
        '<pre class="prism language-py"><code>' + each('<span style="display:block">{line}</span>') + "</code></pre>"
    ),
    "lines that end in breaks": (
        '<pre class="prism-code language-py"><code>'
        + each('<span class="token-line" style="color:#fff"><span class="token plain">{line}</span><br></span>')
        + "</code></pre>"
    ),
    "lines in divs": (
        '<pre class="prism-code language-py">' + each('<div class="token-line"><span>{line}</span></div>') + "</pre>"
    ),
}  # fmt: skip
NO_LANGUAGE = {"octopress", "crayon", "colours with numbers", "a list with a name", "a list set like code"}


@pytest.mark.parametrize("tool", NUMBERED)
def test_listings_of_all_tools_are_the_code_to_the_character(tool: str) -> None:
    written = markdown(NUMBERED[tool])
    assert written.removeprefix("a.py\n\n") == fence("" if tool in NO_LANGUAGE else "py")


def test_a_box_that_a_style_sets_like_code_is_code() -> None:
    style = "background-color:#1e1e1e;font-family:Menlo, monospace;font-weight:normal;white-space:pre;"
    html = f'<div style="{style}"><div><span style="color:#569cd6;">let</span> a</div><br><div>  b</div></div>'
    assert markdown(html) == "```\nlet a\n\n  b\n```"


NOT_NUMBERS = {
    "a ranking": "<table><tr><td>1</td><td>Ann</td></tr><tr><td>2</td><td>Ben</td></tr></table>",
    "steps": "<table><tr><td>1</td><td><code>ls</code></td></tr><tr><td>2</td><td><code>cd</code></td></tr></table>",
    "one step": "<table><tr><td>1</td><td><pre>ls</pre></td></tr></table>",
    "a list in code": '<pre class="hljs"><span class="b">1</span>. one\n<span class="b">2</span>. two</pre>',
    "keys": '<pre class="hljs"><span class="x">1</span>: one\n<span class="x">2</span>: two</pre>',
    "numbers in code": '<pre class="hljs"><span class="mi">1</span> one\n<span class="mi">2</span> two</pre>',
    "numbers by name": '<pre class="x">a = <span class="num">1</span>\nb = <span class="num">2</span></pre>',
    "numbers only": '<pre class="hljs"><span class="x">1</span>\n<span class="x">2</span></pre>',
    "a line without": '<pre class="hljs"><span class="x">1</span> one\ntwo\n<span class="x">2</span> three</pre>',
    "no sequence": '<pre class="hljs"><span class="x">1</span> one\n<span class="x">3</span> two</pre>',
    "a prompt": '<pre class="hljs"><span style="user-select:none">$ </span>ls\n</pre>',
    "a poem": '<p>one <span class="lineno">5</span></p>',
    "steps of code": "<ol><li><code>ls</code></li><li><code>cd 2</code></li></ol>",
    "an answer": "<pre>seq 2</pre><pre>1\n2</pre>",
    "two answers": "<p>a</p><pre>1\n2</pre><pre>3\n4</pre>",
}


@pytest.mark.parametrize("what", NOT_NUMBERS)
def test_other_numbers_stay(what: str) -> None:
    found = markup.clean(NOT_NUMBERS[what], base=BASE)
    assert "gutters" not in found.rules
    numbers = re.findall(r"\d", turbohtml.parse_fragment(NOT_NUMBERS[what]).text)
    assert re.findall(r"\d", turbohtml.parse_fragment(found.html).text) == numbers


@pytest.mark.parametrize(
    ("start", "lang"),
    [
        ('<div class="highlight highlight-source-shell"><pre>', "shell"),
        ('<pre class="highlight language-js"><code>', "js"),
        ('<pre><code class="hljs language-c++">', "c++"),
        ('<pre><code class="hljs q">', ""),  # which is what a script guessed
        ('<pre class="brush: php; gutter: false">', "php"),
        ('<pre class="lang:sh decode:true">', "sh"),
        ('<div class="sourceCode" id="cb1"><pre class="sourceCode r code-with-copy"><code class="sourceCode r">', "r"),
        ('<pre class="EnlighterJSRAW" data-enlighter-language="go">', "go"),
        ('<pre class="src src-lisp">', "lisp"),
        ('<pre class="code python literal-block">', "python"),
        ('<pre data-code-block-lang="java">', "java"),
        ('<pre lang="php">', "php"),
        ('<pre lang="js"><code>', "js"),
        ('<pre lang="de">', ""),
        ('<pre lang="en-GB">', ""),
        ('<div class="highlight-default notranslate"><div class="highlight"><pre>', ""),
        ('<pre class="code literal-block">', ""),
        ('<pre class="prettyprint">', ""),
        ('<pre class="wp-block-code"><code>', ""),
    ],
)
def test_the_language_is_found(start: str, lang: str) -> None:
    assert markdown(f"{start}x") == f"```{lang}\nx\n```"


LINKED = [
    ('<pre><code class="language-r"><a href="/p">p_load</a>(x,  y)\nz</code></pre>', "```r\np_load(x,  y)\nz\n```"),
    (
        '<div class="highlight-c"><div><pre><a href="/p"><span class="n">f</span></a>(x)</pre></div></div>',
        "```c\nf(x)\n```",
    ),
    ('<pre><code>see <a href="/p">a.b()</a></code></pre>', "```\nsee a.b()\n```"),
    ('<pre><code>to <a href="mailto:a@b.example">a@b.example</a></code></pre>', "```\nto a@b.example\n```"),
    ('<pre><code>git clone <a href="https://a.example/">https://a.example/</a></code></pre>',
     "```\ngit clone https://a.example/\n```"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), LINKED)
def test_links_that_a_program_put_on_code_leave_a_fence(html: str, expected: str) -> None:
    assert markdown(html) == expected
    assert "code-links" in markup.clean(html, base=BASE).rules


def test_links_that_an_author_wrote_stay() -> None:
    html = '<pre>a poem\n  by <a href="/p">Ann</a>\n\n<code>x</code> <code>y</code></pre>'
    written = markdown(html)
    assert written.count("<a href") == 1
    assert written.count("<code") == 0
    listing = '<pre><code>drwx  <a href="/a/">My files</a>\n-rw-  <a href="/b">b-1.0.tar.gz</a></code></pre>'
    assert markdown(listing).count("<a href") == 2


LINES = st.lists(st.text(alphabet="ab {}();1", max_size=8).map(str.rstrip), min_size=2, max_size=6)
SHAPES = [
    ('<pre class="hljs">', '<span class="ln">{n}</span><span>{line}</span>\n', "</pre>"),
    ("<pre>", '<div class="l"><div class="gutter">{n}</div><div class="c">{line}</div></div>', "</pre>"),
    ("<pre><ol>", "<li>{line}</li>", "</ol></pre>"),
    ('<table class="highlight">', '<tr><td class="blob-num">{n}</td><td>{line}</td></tr>', "</table>"),
    ("<pre><table>", '<tr><td data-line-number="{n}"></td><td>{line}</td></tr>', "</table></pre>"),
]


@settings(max_examples=100, deadline=None)
@given(LINES, st.sampled_from(list(product(SHAPES, (1, 9, 120)))))
def test_any_code_comes_out_of_any_listing(lines: list[str], how: tuple[tuple[str, str, str], int]) -> None:
    (start, line, end), first = how
    if not any(lines) or not lines[0] or not lines[-1]:
        return
    assert markdown(start + each(line, lines=lines, first=first) + end) == fence("", lines)
