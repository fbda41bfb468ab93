"""Other people's feeds: fetched, parsed, scheduled and found."""

from generator.feeds import fetch_log, schedule, state
from generator.feeds.state import Cache

__all__ = ["Cache", "fetch_log", "schedule", "state"]
