"""A feed → what is good and bad about it, in sentences that its author understands."""

from generator.check.feed.entries import Patient, examine, told
from generator.check.feed.findings import Finding, findings, kind_of, losses
from generator.check.feed.visit import Visit, open_file, visit, visit_all

__all__ = [
    "Finding",
    "Patient",
    "Visit",
    "examine",
    "findings",
    "kind_of",
    "losses",
    "open_file",
    "told",
    "visit",
    "visit_all",
]
