"""Code in colours: the words stay what they were, nothing but our own spans comes in, and long lines are left alone."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import markup, site
from generator.markup.highlight import LONGEST, WIDEST, coloured
from tests.support.sample_site import make_post

LANGUAGES = st.sampled_from(
    "bash c c++ css diff go html ini java js json lisp makefile perl php python ruby rust sh sql toml xml".split()
)
CODE = st.text(max_size=200) | st.text(alphabet="<>&\"'/*#$-+@{}()[]\\ \n\tabc01", max_size=200)


def block(language: str, code: str) -> str:
    return markup.to_html(f"`````{language}\n{code}\n`````\n")


@given(LANGUAGES, CODE)
def test_colours_change_no_word_and_add_only_their_own_spans(language, code):
    plain = block(language, code)
    shown = coloured(plain)
    bare = re.sub(r'<span class="[a-z]">|</span>', "", shown)
    assert re.findall("<[^>]*>", bare) == re.findall("<[^>]*>", plain)
    assert unescape(bare) == unescape(plain)


def test_known_languages_are_coloured_in_classes_that_the_stylesheet_knows():
    shown = coloured(block("python", '@cached\ndef one(x):\n    return "a" + 1  # why'))
    assert '<span class="a">@cached</span>' in shown
    assert '<span class="k">def</span> <span class="f">one</span>' in shown
    assert '<span class="s">"a"</span>' in shown
    assert '<span class="c"># why</span>' in shown


def test_what_came_and_went_in_a_diff_differs():
    assert '<span class="d">-old</span>' in coloured(block("diff", "-old\n+new"))
    assert '<span class="i">+new</span>' in coloured(block("diff", "-old\n+new"))


@pytest.mark.parametrize(
    "html", ["<p>def</p>", "<pre><code>def x(): pass</code></pre>", block("no-such-language", "def")]
)
def test_without_a_known_language_nothing_changes(html):
    assert coloured(html) == html


@pytest.mark.parametrize("code", ["x = 1\n" * (LONGEST // 6 + 1), "x" * (WIDEST + 1)])
def test_what_is_very_long_is_left_as_it_is(code):
    assert coloured(block("python", code)) == block("python", code)


def test_pages_have_colours_and_feeds_have_none():
    body = site.render_body(make_post(body='```sh\necho "a" # b\n```\n'))
    assert 'class="c"' in body.whole
    assert 'class="c"' in body.shown
    assert "span" not in body.html
