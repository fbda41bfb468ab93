"""A feed → what is good and bad about it, in sentences that its author understands."""

from generator.doctor.entries import Patient, examine, told
from generator.doctor.findings import Finding, findings, kind_of, losses
from generator.doctor.visit import Visit, open_file, visit, visit_all

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
