"""A member whose name changes: the site says it at once, the files keep the name of their day."""

from pathlib import Path

from generator.cli import main
from tests.support.planets import Blogs, Root, author, item, rss


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".html", ".xml", ".json", ".opml")
    }


def test_a_changed_name_shows_on_all_pages_at_once(blogs: Blogs, larry: Root, tmp_path: Path) -> None:
    out, where = tmp_path / "site", ("--root", str(larry.path))
    larry.update()
    assert main(["build", *where, "--out", str(out)]) == 0
    before = {path for path, text in texts(out).items() if "Larry the Cow" in text}
    larry_file = larry.path / "authors/larry.yaml"
    larry_file.write_text(author(f"{blogs.url}/feed", name="Lawrence Bull"))
    larry.commit("He is called so now")
    assert main(["build", *where, "--out", str(out)]) == 0
    after = texts(out)
    assert [path for path, text in after.items() if "Larry the Cow" in text] == []
    assert {path for path, text in after.items() if "Lawrence Bull" in text} >= before
    post = larry.posts()[0]
    page = f"{post.path.removesuffix('.md')}.html"
    assert {page, "index.html", "authors/larry/index.html", "atom.xml", "feed.json", "authors/index.html"} <= before
    assert post.author == "Larry the Cow"
    blogs.put("/feed", rss(item(1), item(2), item(3)))
    assert larry.update().kinds.total() == 1
    assert {post.author for post in larry.posts()} == {"Larry the Cow", "Lawrence Bull"}
