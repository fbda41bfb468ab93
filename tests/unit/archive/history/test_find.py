"""Which post a person means by a path, a part of one, an address or a GUID."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from generator.archive.history.find import MAX_LISTED, find
from generator.archive.history.timeline import HistoryStep
from generator.errors import PlanetError

STEP = HistoryStep(
    path="posts/larry/2026/a.md", former="", commit="1", when=datetime(2026, 1, 1, tzinfo=UTC), by="", robot=True,
    placed=True, repair=False, after="2", trailers={"Post-Guid": "tag:larry%2C2026:1", "Post-Link": "https://l.example/a"},
)  # fmt: skip
OTHER = replace(STEP, path="posts/larry/2026/ab.md", trailers={"Post-Guid": "ab", "Post-Link": "https://l.example/b"})
MOVED = replace(STEP, path="posts/kim/c.md", former="posts/larry/old.md", trailers=None)
CHAINS = {step.path: [step] for step in (STEP, OTHER, MOVED)}


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        *(
            (name, STEP.path)
            for name in ("posts/larry/2026/a.md", "./posts/larry/2026/a.md", " larry/2026/a.md ", "/a.md")
        ),
        *((name, STEP.path) for name in ("tag:larry,2026:1", "tag:larry%2C2026:1")),
        *((name, STEP.path) for name in ("https://l.example/a", "http://www.l.example/a/")),
        *((name, OTHER.path) for name in ("ab", "b.md", "https://l.example/b")),
        *((name, MOVED.path) for name in ("posts/larry/old.md", "larry/old.md", "kim", "posts/kim/c.md")),
    ],
)
def test_a_post_is_found_by_each_of_its_names(asked: str, path: str) -> None:
    assert find(asked, CHAINS) == path


def test_the_surer_name_wins() -> None:
    """A whole path before a former one, that before a GUID, and that before a part of a path."""
    back = replace(STEP, path="posts/larry/old.md", trailers=None)
    assert find("larry/old.md", {**CHAINS, back.path: [back]}) == back.path
    named = replace(OTHER, trailers={"Post-Guid": "kim"})
    assert find("kim", {**CHAINS, OTHER.path: [named]}) == OTHER.path
    assert (
        find("larry/old.md", {**CHAINS, OTHER.path: [replace(OTHER, trailers={"Post-Guid": "larry/old.md"})]})
        == MOVED.path
    )


@pytest.mark.parametrize("asked", ["", " ", "nothing", "https://l.example/", "old.md"])
def test_what_names_none_is_explained(asked: str) -> None:
    with pytest.raises(PlanetError, match="names no post that was ever here"):
        find(asked, CHAINS)


@pytest.mark.parametrize("more", [0, 1])
def test_what_names_several_is_listed_up_to_a_bound(more: int) -> None:
    paths = [f"posts/larry/{number:02}.md" for number in range(MAX_LISTED + more)]
    with pytest.raises(PlanetError) as caught:
        find("larry", {path: [replace(STEP, path=path)] for path in reversed(paths)})
    first, *listed = str(caught.value).splitlines()
    assert first.startswith(f"'larry' names {len(paths)} posts")
    assert listed == paths[:MAX_LISTED] + ["and 1 more"] * more
