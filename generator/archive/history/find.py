"""Find the path of the post that a person names (`find`). Pure."""

from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from generator.archive.history.timeline import HistoryStep
from generator.errors import PlanetError
from generator.models import url_key

MAX_LISTED = 10


def find(asked: str, chains: Mapping[str, Sequence[HistoryStep]]) -> str:
    """Return the path of the one post that `asked` names: its path, GUID, address, or a part of a path.

    Raises PlanetError where that is none or several.
    """
    whole = asked.strip().removeprefix("./")
    for fits in (_is_path, _was_path, _has_identifier, _is_part_of):
        matches = sorted(path for path, steps in chains.items() if fits(whole, path, steps))
        if len(matches) == 1:
            return matches[0]
        if matches:
            more = f"\nand {len(matches) - MAX_LISTED} more" if len(matches) > MAX_LISTED else ""
            listing = "\n".join(matches[:MAX_LISTED])
            raise PlanetError(f"{asked!r} names {len(matches)} posts; name one of them by its path:\n{listing}{more}")
    raise PlanetError(f"{asked!r} names no post that was ever here; give its path, a part of it, its address or GUID")


def _is_path(asked: str, path: str, _: Sequence[HistoryStep]) -> bool:
    """Return whether that is its path, with or without the folder."""
    return path in (asked, f"posts/{asked}")


def _was_path(asked: str, _: str, steps: Sequence[HistoryStep]) -> bool:
    names = {name for step in steps for name in (step.path, step.former) if name}
    return bool(names & {asked, f"posts/{asked}"})


def _has_identifier(asked: str, _: str, steps: Sequence[HistoryStep]) -> bool:
    """Return whether that is a GUID or an address that it has or had."""
    trailers = [step.trailers or {} for step in steps]
    guids = {unquote(trailer["Post-Guid"]) for trailer in trailers if "Post-Guid" in trailer}
    links = {url_key(trailer["Post-Link"]) for trailer in trailers if "Post-Link" in trailer}
    return unquote(asked) in guids or url_key(asked) in links


def _is_part_of(asked: str, path: str, _: Sequence[HistoryStep]) -> bool:
    return bool(asked) and asked in path
