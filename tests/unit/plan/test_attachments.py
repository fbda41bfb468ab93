"""What is recorded of the files of an entry: not what its text shows anyway."""

import pytest

from generator.models import Enclosure, Kind
from generator.plan.attachments import MAX_TEXT, attachments
from tests.support.entries import entry, only, posts_of, run

PICTURE = Enclosure(url="https://a.example/a.jpg", type="image/jpeg")
SOUND = Enclosure(url="https://a.example/1.mp3", type="audio/mpeg")
FILM = Enclosure(url="https://a.example/1", type="text/html", thumbnail="https://a.example/film.jpg")


@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="https://a.example/a.jpg"></p>',
        '<p><img src="https://a.example/a.jpg?w=300&amp;ssl=1"></p>',
        '<p><img src="https://a.example/a-300x200.jpg"></p>',
        '<p><img src="https://i0.wp.com/a.example/a.jpg?resize=300%2C200"></p>',
        '<p><a href="https://a.example/a.jpg"><img src="https://a.example/other.jpg"></a></p>',
        '<p><img alt="x" src="data:image/gif;base64,R0" data-src="https://a.example/a.jpg"></p>',
    ],
)
def test_a_picture_that_the_text_shows_is_no_file(html: str) -> None:
    (post,) = posts_of(entry(html=html, enclosures=(PICTURE, SOUND)))
    assert post.enclosures == (SOUND,)


@pytest.mark.parametrize("html", ["<p>x</p>", '<p><a href="https://a.example/a.jpg">x</a></p>'])
def test_one_that_it_only_names_is(html: str) -> None:
    (post,) = posts_of(entry(html=html, enclosures=(PICTURE,)))
    assert post.enclosures == (PICTURE,)


@pytest.mark.parametrize(
    "player", ["<audio src='{0}'></audio>", "<audio><source src='{0}'></audio>", "<embed src='{0}'>"]
)
def test_a_sound_that_the_text_plays_is_no_file(player: str) -> None:
    (post,) = posts_of(entry(html=f"<p>x</p>{player.format(SOUND.url)}", enclosures=(SOUND,)))
    assert post.enclosures == ()
    assert SOUND.url in post.body


def test_one_that_it_links_to_is_still_for_programs_that_play() -> None:
    (post,) = posts_of(entry(html=f"<p><a href='{SOUND.url}'>Download</a></p>", enclosures=(SOUND,)))
    assert post.enclosures == (SOUND,)


def test_a_picture_of_a_film_that_the_text_shows_is_no_other() -> None:
    html = '<p><img src="https://a.example/film.jpg"></p>'
    assert attachments((FILM,), html, "") == ()
    film = Enclosure(url="https://a.example/1.mp4", type="video/mp4", thumbnail=FILM.thumbnail)
    assert [file.thumbnail for file in attachments((film,), html, "")] == [""]
    assert attachments((FILM, film), "<p>x</p>", "") == (FILM, film)


def test_what_counts_readers_is_no_picture() -> None:
    counter = Enclosure(url="https://pixel.wp.com/g.gif?x=1", type="image/gif")
    assert attachments((counter,), "<p>x</p>", "") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A cat &lt;3", "A cat <3"),
        ("<p>A <b>cat</b>,<br>asleep</p>", "A cat, asleep"),
        ("<script>x</script>", ""),
        ("two\nlines\u202e", "two lines"),
        ("The title", ""),
        ("The whole text", ""),
        ("<div>" * 5000, ""),
    ],
)
def test_what_is_said_of_a_file_is_one_plain_line(text: str, line: str) -> None:
    file = Enclosure(url=PICTURE.url, type="image/jpeg", text=text)
    assert [made.text for made in attachments((file,), "<p>The whole text</p>", "the title")] == [line]


def test_it_is_bounded() -> None:
    file = Enclosure(url=PICTURE.url, type="image/jpeg", text="word " * 100_000)
    (made,) = attachments((file,), "", "")
    assert MAX_TEXT - 5 <= len(made.text) <= MAX_TEXT


def test_a_toot_that_was_recorded_by_its_pictures_texts_is_not_revised() -> None:
    before = entry(title="", html="<p>A cat</p>", summary="<p>My own words</p>")
    known = posts_of(before)
    now = entry(title="", former_html=before.html, former_summary=before.summary, enclosures=(PICTURE,))
    assert run(now, known=known).changes == ()
    edited = entry(title="", html="<p>Other words</p>", former_html="<p>A dog</p>", enclosures=(PICTURE,))
    change = only(run(edited, known=known))
    assert (change.kind, change.post.enclosures) == (Kind.REVISE, (PICTURE,))


def test_so_is_a_title_that_was_read_otherwise() -> None:
    known = posts_of(entry(title="Use this"))
    now = entry(title="Use <em>this</em>", plain_title=True, former_title="Use this")
    assert run(now, known=known).changes == ()
    assert [post.title for post in posts_of(now)] == ["Use <em>this</em>"]
