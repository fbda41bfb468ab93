"""Escape plain text so that Markdown reads it as that text, with `text`: no more backslashes than the engines need."""

import re

_ENTITY = r"&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
_INLINE = re.compile(
    r"(?P<slash>\\(?=[!-/:-@\[-`{-~]|\Z))"
    r"|(?P<tick>`)"
    r"|(?P<star>(?<! )\*|\*(?! ))"
    r"|(?P<line>(?<!\w)_++|(?<!_)_++(?![^\W_]))"
    r"|(?P<close>\](?=\())"
    r"|(?P<note>\[(?=\^))"
    r"|(?P<less><(?=[A-Za-z/!?]|[^\s<>]{1,200}@))"
    rf"|(?P<entity>{_ENTITY})"
    r"|(?P<tilde>(?<!\s)~|~\Z)"
    r"|(?P<brace>(?<=\{)\{(?=[<%]))"
)
_SUSPECT = re.compile(r"[\\`*_\[\]<&~{]")
"""The letters that `_INLINE` is about: most texts have none."""
_BARE = re.compile(r"(?<![A-Za-z])(https?|ftp):(?=//)|(?<![^\s*_~(])(www)(?=\.[A-Za-z0-9])", re.IGNORECASE)
_STARTS = re.compile(
    r"^(?:(?P<mark>#{1,6}(?=\s|$)|[-+](?=\s|$)|=+(?=\s*$)|-[-\s]*(?=$)|>|~{3}"
    r"|\[(?:[^\]\\]|\\.){1,999}\]:|\|? *:?-+:? *(?:\||$)"
    r"|\[[ xX]\](?=\s))|(?P<digits>\d{1,9})[.)](?=\s|$))"
)
_BRACKETS = re.compile(r"(\\.)|([\[\]])", re.DOTALL)
_DANGEROUS = re.compile(rf"{_ENTITY}")


def _escaped(match: re.Match[str]) -> str:
    kind, text = match.lastgroup, match[0]
    if kind == "less":
        return "&lt;"
    if kind == "entity":
        return "&amp;"
    return "".join("\\" + letter for letter in text)


def text(plain: str) -> str:
    """Text that stands in a line, escaped where Markdown would read it as something else."""
    return _INLINE.sub(_escaped, plain) if _SUSPECT.search(plain) else plain


def bare(markdown: str) -> str:
    """Escaped text whose addresses are not links, kept from becoming some in a viewer that links bare addresses."""
    if "//" not in markdown and "ww." not in markdown and "WW." not in markdown:
        return markdown
    return _BARE.sub(lambda match: f"{match[1]}\\:" if match[1] else f"{match[2]}\\", markdown)


def brackets(markdown: str) -> str:
    """Escaped text for the inside of a link or an image: its brackets as well."""
    return _BRACKETS.sub(lambda match: match[1] or f"\\{match[2]}", markdown)


def start(line: str) -> str:
    """Return a line of Markdown that begins with text which would open a block, with that escaped."""
    match = _STARTS.match(line)
    if not match:
        return line
    if digits := match["digits"]:
        return f"{digits}\\{line[len(digits) :]}"
    return "\\" + line


def code(written: str) -> str:
    """Return a code span: as many backticks around as the text needs."""
    runs = {len(run) for run in re.findall(r"`+", written)}
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    edge = written[:1] + written[-1:]
    pad = " " if "`" in edge or (edge == "  " and written.strip()) else ""
    return f"{fence}{pad}{written}{pad}{fence}"


def address(url: str) -> str:
    """Return a link's target as it stands between parentheses."""
    url = _DANGEROUS.sub("&amp;", url)
    depth = 0
    for letter in url if "(" in url or ")" in url else "":
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or depth > 20:
            break
    return url if depth == 0 else f"<{url}>"


def title(plain: str) -> str:
    """Return a link's title with the space and quotes around it; empty where there is none."""
    quoted = _DANGEROUS.sub("&amp;", plain).replace("\\", "\\\\").replace('"', '\\"').replace("{{", "{\\{")
    return f' "{quoted}"' if plain else ""
