"""The bodies of posts, rendered once by whichever process, in a file that nobody else sees."""

import errno
import os
from pathlib import Path

import pytest

from generator import site
from generator.build.renderer import BodyStore
from generator.parallel import fork_map
from tests.support.sample_site import make_post

CODE = "Some words.\n\n```python\nprint('é', 1)\n```\n"


def wanted(*numbers: int, colours: bool = True):
    posts = [make_post(number, body=f"Text of {number}.\n\n{CODE}") for number in numbers]
    return {post.path: (post, colours) for post in posts}


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("colours", [True, False])
def test_a_stored_body_is_what_would_be_rendered(tmp_path: Path, jobs: int, colours: bool, monkeypatch) -> None:
    store, posts = BodyStore(tmp_path), wanted(*range(1, 29), colours=colours)
    store.fill(posts, tmp_path, jobs)
    rendered = {path: site.render_body(post) for path, (post, _) in posts.items()}
    monkeypatch.setattr(site, "render_text", lambda *_: pytest.fail("a body was rendered again"))
    for path, (post, _) in posts.items():
        body, expected = store(post), rendered[path]
        assert (body.html, body.minutes, body.whole) == (expected.html, expected.minutes, expected.whole)
    assert list(tmp_path.iterdir()) == []


def test_all_processes_see_them(tmp_path: Path, monkeypatch) -> None:
    store, posts = BodyStore(tmp_path / "not there"), wanted(*range(1, 21))
    store.fill(posts, tmp_path / "not there", 2)
    monkeypatch.setattr(site, "render_text", lambda *_: pytest.fail("a body was rendered again"))
    texts = fork_map(lambda post: store(post).html, [post for post, _ in posts.values()], jobs=3)
    assert all(f"Text of {number}." in text for number, text in enumerate(texts, start=1))


def test_a_full_disk_costs_only_time(tmp_path: Path, monkeypatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    store, posts = BodyStore(tmp_path), wanted(1)
    monkeypatch.setattr(os, "write", full)
    store.fill(posts, tmp_path, 1)
    monkeypatch.undo()
    ((post, _),) = posts.values()
    assert store(post).whole == site.render_body(post).whole


def test_a_body_that_cannot_be_rendered_says_why_to_those_who_show_it(tmp_path: Path) -> None:
    lost, other = make_post(1), make_post(2)
    store = BodyStore(tmp_path)
    object.__setattr__(lost, "body", None)
    store.fill({lost.path: (lost, True)}, tmp_path, 1)
    assert store(lost).lost
    (fault,) = store.faults([other, lost])
    assert fault.startswith(f"{lost.path}: the text cannot be rendered: ")
    assert store.faults([other]) == ()
