"""The command line: words in, an exit status out."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import main
from tests.audit.links import faults
from tests.support.planets import Blogs, Root, item, rss


def test_update_build_and_check(larry: Root, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    root = ["--root", str(larry.path)]
    assert main(["update", *root, "--report", str(report), "--now", "2026-11-23T12:00:00Z"]) == 0
    assert json.loads(report.read_text())["posts"]["new"] == 2
    assert larry.git("log", "-1", "--format=%cI").strip() == "2026-11-23T12:00:00+00:00"
    assert main(["build", *root, "--base-url", "https://elsewhere.example/x"]) == 0
    assert "https://elsewhere.example/x/" in (larry.path / "_site" / "atom.xml").read_text()
    assert main(["build", *root, "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "index.html").is_file()
    assert main(["check", *root]) == 0
    told = capsys.readouterr().out
    assert "1 of 1 feeds read (0 unchanged): 2 new" in told
    assert "1 author, 2 editions and 2 posts are right" in told


def test_a_dry_run_tells_what_it_would_do(larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "--root", str(larry.path), "--dry-run", "--only", "larry"]) == 0
    assert 'Add "Post 1" (larry)' in capsys.readouterr().out
    assert larry.commits() == 1


def test_faults_are_one_line_each_and_status_1(larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    (larry.path / "authors" / "larry.yaml").write_text("nam: x\nfeed: y\n")
    assert main(["check", "--root", str(larry.path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("gitplanet: authors/larry.yaml:") for line in lines)


def test_a_broken_post_fails_the_check_and_is_left_out_of_the_site(
    larry: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    (larry.path / "posts" / "broken.md").write_text("no head")
    root = ["--root", str(larry.path)]
    assert main(["check", *root]) == 1
    assert main(["build", *root]) == 0
    assert main(["build", *root, "--strict"]) == 1
    assert "posts/broken.md:1: " in capsys.readouterr().out


def test_strict_makes_a_failed_feed_a_failed_run(larry: Root, blogs: Blogs) -> None:
    blogs.put("/feed", "", status=404)
    assert main(["update", "--root", str(larry.path)]) == 0
    assert main(["update", "--root", str(larry.path), "--force", "--strict"]) == 1


@pytest.mark.parametrize("words", [[], ["dance"], ["update", "--now", "soon"], ["build", "--what"]])
def test_usage_is_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: gitplanet" in capsys.readouterr().err


def test_what_a_stranger_wrote_cannot_act_in_a_log(
    larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "::error::x ##[command]y \x1b[31m &#27;[31m \u202e"
    blogs.put("/feed", rss(item(1, title=title.replace("\x1b", ""))))
    assert main(["update", "--root", str(larry.path)]) == 0
    told = capsys.readouterr().out
    assert "::" not in told
    assert "##[" not in told
    assert all(line.isprintable() for line in told.splitlines())


def test_verbose_shows_where_an_error_came_from(tmp_path: Path) -> None:
    assert main(["check", "--root", str(tmp_path)]) == 1
    with pytest.raises(Exception, match="there is no such file"):
        main(["check", "--root", str(tmp_path), "--verbose"])


def run(*words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "generator", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_the_package_is_the_program() -> None:
    with run("--version") as process:
        assert process.communicate()[0].strip() == f"gitplanet {__version__}"
    assert process.returncode == 0


def test_serve_shows_the_site(larry: Root) -> None:
    with run("serve", "--root", str(larry.path), "--port", "0") as process:
        assert process.stdout is not None
        address = next(line for line in process.stdout if line.startswith("http://127.0.0.1:")).split()[0]
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert b"Planet Larry" in answer.read()
        process.terminate()


def test_a_port_that_is_taken_is_explained(larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    port = blogs.url.rpartition(":")[2]
    assert main(["serve", "--root", str(larry.path), "--port", port]) == 1
    assert "give another with --port" in capsys.readouterr().out


def test_a_reader_that_leaves_early_is_no_error(larry: Root) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "generator", "check", "--root", str(larry.path)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert "Traceback" not in done.stderr


def test_the_demo_lives_through_all_its_states(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--once"]) == 0
    told = capsys.readouterr().out
    assert "no news, no commit" in told
    root = Path(told.rstrip().rpartition(" ")[2])
    subjects = subprocess.run(
        ["git", "-C", str(root), "log", "--format=%s"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert len([line for line in subjects if line.startswith("Add ")]) == 46
    assert len([line for line in subjects if line.startswith("Revise ")]) == 4
    assert (root / "_site" / "universe" / "index.html").is_file()
    assert list(faults(root / "_site")) == []
    assert len(list((root / "_site").rglob("*.history.html"))) >= 1
    assert main(["verify", "--root", str(root)]) == 0
