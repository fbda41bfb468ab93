"""What somebody proposes, or what the planet has → what is right and wrong about it, on file and line."""

from generator.build.sample import preview
from generator.check.findings import Level, Newcomer, Remark, Seen, Verdict
from generator.check.ownership import Who
from generator.check.proposal import Terms, examine, inspect, review
from generator.check.report import to_json, to_lines, to_notices
from generator.forge.check_summary import to_markdown

__all__ = [
    "Level",
    "Newcomer",
    "Remark",
    "Seen",
    "Terms",
    "Verdict",
    "Who",
    "examine",
    "inspect",
    "preview",
    "review",
    "to_json",
    "to_lines",
    "to_markdown",
    "to_notices",
]
