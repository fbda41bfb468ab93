"""The pages in a real browser: what a reader sees, and what a stranger's text must not do there."""

import datetime as dt
import shutil
import threading
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from generator.archive.post_file import to_text
from generator.build.server import files_in, make_server
from tests.support.planets import Root
from tests.support.sample_site import HOSTILE, build, every_kind, make_author, make_planet, make_post

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG_WORD = "x" * 300
POST = "posts/mgorny/2019/2019-10-13-post-0000000d.html"
HISTORY = "posts/amina/2019/2019-10-06-post-00000006.history.html"
GONE = "posts/mgorny/2019/2019-10-20-00000014.html"
KINDS = (
    "index.html",
    "universe/index.html",
    "universe/headlines.html",
    "archives/index.html",
    "universe/archives/2019/2019-10.html",
    "authors/mgorny/index.html",
    POST,
    "posts/mgorny/2019/2019-10-03-post-00000003.html",
    "posts/amina/2019/2019-10-06-post-00000006.html",
    HISTORY,
    "posts/mgorny/2019/2019-10-14-post-0000000e.history.html",
    "about/index.html",
    "feeds/index.html",
    "join/index.html",
    "stats/index.html",
    "status/index.html",
    "status/mgorny/index.html",
    "trends/index.html",
    "universe/digest/index.html",
    "edits/index.html",
    "universe/archives/2019/2019-10-13.html",
    "authors/index.html",
    "tags/index.html",
    "languages/ar/index.html",
)
EVIL = (
    "universe/index.html",
    "authors/evil/index.html",
    "posts/evil/2019/2019-10-15-post-0000000f.html",
    "posts/evil/2019/2019-10-15-post-0000000f.history.html",
    "stats/index.html",
    "status/index.html",
    "universe/digest/index.html",
    "edits/index.html",
)


@pytest.fixture(scope="module")
def chromium():
    found = [path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))]
    if not found:
        pytest.skip("no Chromium on PATH (chromium, chromium-browser or google-chrome): install one to run this")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found[0], args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    root = tmp_path_factory.mktemp("root") / "planet"
    wide = make_post(14, title=LONG_WORD, body=f"{LONG_WORD}\n\n`{LONG_WORD}`\n\n# {LONG_WORD}", tags=(LONG_WORD,))
    authors = (make_author("evil", HOSTILE, about=HOSTILE), *make_planet().authors)
    hostile = make_post(
        15,
        nick="evil",
        title=HOSTILE,
        body=HOSTILE,
        author=HOSTILE,
        tags=(HOSTILE,),
        rights=HOSTILE,
        byline=HOSTILE,
        guid=HOSTILE,
    )
    planet = make_planet(authors=authors, url="http://127.0.0.1/")
    withdrawn = {"title": "", "body": "", "withdrawn": dt.datetime(2020, 1, 2, tzinfo=dt.UTC), "reason": "asked for"}
    gone = make_post(20, path=GONE.replace(".html", ".md"), **withdrawn)
    posts = [*every_kind(), wide, hostile, gone]
    _live(Root(root, {}), posts)
    build(planet, posts, root=root, out=root / "site")
    with make_server(files_in(root / "site")) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def _live(root, posts):
    """Every post was shorter once."""
    for words in (lambda post: post.body[: len(post.body) // 2], lambda post: post.body):
        for post in posts:
            path = root.path / post.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(to_text(replace(post, body=words(post), title=f"{len(words(post))} {post.title}")), "utf-8")
        root.commit("Write")


class Visit:
    """A page that is open, and everything that it said and asked for."""

    def __init__(self, browser, address, **context):
        self.said = []
        self.asked = []
        self._context = browser.new_context(**context)
        self.page = self._context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(urlsplit(request.url).hostname))
        self.page.goto(address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._context.close()

    def again(self, address):
        """The same visitor at another address."""
        self.page.goto("about:blank")
        self.said.clear()
        self.asked.clear()
        self.page.goto(address)
        return self


@pytest.fixture(scope="module")
def visit(chromium):
    """Opens an address. Visitors of a kind share a window, since a new one takes half a second."""
    visitors = {}

    def visit(address, **context):
        kind = repr(context)
        if kind in visitors:
            return visitors[kind].again(address)
        return visitors.setdefault(kind, Visit(chromium, address, **context))

    return visit


@pytest.mark.parametrize("path", [*KINDS, "nothing/there"])
def test_pages_are_quiet_and_fit_a_phone(visit, address, path):
    seen = visit(address + path, viewport={"width": 390, "height": 800})
    seen.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    width = seen.page.evaluate("document.documentElement.scrollWidth")
    assert width == 390
    assert [line for line in seen.said if path in KINDS or "404 (Not Found)" not in line] == []
    assert set(seen.asked) == {"127.0.0.1"}


@pytest.mark.parametrize("words", ["some-words-of-it-", "x-"])
def test_an_old_address_of_a_withdrawn_post_leads_to_its_notice(visit, address, words):
    seen = visit(address + GONE.replace("00000014", f"{words}00000014") + "?a=b#c")
    seen.page.wait_for_url(address + GONE + "?a=b#c")
    assert "This post was withdrawn" in seen.page.inner_text("main")


@pytest.mark.parametrize(
    "path", ["/evil.example/posts/a/2019/2019-10-20-x-00000014.html", "posts/a/2019/2019-10-20-x-00000014.html"]
)
def test_any_other_missing_address_stays_where_it_is(visit, address, path):
    seen = visit(address + path)
    seen.page.wait_for_load_state("networkidle")
    assert "There is no such page" in seen.page.inner_text("main")
    assert set(seen.asked) == {"127.0.0.1"}


def test_wide_code_and_tables_scroll_in_their_own_boxes(visit, address):
    seen = visit(address + POST, viewport={"width": 390, "height": 800})
    boxes = seen.page.locator('.text [role="group"]')
    assert boxes.count() == 2
    for box in boxes.all():
        box.focus()
        assert box.evaluate("one => one.scrollWidth > one.clientWidth && document.activeElement === one")


@pytest.mark.parametrize("path", EVIL)
@pytest.mark.parametrize("guarded", [True, False])
def test_a_stranger_s_text_runs_nothing_with_and_without_the_guard_of_the_page(visit, address, path, guarded):
    seen = visit(address + path, bypass_csp=not guarded)
    assert "pwned=1" in seen.page.inner_text("body")
    assert seen.page.evaluate("typeof pwned") == "undefined"
    evil = "script:not([src]):not([type='application/ld+json']), iframe, [onerror], [style]"
    assert seen.page.locator(evil).count() == 0
    assert seen.said == []


def test_a_script_that_got_into_a_page_would_be_stopped(visit, address):
    script = "document.body.append(Object.assign(document.createElement('script'), {text: 'pwned = 1'}))"
    seen = visit(address)
    seen.page.evaluate(script)
    assert seen.page.evaluate("typeof pwned") == "undefined"
    assert any("Content Security Policy" in line for line in seen.said)


def test_everything_is_there_without_javascript(visit, address):
    seen = visit(address + "universe/index.html", java_script_enabled=False)
    summary = seen.page.locator("summary").first
    folded = seen.page.get_by_text("That was a good evening")
    assert not folded.is_visible()
    summary.click()
    assert folded.is_visible()
    seen.page.get_by_role("link", name="on the planet").nth(2).click()
    assert seen.page.locator("h1").count() == 1
    assert seen.page.locator(".text").is_visible()


def test_the_first_key_leads_past_the_header(visit, address):
    seen = visit(address)
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.keyboard.press("Enter")
    assert seen.page.url.endswith("#content")


@pytest.mark.parametrize(
    "path",
    ["universe/index.html", POST, HISTORY, "edits/index.html", "authors/index.html", "authors/mgorny/index.html"],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough_for_a_finger(visit, address, width, path):
    seen = visit(address + path, viewport={"width": width, "height": 800})
    small = seen.page.evaluate(
        """[...document.querySelectorAll('a, summary')]
        .filter(one => !one.closest('.text, .welcome, .disclaimer') && one.checkVisibility())
        .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([_, box]) => box.height < 23.9 || box.width < 23.9)
        .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
    )
    assert small == []


def test_the_site_works_from_the_disk_too(visit, address, tmp_path):
    (tmp_path / "authors").mkdir()
    build(make_planet(), every_kind(), root=tmp_path, out=tmp_path / "site")
    seen = visit((tmp_path / "site/index.html").as_uri())
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.day')).display") == "grid"
    seen.page.get_by_role("link", name="Archive").first.click()
    seen.page.get_by_role("link", name="October 2019").click()
    assert seen.page.locator("h1").inner_text() == "October 2019"
    assert seen.said == []
