"""Files that come with an entry: each once, with what is said of it, and none that shows a face or plays nothing."""

import json

import pytest

from generator.feeds.parse import parse
from generator.models import Enclosure
from tests.support.documents import PAGE, atom, read_entry, rss

HOST = "https://files.example"


def files_of(item: str) -> tuple[Enclosure, ...]:
    return read_entry(rss(item)).enclosures


def test_pictures_of_a_toot_have_their_texts() -> None:
    files = files_of(
        "<description>Words</description>"
        f'<media:content url="{HOST}/original/1.png" type="image/png" fileSize="12" medium="image">'
        '<media:rating scheme="urn:simple">nonadult</media:rating>'
        '<media:description type="plain">A cat &lt;3</media:description></media:content>'
        f'<media:content url="{HOST}/original/2.mp4" type="video/mp4" fileSize="7" medium="video">'
        f'<media:thumbnail url="{HOST}/small/2.png"/></media:content>'
    )
    assert files == (
        Enclosure(url=f"{HOST}/original/1.png", type="image/png", length=12, text="A cat &lt;3"),
        Enclosure(url=f"{HOST}/original/2.mp4", type="video/mp4", length=7, thumbnail=f"{HOST}/small/2.png"),
    )


@pytest.mark.parametrize(
    "film",
    [
        f'<media:group><media:content url="{HOST}/v/1" type="application/x-shockwave-flash"/>{{}}</media:group>',
        '<media:group><media:content url="https://www.youtube.com/v/abc?version=3"/>{}</media:group>',
        "<media:group>{}</media:group>",
        f'<media:content><media:player url="{HOST}/player"/>{{}}</media:content>',
        f'<media:player url="{HOST}/player"/>{{}}',
        f'<enclosure url="{HOST}/x.swf?id=1" type="application/x-shockwave-flash"/>{{}}',
    ],
)
def test_a_film_that_only_a_page_plays_has_its_picture(film: str) -> None:
    small, large = (f'<media:thumbnail url="{HOST}/{size}.jpg" width="{size}" height="9"/>' for size in (10, 480))
    (file,) = files_of(film.format(f"<media:title>A film</media:title>{small}{large}"))
    assert file == Enclosure(url=PAGE, type="text/html", text="A film", thumbnail=f"{HOST}/480.jpg")
    assert files_of(film.format("")) == ()


def test_one_version_of_a_film_is_enough() -> None:
    versions = "".join(
        f'<media:content url="{HOST}/{height}.mp4" type="video/mp4" height="{height}"{default}/>'
        for height, default in ((1080, ""), (720, ' isDefault="true"'), (480, ""))
    )
    torrent = f'<enclosure url="{HOST}/1.torrent" type="application/x-bittorrent" length="9"/>'
    files = files_of(f'<media:thumbnail url="/1.jpg"/>{torrent}<media:group>{versions}</media:group>')
    assert [(file.url, file.thumbnail) for file in files] == [
        (f"{HOST}/1.torrent", ""),
        (f"{HOST}/720.mp4", "https://ann.example/1.jpg"),
    ]


def test_one_size_of_a_picture_is_enough() -> None:
    sizes = [
        f'<media:content url="{HOST}/a.jpg?w={width}" width="{width}" medium="image"/>' for width in (90, 606, 140)
    ]
    assert [file.url for file in files_of("".join(sizes))] == [f"{HOST}/a.jpg?w=606"]
    named = [f'<media:content url="{HOST}/{width}w.jpg" width="{width}" medium="image"/>' for width in (90, 606, 140)]
    assert [file.url for file in files_of(f"<media:group>{''.join(named)}</media:group>")] == [f"{HOST}/606w.jpg"]
    assert len(files_of("".join(named))) == 3


def test_a_file_that_is_told_twice_is_one_with_all_that_is_told() -> None:
    files = files_of(
        f'<enclosure url="{HOST}/1.mp3" length="5"/><media:content url="{HOST}/1.mp3" type="audio/mpeg">'
        "<media:title>Episode</media:title></media:content>"
    )
    assert files == (Enclosure(url=f"{HOST}/1.mp3", type="audio/mpeg", length=5, text="Episode"),)


@pytest.mark.parametrize(
    "url",
    [
        "https://0.gravatar.com/avatar/0123?s=96&amp;d=identicon",
        "https://secure.gravatar.com/blavatar/0123",
        "https://seccdn.libravatar.org/avatar/0123",
        "https://avatars0.githubusercontent.com/u/1?s=60",
        "https://files.example/accounts/avatars/000/001/original/x.png",
        "https://forum.example/user_avatar/x/ann/48/1_2.png",
        "https://pbs.twimg.com/profile_images/1/x.jpg",
        "https://64.media.tumblr.com/avatar_0123456789ab_128.png",
        "https://ann.example/favicon.ico",
    ],
)
def test_a_face_is_no_file_of_an_entry(url: str) -> None:
    assert files_of(f'<media:content url="{url}" medium="image"><media:title>ann</media:title></media:content>') == ()
    assert files_of(f'<enclosure url="{url}" type="image/png"/>') == ()
    assert read_entry(atom(f'<media:thumbnail url="{url}"/><content>x</content>')).enclosures == ()


@pytest.mark.parametrize("url", ["https://ann.example/avatar.jpg", "https://ann.example/avatar-2-review/a.jpg"])
def test_a_film_of_that_name_is_none(url: str) -> None:
    assert [file.url for file in files_of(f'<enclosure url="{url}" type="image/jpeg"/>')] == [url]


def test_a_picture_that_several_entries_have_is_a_logo() -> None:
    def feed(count: int) -> bytes:
        entries = (
            f"<item><guid>{number}</guid><title>{number}</title><enclosure url='/logo.png' type='image/png'/>"
            f"<enclosure url='/{number}.mp3'/><media:thumbnail url='/cover.png'/></item>"
            for number in range(count)
        )
        return rss("").replace("<item>", "".join(entries) + "<item>").encode()

    few, many = (parse(feed(count), url=PAGE).entries[0].enclosures for count in (2, 3))
    assert [(file.url, file.thumbnail) for file in few] == [
        ("https://ann.example/logo.png", ""),
        ("https://ann.example/0.mp3", "https://ann.example/cover.png"),
    ]
    assert many == (Enclosure(url="https://ann.example/0.mp3", type="audio/mpeg"),)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ('<enclosure url="/a.mp3"/>', "audio/mpeg"),
        ('<enclosure url="/a.mp3?x=1" type="application/octet-stream"/>', "audio/mpeg"),
        ('<enclosure url="/a.mp3" type="audio/x-mpeg"/>', "audio/x-mpeg"),
        ('<media:content url="/a.JPG" medium="image"/>', "image/jpeg"),
        ('<media:content url="/a" medium="image"/>', "image/*"),
        ('<media:content url="/a" type="image"/>', "image/*"),
        ('<media:content url="/a.mp3" medium="video"/>', "video/*"),
        ('<enclosure url="/a"/>', ""),
        ('<enclosure url="/a" type="no type"/>', ""),
    ],
)
def test_types(item: str, kind: str) -> None:
    (file,) = files_of(item)
    assert file.type == kind


def test_a_content_elsewhere_is_a_file() -> None:
    entry = read_entry(atom('<summary>S</summary><content type="video/mp4" src="/v.mp4"/>'))
    assert (entry.html, entry.enclosures) == ("<p>S</p>", (Enclosure(url=f"{PAGE[:-1]}v.mp4", type="video/mp4"),))
    assert read_entry(atom('<content type="text/html" src="/v.html"/>')).enclosures == ()


def test_a_dot_and_what_has_no_address_are_no_files() -> None:
    assert files_of('<media:content url="/1.gif" width="1" height="1"/><enclosure url="data:x"/><enclosure/>') == ()


def test_the_only_file_is_what_the_entry_describes_and_a_file_name_is_no_title() -> None:
    one = '<media:content url="/lake.jpg"/><media:title>lake</media:title>'
    about = '<media:description type="html">&lt;p&gt;A &lt;b&gt;lake&lt;/b&gt;&lt;/p&gt;</media:description>'
    assert [file.text for file in files_of(one)] == [""]
    assert [file.text for file in files_of(one + about)] == ["<p>A <b>lake</b></p>"]
    assert [file.text for file in files_of(one + '<media:content url="/sea.jpg"/>' + about)] == ["", ""]


def test_attachments_of_a_json_feed() -> None:
    files = [
        {"url": "/a.png", "mime_type": "image/png", "title": "A <b>", "size_in_bytes": 12},
        {"url": "https://0.gravatar.com/avatar/1"},
        {"url": "/x.swf"},
        {"url": 3},
        {"mime_type": "image/png"},
        "junk",
    ]
    item = {"id": "1", "url": PAGE, "content_text": "x", "attachments": files}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]}
    (entry,) = parse(json.dumps(feed).encode(), url=PAGE).entries
    assert [(file.url, file.text, file.length) for file in entry.enclosures] == [
        ("https://ann.example/a.png", "A &lt;b&gt;", 12),
        ("https://ann.example/3", "", 0),
    ]
