"""Loaded once by the process that those of a crew are copied from: what nearly each of them needs."""

from generator import harvest, language

__all__ = ["harvest"]
language.load()
