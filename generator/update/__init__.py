"""Turn feeds into commits: `update` runs all stages, `forget` withdraws posts."""

from generator.update.pipeline import UpdateOptions, update
from generator.update.report import UpdateReport
from generator.update.withdraw import forget

__all__ = ["UpdateOptions", "UpdateReport", "forget", "update"]
