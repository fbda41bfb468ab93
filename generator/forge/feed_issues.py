"""Open an issue for each broken feed, close it once the feed works, and offer one pull request: `report_health`."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from generator.check import Broken, Health, Mended
from generator.forge.github import GitHub, PullWords
from generator.forge.markdown import code, words
from generator.models import Planet

LABEL = "broken-feed"
BRANCH = "gitplanet/health"


def report_health(github: GitHub, planet: Planet, health: Health, mended: Mended) -> list[str]:
    """Open and closes issues and offers the mended files; return what was done, a line each."""
    actions: list[str] = []
    feeds = {_mark(source.url): source.url for author in planet.authors for source in author.feeds}
    active = {source.url for author in planet.authors if author.is_read for source in author.feeds}
    open_ = {_mark_of(issue): issue for issue in github.all(f"issues?state=open&labels={LABEL}")}
    for url, sharing in _by_url(health.broken).items():
        if _mark(url) not in open_:
            number = github.ask("POST", "issues", _issue(sharing))["number"]
            actions.append(f"issue {number} opened: {', '.join(broken.author.nick for broken in sharing)}  {url}")
    for mark, issue in open_.items():
        why = _over(feeds.get(mark, ""), active, health)
        if mark and why:
            github.ask("POST", f"issues/{issue['number']}/comments", {"body": why})
            github.ask("PATCH", f"issues/{issue['number']}", {"state": "closed", "state_reason": "completed"})
            actions.append(f"issue {issue['number']} closed: {why}")
    if mended.files:
        actions.append(f"offered at {_offer(github, mended)}")
    return actions


def _by_url(all_broken: Sequence[Broken]) -> dict[str, list[Broken]]:
    """Members may share a feed: one issue is for all of them."""
    by_url: dict[str, list[Broken]] = {}
    for broken in all_broken:
        by_url.setdefault(broken.url, []).append(broken)
    return by_url


def _over(url: str, active: set[str], health: Health) -> str:
    """Return why an issue is over; empty where it is not, or where nothing is known of the feed."""
    if url not in active:
        return "The planet reads this feed no longer."
    return "The feed works again. Thank you!" if url in health.well else ""


def _mark(url: str) -> str:
    """Return the mark of an issue: a hash, for an address could end the comment that it stands in."""
    return f"<!-- gitplanet feed {sha256(url.encode()).hexdigest()[:16]} -->"


def _mark_of(issue: Mapping[str, Any]) -> str:
    first = str(issue["body"] or "").partition("\n")[0].strip()
    return first if first.startswith("<!-- gitplanet feed ") else ""


def _issue(sharing: Sequence[Broken]) -> dict[str, Any]:
    broken, authors = sharing[0], [broken.author for broken in sharing]
    whom = ", ".join(f"@{author.github}" if author.github else words(author.name) for author in authors)
    files = " or ".join(code(f"authors/{author.nick}.yaml") for author in authors)
    body = (
        f"{_mark(broken.url)}\n{whom}, the planet could not read your feed since {broken.since:%Y-%m-%d}.\n\n"
        f"- feed: {code(broken.url, 2048)}\n- why: {words(broken.reason)}\n\n"
        "This closes by itself when the feed works again. Has it moved? There is a form for that: *Change my feed*. "
        f"Or edit {files}; `status: paused` there gives you time.\n"
    )
    nicks = ", ".join(author.nick for author in authors)
    return {"title": f"The feed of {nicks} is broken", "body": body, "labels": [LABEL]}


def _offer(github: GitHub, mended: Mended) -> str:
    listed = "".join(f"- {words(line, 2048)}\n" for line in mended.done)
    left = "".join(f"- {words(line, 2048)}\n" for line in mended.left)
    body = f"{listed}\nLook at each new address: does it lead to the same blog?\n"
    title = "Follow feeds that moved, pause those that are gone"
    body += f"\nTo be done by hand:\n\n{left}" if left else ""
    pull = PullWords(title=title, message=f"{title}\n", body=body)
    return github.offer(BRANCH, mended.files, base=github.branch(), words=pull)
