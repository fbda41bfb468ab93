"""A feed's address in, its bytes out: politely, within limits, and never from a private network."""

from generator.fetch.faults import FetchError
from generator.fetch.guard import Network
from generator.fetch.journey import fetch
from generator.fetch.many import Ask, fetch_all

__all__ = ["Ask", "FetchError", "Network", "fetch", "fetch_all"]
