"""The search index: the files in which a browser finds posts by their words (`files`). A door of its own. Pure."""

from generator.site.search.index import FORMAT, SearchRecord, Segment, contents, files, part
from generator.site.search.tokenize import cut, plain, tokens

__all__ = ["FORMAT", "SearchRecord", "Segment", "contents", "cut", "files", "part", "plain", "tokens"]
