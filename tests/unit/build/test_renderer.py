"""Texts on a shelf, put there by whichever process."""

import errno
import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.build.shared_texts import SharedTexts
from generator.parallel import fork_map

FOLDER = Path(__file__).parent
TEXTS = st.dictionaries(st.integers(0, 9), st.text(st.characters(), max_size=50))


@given(TEXTS)
def test_what_was_put_is_taken_and_nothing_else(texts):
    with_all = SharedTexts(10, FOLDER)
    for place, text in texts.items():
        with_all.put(place, text)
    assert {place: with_all.take(place) for place in range(10)} == {place: texts.get(place) for place in range(10)}


def test_all_processes_see_it(tmp_path):
    shelf = SharedTexts(200, tmp_path)

    def work(number):
        shelf.put(number, f"{number} of {os.getpid()} " * 100)
        return os.getpid()

    workers = fork_map(range(200), work, processes=3)
    texts = [shelf.take(number) for number in range(200)]
    assert texts == [f"{number} of {worker} " * 100 for number, worker in enumerate(workers)]
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_and_an_endless_text_leave_the_place_empty(tmp_path, monkeypatch):
    shelf = SharedTexts(2, tmp_path / "not there")
    shelf.put(0, "x" * (1 << 24))
    assert shelf.take(0) is None

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "pwrite", full)
    shelf.put(1, "text")
    assert shelf.take(1) is None
