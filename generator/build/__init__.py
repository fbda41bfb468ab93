"""Build a site from the tree: the pipeline's `build`, what makes it incremental, and a preview while one writes."""

from generator.build.incremental import Scope
from generator.build.watch import Changes, file_states, watch_files

__all__ = ["Changes", "Scope", "file_states", "watch_files"]
