"""Lines of author files that are changed without a person."""

import pytest

from generator.config import edit
from generator.errors import PlanetError


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("hackergotchi: larry.png", "hackergotchi: lars.png"),
        ("hackergotchi: 'larry.png' # that is larry.png", "hackergotchi: 'lars.png' # that is larry.png"),
        ('"hackergotchi" :   "larry.png"', '"hackergotchi" :   "lars.png"'),
    ],
)
def test_another_file_for_the_picture(line: str, changed: str) -> None:
    text = "name: larry.png\n{}\nfeeds:\n  - url: https://larry.example/larry.png\n"
    assert edit.pictured(text.format(line), "lars.png", "authors/larry.yaml") == text.format(changed)


@pytest.mark.parametrize("line", ["about: x", "hackergotchi: >-\n  larry.png", "hackergotchi: [larry.png]"])
def test_what_cannot_be_changed_by_one_line_is_left_to_people(line: str) -> None:
    with pytest.raises(PlanetError, match=r"authors/larry\.yaml"):
        edit.pictured(f"name: Larry\n{line}\nfeeds:\n  - url: https://x.example/\n", "lars.png", "authors/larry.yaml")
