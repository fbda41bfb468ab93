"""Bytes into text: encodings, references, and documents that are damaged."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import FeedError
from generator.feeds.parse import parse
from generator.feeds.parse.charset import codecs_for
from generator.feeds.parse.decode import decode
from generator.feeds.parse.mend import CUT
from generator.models import Entry, Feed
from tests.support.planets import item, rss

URL = "https://larry.example/feed"
LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 unicodefffe utf-16be csunicode "
    "iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
    "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
    "iso_8859-7:1987 sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
    "iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251 win-1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
    "windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp_ext": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
    "windows-949",
}
"""The labels of the Encoding Standard, by Python's names."""


def read(body: bytes, content_type: str = "", **how: Any) -> Feed:
    return parse(body, url=URL, content_type=content_type, **how)


def body_of(text: str, label: str = "", codec: str = "utf-8") -> bytes:
    """A feed of one entry with `text`, declared as `label` and written in `codec`."""
    declared = f' encoding="{label}"' if label else ""
    xml = rss(item(1, title="x", body=f"<p>{text}</p>")).partition("?>")[2]
    return f'<?xml version="1.0"{declared}?>{xml}'.encode(codec)


def html_of(body: bytes, content_type: str = "") -> str:
    (entry,) = read(body, content_type).entries
    return entry.html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(("codec", "label"), [(codec, label) for codec in LABELS for label in LABELS[codec].split()])
def test_a_label_means_what_the_encoding_standard_says(codec: str, label: str) -> None:
    assert codecs_for(label)[0] == codecs_for(f" {label.upper()} ")[0] == codec


@pytest.mark.parametrize("label", ["utf8mb4", "UTF_8", "utf 8", "'utf-8'", "CESU-8"])
def test_odd_spellings_of_utf8(label: str) -> None:
    assert codecs_for(label) == ("utf-8",)


@pytest.mark.parametrize("label", ["", "utf-7", "idna", "unicode_escape", "hex", "rot13", "iso-8859-12", "no", "a\0b"])
def test_what_is_no_encoding_of_a_document(label: str) -> None:
    assert codecs_for(label) == ()


POLISH, RUSSIAN, THAI, JAPANESE = "Zażółć gęślą", "Привет, мир", "สวัสดี “x”", "こんにちは、世界"


@pytest.mark.parametrize(
    ("text", "label", "codec"),
    [
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN, "KOI8-R", "koi8-r"),
        (RUSSIAN, "x-mac-cyrillic", "mac-cyrillic"),
        (POLISH, "ISO-8859-2", "iso8859-2"),
        ("“ı” İ", "iso-8859-9", "cp1254"),
        ("“é”", "us-ascii", "cp1252"),
        (THAI, "TIS-620", "cp874"),
        ("שלום", "ISO-8859-8-I", "iso8859-8"),
        (f"{JAPANESE} ①", "x-sjis", "cp932"),
        (JAPANESE, "EUC-JP", "euc_jp"),
        (f"{JAPANESE} ①", "EUC-JP", "euc_jis_2004"),
        (JAPANESE, "iso-2022-jp", "iso2022_jp"),
        (JAPANESE, "", "iso2022_jp"),
        ("똠방각하", "ks_c_5601-1987", "cp949"),
        ("镕 €", "gb2312", "gb18030"),
        ("中文‧﹑ €", "big5", "cp950"),
        ("中文", "hz-gb-2312", "hz"),
        (POLISH, "utf-16", "utf-16"),
        (POLISH, "", "utf-16"),
        (POLISH, "utf-16", "utf-16-be"),
        (POLISH, "utf-16", "utf-8"),
        (POLISH, "utf-32", "utf-32"),
        (POLISH, "iso-8859-1", "utf-8-sig"),
        ("“naïve”", "", "cp1252"),
        ("«\xa0doué\xa0» à Gênes", "", "cp1252"),
        ("x-user-defined: é", "x-user-defined", "cp1252"),
    ],
)
@pytest.mark.parametrize("content_type", ["", "text/xml", "application/rss+xml; charset=", "text/plain; charset=none"])
def test_a_feed_in_its_encoding(text: str, label: str, codec: str, content_type: str) -> None:
    assert html_of(b"\n" * (codec[:5] not in ("utf-1", "utf-3")) + body_of(text, label, codec), content_type) == text


@pytest.mark.parametrize(
    ("content_type", "label", "codec"),
    [
        ("text/xml; charset=windows-1252", "utf-8", "utf-8"),
        ("text/xml; charset=ISO-8859-2", "", "utf-8"),
        ("text/xml; charset=utf-8", "windows-1251", "cp1251"),
        ("text/xml; charset=windows-1251", "utf-8", "cp1251"),
        ("text/xml; charset=windows-1251", "koi8-r", "cp1251"),
        ("text/xml; charset=iso-8859-1", "windows-1251", "cp1251"),
        ("text/xml; Charset = 'Windows-1251'; x=y", "", "cp1251"),
        ("text/xml; charset=iso-8859-1", "utf-16", "utf-16-le"),
    ],
)
def test_http_and_the_document_disagree(content_type: str, label: str, codec: str) -> None:
    assert html_of(body_of(RUSSIAN, label, codec), content_type) == RUSSIAN


def test_of_two_labels_that_counts_which_explains_every_byte() -> None:
    body = body_of(JAPANESE, "shift_jis", "cp932")
    assert html_of(body, "text/xml; charset=euc-jp") == html_of(body, "text/xml; charset=windows-1253") == JAPANESE


def test_a_character_of_two_surrogates_is_one() -> None:
    grin = b"\xed\xa0\xbd\xed\xb8\x80"
    assert html_of(body_of("é ?").replace(b"?", grin)) == "é 😀"
    assert html_of(body_of("é ?", "CESU-8").replace(b"?", grin)) == "é 😀"


@pytest.mark.parametrize(
    ("bad", "label", "good"),
    [
        (b"Za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 " * 5 + b"caf\xe9", "", "Zażółć " * 5 + "caf\ufffd"),
        (b"caf\xc3\xa9 na\xefve", "utf-8", "café naïve"),
        (b"\xc4\x85 na\xefve \xc4\x85", "windows-1250", "Ä… naďve Ä…"),
        (b"\xc4\x99\xc5\x9bl\xc4\x85 \xc5", "utf-8", "ęślą \ufffd"),
        (b"\xc4\x99\xc5\x9bl\xc4\x85 \xe4\xbd...", "", "ęślą \ufffd..."),
        (b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd\xff", "shift_jis", "こんにちは\ufffd"),
        (b"\xcf\xf0\xe8\xe2\xe5\xf2 \x98", "windows-1251", "Привет \ufffd"),
    ],
)
def test_a_stray_byte_costs_one_character(bad: bytes, label: str, good: str) -> None:
    body = body_of("?", label).replace(b"gt;?", b"gt;" + bad)
    assert html_of(body) == good
    assert bool(read(body).notes) == ("\ufffd" in good or "naïve" in good)


WHOLE = [item(number, title=f"Żółw {number}", body=f"<p>Zażółć gęślą jaźń {number}</p>") for number in range(1, 5)]


def others(feed: Feed, number: int) -> list[Entry]:
    """The entries but one."""
    return [entry for entry in feed.entries if entry.link != f"https://larry.example/{number}"]


def harmed(where: float, harm: bytes) -> bytes:
    """The feed of four entries, with something put into its second, after its link."""
    body = rss(*WHOLE).encode()
    start = body.index(b"/2</link>") + len("/2</link>")
    place = start + int(where * (body.index(b"</item>", start) - start))
    return body[:place] + harm + body[place:]


@given(st.floats(0, 1), st.integers(0x80, 0xFF))
def test_a_stray_byte_leaves_all_other_entries_alone(where: float, byte: int) -> None:
    feed = read(harmed(where, bytes([byte])))
    assert others(feed, 2) == others(read(rss(*WHOLE).encode()), 2)
    assert len(feed.entries) == len(WHOLE)


HARMS = [
    b"&",
    b"&x;",
    b"<",
    b"< ",
    b"<b>",
    b"</b>",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"<?",
    b"\0",
    b"\x1b$B",
    b'"',
    b"&#0;",
]


@given(st.floats(0, 1), st.sampled_from(HARMS))
def test_an_entry_that_is_broken_leaves_all_others_alone(where: float, harm: bytes) -> None:
    feed = read(harmed(where, harm))
    assert others(feed, 2) == others(read(rss(*WHOLE).encode()), 2)
    assert len(feed.entries) in (len(WHOLE), len(WHOLE) - 1)


def test_a_feed_cut_anywhere_has_only_entries_as_they_are_in_the_whole() -> None:
    body = rss(*WHOLE).encode()
    whole = read(body).entries
    for end in range(0, len(body.rstrip()) - len("</rss>"), 7):
        try:
            feed = read(body[:end])
        except FeedError:
            assert b"<item>" not in body[:end]
            continue
        assert feed.entries == whole[: len(feed.entries)]
        assert len(feed.entries) == body[:end].count(b"<item>") - 1
        assert (feed.complete, feed.notes[-1]) == (False, CUT)


@pytest.mark.parametrize(
    "after",
    ["", "\n\n", "<!-- 23 queries, 0.2 s -->", "<br />\n<b>Warning</b>: x in <b>a.php</b>", "</html>", "\0", "{}"],
)
def test_what_a_server_adds_changes_nothing(after: str) -> None:
    body = rss(*WHOLE).rstrip()
    feed = read((body + after).encode())
    assert (feed.complete, feed.entries) == (True, read(body.encode()).entries)
    before = read(f"<br />\n<b>Notice</b>: x & y\n{body}".encode())
    assert (before.complete, before.entries) == (True, feed.entries)


def test_the_end_of_a_feed_is_no_word_within_a_text() -> None:
    words = item(2, body="<p>Write &lt;/rss> and <![CDATA[</rss>")
    body = rss(item(1), words).replace("&lt;/rss&gt;", "</rss>")
    assert read(body.encode()).complete
    assert not read(body[: body.rindex("</item>") - 20].encode()).complete


def test_a_last_tag_that_lacks_its_last_sign_is_an_end() -> None:
    body = rss(*WHOLE).rstrip().encode()
    assert read(body[:-1]).entries == read(body).entries


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#55357;&#56832;", "😀"),
        ("&#xD83D;&#xde00;", "😀"),
        ("&#xd83d;&#56832;", "😀"),
        ("a&#55357;b", "a\ufffdb"),
        ("a&#xDE00;b", "a\ufffdb"),
        ("a&#0;&#8;&#x1F;&#xFFFF;b", "ab"),
        ("a&#1114112;b", "a\ufffdb"),
        ("a\x00\x08\x1b\ufffeb", "ab"),
        ("&#65;&#0066;", "AB"),
        ("AT&T", "AT&T"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("caf&eacute;&nbsp;&mdash;", "café\xa0—"),
        ("&AMP;&nosuch;", "&&nosuch;"),
        ("?a=1&b=2&copy", "?a=1&b=2&copy"),
    ],
)
@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE rss PUBLIC "x" "http://larry.example/x.dtd">'])
def test_references(written: str, meant: str, doctype: str) -> None:
    xml = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><item><guid>?</guid></item></channel></rss>'
    (entry,) = read(xml.replace("?<", f"{written}<").encode()).entries
    assert entry.guid == meant


def test_references_within_html() -> None:
    feed = "<rss><channel><item><guid>1</guid><description>%s</description></item></channel></rss>"
    section = "<![CDATA[<p>&#55357;&#56832; &#55357; &#0;. &eacute; AT&T &amp;#55357;&amp;#56832;]]>"
    assert html_of((feed % section).encode()) == "😀 \ufffd . &eacute; AT&T &amp;#55357;&amp;#56832;"
    assert html_of((feed % "&lt;p>&amp;#55357;&amp;#56832;&lt;/p>").encode()) == "😀"


def test_names_that_a_document_declares_are_its_own() -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY eacute "E"> <!ENTITY larry "L">]>'
    body = f"{doctype}<rss><channel><item><guid>&eacute;&larry;&egrave;</guid></item></channel></rss>"
    assert [entry.guid for entry in read(body.encode()).entries] == ["ELè"]


def test_a_comment_before_the_feed_declares_nothing() -> None:
    comment = '<!-- no <!DOCTYPE x> and no <rss>, but <!ENTITY eacute "E"> -->'
    body = f"{comment}<rss><channel><item><guid>&eacute;</guid></item></channel></rss>"
    assert [entry.guid for entry in read(body.encode()).entries] == ["é"]


def test_a_document_of_another_version_is_read() -> None:
    body = rss(*WHOLE).partition("?>")[2]
    assert read(f"<?xml version='1.1' standalone=\"yes\" encoding='x'?>{body}".encode()).notes == ()


def test_an_entry_that_is_broken_is_read_after_the_others() -> None:
    feed = read(rss(*WHOLE).replace("<title>Żółw 2", "<title><b>Żółw 2").encode())
    assert [entry.link[-1] for entry in feed.entries] == ["1", "3", "4", "2"]
    assert "Żółw 2" in feed.entries[3].title
    assert feed.notes[0].startswith("the feed is not well-formed (near line ")


JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "L", "items": [%s], "language": "pl"}'
ITEMS = ", ".join(
    f'{{"id": "{n}", "tags": ["é", "]"], "author": {{"name": "K"}}, "content_text": "{{ż}}"}}' for n in "123"
)


def test_a_json_feed_cut_anywhere_has_only_whole_entries() -> None:
    body = (JSON % ITEMS).encode()
    whole = read(body).entries
    for end in range(len(body) - 1):
        try:
            feed = read(body[:end])
        except FeedError:
            assert end < body.index(b'{"id": "1"')
            continue
        assert feed.entries == whole[: len(feed.entries)]
        assert len(feed.entries) >= body[:end].count(b'"id"') - 1
        assert (feed.complete, feed.notes[-1]) == (False, CUT)


def test_a_json_feed_is_borne_with() -> None:
    told = read(
        (JSON % '{"id": "1", "content_html": "a\n\tb \\ud83d\\ude00 \\ud83d \\\\ud83d &#55357;"}').encode()
        + b"<!-- x -->"
    )
    assert (told.entries[0].html, told.complete) == ("a\n\tb 😀 \ufffd \\ud83d \ufffd", True)
    assert read((JSON % ITEMS).encode("utf-16")).entries == read((JSON % ITEMS).encode()).entries
    with pytest.raises(FeedError, match="not valid JSON"):
        read((JSON % ITEMS).replace('"3"', "'3'").encode())


SEEDS = [
    harmed(0.5, b""),
    body_of(JAPANESE, "shift_jis", "cp932") + body_of(RUSSIAN, "", "utf-16"),
    (JSON % ITEMS).encode(),
    b'<!DOCTYPE x [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>&a;&b;&#1;</id></entry></feed>',
]


@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), max_size=5), st.floats(0, 1))
def test_damaged_bytes_are_a_feed_or_an_error(seed: bytes, harms: list[tuple[float, bytes]], end: float) -> None:
    body = seed
    for where, harm in harms:
        place = int(where * len(body))
        body = body[:place] + harm + body[place + 1 :]
    try:
        feed = read(body[: int(len(body) * (1 - end / 4))])
    except FeedError as error:
        str(error).encode()
    else:
        assert all(entry.guid.encode() for entry in feed.entries)


@given(
    st.binary(max_size=200), st.sampled_from(["", "text/xml; charset=shift_jis", "x; charset=utf-16", "x; charset=hz"])
)
def test_whatever_comes_is_decoded(body: bytes, content_type: str) -> None:
    text, notes = decode(body, content_type)
    assert not set(range(9)) & set(text)
    assert "\ufeff" not in text.decode()[:1]
    assert all(note.isprintable() for note in notes)
