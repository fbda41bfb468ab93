"""A stranger's body → HTML of record: what each rule drops, what it must leave alone, and where addresses lead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup
from generator.markup.cleaning.rules import RULES

BASE = "https://example.org/blog/post/"


def clean(html: str, *, base: str = BASE, title: str = "") -> str:
    return markup.clean(html, base=base, title=title).html


CODE = bytes(0x54 ^ each for each in b"\0a@b.example").hex()
SHARING = (
    "<div class='sharedaddy sd-sharing-enabled'><h3 class=sd-title>Share this:</h3><ul><li class=share-facebook>"
    "<a href=/b><span>Share on Facebook</span></a></li><li class=share-end></li></ul></div>"
)
RELATED = "<div class=yarpp-related><h3>Related posts:</h3><ol><li><a href=/b>One</a><li><a href=/c>Two</a></ol></div>"
DROPPED = [
    ("scripts", "a<script>b()</script><style>c{}</style>", "<p>a</p>"),
    ("trackers", "a<img src=/i.gif width=1 height=1>", "<p>a</p>"),
    ("trackers", "a<img src='http://feeds.feedburner.com/~r/x/~4/y'>", "<p>a</p>"),
    ("trackers", "a<img src=/i.gif style='display:none'>", "<p>a</p>"),
    ("trackers", "a<iframe src='//www.googletagmanager.com/ns.html?id=1'></iframe>", "<p>a</p>"),
    ("fallbacks", "<noscript>a</noscript>", "<p>a</p>"),
    (
        "fallbacks",
        "<img class=lazy data-src=/a.png><noscript><img src=/a.png></noscript>",
        '<p><img src="https://example.org/a.png" alt=""></p>',
    ),
    ("widgets", "<p>a</p><div class='feedflare'>b</div>", "<p>a</p>"),
    ("widgets", f"<p>a</p>{SHARING}", "<p>a</p>"),
    ("widgets", f"<p>a</p>{RELATED}", "<p>a</p>"),
    ("anchors", "<h2>a <a class=headerlink href='#a'>¶</a></h2>", "<h2>a</h2>"),
    ("anchors", "<h2><a href='#a'><img src=/link.svg></a>a</h2>", "<h2>a</h2>"),
    ("anchors", "<h2>a <a href='#a'>#<span class=sr-only>Link to heading</span></a></h2>", "<h2>a</h2>"),
    ("anchors", "<div><h2>a</h2>\n<a href='#a'><span class=visually-hidden>On a</span></a></div>", "<h2>a</h2>"),
    ("anchors", "<p>a <a class=anchor-link href='#a'>¶</a></p>", "<p>a</p>"),
    ("hidden", "<p>a</p><p hidden>b</p><div style='color:red; DISPLAY :none !important'>c</div>", "<p>a</p>"),
    ("hidden", "<p>a</p><div style='font-size:0;max-height:0;mso-hide:all'>b</div>", "<p>a</p>"),
    ("counters", "<p>a</p><div class='post-views entry-meta'><span>Post Views:</span> <b>1,234</b></div>", "<p>a</p>"),
    ("counters", "<p>a</p><span id=busuanzi_container_page_pv>本文总阅读量<i></i>次</span>", "<p>a</p>"),
    ("counts", "<p>阅读 123</p><p>a</p><p>12 total views, 3 views today</p>", "<p>a</p>"),
    ("counts", "<div><p>a</p><p>Points: 42</p><p># Comments: 7</p></div>", "<p>a</p>"),
    ("counts", "<p>a</p><p><small>5 posts - 3 participants</small></p>", "<p>a</p>"),
    ("trackers", "a<img src='https://visitor-badge.laobi.icu/badge?page_id=b'>", "<p>a</p>"),
    (
        "emails",
        f"<a href=/cdn-cgi/l/email-protection class=__cf_email__ data-cfemail={CODE}>[email&#160;protected]</a>",
        '<p><a href="mailto:a@b.example">a@b.example</a></p>',
    ),
    ("emails", f"<a href='/cdn-cgi/l/email-protection#{CODE}'>a</a>", '<p><a href="mailto:a@b.example">a</a></p>'),
    ("emails", f"<b class=__cf_email__ data-cfemail={CODE}>[protected]</b>", "<p><strong>a@b.example</strong></p>"),
    ("emails", "<a href='/cdn-cgi/l/email-protection#zz'>a</a>", "<p>a</p>"),
    (
        "lightboxes",
        "<a class=lightbox href=/a.png><img src=/b.png><b class=meta>b <i class=informations>9×9 1 KB</i></b></a>",
        '<p><a href="https://example.org/a.png"><img src="https://example.org/b.png" alt=""></a></p>',
    ),
    ("footers", "<p>a</p><p>The post <a href=/a>A</a> appeared first on <a href=/>B</a>.</p>", "<p>a</p>"),
    (
        "footers",
        "<p>a</p><noscript>Please enable JavaScript to view the comments powered by Disqus.</noscript>",
        "<p>a</p>",
    ),
    (
        "sidenotes",
        "<p>a<span class=sidenote>b</span></p>",
        (
            '<p>a<sup id="fnref-1"><a href="#fn-1">1</a></sup></p>\n<section class="footnotes">\n<ol>\n<li id="fn-1">\n'
            '<p>b <a href="#fnref-1">↩</a></p>\n</li>\n</ol>\n</section>'
        ),
    ),
    (
        "forms",
        "<ul><li><input type=checkbox checked>a<li><input type=checkbox>b</ul>",
        "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>",
    ),
    (
        "forms",
        "<ul><li><p><label><input type=checkbox> a</label><li>b",
        "<ul>\n<li><p>☐ a</p></li>\n<li><p>b</p></li>\n</ul>",
    ),
    (
        "forms",
        "<p>a<label for=b>⊕</label><input type=checkbox id=b> c</p><li>d <input type=checkbox>",
        "<p>a c</p>\n<p>d</p>",
    ),
    ("forms", "a<button>Copy</button>", "<p>a</p>"),
    ("forms", "<h3><button>What is it?</button></h3><p>a", "<h3>What is it?</h3>\n<p>a</p>"),
    ("forms", "<select><option>a<h3>b</h3><p>c", "<p>a</p>\n<h3>b</h3>\n<p>c</p>"),
    ("emoji", "a<img class=emoji alt=😀 src=/e.png>", "<p>a😀</p>"),
    ("formulas", "<math><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></math>", "<p>$x^2$</p>"),
    (
        "gutters",
        "<table><tr><td class=gutter><pre>1\n2</pre><td class=code><pre>a\nb</pre></table>",
        "<pre><code>a\nb\n</code></pre>",
    ),
    (
        "code-links",
        "<pre><code class=language-c><a href=/f>f</a>()</code></pre>",
        '<pre><code class="language-c">f()\n</code></pre>',
    ),
    ("tracking", "<a href='/a?utm_source=b&c=d'>e</a>", '<p><a href="https://example.org/a?c=d">e</a></p>'),
    ("links", "<a href='javascript:a()'>b</a>", "<p>b</p>"),
    ("images", "<img src='data:image/png;base64,AA' alt='b'>", "<p>b</p>"),
    (
        "sizes",
        "<img src=/a-300x200.jpg width=300 height=200>",
        '<p><img src="https://example.org/a-300x200.jpg" alt=""></p>',
    ),
    ("sizes", "<img src=/a.jpg width=1024 height=99>", '<p><img src="https://example.org/a.jpg" alt=""></p>'),
    ("title", "<h1>A  Title</h1><p>b</p>", "<p>b</p>"),
    ("escaped-twice", "&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;", "<p>a <strong>b</strong></p>"),
    ("plain-text", "a\n\nb", "<p>a</p>\n<p>b</p>"),
    ("misread", "itâ€™s cafÃ© ðŸ˜€", "<p>it’s café 😀</p>"),
    ("characters", "a\x00b\x92c\x85", "<p>ab’c…</p>"),
]


@pytest.mark.parametrize(("rule", "html", "expected"), DROPPED)
def test_each_rule_does_its_work_and_says_so(rule: str, html: str, expected: str) -> None:
    found = markup.clean(html, base=BASE, title="a title")
    assert found.html == expected
    assert rule in found.rules


def test_every_rule_has_a_case() -> None:
    assert set(RULES) <= {rule for rule, _, _ in DROPPED}


LEFT_ALONE = [
    "<p>„Spaß“ IRMÃ» É… Ö– â</p>",
    "<h2>Another title</h2>\n<p>b</p>",
    "<p>The post office appeared first on this map</p>",
    "<p>Share this: it is a good book</p>",
    '<p><img src="https://example.org/a.png" alt="" width="200" height="1"></p>',
    '<p><img src="https://example.org/a.png" alt="" width="120"></p>',
    "<p>use &lt;p&gt; and &lt;/p&gt; around it</p>",
    '<p><a href="https://example.org/?a=1&amp;b=utm_x">c</a></p>',
    "<p>$x^2$ and \\(y\\)</p>",
]


CLASSES = (
    "headerLink sharedaddy addtoany_content share-buttons wpa disqus jp-relatedposts post-views busuanzi copy-button"
)
WRITTEN = [
    "<h1{}>a</h1>\n<p>b</p>",
    "<p{}>A sentence of the author.</p>",
    "<ul{}>\n<li>milk and two eggs</li>\n<li>bread and some butter</li>\n</ul>",
    "<pre{}><code>a = 1\n</code></pre>",
    "<div{}><h2>a</h2>\n<p>Some words that an author wrote himself.</p></div>",
    "<div{}><p>a <code>b</code></p></div>",
    '<div{}><p><img src="https://example.org/b.png" alt=""></p></div>',
    "<div{}><p>A short note</p></div>",
]
LEFT_ALONE += [
    '<h2>My cat <a href="https://example.org/cat">🐈</a></h2>',
    "<p>a</p>\n<p>Hits 1984</p>",
    "<p>Views: 3</p>",
    "<p>a</p>\n<ul>\n<li>Views: 3</li>\n</ul>",
]


@pytest.mark.parametrize("name", CLASSES.split())
@pytest.mark.parametrize("html", WRITTEN)
def test_no_class_makes_a_widget_of_what_an_author_wrote(html: str, name: str) -> None:
    expected = html.format("").removeprefix("<div>").removesuffix("</div>")
    assert clean(html.format(f" class='{name}'")) == expected
    assert clean(html.format(f" class='{name}'") + "<p>More.</p>") == f"{expected}\n<p>More.</p>"


OPENED = [
    "<p>a <a href='#b'>b</a></p><div id=b hidden>c</div>",
    "<p>a <a href='javascript:toggle(\"b\")'>b</a></p><div style='display:none'><p id=b>c</div>",
    "<p>a</p><button aria-controls=b>b</button><div id=b style='display:none'>c</div>",
    "<p>a</p><div id=b style='display:none'>c</div><script>show('#b')</script>",
    "<p>a <b onclick='this.nextSibling.style.display=1'>b</b></p><div hidden>c</div>",
    "<p>a</p><div role=tabpanel hidden>c</div>",
    "<div style='display:none'>c</div>",
    f"<p>Loading …</p><div style='display:none'>c{' word' * 150}</div>",
    "<p style='border-style:none; overflow:hidden; max-height:0.5em' aria-hidden=true>c</p>",
    "<p>a</p><details><summary>b</summary>c</details>",
]


@pytest.mark.parametrize("html", OPENED)
def test_what_a_reader_can_open_is_not_hidden(html: str) -> None:
    assert ">c" in clean(html)


@pytest.mark.parametrize("html", LEFT_ALONE)
def test_no_rule_touches_what_an_author_wrote(html: str) -> None:
    found = markup.clean(html, base=BASE, title="a title")
    assert (found.html, found.rules) == (html, ())


ADDRESSES = [
    ("../a", "https://example.org/blog/a"),
    ("/a b", "https://example.org/a%20b"),
    ("#c", f"{BASE}#c"),
    ("?q=1", f"{BASE}?q=1"),
    ("//other.example/a", "https://other.example/a"),
    ("http://other.example/é", "http://other.example/%C3%A9"),
    ("http://other.example/[a]", "http://other.example/%5Ba%5D"),
    ("mailto:a@example.org", "mailto:a@example.org"),
    (" https://other.example/a\n", "https://other.example/a"),
]


@pytest.mark.parametrize(("told", "expected"), ADDRESSES)
def test_links_become_absolute(told: str, expected: str) -> None:
    assert clean(f'<a href="{told}">x</a>') == f'<p><a href="{expected}">x</a></p>'


BAD = [
    "javascript:a()",
    "JaVa\tScRiPt:a()",
    "&#106;avascript:a()",
    "vbscript:a",
    "data:text/html,a",
    "ftp://a.example/",
    "file:///a",
]
BAD += ["http://", "http://nio.2/", "https://a:b@c.example/", "mailto:", "about:blank", "http://a b/"]


@pytest.mark.parametrize("told", BAD)
def test_bad_addresses_go_and_their_text_stays(told: str) -> None:
    assert clean(f'<p><a href="{told}">x</a><img src="{told}" alt="y"></p>') == "<p>xy</p>"


def test_without_a_base_only_absolute_addresses_stay() -> None:
    assert clean('<a href="/a">x</a> <a href="https://example.org/">y</a>', base="") == (
        '<p>x <a href="https://example.org/">y</a></p>'
    )


IMAGES = [
    '<img data-src="/a.png" class="lazyload">',
    '<img src="data:image/gif;base64,R0" data-lazy-src="/a.png">',
    '<img src="/blank.gif" data-original="/a.png">',
    '<img srcset="/s.png 300w, /a.png 600w, /m.png 450w">',
    '<img data-srcset="/s.png 1x, /a.png 2x">',
    '<picture><source srcset="/a.png 2x, /s.png"><img></picture>',
    '<img src="/a.png" srcset="/other.png 2x">',
]


@pytest.mark.parametrize("html", IMAGES)
def test_images_are_found_wherever_a_page_hides_them(html: str) -> None:
    assert clean(html) == '<p><img src="https://example.org/a.png" alt=""></p>'


EMBEDS = [
    (
        '<iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe>',
        "https://www.youtube.com/watch?v=abcdefghijk",
    ),
    ('<iframe src="//player.vimeo.com/video/123" title="T"></iframe>', "https://vimeo.com/123"),
    ('<iframe data-src="/map"></iframe>', "https://example.org/map"),
    ('<video><source src="/a.webm">b</video>', "https://example.org/a.webm"),
    ('<audio src="/a.mp3"></audio>', "https://example.org/a.mp3"),
    ('<object><param name="movie" value="/a.swf"><embed src="/b.swf"></object>', "https://example.org/b.swf"),
    ('<embed src="/a.pdf">', "https://example.org/a.pdf"),
]


@pytest.mark.parametrize(("html", "address"), EMBEDS)
def test_embeds_become_labelled_links(html: str, address: str) -> None:
    found = markup.clean(f"<p>a</p>{html}<p>b</p>", base=BASE)
    assert found.rules == ("embeds",)
    assert found.html.startswith(f'<p>a</p>\n<p><a href="{address}">')
    label = markup.text(found.html)[2:-2]
    assert label.endswith(")")
    assert label.split(":")[0].split(" ")[0] in ("Video", "Audio", "Embedded")


def test_an_embed_without_an_address_leaves_its_text() -> None:
    assert clean("<video>no <b>video</b></video>") == "<p>no <strong>video</strong></p>"


def test_deep_nesting_keeps_its_text() -> None:
    html = clean("<div><blockquote>" * 2000 + "word" + "</div>" * 2000)
    assert "word" in html
    assert html.count("<blockquote>") < 256


@pytest.mark.parametrize("count", [10, 50_000])
def test_a_body_with_too_many_tags_keeps_its_text(count: int) -> None:
    found = markup.clean("<b>word</b> " * count, base=BASE)
    assert found.html.count("word") == count
    assert ("too-many-tags" in found.rules) == (count > 1000)


NESTED = [
    "<h2><div><a href=#x>#</a>",
    "<div class=sharedaddy><a href=/x>x</a>",
    "<span class=busuanzi>",
    "<div hidden id=x>",
    "<ul><li><p><input type=checkbox>",
    "<h2><button>",
    "<a class=lightbox><b class=meta><i class=informations>",
]


@pytest.mark.parametrize("piece", NESTED)
def test_what_stands_in_its_like_without_end_keeps_its_text(piece: str) -> None:
    """No rule looks at the whole of what it finds for each of them: a quadratic one would take minutes here."""
    assert "word" in clean(piece * 9000 + "word")


def test_formatting_that_is_never_closed_does_not_multiply() -> None:
    found = markup.clean("".join(f"<font size={n}><p>word" for n in range(5000)), base=BASE)
    assert found.html.count("word") == 5000
    assert len(found.html) < 200_000


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/=\"' abipu!-&;#1\n", max_size=80))
def test_any_soup_is_cleaned_for_good(soup: str) -> None:
    html = clean(soup)
    assert clean(html) == html
    assert markup.text(markup.to_html(markup.to_markdown(html))) == markup.text(html)


@pytest.mark.parametrize("tag", ["iframe", "video", "script", "textarea", "object", "style"])
def test_what_is_closed_as_xml_closes_it_swallows_nothing(tag: str) -> None:
    cleaned = markup.clean(f'<p>Before</p><{tag} src="https://v.example/1"/><p>After <b>it</b></p>', base=BASE)
    assert "<p>After <strong>it</strong></p>" in cleaned.html
    assert "self-closed" in cleaned.rules
