"""Which posts a person means who asks that they go. (What is left of them: `test_post_file.py`.)"""

import pytest

from generator.archive.tombstones import named
from generator.models import Post
from tests.support.sample_site import make_post

FIRST = make_post(1, nick="larry", path="posts/larry/2026/one.md", guid="1", canonical_url="https://l.example/1")
SECOND = make_post(2, nick="larry", path="posts/larry/2026/two.md", guid="2", former_guids=("0",), canonical_url="")
KIM = make_post(3, nick="kim", path="posts/kim/2026/one.md", guid="larry.example", canonical_url="https://k.example/1")
ALL = [FIRST, SECOND, KIM]


@pytest.mark.parametrize(
    ("target", "posts"),
    [
        ("larry", [FIRST, SECOND]),
        ("posts/larry/2026/one.md", [FIRST]),
        ("./posts/larry/2026/one.md", [FIRST]),
        ("two.md", [SECOND]),
        ("one.md", [FIRST, KIM]),
        ("ne.md", []),
        ("one", []),
        ("http://www.l.example/1/", [FIRST]),
        ("2", [SECOND]),
        ("0", [SECOND]),
        ("larry.example", [KIM]),
        ("", []),
        ("lar", []),
    ],
)
def test_a_nick_a_path_an_address_or_a_guid_names_posts(target: str, posts: list[Post]) -> None:
    """Nothing else does: a part of a name would take more than was meant."""
    assert named(ALL, target) == posts
