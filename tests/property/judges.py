"""Which tests judge a module of the program, the nearest first.

By rule: the test file that mirrors it, then the unit tests beside that, then those of the whole package. Where that is
not enough, other tests are named here: those of a module are asked second, those of a package last.
"""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNIT = Path("tests/unit")
BESIDE = {
    "archive": "integration/test_update integration/test_withdrawal integration/test_export",
    "archive.history": "integration/test_history integration/test_damage integration/test_git_authorship",
    "build": "integration/test_build integration/test_incremental_build integration/test_flat_theme",
    "build.theme": "house/test_theme house/test_catalogues",
    "cache": "integration/test_incremental_build integration/test_update_feed_states",
    "check": "integration/test_check integration/test_owners integration/test_health",
    "check.ownership": "integration/test_owners integration/test_check",
    "check.proposal": "integration/test_check integration/test_owners",
    "check.scope": "integration/test_check integration/test_owners",
    "cli": "integration/test_init integration/test_update integration/test_history integration/test_check",
    "config": "integration/test_check integration/test_shared_feeds",
    "feeds.fetch_log": "integration/test_polling_manners integration/test_update_feed_states",
    "feeds.fetch.connection": "unit/feeds/fetch/test_dialling unit/feeds/fetch/test_request",
    "feeds.fetch.request": "unit/feeds/fetch/test_connection",
    "feeds.pagination": "integration/test_earlier_posts",
    "forge": "integration/test_issue_forms integration/test_health integration/test_check",
    "git": "integration/test_update integration/test_owners integration/test_damage integration/test_git_authorship",
    "git.lock": "unit/git/test_interrupted_runs",
    "markup.cleaning.rules": "unit/markup/test_sanitize",
    "models": "unit/plan/test_plan unit/archive/test_post_file unit/feeds/parse/test_parse integration/test_update",
    "models.guids": "unit/plan/test_plan unit/plan/test_merge unit/plan/test_withdrawn",
    "models.names": "unit/plan/test_byline unit/plan/test_flapping",
    "parallel": "integration/test_reading_limits integration/test_build",
    "plan": "integration/test_copies integration/test_withdrawal integration/test_incidents",
    "plan.match": "unit/plan/test_plan",
    "plan.similarity": "unit/plan/test_duplicates unit/plan/test_plan",
    "setup": "integration/test_init",
    "setup.importers": "integration/test_one_of_ten",
    "site": "integration/test_build integration/test_edit_pages house/test_theme",
    "update": "integration/test_update integration/test_update_feed_states integration/test_incidents "
    "integration/test_shared_feeds integration/test_group_blog integration/test_polling_manners",
    "update.rename": "integration/test_rename",
    "update.withdraw": "integration/test_withdrawal",
}
"""By module or package, what else judges it, below `tests/`."""


def modules() -> list[str]:
    """All modules of the program, by their whole names."""
    paths = sorted(path.relative_to(ROOT) for path in (ROOT / "generator").rglob("*.py"))
    return [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]


def source_of(module: str) -> Path:
    """The file of a module, as seen from the root of the repository."""
    path = Path(*module.split("."))
    return path.with_suffix(".py") if (ROOT / path).with_suffix(".py").exists() else path / "__init__.py"


@cache
def judges(module: str) -> tuple[tuple[str, ...], ...]:
    """Groups of test files; a group is asked where those before it noticed nothing. No file stands in two."""
    groups, seen = [], set[Path]()
    mirrored, *around = _unit(module)
    own, *others = _beside(module.removeprefix("generator."))
    for group in (mirrored, own, *around, *others):
        fresh = [path for path in group if path.exists() and path not in seen]
        seen.update(fresh)
        if fresh:
            groups.append(tuple(map(str, fresh)))
    return tuple(groups)


def _unit(module: str) -> list[list[Path]]:
    """The mirrored file, then the files of each folder from there up to the package, with all that lies below."""
    path = source_of(module).relative_to("generator")
    name = path.parent.name if path.stem == "__init__" else path.stem
    groups = [[UNIT / path.parent / f"test_{name}.py"]]
    for folder in (*path.parents,)[:-1]:
        groups.append(sorted((UNIT / folder).glob("test_*.py")))
        groups.append(sorted((UNIT / folder).rglob("test_*.py")))
    return groups


def _beside(name: str) -> list[list[Path]]:
    """What is named for the module, then for each package that it lies in."""
    outer = name.rpartition(".")[0]
    return [[Path("tests", f"{test}.py") for test in BESIDE.get(name, "").split()], *(_beside(outer) if outer else [])]
