"""Read the rows of a CSV table as the words of members, whatever its columns are called: `rows`. Pure."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from generator.setup.importers.member import FEED, HOME, NAME, NICK, OWN_FEED, address, squeezed
from generator.setup.importers.models import ListError

_FEED = re.compile(r"feed|rss|atom|xml|json", re.IGNORECASE)
"""What columns of feeds are called, and what the addresses in them have."""
_SEPARATORS = ",;\t"


def rows(text: str) -> list[Mapping[str, str]]:
    """Return the words of each row, under the names of the columns where these are known words, else under ours.

    A column that has no known name is judged by what stands in it: addresses of feeds, other addresses, names.
    Raises ListError where this is no table.
    """
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    table = csv.DictReader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    try:
        listed = [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in table]
    except csv.Error as error:
        raise ListError(f"this table cannot be read ({error})") from error
    columns = _columns(list(dict.fromkeys(table.fieldnames or ())), listed)
    return [{columns[key]: value.strip() for key, value in row.items() if isinstance(value, str)} for row in listed]


def _columns(names: Sequence[str], listed: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what each column is called from here on."""
    columns = {name: name.strip() for name in names}
    strange = [name for name in names if squeezed(name) not in {*FEED, *HOME, *NAME, *NICK}]
    pages = [name for name in strange if any(address(row.get(name, "")) for row in listed)]
    spelled = {squeezed(name) for name in names}
    if spelled.isdisjoint(OWN_FEED) and (feeds := [name for name in pages if _are_feeds(name, listed)]):
        columns[feeds[0]] = "feed"
        pages.remove(feeds[0])
    if spelled.isdisjoint(HOME) and pages:
        columns[pages[0]] = "link"
    words = [name for name in strange[:1] if columns[name] == name.strip() and name not in pages]
    if spelled.isdisjoint(NAME) and words:
        columns[words[0]] = "name"
    return columns


def _are_feeds(name: str, listed: Sequence[Mapping[str, str]]) -> bool:
    addresses = [row[name] for row in listed if address(row.get(name, ""))]
    return bool(_FEED.search(name)) or 2 * sum(bool(_FEED.search(url)) for url in addresses) > len(addresses)
