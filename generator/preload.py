"""Loaded once by the process that those of a crew are copied from: what nearly each of them needs."""

from concurrent.futures import ThreadPoolExecutor

from generator import language

with ThreadPoolExecutor(1) as helper:  # gone before the first copy is made
    model = helper.submit(language.load)
    from generator import harvest

    model.result()

__all__ = ["harvest"]
