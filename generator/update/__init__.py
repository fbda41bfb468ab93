"""Turn feeds into commits: `update` runs all stages, `forget` withdraws posts, `rename` moves a member."""

from generator.update.context import UpdateOptions
from generator.update.pipeline import update
from generator.update.rename import RenameResult, rename
from generator.update.report import UpdateReport
from generator.update.withdraw import forget

__all__ = ["RenameResult", "UpdateOptions", "UpdateReport", "forget", "rename", "update"]
