"""Format import notes as the `table` of what was carried over and what was not, a line for a kind of thing. Pure."""

from collections.abc import Iterator, Sequence

from generator.setup.importers.models import ImportNote

CARRIED, LOST = "carried over", "could not be carried over"
SHOWN = 10
"""Names that a line of what was carried over shows. What was lost is told whole."""


def table(notes: Sequence[ImportNote]) -> Iterator[str]:
    """Yield the lines of the table: of things that met the same fate, how many and whose."""
    for title, fates in (
        (CARRIED, [note for note in notes if not note.why]),
        (LOST, [note for note in notes if note.why]),
    ):
        if fates:
            yield f"{title}:"
            yield from _lines(fates)


def _lines(notes: Sequence[ImportNote]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        groups.setdefault((note.what, note.went or note.why), []).append(note.who)
    for (what, fate), whose in groups.items():
        arrow = f" → {fate}" if any(note.went == fate for note in notes) else f": {fate}"
        people = list(dict.fromkeys(whose))
        if any(note.went for note in notes) and len(people) > SHOWN:
            people[SHOWN:] = [f"and {len(people) - SHOWN} more"]
        count = f"{len(whose)} × " if len(whose) > 1 else ""
        yield f"  {count}{what}{arrow} ({', '.join(people)})"
