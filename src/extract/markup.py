"""Leftovers of HTML and Markdown in a text, blanked one to one.

Needs the raw text; gives a text of the same length in which tags, entities and signs of emphasis are spaces, line ends,
tabs, the character they stand for, or `UNSEEN`, as a browser would show them. Only the names of HTML are tags: `<` is
also a sign of comparison. Scripts and styles stay as they stand: they are no leftover of a text.

Why a second character beside `lines.SHAPELESS`: two of those in a row part the cells of some tables.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

import regex

from extract.patterns import Pattern

UNSEEN = "\ufdd0"
"""Stands for a character of markup that shows nothing: one that Unicode gives to no text."""

_BREAKS = frozenset(
    (
        "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "tbody", "thead", "caption", "h1", "h2",
        "h3", "h4", "h5", "h6", "hr", "html", "head", "body", "title", "section", "article", "blockquote", "pre",
        "center", "form", "header", "footer", "nav", "main", "figure", "figcaption",
    )
)  # fmt: skip
# Behind these a closing tag ends no further line, so that rows of a table stay under each other.
_BREAKING = ("\r", "\n", "</", "<p", "<t", "<d", "<l", "<h", "<u", "<o")
_CELLS = frozenset(("td", "th"))
_INLINE = frozenset(
    (
        "a", "b", "i", "u", "s", "em", "strong", "span", "font", "sub", "sup", "small", "big", "mark", "code", "img",
        "input", "label", "meta", "link", "col", "tt", "abbr",
    )
)  # fmt: skip
_MARKUP = Pattern(
    r"<(?P<closing>/?)(?P<tag>[A-Za-z][A-Za-z1-6]{0,9})(?=[\s/>])[^<>]{0,400}>"
    r"|<!--[^<>]{0,400}(?<=--)>|<!DOCTYPE[^<>]{0,200}>"
    r"|&(?:[A-Za-z]{2,8}|\#\d{2,6}|\#x[0-9A-Fa-f]{2,5});"
)
# Single asterisks between numbers or letters are signs of multiplication.
_EMPHASIS = Pattern(
    r"(?<!\*)(?P<signs>\*{2,3})(?=[^\s*])(?P<inside>[^*\n]{1,200})(?<=\S)(?P=signs)(?!\*)"
    r"|(?<![\dA-Za-z*])(?P<signs>\*)(?=[^\s*])(?P<inside>[^*\n]{1,200})(?<=\S)\*(?![\dA-Za-z*])"
)
_QUOTED = Pattern(r"^[ \t]{0,3}>[> ]*", regex.MULTILINE)
_DIGITS = Pattern(r"[0-9０-９]+")


def blank_markup(text: str) -> str:
    r"""The text as a browser would show it, with as many characters.

    >>> blank_markup("增长<b>3%</b>&mdash;&nbsp;快").replace(UNSEEN, "")
    '增长3%—\xa0快'
    >>> blank_markup("a<b, **增长**3%").replace(UNSEEN, "_")
    'a<b, __增长__3%'
    """
    if "<" in text or "&" in text:
        text = _MARKUP.sub(_shown, text)
    if "*" in text:
        text = _EMPHASIS.sub(_plain, text)
    if "`" in text:
        text = text.replace("`", UNSEEN)
    return _QUOTED.sub(lambda found: " " * len(found[0]), text) if ">" in text else text


def find_hidden_digits(text: str) -> Iterator[tuple[int, int]]:
    """The runs of digits that stand inside markup, as spans of the raw text, in order."""
    if "<" not in text and "&" not in text:
        return
    for found in _MARKUP.finditer(text):
        if _shown(found) != found[0]:
            yield from (run.span() for run in _DIGITS.finditer(text, *found.span()))


def _plain(found: regex.Match[str]) -> str:
    signs = UNSEEN * len(found["signs"])
    return signs + found["inside"] + signs


def _shown(found: regex.Match[str]) -> str:
    """What stands for a tag, comment or entity: itself where it is none of HTML."""
    whole, tag = found[0], (found["tag"] or "").lower()
    if whole[0] == "&":
        char = html.unescape(whole)
        return whole if len(char) != 1 or char.isdigit() else char + UNSEEN * (len(whole) - 1)
    if tag and tag not in _BREAKS and tag not in _CELLS and tag not in _INLINE:
        return whole
    first = UNSEEN
    if tag in _CELLS and found["closing"]:
        first = "\t"
    elif tag in _BREAKS and not (found["closing"] and found.string.startswith(_BREAKING, found.end())):
        first = "\n"
    return first + UNSEEN * (len(whole) - 1)
