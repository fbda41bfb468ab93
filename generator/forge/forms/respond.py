"""Judge a request (`carry_out`), and answer it on GitHub with a pull request or a comment on the issue (`answer`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import check, config
from generator.check import CheckOptions, CheckResult, Level
from generator.errors import PlanetError
from generator.forge.check_summary import summarize_check
from generator.forge.forms import changes
from generator.forge.forms.changes import ProposedFiles
from generator.forge.forms.parse import FormRequest, branch_of
from generator.forge.github import GitHub, PullWords
from generator.forge.markdown import code, table, within, words
from generator.git import NOTHING, REGULAR, Proposed, propose, settled
from generator.models import Post

MARK = "<!-- gitplanet form -->"
MAX_BODY = 60_000
"""Characters that GitHub takes in the text of a pull request, and some room."""


@dataclass(frozen=True, kw_only=True)
class FormResult:
    """What a wish came to: an offer where nothing stands in the way."""

    offer: ProposedFiles | None
    verdict: CheckResult
    reason: str = ""
    """Why there is nothing to be judged; empty where there is."""

    @property
    def good(self) -> bool:
        """Whether it can be offered."""
        return self.offer is not None and not self.verdict.errors


def carry_out(wish: FormRequest, root: Path, archive: Sequence[Post], terms: CheckOptions) -> FormResult:
    """Works the wish out and judges it as the pull request of whoever filled in the form."""
    base = settled(root, "HEAD")
    settings = config.read_settings(root / "pyproject.toml", version=terms.version)
    try:
        match wish.kind:
            case "add":
                offer = changes.add(wish, base, settings.planet.fetch)
            case "change":
                offer = changes.change(wish, base)
            case "remove":
                offer = changes.remove(wish, base)
            case _:
                return FormResult(offer=changes.report(wish, archive, terms.now), verdict=CheckResult())
    except PlanetError as error:
        return refuse(str(error))
    proposal = propose(root, "HEAD", [_proposed(path, text) for path, text in offer.files.items()])
    terms = replace(terms, who=wish.who, vouched=wish.vouched)
    return FormResult(offer=offer, verdict=check.review(proposal, terms, lambda: archive))


def refuse(reason: str) -> FormResult:
    """Return the result of a wish that is not even worked out."""
    return FormResult(offer=None, verdict=CheckResult(), reason=reason)


def _proposed(path: str, text: str | None) -> Proposed:
    if text is None:
        return Proposed(path=path, mode=NOTHING)
    content = text.encode()
    return Proposed(path=path, mode=REGULAR, size=len(content), content=content)


def answer(github: GitHub, wish: FormRequest, result: FormResult, *, branch: str) -> str:
    """Offer the change to `branch` and says so on the issue, or says there what to mend. Returns the address."""
    if result.offer is None or not result.good:
        github.say(wish.issue, MARK, _not_yet(result))
        return ""
    title = result.offer.title
    message = f"{title}\n\nAs wished in issue {wish.issue}.{_credit(wish)}\n"
    pull = PullWords(title=title, message=message, body=_body(wish, result.offer, result.verdict))
    page = github.offer(branch_of(wish.issue), result.offer.files, base=branch, words=pull)
    github.say(wish.issue, MARK, f"### Thank you\n\nIt is offered here: {page}. A maintainer will look at it.\n")
    return page


def _credit(wish: FormRequest) -> str:
    """Return the trailer by which GitHub shows who wished it."""
    if not re.fullmatch(r"[A-Za-z0-9-]{1,39}", wish.who.login) or not wish.who.number:
        return ""
    mail = f"{wish.who.number}+{wish.who.login}@users.noreply.github.com"
    return f"\n\nCo-authored-by: {wish.who.login} <{mail}>"


def _not_yet(result: FormResult) -> str:
    message = f"{words(result.reason, 600)}\n" if result.reason else _errors(result.verdict)
    return f"### Not yet\n\n{message}\nEdit the form above, and it is tried again by itself.\n"


def _errors(verdict: CheckResult) -> str:
    errors = [remark for remark in verdict.remarks if remark.level is Level.ERROR][:20]
    rows = ([code(remark.file), words(remark.reason), words(remark.remedy)] for remark in errors)
    return table(["where", "what", "what to do"], rows)


def _start(wish: FormRequest) -> str:
    """Return what a person does; the label of the issue says nothing of the pull request."""
    return "give it the label `vouched`, too," if wish.vouched else "close it and open it again"


def _body(wish: FormRequest, offer: ProposedFiles, verdict: CheckResult) -> str:
    judged = summarize_check(verdict, pages=False) if verdict.feeds or verdict.remarks else ""
    parts = [
        f"From the form in #{wish.issue}, filled in by {code(wish.who.login)}.\n",
        f"**To do besides:** {offer.left}\n" if offer.left else "",
        within(judged, MAX_BODY),
        f"A workflow made this, and that starts no other: {_start(wish)} to run the checks.\n",
        f"Closes #{wish.issue}\n",
    ]
    return "\n".join(part for part in parts if part)
