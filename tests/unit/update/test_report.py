"""What a run reports adds up."""

import json

import pytest

from generator.errors import PlanetError
from generator.models import Failure, Kind
from generator.update.report import UpdateReport


def test_a_report_adds_up_or_fails() -> None:
    report = UpdateReport(planned=4, ok=1, unchanged=1, skipped=1)
    with pytest.raises(PlanetError, match="3 outcomes of 4 feeds"):
        report.check(written=0)
    report.failures.append(Failure(feed="https://larry.example/feed", nick="larry", reason="It is gone."))
    report.check(written=0)
    report.kinds[Kind.ADD] += 1
    with pytest.raises(PlanetError, match="1 changes but 0 files"):
        report.check(written=0)
    assert report.summary() == "2 of 4 feeds read (1 unchanged), 1 failed: 1 new"


def test_the_report_as_json() -> None:
    report = UpdateReport(planned=1, ok=1, seconds={"fetch": 0.12345}, bytes=7, requests=2)
    assert json.loads(report.to_json()) == {
        "feeds": {"ok": 1, "unchanged": 0, "failed": 0, "skipped": 0},
        "posts": {"new": 0, "revised": 0, "withdrawn": 0, "repaired": 0, "held": 0},
        "requests": 2,
        "bytes": 7,
        "seconds": {"fetch": 0.123},
        "failures": [],
        "faults": [],
        "kept_away": 0,
        "notes": [],
        "removed": {},
        "commit": None,
    }
