"""Footers below a text, and lines above it that repeat the front matter: what goes, and what an author wrote stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
import turbohtml
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from generator import markup
from generator.models import Author, Entry, Feed, FeedSource, When
from generator.plan import Terms, plan

PAGE, HOME, TITLE = "https://www.ann.example/2026/05/mirrors/", "https://ann.example/", "Improving the mirrors"
TEXT = "<p>The text.</p>"
NOON = datetime(2026, 5, 3, 12, 7, tzinfo=UTC)
LINK, HERE = f'<a rel="nofollow" href="{PAGE}">{TITLE}</a>', '<a href="http://ann.example">Ann</a>'
SHARES = f'<a href="https://x.example/intent?url={PAGE}">X</a> <a href="https://f.example/s.php?t=1&amp;u={PAGE}">F</a>'


def cleaned(html: str, *, title: str = TITLE, home: str = HOME, when: When | None = NOON) -> markup.Cleaned:
    entry = Entry(
        guid="https://ann.example/?p=123",
        link=PAGE,
        title=title,
        html=html,
        base=PAGE,
        published=when,
        authors=("Ann Example",),
        tags=("Gentoo",),
    )
    feed = Feed(title="Ann’s Weblog", link=home, version="rss20", entries=(entry,))
    metadata = markup.metadata_of(entry, feed, ("Ann Q. Example", "ann"))
    return markup.clean(html, base=PAGE, title=title, metadata=metadata)


FOOTERS = {
    "German": f"<p>Der Beitrag {LINK} erschien zuerst auf {HERE}.</p>",
    "Spanish": f"<p>La entrada {LINK} se publicó primero en {HERE}.</p>",
    "Dutch": f"<p>Het bericht {LINK} verscheen eerst op {HERE}.</p>",
    "French": f"<p>L’article {LINK} est apparu en premier sur {HERE}.</p>",
    "Italian": f"<p>L'articolo {LINK} proviene da {HERE}.</p>",
    "Portuguese": f"<p>O post {LINK} apareceu primeiro em {HERE}.</p>",
    "Polish": f"<p>Artykuł {LINK} pochodzi z serwisu {HERE}.</p>",
    "Russian": f"<p>Сообщение {LINK} появились сначала на {HERE}.</p>",
    "Japanese": f"<p>投稿 {LINK} は {HERE} に最初に表示されました。</p>",
    "Arabic": f"<p>ظهرت المقالة {LINK} أولاً على {HERE}.</p>",
    "English, the other way around": f"<div>From {HERE}: <small>{LINK}</small></div>",
    "with comments": f'<footer><p>First published on {HERE} (<a href="{PAGE}#comments">3 comments</a>)</p></footer>',
    "tracked": f'<p>x <a href="{PAGE}?utm_source=a&amp;utm_medium=b">y</a> z <a href="{HOME}?utm_source=a">Ann</a></p>',
    "counted by the site": f'<p>x <a href="{PAGE}?source=rss-1">y</a> z <a href="{HOME}?source=rss-1">Ann</a></p>',
    "by its number": f'<p>x <a href="/?p=123">{TITLE}</a> y <a href="/">Ann</a></p>',
    "by a service": f'<p>x <a href="http://feedproxy.google.com/~r/ann/~3/aB1/">{TITLE}</a> y {HERE}</p>',
    "below a rule": f"<hr><p>{LINK} | {HERE}</p><hr>",
    "two": f"<p>{LINK} | {HERE}</p><p>{HERE}: {LINK}</p>",
    "buttons below": f"<p>{LINK} | {HERE}</p><p>Teilen: {SHARES}</p>",
    "a list of buttons": f"<ul><li>{SHARES.replace('> <', '></li><li><')}</li></ul>",
    "within boxes": f"<div><div><section><p><em>{LINK}, {HERE}</em></p></section></div></div><p>&nbsp;</p>",
    "a tracker below": f"<p>{LINK}, {HERE}</p><img src='//feeds.feedburner.com/~r/ann/~4/aB1' width=1 height=1>",
}


@pytest.mark.parametrize("html", FOOTERS.values(), ids=FOOTERS.keys())
def test_a_footer_is_known_by_where_it_leads_and_counted(html: str) -> None:
    result = cleaned(TEXT + html)
    assert result.html == TEXT
    assert "footers" in result.rules


def test_a_footer_may_stand_on_the_last_line_of_a_paragraph_or_above_footnotes() -> None:
    assert cleaned(f"{TEXT}<p>The last line.<br>{LINK}, {HERE}</p>").html == f"{TEXT}\n<p>The last line.</p>"
    notes = "<section><ol><li id=n1>A note. <a href='#r1'>↩</a></li></ol></section>"
    result = cleaned(f"<p>Text.<sup id=r1><a href='#n1'>1</a></sup></p>{notes}<p>{LINK}, {HERE}</p>").html
    assert "A note." in result
    assert TITLE not in result


def test_a_blog_in_a_folder_has_its_home_there() -> None:
    html = f"{TEXT}<p>x {LINK} y <a href='https://ann.example/2026'>Ann</a></p>"
    assert cleaned(html, home="https://ann.example/2026/").html == TEXT
    assert cleaned(html, home="https://ann.example/2026/category/gentoo/").html == TEXT
    assert cleaned(html).html != TEXT


WRITTEN = {
    "all of it": f"<p>{LINK} {HERE}</p>",
    "a link to the post alone": f"{TEXT}<p>Find it at {LINK}.</p>",
    "a link to the blog alone": f"{TEXT}<p>Find more at {HERE}.</p>",
    "another post": f'{TEXT}<p>After <a href="/2026/04/">that</a> I wrote on {HERE}.</p>',
    "in the middle": f"<p>Der Beitrag {LINK} erschien zuerst auf {HERE}.</p>{TEXT}",
    "a long one": f"{TEXT}<p>{'word ' * 38}{LINK} {HERE}</p>",
    "a long one without spaces": f"{TEXT}<p>{'長' * 250}{LINK}{HERE}</p>",
    "with a picture": f"{TEXT}<p>{LINK} {HERE} <img src='/a.jpg'></p>",
    "a quotation": f"{TEXT}<blockquote><p>{LINK} {HERE}</p></blockquote>",
    "a licence": f"{TEXT}<p>{LINK} by {HERE}: <a href='https://creativecommons.org/licenses/by/4.0/'>CC BY</a></p>",
    "one service": f"{TEXT}<p>Discuss it <a href='https://x.example/submit?u={PAGE}'>there</a>.</p>",
}


@pytest.mark.parametrize("html", WRITTEN.values(), ids=WRITTEN.keys())
def test_what_only_looks_like_a_footer_stays(html: str) -> None:
    result = cleaned(html)
    assert "footers" not in result.rules
    assert result.html == markup.clean(html, base=PAGE).html


STORY, BLOG = '<a href="https://a.example/b?c">A Story (2)</a>', '<a href="https://b.example/">The Blog, Inc.</a>'
MEDIUM = "on Medium, where people are continuing the conversation by highlighting and responding to this story."
SIGNED = [
    f"The post {STORY} appeared first on {BLOG}.",
    f"The post {STORY} first appeared first on {BLOG}",
    f"the post <em>{STORY}</em> APPEARED first on&nbsp;{BLOG}.",
    f"{STORY} was originally published in {BLOG} {MEDIUM}",
    f'The post <a href="/a?">{"b" * 300}</a> appeared first on {BLOG}',
    "Comments powered by Disqus",
    "Please enable JavaScript to view the comments powered by Disqus.",
    "Please enable JavaScript to view the <a href=https://d.example/>comments powered by Disqus</a>.",
    "View comment",
    "View Comments",
    "Share this:",
    "Like this:",
    "Like Loading...",
]


@pytest.mark.parametrize("html", SIGNED)
@pytest.mark.parametrize(
    "box", ["<p>{}</p>", "<div>{}</div>", "<div><small>{}</small></div>", "<noscript>{}</noscript>"]
)
def test_a_footer_whose_words_are_a_plug_in_s_goes_wherever_it_leads(html: str, box: str) -> None:
    result = markup.clean(TEXT + box.format(html), base=PAGE)
    assert (result.html, "footers" in result.rules) == (TEXT, True)


@pytest.mark.parametrize(
    "html",
    [
        f"The post {STORY} appeared first on The Blog, Inc.",
        f"The post A Story (2) appeared first on {BLOG}.",
        "The post A Story (2) appeared first on The Blog, Inc.",
        f'The post {TITLE} appeared first on <a href="https://b.example/">b</a>.',
        f"The post office in {STORY} appeared first on {BLOG}.",
        f"The post {STORY} appeared first on {BLOG}. I wrote it anew, since much has changed.",
        f"The post {STORY} appeared first on {BLOG} and {BLOG}",
        f"I say it again: The post {STORY} appeared first on {BLOG}.",
        f"A Story (2) was originally published in {BLOG} {MEDIUM}",
        f"{STORY} was originally published in The Blog, Inc. {MEDIUM}",
        f"{STORY} was originally published in {BLOG} on Medium.",
        f'The post <a href="/a?">{"b" * 301}</a> appeared first on {BLOG}',
        "I like comments powered by Disqus",
        "View comments on this",
        "Share this: it is true.",
    ],
)
def test_what_says_more_than_a_plug_in_does_or_has_one_link_stays(html: str) -> None:
    html = f"{TEXT}<p>{html}</p>"
    assert "footers" not in markup.clean(html, base=PAGE).rules
    assert text_of(markup.clean(html, base=PAGE).html) == text_of(html)


def text_of(html: str) -> str:
    """All that is written there."""
    return " ".join(turbohtml.parse_fragment(html.replace("</p>", " </p>")).text.split())


@pytest.mark.parametrize("html", SIGNED)
def test_a_plug_in_s_words_that_are_all_of_a_text_stay_where_they_name_a_story(html: str) -> None:
    assert bool(markup.clean(f"<p>{html}</p>", base=PAGE).html) == ("<a href" in html and "Disqus" not in html)


@given(st.lists(st.sampled_from(["<p>a</p>", f"<p>{LINK}</p>", f"<p>{HERE}</p>", "<hr>", "<p>b<br>c</p>"]), min_size=1))
def test_a_footer_takes_nothing_else_with_it(blocks: list[str]) -> None:
    text = "<p>.</p>" + "".join(blocks) + "<p>.</p>"
    assert cleaned(f"{text}<p>{LINK} {HERE}</p>").html == markup.clean(text, base=PAGE).html


CHROME = [
    f"<h2>{TITLE}</h2>",
    f"<p><strong>{TITLE}</strong></p>",
    f"<div><b>“{TITLE.upper()}”</b></div>",
    f'<p><b><a href="{PAGE}">{TITLE}</a></b></p>',
    f"<p>{LINK}</p>",
    f'<h1><a href="#top">{TITLE}</a></h1>',
    f"<p>Ann’s Weblog: {TITLE}</p>",
    f"<p>Blog: {TITLE}</p>",
    f"<h1>{TITLE} | Ann's Weblog</h1>",
    f"<p>{TITLE} by Ann Example</p>",
    f"<h2>{TITLE}</h2><p>Posted on May 3, 2026 by Ann Example</p><hr>",
    f"<p><strong>{TITLE}</strong><br>Posted on May 3, 2026</p>",
    "<p>Posted on Sunday, May 3rd, 2026 at 2:07 pm by <a href='/author/ann'>Ann Q. Example</a></p>",
    "<p>Posted: 2026-05-03T14:07:33+02:00</p>",
    "<p><em>05/03/2026</em></p>",
    "<p>20260503</p>",
    "<p>Sun, 03 May 2026 12:07:00 +0000</p>",
    "<p>Veröffentlicht am 3. Mai 2026 von Ann Example</p>",
    "<p>Publié le 3 mai 2026 par Ann Example</p>",
    "<p>Publicado el 3 de mayo de 2026 por Ann Example</p>",
    "<p>Опубликовано 3 мая 2026 г. автор: Ann Example</p>",
    "<p>发布于 2026年5月3日 作者：Ann Example</p>",
    "<p>Ann Example, 3. května 2026 | Gentoo</p>",
    "<p>May 3</p>",
    "<p>By Ann Example</p>",
    "<p>Autor: Ann Example</p>",
]


@pytest.mark.parametrize("html", CHROME)
def test_lines_above_the_text_that_repeat_the_front_matter_go_and_are_counted(html: str) -> None:
    result = cleaned(html + TEXT)
    assert result.html == TEXT
    assert "title" in result.rules


SAID = [
    f"<p>{TITLE}</p>",
    f'<p><a href="https://kim.example/">{TITLE}</a></p>',
    f'<h1><a href="https://kim.example/">{TITLE}</a></h1>',
    f'<h1><img src="/a.png" alt=""> {TITLE}</h1>',
    f"<p><b>{TITLE}</b> is hard.</p>",
    f"<p>Review: {TITLE}</p>",
    f"<ul><li>{TITLE}</li></ul>",
    "<p>Posted on May 4, 2026</p>",
    "<p>Posted on 3 June 2026</p>",
    "<p>Posted on May 3, 2025</p>",
    "<p>Posted on May 3, 2026 by Kim</p>",
    "<p>Posted on May 3, 2026, 5 minutes to read</p>",
    "<p>By Kim Other</p>",
    "<p>Photos by Ann Example</p>",
    "<p>By <a href='https://social.example/@ann'>Ann Example</a></p>",
    "<p>On 3 May 2026 Ann Example left.</p>",
    "<p>Berlin, 3 May 2026</p>",
    "<p>Today is 3 May 2026.</p>",
    "<p>Today, 3 May 2026, we won</p>",
    "<p>It was 3 May 2026!</p>",
    "<p>Live on 3 May 2026, 20:00</p>",
    "<p>We saw 3 cats in May 2026</p>",
    "<p>Version 2026.5.3 is out</p>",
    "<p>Hello, Ann Example</p>",
    "<p>I am Ann Example.</p>",
    "<p>Blog mirrors</p>",
    "<h3>May 3, 2026</h3><p>a</p><h3>May 4, 2026</h3>",
    "<p><b>May 3</b></p><p>a</p><p><b>May 4</b></p>",
]


@pytest.mark.parametrize("html", SAID)
def test_lines_above_the_text_that_say_more_stay(html: str) -> None:
    result = cleaned(html + TEXT)
    assert "title" not in result.rules
    assert result.html == markup.clean(html + TEXT, base=PAGE).html


def test_chrome_is_never_all_of_a_text_nor_below_its_first_line() -> None:
    for html in CHROME:
        assert cleaned(html).html
        assert cleaned(TEXT + html).html == markup.clean(TEXT + html, base=PAGE).html


def test_a_picture_may_stand_above_a_title_and_the_text_on_its_line() -> None:
    picture = '<p><img src="https://ann.example/a.jpg" alt=""></p>'
    assert cleaned(f"{picture}<h2>{TITLE}</h2><p>May 3</p>{TEXT}").html == f"{picture}\n{TEXT}"
    assert (
        cleaned(f"<p><b>{TITLE}</b><br>3 May 2026<br>It begins<br>here.</p>").html
        == markup.clean(f"<p><b>{TITLE}</b><br>3 May 2026<br>It begins<br>here.</p>", base=PAGE).html
    )
    assert cleaned(f"<p><b>{TITLE}</b><br>It begins.</p>{TEXT}").html == f"<p>It begins.</p>\n{TEXT}"


def test_a_title_may_name_the_blog_and_the_heading_not() -> None:
    assert cleaned(f"<h1>{TITLE}</h1>{TEXT}", title=f"{TITLE} – Ann's Weblog").html == TEXT
    assert cleaned(f"<h1>{TITLE}</h1>{TEXT}", title=f"{TITLE} – Part 2").html != TEXT
    assert cleaned(f"<h1>?!</h1>{TEXT}", title="???").html != TEXT


@given(
    day=st.dates(date(1980, 1, 1), date(2060, 12, 31)),
    language=st.sampled_from(
        "en de fr es it nl pl ru uk cs sv da fi hu tr el ro bg ca et fa id ja ko lt lv sk sl".split()
    ),
    style=st.sampled_from(["short", "medium", "long", "full"]),
    moved=st.integers(1, 400),
)
def test_the_day_of_a_post_is_read_in_any_language_and_no_other_day(
    day: date, language: str, style: str, moved: int
) -> None:
    line = f"<p>{format_date(day, style, locale=language)}</p>"
    assert cleaned(line + TEXT, when=day).html == TEXT
    other = day + timedelta(days=moved)
    if style != "short" or other.year % 100 != day.year % 100 or {other.day, other.month} != {day.day, day.month}:
        assert cleaned(line + TEXT, when=other).html != TEXT


def test_a_plan_says_where_the_blog_is_and_who_its_author_is_and_revises_nothing_where_that_changes() -> None:
    source = FeedSource(url="https://ann.example/feed", editions=())
    ann = Author(nick="ann", name="Ann of the Planet", feeds=(source,))
    entry = Entry(
        guid="1",
        link=PAGE,
        title=TITLE,
        html=f"<p>By Ann of the Planet</p>{TEXT}<p>{LINK} {HERE}</p>",
        summary=f"<p>Some words, long enough for a summary.</p><p>{LINK} {HERE}</p>",
        base=PAGE,
    )
    feed = Feed(title="Ann", link=HOME, version="rss20", entries=(entry,))
    first = plan(ann, [(source, feed)], [], NOON)
    assert [(change.post.body, change.post.description) for change in first.changes] == [
        ("The text.", "Some words, long enough for a summary.")
    ]
    known = [change.post for change in first.changes]
    digests = first.digests[source.url]
    moved = Feed(title="Ann", link="https://kim.example/", version="rss20", entries=(entry,))
    for terms in (Terms(), Terms(digests=digests)):
        assert not plan(ann, [(source, feed)], known, NOON, terms).changes
        assert not plan(Author(nick="ann", name="Kim", feeds=(source,)), [(source, moved)], known, NOON, terms).changes


def test_another_footer_is_no_revision() -> None:
    source = FeedSource(url="https://ann.example/feed", editions=())
    ann = Author(nick="ann", name="Ann", feeds=(source,))

    def feed(footer: str) -> Feed:
        html = f"{TEXT}<p>{LINK} {footer} {HERE}</p>"
        entry = Entry(guid="1", link=PAGE, title=TITLE, html=html, base=PAGE)
        return Feed(title="Ann", link=HOME, version="rss20", entries=(entry,))

    known = [change.post for change in plan(ann, [(source, feed("erschien auf"))], [], NOON).changes]
    assert not plan(ann, [(source, feed("is by"))], known, NOON).changes
