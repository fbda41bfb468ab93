"""Any bytes are a Feed or a FeedError, soon and in little memory: `python -m tests.property.parse [--minutes N]
[FILE…]`.

A finding comes into the suite as a test; then it is mended.
"""

import sys
from dataclasses import fields, is_dataclass
from typing import Any

from tests.property.engine import Judge, hunt

ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://l.example/">
<title type="html">L &amp;amp; C</title><link rel="alternate" href="/"/><link rel="next" href="?p=2"/>
<id>urn:l</id><updated>2026-11-02T10:00:00Z</updated><author><name>L</name><email>l@l.example</email></author>
<entry><id>urn:1</id><title>One</title><link href="1"/><published>2026-11-01T10:00:00+01:00</published>
<category term="a"/><summary>s</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x<br/></p>
</div></content></entry><entry><content type="text/plain" mode="base64">eA==</content><rights>r</rights>
</entry></feed>"""
RSS = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e "x">]><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>L</title><link>http://l.example/</link><ttl>60</ttl><skipHours><hour>1</hour></skipHours><language>en</language>
<item><title>&e;</title><guid isPermaLink="false">1</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>b <a href="/1">Read more</a> [&#8230;]</p>]]></content:encoded><category>a</category>
<enclosure url="x.mp3" type="audio/mpeg" length="1"/><media:content url="y.png"><media:title>t</media:title>
</media:content></item><item><dc:date>2026-11-01</dc:date><dc:creator>K</dc:creator><description>&lt;b&gt;</description>
<itunes:summary>i</itunes:summary><source url="http://k.example/">K</source></item></channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel rdf:about="x"><title>L</title>
<sy:updatePeriod>daily</sy:updatePeriod></channel><item rdf:about="1"><title>T</title><link>http://l.example/1</link>
</item></rdf:RDF>"""
CDF = b"""<channel href="http://l.example/" lastmod="2026.11.02"><title>L</title><item href="1"><title>T</title>
<abstract>a</abstract></item></channel>"""
JSON = b"""{"version":"https://jsonfeed.org/version/1.1","title":"L","home_page_url":"http://l.example/","next_url":"?2",
"items":[{"id":"1","url":"/1","content_html":"<p>x</p>","date_published":"2026-11-02T00:00:00Z","tags":["a"],
"authors":[{"name":"L"}],"attachments":[{"url":"a.mp3","mime_type":"audio/mpeg","size_in_bytes":1}]},
{"id":2,"content_text":"a\\n\\nb","summary":"s","date_modified":"2026-11-01"}]}"""
PAGE = b"""<!DOCTYPE html><html><head><link rel=alternate type="application/rss+xml" href="/feed"></head><body>Hi"""
SEEDS = {
    "atom": ATOM, "rss": RSS, "rdf": RDF, "cdf": CDF, "json": JSON, "page": PAGE,
    "utf16": ATOM.decode().replace("utf-8", "utf-16").encode("utf-16"), "cut": RSS[:700], "cut json": JSON[:-40],
    "broken": RSS.replace(b"K</dc", b"<i>K & &eacute;\xe9&#55357;</dc"), "junk": b"<br>\n" + RDF + b"<b>x</b>",
}  # fmt: skip
WORDS = rb"""
<![CDATA[ ]]> <!-- --> <?xml encoding=" <!DOCTYPE <!ENTITY <![ &#x &lt; &amp; <![if </ windows-1252 utf-16
utf-7 iso-2022-jp cp037 hz shift_jis big5 gb18030 &#55357; &#56832; &#0; &eacute; </item> </rss>
&amp;# xml:base= xml:lang= xmlns: type="xhtml" mode="base64" 2026-11-02T 24:00:60 -00:00
+99:99 GMT 1999999999 <entry> <item> <content:encoded> <description> <georss:point> <gml:pos> <psc:chapter
<media: <itunes: \ud800 1e999 [[[[ {" NaN
""".split()


def make() -> Judge:
    """Raises where the parser crashes, or tells a text that cannot be written into a file. Imports it itself."""
    from generator.errors import FeedError
    from generator.feeds.parse import parse

    def judge(data: bytes) -> None:
        try:
            feed = parse(data, url="https://larry.example/feed")
        except FeedError as error:
            str(error).encode()
        else:
            _writable(feed)

    return judge


def _writable(told: Any) -> None:
    """Every text in a noun is one that UTF-8 can hold."""
    if isinstance(told, str):
        told.encode()
    elif isinstance(told, tuple):
        for part in told:
            _writable(part)
    elif is_dataclass(told):
        for field in fields(told):
            _writable(getattr(told, field.name))


if __name__ == "__main__":
    sys.exit(hunt(__doc__, "tests.property.parse", make, SEEDS, WORDS))
