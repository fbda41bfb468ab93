"""Decide with `ownership` whether an account may change an author file, by the owner that the file names. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import strict_yaml
from generator.check.findings import Finding, error, warning
from generator.errors import FileError


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account on the forge."""

    login: str
    number: int = 0
    """0 where the forge does not tell."""


def owner(content: bytes | None) -> Account | None:
    """The account that an author file names, however wrong the rest of it may be; None where it names none."""
    try:
        data: Any = strict_yaml.read_yaml((content or b"").decode("utf-8", "replace"), "").value
    except FileError:
        return None
    fields: Mapping[str, Any] = data if isinstance(data, dict) else {}
    login, number = fields.get("github"), fields.get("github_id")
    login = login if isinstance(login, str) else ""
    number = number if isinstance(number, int) else 0
    return Account(login=login, number=number) if login or number else None


def ownership(file: str, before: bytes | None, after: bytes | None, who: Account) -> Iterator[Finding]:
    """What keeps `who` from adding, changing or removing `file`; the base's words count, not the proposal's."""
    if before is None:
        yield from _of_new(file, owner(after), who)
        return
    account = owner(before)
    if account is None:
        yield error(file, "the planet does not know whose file this is", _ask(who))
    elif not _is(account, who):
        yield error(file, f"this is the file of {_name(account)}, not of {who.login}", _ask(who))
    elif after is not None and (now := owner(after)) != account:
        yield warning(file, f"this hands the file over to {_name(now) if now else 'nobody'}", "is that meant?")


def _of_new(file: str, account: Account | None, who: Account) -> Iterator[Finding]:
    if account is None:
        yield error(file, "the file does not say whose it is", f"add `github: {who.login}`{_with_number(who)}")
    elif not _is(account, who):
        yield error(
            file, f"the file names {_name(account)}, but {who.login} proposes it", f"write `github: {who.login}`"
        )
    elif not account.number and who.number:
        yield warning(file, "an account's name may change hands, its number does not", f"add `github_id: {who.number}`")


def _is(account: Account, who: Account) -> bool:
    """The number decides where it is known."""
    if account.number:
        return account.number == who.number
    return account.login.casefold() == who.login.casefold()


def _name(who: Account) -> str:
    return who.login or f"the account {who.number}"


def _with_number(who: Account) -> str:
    return f" and `github_id: {who.number}`" if who.number else ""


def _ask(who: Account) -> str:
    return f"let its owner propose this, or ask a maintainer to vouch for {who.login}"
