"""Colour code blocks in sanitized HTML, where their language is in `LANGUAGES`, with `coloured`. Pure.

The classes are few and the stylesheet's own; a token without one is plain text. The text itself never changes.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Error, Generic, Keyword, Literal, Name, Operator, Token, _TokenType
from pygments.util import ClassNotFound

LONGEST, WIDEST = 20_000, 1_000
"""Characters of a block, and of a line in it, that are coloured: a lexer's time may grow faster than the text."""
LANGUAGES = frozenset(
    (
        "awk bash c c# c++ cfg clj clojure cmake lisp console cpp csharp css diff docker dockerfile elisp "
        "elixir emacs-lisp erlang fish fsharp go golang groovy haskell hs html http ini java javascript js json julia "
        "kotlin latex lua make makefile nginx nix objc objective-c ocaml patch perl php powershell py pycon python "
        "python3 r rb rs ruby rust scala scheme scss sh shell shell-session sql swift tcl tex toml ts typescript udiff "
        "vim xml yaml yml zig zsh"
    ).split()
)
"""Languages that are coloured: lexers for some others take for ever on a few brackets, and strangers write posts."""
_BLOCK = re.compile(r'(<pre\b[^<>]*><code class="language-([\w+#.-]+)">)([^<]*)(</code>)')
_CLASSES = {
    Comment: "c",
    Comment.Preproc: "k",
    Keyword: "k",
    Keyword.Constant: "n",
    Keyword.Type: "t",
    Literal.String: "s",
    Literal.Number: "n",
    Name.Attribute: "a",
    Name.Builtin: "f",
    Name.Class: "t",
    Name.Decorator: "a",
    Name.Exception: "t",
    Name.Function: "f",
    Name.Tag: "k",
    Name.Variable: "v",
    Operator.Word: "k",
    Generic.Deleted: "d",
    Generic.Heading: "k",
    Generic.Inserted: "i",
    Generic.Prompt: "c",
    Generic.Subheading: "k",
    Error: "",
    Token: "",
}
"""What stands for a kind of token and for all kinds below it."""


def coloured(html: str) -> str:
    """Return the HTML with its code in colours. It must be sanitised: then a code block holds text and no tags."""
    return _BLOCK.sub(_coloured, html) if '<code class="language-' in html else html


def _coloured(match: re.Match[str]) -> str:
    start, language, code, end = match.groups()
    lexer = _lexer(language)
    if lexer is None or len(code) > LONGEST or max(map(len, code.split("\n"))) > WIDEST:
        return match[0]
    text = unescape(code)
    pieces = list(_pieces(lexer, text))
    if "".join(piece for _, piece in pieces) != text:  # a lexer that loses text colours nothing
        return match[0]
    marked = (
        f'<span class="{name}">{escape(piece, quote=False)}</span>' if name else escape(piece, quote=False)
        for name, piece in pieces
    )
    return start + "".join(marked) + end


def _pieces(lexer: Lexer, text: str) -> Iterator[tuple[str, str]]:
    """Yield the text by class. Space between two pieces of one class belongs to them."""
    tokens = ((_class(kind), piece) for _, kind, piece in lexer.get_tokens_unprocessed(text))
    for name, group in groupby(tokens, key=lambda token: token[0]):
        yield name, "".join(piece for _, piece in group)


@cache
def _class(kind: _TokenType) -> str:
    while kind not in _CLASSES:
        kind = kind.parent
    return _CLASSES[kind]


@cache
def _lexer(language: str) -> Lexer | None:
    """Return the lexer that knows the language by this name, if any does."""
    try:
        return get_lexer_by_name(language.lower()) if language.lower() in LANGUAGES else None
    except ClassNotFound:
        return None
