"""Posts → the files in which a browser finds them by their words. The door of this room. Pure."""

from generator.site.search.index import FORMAT, SearchRecord, Segment, contents, files, part
from generator.site.search.tokenize import cut, plain, tokens

__all__ = ["FORMAT", "SearchRecord", "Segment", "contents", "cut", "files", "part", "plain", "tokens"]
