"""What is remembered of feeds → who has to know, and what to change in authors/."""

from generator.check.health import Broken, Health, Moved, health, to_json, to_lines
from generator.check.health_fixes import Mended, mend
from generator.forge.feed_issues import tell

__all__ = ["Broken", "Health", "Mended", "Moved", "health", "mend", "tell", "to_json", "to_lines"]
