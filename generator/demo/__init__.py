"""A small blogosphere, written for the demo, served on 127.0.0.1 and changing between runs."""

from generator.demo.root import authors, faces, settings
from generator.demo.server import Blogosphere
from generator.demo.story import STATES, State

__all__ = ["STATES", "Blogosphere", "State", "authors", "faces", "settings"]
