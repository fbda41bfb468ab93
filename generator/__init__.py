"""The program gitplanet: feeds in, commits and a static site out. `generator.cli` is its entry."""

__version__ = "0.1.0"
