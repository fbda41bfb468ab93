"""gitplanet: feeds in, commits, a static site out."""

__version__ = "0.1.0"
