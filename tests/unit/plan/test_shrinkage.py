"""When a revision takes away so much text that it looks like damage."""

import pytest

from generator.plan.shrinkage import LONG, loses_text
from tests.support.sample_site import make_post


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ("a" * LONG, "a" * (LONG // 2), False),
        ("a" * LONG, "a" * (LONG // 2 - 1), True),
        ("a" * (LONG - 1), "a", False),
        ("a" * LONG, "a" * 2 * LONG, False),
        ("a", "", True),
        ("![](https://a.example/b.png)", "", True),
        ("", "", False),
        ("", "a", False),
        ("a" * LONG, f"[{'a' * 10}](https://a.example/{'b' * LONG})", True),
        (f"[{'a' * 10}](https://a.example/{'b' * LONG})", "a", False),
    ],
)
def test_a_text_that_becomes_empty_or_less_than_half_of_a_long_one(before: str, after: str, lost: bool) -> None:
    """What counts is what a reader sees: an address is no text."""
    assert loses_text(make_post(1, body=before), make_post(1, body=after)) is lost
