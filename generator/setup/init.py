"""Create a planet in a folder with `begin`: settings, authors, workflows, README, the first commit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from generator import __version__, check, config
from generator.config import NewPlanet, hint, nicks, settings_text
from generator.errors import PlanetError
from generator.feeds import discover
from generator.git import create
from generator.models import FetchSettings
from generator.setup import subscribe
from generator.setup.origin import Origin, find_origin, format_origin

__all__ = ["FORGES", "InitPlan", "Origin", "begin", "find_origin", "format_origin"]

FORGES = {
    "github": {"planet.yml": ".github/workflows/planet.yml", "check.yml": ".github/workflows/check.yml"},
    "gitlab": {"planet.yml": ".gitlab-ci.yml"},
    "forgejo": {"planet.yml": ".forgejo/workflows/planet.yml"},
}
"""Where the workflows of each forge lie."""
SETTINGS = "pyproject.toml"


@dataclass(frozen=True, kw_only=True)
class InitPlan:
    """What to begin with."""

    planet: NewPlanet
    sites: Sequence[str]
    forge: str
    origin: Origin


def begin(folder: Path, plan: InitPlan, *, now: datetime) -> Iterator[str]:
    """Make a planet in `folder`, or completes one: what is there is kept. Yields the lines that tell it.

    Feeds are sought before anything is written. Raises FeedError where a site has none, FileError where files that are
    there are wrong.
    """
    settings = folder / SETTINGS
    existing = config.load(folder, version=__version__) if settings.is_file() else None
    texts = dict(_authors(folder, plan.sites, existing.fetch if existing else FetchSettings()))
    if existing:
        plan = replace(plan, planet=NewPlanet(title=existing.title, url=existing.url))
    texts = {SETTINGS: settings_text(plan.planet)} | texts | dict(_files(plan))
    before = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    foreign = before - {name.split("/")[0] for name in (*texts, "authors/", "posts/")} - {".git"}
    written = [name for name, text in texts.items() if _write(folder / name, text)]
    try:
        config.load(folder)
    except PlanetError:
        for name in written:
            (folder / name).unlink()
        raise
    yield from (f"{name}: written" if name in written else f"{name}: is there already, kept" for name in texts)
    yield from (
        f"warning: {remark}"
        for remark in check.returning(folder, (Path(name).stem for name in written if name.startswith("authors/")))
    )
    yield _commit(folder, foreign, now)
    yield from _left_to_do(plan, SETTINGS in written)


def _left_to_do(plan: InitPlan, has_new_settings: bool) -> Iterator[str]:
    if not plan.origin.serves(plan.forge):
        yield f"the workflows do not know where gitplanet lives: replace {plan.origin.slug} and its revision in them"
    if plan.planet.url.endswith(".example/") and has_new_settings:
        yield f"write into {SETTINGS} where the site will live: url = …"


def _authors(folder: Path, sites: Sequence[str], settings: FetchSettings) -> Iterator[tuple[str, str]]:
    for site in sites:
        best = discover.find(site, settings)[0]
        yield f"authors/{nicks.nick_for(site)}.yaml", hint(folder) + subscribe.author_file(best)


def _files(plan: InitPlan) -> Iterator[tuple[str, str]]:
    """Yield everything else, filled in."""
    here = files("generator.setup") / "files"
    minute = 3 + int(sha256(plan.planet.title.encode()).hexdigest(), 16) % 54
    words = {
        "title": plan.planet.title,
        "url": plan.planet.url,
        "home": f"[gitplanet]({plan.origin.address})" if plan.origin.serves("") else "gitplanet",
        "minute": str(minute),
        "address": plan.origin.address,
        "slug": plan.origin.slug,
        "revision": plan.origin.revision,
        "version": __version__,
    }
    yield ".gitignore", (here / "gitignore").read_text("utf-8")
    yield "README.md", _filled((here / "README.md").read_text("utf-8"), words)
    for name, path in FORGES[plan.forge].items():
        yield path, _filled((here / plan.forge / name).read_text("utf-8"), words)


def _filled(text: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"«{word}»", value)
    return text


def _write(path: Path, text: str) -> bool:
    """Return whether it was written: what is there is kept."""
    if path.exists() or path.is_symlink():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True


def _commit(folder: Path, foreign: set[str], now: datetime) -> str:
    """Return the first commit, where the folder was empty but for the planet and no repository holds it yet."""
    if any((place / ".git").exists() for place in (folder, *folder.parents)):
        return "commit what is new: git add --all && git commit"
    if foreign:
        names = ", ".join(sorted(foreign)[:5])
        return f"other files are here ({names}): run `git init`, and commit what belongs to the planet"
    create(folder, message="Begin a planet", now=now).close()
    return "committed: Begin a planet"
