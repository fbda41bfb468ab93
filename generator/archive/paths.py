"""Make the path of a new post (`new_path`)."""

import hashlib
import re
import unicodedata
from datetime import date, datetime

from generator.models import NICK, When

SLUG_LENGTH = 60
PATH = re.compile(rf"posts/{NICK}/\d{{4}}/\d{{4}}-\d\d-\d\d-([a-z0-9]+-)*[0-9a-f]{{8}}\.md")
"""What a path of the robot's looks like. Nothing else is ever written."""
_TRANSLITERATED = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ł": "l", "ı": "i"}
)


def new_path(nick: str, when: When, title: str, guid: str) -> str:
    """The path of a new post: by date and title as they are now, ending in eight hex digits of its identity."""
    identity = hashlib.sha256(f"{nick}\0{guid}".encode("utf-8", "replace")).hexdigest()[:8]
    words = f"{slug(title)[: SLUG_LENGTH - 9].rstrip('-')}-{identity}".lstrip("-")
    return f"posts/{nick}/{when.year:04}/{_day(when).isoformat()}-{words}.md"


def slug(title: str) -> str:
    """Lower-case ASCII words joined by hyphens; what has no ASCII form is left out."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_TRANSLITERATED))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when
