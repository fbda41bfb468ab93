"""Who wrote what and when, as git tells it after an update, a release and a withdrawal."""

from datetime import datetime, timedelta

import pytest

from generator.cli import main
from tests.support.planets import NOW, Blogs, Root, item, rss

DAY = timedelta(days=1)
NEW = "2026-11-02T10:00:00Z"


def atom(text: str, updated: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Larry</title><id>tag:larry,2026:f</id>'
        f"<updated>{updated}</updated><entry><title>One</title><id>tag:larry,2026:1</id>"
        f'<link href="https://larry.example/1"/><published>{NEW}</published><updated>{updated}</updated>'
        f'<content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>'
    )


def last(root: Root) -> tuple[str, str, str]:
    """Author, author date and committer of the newest commit."""
    author, written, committer = root.git("log", "-1", "--format=%an <%ae>|%aI|%cn <%ce>").strip().split("|")
    return author, datetime.fromisoformat(written).strftime("%Y-%m-%dT%H:%M:%SZ"), committer


def test_a_revision_is_dated_when_it_was_made(larry: Root, blogs: Blogs) -> None:
    robot = "Planet Larry <planet@planet.invalid>"
    told = [("Hello.", NEW), ("Hello, you.", "2026-11-05T08:00:00Z"), ("Hello, all.", "2026-11-05T08:00:00Z")]
    told += [("Hello, world.", "2031-01-01T00:00:00Z"), ("Hello, moon.", "2026-11-02T09:00:00Z")]
    dates = []
    for number, (text, updated) in enumerate(told):
        blogs.put("/feed", atom(text, updated))
        larry.update(now=NOW + 5 * number * DAY)
        author, written, committer = last(larry)
        assert (author, committer) == ("Larry the Cow <larry@planet.invalid>", robot)
        dates.append(written)
    seen = [f"{NOW + 5 * number * DAY:%Y-%m-%dT%H:%M:%SZ}" for number in range(5)]
    assert dates == [NEW, "2026-11-05T08:00:00Z", *seen[2:]]


def test_what_a_person_releases_is_committed_in_that_name(
    larry: Root, blogs: Blogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    larry.update()
    blogs.put("/feed", rss(item(1), item(2), item(3)))
    larry.git("config", "user.name", "Jane")
    larry.git("config", "user.email", "jane@example.org")
    assert main(["release", "larry", "--root", str(larry.path)]) == 0
    author, _, committer = last(larry)
    assert (author, committer) == ("Jane <jane@example.org>", "Planet Larry <planet@planet.invalid>")
    blogs.put("/feed", rss(item(1), item(2), item(3), item(4)))
    larry.git("config", "--unset", "user.name")
    larry.git("config", "--unset", "user.email")
    monkeypatch.setenv("GITHUB_ACTOR", "jane-doe")
    assert main(["release", "larry", "--root", str(larry.path)]) == 0
    assert last(larry)[0] == "jane-doe <jane-doe@users.noreply.github.com>"
    blogs.put("/feed", rss(item(1), item(2), item(3), item(4), item(5)))
    assert larry.update(now=NOW + DAY).commit
    assert last(larry)[0] == "Larry the Cow <larry@planet.invalid>"
