"""Images of strangers' pages: each once, wherever a page hid it; a way to the original where it has no address."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup
from generator.markup.cleaning.images import key, largest

BASE = "https://example.org/blog/"
PAGE = "https://example.org/blog/post/"
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4"
    "2mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FLAT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAASwAAADIAQMAAABqpyzUAAAAA1BMVEUAAACnej3aAAAAAXRSTlMAQObYZgAAAB5J"
PLOT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljN"
EMPTY = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%20300%20200'%3E%3C/svg%3E"
DRAWN = "data:image/svg+xml,%3Csvg%20viewBox='0%200%20300%20200'%3E%3Cpath%20d='M0%200L9%209'/%3E%3C/svg%3E"
A = '<p><img src="https://example.org/a.jpg" alt=""></p>'


def clean(html: str, *, base: str = BASE, page: str = PAGE) -> str:
    return markup.clean(html, base=base, page=page).html


HIDDEN = [
    f'<img src="{DOT}" data-lazy-src="/a.jpg">',
    '<img src="/lazy-images/images/1x1.trans.gif" data-lazy-src="/a.jpg">',
    '<img src="about:blank" data-original="/a.jpg">',
    '<img data-image="/a.jpg" data-image-dimensions="600x400" data-image-title="b.jpg">',
    f'<img src="{EMPTY}" nitro-lazy-src="/a.jpg">',
    '<img src="/x/spacer.gif" data-flickity-lazyload="/a.jpg">',
    '<img src="/x/p.gif" data-src-retina="/a.jpg">',
    f'<img src="{DOT}" data-cfsrc="/a.jpg">',
    f'<img src="{DOT}" data-pagespeed-lazy-src="/a.jpg">',
    f'<img src="{DOT}" data-thumb="/t.jpg" data-permalink="/page/" data-orig-file="/a.jpg">',
    f'<img srcset="{DOT} 1w" data-lazy-srcset="/s.jpg 300w, /a.jpg 600w">',
    '<img src="/none.gif" zoomfile="/a.jpg">',
    '<img src="/placeholder.jpg" data-src="/a.jpg">',
    f'<img src="{DOT}" data-noscript=\'&lt;img src="/a.jpg"&gt;\'>',
    '<picture><source srcset="/s.jpg 1x, /a.jpg 2x"></picture>',
    f'<picture><source data-srcset="/a.jpg"><img src="{DOT}"></picture>',
    '<div class="lazy" data-bg="/a.jpg"></div>',
    "<div style=\"height: 9em; background: #fff url('/a.jpg') center/cover\"></div>",
]


@pytest.mark.parametrize("html", HIDDEN)
def test_an_image_is_found_wherever_a_page_hides_it(html: str) -> None:
    assert clean(html) == A


ONCE = [
    '<img class="lazy" data-src="/a.jpg"><noscript><img src="/a.jpg?resize=300"></noscript>',
    '<noscript><img src="/a.jpg?x=1"></noscript><img data-src="/a.jpg" data-image="/a.jpg">',
    '<img src="/a.jpg"><noscript><img src="/a-300x200.jpg"></noscript>',
    '<img src="/a.jpg"><noscript><img src="https://i0.wp.com/example.org/a.jpg?ssl=1"></noscript>',
    '<img src="/a.jpg"><noscript><img src="https://cdn.example/w:300/https://example.org/a.jpg"></noscript>',
    '<img src="/a.jpg"><noscript>&lt;img src="/a.jpg?w=9"&gt;</noscript>',
    '<p><img src="/a.jpg"></p><noscript><img src="/_next/image?url=%2Fa.jpg&amp;w=640"></noscript>',
    f'<img src="{DOT}"><noscript><img src="/a.jpg"></noscript>',
    f'<p><img src="{DOT}"></p><noscript><p><img src="/a.jpg"></p></noscript>',
    f'<img src="{DOT}"><noscript>&lt;img src=&quot;/a.jpg&quot;&gt;</noscript>',
    f'<img aria-hidden="true" src="{PLOT}"><img src="/a.jpg">',
    f'<img src="{PLOT}" alt=""><picture><source srcset="/a.webp"><img data-src="/a.jpg"></picture>',
    '<div data-src="/a.jpg"></div><img src="/a.jpg">',
    '<div data-src="/a.jpg"><div style="background:url(/a.jpg)"></div></div>',
]


@pytest.mark.parametrize("html", ONCE)
def test_no_image_is_shown_twice(html: str) -> None:
    assert clean(html) == A


TWO = [
    '<img src="/a.jpg"><noscript><img src="/b.jpg"></noscript>',
    '<img src="/1/a.jpg"><p>b</p><p>c</p><noscript><img src="/2/a.jpg"></noscript>',
    '<img src="/i.php?id=1"><noscript><img src="/i.php?id=2"></noscript>',
    f'<p>Plot: <img src="{PLOT}"></p><noscript><img src="/b.jpg"></noscript><img src="/a.jpg">',
]


@pytest.mark.parametrize("html", TWO)
def test_images_that_differ_stay_two(html: str) -> None:
    found = clean(html)
    assert found.count("<img") + found.count("Picture in the original") == len(re.findall("<img", html))


def test_what_noscript_says_is_shown() -> None:
    assert clean("<noscript>&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;</noscript>") == "<p>a <strong>b</strong></p>"
    assert clean("<noscript>1 &lt; 2</noscript>") == "<p>1 &lt; 2</p>"
    assert clean("<noscript>a<noscript>b</noscript></noscript>") == "<p>ab</p>"


UNTOUCHED = ["/image.png?w=300", "/gray-wolf.png", "/loading.jpg", "/i/pixel-art.gif", "/a"]


@pytest.mark.parametrize("source", UNTOUCHED)
def test_an_image_with_an_address_keeps_it(source: str) -> None:
    html = f'<img src="{source}" srcset="/b.png 600w" data-orig-file="/c.png" data-id="7">'
    assert clean(html) == f'<p><img src="https://example.org{source}" alt=""></p>'


def test_an_image_without_an_address_is_what_its_link_leads_to() -> None:
    assert clean(f'<a href="/a.jpg"><img src="{DOT}" alt="b"></a>') == (
        '<p><a href="https://example.org/a.jpg"><img src="https://example.org/a.jpg" alt="b"></a></p>'
    )


NOTHING = [DOT, PIXEL, FLAT, EMPTY, "about:blank", "data:image/webp;base64,UklGRiIAAABXRUJQVlA4", "/img/1x1.gif"]


@pytest.mark.parametrize("source", NOTHING)
def test_a_picture_of_nothing_leaves_nothing(source: str) -> None:
    assert clean(f'a<img src="{source}">') == "<p>a</p>"


PICTURES = [PLOT, DRAWN, "data:", "data:image/png;base64,iVBORw0KGgo=", "data:image/jpeg;base64,/9j/4AAQ" + 90 * "SkZJ"]


@pytest.mark.parametrize("source", PICTURES)
def test_a_picture_within_the_text_leads_to_the_original(source: str) -> None:
    link = f'<a href="{PAGE}">Picture in the original</a>'
    assert clean(f'<p>Plot:</p><img src="{source}"><p>b</p>') == f"<p>Plot:</p>\n<p>{link}</p>\n<p>b</p>"
    assert link.replace(PAGE, BASE) in clean(f'<img src="{source}">', page="")
    assert clean(f'<img src="{source}">', page="", base="") == "<p>(Picture in the original)</p>"


def test_its_description_is_kept_and_leads_there() -> None:
    assert clean('<img src="data:" alt="a plot">') == f'<p><a href="{PAGE}">a plot</a></p>'
    assert clean(f'<img src="{DOT}" alt=":)">') == "<p>:)</p>"
    assert clean('<a href="/x"><img src="data:"></a>') == (
        '<p><a href="https://example.org/x">Picture in the original</a></p>'
    )


DRAWINGS = [
    '<svg viewBox="0 0 10 10"><text x="1" y="1">Client → Server</text></svg>',
    '<svg width="300" height="200"><path d="M0 0"/></svg>',
    '<svg width="206pt" height="188pt"><g><title>G</title><path d="M0 0"/></g></svg>',
    '<svg viewBox="0 0 800 400"><rect/><rect/><g><line/></g></svg>',
    '<svg style="width: 20em" class="chart"><circle/></svg>',
    "<svg><foreignObject><p>Start</p></foreignObject></svg>",
    "<svg width=400 height=300><svg><text>a</text></svg></svg>",
]


@pytest.mark.parametrize("html", DRAWINGS)
def test_a_drawing_that_says_something_leads_to_the_original(html: str) -> None:
    assert clean(f"a{html}") == f'<p>a<a href="{PAGE}">Picture in the original</a></p>'


def test_the_title_of_a_drawing_is_kept() -> None:
    assert markup.text(clean("<svg width=99 height=99><title>Flow</title><path/></svg>")) == (
        "Picture in the original: Flow"
    )


ICONS = [
    '<svg width="16" height="16"><path d="M0 0"/></svg>',
    '<svg viewBox="0 0 512 512"><path d="M0 0"/></svg>',
    '<svg width="1em" height="1em"><title>GitHub</title><path/></svg>',
    '<svg class="icon" width="64" height="64"><path/></svg>',
    '<svg style="display:none"><symbol id="a"><text>b</text></symbol></svg>',
    '<svg width="0" height="0"><defs><path/></defs></svg>',
    '<svg aria-hidden="true" width="600" height="600"><path/></svg>',
    '<svg width="600" height="2"><path/></svg>',
    "<svg></svg>",
]


@pytest.mark.parametrize("html", ICONS)
def test_icons_go(html: str) -> None:
    assert clean(f"a{html}") == "<p>a</p>"
    assert clean(f'<h2>a{html}</h2><a href="/b">{html}c</a>') == (
        '<h2>a</h2>\n<p><a href="https://example.org/b">c</a></p>'
    )


def test_the_largest_of_a_set_is_found_as_browsers_read_it() -> None:
    assert largest("a.jpg 300w, b.jpg 600w,c.jpg 450w") == "b.jpg"
    assert largest("w_300,h_200/a.jpg 1x, w_600,h_400/a.jpg 2x") == "w_600,h_400/a.jpg"
    assert largest("a.jpg") == "a.jpg"
    assert largest("a.jpg, b.jpg 1.5x") == "b.jpg"
    assert largest(" , ") == ""


def test_a_set_that_is_none_costs_no_time() -> None:
    hostile = ("a" * 19_990 + " b c ") * 50
    assert clean(f'<img src="/a.jpg" srcset="{hostile}">') == A
    assert largest(hostile) == "a" * 19_990


SIZES = st.sampled_from(["", "-300x200", "-1024x768", "-scaled", "@2x"])
SERVERS = st.sampled_from(["", "//i0.wp.com/e.org", "https://cdn.example/q:80/https://e.org"])


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"[a-z]{1,9}", fullmatch=True), SIZES, SERVERS, st.sampled_from(["", "?w=3", "?ssl=1#x"]))
def test_all_copies_of_an_image_have_one_key(name: str, size: str, server: str, query: str) -> None:
    assert key(f"{server or 'http://www.e.org'}/x/{name}{size}.jpg{query}") == key(f"https://e.org/x/{name}.jpg")


IMAGES = st.sampled_from(["/a.jpg", "/b.jpg?x=1", "/c.jpg", DOT, PLOT, ""])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(IMAGES, IMAGES, st.booleans()), max_size=4))
def test_every_image_that_stood_somewhere_is_shown(images: list[tuple[str, str, bool]]) -> None:
    html = "".join(
        f'<p><img src="{src}" data-src="{lazy}"></p>' + (f'<noscript><img src="{src}"></noscript>' if also else "")
        for src, lazy, also in images
    )
    shown = clean(html)
    for src, lazy, _ in images:
        for address in (src, lazy if src in (DOT, PLOT, "") else src):
            assert not address.startswith("/") or f'src="https://example.org{address}"' in shown
    assert clean(shown) == shown
