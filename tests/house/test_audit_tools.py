"""The audits of a built site, on a small one of every kind of page; and that they would find what is wrong."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from xml.etree.ElementTree import fromstring

import pytest
from playwright.async_api import async_playwright

from tests.audit import axe, feed_atom, feed_other, feed_rss, feeds, hostile, keyboard, scripts, tools, weight
from tests.audit.kinds import choose, kind
from tests.audit.links import lost
from tests.audit.served import served
from tests.support.sample_site import build, every_kind, make_planet

PAYLOADS = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "<a href='javascript:alert(1)'>a</a><details open ontoggle=alert(2)>a</details>",
    '"><svg onload=alert(1)><input autofocus onfocus=alert(2)>',
    "javascript:alert(1)",
)
chromium = pytest.mark.skipif(
    not any(map(tools.shutil.which, ("chromium", "chromium-browser", "google-chrome"))), reason="no Chromium on PATH"
)
BROWSER = [pytest.mark.browser, pytest.mark.xdist_group("audit"), chromium]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of a site with every kind of post."""
    folder = tmp_path_factory.mktemp("audit")
    build(make_planet(url="http://127.0.0.1/"), every_kind(), root=folder, out=folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def opened(site):
    """A browser, the address of the site, and one page of each kind."""
    with tools.browser() as browser, served(site) as address:
        yield browser, address, [path for some in choose(site, 1).values() for path in some]


def test_every_page_but_those_of_withdrawn_posts_and_old_addresses_is_within_reach(site):
    withdrawn = {post.path.replace(".md", ".html") for post in every_kind() if post.withdrawn}
    assert lost(site) == {*withdrawn, "contributors.html"}


def test_feeds_keep_the_rules_of_their_formats(site):
    told = [(path.name, *feeds.check(path)) for path in feeds.feeds(site)]
    assert {kind for _, kind, _ in told} >= {"Atom", "RSS 2.0", "RSS 1.0", "JSON Feed", "OPML", "sitemap"}
    assert [(name, fault.words) for name, _, faults in told for fault in faults if not fault.warning] == []


ENTRY = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2019:1</id><title>a</title>'
    "<updated>2019-10-13T14:34:00Z</updated><author><name>a</name></author>%s</feed>"
)
ITEM = "<rss version='2.0'><channel><title>a</title><link>http://a.example/</link><description>a</description>%s</channel></rss>"


@pytest.mark.parametrize(
    ("check", "text", "words"),
    [
        (feed_atom.check, ENTRY % "<entry/>", "no <id>"),
        (feed_atom.check, ENTRY % "<updated>2019-10-13</updated>", "no date of RFC 3339"),
        (feed_atom.check, ENTRY % "<link rel='self' href='http://a.example/ b'/>", "no address may have"),
        (feed_atom.check, ENTRY % "<entry><content type='html'>&lt;script></content></entry>", "<script>"),
        (feed_rss.check_2, ITEM % "<item/>", "neither title nor description"),
        (feed_rss.check_2, ITEM % "<pubDate>Mon, 13 Oct 2019 14:34:00 GMT</pubDate>", "not that day of the week"),
        (feed_rss.check_2, ITEM % "<item><guid>a</guid><title>a</title></item>", "permanent link"),
        (feed_other.check_opml, "<opml version='2.0'><head/><body><outline/></body></opml>", "without a text"),
    ],
)
def test_faults_of_feeds_are_found(check, text, words):
    assert any(words in fault.words for fault in check(fromstring(text)))


def test_pages_are_of_a_kind_whoever_and_whenever():
    assert kind("posts/a/2019/2019-10-13-b.html") == kind("posts/c/2020/2020-01-01-d.html")
    assert kind("authors/a/index.html") == kind("authors/b/index.html") != kind("authors/index.html")
    assert kind("universe/page2.html") != kind("universe/index.html")


class TestInABrowser:
    """What needs a Chromium."""

    pytestmark = BROWSER

    def test_pages_ask_nobody_and_say_nothing(self, opened):
        assert list(weight.listen(*opened)) == []

    def test_a_keyboard_is_enough_and_so_is_a_browser_without_javascript(self, opened):
        browser, address, paths = opened
        some = [path for path in paths if path in ("index.html", "search.html") or path.startswith("posts/")]
        assert list(keyboard.walk(browser, address, some[:4], widths=[390])) == []
        assert list(keyboard.plain(browser, address, paths)) == []

    @pytest.mark.optional
    def test_no_page_breaks_the_rules_for_all_readers(self, opened):
        if not tools.have("axe-core"):
            pytest.skip("axe-core is not in .cache/audit: `python -m tests.audit.axe SITE` fetches it")
        browser, address, paths = opened
        assert list(axe.check(browser, axe.source(), address, paths[::3])) == []

    def test_payloads_run_raw_and_not_on_the_planet(self, tmp_path):
        names = hostile.write_raw(PAYLOADS, tmp_path / "raw")
        made, _ = hostile.write_site(PAYLOADS, tmp_path)
        with ThreadPoolExecutor() as pool:  # this thread has the loop of another browser
            raw, ours = pool.submit(asyncio.run, _play(names, tmp_path / "raw", made)).result()
        assert {name.split("-")[0] for name in raw} == {str(number) for number in range(len(PAYLOADS))}
        assert ours == {}


def _ran(name, ran):
    """Whether the payload ran on one of its raw pages."""
    return name.split("-")[0] in {one.split("-")[0] for one in ran}


async def _play(names, raw, made):
    """What ran on raw pages, and on the planet's without its policy."""
    paths = ["index.html", *(path.relative_to(made).as_posix() for path in (made / "posts").rglob("*.html"))]
    async with async_playwright() as playwright:
        arguments = [*tools.ARGUMENTS, tools.ALONE]
        browser = await playwright.chromium.launch(executable_path=tools.chromium(), args=arguments)
        with served(raw) as address:
            ran: dict[str, list[str]] = {}
            for _ in range(5):  # on a busy machine a payload may come too late to be heard
                left = [name for name in names if not _ran(name, ran)]
                ran |= await scripts.run(browser, address, left, policy=True, strict=False)
        with served(made) as address:
            ours = await scripts.run(browser, address, paths, policy=False)
        await browser.close()
    return ran, ours
