"""The invented planets that the benches measure with: always the same, and right."""

from generator.archive import tree as archive_tree
from generator.cli import main
from tests.bench import posts


def test_an_invented_planet_is_always_the_same_and_is_right(tmp_path, capsys):
    one, two = tmp_path / "one", tmp_path / "two"
    for root in (one, two):
        posts.found(root, 40)
        posts.grow(root, 40, 2)
    tips = {posts.git(root, "rev-parse", "HEAD") for root in (one, two)}
    tree = archive_tree.read(one)
    assert len(tips) == 1
    assert len(tree.posts) == 42
    assert not tree.problems
    files = map(str, [*one.glob("authors/*9.yaml"), *one.glob("posts/*/*/*.md")])
    assert main(["check", "--offline", "--root", str(one), *files]) == 0, capsys.readouterr()
    assert posts.git(one, "status", "--porcelain") == ""
