"""Write a new planet's settings from its lists (`new`), or list how they differ from those there are. Pure."""

from collections.abc import Iterator, Sequence

from generator.config import NewEdition, NewPlanet, settings_text
from generator.models import Planet, host
from generator.setup.importers.models import FeedList, ImportNote

FILE = "pyproject.toml"
_STAYS = "pyproject.toml is there already and stays as it is; the list says {}"
EditionList = tuple[str, FeedList]
"""The key of an edition, or an empty string for the whole planet, and a list of it."""


def new(rolls: Sequence[EditionList], notes: list[ImportNote]) -> str:
    """Return the pyproject.toml of a planet with an edition for each key. The shortest address is the root's."""
    titled = [(key, roll) for key, roll in rolls if roll.title or roll.url]
    first = min(
        (roll for _key, roll in titled), key=lambda roll: len(roll.url) or 999, default=FeedList(shape="", authors=())
    )
    if not first.url:
        why = "no list tells where the site will live; write it into pyproject.toml"
        notes.append(ImportNote(what="url", who="[Planet]", why=why))
    notes += [
        ImportNote(what="title and address", who=roll.title or roll.url, went="pyproject.toml") for _key, roll in titled
    ]
    notes += _taken(titled, first)
    planet = NewPlanet(
        title=(first.title or host(first.url) or "A new planet")[:100],
        url=(first.url or "https://planet.example/").split("?")[0].rstrip("/") + "/",
        contact=first.contact,
        per_page=first.per_page,
        editions=_editions(rolls, titled, first),
    )
    return settings_text(planet)


def _taken(titled: Sequence[EditionList], first: FeedList) -> Iterator[ImportNote]:
    """Yield what becomes of the settings that only the whole planet has."""
    for key in ("contact", "per_page"):
        for roll in (roll for _key, roll in titled if getattr(roll, key)):
            who = roll.title or roll.url
            if getattr(roll, key) == getattr(first, key):
                yield ImportNote(what=key, who=who, went="pyproject.toml")
            else:
                yield ImportNote(what=key, who=who, why="the list of the root edition says another")


def _editions(rolls: Sequence[EditionList], titled: Sequence[EditionList], first: FeedList) -> dict[str, NewEdition]:
    keys = list(dict.fromkeys(key for key, _roll in rolls if key))
    heads = dict(reversed(titled))
    root = next((key for key in keys if heads.get(key) is first), keys[0] if keys else "")
    titles = {key: heads[key].title if key in heads else "" for key in keys}
    return {
        key: NewEdition(title=titles[key] or key.title(), path="" if key == root else key)
        for key in [root, *keys]
        if key
    }


def differences(rolls: Sequence[EditionList], planet: Planet) -> Iterator[ImportNote]:
    """Yield what the lists say otherwise than the planet's own settings, which stay."""
    for key, roll in rolls:
        ours = next((edition.title for edition in planet.editions if edition.key == key), planet.title)
        for what, theirs, own in (("title", roll.title, ours), ("url", roll.url, "" if key else planet.url)):
            if theirs and theirs.rstrip("/") != own.rstrip("/"):
                yield ImportNote(what=what, who="[Planet]", why=_STAYS.format(repr(theirs)))
        if roll.contact not in ("", planet.contact):
            yield ImportNote(what="contact", who="[Planet]", why=_STAYS.format(repr(roll.contact)))
        if roll.per_page not in (0, planet.per_page):
            yield ImportNote(what="per_page", who="[Planet]", why=_STAYS.format(roll.per_page))
