"""Markdown for a job's page and for comments: it shows what strangers wrote, and does nothing of it."""

import re
from html import unescape

import pyromark
from hypothesis import given
from hypothesis import strategies as st

from generator.forge.markdown import code, table, within, words
from generator.forge.run_summary import summarize_update
from generator.models import Failure
from generator.update.report import UpdateReport

HOSTILE = st.text(st.sampled_from("a <>&`|\\*_#[]()!@:/.~$-+1\n\x1b\u202e'\"")) | st.text()


@given(st.lists(HOSTILE))
def test_strangers_words_are_text_and_code_and_nothing_else(parts: list[str]) -> None:
    told = "x " + words("".join(parts)) + " " + code("".join(parts))
    html = pyromark.html(told, options=pyromark.Options.ENABLE_GFM | pyromark.Options.ENABLE_STRIKETHROUGH)
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p", "code"}
    prose = unescape(re.sub(r"<code>.*?</code>", " ", html, flags=re.DOTALL))
    assert not re.search(r"@[\w-]|#\w|://", prose)


@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_a_cell_stays_a_cell(cells: list[str]) -> None:
    for write in (words, code):
        row = table(["a"] * len(cells), [[write(cell) for cell in cells]]).splitlines()[2]
        assert len(re.findall(r"(?<!\\)\|", row)) == len(cells) + 1


def test_addresses_and_what_to_write_can_be_copied() -> None:
    assert words("moved to https://a.example/x_y?a=b#c; put `github: x` in") == (
        "moved to `https://a.example/x_y?a=b#c`; put `github: x` in"
    )


def test_a_summary_is_cut_at_the_end_of_a_line() -> None:
    failures = [Failure(feed=f"https://{n}.example/", nick="x", reason="é" * 290) for n in range(2000)]
    report = UpdateReport(planned=2000, failures=failures, notes=["held"])
    told = summarize_update(report, "Planet <b>")
    assert len(told.encode()) <= 512 * 1024
    assert told.endswith("There is more; the log has it all.\n")
    assert all(line.endswith("|") for line in told.splitlines() if line.startswith("|"))
    assert "### Planet &#60;b&#62;" in told
    assert within("short") == "short"
