"""Formulas of strangers: TeX where a program left it, else MathML that browsers draw; and what is read of either."""

from html import escape

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator import markup
from tests.browser import test_pages as test_pages_browser
from tests.unit.markup.test_sanitize import PAYLOADS, faults

chromium = test_pages_browser.chromium
BASE = "https://example.org/"
SQUARE = "<math><msup><mi>x</mi><mn>2</mn></msup></math>"
WRITTEN = '<math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>'


def cleaned(html: str) -> str:
    return markup.clean(html, base=BASE).html


def markdown(html: str) -> str:
    return markup.to_markdown(cleaned(html)).removesuffix("\n")


def shown(html: str) -> str:
    """What pages and feeds have of it, which is the HTML of record again."""
    record = cleaned(html)
    page = markup.to_html(markup.to_markdown(record)).rstrip("\n")
    assert markup.signature(page) == markup.signature(record)
    assert cleaned(page) == record
    assert faults(page) == []
    return page


def tex(written: str, *, display: bool = False) -> str:
    """A script for MathJax 2."""
    return f"<script type='math/tex{'; mode=display' if display else ''}'>{written}</script>"


def katex(written: str, *, display: bool = False) -> str:
    """What KaTeX draws."""
    inner = (
        f"<span class=katex><span class=katex-mathml><math{' display=block' if display else ''}><semantics><mi>x</mi>"
        f"<annotation encoding='application/x-tex'>{escape(written)}</annotation></semantics></math></span>"
        "<span class=katex-html aria-hidden=true><span class=base><span class=mord>x</span></span></span></span>"
    )
    return f"<span class=katex-display>{inner}</span>" if display else inner


DRAWN = f"<span class=MathJax data-mathml='{SQUARE}'><span>x2</span></span>"
ASSISTED = f"<span class=MathJax_SVG><svg></svg><span class=MJX_Assistive_MathML>{SQUARE}</span></span>"
COPIED = (
    f"<mjx-container><mjx-math></mjx-math><mjx-assistive-mml>{SQUARE}</mjx-assistive-mml>"
    "<span class='no-mathjax mjx-copytext'>$A, B$</span></mjx-container>"
)
LABELLED = "<span class=mjpage><span class=mjx-chtml><span class=mjx-math aria-label='x^2'>x2</span></span></span>"
TITLED = "<span class='mjpage mjpage__block'><svg><title id=MathJax-SVG-1-Title>x^2</title></svg></span>"
LATEX = "<svg><g data-mml-node=math data-latex='x_1'><g data-mml-node=mi data-latex=x></g></g></svg>"
WIKI = (
    "<span class=mwe-math-element><span class=mwe-math-mathml-inline style='display:none'><math><semantics><mi>x</mi>"
    "<annotation encoding='application/x-tex'>{\\displaystyle x^{2}}</annotation></semantics></math></span>"
    "<img class=mwe-math-fallback-image-inline src=https://w.example/x.svg alt='{\\displaystyle x^{2}}'></span>"
)
WITH_TEX = [
    # scripts of MathJax 2 and kramdown, with previews and drawings before them
    (f"<p>Let {tex('x^2_a')} be.</p>", "Let $x^2_a$ be."),
    (f"<p>a</p>{tex('x^2', display=True)}<p>b</p>", "a\n\n$$x^2$$\n\nb"),
    (f"<p>a {tex('x^2', display=True)} b</p>", "a $$x^2$$ b"),
    (f"{tex('x', display=True)}\n{tex('y', display=True)}", "$$x$$\n\n$$y$$"),
    ("<p><script type='math/tex;mode=display'>x</script></p>", "$$x$$"),
    (f"<p>a <span class=MathJax_Preview>x^2</span>{tex('x^2')} b</p>", "a $x^2$ b"),
    (f"<div class=MathJax_Preview><pre>x</pre></div>\n{tex('x', display=True)}", "$$x$$"),
    (f"<p>a <span class=MathJax_Preview></span>{DRAWN}{tex('y')} b", "a $y$ b"),
    (f"<p>a <span class=MathJax_Preview>x</span>{ASSISTED}{tex('y')}", "a $y$"),
    (f"<p>a</p><div class=MathJax_Display>{DRAWN}</div>{tex('x', display=True)}", "a\n\n$$x$$"),
    (f"<p>{tex('x')} {DRAWN}</p><p>{tex('y')}{DRAWN}{tex('z')}</p>", "$x$\n\n$y$$z$"),
    (f"<p><span class=MathJax_Preview>a</span> word {tex('b')}</p>", "a word $b$"),
    (tex("% <![CDATA[\n\\begin{align} x &= y \\\\ z &< 1 %]]>"), "$\\begin{align} x &= y \\\\\\ z &< 1$"),
    (tex("%<![CDATA[\na < b\n%]]&gt;"), "$a < b$"),
    (tex("a &lt; b &amp;&amp; c"), "$a < b && c$"),
    (tex("a % so\nb \\% c % d"), "$a b \\\\% c % d$"),
    (tex("\\text{for \\$5, $x$}"), "$\\text{for \\\\$5, $x$}$"),
    (tex("$x$"), "$x$"),
    (tex(" "), ""),
    ("<p>a <script type='math/asciimath'>sum_(i=1)^n</script> b</p>", "a `sum_(i=1)^n` b"),
    # letters that mean something in Markdown
    (tex("a_{1}*b*_c [d](e) <f> `g`"), "$a\\_{1}\\*b\\*\\_c [d\\](e) &lt;f> \\`g\\`$"),
    # KaTeX, MathJax 3 and 4, MathJax on servers, MediaWiki, LaTeXML
    (f"<p>a {katex('E=mc^2')} b</p>", "a $E=mc^2$ b"),
    (f"<p>{katex('a < b', display=True)}</p>", "$$a < b$$"),
    (f"<p>{katex('a')}{katex('b')} and {katex('c')}</p>", "$a$$b$ and $c$"),
    ("<p>a <mjx-container jax=CHTML><mjx-math data-latex='x^2'></mjx-math></mjx-container> b</p>", "a $x^2$ b"),
    (f"<p>a <mjx-container jax=SVG display=true>{LATEX}</mjx-container></p>", "a $$x_1$$"),
    (f"<p>a {COPIED}</p>", "a $A, B$"),
    (f"<p>a {LABELLED}</p>", "a $x^2$"),
    (f"<p>a {TITLED}</p>", "a $$x^2$$"),
    (f"<p>a {WIKI} b</p>", "a $x^{2}$ b"),
    ("<p><math class=ltx_Math alttext='x^{2}'><mi>x</mi></math></p>", "$x^{2}$"),
    ("<p><math alttext='{\\displaystyle a}+{b}'><mi>x</mi></math></p>", "${\\displaystyle a}+{b}$"),
    ("<p><math alttext='{\\displaystyle {a}+{b}}'><mi>x</mi></math></p>", "${a}+{b}$"),
    ("<p>a <math>\\frac{a}{b}</math></p>", "a $\\frac{a}{b}$"),
    # elements that are there for TeX: of Pandoc, comrak, Zola, Discourse, Zenn, Substack, AMP
    ("<p>a <span class='math inline'>x_1</span> <span class='math math-display'>y</span>", "a $x_1$ $$y$$"),
    ("<p>a <span data-math-style=inline>x</span> <span data-math-style=display>y</span>", "a $x$ $$y$$"),
    ("<div class=math>\nx^2\n</div>then", "$$x^2$$\n\nthen"),
    ("<p>a</p><embed-katex display-mode=1>x</embed-katex>", "a\n\n$$x$$"),
    ('<div class=latex-rendered data-attrs=\'{"persistentExpression":"x_{1}"}\'></div>', "$$x\\_{1}$$"),
    ("<p><amp-mathml data-formula='\\[x\\]'></amp-mathml></p>", "\\\\[x\\\\]"),
    # marks of its own are enough
    ("<p><span class='math inline'>\\(x\\)</span> <span class=math>$y$</span></p>", "\\\\(x\\\\) $y$"),
    ("<div class=math>\\begin{equation} x \\end{equation}</div>", "\\begin{equation} x \\end{equation}"),
    ("<p>so \\begin{align} x \\\\ y \\end{align}</p>", "so \\begin{align} x \\\\\\ y \\end{align}"),
]


@pytest.mark.parametrize(("html", "expected"), WITH_TEX)
def test_tex_is_kept_where_there_is_some(html: str, expected: str) -> None:
    assert markdown(html) == expected
    assert shown(html) == markup.to_html(expected).rstrip("\n")


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <span class=math>Mathematics</span> <span class='math inline'><em>x</em></span></p>",
        "<div class=katex>words <math><mi>x</mi></math> words</div>",
        "<div class=MathJax><math><mi>x</mi></math><math><mi>y</mi></math></div>",
        "<p>a <span class=MathJax_Preview>words</span> b</p>",
        "<p data-latex='x'>words</p>",
        "<p>a <img class=latex alt='x^2' src=https://s0.wp.example/latex.php></p>",
        "<div data-attrs=persistentExpression>words</div><p data-attrs='[\"persistentExpression\"]'>words</p>",
    ],
)
def test_words_beside_formulas_stay(html: str) -> None:
    page = turbohtml.parse_fragment(shown(html))
    assert "".join(page.text.split()) == "".join(turbohtml.parse_fragment(html).text.split())
    assert len(page.find_all("img")) == html.count("<img")


GROUPS = (
    "<g data-mml-node=msubsup><g data-mml-node=mi><path data-c=1D465></path></g><g data-mml-node=TeXAtom>"
    "<g data-mml-node=mn><path data-c=32></path></g></g><g data-mml-node=mi><use data-c=1D456></use></g></g>"
    "<g data-mml-node=mo><path data-c=239B></path><path data-c=239D></path></g><g data-mml-node=mfrac>"
    "<g data-mml-node=mi><path data-c=64></path></g><g data-mml-node=msqrt><g><g data-mml-node=mn><path data-c=32 />"
    "</g></g><g data-mml-node=mo><path data-c=221A /></g><rect /></g></g><g data-mml-node=mtext><text>文</text>"
)
REDRAWN = (
    '<math alttext="x_i^2(d¦√2 文"><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup><mo>(</mo><mfrac linethickness="0">'
    "<mi>d</mi><msqrt><mn>2</mn></msqrt></mfrac><mtext>文</mtext></math>"
)
STYLED = (
    "<math display=block href=a class=b style=c><mi mathvariant=bold>v</mi><mo stretchy=false form=prefix>∈</mo>"
    "<mi mathvariant=double-struck>R</mi><mi mathvariant=fraktur>C</mi><mi mathvariant=normal>d</mi></math>"
)
LETTERS = (
    '<math display="block" alttext="𝐯∈ℝℭd"><mi>𝐯</mi><mo stretchy="false">∈</mo><mi>ℝ</mi><mi>ℭ</mi>'
    '<mi mathvariant="normal">d</mi></math>'
)
FENCES = "<math><mfenced><mi>x</mi><mi>y</mi></mfenced><mfenced open='[' separators=';'>1<mn>2</mn></mfenced></math>"
OPERATORS = (
    '<math alttext="(x,y)[1;2)"><mrow><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo></mrow>'
    "<mrow><mo>[</mo><mtext>1</mtext><mo>;</mo><mn>2</mn><mo>)</mo></mrow></math>"
)
UNSEEN = (
    "<math><mtext>if <b>a</b></mtext><mtext><img src=x><style>b</style></mtext><mphantom><mi>c</mi></mphantom>"
    "<mo>&#x2062;</mo><mspace width='1em'/><mspace width='-9em'/><merror>d</merror></math>"
)
SEEN = '<math alttext="if a d"><mtext>if a</mtext><mspace width="1em"></mspace><mtext>d</mtext></math>'
GAPS = "<math><msup><mi>x</mi><none/></msup><msup><mi>y</mi></msup><msup><mphantom>z</mphantom><mn>2</mn></msup></math>"
EMPTY = (
    '<math alttext="x y^2"><msup><mi>x</mi><mrow></mrow></msup><mi>y</mi><msup><mrow></mrow><mn>2</mn></msup></math>'
)
WITHOUT_TEX = [
    (SQUARE, WRITTEN),
    (f"<mjx-container><mjx-math>x2</mjx-math><mjx-assistive-mml>{SQUARE}</mjx-assistive-mml></mjx-container>", WRITTEN),
    (f"<span class=MathJax_Preview>x2</span>{DRAWN}", WRITTEN),
    (f"<span class=MathJax_Preview>x2</span>{ASSISTED}", WRITTEN),
    (f"{DRAWN} {DRAWN}{ASSISTED}", f"{WRITTEN} {WRITTEN}{WRITTEN}"),
    (f"<script type='math/mml'>{SQUARE}</script>", WRITTEN),
    (f"<span class=MathJax_Preview></span>{DRAWN}<script type='math/mml'>{SQUARE}</script>", WRITTEN),
    ("<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>", WRITTEN),
    (SQUARE.replace("<math>", "<math alttext='x squared'><mrow><mrow>").replace("<mi>", "<mi> \n"), WRITTEN),
    (f"<math><semantics>{SQUARE[6:-7]}<annotation encoding=text>x</annotation></semantics></math>", WRITTEN),
    ("<math><apply><power/><ci>x</ci><cn>2</cn></apply></math>", WRITTEN),
    (f"<math><semantics><apply></apply><annotation-xml encoding=MathML-Presentation>{SQUARE[6:-7]}</math>", WRITTEN),
    (f"<mjx-container jax=SVG><svg><g><g data-mml-node=math>{GROUPS}</g></g></svg></mjx-container>", REDRAWN),
    (STYLED, LETTERS),
    (FENCES, OPERATORS),
    (UNSEEN, SEEN),
    (GAPS, EMPTY),
    ("<math><mi>&#1;</mi><mi>x</mi></math>", '<math alttext="x"><mi>x</mi></math>'),
    ("<svg><g data-mml-node=math><g data-mml-node=mi><path data-c=D800 /><path data-c=g /></g></g></svg>", ""),
]


@pytest.mark.parametrize(("html", "expected"), WITHOUT_TEX)
def test_mathml_without_tex_is_what_browsers_draw(html: str, expected: str) -> None:
    assert shown(f"<p>a {html}; b</p>") == f"<p>a {expected}; b</p>"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=m c^2"),
        ("<mn>2</mn><mi>x</mi><mi>y</mi><mn>3</mn><mi>sin</mi><mi>z</mi>", "2xy 3 sin z"),
        ("<mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "1/(a+1)"),
        ("<msup><mi>e</mi><mrow><mi>k</mi><mi>t</mi></mrow></msup>", "e^(kt)"),
        ("<msup><mrow><mi>a</mi><mi>b</mi></mrow><mn>10</mn></msup>", "(ab)^10"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>", "(a)^2"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><mroot><mi>y</mi><mn>3</mn></mroot>", "√(x+1)y^(1/3)"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑_(i=1)^n"),
        ("<mover accent=true><mi>x</mi><mo>¯</mo></mover><msup><mi>f</mi><mo>′</mo></msup>", "x¯f′"),
        ("<mo>[</mo><mtable><mtr><mtd>a</mtd><mtd>b</mtd></mtr><mtr><mtd>c</mtd></mtr></mtable><mo>]</mo>", "[a b; c]"),
        ("<mmultiscripts><mi>C</mi><mn>1</mn><none/><mprescripts/><mn>6</mn><mn>12</mn></mmultiscripts>", "_6^12C_1"),
        ("<apply><eq/><apply><plus/><ci>a</ci><cn>2</cn></apply><apply><sin/><ci>x</ci></apply></apply>", "a+2=sin(x)"),
    ],
)
def test_a_formula_reads_as_people_type_it(row: str, expected: str) -> None:
    html = shown(f"<p>So <math>{row}</math>.</p>")
    for read in (markup.text, markup.description, markup.signature):
        assert read(html) == f"So {expected}."


def test_a_formula_stands_wherever_text_does() -> None:
    assert markdown(f"<h2>A {SQUARE}</h2>") == f"## A {WRITTEN}"
    assert markdown(f"<p><a href=/b>{SQUARE}</a>") == f"[{WRITTEN}](https://example.org/b)"
    assert markdown(f"<ul><li>{SQUARE}</ul>{SQUARE}") == f"- {WRITTEN}\n\n{WRITTEN}"
    assert markdown(f"<pre>a {SQUARE}\nb</pre>") == "```\na x^2\nb\n```"
    table = "<table><tr><th>a<th>b<tr><td><math><mo>|</mo><mi>x</mi><mo>|</mo></math><td>c</table>"
    assert '<math alttext="&#124;x&#124;"><mo>\\|</mo>' in markdown(table)
    assert '<math alttext="|x|"><mo>|</mo>' in shown(table)


def test_a_person_may_correct_a_formula_and_its_words_follow() -> None:
    corrected = f"So {WRITTEN.replace('<mn>2', '<mn>3')}."
    assert markup.to_html(corrected).rstrip("\n") == f"<p>So {WRITTEN.replace('2', '3')}.</p>"


LEAVES = st.sampled_from(
    [
        *(f"<mo>{sign}</mo>" for sign in ("*", "&lt;", "_", "|", "\\", "[", "]", "(", "`", "&amp;")),
        *("<mi>x</mi>", "<mn>2</mn>", "<mtext>a `b</mtext>", "y", "<mi mathvariant=bold>v</mi>"),
        *("<none/>", "<mprescripts/>", "<mspace width=1em></mspace>"),
    ]
)
NAMES = st.sampled_from(
    "mrow msup msub msubsup mfrac msqrt mroot munder mover munderover mmultiscripts mtable mtr mtd mstyle mpadded "
    "mfenced semantics maction merror menclose apply math foo".split()
)
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda name, attrs, parts: f"<{name}{attrs}>{''.join(parts)}</{name}>",
        NAMES,
        st.sampled_from(("", " displaystyle=true", " display=block", " linethickness=0", " accent=true")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)
PLACES = ("<p>a %s b", "%s", "<h3>%s</h3>", "<table><tr><th>a<th>b<tr><td>%s<td>c</table>", "<a href=/b>%s</a>")


@settings(max_examples=400, deadline=None)
@given(FORMULAS, st.sampled_from(PLACES))
def test_any_formula_comes_back(formula: str, place: str) -> None:
    page = turbohtml.parse_fragment(shown(place % f"<math>{formula}</math>"))
    assert all(one.attr("alttext") for one in page.find_all("math") if one.text.strip())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab12\\{}_^*&$~`<>[]()!|#+-.= \n", max_size=30).filter(lambda said: said.strip(" $\n")))
def test_any_tex_comes_back(source: str) -> None:
    said = turbohtml.parse_fragment(shown(f"<p>a {katex(source)} b</p>")).text
    assert said.replace("$", "").split()[1:-1] == source.replace("$", "").split()


_READ_AGAIN = """([name, html]) => {
    document.title = name;
    for (let time = 0; time < 3; time += 1) {
        document.body.innerHTML = html;
        html = document.body.innerHTML;
        const strange = [...document.body.querySelectorAll('math *')].some(one => !one.namespaceURI.endsWith('MathML'));
        if (strange && name !== 'raw') ran.push('strange ' + name);
    }
}"""


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
class TestInABrowser:
    """What only a browser can say."""

    def test_it_draws_what_is_kept(self, chromium: Browser) -> None:
        page = chromium.new_page()
        page.set_content(shown(f"<p>{SQUARE} <math><mfrac><mn>1</mn><mn>3</mn></mfrac></math></p>"))
        tops = "tag => document.querySelector(tag).getBoundingClientRect().top"
        assert page.evaluate(tops, "msup mn") < page.evaluate(tops, "msup mi")
        assert page.evaluate(tops, "mfrac mn") < page.evaluate(tops, "mfrac mn + mn") - 3
        page.close()

    def test_no_payload_becomes_another_when_read_and_written_again(self, chromium: Browser) -> None:
        page = chromium.new_page()
        page.set_content("<body></body>")
        page.evaluate("() => { window.ran = []; window.run = () => ran.push(document.title); }")
        for number, payload in enumerate(PAYLOADS):
            armed = payload.replace("x()", "run()")
            clean = cleaned(armed)
            for html in (clean, markup.to_html(markup.to_markdown(clean)), markup.to_html(armed)):
                page.evaluate(_READ_AGAIN, [str(number), html])
        page.evaluate(_READ_AGAIN, ["raw", "<math><mtext><img src=x onerror=run()></mtext></math>"])
        page.wait_for_function("() => ran.length")
        assert set(page.evaluate("() => ran")) == {"raw"}
        page.close()
