"""Tell entries apart that have no GUIDs and share their page. Pure. Main function: `with_page_guids`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator import markup
from generator.models import Post, is_page_guid, page_guid, url_key
from generator.plan.candidate import Candidate


def with_page_guids(
    drafts: Sequence[Candidate], posts: Sequence[Post], owner: Mapping[str, str]
) -> Sequence[Candidate]:
    """Return the drafts, named by page and title together where several without a GUID share their page.

    They share it where a document has several at once, or where the archive has posts that were named so. One whose
    title is that of the post that has the link for its GUID keeps this GUID. `owner` is that of `merge.owners`.
    """
    nameless = [candidate for candidate in drafts if candidate.content.entry.nameless and candidate.link]
    shared = _shared(nameless, posts) if nameless else set()
    if not shared:
        return drafts
    titles = {post.path: post.title for post in posts}
    names = {
        id(candidate): _name(candidate, owner, titles) for candidate in nameless if url_key(candidate.link) in shared
    }
    return [replace(candidate, guid=names.get(id(candidate), candidate.guid)) for candidate in drafts]


def _shared(nameless: Iterable[Candidate], posts: Iterable[Post]) -> set[str]:
    """Return the keys of pages that entries share."""
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for candidate in nameless:
        names[candidate.feed, candidate.content.entry.link].add(page_guid(candidate.content.entry))
    pages = {url_key(link) for (_feed, link), guids in names.items() if len(guids) > 1}
    pages |= {url_key(candidate.link) for candidate in nameless if is_page_guid(candidate.guid)}
    return pages | {url_key(post.canonical_url) for post in posts if is_page_guid(post.guid)}


def _name(candidate: Candidate, owner: Mapping[str, str], titles: Mapping[str, str]) -> str:
    entry = candidate.content.entry
    guid = page_guid(entry)
    if guid in owner or entry.link not in owner:
        return guid
    former = candidate.title if entry.former_title is None else markup.title(entry.former_title)
    return entry.link if titles[owner[entry.link]] in (candidate.title, former) else guid
