"""Members who were renamed, as the log tells."""

from pathlib import Path

import pytest

from generator.git import Repository, current_nick, former_paths, last_changed, nick_moves, versions
from tests.support.planets import Root

MOVES = [("larry", "lawrence"), ("kim", "jo"), ("lawrence", "lars")]


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "planet", {})


def test_a_nick_and_a_path_are_followed_through_all_renames() -> None:
    assert [current_nick(nick, MOVES) for nick in ("larry", "lawrence", "lars", "kim", "marta")] == [
        "lars", "lars", "lars", "jo", "marta",
    ]  # fmt: skip
    assert list(former_paths("posts/lars/2026/a.md", MOVES)) == ["posts/lawrence/2026/a.md", "posts/larry/2026/a.md"]
    assert list(former_paths("posts/marta/2026/a.md", MOVES)) == []


def test_a_nick_that_came_back_is_what_it_was() -> None:
    moves = [("larry", "lars"), ("lars", "larry")]
    assert [current_nick(nick, moves) for nick in ("larry", "lars")] == ["larry", "larry"]


def test_the_log_tells_of_renames_in_their_order(root: Root) -> None:
    for old, new in MOVES:
        root.git("commit", "-q", "--allow-empty", "-m", f"Rename\n\nPost-Moved: posts/{old}/ posts/{new}/")
    root.git("commit", "-q", "--allow-empty", "-m", "Talk\n\nPost-Moved: posts/../ posts/x/")
    root.git("commit", "-q", "--allow-empty", "-m", "Post-Moved: posts/a1/ posts/b1/ is what a rename says")
    root.git("config", "grep.patternType", "fixed")
    with Repository(root.path) as repository:
        assert nick_moves(repository) == MOVES


def test_a_rename_is_no_version_of_a_file_and_no_change_by_a_person(root: Root) -> None:
    (root.path / "posts/larry.md").write_text("One")
    root.commit("Add\n\nPost-Guid: 1")
    root.git("mv", "posts/larry.md", "posts/lars.md")
    root.commit("Rename\n\nPost-Moved: posts/larry/ posts/lars/")
    with Repository(root.path) as repository:
        assert [(version.path, version.by_planet, version.moved) for version in versions(repository, ["posts"])] == [
            ("posts/lars.md", True, True),
            ("posts/larry.md", True, False),
            ("posts/.gitkeep", False, False),
        ]
        assert last_changed(repository, "posts/lars.md", "posts/larry.md") == {"posts/larry.md"}
