"""Posts on disk: a post's text and path (`post_file`, `paths`), posts by a given name (`named`), and tombstones."""

from generator.archive import paths, post_file
from generator.archive.paths import slug
from generator.archive.tombstones import named, tombstone

__all__ = ["named", "paths", "post_file", "slug", "tombstone"]
