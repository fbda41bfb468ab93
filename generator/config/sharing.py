"""Find feeds that several author files list, or one lists twice, though it is not clear whose entries are whose. Pure.

Main function: `sharing_faults`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.models import Author, Subscription, name_key, url_key

_ONCE = "list a feed once"


@dataclass(frozen=True, kw_only=True)
class SharingFault:
    """What the file of a member has against one that comes before it, or against itself."""

    nick: str
    index: int
    """Of the feed in the file."""
    url: str
    other: str
    """Nick of the member who lists the feed as well; the same one where one file lists it twice."""
    reason: str
    remedy: str

    def reason_for(self, nick: str) -> str:
        """Return the reason as the file of one of the two has to hear it."""
        return self.reason if nick == self.nick else f"the feed {self.url} is already that of {self.nick}"


def sharing_faults(authors: Iterable[Author]) -> Iterator[SharingFault]:
    """Members may share the address of a feed if all say whose entries they take, and no name is said twice."""
    before: dict[str, list[Subscription]] = {}
    claimed: dict[tuple[str, str], str] = {}
    for author in authors:
        for index, source in enumerate(author.feeds):
            key, own = url_key(source.url), Subscription(author=author, source=source)
            others = before.setdefault(key, [])
            if says := _fault(own, others, claimed):
                other, reason, remedy = says
                yield SharingFault(
                    nick=author.nick, index=index, url=source.url, other=other, reason=reason, remedy=remedy
                )
            before[key].append(own)
            claimed |= {(key, name_key(name)): author.nick for name in source.authors}


def _fault(
    own: Subscription, others: Sequence[Subscription], claimed: dict[tuple[str, str], str]
) -> tuple[str, str, str] | None:
    """Return the other's nick, reason and remedy; None where all is well.

    `claimed` gives who takes a name's entries, by feed and name.
    """
    nick, url = own.author.nick, own.source.url
    if any(other.author.nick == nick for other in others):
        return nick, f"the feed {url} stands here twice", _ONCE
    if not others:
        return None
    open_ = next((other for other in others if not other.source.authors), None)
    other = open_ or others[0]
    file = f"authors/{other.author.nick}.yaml"
    theirs = f"the feed {url} is already that of {other.author.nick}"
    if open_ or not own.source.authors:
        who = f"neither {file} nor this file says" if open_ and not own.source.authors else ""
        who = who or (f"{file} does not say" if open_ else "this file does not say")
        return (
            other.author.nick,
            f"{theirs}, and {who} whose entries it takes",
            f"{_ONCE}, or name in {file} and here whose entries each takes, like `authors: [{other.author.name}]`",
        )
    if other.source.url != url:
        remedy = f"write the address as {file} does, or change both"
        return other.author.nick, f"{theirs} under the address {other.source.url}", remedy
    return _overlap(url, own.source.authors, claimed)


def _overlap(url: str, names: Iterable[str], claimed: Mapping[tuple[str, str], str]) -> tuple[str, str, str] | None:
    for name in names:
        if taker := claimed.get((url_key(url), name_key(name))):
            file = f"authors/{taker}.yaml"
            return (
                taker,
                f"the feed {url} is already that of {taker}, and {file} takes the entries of {name} as well",
                f"leave {name} to {file} or to this file: their `authors` must not overlap",
            )
    return None
