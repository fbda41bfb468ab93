"""Read the sample blogs, as they are in one state of the story, from the files below blogs/: `blogs_at`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.setup.demo.story import FOLDER, STATES

HOST = "http://blogs.example"
"""What the sample texts call the server; it gives way to the real address when they are served."""


@dataclass(frozen=True, kw_only=True)
class BlogPost:
    """A blog post as its author keeps it. Dates are spelled as its feed spells them."""

    title: str = ""
    """HTML, as it stands in the feed."""
    link: str
    guid: str
    date: str = ""
    updated: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    body: str
    """HTML."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One feed of a blog."""

    path: str
    """Relative to the blog's address."""
    format: str
    """A folder of formats/."""
    tag: str = ""
    """Only posts with this tag; empty means all."""


@dataclass(frozen=True, kw_only=True)
class Blog:
    """A blog with what it has published so far, newest first."""

    nick: str
    author: str
    title: str
    subtitle: str
    language: str
    scarf: str
    """The colour by which the author's penguin is told from the others, as #rrggbb."""
    encoding: str
    window: int
    """Posts that a feed holds."""
    channels: tuple[Channel, ...]
    posts: tuple[BlogPost, ...]

    @property
    def home(self) -> str:
        """The blog's address, with a slash at its end."""
        return f"{HOST}/{self.nick}/"


def blogs_at(index: int) -> tuple[Blog, ...]:
    """Return all blogs in the state of that index, sorted by nick; an edit that finds nothing to edit is a
    ValueError.
    """
    texts = _texts(index)
    nicks = sorted({PurePosixPath(file).parts[0] for file in texts})
    return tuple(_blog(nick, texts) for nick in nicks)


def _texts(index: int) -> Mapping[str, str]:
    folder = FOLDER / "blogs"
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.glob("*/*.*")}
    for state in STATES[index + 1 :]:
        for file in state.publish:
            del texts[file]
    for state in STATES[: index + 1]:
        for edit in state.edits:
            if texts[edit.file].count(edit.old) != 1:
                raise ValueError(f"{edit.file}: {edit.old!r} is not there exactly once")
            texts[edit.file] = texts[edit.file].replace(edit.old, edit.new)
        for file in state.remove:
            del texts[file]
    return texts


def _blog(nick: str, texts: Mapping[str, str]) -> Blog:
    table = tomllib.loads(texts[f"{nick}/blog.toml"])
    files = sorted((file for file in texts if file.startswith(f"{nick}/20")), reverse=True)
    return Blog(
        nick=nick,
        author=table["author"],
        title=table["title"],
        subtitle=table["subtitle"],
        language=table["language"],
        scarf=table["scarf"],
        encoding=table.get("encoding", "utf-8"),
        window=table.get("window", 10),
        channels=tuple(Channel(**channel) for channel in table["channels"]),
        posts=tuple(_post(file, texts[file]) for file in files),
    )


def _post(file: str, text: str) -> BlogPost:
    """Return a post from `nick/yyyy-mm-dd-slug.html`: lines of `key: value`, an empty line, the body."""
    head, _, body = text.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    nick, name = file.split("/")
    year, month, _, slug = name.removesuffix(".html").split("-", 3)
    link = fields.get("link", f"{HOST}/{nick}/{year}/{month}/{slug}/")
    return BlogPost(
        title=fields.get("title", ""),
        link=link,
        guid=fields.get("guid", link),
        date=fields.get("date", ""),
        updated=fields.get("updated", ""),
        tags=tuple(fields["tags"].split(", ")) if "tags" in fields else (),
        summary=fields.get("summary", ""),
        body=body.strip(),
    )
