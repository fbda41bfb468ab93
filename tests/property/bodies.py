"""Bodies of one shape and any size: what a stranger may write to keep a reader of HTML or Markdown busy."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """`begin`, then `piece` again and again, `end`; in a piece, `%d` is its number, of six digits."""

    name: str
    piece: str
    begin: str = ""
    end: str = ""
    close: str = ""
    """Written as often as the piece, after all of them."""

    def body(self, size: int) -> str:
        """A body of so many characters, or a few less."""
        numbered = "%d" in self.piece
        length = len(self.piece.replace("%d", "123456")) + len(self.close)
        often = (size - len(self.begin) - len(self.end)) // length
        pieces = (self.piece.replace("%d", f"{n:06}") for n in range(often)) if numbered else (self.piece * often,)
        return "".join((self.begin, *pieces, self.close * often, self.end))


def _tags() -> list[Shape]:
    """Elements, repeated and nested."""
    repeated = (
        "<p>a</p>", "<p>", "</p>", "<br>", "<b>", "<b>a</b>", "<b><p>", "<font size=%d><p>a", "<a href=/x>a",
        "<a href=/%d>a</a> ",
        "<div>", "<div><p>a", "<span>a</span>", "<blockquote>", "<blockquote>a</blockquote>", "<ul><li>", "<li>a",
        "<ol><li>a</ol>",
        "<dl><dt>a<dd>b", "<table><td>", "<table><tr><td>a</table>", "<h2>a</h2>", "<h2>", "<hr>", "<pre>",
        "<pre>a</pre>",
        "<code>a</code> ", "<sup>a", "<details><summary>a", "<figure><img src=/a><figcaption>b</figure>",
        "<ruby>a<rt>b",
        "<section>", "<footer>a</footer>", "<header><h1>a</h1></header>", "<title>a</title>", "<style>a{b:c}</style>",
        "<script>a</script>", "<iframe src=//a.example/></iframe>", "<noscript><img src=/a></noscript>",
        "<video src=/a>",
        "<object data=/a>", "<select><option>", "<input type=checkbox>", "<button>a", "<template>a", "<textarea>",
        "<x-%d>a",
        "<q>a", "<abbr title=a>b</abbr>", "<del><ins>", "<b><i><u><s><em>", "<a><b><p></a>", "<svg>", "<svg><title>a",
        "<svg><path d='M0 0'/></svg>", "<math><mi>x</mi></math>", "<math><mrow>", "<math><mtable><mtr><mtd>",
        "<math><msup><mi>x</mi>",
        "<img src=/%d.png>", "<div hidden>", "<div style='display:none'>a", "<picture><source srcset=/a><img>",
    )  # fmt: skip
    return [Shape(f"many {piece}", piece) for piece in repeated]


def _attributes() -> list[Shape]:
    """Attributes: many, long, doubled, and those that hold addresses."""
    return [
        Shape("attributes, all different", " a%d=b", "<p", ">x</p>"),
        Shape("attributes, all the same", " a=b", "<p", ">x</p>"),
        Shape("data attributes with addresses", " data-%d=/a.jpg", "<img", ">"),
        Shape("a long class", "a%d ", '<div class="', '">x</div>'),
        Shape("a long id", "a", '<h2 id="', '">x</h2>'),
        Shape("a long title", "a &amp; ", '<a href=/ title="', '">x</a>'),
        Shape("a long alt", "a b ", '<img src=/a alt="', '">'),
        Shape("a style without an end", "color:red;", '<p style="', '">x</p>'),
        Shape("a style of backgrounds", "background:", '<div style="', '"></div>'),
        Shape("a style of white space", "white-space:   ", '<div style="', '">x</div>'),
        Shape("srcset without commas", "a ", '<img src="data:," srcset="', '">'),
        Shape("srcset of commas", ",", '<img src="data:," srcset="', '">'),
        Shape("srcset of one word", "a", '<img src="data:," srcset="', '">'),
        Shape("srcset of white space", " ", '<img src="data:," srcset="a', '">'),
        Shape("srcset of digits", "1", '<img src="data:," srcset="a ', '">'),
        Shape("srcset in many images", "<img src='data:,' srcset='a b c 2x'>"),
        Shape("lazy src, a long name", "lazy", '<img data-src=/a src="/', '">'),
        Shape("lazy src, a long path", "blank/", '<img data-src=/a src="/', '">'),
        Shape("lazy src, spaces", " ", '<img data-src=/a src="', 'x">'),
        Shape("lazy src of each kind", "<img src=/blank.gif data-src=/a%d.jpg>"),
        Shape("lazy src and noscript", "<img data-src=/a.jpg><noscript><img src=/%d.jpg></noscript>"),
        Shape("data: address", "A", '<img src="data:image/png;base64,', '">'),
        Shape("a long link", "a/", '<a href="https://a.example/', '">x</a>'),
        Shape("a long host", "a.", '<a href="https://', 'example/">x</a>'),
        Shape("a link of percents", "%%", '<a href="https://a.example/', '">x</a>'),
        Shape("a link of questions", "?a=%d&amp;", '<a href="https://a.example/', '">x</a>'),
        Shape("a link of white space", " ", '<a href="https://a.example/', 'b">x</a>'),
        Shape("mail", "a@", '<a href="mailto:', '">x</a>'),
        Shape("long links", f"<a href=https://a.example/{'b' * 1500}>x</a> "),
        Shape("links with a session", "utm_a=b&amp;", '<a href="https://a.example/?', '">x</a>'),
        Shape("links within the page", "<a href=#b%d>1</a>", "", "<p id=b1>a</p>"),
        Shape("spans of cells", "<td colspan=1000 rowspan=1000>", "<table><tr>"),
        Shape("widths", "1", '<img src=/a width="', '">'),
    ]  # fmt: skip


def _letters() -> list[Shape]:
    """Characters and references, alone and within elements."""
    letters = {
        "nbsp": "\u00a0", "nbsp, written": "&nbsp;", "nbsp and space": "\u00a0 ", "spaces": " ", "tabs": "\t",
        "newlines": "\n",
        "carriage returns": "\r", "empty lines": "\n \n", "zero width": "\u200b", "combining marks": "\u0301",
        "bidi": "\u202e",
        "half pairs": "&#55357;", "surrogates": "\ud800", "zeros": "&#0;", "controls": "\x01", "C1": "\u0085",
        "amp": "&amp;",
        "lone amp": "&", "unfinished": "&amp", "long": "&#x" + "0" * 100, "escaped": "&lt;b&gt;",
        "escaped p": "&lt;p&gt;", "less": "<", "less and space": "< ",
        "greater": ">", "emoji": "👩‍💻", "ideographs": "漢字。", "misread": "â€™", "misread accents": "Ã©",
        "CDATA": "<![CDATA[", "CDATA, closed": "<![CDATA[a]]>", "comments": "<!--", "comments, closed": "<!--a-->",
        "half comment": "<!-", "doctype": "<!", "PI": "<?a?>", "end tag": "</", "quote": '"', "tag in quotes": "<a '",
        "line separators": "\u2028", "soft hyphens": "a\u00ad",
    }  # fmt: skip
    return [Shape(name, letter) for name, letter in letters.items()] + [
        Shape(f"{name} in <{tag}>", letters[name], f"<{tag}>a", f"b</{tag}>")
        for tag in ("p", "pre", "h2", "code", "td", "a href=/")
        for name in ("nbsp", "nbsp, written", "spaces", "newlines", "empty lines", "zero width")
    ]


def _delimiters() -> list[Shape]:
    """What Markdown gives a meaning to, as text."""
    signs = (
        "*", "_", "*a ", "_a ", "**a_ ", "a*b_", "[", "]", "![", "[a](", "[](<", "[a]", "[a]: b\n", "(", ")", "<a",
        "<http://", "#", "# ", "a#", "~", "~~a",
        "|", "|a", "| - ", "`", "`a ", "``", "`a``", "\\", "\\*", "> ", ">", "- ", "+ ", "1. ", "1) ", "[^1]",
        "[^1]: ", "=", "-", "- - - ", "***",
        "http://a.example ", "www.a.example ", "a@b.example ", "{{<", "$x$", "$", ":", "a\n***\n", "[[]", "*_*_",
        "1", "a\\\n", "&#42;", "{", "!", "~~~\n", "```\n",
    )  # fmt: skip
    texts = [Shape(f"text of {sign!r}", sign.replace("<", "&lt;"), "<p>", "</p>") for sign in signs]
    inside = [
        Shape(f"{sign!r} in <{tag}>", sign, f"<{tag}>", f"</{tag}>")
        for tag in ("h1", "h2", "pre", "code", "td", "li", "em", "a href=/")
        for sign in ("#", "`", "*", "|", "\\", "[", "_")
    ]
    raw = [Shape(f"raw {sign!r}", sign) for sign in signs if sign != "<a"]
    return texts + inside + raw


def _documents() -> list[Shape]:
    """Parts of pages that some rule looks for."""
    return [
        Shape("a table of many cells", "<td>a</td>", "<table><tr>", "</tr></table>"),
        Shape("a table of many rows", "<tr><td>a</td><td>b</td></tr>", "<table>", "</table>"),
        Shape("a ragged table", "<tr><td>a</td></tr>", "<table><tr>" + "<td>b</td>" * 300 + "</tr>", "</table>"),
        Shape("rows below tall cells", "<tr><td>a", "<table><tr>" + "<td rowspan=1000>b" * 500),
        Shape("a ragged Markdown table", "|a|\n", "|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n"),
        Shape("many ragged tables", "<table><tr>" + "<td>a" * 90 + "<tr><td>b" * 90 + "</table>"),
        Shape("rows that reach down", "<tr><td rowspan=900>a</td></tr>", "<table>", "</table>"),
        Shape("tables in tables", "<table><tr><td>", "", "a", "</table>"),
        Shape("a list of lists", "<ul><li>a", "", "", "</ul>"),
        Shape("items that hold items", "<li>a<ul>", "<ul>"),
        Shape("boxes, closed", "<div>", "", "a", "</div>"),
        Shape("marks, closed", "<i>", "", "a", "</i>"),
        Shape("quotes, closed", "<blockquote>a", "", "", "</blockquote>"),
        Shape("footnotes", '<sup id=r%d><a href=#n>1</a></sup>', "", "<p id=n>x <a href=#r1>↩</a></p>"),
        Shape("a note of many players", "<video src=/a></video>", "<a id=c href=#n>1</a>", "<p id=n><a href=#c>↩</a>"),
        Shape("references without notes", "<sup><a href=#a>1</a></sup>"),
        Shape("notes without references", "<li id=fn-1>a <a href=#fnref-1>↩</a></li>", "<ol>", "</ol>"),
        Shape("brackets", "[1] "),
        Shape("a gutter", "<span class=lineno>1</span>a\n", "<pre>", "</pre>"),
        Shape("a gutter of cells", "1\n", "<table><tr><td class=gutter><pre>", "</pre><td><pre>a</pre></table>"),
        Shape("a listing in rows", "<tr><td class=ln>1</td><td><pre>a</pre></td>", "<table class=code>", "</table>"),
        Shape("spans in code", "<span class=k>a</span> ", "<pre><code class=language-c>", "</code></pre>"),
        Shape("code in ideographs", "漢", "<pre><code class=language-python>", "</code></pre>"),
        Shape("lines of code", "a = 1\n", "<pre>", "</pre>"),
        Shape("numbered lines", "1 a\n", "<pre>", "</pre>"),
        Shape("breaks in code", "a<br>", "<pre>", "</pre>"),
        Shape("breaks in a paragraph", "a<br>", "<p>", "</p>"),
        Shape("breaks in a heading", "a<br>", "<h1>", "</h1>"),
        Shape("breaks in a link", "a<br>", "<a href=/>", "</a>"),
        Shape("hidden boxes in each other", "<div style=display:none>", "", "a", "</div>"),
        Shape("sharing boxes", "<div class=sharedaddy><a href=/x>x</a></div>"),
        Shape("footers", "<p>The post <a href=/a>a</a> appeared first on <a href=/>b</a>.</p>"),
        Shape("a long footer", "The post appeared first on ", "<p><a href=/a>a</a><a href=/>b</a>", "</p>"),
        Shape("dates", "<p>Posted on 1 May 2026 by a</p>"),
        Shape("titles", "<h1>Title</h1>"),
        Shape("formulas in TeX", "<script type=math/tex>x%</script>"),
        Shape("previews of formulas", "<span class=MathJax_Preview>x</span>"),
        Shape("formulas of KaTeX", "<span class=katex><math><mi>x</mi></math></span>"),
        Shape("a long formula", "{a}", "<span class=math>\\", "</span>"),
        Shape("brackets in a formula", "<mo>(</mo>", "<math>", "</math>"),
        Shape("rows of a formula", "<mrow>", "<math>", "</math>", "</mrow>"),
        Shape("drawings of formulas", "<svg><g data-mml-node=math><g data-mml-node=mi></g></g></svg>"),
        Shape("buttons", "<a class=button href=/x role=button>a</a>"),
        Shape("players by id", "<div class=youtube data-id=abcdefghijk>", "", "", "</div>"),
        Shape("elements of a page's own", "<x-player src=/a.mp4>", "", "", "</x-player>"),
        Shape("a formula of signs", "\u00a9", "<math><mi>", "</mi></math>"),
        Shape("languages of code", " data-%d-lang", "<pre", ">a</pre>"),
        Shape("sources of a frame", " a%d-src=/a", "<iframe", "></iframe>"),
        Shape("sets of an image", " a%d-srcset=/a", "<img src=data:,", ">"),
        Shape("embeds", "<div class=video data-id=abcdefghijk data-provider=youtube></div>"),
        Shape("players in players", "<object><embed src=/a.mp4>"),
        Shape("side notes", "<label for=a%d class=sidenote-number></label><span class=sidenote>b</span>"),
        Shape("headings with anchors", "<h2>a <a class=headerlink href=#a%d>¶</a></h2>"),
        Shape("backgrounds", "<div style='background:url(/%d.jpg)'></div>"),
        Shape("words of one letter", "a "),
        Shape("one long word", "a"),
        Shape("sentences", "A b. "),
        Shape("capitals and stops", "A."),
        Shape("paragraphs of text", "a\n\n"),
        Shape("escaped paragraphs", "&lt;p&gt;a&lt;/p&gt;"),
        Shape("escaped once, then text", "a ", "&lt;p&gt;"),
        Shape("closed as XML", "<iframe src=/a />"),
        Shape("closed as XML, never", "<iframe "),
        Shape("scripts never closed", "<script>"),
        Shape("text between marks", "a<b>b</b><i>c</i>"),
        Shape("a mark for each letter", "<b>a</b>", "<p>", "</p>"),
        Shape("marks that cross", "<b>a<i>b</b>c</i>"),
        Shape("a link in each mark", "<em><a href=/%d>a</a></em>"),
        Shape("Markdown links", "[a](/b%d) "),
        Shape("Markdown pictures", "![a](/b) "),
        Shape("Markdown references", "[a%d]: /b\n"),
        Shape("Markdown footnotes", "a[^%d]\n\n[^1]: b\n\n"),
        Shape("a Markdown table", "| a | b |\n", "| a | b |\n|---|---|\n"),
        Shape("Markdown lists in lists", "- "),
        Shape("Markdown fences", "```\na\n"),
        Shape("Markdown, an open fence", "a\n", "```\n"),
        Shape("Markdown, HTML blocks", "<div>\n\n*a*\n\n"),
    ]  # fmt: skip


def _nested() -> list[Shape]:
    """Elements in elements of their kind, each with what some rule looks for."""
    attributes = (
        "class=sharedaddy", "class=highlight", "class=lineno", "class=footnotes", "class=katex", "class=math",
        "class=button", "class=meta", "class=lightbox", "class=busuanzi", "class=sidenote", "class=video", "class=more",
        "class=caption", "id=fn-1", "style=display:none", "style='white-space:pre;font:mono'",
        "style='background:url(/a.jpg)'",
        "data-src=/a%d.jpg", "data-latex=x", "data-mathml='<math></math>'", "data-id=abcdefghijk", "hidden",
        "role=button",
        "role=doc-endnotes", "href=#a", "href=https://b.example/share?u=https://a.example/post/", "aria-hidden=true",
        "width=1 height=1", "title=a", "lang=c", "align=center",
    )  # fmt: skip
    tags = ("div", "span", "a", "p", "li", "td", "section", "figure", "pre", "b", "table", "picture", "noscript", "svg")
    once = [Shape(f"nested <{tag} {name}>", f"<{tag} {name}>a", "", "b") for tag in tags[:2] for name in attributes]
    return once + [
        Shape(f"nested <{tag} {name}>", f"<{tag} {name}>", "", "b")
        for tag in tags[2:]
        for name in attributes[::4] + attributes[1:2]
    ]


def shapes() -> list[Shape]:
    """Every shape, each name once."""
    groups: list[Callable[[], list[Shape]]] = [_tags, _attributes, _letters, _delimiters, _documents, _nested]
    return [shape for group in groups for shape in group()]
