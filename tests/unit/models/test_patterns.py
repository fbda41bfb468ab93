"""Regular expressions of author files."""

import pytest

from generator.models import pattern_fault, pattern_matches


def test_a_pattern_is_searched_anywhere() -> None:
    assert pattern_matches("(?i)GENTOO", "about gentoo")
    assert not pattern_matches("^gentoo", "about gentoo")


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "a{99999999999}", "*"])
def test_a_pattern_that_is_none_says_why(pattern: str) -> None:
    assert pattern_fault(pattern)
    assert not pattern_fault("a|b")
