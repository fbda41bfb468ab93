"""Fetch, parse, schedule and discover other people's feeds."""

from generator.feeds import fetch_log, schedule, state
from generator.feeds.state import Cache

__all__ = ["Cache", "fetch_log", "schedule", "state"]
