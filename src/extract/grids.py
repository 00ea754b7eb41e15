"""Tables in the text as grids: which lines are their captions, heads and rows, and which column a cell stands in.

Needs a document with its blocks; gives one `Grid` per table. Rows are the blocks of kind `table_row`; a line beside
them whose raw text is parted like them (a head that was taken for a title or byline) belongs to them too.

The reading joins the cells of a row by one tab and leaves blank cells out, so columns are counted in the raw text:
every tab or bar is a border. Where cells are parted by spaces, a short row is set against the columns of the full ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.document import Block, Document
from extract.patterns import Pattern
from extract.table_heads import find_label, read_head

_BORDER = Pattern(r"[ \u3000]{2,}|[ \u3000]*[\t|][ \t|\u3000]*")
_LOOSE = Pattern(r"[ \u3000]+")
_BORDERS = "\t|"
_NUMBER = Pattern(
    r"[^\d\p{Han}]{0,3}\p{Han}{0,3}\d[\d,]*(?:\.\d+)?(?!年|月)[^\d]{0,10}$|[-—…]+$|\d[\d.]*%?[-—~]\d[\d.]*%?$"
)
_YEAR = Pattern(r"(?:19|20)\d{2}年?$")
_SINGLE = Pattern(r"\p{Han}$")
_CAPTION = Pattern(r"(?:[附续]表|专栏|表\s?[\d一二三四五六七八九十])")
_UNITS = Pattern(r"[（(]?(?:计量)?单位[：:]")
_PROSE = Pattern(r"[。；！？!?;]|[，：:]$")
_SKIPPED = frozenset(("running_head", "mark"))
_BESIDE = frozenset(("heading", "title", "byline", "paragraph", "caption", "note", "verse", "contents"))
_LONGEST_LINE = 60
_RULE = Pattern(r"[-—=_：:]{2,}$")
_FARTHEST = 5


class Piece(NamedTuple):
    """The words of one cell or line; the span is in the reading."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line: its block, its cells and the column of each; `borders` says that tabs or bars tell the columns."""

    block: int
    pieces: tuple[Piece, ...]
    columns: tuple[int, ...] = ()
    borders: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of `width` columns: the lines above it, its heads, its rows; `heads` maps a column to its heads' cells.

    A row of one cell divides the table.
    """

    captions: tuple[Piece, ...]
    head_rows: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]
    width: int
    heads: dict[int, tuple[Piece, ...]]


def find_grids(doc: Document) -> list[Grid]:
    """Every table of the document, in order; none where no block is a table row."""
    grids: list[Grid] = []
    blocks, at = doc.blocks, 0
    while at < len(blocks):
        if blocks[at].kind != "table_row":
            at += 1
            continue
        stop = _run_end(doc, at)
        lines = [*_lines_above(doc, at), *(_row(doc, i) for i in range(at, stop) if blocks[i].kind not in _SKIPPED)]
        for captions, heads, rows in _tables([line for line in lines if not _is_rule(line)]):
            inherited = grids[-1] if grids and not heads and _continues(captions) else None
            grids.append(_grid(doc, captions, inherited.head_rows if inherited else heads, rows, inherited))
        at = stop
    return grids


def _is_rule(line: GridRow) -> bool:
    """Whether a line is drawn and not written: |:--|--:|."""
    return all(_RULE.match(piece.text) for piece in line.pieces)


def _continues(captions: Sequence[Piece]) -> bool:
    return any(piece.text.startswith("续表") for piece in captions)


def _run_end(doc: Document, first: int) -> int:
    """The block after the last row: between rows may stand running heads and up to three short lines."""
    blocks, last = doc.blocks, first
    for at in range(first + 1, len(blocks)):
        block = blocks[at]
        if block.article != blocks[first].article or at - last > _FARTHEST - 1:
            break
        if block.kind == "table_row":
            last = at
        elif block.kind not in _SKIPPED and not _may_be_line(doc, block):
            break
    return last + 1


def _lines_above(doc: Document, first: int) -> list[GridRow]:
    """The caption, the line of units and the heads above the first row, in order."""
    found: list[GridRow] = []
    width = len(_row(doc, first).pieces)
    at, block = first - 1, doc.blocks[first]
    while at >= 0 and len(found) < _FARTHEST and doc.blocks[at].article == block.article:
        above = doc.blocks[at]
        if above.kind in _SKIPPED:
            at -= 1
            continue
        if above.kind == "table_row" or not _may_be_line(doc, above):
            break
        line = _row(doc, at, width if not found else 0)
        found.append(line)
        if _is_title(line) and not (at and len(_row(doc, at - 1).pieces) > 1):
            break
        at -= 1
    return found[::-1]


def _is_title(line: GridRow) -> bool:
    """Whether a line above a table is its title, and not the unit or another remark in brackets."""
    return len(line.pieces) == 1 and line.pieces[0].text[0] not in "（(" and not _UNITS.match(line.pieces[0].text)


def _may_be_line(doc: Document, block: Block) -> bool:
    """Whether a block beside table rows is one short line that is no sentence."""
    if block.kind not in _BESIDE or block.end - block.start > _LONGEST_LINE:
        return False
    return not _PROSE.search(doc.reading.text, block.start, block.end) or bool(
        _UNITS.match(doc.reading.text, block.start)
    )


def _row(doc: Document, index: int, width: int = 0) -> GridRow:
    """The cells of a block; a line that is no row is parted at wide gaps, or at any if that makes `width` cells."""
    block, text, offsets = doc.blocks[index], doc.reading.text, doc.reading.offsets
    if block.kind == "table_row":
        pieces = _merge_singles(doc, [Piece(a, b, text[a:b]) for a, b in _split(text, block.start, block.end)])
        columns, borders = _count_columns(doc, pieces)
        return GridRow(index, tuple(pieces), columns, borders)
    first, last = offsets[block.start], offsets[block.end - 1] + 1
    raw = doc.text[first:last]
    spans = [(0, len(raw))]
    if "\n" not in raw and not _CAPTION.match(raw):
        spans = list(_between(_BORDER, raw))
        loose = list(_between(_LOOSE, raw)) if len(spans) == 1 and width else []
        if loose and (len(loose) == width or (len(loose) == width - 1 and _are_heads(raw, loose))):
            spans = loose
    found = []
    for a, b in spans:
        start, end = (bisect_left(offsets, first + x, block.start, block.end) for x in (a, b))
        if start < end:
            found.append(Piece(start, end, text[start:end].strip()))
    pieces = _merge_singles(doc, found)
    columns, borders = _count_columns(doc, pieces)
    return GridRow(index, tuple(pieces), columns, borders)


def _are_heads(raw: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether every word of a line is the head of a column, with its unit or a word of growth or share."""
    heads = [read_head(raw[a:b]) for a, b in spans]
    return len(heads) > 1 and all(head.units or head.kind for head in heads)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans between the tabs of a row in the reading."""
    while start < end:
        stop = text.find("\t", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


def _between(border: Pattern, raw: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in border.finditer(raw):
        if found.start() > at:
            yield at, found.start()
        at = found.end()
    if at < len(raw):
        yield at, len(raw)


def _merge_singles(doc: Document, pieces: Sequence[Piece]) -> list[Piece]:
    """Letter-spaced labels (合  计) made one; a tab, a bar or the end of a known label (指 标) parts them."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and _SINGLE.fullmatch(piece.text) and _is_spaced(merged[-1]) and not find_label(merged[-1].text):
            (_, end), (start, _) = (doc.reading.raw_span(p.start, p.end) for p in (merged[-1], piece))
            if not any(border in doc.text[end:start] for border in _BORDERS):
                merged[-1] = Piece(merged[-1].start, piece.end, merged[-1].text + " " + piece.text)
                continue
        merged.append(piece)
    return merged


def _is_spaced(piece: Piece) -> bool:
    """Whether every character of the words stands alone."""
    return all(_SINGLE.fullmatch(word) for word in piece.text.split(" "))


def _count_columns(doc: Document, pieces: Sequence[Piece]) -> tuple[tuple[int, ...], bool]:
    """The columns of cells by the tabs and bars between them, and whether these part all of them."""
    if not pieces:
        return (), False
    raw = [doc.reading.raw_span(piece.start, piece.end) for piece in pieces]
    line = doc.text.rfind("\n", 0, raw[0][0]) + 1
    before = doc.text[line : raw[0][0]]
    column = before.count("\t") + max(before.count("|") - 1, 0)
    columns, borders = [column], len(raw) > 1 or column > 0
    for (_, end), (start, _) in pairwise(raw):
        gap = doc.text[end:start]
        count = max(gap.count("\t"), gap.count("|"))
        borders = borders and count > 0
        column += max(count, 1)
        columns.append(column)
    return tuple(columns), borders


def _tables(lines: Sequence[GridRow]) -> Iterator[tuple[list[Piece], list[GridRow], list[GridRow]]]:
    """Captions, heads and rows of each table in a run of lines."""
    captions: list[Piece] = []
    heads: list[GridRow] = []
    rows: list[GridRow] = []
    for k, line in enumerate(lines):
        if rows and _opens_table(line, lines[k + 1 : k + 3]):
            yield captions, heads, rows
            captions, heads, rows = [], [], []
        if rows:
            rows.append(line)
        elif any(_UNITS.match(piece.text) for piece in line.pieces) or len(line.pieces) == 1:
            captions += line.pieces
        elif _is_head(line):
            heads.append(line)
        else:
            rows.append(line)
    if rows:
        yield captions, heads, rows


def _is_head(line: GridRow) -> bool:
    """Whether no cell behind the first is a figure, years aside."""
    return all(_YEAR.match(p.text) or not _NUMBER.match(p.text) for p in line.pieces[1:])


def _opens_table(line: GridRow, after: Sequence[GridRow]) -> bool:
    """Whether a line among rows begins another table: a caption, a line of units, or another head."""
    first = line.pieces[0].text
    if _CAPTION.match(first) or any(_UNITS.match(piece.text) for piece in line.pieces):
        return True
    if len(line.pieces) > 1:
        return _is_head(line) and find_label(first) is not None
    return (
        len(after) > 0
        and len(after[0].pieces) > 1
        and _is_head(after[0])
        and find_label(after[0].pieces[0].text) is not None
    )


def _grid(
    doc: Document, captions: list[Piece], heads: Sequence[GridRow], rows: list[GridRow], inherited: Grid | None
) -> Grid:
    width, borders = _width(rows, heads)
    places = None if borders else _places(doc, rows, width)
    settled = tuple(
        row if len(row.pieces) == 1 and not row.borders else _with_columns(doc, row, width, borders, places)
        for row in rows
    )
    before = inherited.captions if inherited else ()
    return Grid((*before, *captions), tuple(heads), settled, width, _stack(heads, width, borders))


def _width(rows: Sequence[GridRow], heads: Sequence[GridRow]) -> tuple[int, bool]:
    """How many columns a table has, and whether tabs and bars tell where a cell stands.

    They do where some row has a cell between all of them, and not where a label is followed by as many tabs as bring
    the next cell into line.
    """
    full = [row for row in rows if len(row.pieces) > 1]
    counts = Counter(len(row.pieces) for row in full)
    common = max(counts, key=lambda count: (counts[count], count), default=1)
    if not all(row.borders for row in full):
        return common, False
    width = max((row.columns[-1] + 1 for row in full), default=1)
    complete = any(len(row.pieces) == width and row.borders for row in (*full, *heads))
    return (width, True) if complete else (common, False)


def _places(doc: Document, rows: Sequence[GridRow], width: int) -> list[float]:
    """The middle of each column in a table set by spaces, in characters two of which a Chinese one takes."""
    full = [row for row in rows if len(row.pieces) == width]
    middles = [[_middle(doc, piece) for piece in row.pieces] for row in full]
    return [sum(column) / len(column) for column in zip(*middles, strict=True)]


def _middle(doc: Document, piece: Piece) -> float:
    start, end = doc.reading.raw_span(piece.start, piece.end)
    line = doc.text.rfind("\n", 0, start) + 1
    before, inside = doc.text[line:start], doc.text[start:end]
    return sum(_wide(char) for char in before) + sum(_wide(char) for char in inside) / 2


def _wide(char: str) -> int:
    return 1 if ord(char) < 0x2000 else 2


def _with_columns(doc: Document, row: GridRow, width: int, borders: bool, places: Sequence[float] | None) -> GridRow:
    """The row with the column of every cell."""
    count = len(row.pieces)
    if borders and row.borders and row.columns[-1] < width:
        return row
    if count < width and places and not borders:
        columns: list[int] = []
        for piece in row.pieces:
            free = range(columns[-1] + 1 if columns else 0, width - (count - len(columns)) + 1)
            middle = _middle(doc, piece)
            columns.append(min(free, key=lambda column: abs(places[column] - middle)))
        return GridRow(row.block, row.pieces, tuple(columns), row.borders)
    return GridRow(row.block, row.pieces, tuple(range(count)), row.borders)


def _stack(heads: Sequence[GridRow], width: int, borders: bool) -> dict[int, tuple[Piece, ...]]:
    """The heads over each column, the uppermost first."""
    stack: dict[int, list[Piece]] = {column: [] for column in range(width)}
    labels = 1
    for k, row in enumerate(heads):
        spans = _spans(row, width, borders, labels, last=k == len(heads) - 1)
        if k == 0:
            labels = max(1, sum(1 for piece in row.pieces if find_label(piece.text)))
        for piece, (first, stop) in zip(row.pieces, spans, strict=True):
            for column in range(first, min(stop, width)):
                stack[column].append(piece)
    return {column: tuple(pieces) for column, pieces in stack.items()}


def _spans(row: GridRow, width: int, borders: bool, labels: int, last: bool) -> list[tuple[int, int]]:
    """The columns that each cell of a head covers.

    A head of fewer cells than the table has columns covers several with each, all as many; blank cells between tell
    which. Under a head that covers several the next one begins behind the column of labels.
    """
    count = len(row.pieces)
    if count == width:
        return [(k, k + 1) for k in range(count)]
    blanks = borders and row.borders and row.columns != tuple(range(count)) and row.columns[-1] < width
    if blanks:
        edges = [*row.columns, width]
        return [
            (a, a + 1 if last or find_label(p.text) else b)
            for p, a, b in zip(row.pieces, edges, edges[1:], strict=False)
        ]
    own = 0
    while own < count and find_label(row.pieces[own].text):
        own += 1
    first = own or labels
    rest = count - own
    if rest and width > first and (width - first) % rest == 0:
        size = (width - first) // rest
        return [*((k, k + 1) for k in range(own)), *((first + k * size, first + (k + 1) * size) for k in range(rest))]
    return [(k, k + 1) for k in range(count)]
