"""What a person calls a post → the path of the post that is meant. Pure."""

from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from generator.archive.history.timeline import HistoryStep
from generator.errors import PlanetError
from generator.models import url_key

MAX_TOLD = 10


def find(asked: str, chains: Mapping[str, Sequence[HistoryStep]]) -> str:
    """The path of the one post that `asked` names: its path, GUID, address, or a part of a path.

    Raises PlanetError where that is none or several.
    """
    whole = asked.strip().removeprefix("./")
    for fits in (_is_named, _is_known_as, _is_part_of):
        found = sorted(path for path, steps in chains.items() if fits(whole, path, steps))
        if len(found) == 1:
            return found[0]
        if found:
            more = f"\nand {len(found) - MAX_TOLD} more" if len(found) > MAX_TOLD else ""
            told = "\n".join(found[:MAX_TOLD])
            raise PlanetError(f"{asked!r} names {len(found)} posts; name one of them by its path:\n{told}{more}")
    raise PlanetError(f"{asked!r} names no post that was ever here; give its path, a part of it, its address or GUID")


def _is_named(asked: str, path: str, steps: Sequence[HistoryStep]) -> bool:
    """By its path now or before, with or without the folder."""
    names = {path, *(name for step in steps for name in (step.path, step.former) if name)}
    return bool(names & {asked, f"posts/{asked}"})


def _is_known_as(asked: str, _: str, steps: Sequence[HistoryStep]) -> bool:
    """By a GUID or an address that it has or had."""
    trailers = [step.trailers or {} for step in steps]
    guids = {unquote(one["Post-Guid"]) for one in trailers if "Post-Guid" in one}
    links = {url_key(one["Post-Link"]) for one in trailers if "Post-Link" in one}
    return unquote(asked) in guids or url_key(asked) in links


def _is_part_of(asked: str, path: str, _: Sequence[HistoryStep]) -> bool:
    return bool(asked) and asked in path
