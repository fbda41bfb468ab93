"""Build a site from the tree: the pipeline's `build`, what makes it incremental, and a preview while one writes."""

from generator.build import incremental
from generator.build.incremental import UNKNOWN, InputsKey, inputs_key, made_by
from generator.build.output import Manifest
from generator.build.report import BuildReport
from generator.build.watch import Changes, file_states, watch_files

__all__ = [
    "UNKNOWN",
    "BuildReport",
    "Changes",
    "InputsKey",
    "Manifest",
    "file_states",
    "incremental",
    "inputs_key",
    "made_by",
    "watch_files",
]
