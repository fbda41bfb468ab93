"""What somebody proposes, or what the planet has → what is right and wrong about it, on file and line."""

from generator.check.findings import CheckResult, FeedCheck, Finding, Level, ProposedAuthor
from generator.check.ownership import Account
from generator.check.proposal import CheckOptions, examine, inspect, review
from generator.check.report import feed_notices, format_json, format_lines

__all__ = [
    "Account",
    "CheckOptions",
    "CheckResult",
    "FeedCheck",
    "Finding",
    "Level",
    "ProposedAuthor",
    "examine",
    "feed_notices",
    "format_json",
    "format_lines",
    "inspect",
    "review",
]
