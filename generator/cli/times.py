"""Parse times (`parse_time`) and revisions (`parse_revision`) of the command line."""

import argparse
import re
from datetime import datetime, timedelta

from generator.models import dates


def parse_time(text: str) -> datetime:
    # only where somebody gives a time

    try:
        return dates.moment(dates.from_iso(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 2019-10-13T14:34:00Z") from error


def parse_revision(text: str) -> str | datetime:
    """Return a day means its end: the site with all that the day brought."""
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return text
    return parse_time(text) + (timedelta(days=1, seconds=-1) if len(text) == len("2019-10-13") else timedelta())
