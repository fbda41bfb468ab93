"""Under whose rights an entry is, and where it is discussed."""

import pytest

from generator.feeds.parse import parse
from generator.models import Entry

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:cc="http://creativecommons.org/ns#" xmlns:web="http://web.resource.org/cc/" '
    'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
BY = "https://creativecommons.org/licenses/by/4.0/"


def rss(inner: str = "", head: str = "") -> Entry:
    text = (
        f'<rss version="2.0" {SPACES}><channel><title>L</title><link>https://larry.example/</link>{head}'
        f"<item><title>x</title><link>https://larry.example/1</link>{inner}</item></channel></rss>"
    )
    return parse(text.encode(), url="https://larry.example/feed").entries[0]


def atom(inner: str, head: str = "") -> Entry:
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>L</title>'
        f'<link href="https://larry.example/"/>{head}<entry><id>1</id><title>x</title>'
        f'<link href="https://larry.example/1"/>{inner}</entry></feed>'
    )
    return parse(text.encode(), url="https://larry.example/feed").entries[0]


@pytest.mark.parametrize(
    ("element", "rights"),
    [
        ("<copyright>© Larry</copyright>", "© Larry"),
        ("<dc:rights>© Larry</dc:rights>", "© Larry"),
        ("<dcterms:rights>© Larry</dcterms:rights>", "© Larry"),
        ("<atom:rights>© Larry</atom:rights>", "© Larry"),
        (f"<cc:license>{BY}</cc:license>", BY),
        (f'<cc:license rdf:resource="{BY}"/>', BY),
        (f'<web:license rdf:resource="{BY}"/>', BY),
        (f"<creativeCommons:license>{BY}</creativeCommons:license>", BY),
        (f"<dcterms:license>{BY}</dcterms:license>", BY),
        (f'<media:license type="text/html" href="{BY}">CC</media:license>', BY),
        (f'<atom:link rel="license" href="{BY}"/>', BY),
        ('<atom:link rel="license" href="/licence"/>', "https://larry.example/licence"),
        (f"<copyright>© Larry</copyright><cc:license>{BY}</cc:license>", BY),
        (f'<copyright>© Larry &lt;a rel="license" href="{BY}"&gt;CC&lt;/a&gt;</copyright>', BY),
        (f"<copyright>Under &lt;a href='{BY}'&gt;CC BY&lt;/a&gt;</copyright>", BY),
        (
            "<copyright>© &lt;a href='https://larry.example/'&gt;Larry&lt;/a&gt;</copyright>",
            "© <a href='https://larry.example/'>Larry</a>",
        ),
        ("<license>CC0</license>", "CC0"),
        ('<atom:link rel="license" href="javascript:x"/><copyright>©</copyright>', "©"),
        ('<atom:link rel="license"/>', ""),
    ],
)
def test_rights_are_the_entrys_else_the_feeds(element: str, rights: str) -> None:
    assert rss(element).rights == rights
    assert rss("", element).rights == rights
    assert rss("<dc:rights>mine</dc:rights>", element).rights == "mine"


def test_rights_of_atom() -> None:
    assert atom("<rights>mine</rights>", "<rights>© Larry</rights>").rights == "mine"
    assert atom("", f'<rights>© Larry</rights><link rel="license" href="{BY}"/>').rights == BY


@pytest.mark.parametrize(
    ("element", "address"),
    [
        ("<comments>https://larry.example/1#comments</comments>", "https://larry.example/1#comments"),
        ("<comments>https://forum.example/t/1</comments>", "https://forum.example/t/1"),
        ("<comments>/1/talk</comments>", "https://larry.example/1/talk"),
        ("<comments>#respond</comments>", "https://larry.example/1#respond"),
        ("<comments>12</comments>", ""),
        ("<comments>true</comments>", ""),
        ("<comments/><slash:comments>3</slash:comments>", ""),
        ("<comments>javascript:alert(1)</comments>", ""),
        ("<comments>mailto:larry@larry.example</comments>", ""),
        ("<comments>http://www.larry.example/1/</comments>", ""),
        ("<comments>https://larry.example</comments>", ""),
        ("<comments>https://larry.example/1/feed/</comments>", ""),
        (
            '<atom:link rel="replies" href="https://larry.example/1/talk" thr:count="3"/>',
            "https://larry.example/1/talk",
        ),
    ],
)
def test_where_an_item_is_discussed(element: str, address: str) -> None:
    assert rss(element).comments == address


def test_of_links_to_replies_the_page_counts_and_not_the_feed() -> None:
    feed = '<link rel="replies" type="application/atom+xml" href="https://larry.example/1/comments.atom"/>'
    page = '<link rel="replies" type="text/html" href="https://larry.example/1/talk" thr:count="0"/>'
    assert atom(feed + page).comments == "https://larry.example/1/talk"
    assert atom(feed).comments == ""
    assert atom('<link rel="replies" href="1.atom"/>').comments == ""
    assert atom('<thr:in-reply-to ref="x" href="https://kim.example/1"/>').comments == ""
