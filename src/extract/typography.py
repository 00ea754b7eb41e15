"""What the setting of lines tells: hard wrapping, verse, table rows, and paragraphs cut by a page break.

Needs lines; gives indexes of lines and the judgement whether one line goes on with the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.headings import find_mark, is_heading, is_plain_heading, starts_item
from extract.lines import Line
from extract.patterns import Pattern

_ENDS = frozenset("。！？；：…!?;:")
_CLOSERS = " ”’）》」』】)]"
_INNER = Pattern(r"[，。；：]")
_OPEN_END = Pattern(r"[\p{Han}\p{Nd}A-Za-z%，、（“《—\-]")
_DAY = Pattern(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬)|\d{4}年")
_TOKEN = Pattern(r"[\dA-Za-z.,%]+")
_LABEL = Pattern(r"\p{Han}{1,6}：")
_CELL = Pattern(r"[ \u200b]{2,}+|\t|\|")
_LOOSE_CELL = Pattern(r"[ \t\u200b]+")
_BLANK = " \t\u200b\ufdd0"
_BULLETS = frozenset("-*+—")
_NUMBER_CELL = Pattern(r"[-+<>≥≤~]?\d[\d,.]*\s?(?:%|‰|\p{Han}{1,4})?$|[-—…]{1,3}$")
_RULE_LINE = Pattern(r"[|\s:：+\-─━═┼├┤┬┴┌┐└┘—_=*]{3,}$")
_CUT_NUMBER = Pattern(r"\d[.,]?$")
_SHORTEST_WRAP = 24
_SHORT_BY = 8
_LONGEST_ROW = 100
_LONGEST_VERSE = 40
_WIDEST_VERSE = 44
_SHORTEST_HALF = 18
_VERSE_RUN = 4


def find_wrap_width(lines: Sequence[Line]) -> int | None:
    """The width in columns at which every line of the text is broken; None for one paragraph per line.

    Lines that go on with the next one without a stop are all about as wide as the measure in a wrapped text.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0]
    cut = sorted(a.edge for a, b in pairs if not is_finished(a.text) and b.indent < 2 and not starts_item(b.text))
    if len(cut) < 4:
        return None
    measure = cut[len(cut) * 9 // 10]
    near = sum(1 for edge in cut if measure - 5 <= edge <= measure + 2)
    wider = sum(1 for line in lines if line.edge > measure + 4)
    if measure < _SHORTEST_WRAP or near < len(cut) * 0.6 or wider > len(lines) * 0.05 or len(cut) < len(pairs) * 0.35:
        return None
    return measure


def find_verse(lines: Sequence[Line], indexes: Sequence[int], wrap: int | None) -> set[int]:
    """Indexes of verse lines: four or more short lines directly under each other, and the stanzas after them.

    `indexes` are the lines that have no other part, in order; prose wrapped as narrow as verse has none.
    """
    if wrap is not None and wrap <= _WIDEST_VERSE:
        return set()
    verse: set[int] = set()
    run: list[int] = []
    for i in [*indexes, -1]:
        short = i >= 0 and _may_be_verse(lines[i])
        if short and run and i == run[-1] + 1 and (lines[i].gap == 0 or (lines[i].gap == 1 and _is_tight(lines, run))):
            run.append(i)
            continue
        if _is_tight(lines, run):
            verse.update(run)
        run = [i] if short else []
    return verse


def _may_be_verse(line: Line) -> bool:
    """Whether a line is short, and neither numbered nor labelled."""
    return (
        line.width <= _LONGEST_VERSE
        and line.text[-1] != "、"
        and "：" not in line.text
        and not line.text.isascii()
        and not starts_item(line.text)
    )


def _is_tight(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether a run holds four lines or more directly under each other, none of them prose."""
    direct = sum(1 for i in run[1:] if lines[i].gap == 0)
    return direct >= _VERSE_RUN - 1


def find_tables(lines: Sequence[Line], indexes: Sequence[int]) -> dict[int, tuple[tuple[int, int], ...]]:
    """The cells of every table row, as spans of the line's text, by the line's index.

    A table is two or more rows in a row whose cells are parted by tabs, bars or wide spaces, at least one cell being a
    number; or three or more whose words are parted by single spaces, with two numbers each. Rows of a table without a
    number (its head) belong to it. A rule of dashes has no cells.
    """
    split = {i: split_cells(lines[i].text) for i in indexes}
    tables: dict[int, tuple[tuple[int, int], ...]] = {}
    run: list[int] = []
    for i in [*indexes, -1]:
        if i >= 0 and len(split[i]) != 1 and (not run or (i == run[-1] + 1 and lines[i].gap <= 1)):
            run.append(i)
            continue
        numbered = sum(1 for k in run if _has_number(lines[k].text, split[k]))
        if numbered >= 2 and numbered * 2 >= sum(1 for k in run if split[k]):
            tables.update((k, split[k]) for k in run)
        run = [i] if i >= 0 and len(split[i]) != 1 else []
    return tables


def split_cells(text: str) -> tuple[tuple[int, int], ...]:
    """The cells of a line as spans; one span for a line of prose, none for a rule of dashes.

    >>> [("粮食\\t12.5\\t万吨")[a:b] for a, b in split_cells("粮食\\t12.5\\t万吨")]
    ['粮食', '12.5', '万吨']
    >>> split_cells("|---|---|"), split_cells("全县粮食丰收")
    ((), ((0, 6),))
    """
    if is_rule(text):
        return ()
    if text[0] == "表" and find_mark(text) is not None:
        return ((0, len(text)),)
    wide = "\t" in text or "|" in text or "  " in text or "\u200b" in text
    cells = _between(_CELL, text) if wide else ((0, len(text)),)
    if len(cells) == 1 and len(text) <= _LONGEST_ROW and text.count(" ") > 1:
        loose = _between(_LOOSE_CELL, text)
        if (
            len(loose) > 2
            and text[0] not in _BULLETS
            and sum(1 for a, b in loose if _NUMBER_CELL.match(text, a, b)) > 1
        ):
            return loose
    return cells


def is_rule(text: str) -> bool:
    """Whether a line is a rule, set in dashes or the like.

    >>> is_rule("-----"), is_rule("——增长")
    (True, False)
    """
    return len(text) > 2 and _RULE_LINE.match(text) is not None


def _between(separator: Pattern, text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text between separators, blank ones left out."""
    cells: list[tuple[int, int]] = []
    at = 0
    for stop, after in [*(found.span() for found in separator.finditer(text)), (len(text), len(text))]:
        cell = text[at:stop]
        if bare := cell.strip(_BLANK):
            first = at + len(cell) - len(cell.lstrip(_BLANK))
            cells.append((first, first + len(bare)))
        at = after
    return tuple(cells)


def _has_number(text: str, cells: Sequence[tuple[int, int]]) -> bool:
    """Whether a cell after the first is a number."""
    return any(_NUMBER_CELL.match(text, a, b) for a, b in cells[1:])


def is_finished(text: str) -> bool:
    """Whether a line ends as a sentence does.

    >>> is_finished("粮食增产。"), is_finished("他说：“好！”"), is_finished("粮食增产，")
    (True, True, False)
    """
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def cut_share(lines: Sequence[Line], indexes: Sequence[int]) -> float:
    """The share of the prose lines that do not end as a sentence does."""
    prose = [lines[i].text for i in indexes if len(lines[i].text) > 20 and _INNER.search(lines[i].text)]
    return sum(1 for text in prose if not is_finished(text)) / len(prose) if prose else 0.0


def goes_on(last: Line, line: Line, first: str, wrap: int | None, apart: bool) -> bool:
    """Whether the paragraph that starts with the text `first` and now ends with `last` goes on with `line`.

    `apart` says that something else stands between the two (blank lines, a caption, a page number).
    """
    if line.indent >= 2 or starts_item(line.text):
        return False
    if not apart and line.gap == 0 and not line.paged:
        return wrap is not None and _is_full(last, line, wrap) and not _is_short_heading(last, line, wrap)
    if is_finished(last.text) or not _INNER.search(first) or _reads_like_heading(first):
        return False
    if not _OPEN_END.match(last.text[-1]) and not (last.text[-1] in "）”》" and "。" in last.text):
        return False
    if wrap is not None and not _is_full(last, line, wrap):
        return False
    return not _are_parallel(first, line.text) and not is_heading(first, find_mark(first))


def _is_short_heading(last: Line, line: Line, wrap: int) -> bool:
    """Whether a line in wrapped text is a heading: a short last line of the paragraph would end with a stop."""
    return line.edge < wrap - _SHORT_BY and is_finished(last.text) and is_plain_heading(line.text)


def is_cut_number(last: Line, line: Line, wrap: int | None) -> bool:
    """Whether a number goes on across the end of a full line; punctuation may hang two columns beyond the measure."""
    if wrap is None or line.gap or line.paged or last.edge < wrap - 3:
        return False
    return bool(_CUT_NUMBER.search(last.text) and line.text[0].isdigit())


def _reads_like_heading(text: str) -> bool:
    """Whether a line without a sentence's end is too short for half a paragraph, or balanced like a heading."""
    if "。" in text or text[-1] in "，、" or text[-1].isdigit():
        return False
    parts = text.split("，")
    return len(text) < _SHORTEST_HALF or (len(parts) == 2 and len(parts[0]) == len(parts[1]))


def _is_full(last: Line, line: Line, wrap: int) -> bool:
    """Whether a line fills the measure, a number that did not fit in standing at the start of the next one."""
    token = _TOKEN.match(line.text)
    return last.edge + (len(token[0]) if token else 0) >= wrap - 4


def starts_label(text: str) -> bool:
    """Whether a line starts with a short label and a colon.

    >>> starts_label("释文：厚德载物"), starts_label("厚德载物")
    (True, False)
    """
    return _LABEL.match(text) is not None


def _are_parallel(first: str, text: str) -> bool:
    """Whether two lines start alike, as entries of one list do: with a date, or with the same label."""
    label = _LABEL.match(first)
    return bool(_DAY.match(text) and _DAY.match(first)) or (label is not None and text.startswith(label[0]))
