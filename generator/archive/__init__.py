"""Posts on disk: their files, their index and their history."""

from generator.archive import paths, post_file
from generator.archive.paths import slug
from generator.archive.tombstones import named, tombstone

__all__ = ["named", "paths", "post_file", "slug", "tombstone"]
