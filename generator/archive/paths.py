"""Make the path of a new post (`new_path`), and of a withdrawn one (`path_without_words`)."""

import hashlib
import re
import unicodedata
from datetime import date, datetime

from generator.models import NICK, PostHead, When

SLUG_LENGTH = 60
PATH = re.compile(rf"posts/{NICK}/\d{{4}}/\d{{4}}-\d\d-\d\d-([a-z0-9]+-)*[0-9a-f]{{8}}\.md")
"""What a path of the robot's looks like. Nothing else is ever written."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=-)")
_TRANSLITERATED = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ł": "l", "ı": "i"}
)


def new_path(nick: str, when: When, title: str, guid: str) -> str:
    """Return the path of a new post: by date and title as they are now, ending in eight hex digits of its identity."""
    words = f"{slug(title)[: SLUG_LENGTH - 9].rstrip('-')}-{digits(nick, guid)}".lstrip("-")
    return f"posts/{nick}/{when.year:04}/{_day(when).isoformat()}-{words}.md"


def path_without_words(post: PostHead) -> str:
    """Return the path of a withdrawn post, of which the path is no word either: date and digits of the one that it had.

    Where a person named the file, they are those that the robot would have given.
    """
    _, *folders, name = post.path.split("/")
    match = _DAY.match(name)
    day = match[0] if match else _day(post.date).isoformat()
    own = [digits(post.first_nick, guid) for guid in (post.guid or post.path, *post.former_guids)]
    last = next((word for word in own if name.endswith(f"-{word}.md")), own[0])
    nick = post.nick if re.fullmatch(NICK, post.nick) else "".join(folders[:1])
    return f"posts/{nick}/{day[:4]}/{day}-{last}.md" if nick else f"posts/{day}-{last}.md"


def date_and_digits(path: str) -> str:
    """Return what lasts of a post's path, whatever becomes of the words in it and of its member's nick."""
    name = path.rpartition("/")[2].removesuffix(".md")
    return name[:10] + name[-8:]


def digits(nick: str, guid: str) -> str:
    """Return the eight hex digits of a post's identity."""
    return hashlib.sha256(f"{nick}\0{guid}".encode("utf-8", "replace")).hexdigest()[:8]


def slug(title: str) -> str:
    """Lower-case ASCII words joined by hyphens; what has no ASCII form is left out."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_TRANSLITERATED))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when
