"""Judge what somebody proposes (`review`) or what the planet has (`inspect`, `health`, status), on file and line."""

from generator.check import health, health_fixes
from generator.check.findings import CheckResult, FeedCheck, Finding, Level, ProposedAuthor
from generator.check.health import Broken, Health
from generator.check.health_fixes import Mended
from generator.check.ownership import Account, returning
from generator.check.proposal import CheckOptions, examine, inspect, review
from generator.check.report import SHOWN, feed_notices, format_json, format_lines
from generator.check.status import format_fetches, format_status

__all__ = [
    "SHOWN",
    "Account",
    "Broken",
    "CheckOptions",
    "CheckResult",
    "FeedCheck",
    "Finding",
    "Health",
    "Level",
    "Mended",
    "ProposedAuthor",
    "examine",
    "feed_notices",
    "format_fetches",
    "format_json",
    "format_lines",
    "format_status",
    "health",
    "health_fixes",
    "inspect",
    "returning",
    "review",
]
