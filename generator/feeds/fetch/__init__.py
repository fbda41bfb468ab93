"""Fetch feeds: politely, within limits, and never from a private network.

Main functions: `fetch` for a single feed, `fetch_all` for many.
"""

from generator.feeds.fetch.connection import Network
from generator.feeds.fetch.errors import FetchError
from generator.feeds.fetch.networks import forbidden
from generator.feeds.fetch.pool import FetchRequest, fetch_all
from generator.feeds.fetch.request import fetch

__all__ = ["FetchError", "FetchRequest", "Network", "fetch", "fetch_all", "forbidden"]
