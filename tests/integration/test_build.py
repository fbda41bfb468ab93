"""The tree as a folder: what is written, left alone, removed and refused; and the server that shows it."""

import datetime as dt
import queue
import random
import threading

import pytest
import requests

from generator.build.output import MARKER
from generator.build.server import files_in, make_server
from generator.build.watch import Changes, file_states, watch_files
from generator.errors import PlanetError
from tests.support.sample_site import build, every_kind, make_author, make_planet, make_post


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "authors").mkdir()
    return tmp_path


# --- the folder


def test_the_same_tree_gives_the_same_bytes_and_the_second_time_nothing_is_written(root):
    pictures = " ".join(f"![{number}](https://img.example.org/{number}.png)" for number in range(20))
    posts = [*every_kind(), make_post(14, body=pictures)]
    first = build(make_planet(), posts, root=root, out=root / "one")
    again = build(make_planet(), posts, root=root, out=root / "one")
    random.Random(2).shuffle(posts)
    build(make_planet(), iter(posts), root=root, out=root / "two")

    assert files(root / "one") == files(root / "two")
    assert (first.written, first.unchanged, first.removed, first.problems) == (first.pages, 0, 0, ())
    assert (again.written, again.unchanged, again.removed) == (0, first.pages, 0)
    assert first.pages == len(files(root / "one"))


def test_a_post_that_is_gone_takes_its_page_along(root):
    build(make_planet(), [make_post(1), make_post(2, nick="gone")], root=root, out=root / "site")
    report = build(make_planet(), [make_post(1)], root=root, out=root / "site")
    assert not (root / "site/posts/gone").exists()
    assert not (root / "site/authors/gone").exists()
    assert report.removed == 11  # its page, two days, page and feeds of the author, and the index of search


def test_a_half_written_file_is_mended(root):
    build(make_planet(), every_kind(), root=root, out=root / "site")
    whole = files(root / "site")
    (root / "site/index.html").write_bytes(b"<!DOCTYPE")
    (root / "site/atom.xml").unlink()
    (root / "site/left-over.tmp").write_bytes(b"x")
    report = build(make_planet(), every_kind(), root=root, out=root / "site")
    assert (report.written, report.removed) == (2, 1)
    assert files(root / "site") == whole


def test_a_build_that_was_ended_is_no_trap(root, monkeypatch):
    build(make_planet(), every_kind(), root=root, out=root / "whole")
    with monkeypatch.context() as patch:
        patch.setattr("generator.build.pipeline.render_page", lambda *_: next(iter(())))
        with pytest.raises(StopIteration):
            build(make_planet(), every_kind(), root=root, out=root / "site")
    assert (root / "site").is_dir()
    build(make_planet(), every_kind(), root=root, out=root / "site")
    assert files(root / "site") == files(root / "whole")


def test_a_folder_of_somebody_else_is_refused_and_left_alone(root):
    (root / "home").mkdir()
    (root / "home/letter.txt").write_text("dear", "utf-8")
    with pytest.raises(PlanetError, match="not made by a build"):
        build(make_planet(), [], root=root, out=root / "home")
    assert files(root / "home") == {"letter.txt": b"dear"}
    with pytest.raises(PlanetError, match="not a folder"):
        build(make_planet(), [], root=root, out=root / "home/letter.txt")


def test_an_empty_folder_is_taken(root):
    (root / "site").mkdir()
    build(make_planet(), [], root=root, out=root / "site")
    assert (root / "site" / MARKER).is_file()


# --- what goes wrong


def test_a_broken_template_stops_the_build_before_anything_is_written(root):
    (root / "theme/pages").mkdir(parents=True)
    (root / "theme/pages/month.html").write_text("{% for %}", "utf-8")
    with pytest.raises(PlanetError, match=r"theme/pages/month\.html:1"):
        build(make_planet(), every_kind(), root=root, out=root / "site")
    assert not (root / "site").exists()


def test_a_page_that_cannot_be_rendered_becomes_a_notice(root):
    (root / "theme/pages").mkdir(parents=True)
    (root / "theme/pages/month.html").write_text("{{ nothing }}", "utf-8")
    report = build(make_planet(), every_kind(), root=root, out=root / "site")
    assert "This page could not be made" in (root / "site/archives/2019/2019-10.html").read_text("utf-8")
    reason = "cannot be rendered: theme/pages/month.html:1: 'nothing' is undefined; mend the template"
    assert report.problems == tuple(f"{folder}archives/2019/2019-10.html: {reason}" for folder in ("", "universe/"))


def test_a_feed_that_cannot_be_rendered_stays_as_it_was(root):
    build(make_planet(), every_kind(), root=root, out=root / "site")
    before = files(root / "site")["atom.xml"]
    (root / "theme/feeds").mkdir(parents=True)
    (root / "theme/feeds/atom.xml").write_text("{{ nothing }}", "utf-8")
    report = build(make_planet(), every_kind(), root=root, out=root / "site")
    assert files(root / "site")["atom.xml"] == before
    assert len(report.problems) == len([path for path in files(root / "site") if path.endswith("atom.xml")])


def test_a_text_that_cannot_be_rendered_costs_that_post_only(root):
    class Unreadable(str):
        """A body that no engine can take."""

        def split(self, *_):
            raise ValueError("broken")

    report = build(make_planet(), [make_post(1, body=Unreadable("x")), make_post(2)], root=root, out=root / "site")
    assert report.problems == (
        "posts/mgorny/2019/2019-10-01-post-00000001.md: the text cannot be rendered: ValueError('broken')",
    )
    front = (root / "site/index.html").read_text("utf-8")
    assert '<p lang="en" dir="ltr">This text could not be shown here' in front
    assert "Version 2.4 is in the tree" in front
    assert "&gt;This text could not be shown here" in (root / "site/atom.xml").read_text("utf-8")
    assert "This text could not be shown here" in (root / "site/feed.json").read_text("utf-8")


def test_a_text_is_rendered_once_however_many_pages_show_it(root):
    class Counted(str):
        """A body that knows how often its words were counted, which each rendering does once."""

        times = 0

        def split(self, *_):
            Counted.times += 1
            return ["word"]

    build(make_planet(), [make_post(1, body=Counted("x"))], root=root, out=root / "site")
    assert Counted.times == 1


@pytest.mark.parametrize("nick", ["../../up", ".."])
def test_no_page_is_written_outside_the_folder(root, nick):
    post = make_post(1, nick=nick, path="posts/x/2019/2019-10-01-x.md")
    report = build(make_planet(), [post, make_post(2)], root=root, out=root / "deep/site")
    assert any("leads out of the site" in problem for problem in report.problems)
    assert {path.name for path in root.iterdir()} == {".cache", "authors", "deep"}
    assert {path.name for path in (root / "deep").iterdir()} == {"site"}
    assert "posts/x/2019/2019-10-01-x.html" in files(root / "deep/site")


# --- pictures of authors


def test_a_picture_is_copied_and_shown(root):
    (root / "authors/me.png").write_bytes(b"picture")
    planet = make_planet(authors=(make_author("mgorny", "M", hackergotchi="me.png"),))
    report = build(planet, [make_post(1)], root=root, out=root / "site")
    assert files(root / "site")["authors/mgorny/hackergotchi.png"] == b"picture"
    assert 'src="authors/mgorny/hackergotchi.png" alt=""' in files(root / "site")["index.html"].decode()
    assert report.problems == ()


@pytest.mark.parametrize("name", ["missing.png", "../secret.png", "link.png", "face.svg", "mgorny.yaml"])
def test_a_picture_that_is_none_is_named_and_initials_stand_in(root, name):
    (root / "secret.png").write_bytes(b"secret")
    (root / "authors/link.png").symlink_to(root / "secret.png")
    (root / "authors/face.svg").write_text("<svg/>", "utf-8")
    (root / "authors/mgorny.yaml").write_text("name: M", "utf-8")
    planet = make_planet(authors=(make_author("mgorny", "Michał Górny", hackergotchi=name),))
    report = build(planet, [make_post(1)], root=root, out=root / "site")
    assert len(report.problems) == 1
    assert f"authors/{name}: " in report.problems[0]
    assert ">MG</text>" in files(root / "site")["index.html"].decode()
    assert b"secret" not in files(root / "site").values()


# --- the server


@pytest.fixture
def address(root):
    planet = make_planet(url="http://127.0.0.1/")
    build(planet, every_kind(), root=root, out=root / "site")
    (root / "site/empty").mkdir()
    with make_server(files_in(root / "site")) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("", 200, "text/html; charset=utf-8"),
        ("universe/", 200, "text/html; charset=utf-8"),
        ("universe", 200, "text/html; charset=utf-8"),
        ("atom.xml", 200, "application/xml"),
        ("feed.json", 200, "application/json"),
        ("favicon.svg", 200, "image/svg+xml"),
        ("nothing/here", 404, "text/html; charset=utf-8"),
        ("empty/", 404, "text/html; charset=utf-8"),
        ("../../../../etc/passwd", 404, "text/html; charset=utf-8"),
    ],
)
def test_files_are_served_with_their_types(address, path, status, kind):
    answer = requests.get(address + path, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, kind)
    if status == 404:
        assert "There is no such page" in answer.text
        assert requests.head(address + path, timeout=10).status_code == 404


def test_what_is_no_reading_is_refused(address):
    assert requests.post(address, timeout=10).status_code == 501


def test_dates_without_first_seen_do(root):
    posts = [make_post(1, first_seen=None, updated=dt.date(2019, 11, 1))]
    assert build(make_planet(), posts, root=root, out=root / "site").problems == ()
    assert "Last updated on" in files(root / "site")["index.html"].decode()


# --- what changes while it is served


def test_each_change_of_a_file_is_noticed_until_the_end(root):
    (root / "posts").mkdir()
    (root / "authors/larry.yaml").write_text("name: L")
    end, noticed = threading.Event(), queue.Queue()
    watcher = threading.Thread(
        target=watch_files, args=(root, file_states(root), noticed.put, end), kwargs={"often": 0.001}
    )
    watcher.start()
    for path, change in (
        ("authors/larry.yaml", lambda file: file.write_text("name: Larry")),
        ("posts/a.md", lambda file: file.write_text("---")),
        ("pyproject.toml", lambda file: file.write_text("[tool]")),
        ("posts/a.md", lambda file: file.unlink()),
    ):
        change(root / path)
        assert noticed.get(timeout=20) == {path}
    end.set()
    watcher.join()


def test_a_page_waits_for_the_next_site(root):
    changes = Changes()
    build(make_planet(url="http://127.0.0.1/"), [make_post(1)], root=root, out=root / "site")
    with make_server(files_in(root / "site"), changes=changes) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        page = requests.get(address, timeout=10)
        assert "/.changes.js" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert "fetch(" in requests.get(f"{address}.changes.js", timeout=10).text
        assert requests.get(f"{address}atom.xml", timeout=10).headers["Content-Type"] == "application/xml"
        told = []
        waiting = threading.Thread(target=lambda: told.append(requests.get(f"{address}.changes", timeout=30)))
        waiting.start()
        while waiting.is_alive():
            changes.notify()
        assert told[0].status_code == 200
        server.shutdown()
        thread.join()
