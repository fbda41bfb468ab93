"""Give outlines that an OPML list calls alike, though they are several blogs, names of their own: `with_own_names`.

Pure.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.models import url_key

Words = Mapping[str, str]
"""The attributes of an outline, with names in lower case."""


def with_own_names(outlines: Sequence[Words]) -> list[Words]:
    """Return the words of each; its title is its name where outlines with other homepages have its `text`, too.

    Some programs write their own name or mail address there. A title that stands under several texts names nobody.
    """
    homes: defaultdict[str, set[str]] = defaultdict(set)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for words in outlines:
        text, title = words.get("text", "").casefold(), words.get("title", "")
        homes[text].add(url_key(words.get("htmlurl", "")))
        titles[text].add(title)
        texts[title].add(text)
    several = {text for text in homes if len(homes[text] - {""}) > 1 and len(titles[text]) > 1}
    alone = {title for title in texts if title and len(texts[title]) == 1}
    return [
        {**words, "text": words["title"], "title": ""}
        if words.get("text", "").casefold() in several and words.get("title") in alone
        else words
        for words in outlines
    ]
