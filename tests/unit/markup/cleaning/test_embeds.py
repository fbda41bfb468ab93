"""What scripts, custom elements and stand-ins show becomes the labelled link of a frame; what shows nothing goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markup
from generator.markup.cleaning import scripts

BASE = "https://example.org/blog/post/"
YOUTUBE = "https://www.youtube.com/watch?v=abcDEF12345"


def clean(html: str, *, base: str = BASE) -> str:
    return markup.clean(html, base=base).html


def linked(html: str) -> list[tuple[str, str]]:
    return list(markup.links(clean(f"<p>a</p>{html}<p>b</p>")))


SCRIPTS = [
    ("https://gist.github.com/ann/1234abcd.js", "https://gist.github.com/ann/1234abcd"),
    ("//gist.github.com/1234.js", "https://gist.github.com/1234"),
    ("https://gist.github.com/ann/1234.js?file=a.py", "https://gist.github.com/ann/1234?file=a.py"),
    ("https://asciinema.org/a/14.js", "https://asciinema.org/a/14"),
    ("https://term.example/a/bJMOlPe5F4mFLY0Rl6fiJSOp3.js", "https://term.example/a/bJMOlPe5F4mFLY0Rl6fiJSOp3"),
    ("https://gitlab.com/-/snippets/12345.js", "https://gitlab.com/-/snippets/12345"),
    ("https://code.example/ann/8c91e3a218eeb140.js", "https://code.example/ann/8c91e3a218eeb140"),
    ("//jsfiddle.net/ann/tqhgzmro/embed/js,result/", "https://jsfiddle.net/ann/tqhgzmro/"),
    ("https://pastebin.com/embed_js/ABcd12", "https://pastebin.com/ABcd12"),
    ("https://pastebin.com/embed_js.php?i=ABcd12", "https://pastebin.com/ABcd12"),
    ("https://ideone.com/e.js/ABcd12", "https://ideone.com/ABcd12"),
    ("https://datawrapper.dwcdn.net/AbC12/embed.js", "https://datawrapper.dwcdn.net/AbC12/"),
    ("https://bitbucket.org/ann/r/src/12ab/a.java?embed=t", "https://bitbucket.org/ann/r/src/12ab/a.java"),
    ("https://pod.example/123/456789-a-talk.js?player=small", "https://pod.example/123/456789-a-talk"),
    ("https://fast.wistia.com/embed/medias/j38ihh83m5.jsonp", "https://fast.wistia.net/embed/iframe/j38ihh83m5"),
    ("https://cdn.jwplayer.com/players/AbCd12-Xy98.js", "https://cdn.jwplayer.com/players/AbCd12-Xy98.html"),
    ("https://emb.example/embed-v2.js?target=https%3A%2F%2Fe.example%2Fa.py&style=b", "https://e.example/a.py"),
]


@pytest.mark.parametrize(("source", "page"), SCRIPTS)
def test_a_script_that_shows_a_page_becomes_a_link_to_it(source: str, page: str) -> None:
    [(address, words)] = linked(f'<script src="{source}" async></script>')
    assert address == page
    assert words.split(" ")[0].rstrip(":") in ("Embedded", "Video")


PROGRAMS = [
    "https://platform.twitter.com/widgets.js",
    "https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js",
    "https://ann.disqus.com/embed.js",
    "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/MathJax.js?config=x",
    "https://code.jquery.com/jquery-3.3.1.min.js",
    "https://kit.fontawesome.com/0123abcdef.js",
    "https://js.hs-scripts.com/12345.js",
    "https://mail.example/form/8c91e3a218eeb140.js",
    "https://stats.wp.com/e-202045.js",
    "https://d3js.org/d3.v5.min.js",
    "https://static.codepen.io/assets/embed/ei.js",
    "https://speakerdeck.com/assets/embed.js",
    "https://social.example/embed.js",
    "https://www.tiktok.com/embed.js",
    "https://gist.githubusercontent.com/ann/1/raw/a.js",
    "https://asciinema.org/asciinema-player.js",
    "https://example.org/2020/12345.js",
    "/js/12345.js",
    "data:text/javascript,1234567",
]


@pytest.mark.parametrize("source", PROGRAMS)
def test_programs_vanish(source: str) -> None:
    assert clean(f'<p>a</p><script src="{source}" async></script><p>b</p>') == "<p>a</p>\n<p>b</p>"


WRITTEN = [
    ("AsciinemaPlayer.create('/demo.cast', document.getElementById('a'));", "https://example.org/demo.cast"),
    ('player({file: "https:\\/\\/v.example\\/a.mp4?x=1", image: "a.jpg"})', "https://v.example/a.mp4?x=1"),
    ("new Player(['a.mp3'])", BASE + "a.mp3"),
    ("document.write('<iframe src=\"//www.youtube.com/embed/abcDEF12345\"></ifr' + 'ame>')", YOUTUBE),
    (
        "document.write('<script src=\"https://gist.github.com/1234.js\"></scr' + 'ipt>')",
        "https://gist.github.com/1234",
    ),
]


@pytest.mark.parametrize(("text", "address"), WRITTEN)
def test_what_a_script_plays_or_writes_becomes_a_link(text: str, address: str) -> None:
    assert [found for found, _ in linked(f"<script>{text}</script>")] == [address]


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.write('<iframe src=\"https://ads.example/1\"></iframe>')</script>",
        '<script type="application/ld+json">{"contentUrl": "https://v.example/a.mp4"}</script>',
        '<script type="text/x-template"><audio src="/a.mp3"></audio></script>',
        "<script>var next = 'https://example.org/2/';</script>",
    ],
)
def test_other_words_of_scripts_vanish(html: str) -> None:
    assert clean(f"<p>a</p>{html}") == "<p>a</p>"


ELEMENTS = [
    ('<script class="speakerdeck-embed" data-id="abc" src="//speakerdeck.com/assets/embed.js"></script>', "abc"),
    ('<script src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="ann/118"></script>', "ann/118"),
    ('<lite-youtube videoid="abcDEF12345" playlabel="Play: My talk"></lite-youtube>', YOUTUBE),
    ('<lite-youtube videoid="abcDEF12345"><button><span>Play</span></button></lite-youtube>', YOUTUBE),
    ('<lite-vimeo videoid="1234"></lite-vimeo>', "https://vimeo.com/1234"),
    ('<youtube-video src="https://www.youtube.com/watch?v=abcDEF12345"></youtube-video>', YOUTUBE),
    ('<hls-video src="/a.m3u8"></hls-video>', "https://example.org/a.m3u8"),
    ('<media-player src="/a.mp4"><media-outlet></media-outlet></media-player>', "https://example.org/a.mp4"),
    ('<model-viewer src="/a.glb" alt="A robot"></model-viewer>', "https://example.org/a.glb"),
    ('<mux-player playback-id="a4nOgmxGWg6gUL"></mux-player>', "https://player.mux.com/a4nOgmxGWg6gUL"),
    ('<gist-embed gist-id="1234"></gist-embed>', "https://gist.github.com/1234"),
    ('<code data-gist-id="1234"></code>', "https://gist.github.com/1234"),
    ('<spotify-player uri="spotify:track:1a2b"></spotify-player>', "https://open.spotify.com/track/1a2b"),
    ('<amp-youtube data-videoid="abcDEF12345" layout="responsive"></amp-youtube>', YOUTUBE),
    ('<amp-video src="/a.mp4"><div fallback>No video</div></amp-video>', "https://example.org/a.mp4"),
    ('<amp-audio src="/a.mp3"></amp-audio>', "https://example.org/a.mp3"),
    (
        '<amp-iframe src="/map" width="1" layout="fill"><amp-img placeholder src="p.jpg"></amp-img></amp-iframe>',
        "https://example.org/map",
    ),
    ('<amp-twitter data-tweetid="1234"></amp-twitter>', "https://twitter.com/i/status/1234"),
    ('<amp-instagram data-shortcode="aB-c"></amp-instagram>', "https://www.instagram.com/p/aB-c/"),
    ('<amp-facebook data-href="https://f.example/posts/1"></amp-facebook>', "https://f.example/posts/1"),
    ('<amp-jwplayer data-media-id="a" data-player-id="b"></amp-jwplayer>', "https://cdn.jwplayer.com/players/a-b.html"),
    ('<figure><oembed url="https://youtu.be/abcDEF12345"></oembed></figure>', "https://youtu.be/abcDEF12345"),
    ('<div class="youtube-player" data-id="abcDEF12345"><div class="play"></div></div>', YOUTUBE),
    ('<div data-plyr-provider="youtube" data-plyr-embed-id="abcDEF12345"></div>', YOUTUBE),
    ('<div data-html="&lt;iframe src=&quot;https://a.example/b&quot;&gt;"></div>', "https://a.example/b"),
    ('<div data-settings=\'{"youtube_url":"https:\\/\\/youtu.be\\/abc"}\'><i></i></div>', "https://youtu.be/abc"),
    ('<blockquote class="tiktok-embed" data-video-id="1234"><section></section></blockquote>', "/v2/1234"),
    ('<p class="codepen" data-slug-hash="abc" data-user="ann"></p>', "https://codepen.io/ann/pen/abc"),
    ('<iframe src="about:blank" data-cookieblock-src="/map"></iframe>', "https://example.org/map"),
    ('<video><source data-src="/a.webm"></video>', "https://example.org/a.webm"),
]


@pytest.mark.parametrize(("html", "address"), ELEMENTS)
def test_an_element_that_scripts_fill_becomes_a_link(html: str, address: str) -> None:
    [(found, words)] = linked(html)
    assert found.endswith(address)
    assert words.endswith(")")


def test_the_link_bears_the_title() -> None:
    html = '<lite-youtube videoid="abcDEF12345" playlabel="Play: My talk"></lite-youtube>'
    assert linked(html) == [(YOUTUBE, "Video: My talk (youtube.com)")]
    html = '<script src="https://gist.github.com/1234.js?file=a.py"></script>'
    assert linked(html) == [("https://gist.github.com/1234?file=a.py", "Embedded page: a.py (gist.github.com)")]


def test_images_of_elements_are_images() -> None:
    image = '<p><img src="https://example.org/a.jpg" alt="b"></p>'
    noscript = '<noscript><img src="/a.jpg" alt="b"></noscript>'
    assert clean(f'<amp-img src="/a.jpg" alt="b" width="16" height="9" layout="fill">{noscript}</amp-img>') == image
    assert clean('<amp-anim srcset="/s.jpg 1x, /a.jpg 2x" alt="b"></amp-anim>') == image
    assert clean('<zoom-image src="/large.jpg"><img src="/a.jpg" alt="b"></zoom-image>') == image
    assert clean('<object data="/a.jpg" type="image/jpeg"><p>b</p></object>') == image


@pytest.mark.parametrize(
    "html",
    [
        '<amp-ad src="https://ads.example/1"></amp-ad><amp-analytics src="/c"></amp-analytics>',
        '<amp-pixel src="/c"></amp-pixel><amp-state src="/d"></amp-state><x-icon src="/e"></x-icon>',
        '<my-app src="/app.js"></my-app><lottie-player src="/a.json"></lottie-player>',
        '<div class="g-ytsubscribe" data-channelid="abcDEF12345"></div>',
        '<div class="fb-like" data-href="https://f.example/ann"></div><div class="register" data-id="1234567"></div>',
        '<div class="twitter-share" data-id="1234"></div><div data-permalink="https://e.example/video/"></div>',
    ],
)
def test_elements_that_show_nothing_vanish(html: str) -> None:
    assert clean(f"<p>a</p>{html}") == "<p>a</p>"


TWICE = [
    f'<lite-youtube videoid="abcDEF12345"><a href="{YOUTUBE}">Play</a></lite-youtube>',
    f'<lite-youtube videoid="abcDEF12345"></lite-youtube><noscript><iframe src="{YOUTUBE}"></iframe></noscript>',
    (
        '<div class="youtube" data-id="abcDEF12345"></div>'
        '<noscript><iframe src="//www.youtube.com/embed/abcDEF12345?rel=0"></iframe></noscript>'
    ),
    (
        '<iframe data-src="https://www.youtube.com/embed/abcDEF12345"></iframe>'
        '<noscript><iframe src="https://www.youtube-nocookie.com/embed/abcDEF12345"></iframe></noscript>'
    ),
    f'<p class="youtube" data-id="abcDEF12345">See <a href="{YOUTUBE}">it</a></p>',
    (
        f'<blockquote class="x-embed" data-id="abcDEF12345"><p>Hi</p><a href="{YOUTUBE}">May</a></blockquote>'
        '<script async src="https://x.example/widgets.js"></script>'
    ),
    '<video src="/a.mp4"></video><script>play("/a.mp4")</script>',
    (
        '<script src="https://polls.example/p/123.js"></script>'
        '<noscript><a href="https://polls.example/poll/123/">Poll</a></noscript>'
    ),
]


@pytest.mark.parametrize("html", TWICE)
def test_nothing_is_linked_twice(html: str) -> None:
    assert len(linked(html)) == 1


def test_what_an_element_holds_beside_its_player_stays() -> None:
    html = '<media-player src="/a.mp4"><p>Chapter <b>one</b></p><img src="/b.jpg"></media-player>'
    assert clean(html) == (
        '<p><a href="https://example.org/a.mp4">Video (example.org)</a></p>\n<p>Chapter <strong>one</strong></p>\n'
        '<p><img src="https://example.org/b.jpg" alt=""></p>'
    )
    assert clean('<lite-youtube videoid="abcDEF12345" /><p>After</p>').endswith("<p>After</p>")
    assert clean("<x-note>words <b>b</b></x-note>") == "<p>words <strong>b</strong></p>"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="https:/.?=&#agjsembd0123", max_size=60))
def test_any_address_of_a_script_gives_a_web_page_or_none(tail: str) -> None:
    for source in (tail, f"https://a.example/{tail}"):
        page = scripts.page(source)
        assert page == "" or page.startswith(("https://", "http://"))


PARTS = [html for html, _ in ELEMENTS] + TWICE + [f'<script src="{source}"></script>' for source in PROGRAMS]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PARTS) | st.text(alphabet="<>/ =\"'ab-c", max_size=8), max_size=5))
def test_any_mixture_is_cleaned_for_good(parts: list[str]) -> None:
    html = clean("".join(parts))
    assert clean(html) == html
