"""Addresses of one page, however they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models.urls import host as host_of
from generator.models.urls import page_url, safe_url, url_key, without_signature

PARTS = st.sampled_from("www. www a b-c x_y . .. / // ~ index.html index.php index.htm 2019 80 A".split())


@given(st.sampled_from("a www.a www www.www.a. x_y 1.2".split()), st.lists(PARTS, max_size=6).map("".join))
def test_an_address_without_query_is_the_same_with_a_fragment(host: str, rest: str) -> None:
    for scheme in ("http", "https"):
        assert url_key(f"{scheme}://{host}{rest}") == url_key(f"{scheme}://{host}{rest}#part")
        assert host_of(f"{scheme}://{host}{rest}") == host_of(f"{scheme}://{host}{rest}#part")


@pytest.mark.parametrize(
    "url",
    ["http://www.Larry.example:80/a/", "https://larry.example/a/index.html", "https://larry.example/%61?utm_source=x"],
)
def test_spellings_of_one_page_are_the_same(url: str) -> None:
    assert url_key(url) == url_key("https://larry.example/a") == "larry.example/a"


def test_other_pages_are_not() -> None:
    told = ["https://larry.example/a", "https://larry.example/A", "https://larry.example/a?b", "https://b.example/a"]
    assert len(set(map(url_key, told))) == len(told)


SIGNED = [
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F1&X-Amz-Date=20230101T000000Z&X-Amz-Signature=a",
    "AWSAccessKeyId=A&Expires=1700000000&Signature=a%2Bb",
    "Expires=1700000000&Signature=a&Key-Pair-Id=K&Policy=p",
    "GoogleAccessId=a&Expires=1700000000&Signature=b",
    "sv=2021-06-08&se=2023-01-01T00%3A00%3A00Z&sr=b&sp=r&st=2022-12-31&spr=https&sig=a%3D",
    "ex=65a1b2c3&is=6590aabb&hm=ffff",
    "_nc_cat=100&ccb=1-7&_nc_ohc=abc&oh=00_Af&oe=65A1B2C3",
    "jwt=a.b.c",
    "expirationTimestamp=1700000000000&signature=a",
    "token-time=1700000000&token-hash=a%3D",
    "e=1700000000&t=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "q-sign-algorithm=sha1&q-ak=A&q-sign-time=1;2&q-signature=a",
    "auth_key=1700000000-0-0-a",
    "hdnts=exp=1~acl=/*~hmac=a",
    "e=1700000000&token=a:b",
    "PHPSESSID=a",
    "_=1700000000123",
]


@pytest.mark.parametrize("query", SIGNED)
def test_what_a_server_writes_anew_is_no_part_of_an_address(query: str) -> None:
    assert without_signature(f"https://a.example/b.png?{query}#c") == "https://a.example/b.png#c"
    assert without_signature(f"https://a.example/b.png?w=1&{query}&h=2") == "https://a.example/b.png?w=1&h=2"


LASTING = [
    "https://a.example/?p=123&s=term&sort=a&policy=5&is=7&ex=8&",
    "https://a.example/watch?v=abcdefghijk&t=120",
    "https://a.example/?date=2023-01-01&v=3&token=a",
    "https://a.example/wiki?title=Token&oldid=1400000000#sig=a",
    "https://a.example/?#",
]


@pytest.mark.parametrize("url", LASTING)
def test_what_names_a_page_is_part_of_its_address(url: str) -> None:
    assert without_signature(url) == url


def test_a_token_is_a_signature_of_a_picture() -> None:
    assert without_signature("https://a.example/b?c=d&token=e", picture=True) == "https://a.example/b?c=d"
    assert without_signature("https://a.example/b;jsessionid=1?c=d", picture=True) == "https://a.example/b?c=d"


@pytest.mark.parametrize(
    ("name", "ascii_name"),
    [
        ("faß.de", "xn--fa-hia.de"),
        ("FASS.de", "fass.de"),
        ("FAẞ.DE", "xn--fa-hia.de"),
        ("σοφός.gr", "xn--0xagbn4a.gr"),
        ("ΣΟΦΟΣ.gr", "xn--0xaakcn.gr"),
        ("bücher.example:8080", "xn--bcher-kva.example:8080"),
        ("日本語。jp", "xn--wgv71a119e.jp"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("نامه\u200cای.com", "xn--mgba3gch31f060k.com"),
        ("a_b.ü.de", "a_b.xn--tda.de"),
        ("i♥ny.example", "xn--iny-zx5a.example"),
        ("💩.la", "xn--ls8h.la"),
    ],
)
def test_a_host_is_called_by_the_name_that_browsers_send(name: str, ascii_name: str) -> None:
    assert safe_url(f"https://{name}/a") == f"https://{ascii_name}/a"
    assert safe_url(f"//{name}/a", base="https://larry.example/") == f"https://{ascii_name}/a"
    assert url_key(f"https://www.{name}/a") == url_key(f"https://{ascii_name}/a")


@pytest.mark.parametrize("name", ["ü" * 64 + ".de", "ü／b.de", "ü\u2488.de", "ü@b.de", "ü﹖.de"])
def test_what_names_no_host_is_no_address(name: str) -> None:
    assert safe_url(f"https://{name}/") == ""


def test_a_joiner_that_joins_nothing_in_a_host_is_left_out() -> None:
    assert safe_url("https://larry.example/می\u200cخواهم") == safe_url("https://larry.example/میخواهم")
    assert safe_url("\u200dhttps://lar\u200cry.example/") == "https://larry.example/"


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_safe_address_stays_as_it_is(name: str, path: str) -> None:
    safe = safe_url(f"https://{name}.example/{path}")
    assert safe_url(safe) == safe
    assert safe.isascii()


COUNTED = [
    "source=rss-9f8e7d6c5b4a------2",
    "source=rss----9f8e7d6c5b4a---4",
    "source=rss------programming-5",
    "source=rss",
    "src=RSS",
    "from=rss",
    "wt_mc=rss.red.all.rdf",
    "utm_source=rss&source=rss_feed",
]


@pytest.mark.parametrize("query", COUNTED)
def test_what_a_site_adds_in_its_feed_is_no_part_of_a_page_s_address(query: str) -> None:
    assert page_url(f"https://a.example/b?c=d&{query}#e") == "https://a.example/b?c=d#e"
    assert page_url(f"https://a.example/b?{query}") == "https://a.example/b"
    assert url_key(f"https://a.example/b?{query}") == url_key("https://a.example/b")
    assert page_url(f"https://a.example/b#?{query}") == f"https://a.example/b#?{query}"


@pytest.mark.parametrize("query", ["format=rss", "feed=rss2", "source=rssguard", "q=rss", "source=github", "tag=rss"])
def test_what_a_page_is_called_by_stays(query: str) -> None:
    assert page_url(f"https://a.example/?{query}") == f"https://a.example/?{query}"
