"""One feed over a real connection: manners, redirects, answers."""

import gzip
import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import FeedError
from generator.feeds.fetch import FetchError, fetch
from generator.models import FetchSettings, Validators
from tests.support.servers import Behaviour, Call, Server, answer

FEED = b"<rss><channel><title>Blog</title></channel></rss>"
SETTINGS = FetchSettings(user_agent="planet/1 (+https://planet.example/)", allow_networks=("127.0.0.0/8",), timeout=10)
KNOWN = Validators(etag='W/"a b;ü"', last_modified="Thu, 1 Jan 1970 00:00:00 GMT")


def fault(behaviour: Behaviour) -> FetchError:
    with Server({"/feed": behaviour}) as server, pytest.raises(FetchError) as caught:
        fetch(server.at("/feed"), settings=SETTINGS)
    return caught.value


def redirect(status: int, target: str) -> bytes:
    return answer(f"{status} Elsewhere", f"Location: {target}", body=b"unread")


def test_a_feed_arrives():
    fields = ('ETag: "x"', "X-Twice: 1", "X-Twice: 2", "X-Long: one\r\n  two")
    with Server({"/feed?a=1": answer("200 OK", *fields, body=FEED)}) as server:
        response = fetch(server.at("/feed?a=1#top"), settings=SETTINGS)
    assert (response.status, response.body, response.wire_bytes, response.requests) == (200, FEED, len(FEED), 1)
    assert response.url == server.at("/feed?a=1#top")
    assert response.final_url == server.at("/feed?a=1")
    assert response.moved_to == ""
    assert (response.headers["x-twice"], response.headers["x-long"]) == ("1, 2", "one two")
    assert response.validators == Validators(etag='"x"')


def test_these_headers_are_sent_and_no_others(monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    behaviours = {"/one": answer("302 Found", "Location: /two", "Set-Cookie: a=b"), "/two": answer("200 OK", body=FEED)}
    with Server(behaviours) as server:
        fetch(server.at("/one"), settings=SETTINGS)
    for call in server.calls:
        assert call.version == "HTTP/1.1"
        assert call.fields == [
            ("Host", f"127.0.0.1:{server.port}"),
            ("User-Agent", "planet/1 (+https://planet.example/)"),
            (
                "Accept",
                "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1",
            ),
            ("Accept-Encoding", "gzip"),
        ]
    assert len(server.calls) == 2


def test_validators_are_echoed_byte_for_byte():
    with Server({"/feed": answer("304 Not Modified", 'ETag: "new"')}) as server:
        response = fetch(server.at("/feed"), settings=SETTINGS, validators=KNOWN)
    assert ("If-None-Match", KNOWN.etag) in server.calls[0].fields
    assert ("If-Modified-Since", KNOWN.last_modified) in server.calls[0].fields
    assert (response.status, response.body) == (304, b"")
    assert response.validators == Validators(etag='"new"')


@pytest.mark.parametrize("known", [Validators(etag='"x"'), Validators(last_modified="yesterday")])
def test_only_the_validator_that_is_known_is_sent_and_suffices(known):
    with Server({"/feed": answer("304 Not Modified", "Content-Encoding: br")}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS, validators=known).status == 304
    assert len(server.calls[0].fields) == 5


@pytest.mark.parametrize("etag", ['"a\r\nX-Evil: 1"', ' "led"', '"\x00"', '"\U0001f600"', '"' + 2000 * "x" + '"'])
def test_a_validator_that_is_no_header_value_is_not_sent(etag):
    with Server({"/feed": answer("200 OK", body=FEED)}) as server:
        fetch(server.at("/feed"), settings=SETTINGS, validators=Validators(etag=etag))
    assert len(server.calls[0].fields) == 4


def test_validators_go_only_to_the_address_that_gave_them():
    behaviours = {"/old": redirect(302, "/new"), "/new": answer("304 Not Modified")}
    with Server(behaviours) as server:
        fetch(server.at("/old"), settings=SETTINGS, validators=KNOWN, origin=server.at("/new"))
        assert [len(call.fields) for call in server.calls] == [4, 6]
        with pytest.raises(FetchError, match="was not asked"):
            fetch(server.at("/old"), settings=SETTINGS, validators=KNOWN)
    assert [len(call.fields) for call in server.calls[2:]] == [6, 4]


def test_not_modified_counts_only_where_it_was_asked():
    error = fault(answer("304 Not Modified"))
    assert error.status == 304
    assert "was not asked" in str(error)


def test_a_body_after_not_modified_is_ignored():
    with Server({"/feed": b"HTTP/1.1 304 No\r\nContent-Length: 4\r\n\r\nevil"}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS, validators=KNOWN).body == b""


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ((301,), True),
        ((308,), True),
        ((301, 308, 301), True),
        ((302,), False),
        ((303,), False),
        ((307,), False),
        ((301, 302), False),
        ((307, 308), False),
        ((301, 301, 303, 301), False),
    ],
)
def test_redirects_are_followed_and_their_kind_is_kept(statuses, permanent):
    behaviours = {f"/{place}": redirect(status, f"/{place + 1}") for place, status in enumerate(statuses)}
    with Server({**behaviours, f"/{len(statuses)}": answer("200 OK", body=FEED)}) as server:
        response = fetch(server.at("/0"), settings=SETTINGS)
    final = server.at(f"/{len(statuses)}")
    assert (response.final_url, response.moved_to) == (final, final if permanent else "")
    assert (response.requests, response.body) == (len(statuses) + 1, FEED)


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("feed.xml", "/a/feed.xml"),
        ("/b?c=d", "/b?c=d"),
        ("//{host}/e", "/e"),
        ("/f#g", "/f"),
        ("?h", "/a/?h"),
        ("/ü", "/%C3%BC"),
        ("/i j", "/i%20j"),
        ("/\udcfc", "/%C3%BC"),  # a lone byte of Latin-1
    ],
)
def test_a_redirect_is_read_as_browsers_read_it(location, path):
    with Server({path: answer("200 OK", body=FEED)}) as server:
        host = f"127.0.0.1:{server.port}"
        target = location.replace("{host}", host).encode("utf-8", "surrogateescape").decode("latin-1")
        server.behaviours["/a/"] = redirect(301, target)
        assert fetch(server.at("/a/"), settings=SETTINGS).final_url == f"http://{host}{path}"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("", "does not say where"),
        ("file:///etc/passwd", "must begin with https"),
        ("ftp://example.org/", "must begin"),
        ("gopher://example.org/", "must begin"),
        ("data:text/xml,x", "must begin"),
        ("javascript:x", "must begin"),
        ("http://me:secret@example.org/", "password"),
        ("//me@example.org/", "password"),
        ("http://[", "must begin"),
        ("http://example.org:99999/", "must begin"),
        ("https://", "must begin"),
        ("/" + 3000 * "x", "must begin"),
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_refused(location, words):
    error = fault(redirect(301, location))
    assert words in str(error)
    assert "secret" not in str(error)
    assert error.requests == 1


def test_a_redirect_without_an_address_is_refused_and_the_time_is_told():
    began = time.monotonic()
    error = fault(answer("301 Elsewhere"))
    assert "does not say where" in str(error)
    assert 0 <= error.milliseconds <= 1000 * (time.monotonic() - began) + 1


@pytest.mark.parametrize(
    "url", ["", "feed", "ftp://example.org/", "http://", "http://a b/", "https://me:you@example.org/"]
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(FetchError) as caught:
        fetch(url, settings=SETTINGS)
    assert caught.value.requests == 0
    assert "you" not in str(caught.value)


def test_a_circle_of_redirects_ends():
    behaviours = {"/a": redirect(301, "/b"), "/b": redirect(301, "/a")}
    with Server(behaviours) as server, pytest.raises(FetchError, match="circle"):
        fetch(server.at("/a"), settings=SETTINGS)
    assert len(server.calls) == 2


def test_a_long_chain_ends():
    behaviours = {f"/{place}": redirect(302, f"/{place + 1}") for place in range(6)}
    with Server({**behaviours, "/6": answer("200 OK", body=FEED)}) as server:
        with pytest.raises(FetchError, match="more than 5 redirects"):
            fetch(server.at("/0"), settings=SETTINGS)
        assert len(server.calls) == 6
        assert fetch(server.at("/1"), settings=SETTINGS).requests == 6


def dawdle(call: Call) -> None:
    """A fifth of a second to the next number."""
    call.over.wait(0.2)
    call.say(redirect(302, f"/{int(call.path[1:]) + 1}"))


def test_all_hops_share_one_deadline():
    """Each hop is fast enough by itself, the way as a whole is not."""
    hasty = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=0.5)
    behaviours = {**{f"/{place}": dawdle for place in range(4)}, "/4": answer("200 OK", body=FEED)}
    with Server(behaviours) as server, pytest.raises(FetchError, match="did not arrive in the time") as caught:
        fetch(server.at("/0"), settings=hasty)
    assert 400 <= caught.value.milliseconds < 60_000


def test_the_time_of_all_hops_is_told():
    with Server({"/0": dawdle, "/1": dawdle, "/2": answer("200 OK", body=FEED)}) as server:
        assert 400 <= fetch(server.at("/0"), settings=SETTINGS).milliseconds < 60_000


def test_a_moved_address_that_is_gone_tells_its_status_and_place():
    behaviours = {"/old": redirect(301, "/new"), "/new": answer("410 Gone", "Retry-After: 60")}
    with Server(behaviours) as server, pytest.raises(FetchError) as caught:
        fetch(server.at("/old"), settings=SETTINGS)
    error = caught.value
    assert (error.status, error.url, error.requests) == (410, server.at("/new"), 2)
    assert error.headers["retry-after"] == "60"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "password"),
        (402, "money"),
        (403, "turns the planet away"),
        (404, "no feed at this address"),
        (410, "gone"),
        (429, "too often"),
        (451, "legal"),
        (418, "refuses the request"),
        (500, "in trouble"),
        (503, "in trouble"),
        (204, "status 204"),
        (206, "status 206"),
        (226, "status 226"),
        (300, "status 300"),
        (305, "status 305"),
        (999, "in trouble"),
        (101, "status 101"),
    ],
)
def test_other_answers_are_told_in_a_sentence(status, words):
    error = fault(answer(f"{status} \x1b[31m##[error] evil", "Retry-After: 7200", body=b"unread"))
    assert words in str(error)
    assert str(status) in str(error)
    assert "evil" not in str(error)
    assert (error.status, error.headers["retry-after"]) == (status, "7200")
    assert isinstance(error, FeedError)


@pytest.mark.parametrize(
    "fields",
    [
        ("403 Forbidden", "CF-Mitigated: challenge"),
        ("503 No", "cf-mitigated: challenge"),
        ("403 No", "Server: cloudflare"),
    ],
)
def test_a_challenge_page_is_named(fields):
    error = fault(answer(*fields, body=b"<title>Just a moment"))
    assert "Cloudflare" in str(error)
    assert "challenge" in str(error)


def test_one_gzip_is_undone():
    packed = gzip.compress(FEED)
    with Server({"/feed": answer("200 OK", "Content-Encoding: gzip", body=packed)}) as server:
        response = fetch(server.at("/feed"), settings=SETTINGS)
    assert (response.body, response.wire_bytes) == (FEED, len(packed))


@pytest.mark.parametrize("tail", [gzip.compress(b"!", mtime=0), b"\x00" * 9, b""])
def test_gzip_may_have_several_members_and_padding(tail):
    packed = gzip.compress(FEED) + tail
    with Server({"/feed": answer("200 OK", "Content-Encoding: X-GZIP", body=packed)}) as server:
        body = fetch(server.at("/feed"), settings=SETTINGS).body
    assert body == FEED + (b"!" if tail.startswith(b"\x1f") else b"")


def chunked(data: bytes, size: int) -> bytes:
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + framed + b"0\r\n\r\n"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1), st.integers(1, 900), st.integers(1, 700))
def test_any_body_survives_packing_and_framing(parts, repeat, size):
    packed = b"".join(gzip.compress(part * repeat) for part in parts)
    with Server({"/feed": chunked(packed, size)}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body == b"".join(part * repeat for part in parts)


def test_a_second_member_may_begin_anywhere():
    """Its two magic bytes arrive in two reads."""
    first, second = gzip.compress(random.Random(1).randbytes(65536 - 46)), gzip.compress(FEED)
    filler = 65535 - len(first)
    first = gzip.compress(random.Random(1).randbytes(65536 - 46 + filler))
    assert len(first) == 65535
    with Server({"/feed": answer("200 OK", "Content-Encoding: gzip", body=first + second)}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body.endswith(FEED)


def test_a_large_body_arrives_whole():
    body = random.Random(2).randbytes(3 * 1024 * 1024)
    with Server({"/feed": answer("200 OK", body=body)}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body == body


def test_a_chunked_body_is_put_together():
    def behaviour(call: Call) -> None:
        call.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n<rs\r\n")
        call.say(b"2\r\ns>\r\n0\r\nTrailer: x\r\n\r\n")

    with Server({"/feed": behaviour}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body == b"<rss>"


def test_a_body_without_a_length_ends_with_the_connection():
    with Server({"/feed": b"HTTP/1.0 200 OK\r\n\r\n" + FEED}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body == FEED


def test_a_body_of_exactly_the_limit_passes():
    tight = FetchSettings(allow_networks=("127.0.0.0/8",), max_bytes=len(FEED))
    behaviours = {"/fits": answer("200 OK", body=FEED), "/not": answer("200 OK", body=FEED + b"!")}
    with Server(behaviours) as server:
        assert fetch(server.at("/fits"), settings=tight).body == FEED
        with pytest.raises(FetchError, match="larger than"):
            fetch(server.at("/not"), settings=tight)


@pytest.mark.parametrize(
    "encoding", ["UTF-8", "none", "identity", "aws-chunked", "8bit", "identity, none", ",", "utf8;q=1", "\x1b[2J"]
)
def test_a_content_encoding_that_packs_nothing_is_none(encoding):
    with Server({"/feed": answer("200 OK", f"Content-Encoding: {encoding}", body=FEED)}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body == FEED


@pytest.mark.parametrize("encoding", ["gzip", "X-GZIP", "gzip, identity", "aws-chunked,gzip", "utf-8, gzip"])
def test_a_list_of_content_encodings_with_gzip_in_it_is_gzip(encoding):
    behaviour = answer("200 OK", f"Content-Encoding: {encoding}", body=gzip.compress(FEED))
    with Server({"/feed": behaviour}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body == FEED


@pytest.mark.parametrize("encoding", ["br", "gzip, br", "zstd", "deflate, identity"])
def test_another_packing_is_refused_by_its_name(encoding):
    reason = str(fault(answer("200 OK", f"Content-Encoding: {encoding}", body=b"packed")))
    assert re.search("“(br|gzip, br|zstd|deflate)”", reason)


INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"


@pytest.mark.parametrize("before", [INTERIM, b"HTTP/1.1 100 Continue\r\n\r\n" + INTERIM, 5 * INTERIM])
def test_interim_answers_are_read_past(before):
    with Server({"/feed": before + answer("200 OK", body=FEED)}) as server:
        assert fetch(server.at("/feed"), settings=SETTINGS).body == FEED


def test_interim_answers_without_an_end_are_a_fault():
    assert "does not speak HTTP properly" in str(fault(lambda call: call.pour(INTERIM)))


def test_an_answer_that_a_proxy_has_changed_is_an_answer():
    with Server({"/feed": answer("203 Non-Authoritative Information", 'ETag: "x"', body=FEED)}) as server:
        response = fetch(server.at("/feed"), settings=SETTINGS)
    assert (response.status, response.body, response.validators.etag) == (200, FEED, '"x"')


XML = '<?xml version="1.0"?><!-- <rss> --><rss><channel><title>zażółć</title></channel>\n</rss >\n<!-- x -->'.encode()
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}\n'
PACKED = gzip.compress(XML, mtime=0)


def counted(length: int, body: bytes, *fields: str) -> bytes:
    """An answer with a length of its own."""
    return answer("200 OK", *fields).replace(b"Content-Length: 0", b"Content-Length: %d" % length) + body


def fetched(behaviour: Behaviour) -> bytes:
    with Server({"/feed": behaviour}) as server:
        return fetch(server.at("/feed"), settings=SETTINGS).body


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([XML, JSON]), st.data())
def test_a_document_that_lacks_its_end_is_read_beyond_its_length(document, data):
    length = data.draw(st.integers(0, len(document) - 20))
    assert fetched(counted(length, document)) == document
    assert fetched(counted(length, document, "Connection: close")) == document


def test_beyond_its_length_a_packed_document_is_read_too():
    assert fetched(counted(len(PACKED) - 9, PACKED, "Content-Encoding: gzip")) == XML


@pytest.mark.parametrize("document", [XML, JSON])
def test_a_document_that_has_its_end_is_whole_whatever_stands_behind_it(document):
    def behaviour(call: Call) -> None:
        call.say(counted(len(document), document + b"HTTP/1.1 200 OK\r\n\r\n<rss>"))
        call.hold()

    assert fetched(behaviour) == document


def test_a_server_that_falls_silent_behind_the_length_has_said_all():
    def behaviour(call: Call) -> None:
        call.say(counted(5, FEED[:-6]))
        call.hold()

    assert fetched(behaviour) == FEED[:-6]


def test_drops_behind_the_length_end_at_the_deadline():
    def behaviour(call: Call) -> None:
        call.say(counted(5, FEED[:-6]))
        call.drip(b"x")

    hasty = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=0.2)
    with Server({"/feed": behaviour}) as server:
        assert fetch(server.at("/feed"), settings=hasty).body.startswith(FEED[:-6])


@pytest.mark.parametrize("document", [XML, JSON])
def test_a_document_that_has_its_end_needs_none_of_the_bytes_that_were_told_beside(document):
    assert fetched(counted(len(document) + 9, document)) == document
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s" % (len(document), document)
    assert fetched(chunks) == fetched(chunks + b"\r\n") == document


def test_behind_the_last_chunk_nothing_is_read():
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\n<rss>\r\n0\r\n\r\n</rss>"
    assert fetched(chunks) == b"<rss>"


def test_without_a_word_of_packing_nothing_is_unpacked_and_an_empty_answer_is_none():
    assert fetched(counted(0, b"")) == b""
