"""Run the whole demo with `play`: a planet of the sample blogs, an update for each state, its log, the site."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from generator import config
from generator.build.pipeline import build
from generator.git import create
from generator.setup.demo.planet import authors, faces, settings
from generator.setup.demo.server import Blogosphere
from generator.setup.demo.story import STATES
from generator.update import UpdateOptions, update

IGNORED = ".cache/\n_site/\n"


def play(blogs: Blogosphere, *, say: Callable[[str], None]) -> Path:
    """Lives through all states of `blogs` in a new planet, and returns its root; the site is in `_site/`."""
    root = Path(tempfile.mkdtemp(prefix="gitplanet-demo-"))
    _write(root, blogs.url)
    with create(root, message="Begin a planet of the sample blogs", now=STATES[0].at) as repository:
        planet = config.load(root)
        for number, state in enumerate(STATES):
            blogs.show(number)
            say(f"\n== {state.at:%d %B %Y}: {state.says}")
            before = repository.tip
            report = update(root, planet, UpdateOptions(), now=state.at, watch=_Silence())
            say(report.summary())
            for failure in report.failures:
                say(f"  {failure.nick}: {failure.reason}")
            if repository.tip != before:
                say(repository.log(before))
    built = build(root, root / "_site")
    say(f"\n== The site: {built.pages} files of {len(built.posts)} posts, made from {root}")
    return root


class _Silence:
    """Watches and says nothing: the log tells it better."""

    def begin(self, what: str, total: int) -> None:
        pass

    def step(self, line: str = "") -> None:
        pass


def _write(root: Path, url: str) -> None:
    (root / "authors").mkdir()
    (root / "posts").mkdir()
    (root / ".gitignore").write_text(IGNORED, "utf-8")
    (root / "pyproject.toml").write_text(settings(url), "utf-8")
    for nick, text in authors(url).items():
        (root / "authors" / f"{nick}.yaml").write_text(text, "utf-8")
    for nick, picture in faces().items():
        (root / "authors" / f"{nick}.png").write_bytes(picture)
