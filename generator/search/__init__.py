"""Posts → the files in which a browser finds them by their words. The door of this room. Pure."""

from generator.search.segments import FORMAT, Record, Segment, contents, files, part
from generator.search.words import cut, plain, tokens

__all__ = ["FORMAT", "Record", "Segment", "contents", "cut", "files", "part", "plain", "tokens"]
