"""Find the theme's `folders`, the planet's own before the one that is shipped, and fingerprint all that is in them."""

from hashlib import blake2s
from pathlib import Path

STATIC, LOCALE = "static", "locale"
"""Folders of the files that go into the site as they are, and of the catalogues."""
FOLDERS = ("pages", "feeds", "partials", STATIC, LOCALE)
TEMPLATES = (".html", ".xml", ".json", ".txt")
"""What the names of templates end with."""
_HERE = Path(__file__).resolve().parents[2]


def folders(root: Path) -> list[Path]:
    """`root`/theme where there is one, then the one shipped: beside the package in a checkout, inside it in a wheel."""
    inside = _HERE / "theme"
    shipped = inside if inside.is_dir() else _HERE.parent / "theme"
    own = (root / "theme").resolve()  # in a checkout of the program, one and the same
    return [folder for folder in dict.fromkeys((own, shipped)) if folder.is_dir()]


def mark(root: Path) -> str:
    """Fingerprint all templates, catalogues and other files of the theme of `root`."""
    digest = blake2s()
    for folder in folders(root):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(repr((path.relative_to(folder).as_posix(), path.read_bytes())).encode())
    return digest.hexdigest()
