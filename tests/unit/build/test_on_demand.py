"""The site while it is written: each file made when it is asked for, as a build would make it."""

from pathlib import Path

import pytest

from generator.build.on_demand import Preview
from generator.cli import main
from tests.integration.test_build import files
from tests.support.edited_posts import add, day, new, revise
from tests.support.planets import Root, author

FILE = new(1).path
PAGE = FILE.removesuffix(".md") + ".html"


@pytest.fixture
def root(tmp_path) -> Root:
    planet = Root(tmp_path / "planet", {"larry": author("https://larry.example/feed")})
    add(planet, *(new(number) for number in range(1, 5)), at=day(6))
    revise(planet, new(2), at=day(7), title="Another", body="Other words.")
    (planet.path / "theme/pages").mkdir(parents=True)
    return planet


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def preview(root, said) -> Preview:
    return Preview(root.path, say=said.append)


def text(preview: Preview, path: str) -> str:
    content = preview.file(path)
    assert content is not None
    return content.decode()


def test_each_file_is_what_a_build_would_make(root, preview, said):
    assert main(["build", "--root", str(root.path)]) == 0
    built = files(root.path / "_site")
    built.pop(".gitplanet")
    assert {path: preview.file(path) for path in sorted(built, reverse=True)} == built
    assert preview.file("posts/nothing.html") is None
    assert preview.file("search/nothing/posts.json") is None
    assert preview.file("../pyproject.toml") is None
    assert said == []


def test_a_post_that_is_written_edited_and_deleted_is_seen_at_once(root, preview, said):
    mine = root.path / FILE
    mine.write_text(mine.read_text().replace("Post 1", "My very own title"))
    preview.change({FILE})
    assert "My very own title" in text(preview, "index.html")
    assert "My very own title" in text(preview, PAGE)
    mine.write_text("no post")
    preview.change({FILE})
    assert preview.file(PAGE) is None
    assert "does not begin with front matter" in said[-1]
    mine.unlink()
    other = mine.with_name("mine.md")
    other.write_text("---\ntitle: Mine\ndate: 2019-01-01\n---\nMine.")
    told = len(said)
    preview.change({FILE, "posts/larry/2019/mine.md"})
    assert len(said) == told
    assert "Mine" in text(preview, "posts/larry/2019/mine.html")


def test_an_author_a_setting_and_a_commit_are_seen(root, preview):
    (root.path / "authors/larry.yaml").write_text(author("https://larry.example/feed", name="Larry the Ox"))
    preview.change({"authors/larry.yaml"})
    assert "Larry the Ox" in text(preview, "index.html")
    revise(root, new(3), at=day(8), title="Revised")
    preview.change({new(3).path, ".git/logs/HEAD"})
    assert preview.file(new(3).path.removesuffix(".md") + ".history.html")


@pytest.mark.parametrize("wrong", ["{% if %}", "{{ nothing }}"])
def test_a_template_that_is_none_is_told_and_the_site_stays(root, preview, said, wrong):
    template = root.path / "theme/pages/about.html"
    template.write_text(wrong)
    preview.change({"theme/pages/about.html"})
    assert preview.file("index.html")
    assert preview.file("about/index.html")
    assert "theme/pages/about.html:1" in said[-1]
    template.write_text("{{ planet.title }}: mine")
    preview.change({"theme/pages/about.html"})
    assert text(preview, "about/index.html").endswith(": mine")


def test_settings_that_are_none_are_told_and_the_site_stays(root, preview, said):
    settings = root.path / "pyproject.toml"
    settings.write_text("[tool")
    preview.change({"pyproject.toml"})
    assert "pyproject.toml" in said[-1]
    assert preview.file("index.html")


def test_a_planet_without_git_does_without_the_past(tmp_path: Path, said):
    root = tmp_path / "bare"
    (root / "posts").mkdir(parents=True)
    (root / "authors").mkdir()
    (root / "pyproject.toml").write_text('[tool.gitplanet]\ntitle = "P"\nurl = "https://p.example/"\n')
    (root / "posts/mine.md").write_text("---\ntitle: Mine\ndate: 2019-01-01\nnick: me\n---\nMine.")
    preview = Preview(root, say=said.append)
    assert "Mine" in text(preview, "posts/mine.html")
    assert "without the posts' history" in said[0]
