"""A small blogosphere, written for the demo, served by `Blogosphere` on 127.0.0.1 and changing between runs."""

from generator.setup.demo.planet import authors, faces, settings
from generator.setup.demo.server import Blogosphere
from generator.setup.demo.story import STATES, StoryState

__all__ = ["STATES", "Blogosphere", "StoryState", "authors", "faces", "settings"]
