"""What stands of each feed, kept by a build: where nothing else is new, the next makes only the pages of states."""

from collections.abc import Mapping
from pathlib import Path

from generator import cache
from generator.site import Newest, Stock

FILE = cache.FOLDER / "stocks.jsonl"


def keep(root: Path, tree: str, stocks: Mapping[str, Stock]) -> None:
    """Keeps what stands of each feed, by address; `tree` is the stamp of what that was read from."""
    cache.keep(root / FILE, ((url, (stock.posts, vars(stock.newest))) for url, stock in stocks.items()), tree=tree)


def recall(root: Path, tree: str) -> Mapping[str, Stock] | None:
    """What was kept of that tree; None where nothing was."""
    told, rows = cache.recall(root / FILE)
    if told.get("tree") != tree:
        return None
    try:
        return {url: Stock(posts=posts, newest=Newest(**newest)) for url, (posts, newest) in rows}
    except (TypeError, ValueError):
        return None
