"""Addresses of a repository on GitHub."""

import pytest

from generator.errors import PlanetError
from generator.forge.github import GitHub


def test_a_repository_has_an_owner_and_a_name() -> None:
    with pytest.raises(PlanetError, match="write it like `larry/planet`"):
        GitHub("../../user")
