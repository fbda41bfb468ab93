"""Recognize which kind of list a file is, and read it as that: `read`. Pure."""

import re

from generator.errors import PlanetError
from generator.setup.importers import records
from generator.setup.importers.ini import ini
from generator.setup.importers.member import FEED, squeezed
from generator.setup.importers.models import FeedList, ListError
from generator.setup.importers.outlines import foaf, opml

FORMATS = "Planet, Venus or Pluto ini, OPML, FOAF, YAML or JSON list, CSV table, or plain list of addresses"
_SECTION = re.compile(r"^[^\S\n]*+[#;]*+[^\S\n]*+\[[^\]\n]+\][^\S\n]*$", re.MULTILINE)
_ENTRY = re.compile(r"^[^\S\n]*+(- |\w[\w-]*:(\s|$))", re.MULTILINE)
_ADDRESS = re.compile(r"^[^\S\n]*+(feed:|https?://)\S+", re.MULTILINE)


def read(data: bytes, file: str) -> FeedList:
    """Return the list in a file of that name. Raises PlanetError with the file's name, never anything else."""
    text = _decoded(data)
    try:
        return _read(text, file)
    except ListError as error:
        raise ListError(f"{file}: {error}; this can be read: {FORMATS}") from error
    except RecursionError as error:
        raise PlanetError(f"{file}: this is nested too deeply; write it flat") from error


def _decoded(data: bytes) -> str:
    """UTF-8, else as the old planets did: Windows' Latin, which has a character for each byte."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(text: str, file: str) -> FeedList:
    begin = text.lstrip()
    name = file.lower()
    if begin.startswith("<"):
        return _outlines(text)
    if name.endswith(".json") or begin.startswith(("{", '["', "[{")) or re.match(r"\[\s*[\]{\"]", begin):
        return records.as_json(text)
    if name.endswith((".yml", ".yaml")):
        return records.yaml(text, file)
    if _SECTION.search(text):
        return ini(text)
    head = re.split(r"[,;\t]", begin.split("\n", 1)[0])
    if len(head) > 1 and (name.endswith((".csv", ".tsv")) or any(squeezed(word) in FEED for word in head)):
        return records.table(begin)
    if _ADDRESS.search(text):
        return records.plain(text)
    if _ENTRY.search(text):
        return records.yaml(text, file)
    if all(not line.strip() or line.lstrip()[0] in "#;" for line in text.splitlines()):
        return FeedList(shape="an empty list", authors=())
    raise ListError("this is no list of feeds that is known here")


def _outlines(text: str) -> FeedList:
    start = text[:20_000].lower()
    if "<opml" in start or "<outline" in start:
        return opml(text)
    if "rdf" in start or "foaf" in start:
        return foaf(text)
    raise ListError("this is XML, but neither OPML nor FOAF")
