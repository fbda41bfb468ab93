"""Which bodies are parts of a text that stands elsewhere, by where they end and where they lead."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.feeds.parse import parse
from tests.support.planets import item, rss

LINK = "https://larry.example/2"
OWN = f'<a href="{LINK}">'
WORDS = "<p>Some words of the text"
FOOTERS = [
    f"<p>Der Beitrag {OWN}Post 2</a> erschien zuerst auf <a href='https://larry.example'>Larry</a>.</p>",
    f"<p>La entrada <a rel='nofollow' href='{LINK}?utm_source=rss'>Post 2</a> se publicó en <a href='/'>Larry</a>.</p>",
    f"<p>投稿 <a href='{LINK}/'>Post 2</a> は <a href='/index.html'>Larry</a> に最初に表示されました。</p>",
]


def flags(*bodies: str, **channel: str) -> list[bool]:
    """Whether each body is marked, as the posts from 2 on of one feed."""
    text = rss(*(item(number, body=body) for number, body in enumerate(bodies, start=2)), **channel)
    return [entry.excerpt for entry in parse(text.encode(), url="https://larry.example/feed").entries]


@pytest.mark.parametrize("footer", ["", *FOOTERS])
@pytest.mark.parametrize(
    "end",
    ["[…]", "[&#8230;]", "[&amp;hellip;]", "[...]", "[ . . . ]", "(…)", "(...)", "［…］", "[……]", "<span>[…]</span>"],
)
def test_a_body_that_is_cut_says_so_whatever_footer_stands_below(end: str, footer: str) -> None:
    assert flags(f"{WORDS} {end}</p>{footer}") == [True]


ONWARD = {
    "a label that trails off": f"<p>{OWN}بیشتر بخوانید…</a> (6 دقیقه)</p>",
    "an arrow": f"<p>{OWN}Lue lisää →</a></p>",
    "double brackets": f"<p>{OWN}Devamı &raquo;</a></p>",
    "the place where it was cut": f"<p><a href='{LINK}#more-17'>Fortsätt läsa Post 2</a></p>",
    "the place, by another name": f"<p><a href='{LINK}#jump'>To read this article in full, please click here</a></p>",
    "relative": "<p><a href='#extended'>Tovább</a></p>",
    "dots before it": f"… {OWN}Mehr</a>",
    "dots before its title": f"...</p><p>{OWN}Post 2</a>",
    "brackets before it": f"[...] {OWN}Source</a>",
    "a label and the title": f"<p>Continue reading %{OWN}Post 2</a>%</p>",
    "a picture below": f"<p>{OWN}Read full article!</a></p><p><img src='/a.png'></p>",
    "a service below": f"<p>{OWN}Läs mer …</a></p><div class=feedflare><a href='/x'>x</a></div>",
}


@pytest.mark.parametrize("footer", ["", *FOOTERS])
@pytest.mark.parametrize("end", ONWARD.values(), ids=ONWARD.keys())
def test_a_body_that_ends_in_a_link_to_its_own_page_goes_on_there(end: str, footer: str) -> None:
    assert flags(f"{WORDS} {end}{footer}") == [True]


WHOLE = {
    "a footer": FOOTERS[0],
    "a mark": f"<p>{OWN}∞</a></p>",
    "dots before a mark": f"… {OWN}#</a>",
    "its title": f"<p>{OWN}Post 2</a></p>",
    "its title, with dots": f"<p>{OWN}Post 2…</a></p>",
    "a permalink": f"<p>{OWN}Permalink</a></p>",
    "comments": f"… <a href='{LINK}#comments'>Comments</a>",
    "their number": f"<p><a href='{LINK}#more'>4 comments</a></p>",
    "a word of a sentence": f"and more in {OWN}this post…</a> as I said, at some length, when I wrote of it last week.",
    "another page": "<p><a href='https://kim.example/'>Lue lisää →</a></p>",
    "the blog": "<p><a href='https://larry.example/'>Larry →</a></p>",
    "a quotation": "<blockquote><p>What she said [...]</p></blockquote>",
    "an aside": "(and so on…)",
    "dots in code": "<code>{ ... }</code>",
    "a sentence": "[…] and that is all.",
}


@pytest.mark.parametrize("end", WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_text_may_end_in_a_link_to_its_page_or_in_dots(end: str) -> None:
    assert flags(f"{WORDS}. {end}") == [False]


def test_a_link_below_bodies_that_mostly_end_well_is_a_permalink() -> None:
    ends = ["…", ".", "!", ".", "."]
    bodies = [f"<p>Some words{end} <a href='/{number}'>Link</a></p>" for number, end in enumerate(ends, start=2)]
    assert flags(*bodies) == [False] * 5
    cut = [body.replace(". <", "… <") for body in bodies]
    assert flags(*cut) == [True, True, False, True, True]


def test_a_footer_below_nothing_or_below_half_a_sentence_stands_below_an_excerpt() -> None:
    text = "One sentence that is long enough to be one. " * 3 + "Another that is not"
    assert flags(FOOTERS[0]) == [True]
    assert flags(f"<p>{text}</p>{FOOTERS[0]}") == [True]
    assert flags(f"<p>{text} so short.</p>{FOOTERS[0]}") == [False]
    assert flags(f"<p>{text}</p>") == [False]
    assert flags(f"<p>ok</p>{FOOTERS[0]}") == [False]


@pytest.mark.parametrize(
    ("generator", "excerpt"),
    [
        ("https://wordpress.org/?v=6.4.2", True),
        ("http://wordpress.com/", True),
        ("WordPress", False),
        ("https://kim.example/wordpress.org/?v=1", False),
    ],
)
def test_wordpress_writes_each_text_twice_unless_it_gives_excerpts(generator: str, excerpt: bool) -> None:
    fields = item(2)
    fields["description"] = fields.pop("body")
    text = rss(fields, item(3, description="Short.")).replace("<item>", f"<generator>{generator}</generator><item>", 1)
    assert [entry.excerpt for entry in parse(text.encode(), url="https://larry.example/feed").entries] == [
        excerpt,
        False,
    ]


def test_a_json_feed_is_read_alike() -> None:
    fields = {"id": "1", "url": LINK, "title": "Post 2", "content_html": f"{WORDS} […]</p>{FOOTERS[0]}"}
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "L", "items": [fields]})
    (entry,) = parse(text.encode(), url="https://larry.example/feed.json").entries
    assert entry.excerpt


@given(st.lists(st.text(alphabet="ab <>/p.[]()…→\"'=#", max_size=80), min_size=1, max_size=4))
def test_a_text_without_dots_or_links_is_whole(bodies: list[str]) -> None:
    marks = flags(*(f"<p>{body}</p><p>The end.</p>" for body in bodies))
    assert not any(marks)
