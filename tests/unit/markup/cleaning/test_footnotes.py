"""Footnotes and sidenotes of all tools → numbered references and one section, and links that are none → left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup

BASE = "https://example.org/post/"


def markdown(html: str) -> str:
    return markup.to_markdown(markup.clean(html, base=BASE).html).removesuffix("\n")


TWO = {
    "kramdown": (
        '<p>one<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup>'
        ' two<sup id="fnref:x" role="doc-noteref"><a href="#fn:x" class="footnote">2</a></sup> end</p>'
        '<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>A. '
        '<a href="#fnref:1" class="reversefootnote" role="doc-backlink">&#8617;</a></p></li>'
        '<li id="fn:x"><p>B. <a href="#fnref:x" class="reversefootnote">&#8617;</a></p></li></ol></div>'
    ),
    "markdown-it": (
        '<p>one<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> two<sup class="footnote-ref">'
        '<a href="#fn2" id="fnref2">[2]</a></sup> end</p><hr class="footnotes-sep"><section class="footnotes">'
        '<ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>A. <a href="#fnref1" '
        'class="footnote-backref">↩︎</a></p></li><li id="fn2" class="footnote-item"><p>B. <a href="#fnref2" '
        'class="footnote-backref">↩︎</a></p></li></ol></section>'
    ),
    "remark": (
        '<p>one<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref="true" '
        'aria-describedby="footnote-label">1</a></sup> two<sup><a href="#user-content-fn-b" '
        'id="user-content-fnref-b">2</a></sup> end</p><section data-footnotes="true" class="footnotes">'
        '<h2 class="sr-only" id="footnote-label">Footnotes</h2><ol><li id="user-content-fn-1"><p>A. '
        '<a href="#user-content-fnref-1" data-footnote-backref="" class="data-footnote-backref">↩</a></p></li>'
        '<li id="user-content-fn-b"><p>B. <a href="#user-content-fnref-b">↩</a></p></li></ol></section>'
    ),
    "pandoc": (
        '<p>one<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> two'
        '<a href="#fn2" class="footnote-ref" id="fnref2"><sup>2</sup></a> end</p>'
        '<section id="footnotes" class="footnotes footnotes-end-of-document"><hr><ol><li id="fn1"><p>A.'
        '<a href="#fnref1" class="footnote-back">↩︎</a></p></li><li id="fn2"><p>B.<a href="#fnref2" '
        'class="footnote-back">↩︎</a></p></li></ol></section>'
    ),
    "pandoc, in the margin": (
        '<p>one<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> two'
        '<a href="#fn2" class="footnote-ref" id="fnref2"><sup>2</sup></a> end</p><div class="no-row-height '
        "column-margin "
        'column-container"><div id="fn1"><p><sup>1</sup>&nbsp;A.</p></div><div '
        'id="fn2"><p><sup>2</sup>&nbsp;B.</p></div>'
        "</div>"
    ),
    "asciidoctor": (
        '<p>one<sup class="footnote">[<a id="_footnoteref_1" class="footnote" href="#_footnotedef_1" '
        'title="View">1</a>]'
        '</sup> two<sup class="footnote">[<a id="_footnoteref_2" class="footnote" href="#_footnotedef_2">2</a>]</sup>'
        ' end</p><div id="footnotes"><hr><div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. '
        "A.</div>"
        '<div class="footnote" id="_footnotedef_2"><a href="#_footnoteref_2">2</a>. B.</div></div>'
    ),
    "docutils, lists": (
        '<p>one <a class="footnote-reference brackets" href="#id3" id="id1">1</a> two <a class="footnote-reference '
        'brackets" href="#id4" id="id2">2</a> end</p><dl class="footnote brackets"><dt class="label" id="id3">'
        '<span class="brackets"><a class="fn-backref" href="#id1">1</a></span></dt><dd><p>A.</p></dd><dt class="label" '
        'id="id4"><span class="brackets">2</span><span class="fn-backref">(<a '
        'href="#id2">1</a>)</span></dt><dd><p>B.</p>'
        "</dd></dl>"
    ),
    "docutils, asides": (
        '<p>one <a class="footnote-reference brackets" href="#f1" id="id1" role="doc-noteref"><span '
        'class="fn-bracket">['
        '</span>1<span class="fn-bracket">]</span></a> two <a href="#f2" id="id2" role="doc-noteref">2</a> end</p>'
        '<aside class="footnote-list brackets"><aside class="footnote brackets" id="f1" role="doc-footnote"><span '
        'class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#id1">1</a><span '
        'class="fn-bracket">]'
        '</span></span><p>A.</p></aside><aside class="footnote brackets" id="f2"><span class="label"><span>[</span>'
        '<a href="#id2">2</a><span>]</span></span><p>B.</p></aside></aside>'
    ),
    "docutils, tables": (
        '<p>one <a class="footnote-reference" href="#f1" id="id1">[1]</a> two <a class="footnote-reference" href="#f2" '
        'id="id2">[2]</a> end</p><table class="docutils footnote" frame="void" id="f1" '
        'rules="none"><colgroup><col><col>'
        '</colgroup><tbody><tr><td class="label"><a class="fn-backref" href="#id1">[1]</a></td><td>A.</td></tr></tbody>'
        '</table><table class="docutils footnote" id="f2"><tbody><tr><td class="label"><a href="#id2">[2]</a></td>'
        "<td>B.</td></tr></tbody></table>"
    ),
    "org": (
        '<p>one<sup><a id="fnr.1" class="footref" href="#fn.1" role="doc-backlink">1</a></sup> two<sup><a id="fnr.2" '
        'class="footref" href="#fn.2">2</a></sup> end</p><div id="footnotes"><h2 class="footnotes">Footnotes: </h2>'
        '<div id="text-footnotes"><div class="footdef"><sup><a id="fn.1" class="footnum" href="#fnr.1">1</a></sup> '
        '<div class="footpara" role="doc-footnote"><p class="footpara">A.</p></div></div><div class="footdef"><sup>'
        '<a id="fn.2" class="footnum" href="#fnr.2">2</a></sup> <div class="footpara"><p>B.</p></div></div></div></div>'
    ),
    "a wiki": (
        '<p>one<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span '
        'class="cite-bracket">[</span>1<span>]'
        '</span></a></sup> two<sup id="cite_ref-b_2-0" class="reference"><a href="#cite_note-b-2">[2]</a></sup>'
        '<sup id="cite_ref-b_2-1" class="reference"><a href="#cite_note-b-2">[2]</a></sup> end</p>'
        '<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b>'
        '</span> <span class="reference-text">A.</span></li><li id="cite_note-b-2"><span class="mw-cite-backlink">^ '
        '<a href="#cite_ref-b_2-0"><sup><i><b>a</b></i></sup></a> <a '
        'href="#cite_ref-b_2-1"><sup><i><b>b</b></i></sup></a>'
        '</span> <span class="reference-text">B.</span></li></ol>'
    ),
    "a newsletter": (
        '<p>one<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1-9" '
        'href="#footnote-1-9" target="_self">1</a> two<a class="footnote-anchor" id="footnote-anchor-2-9" '
        'href="#footnote-2-9">2</a> end</p><div class="footnote"><a id="footnote-1-9" href="#footnote-anchor-1-9" '
        'class="footnote-number" contenteditable="false">1</a><div class="footnote-content"><p>A.</p></div></div>'
        '<div class="footnote"><a id="footnote-2-9" href="#footnote-anchor-2-9" class="footnote-number">2</a>'
        '<div class="footnote-content"><p>B.</p></div></div>'
    ),
    "a forum of essays": (
        '<p>one<span class="footnote-reference" role="doc-noteref" id="fnrefx1"><sup><a '
        'href="#fnx1">[1]</a></sup></span>'
        ' two<span class="footnote-reference" id="fnrefx2"><sup><a href="#fnx2">[2]</a></sup></span> end</p>'
        '<ol class="footnote-section footnotes" role="doc-endnotes"><li class="footnote-item" id="fnx1">'
        '<span class="footnote-back-link"><sup><strong><a href="#fnrefx1">^</a></strong></sup></span>'
        '<div class="footnote-content"><p>A.</p></div></li><li class="footnote-item" id="fnx2"><span>'
        '<sup><strong><a href="#fnrefx2">^</a></strong></sup></span><div><p>B.</p></div></li></ol>'
    ),
    "easy footnotes": (
        '<p>one<span id="easy-footnote-1-7" class="easy-footnote-margin-adjust"></span><span class="easy-footnote">'
        '<a href="https://example.org/post/#easy-footnote-bottom-1-7" title="A."><sup>1</sup></a></span> two'
        '<span id="easy-footnote-2-7"></span><span class="easy-footnote"><a href="https://example.org/post/'
        '#easy-footnote-bottom-2-7" title="B."><sup>2</sup></a></span> end</p><ol class="easy-footnotes-wrapper">'
        '<li class="easy-footnote-single"><span id="easy-footnote-bottom-1-7"></span>A.<a class="easy-footnote-to-top" '
        'href="https://example.org/post/#easy-footnote-1-7"></a></li><li><span id="easy-footnote-bottom-2-7"></span>B.'
        '<a href="https://example.org/post/#easy-footnote-2-7"></a></li></ol>'
    ),
    "footnotes of a plug-in": (
        '<p>one<sup><a href="#footnote_1_7" id="identifier_1_7" class="footnote-link footnote-identifier-link" '
        'title="A.">'
        '1</a></sup> two<sup><a href="#footnote_2_7" id="identifier_2_7">2</a></sup> end</p><ol class="footnotes">'
        '<li id="footnote_1_7" class="footnote">A.<span class="footnote-back-link-wrapper"> [<a href="#identifier_1_7" '
        'class="footnote-link footnote-back-link">&#8617;</a>]</span></li><li id="footnote_2_7" class="footnote">B. '
        "[<a "
        'href="#identifier_2_7">&#8617;</a>]</li></ol>'
    ),
    "a block editor": (
        '<p>one<sup data-fn="9a-1" class="fn"><a href="#9a-1" id="9a-1-link">1</a></sup> two<sup data-fn="9a-2" '
        'class="fn"><a href="#9a-2" id="9a-2-link">2</a></sup> end</p><ol class="wp-block-footnotes"><li id="9a-1">A. '
        '<a href="#9a-1-link" aria-label="Jump to footnote reference 1">↩︎</a></li><li id="9a-2">B. '
        '<a href="#9a-2-link">↩︎</a></li></ol>'
    ),
    "a word processor": (
        '<p>one<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1" title=""><span '
        'class="MsoFootnoteReference">[1]</span></a> two<a href="#_ftn2" name="_ftnref2"><sup>[2]</sup></a> end</p>'
        '<div><br clear="all"><hr align="left" size="1"><div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" '
        'name="_ftn1"><span>[1]</span></a> A.</p></div><div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> '
        "B.</p>"
        "</div></div>"
    ),
    "documents in the cloud": (
        '<p>one<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> two<sup><a href="#ftnt2" '
        'id="ftnt_ref2">[2]</a></sup> '
        'end</p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> A.</span></p></div><div><p><a '
        'href="#ftnt_ref2" '
        'id="ftnt2">[2]</a><span> B.</span></p></div>'
    ),
    "by hand": (
        '<p>one <a name="r1"></a><a href="#n1">[i]</a> two <a name="r2"></a><a href="#n2">[ii]</a> end</p><p>'
        '<a name="n1"></a>[i] A. <a href="#r1">back</a><br><a name="n2"></a>[ii] B. <a href="#r2">back</a></p>'
    ),
    "by hand, without ways back": (
        '<p>one <sup><a href="#fn1">1</a></sup> two <sup><a href="#fn2">2</a></sup> end</p><hr /><p>[<a '
        'name="fn1">1</a>] A.'
        '</p><p><a name="fn2"></a><b>2</b> B.</p>'
    ),
    "rows of a table": (
        '<p>one<a id="r1" href="#n1">*</a> two<a id="r2" href="#n2">†</a> end</p><table><tr id="n1"><td><a '
        'href="#r1">*</a>'
        '</td><td>A.</td></tr><tr id="n2"><td><a href="#r2">†</a></td><td>B.</td></tr></table>'
    ),
    "margin toggles": (
        '<p>one<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1" '
        'class="margin-toggle"/><span class="sidenote">A.</span> two<label for="mn-2" '
        'class="margin-toggle">&#8853;</label>'
        '<input type="checkbox" id="mn-2" class="margin-toggle"/><span class="marginnote">B.</span> end</p>'
    ),
    "latexml": (
        '<p>one<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span '
        'class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag '
        'ltx_tag_note">1</span>A.</span></span></span> two<span id="footnote2" class="ltx_note"><sup>2</sup><span '
        'class="ltx_note_outer"><span class="ltx_note_content"><sup>2</sup>B.</span></span></span> end</p>'
    ),
    "modern footnotes": (
        '<p>one<sup class="modern-footnotes-footnote" data-mfn="1"><a href="javascript:void(0)" '
        'role="button">1</a></sup>'
        '<span role="tooltip" class="modern-footnotes-footnote__note" tabindex="0" data-mfn="1">A.</span> two<sup '
        'class="modern-footnotes-footnote" data-mfn="2"><a href="javascript:void(0)">2</a></sup><span '
        'class="modern-footnotes-footnote__note">B.</span> end</p>'
    ),
    "a span": '<p>one<span class="footnote">A.</span> two<span class="inline-footnote">B.</span> end</p>',
    "small": '<p>one<small class="sidenote">A.</small> two<sup>2</sup><small class="side-note">B.</small> end</p>',
    "links to the side": (
        '<p>one<sup><a href="#sn1">1</a></sup><span class="sidenote" id="sn1">A.</span> two<a href="#sn2">2</a>'
        '<span class="sidenote" id="sn2"><sup>2</sup> B.</span> end</p>'
    ),
    "numbered asides": (
        '<p>one<sup><a href="#sidenote-1">1</a></sup> two<sup><a href="#sidenote-2">2</a></sup> end</p>'
        '<aside class="sidenote" id="sidenote-1">1. A.</aside><aside class="sidenote" id="sidenote-2">2. B.</aside>'
    ),
}
SPACED = ("docutils", "by hand")


@pytest.mark.parametrize("tool", TWO)
def test_the_notes_of_all_tools_become_footnotes(tool: str) -> None:
    written = markdown(TWO[tool])
    gap = " " if tool.startswith(SPACED) else ""
    twice = "[^2]" if tool == "a wiki" else ""
    body, *notes = re.sub(r"\n+\*\*\*(?=\n)", "", written).split("\n\n")
    assert body == f"one{gap}[^1] two{gap}[^2]{twice} end"
    assert notes == ["[^1]: A.", "[^2]: B."]


MARKERS = {
    "words for a sign": (
        '<p>one <span class="sidenote"><label class="sidenote-label" for="a">two</label><input '
        'class="sidenote-checkbox" '
        'type="checkbox" id="a"/><span class="sidenote-content sidenote-right">A.</span></span> end</p>'
    ),
    "letters": (
        '<p>one two<sup><a id="ra" href="#na">a</a></sup> end</p><ol type="a"><li id="na">A. <a '
        'href="#ra">↑</a></li></ol>'
    ),
    "a note for a paragraph": '<p>one two end</p>\n<aside class="sidenote"><p>A.</p></aside>',
    "a note in the margin": (
        '<div class="page-columns"><p>one two end</p>\n<div class="no-row-height column-margin column-container"><div '
        'class=""><p>A.</p></div></div></div>'
    ),
    "a number at the end": '<p>one two end<sup>1</sup></p><aside class="sidenote">A.</aside>',
    "several to one": (
        '<p>one two<sup><a id="r1" href="#n1">1</a>, <a id="r2" href="#n1">1</a></sup> end</p><ul><li id="n1">'
        '<a href="#r1">^</a> <a href="#r2">^</a> A.</li></ul>'
    ),
}


@pytest.mark.parametrize("what", MARKERS)
def test_the_words_around_a_note_stay(what: str) -> None:
    body, note = markdown(MARKERS[what]).split("\n\n")
    assert re.sub(r"(?:, )?\[\^1\]", "", body) == "one two end"
    assert note == "[^1]: A."


NONE = {
    "a table of contents": '<ul><li><a id="t1" href="#s1">1</a></ul><div id="s1"><h2>A</h2><a href="#t1">^</a> b</div>',
    "an alphabet": '<p id="all"><a href="#a">a</a> <a href="#b">b</a></p><p id="a">A <a href="#all">back</a></p>',
    "a link elsewhere": '<p>see <a href="https://a.example/#n1">1</a></p><p id="n2">b</p>',
    "a box of its own": '<aside class="sidenote"><h3>Aside</h3><p>b</p></aside>',
    "a box with works": '<p>a</p><aside class="sidenote"><img src="/i.png"> b</aside>',
    "a box at the start": '<div class="sidenote">b</div><p>a</p>',
    "notes by hand": '<p>a*</p><p class="footnote">* b</p>',
    "a paragraph by that name": '<p>a</p><p><em class="footnote">b c</em></p>',
    "a picture in the margin": (
        '<p>a<label for="m" class="margin-toggle">&#8853;</label><input type="checkbox" id="m" class="margin-toggle"/>'
        '<span class="marginnote"><img src="/i.png">b</span></p>'
    ),
    "a task": '<ul><li><input type="checkbox"> a</li></ul>',
}


@pytest.mark.parametrize("what", NONE)
def test_what_is_no_note_is_left_alone(what: str) -> None:
    found = markup.clean(NONE[what], base=BASE)
    assert not {"footnotes", "sidenotes"} & set(found.rules)
    assert found.html.count("<a href") == NONE[what].count("<a ")
    assert "⊕" not in found.html


def test_a_reference_to_a_note_that_is_missing_is_not_taken_for_one_to_another() -> None:
    clean = markup.clean('<p>a<a href="#fn-1">1</a> b<span class="sidenote">A.</span></p>', base=BASE).html
    assert markup.clean(clean, base=BASE).html == clean
    assert markup.to_markdown(clean) == f"a[1]({BASE}#fn-1) b[^1]\n\n[^1]: A.\n"


def test_a_power_before_a_note_stays() -> None:
    html = '<p>10<sup>6</sup><span class="sidenote">A.</span> and x<sup>2</sup><span class="sidenote">B.</span></p>'
    assert "10<sup>6</sup>[^1]" in markdown(html)


def test_a_link_to_another_note_is_no_way_back() -> None:
    html = (
        '<p>one<sup id="r1"><a href="#f1">1</a></sup><sup id="r2"><a href="#f2">2</a></sup></p><ol><li id="f1">A. '
        '<a href="#r1">^</a></li><li id="f2">see <a href="#f1">1</a> and <a href="/x#r1">this</a> <a '
        'href="#r2">^</a></li></ol>'
    )
    assert markdown(html).endswith(f"[^2]: see [1]({BASE}#f1) and [this](https://example.org/x#r1)")


def test_a_reference_to_a_true_footnote_before_a_note_beside_stays() -> None:
    html = (
        '<p>one<sup id="r1"><a href="#f1">1</a></sup><span class="sidenote">B.</span></p><ol><li id="f1">A. '
        '<a href="#r1">^</a></li></ol>'
    )
    assert markdown(html) == "one[^1][^2]\n\n[^1]: A.\n\n[^2]: B."


@pytest.mark.parametrize(
    "html",
    [
        '<section class="footnotes"><p>a</p></section>',
        '<section class="footnotes"><ol><li id="fn1">a</li></ol></section>',
        '<section class="footnotes"><ol><li id="fn-1">a</li></ol>b</section>',
        '<section class="footnotes"><ol><li id="fn-1">a</li><li id="fn-1">b</li></ol></section>',
        '<p>a<sup id="fnref-1"><a href="#fn-1">b</a></sup></p>',
        '<p>a<sup id="fnref-1"><a href="#fn-1">1</a> b</sup></p>',
        '<p>a <a href="#fnref-1">the words</a></p>',
        '<p>a<sup id="fnref-1"><a href="#fn-1">1</a></sup></p>',
    ],
)
def test_what_only_has_the_form_of_footnotes_keeps_its_words(html: str) -> None:
    for clean in (markup.clean(html, base="").html, markup.clean(html, base=BASE).html):
        assert re.sub(r"\W", "", markup.text(clean)) == re.sub(r"<[^>]*>|\W", "", html)
        assert markup.text(markup.to_html(markup.to_markdown(clean))) == markup.text(clean)


TAGS = "div span p pre code table tr td th ol li sup a aside section small label dl dt dd b h2 details summary".split()
TAGS += ["figure", "em"]
CLASSES = (
    "sidenote footnote marginnote column-margin ln gutter line highlight language-x blob-num linenums footnotes".split()
)
STYLES = ["font-weight:bold", "user-select:none", "white-space:pre;font-family:monospace", "vertical-align:super"]
IDS = ["fn1", "fn2", "r1", "r2", "fn-1", "fnref-1"]
NAMED = st.tuples(
    st.sampled_from(TAGS),
    st.sampled_from(["", *(f' class="{name}"' for name in CLASSES), *(f' style="{style}"' for style in STYLES)]),
    st.sampled_from(["", "", *(f' id="{name}"' for name in IDS)]),
    st.sampled_from(["", *(f' href="#{name}"' for name in IDS), ' href="https://a.example/"']),
)
TREES = st.recursive(
    st.sampled_from(["W", "W", "1", "[1]", "^", "\n", "<br>", "<input type=checkbox>", "\n1\n2\n"]),
    lambda inner: st.tuples(NAMED, st.lists(inner, max_size=4).map("".join)).map(
        lambda pair: f"<{''.join(pair[0])}>{pair[1]}</{pair[0][0]}>"
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=3).map("".join), st.sampled_from(["", BASE]))
def test_no_name_or_style_makes_a_word_vanish(html: str, base: str) -> None:
    parts = html.split("W")
    html = parts[0] + "".join(f" w{number}x {part}" for number, part in enumerate(parts[1:]))
    clean = markup.clean(html, base=base).html
    page = markup.to_html(markup.to_markdown(clean))
    words = [sorted(re.findall(r"w\d+x", one)) for one in (html, clean, page)]
    assert words[0] == words[1] == words[2]
    assert markup.clean(clean, base=base).html == clean
    assert markup.signature(page) == markup.signature(clean)
