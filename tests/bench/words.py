"""A chance → words, sentences, code and whole bodies that nobody wrote, as Markdown of record. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

SMALLEST, LARGEST = 2048, 8192
"""Bytes of a body."""
TALK = 200_000
"""Words in a row, of which posts are pieces."""
LATIN = (
    "ba be bi bo bu da de di do du fa fe fi ga ge gi go ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu pa "
    "pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo za ze zi zo"
)
CYRILLIC = (
    "ба бе ви во га да де жи за ка ко ла ле ли ма ме ми на не ни но па по ра ре ри ро са се си со та те ти то ту ча ша"
)
GREEK = "βα γε δι θα κα κε κο λα λε λι μα με μι να νε νο πα πε πο ρα ρε ρο σα σε σι τα τε τι το φα φι χα χο ψι ώρ"
JAPANESE = (
    "か き く こ さ し す た ち つ な に の は ひ ま み も や ら り 日 本 人 山 川 語 文 字 水 木 電 気 新 聞 作 家"
)


@dataclass(frozen=True, kw_only=True)
class Script:
    """A language that looks like one."""

    code: str
    syllables: str
    many: int
    """Words that there are."""
    space: str = " "
    stop: str = ". "

    @cached_property
    def words(self) -> Sequence[str]:
        """The short ones first, more or less."""
        chance, parts = Random(self.code), self.syllables.split()
        drawn = dict.fromkeys("".join(chance.choices(parts, k=1 + place % 5)) for place in range(2 * self.many))
        return sorted(drawn, key=lambda word: len(word) * chance.random())[: self.many]

    @cached_property
    def talk(self) -> Sequence[str]:
        """A long talk, in which the first words are by far the most frequent, as in every language."""
        weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        return Random(self.code).choices(self.words, cum_weights=weights, k=TALK)


SCRIPTS = (
    Script(code="en", syllables=LATIN, many=20_000),
    Script(code="ru", syllables=CYRILLIC, many=8_000),
    Script(code="el", syllables=GREEK, many=8_000),
    Script(code="ja", syllables=JAPANESE, many=8_000, space="", stop="。"),
)
TAGS = tuple(word for word in SCRIPTS[0].words if len(word) > 4)[:290] + tuple(SCRIPTS[1].words[50:60])

CODE = {
    "python": (
        "def {0}({1}, {2}=None):",
        '    """{3}."""',
        "    for {1} in range({n}):",
        "        yield {1} + {n}",
        "",
    ),
    "c": ("static int {0}(const char *{1}, size_t {2})", "{{", "    if ({2} > {n})", "        return -1;", "}}", ""),
    "bash": ("#!/bin/sh", "for {0} in /usr/share/{1}/*.{2}; do", '    echo "${0}" | grep -c {3}', "done", ""),
    "rust": ("fn {0}({1}: &str) -> Option<u32> {{", "    let {2} = {1}.len() as u32;", "    Some({2} + {n})", "}}", ""),
    "yaml": ("{0}:", "  - name: {1}", "    {2}: {n}", "    # {3}", "    enabled: true"),
    "json": ("{{", '  "{0}": {n},', '  "{1}": ["{2}", "{3}"]', "}}"),
    "sql": ("SELECT {0}, count(*) FROM {1}", "WHERE {2} > {n} AND {3} LIKE '%{0}'", "GROUP BY {0};", ""),
    "javascript": (
        "const {0} = async ({1}) => {{",
        "  const {2} = await {1}.{3}({n});",
        "  return {2} ?? '{0}';",
        "}};",
        "",
    ),
    "diff": ("--- a/{0}.c", "+++ b/{0}.c", "@@ -{n},3 +{n},3 @@", " int {1};", "-int {2} = {n};", "+int {3} = {n};"),
    "html": (
        '<section class="{0}">',
        "  <h2>{1}</h2>",
        '  <img src="{2}.png" alt="{3}">',
        "</section>",
        "<!-- {0} -->",
    ),
}
"""Lines of code by the name of their language, which every highlighter knows."""


class Writer:
    """Somebody who writes in one script; what is written depends on the chance alone."""

    def __init__(self, script: Script, chance: Random, nick: str) -> None:
        self._script, self._chance, self._home = script, chance, f"https://{nick}.example"

    def name(self) -> str:
        """Of a person."""
        return " ".join(word.capitalize() for word in self._words(2))

    def title(self) -> str:
        """Three to eight words."""
        return self._some(3, 8).capitalize()

    def sentence(self) -> str:
        """With its full stop."""
        return self._some(5, 16).capitalize() + self._script.stop.strip()

    def body(self) -> str:
        """Blocks of Markdown, from SMALLEST to LARGEST bytes."""
        chance, blocks = self._chance, [self._paragraph()]
        size, wanted = len(blocks[0].encode()), chance.randint(SMALLEST, LARGEST)
        while size < wanted:
            block = chance.choices(_BLOCKS, cum_weights=_SHARES)[0](self)
            size += len(block.encode()) + 2
            if size > LARGEST:
                break
            blocks.append(block)
        return "\n\n".join(blocks)

    def _words(self, many: int) -> Sequence[str]:
        start = self._number(0, TALK - many)  # drawn one by one, they would take ten times as long
        return self._script.talk[start : start + many]

    def _number(self, fewest: int, most: int) -> int:
        return fewest + int(self._chance.random() * (most - fewest + 1))

    def _some(self, fewest: int, most: int) -> str:
        return self._script.space.join(self._words(self._number(fewest, most)))

    def _address(self) -> str:
        return f"{self._home}/{self._number(1, 10**6)}"

    def _paragraph(self) -> str:
        """Two to six sentences, of which some have a link, a word of weight, a name of code or foreign letters."""
        sentences = [self.sentence() for _ in range(self._number(2, 6))]
        for place in range(0, len(sentences), 2):
            some = self._some(1, 4)
            extra = (
                f"[{some}]({self._address()}/)", f"**{some}**", f"*{some}*", f"`{some}`", self._foreign()
            )[self._number(0, 4)]  # fmt: skip
            sentences[place] = f"{extra} {sentences[place]}"
        return " ".join(sentences)

    def _foreign(self) -> str:
        other = SCRIPTS[self._number(1, len(SCRIPTS) - 1)]
        start = self._number(0, TALK - 2)
        return other.space.join(other.talk[start : start + 2])

    def _heading(self) -> str:
        return f"{self._chance.choice(('##', '##', '###'))} {self._some(2, 6)}\n\n{self._paragraph()}"

    def _list(self) -> str:
        numbered = self._chance.random() < 0.3
        items = range(1, self._number(3, 7) + 1)
        return "\n".join(f"{f'{number}.' if numbered else '-'} {self._some(3, 12)}" for number in items)

    def _code(self) -> str:
        language = self._chance.choice(list(CODE))
        names = [word if word.isascii() else f"cow{place}" for place, word in enumerate(self._words(4))]
        lines = "\n".join(CODE[language]).format(*names, n=self._number(1, 999))
        return f"```{language}\n" + "\n".join([lines.rstrip()] * self._number(1, 3)) + "\n```"

    def _table(self) -> str:
        rows = [[self._some(1, 3) for _ in range(3)] for _ in range(self._number(3, 8))]
        head, *rest = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([head, "| --- | --- | --- |", *rest])

    def _picture(self) -> str:
        return f"![{self._some(2, 5)}]({self._address()}.png)"

    def _quotation(self) -> str:
        return f"> {self._paragraph()}"


_CHOICE: dict[Callable[[Writer], str], float] = {
    Writer._paragraph: 10, Writer._heading: 3, Writer._list: 2, Writer._code: 2, Writer._table: 1, Writer._picture: 1.5,
    Writer._quotation: 0.7,
}  # fmt: skip
_BLOCKS, _SHARES = list(_CHOICE), list(accumulate(_CHOICE.values()))
