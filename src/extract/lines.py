"""The raw text folded one to one, and cut into lines.

Needs the decoded text; gives the folded text, of the same length, and its lines with what typography says of them.
Full-width letters and digits, and the digits of other scripts, become ASCII, half-width punctuation among Chinese
becomes full-width, every space becomes U+0020, every character without a shape becomes `SHAPELESS`, every line end
becomes a line feed, markup becomes what it shows. Characters that Unicode holds twice (the radicals 长 and ⻓ of a PDF's
text layer, the compatibility ideographs) become the common one.

Why not NFKC: it is not one to one (㈠ becomes three characters, … becomes three), and offsets would be lost.

Why `re` for the one scan for characters to fold: `regex` walks a class of 200 characters one by one, 4.4 ms for
61,000 characters against 0.2 ms; `str.translate` takes 4.2 ms.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import regex

from extract.markup import UNSEEN, blank_markup
from extract.patterns import Pattern

SHAPELESS = "\u200b"
"""Stands for every character that prints nothing: zero-width spaces, joiners, marks of direction, controls."""

_KEPT_WIDE = "！（），：；？"
# Radicals for whole characters, as fonts leave them in a PDF's text layer: the simplified one, whichever is meant.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⾒⾙⾞⾧⾨⾱⾴⾵⾶⾺⿂⿃⿄⿆⿈⿑⿒⿓⿔",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟见贝车长门韦页风飞马鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_TWINS = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20), *range(0x1D7CE, 0x1D800))
_FOLDS: dict[str, str] = {
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in _KEPT_WIDE},
    **dict.fromkeys("〜∼˜", "~"),
    **dict.fromkeys("・･‧∙⋅", "·"),
    **dict.fromkeys("–―‒−‐‑﹣", "-"),
    **dict(zip("﹪﹢﹐﹔﹕﹖﹗﹙﹚｡､", "%+，；：？！（）。、", strict=True)),
    **dict.fromkeys("\u3000\u00a0\u1680\u202f\u205f", " "),
    **{chr(c): " " for c in range(0x2000, 0x200B)},
    **dict.fromkeys("\u2028\u2029\x85\x0b\r", "\n"),
    **dict.fromkeys(
        "\u00ad\u061c\u180e\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff", SHAPELESS
    ),
    **{chr(c): SHAPELESS for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
    **{chr(c): SHAPELESS for c in (*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))},
    **{chr(c): SHAPELESS for c in (*range(0x206A, 0x2070), *range(0xFE00, 0xFE0E), *range(0xFFF9, 0xFFFC))},
    **{chr(c): SHAPELESS for c in range(0xE0000, 0xE01F0)},
    **dict.fromkeys("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0", SHAPELESS),
    "\u2800": " ",
    **{chr(c): twin for c in _TWINS if len(twin := unicodedata.normalize("NFKC", chr(c))) == 1 and twin != chr(c)},
    **_RADICALS,
}
# Beyond the first plane in ranges: `re` would try every single one of them at every character.
_FAR = "\U0001d7ce-\U0001d7ff\U0002f800-\U0002fa1f\U000e0000-\U000e01ef"
_FOLDED = re.compile("[" + "".join(re.escape(char) for char in _FOLDS if char < "\U00010000") + _FAR + "]")
_FOREIGN_DIGIT = Pattern(r"[^\D0-9]")
_WIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))

# A comma or colon stays between two digits (12,345 and 19:00) and inside Latin text (a URL, "OECD, EU").
_NARROW = Pattern(
    r"""(?<![\dA-Za-z])[,;:?!]
      | (?<=[\dA-Za-z])[,;:?!](?![\dA-Za-z/]|\x20[A-Za-z])
      | (?<=\d)[,;:?!](?=[A-Za-z])(?!:[A-Za-z])
      | (?<=\d)[;?!](?=\d)
      | (?<=[A-Za-z])[,;?!](?=\d)
    """,
    regex.VERBOSE,
)
_HAN = Pattern(r"[\p{Han}，。：；、]")
_NARROW_STOP = Pattern(
    r"(?<=[\p{Han}%‰）”])(?<!^\s*（?[一二三四五六七八九十]{1,3}）?)\.(?=\s*$|\s*[\p{Han}“《\d])", regex.MULTILINE
)
_RAISED_POINT = Pattern(r"(?<=\d)·(?=\d{1,2}[%‰])")
_LINE = Pattern(rf"[^\s{SHAPELESS}{UNSEEN}][^\n\f]*")
_TAIL = " \t" + SHAPELESS + UNSEEN


class Line(NamedTuple):
    """One line with something on it.

    `start`, `end` are raw offsets of its first and last visible character, half-open; `text` is the folded text
    between them. `gap` counts the blank lines before it, `indent` the spaces; `width` is in columns, two for a Chinese
    character, and `edge` the column it reaches; `paged` says that a form feed stands before it.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int
    width: int
    edge: int
    paged: bool


def fold(text: str) -> str:
    """The text with its variants of one character made one; the same length.

    >>> fold("增长１２．５％,其中(一) 12,345 元")
    '增长12.5%，其中（一） 12,345 元'
    >>> fold("OECD, EU"), fold("增⻓3·5%")
    ('OECD, EU', '增长3.5%')
    >>> fold("增长3.5%.其中稻谷4%."), fold("增长3.5%。甲.乙")
    ('增长3.5%。其中稻谷4%。', '增长3.5%。甲.乙')
    """
    text = blank_markup(text).replace("\r\n", " \n").replace("――", "——")
    for char in sorted(set(_FOLDED.findall(text))):
        text = text.replace(char, _FOLDS.get(char, char))
    for char in sorted(set(_FOREIGN_DIGIT.findall(text))):
        text = text.replace(char, str(unicodedata.decimal(char, SHAPELESS)))  # Unicode may be newer than Python
    if "·" in text:
        text = _RAISED_POINT.sub(".", text)
    text = _fold_brackets(text)
    text = _NARROW.sub(lambda mark: _WIDE[mark[0]], text)
    # Where no 。 stands anywhere, the text is typed in half width, and its full stop is the point.
    return text if "。" in text else _NARROW_STOP.sub("。", text)


def _fold_brackets(text: str) -> str:
    """Round brackets made full-width in the lines that hold Chinese."""
    if "(" not in text and ")" not in text:
        return text
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if ("(" in line or ")" in line) and _HAN.search(line):
            lines[i] = line.replace("(", "（").replace(")", "）")
    return "\n".join(lines)


def split_lines(folded: str) -> tuple[Line, ...]:
    """The lines of a folded text that hold something, in order.

    >>> [(line.text, line.gap, line.indent) for line in split_lines("甲 \\n\\n  乙")]
    [('甲', 0, 0), ('乙', 1, 2)]
    >>> split_lines(" \\n ")
    ()
    """
    lines: list[Line] = []
    end = 0
    for found in _LINE.finditer(folded):
        start = found.start()
        text = found[0].rstrip(_TAIL)
        feeds = folded.count("\n", end, start)
        indent = start - 1 - max(folded.rfind("\n", end, start), folded.rfind("\f", end, start), end - 1)
        gap = max(feeds - 1, 0) if lines else feeds
        # A Chinese character is three bytes of UTF-8, so half the surplus over the length is their number.
        width = len(text) + (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2
        # Up to three spaces are those of Chinese setting, two columns each.
        edge = width + (indent * 2 if indent < 4 else indent)
        lines.append(Line(start, start + len(text), text, gap, indent, width, edge, "\f" in folded[end:start]))
        end = start + len(text)
    return tuple(lines)
