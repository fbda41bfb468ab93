"""What the scripts do for a reader, in a real browser: search, keys, marks, muting, an own list of feeds, offline."""

import random
import re
import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from generator.build.server import files_in, make_server
from generator.site import search
from tests.browser import test_pages as test_pages_browser
from tests.support.sample_site import build, every_kind, make_planet, make_post
from tests.unit.site.search.test_search import ALPHABET

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

chromium = test_pages_browser.chromium
TEXTS = {
    "en": ("The larch", "The larch is a conifer that drops its needles. A naïve reader would cry."),
    "de": ("Über Straßen", "Größere Straßen führen über die Brücke zum Wald."),
    "pl": ("Łódź jesienią", "Zażółć gęślą jaźń, napisał ktoś w Łodzi."),
    "ru": ("Ёлки", "В лесу родилась ёлочка, в лесу она росла."),
    "ar": ("السَّلام", "كتب أحمد عن السلام في العالم."),
    "ja": ("初雪の朝", "東京都の空から初雪が降った。パンを焼いた。"),
    "zh": ("新年快乐", "我们在北京看到了第一场雪。"),
    "ko": ("첫눈", "서울에 첫눈이 내렸다."),
}
"""Titles and texts by language."""
MANY = 30


def posts():
    texts = [make_post(number, nick="ultrabug", lang=lang, title=title, body=body, description=body)
             for number, (lang, (title, body)) in enumerate(TEXTS.items(), 1)]  # fmt: skip
    many = [make_post(number % 28 + 1, title=f"Needle {number}", body="hay " * 200 + f"needle {number}")
            for number in range(MANY)]  # fmt: skip
    many = [replace(post, path=post.path.replace(".md", f"-{number}.md"), guid=f"n{number}")
            for number, post in enumerate(many)]  # fmt: skip
    evil = make_post(
        20, nick="evil", title="Sharp <img src=x onerror=pwned=1>", body="sharp `<img src=x onerror=pwned=1>`"
    )
    return [*every_kind(), *texts, *many, evil]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    (root / "authors").mkdir()
    planet = make_planet(url="http://127.0.0.1/sub/", source="https://github.com/larry/planet")
    build(planet, posts(), root=root, out=root / "site/sub")
    return root / "site"


@pytest.fixture(scope="module")
def address(folder):
    with make_server(files_in(folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sub/"
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(chromium):
    """Opens a page, as a reader who was never there; all that it says must be nothing."""
    visits = []

    def open_page(address, **context):
        visits.append(test_pages_browser.Visit(chromium, address, **context))
        return visits[-1].page

    yield open_page
    for one in visits:
        one.__exit__()
    assert [line for one in visits for line in one.said] == []


def until(page, condition):
    """Waits for what only the page's own stores tell. (The page forbids the strings that Playwright would poll.)"""
    page.evaluate(
        f"async () => {{ while (!(await ({condition})())) await new Promise((done) => setTimeout(done, 20)); }}"
    )


def ask(page, query):
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    expect(page.locator("#found")).to_have_text(re.compile("found: |No post"))
    return page.locator("#results > li > a").all_inner_texts()


# --- search


WORDS = [
    ("conifer needles", "en"), ("naive", "en"), ("LARCH", "en"), ("strassen brück", "de"), ("größ", "de"),
    ("lodz", "pl"), ("zażół", "pl"), ("елочка", "ru"), ("лесу ёлки", "ru"), ("السلام احمد", "ar"), ("初雪", "ja"),
    ("東京", "ja"), ("雪が降", "ja"), ("ﾊﾟﾝ", "ja"), ("北京", "zh"), ("快", "zh"), ("첫눈", "ko"),
]  # fmt: skip


def test_words_of_all_scripts_are_found(visit, address):
    page = visit(f"{address}search.html")
    for query, language in WORDS:
        title, _ = TEXTS[language]
        assert (query, ask(page, query)) == (query, [title])
        page.wait_for_selector("#results .passage mark, #results a mark")
        assert page.locator("#results > li > a").get_attribute("lang") == language


def test_results_lead_to_the_post_come_in_steps_and_can_be_narrowed(visit, address):
    page = visit(f"{address}search.html?q=needle&in=planet&order=newest")
    page.wait_for_selector("#results > li")
    assert page.locator("#found").inner_text() == f"Posts found: {MANY + 1}"
    assert page.locator("#results > li").count() == 10
    page.locator("#more").click()
    expect(page.locator("#results > li")).to_have_count(20)
    assert page.evaluate("document.activeElement === document.querySelectorAll('#results > li')[10].querySelector('a')")
    page.locator("select[name=by]").select_option("ultrabug")
    expect(page.locator("#results > li")).to_have_count(1)
    assert "by=ultrabug" in page.url
    page.locator("#results a").first.click()
    assert page.locator("h1").inner_text() == "The larch"


def test_who_wrote_a_post_is_found_and_shown_beside_the_member(visit, address):
    page = visit(f"{address}search.html")
    assert ask(page, "kim guest") == ["A second one"]
    assert page.locator("#results .byline").inner_text() == "by Kim Guest"


def test_the_title_weighs_more_than_the_text_and_words_are_marked(visit, address):
    page = visit(f"{address}search.html")
    assert ask(page, "needl 7")[:1] == ["Needle 7"]
    assert page.locator("#results > li").first.locator("mark").first.inner_text() == "Needle"
    passage = page.locator("#results > li").first.locator(".passage")
    passage.wait_for()
    assert passage.locator("mark").all_inner_texts() == ["needle", "7"]


def test_nothing_is_read_before_somebody_asks_and_no_text_of_a_post_is_markup(visit, address):
    page = visit(address)
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(one => one.name.includes('/search')).length")
        == 0
    )
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    assert ask(page, "sharp") == ["Sharp <img src=x onerror=pwned=1>"]
    page.wait_for_selector("#results .passage mark")
    assert page.evaluate("typeof pwned") == "undefined"
    assert page.locator("#results img").count() == 0
    assert ask(page, "nowhere") == []


def test_the_browser_cuts_words_as_the_index_does(visit, address):
    page = visit(f"{address}search.html")
    chance = random.Random(7)
    texts = ["".join(chance.choices(ALPHABET, k=20)) for _ in range(500)]
    blocks = (range(0x20, 0x3100), range(0xFB00, 0xFFEF))
    texts += [chr(code) for block in blocks for code in block if chr(code).isprintable()]
    cut = page.evaluate("(texts) => texts.map((text) => [...Search.parse(text).terms.map(({ word }) => word)])", texts)
    ours = [[word for token in search.tokens(text) for word in search.cut(token)] for text in texts]
    # A question leaves out the last letter of a longer run, which only answers questions for one letter.
    wrong = [
        text
        for text, one, other in zip(texts, cut, ours, strict=True)
        if not set(one) <= set(other) or (other and not one)
    ]
    assert wrong == []


def test_without_javascript_search_says_so_and_leads_to_the_archive(visit, address):
    page = visit(f"{address}search.html", java_script_enabled=False)
    assert not page.locator("form").is_visible()
    page.get_by_role("main").get_by_role("link", name="archive").click()
    assert page.locator("h1").inner_text() == "Archive"


# --- keys


def test_keys_lead_from_post_to_post_and_can_be_switched_off(visit, address):
    page = visit(f"{address}universe/index.html")
    focused = "document.activeElement.closest('.h-entry')?.id"
    ids = page.locator("main .h-entry").evaluate_all("all => all.map(one => one.id)")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert page.evaluate(focused) == ids[place]
    page.keyboard.press("Control+j")
    assert page.evaluate(focused) == ids[1]
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Reading comforts")
    dialog.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    page.keyboard.press("j")
    assert page.evaluate(focused) in (ids[1], None)
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate(focused) is None


# --- marks, muting, the own planet


def test_posts_that_are_new_since_the_last_visit_are_marked_until_their_end_was_seen(visit, address):
    page = visit(f"{address}comforts.html")
    page.get_by_label("Mark posts").check()
    page.goto(f"{address}universe/index.html")
    assert page.locator(".unread").count() == 0
    first, second = page.locator("main article").evaluate_all("all => all.slice(0, 2).map(one => one.id)")
    page.evaluate("""(ids) => {
        const key = Object.keys(localStorage).find((one) => one.endsWith(" seen"));
        const kept = JSON.parse(localStorage[key]).filter((id) => !ids.includes(id));
        localStorage[key] = JSON.stringify(kept);
    }""", [first, second])  # fmt: skip
    page.reload()
    assert page.locator(".unread").evaluate_all("all => all.map(one => one.id)") == [first, second]
    assert page.locator(f"#{first} .new").inner_text() == "new"
    page.locator(f"#{first} > :last-child").scroll_into_view_if_needed()
    read = (
        f"() => Object.entries(localStorage).some(([key, seen]) => key.endsWith(' seen') && seen.includes('{first}'))"
    )
    until(page, read)


def test_a_muted_author_is_on_no_list_until_shown_again_and_not_in_the_own_planet(visit, address, tmp_path):
    page = visit(f"{address}authors/ultrabug/index.html")
    page.get_by_role("button", name="Mute this author").click()
    assert page.locator("main .h-entry:visible").count() > 0
    for path in ("universe/index.html", "universe/headlines.html"):
        page.goto(address + path)
        assert page.locator("main .h-entry:visible").count() > 0
        assert page.locator("main .h-entry:visible a[href*='authors/ultrabug/']").count() == 0
        assert page.locator("main .run:visible a[href*='authors/ultrabug/']").count() == 0
    page.locator("#muted a").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Gentoo Universe").click()
    download.value.save_as(tmp_path / "own.opml")
    own = [one.get("text") for one in ET.parse(tmp_path / "own.opml").iter("outline")]
    assert "Michał Górny" in own
    assert "Alexys Jacob" not in own
    page.get_by_role("button", name="Show again: Alexys Jacob").click()
    assert page.get_by_text("None. There is a button").is_visible()
    page.goto(f"{address}universe/index.html")
    assert page.locator(
        "main .h-entry:visible a[href*='authors/ultrabug/'], main .run:visible a[href*='authors/ultrabug/']"
    ).count()
    assert page.locator("#muted").count() == 0


FORGED = {
    "javascript:pwned=1//": "Click me",
    "data:text/html,x#": "Click me",
    "//evil.example/": "Click me",
    "https://evil.example/": "Click me",
    "authors/../../evil/": "Click me",
    "authors/x/\\njavascript:/": "Click me",
    "authors/larry/": ["no", "name"],
    "authors/ultrabug/": "<img src=x onerror=pwned=1>",
}
"""What another site at this host may have put into the storage that both share."""


@pytest.mark.parametrize("stored", [FORGED, "text", 5, ["a", "b"], None, True])
def test_what_another_site_put_into_the_storage_leads_nowhere_else(visit, address, stored):
    page = visit(f"{address}comforts.html")
    page.evaluate(
        "stored => ['muted', 'seen', 'marks'].forEach("
        "name => localStorage.setItem(`gitplanet /sub/ ${name}`, JSON.stringify(stored)))",
        stored,
    )
    page.reload()
    links = page.locator("[data-muted] li a").evaluate_all("links => links.map(link => link.href)")
    assert links == ([f"{address}authors/ultrabug/index.html"] if stored is FORGED else [])
    page.goto(f"{address}universe/index.html")
    assert page.locator("main .h-entry:visible").count() > 0
    assert page.evaluate("window.pwned") is None


def test_what_works_by_script_alone_is_hidden_without_it(visit, address):
    for path in ("comforts.html", "authors/mgorny/index.html", "universe/index.html"):
        page = visit(address + path, java_script_enabled=False)
        assert page.locator("button:visible, input:visible, select:visible").count() == 0


# --- the form of a new member


def test_the_form_of_joining_fills_the_forge_s_page_for_a_new_file(visit, address):
    page = visit(f"{address}join/index.html")
    page.route("https://github.com/**", lambda route: route.fulfill(body="<p>Propose", content_type="text/html"))
    page.get_by_label("Your name,").fill('Larry "the" Cow')
    page.get_by_label("A nick:").fill("larry")
    page.get_by_label("The address of your blog").fill("https://larry.example/")
    page.get_by_label("The address of its feed").fill("https://larry.example/feed")
    page.get_by_label("Planet Gentoo").uncheck()
    page.get_by_role("button", name="Write the file").click()
    page.get_by_text("Propose").wait_for()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["filename"] == ["authors/larry.yaml"]
    assert asked["value"][0] == (
        'name: "Larry \\"the\\" Cow"\nhomepage: "https://larry.example/"\nfeeds:\n'
        '  - url: "https://larry.example/feed"\n    editions: [universe]\n'
    )


# --- offline


def test_the_front_pages_can_be_read_offline_and_are_new_again_online(visit, address, folder):
    page = visit(f"{address}comforts.html")
    page.get_by_label("Keep the front pages").check()
    until(
        page,
        """async () => {
            const names = (await caches.keys()).filter((one) => one.endsWith("index.html"));
            const kept = await Promise.all(names.map(async (one) => (await caches.open(one)).keys()));
            return kept.length === 2 && kept.every((keys) => keys.length > 2);
        }""",
    )
    page.context.set_offline(True)
    page.goto(f"{address}universe/")
    assert page.locator("main article").count() > 5
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).display") == "flex"
    page.goto(address)
    assert page.locator("h1").inner_text() == "Planet Gentoo"
    page.context.set_offline(False)
    front = folder / "sub/index.html"
    text = front.read_text("utf-8")
    front.write_text(text.replace("<main", "<p>Fresh</p><main"), "utf-8")
    page.goto(address)
    assert page.get_by_text("Fresh").is_visible()
    front.write_text(text, "utf-8")
    page.goto(f"{address}comforts.html")
    with page.expect_navigation():
        page.get_by_role("button", name="Forget all").click()
    until(
        page, "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length"
    )
    assert page.evaluate("localStorage.length") == 0
