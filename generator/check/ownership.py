"""Decide with `owned` whether an account may change what it proposes, by the owner that an author file names."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from generator import strict_yaml
from generator.archive import index, tree
from generator.check.findings import Finding, error, warning
from generator.check.scope import Sorted
from generator.config import schema
from generator.errors import FileError
from generator.git import Proposal, used_nicks

_OTHER_NICK = "whoever has it gets those posts: choose another nick, unless this is the same person"


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account on the forge."""

    login: str
    number: int = 0
    """0 where the forge does not tell."""


def owner(content: bytes | None) -> Account | None:
    """Return the account that an author file names, however wrong the rest of it may be; None where it names none."""
    try:
        data: Any = strict_yaml.read_yaml((content or b"").decode("utf-8", "replace"), "").value
    except FileError:
        return None
    fields: Mapping[str, Any] = data if isinstance(data, dict) else {}
    login, number = fields.get("github"), fields.get("github_id")
    login = login if isinstance(login, str) else ""
    number = number if isinstance(number, int) else 0
    return Account(login=login, number=number) if login or number else None


def owned(offer: Proposal, files: Sorted, who: Account | None, used: Callable[[], Container[str]]) -> Iterator[Finding]:
    """Yield what keeps `who` from changing the files: author files by their own words, pictures by the file that shows
    them.

    `used` gives the nicks that posts bear or bore. Without `who`, only nicks that somebody had before are named.
    """
    traces = {file.path: _trace(file.path, offer, used) for file in files.authors if file.path not in offer.base}
    if who is None:
        yield from (warning(path, trace, _OTHER_NICK) for path, trace in traces.items() if trace)
        return
    for file in files.authors:
        versions = offer.history.versions.get(file.path, ())
        if trace := traces.get(file.path):
            yield from _of_return(file.path, trace, valid_owner(versions), who)
        before = offer.base.get(file.path)
        yield from ownership(file.path, (before, *versions) if before is not None else (), file.content, who)
    yield from _of_pictures(offer, files, who)
    for path in offer.passing:
        if path in offer.base or _trace(path, offer, used):
            reason = "a commit of this changes the file, and a later one takes that back"
            yield error(path, reason, "make one commit of them, without this file")


def ownership(file: str, before: Sequence[bytes], after: bytes | None, who: Account) -> Iterator[Finding]:
    """Yield what keeps `who` from adding, changing or removing `file`; the base's words count, not the proposal's.

    `before` are the texts of the file, that of the base first, none of a new file: of a broken one its last right text
    says whose it is.
    """
    if not before:
        yield from _of_new(file, owner(after), who)
        return
    account = valid_owner(before)
    if account is None:
        yield error(file, "the planet does not know whose file this is", _ask(who))
    elif not _is(account, who):
        yield error(file, f"this is the file of {_name(account)}, not of {who.login}", _ask(who))
    elif after is not None and (now := owner(after)) != account:
        yield warning(file, f"this hands the file over to {_name(now) if now else 'nobody'}", "is that meant?")


def valid_owner(versions: Sequence[bytes]) -> Account | None:
    """Return the account that the first right one of the texts names; where none is right, that of the first one."""
    return owner(next(filter(_is_right, versions), next(iter(versions), None)))


def _is_right(content: bytes) -> bool:
    """Return whether it is an author file, by what it says alone."""
    try:
        document = strict_yaml.read_yaml(content.decode("utf-8-sig"), "")
    except (FileError, UnicodeDecodeError):
        return False
    return not any(schema.problems(document.value, "author", "", document.line))


def returning(root: Path, nicks: Iterable[str]) -> Iterator[Finding]:
    """Yield a warning for each nick of a new author file in `root` that the planet knows from its posts or its
    history.
    """
    nicks = tuple(nicks)
    used = used_nicks(root) | tree.nicks(index.read(root).heads) if nicks else ()
    for nick in nicks:
        if nick in used:
            yield warning(f"authors/{nick}.yaml", f"somebody had the nick {nick} before", _OTHER_NICK)


def _trace(path: str, offer: Proposal, used: Callable[[], Container[str]]) -> str:
    """Return by what the planet knows the nick of a file that the base does not have; empty where it does not."""
    nick = PurePosixPath(path).stem
    account = valid_owner(offer.history.versions.get(path, ()))
    if path in offer.history.versions:
        return f"the nick {nick} was that of {_name(account) if account else 'somebody else'} before"
    return f"posts bear the nick {nick} already" if nick in offer.history.folders or nick in used() else ""


def _of_return(file: str, trace: str, account: Account | None, who: Account) -> Iterator[Finding]:
    """Yield what is wrong with a nick that is taken: only the owner of the last right text gets it back."""
    if account is None or not _is(account, who):
        yield error(file, trace, f"choose another nick, or ask a maintainer to vouch for {who.login}")


def _of_pictures(offer: Proposal, files: Sorted, who: Account) -> Iterator[Finding]:
    shown = pictures_of(offer.base)
    named = {file.path for file in files.authors}
    for file in files.pictures:
        shower = shown.get(file.path)
        if shower and shower not in named:
            text = offer.base[shower]
            for remark in ownership(shower, (text,), text, who):
                yield error(file.path, f"{shower} shows this picture: {remark.reason}", remark.remedy)


def pictures_of(base: Mapping[str, bytes]) -> dict[str, str]:
    """Return by picture, the author file that shows it."""
    pictures: dict[str, str] = {}
    for path, content in base.items():
        if path.startswith("authors/") and path.endswith(".yaml"):
            try:
                data = strict_yaml.read_yaml(content.decode("utf-8", "replace"), path).value
            except FileError:
                continue
            if isinstance(data, dict) and isinstance(data.get("hackergotchi"), str):
                pictures[f"authors/{data['hackergotchi']}"] = path
    return pictures


def _of_new(file: str, account: Account | None, who: Account) -> Iterator[Finding]:
    if account is None:
        yield error(file, "the file does not say whose it is", f"add `github: {who.login}`{_with_number(who)}")
    elif not _is(account, who):
        reason = f"the file names {_name(account)}, but {who.login} proposes it"
        yield error(file, reason, f"write `github: {who.login}`{_with_number(who)}")
    elif not account.number and who.number:
        yield warning(file, "an account's name may change hands, its number does not", f"add `github_id: {who.number}`")


def _is(account: Account, who: Account) -> bool:
    """Return the number decides where it is known."""
    if account.number:
        return account.number == who.number
    return account.login.casefold() == who.login.casefold()


def _name(who: Account) -> str:
    return who.login or f"the account {who.number}"


def _with_number(who: Account) -> str:
    return f" and `github_id: {who.number}`" if who.number else ""


def _ask(who: Account) -> str:
    return f"let its owner propose this, or ask a maintainer to vouch for {who.login}"
