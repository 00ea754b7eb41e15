"""Stage: the figures of tables. Documents with their blocks in, `Cell`s out: every number with what it measures.

What a cell means is put together from the words around it: the caption, the heads over its column, the label and the
unit of its row, the row it is a part of. The nearest word wins. Which lines make a table is `extract.grids`, what the
words of a head say is `extract.table_heads`; how they combine is here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from extract.cell_words import CellFigure, compose, merge, read_figure
from extract.context import Setting
from extract.document import Document
from extract.grammar.mentions import Period
from extract.grammar.periods import resolve_period
from extract.grammar.units import unit_reading
from extract.grids import Grid, GridRow, Piece, find_grids
from extract.patterns import Pattern
from extract.table_heads import Head, is_measure, load_heads, read_head, read_units

_BARE = Pattern(r"[-+]?\d[\d,]*(?:\.\d+)?$")
_RATES = frozenset(["%", "‰", "个百分点", "百分点"])
_COUNTS = frozenset(["count", "person", "household", "person_time"])
_YEAR = Pattern(r"(?:19|20)\d{2}$")
_REPORT = Pattern(r"公报|统计|年鉴|年报")
_OWN_YEAR = Pattern(r"(?:19|20)\d{2}(?=\s?年)")
_PERSONS = Pattern(r"(?:生|人|师|员|工|户)(?:数|口)?$|人口|就业")
_MONEY = Pattern(r"(?:额|值|收入|支出|投资|资产|存款|贷款|余额|税|费|款|资金|利润)$")

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a table; spans are in the reading.

    `role` is `level`, `growth_rate`, `share`, `ranking`, `project_count` or `target`; `fact` is the role without the
    aim. `value` has its sign, `unit` is as printed where it stands, None where nothing gives one. `region_name` is the
    place that row, column or caption name (全市 as printed), None where they name none. `basis` is that of a
    growth rate, `measure` that of a target. `sentence` is the index of the row's sentence.
    """

    start: int
    end: int
    value: Decimal
    role: str
    indicator: str | None
    unit: str | None
    period: Days | None
    period_text: str | None
    region_name: str | None
    basis: str | None
    measure: str | None
    block: int
    sentence: int | None
    rule: str
    fact: str
    value_high: Decimal | None = None
    comparator: str = "="
    modality: str = "actual"
    whole: str | None = None
    among: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says beside its figures: its label, its unit, the measure it is a part of."""

    head: Head
    unit: str | None
    parent: str
    marked: bool


def find_cells(doc: Document, settings: Sequence[Setting]) -> list[Cell]:
    """The figures of every table, in reading order; `settings` has one entry per block."""
    if not any(block.kind == "table_row" for block in doc.blocks):
        return []
    sentences = {sentence.block: index for index, sentence in enumerate(doc.sentences)}
    cells: list[Cell] = []
    for grid in find_grids(doc):
        cells += _TableReader(doc, grid, settings[grid.rows[0].block], sentences).read()
    return cells


class _TableReader:
    """Reads one table."""

    def __init__(self, doc: Document, grid: Grid, setting: Setting, sentences: dict[int, int]) -> None:
        self.doc, self.grid, self.setting, self.sentences = doc, grid, setting, sentences
        self.home = doc.head.region_code
        self.caption = self._read_caption()
        self.current = self._current()
        self.columns = {column: self._column(pieces) for column, pieces in grid.heads.items()}
        self.labels, self.units, self.skipped = self._sort_columns()
        self.years = sorted(
            {days for head in self.columns.values() if head.period and (days := self._days(head.period, self.current))}
        )

    def read(self) -> list[Cell]:
        """The cells of all rows."""
        cells: list[Cell] = []
        group, before = Head(), _Row(Head(), None, "", False)
        for line in self.grid.rows:
            if len(line.pieces) == 1 and not line.columns:
                group = read_head(line.pieces[0].text, self.home, True)
                before = _Row(Head(), None, group.noun if is_measure(group.noun) else "", False)
                continue
            row = self._row(line, before)
            found = self._cells(line, row, group)
            cells += found
            before = row if found else before
        return cells

    def _read_caption(self) -> Head:
        """All lines above the table as one head; without any, the heading the table stands under."""
        heads = [read_head(piece.text, self.home, True) for piece in self.grid.captions]
        if any(head.noun for head in heads):
            return _joined(heads)
        section = self.doc.blocks[self.grid.rows[0].block].section
        above = read_head(section[-1], self.home, True) if section else Head()
        return _joined([replace(Head(), noun=above.noun, period=above.period, period_text=above.period_text), *heads])

    def _current(self) -> Days | None:
        """The days of the caption; else the year of the headings, or of the title of a statistical report."""
        setting, period = self.setting, self.caption.period
        article = self.doc.blocks[self.grid.rows[0].block].article
        titles = [a.title for a in self.doc.articles if a.position == article] + [self.doc.head.title]
        years = (_OWN_YEAR.search(title) for title in titles if title and _REPORT.search(title))
        year = setting.year or next((int(found[0]) for found in years if found), None)
        fallback = (date(year, 1, 1), date(year, 12, 31)) if year else None
        return (self._days(period, fallback) if period else None) or fallback

    def _days(self, period: Period, current: Days | None) -> Days | None:
        """The days of a period; under a dated caption 今年 and 本月 are reckoned from its last day."""
        resolved = resolve_period(period, current[1] if current else self.setting.reference, current)
        return None if resolved.first is None or resolved.last is None else (resolved.first, resolved.last)

    def _column(self, pieces: Sequence[Piece]) -> Head:
        return _joined([read_head(piece.text, self.home) for piece in pieces])

    def _sort_columns(self) -> tuple[set[int], set[int], set[int]]:
        """The columns of labels, of units, and those that hold neither labels nor figures."""
        labels, units, skipped = {0}, set[int](), set[int]()
        for column, head in self.columns.items():
            texts = [
                p.text for row in self.grid.rows for p, c in zip(row.pieces, row.columns, strict=False) if c == column
            ]
            if texts and sum(1 for text in texts if read_units(text)) * 2 > len(texts):
                units.add(column)
            elif head.label in ("indicator", "class", "place", "time") and not _are_figures(column, texts):
                labels.add(column)
            elif (
                head.label == "number"
                or (column == 0 and texts == [str(k + 1) for k in range(len(texts))])
                or head.label == "note"
            ):
                skipped.add(column)
        if 0 in units | skipped:
            labels = (labels - {0}) or {1}
        return labels - units, units, skipped

    def _row(self, line: GridRow, before: _Row) -> _Row:
        """The label of a row, its unit, and the measure above it that it is a part of."""
        cells = list(zip(line.columns, line.pieces, strict=False))
        label = next((piece for column, piece in reversed(cells) if column in self.labels), None)
        head = read_head(label.text, self.home) if label else Head()
        unit = next(
            (read_units(piece.text)[0] for column, piece in cells if column in self.units and read_units(piece.text)),
            None,
        )
        if not head.noun and head.kind and not head.total and not head.region and not head.period:
            parent = before.head.noun or before.parent  # 增长（%） under what grows
            return _Row(replace(head, noun=before.head.noun, region=before.head.region), unit, parent, False)
        measures = is_measure(head.noun)
        own = before.head.noun if is_measure(before.head.noun) and not before.marked else before.parent
        marked = head.within or (before.marked and not measures)
        return _Row(head, unit, own, marked)

    def _cells(self, line: GridRow, row: _Row, group: Head) -> list[Cell]:
        cells: list[Cell] = []
        aside = self.labels | self.units | self.skipped
        for column, piece in zip(line.columns, line.pieces, strict=False):
            if column in aside:
                continue
            figure = read_figure(piece)
            if figure is not None:
                cell = self._cell(figure, line.block, row, self.columns.get(column, Head()), column, group)
                if cell is not None:
                    cells.append(cell)
        return cells

    def _cell(
        self, figure: CellFigure, block: int, row: _Row, column_head: Head, column: int, group: Head
    ) -> Cell | None:
        """The cell of a figure; None for a bare number of which no word says that it measures anything."""
        head, caption = row.head, self.caption
        kind = self._kind(figure, row, column_head)
        unit = self._unit(figure, kind, row, column_head)
        indicator = self._indicator(row, self._noun(column, kind), group)
        if unit is None and kind is None and not _measures(indicator or ""):
            return None
        fact = _fact(kind, unit, indicator, figure)
        days, text = self._period(row.head, column_head, group, fact)
        heads = (column_head, head, caption)
        aim = self._is_aim(heads, days) and fact != "ranking"
        role = "target" if aim and not (fact == "project_count" and not any(h.aim for h in heads)) else fact
        places = [h.region for h in (head, column_head, group, caption) if h.region]
        basis = next((h.basis for h in heads if h.basis), "unmarked")
        modality = "estimate" if any(h.estimate for h in heads[:2]) else "planned" if column_head.planned else "actual"
        return Cell(
            figure.start,
            figure.end,
            figure.value,
            role,
            indicator,
            unit,
            days,
            text,
            places[0].name if places else None,
            ("unmarked" if column_head.annual else basis) if role == "growth_rate" else None,
            _measure(fact, unit) if role == "target" else None,
            block,
            self.sentences.get(block),
            f"cell.{fact}",
            fact,
            figure.high,
            figure.comparator,
            "target" if role == "target" else modality,
            column_head.whole or head.whole if fact == "share" else None,
            column_head.whole or head.whole if fact == "ranking" else None,
        )

    def _kind(self, figure: CellFigure, row: _Row, column: Head) -> str | None:
        """The kind that column, row or cell say; the caption's only where none has another unit."""
        if figure.change:
            return "growth"
        if kind := next((h.kind for h in (column, row.head) if h.kind not in (None, "level")), None):
            return kind
        if "level" in (column.kind, row.head.kind) and not (row.head.total or column.kind is None):
            return "level"
        own = (figure.unit, row.unit, *row.head.units, *column.units)
        if any(unit and unit not in _RATES for unit in own) or self.caption.several:
            return None
        return self.caption.kind

    def _unit(self, figure: CellFigure, kind: str | None, row: _Row, column: Head) -> str | None:
        if figure.unit is not None:
            return figure.unit
        if kind == "ranking":
            return "位"
        own = (*column.units, *row.head.units, *((row.unit,) if row.unit else ()))
        if kind in ("growth", "share"):
            if kind == "share" and column.units and column.units[0] not in _RATES:
                return column.units[0]
            return next((unit for unit in (*own, *self.caption.units) if unit in _RATES), "%")
        plain = [unit for unit in (row.unit, *row.head.units, *column.units) if unit]
        if plain:
            return next((unit for unit in plain if unit not in _RATES), plain[0])
        return _pick_unit(self.caption.units, column.noun or row.head.noun)

    def _noun(self, column: int, kind: str | None) -> str:
        """What a column measures; for growth, shares and ranks without a noun the nearest level to the left."""
        head = self.columns.get(column, Head())
        if head.noun or kind not in ("growth", "share", "ranking", "change"):
            return head.noun
        for left in range(column - 1, -1, -1):
            other = self.columns.get(left, Head())
            if left not in self.labels | self.units | self.skipped and other.kind in (None, "level") and other.noun:
                return other.noun
        return ""

    def _indicator(self, row: _Row, noun: str, group: Head) -> str | None:
        """What a figure measures, from the row's label, the column's noun, the row above and the caption."""
        label, whole = row.head.noun, self.caption.noun
        counted = next((word for word in load_heads()["measure"]["counted"] if whole.endswith(word)), None)
        places = row.head.region is not None or row.head.period is not None
        if label and noun:
            return compose(label, noun, counted if self._labels_are("class") else None)
        if label:
            above = row.parent if row.marked else whole
            return label if is_measure(label) or label == above or not is_measure(above) else merge(label, above)
        if row.head.total and counted and not places:
            return merge(whole, noun)
        return noun or whole or row.parent or None

    def _labels_are(self, label: str) -> bool:
        return any(self.columns[column].label == label for column in self.labels if column in self.columns)

    def _period(self, row: Head, column: Head, group: Head, fact: str) -> tuple[Days | None, str | None]:
        """The days of a cell and the words they come from: of its column, its row, the lines above."""
        current, text, stock = self.current, self.caption.period_text, self.caption.stock
        if self._spans_years(column):
            return (self.years[0][1] + timedelta(1), self.years[-1][1]), None
        for head in (group, row, column):
            if head.period is not None and (days := self._days(head.period, current)):
                current, text = days, head.period_text
            stock = stock or head.stock
        if current is None:
            return None, None
        return ((current[1], current[1]) if stock else current), text

    def _spans_years(self, column: Head) -> bool:
        """Whether a column speaks of all years between the first and the last of a plan's table: 年均增长, 累计."""
        plain = column.kind == "level" and not column.noun and self._lies_ahead()
        return column.period is None and len(self.years) > 1 and (column.annual or plain)

    def _lies_ahead(self) -> bool:
        """Whether the last year among the heads is still to come."""
        reference = self.setting.reference
        return bool(self.years) and reference is not None and self.years[-1][0] > reference

    def _is_aim(self, heads: Sequence[Head], days: Days | None) -> bool:
        """Whether a figure is still to be reached: by its words, or because its time has not come."""
        if any(head.actual or head.estimate for head in heads[:2]):
            return False
        if any(head.aim for head in heads) or (self._spans_years(heads[0]) and self._lies_ahead()):
            return True
        reference = self.setting.reference
        if days is not None and reference is not None:
            return days[0] > reference or (days[1] > reference and self.setting.mode == "plan")
        return False


def _are_figures(column: int, texts: Sequence[str]) -> bool:
    """Whether a column other than the first holds numbers in most of its rows (under 城市, not under 年份)."""
    figures = [text for text in texts if not _YEAR.match(text) and _BARE.match(text)]
    return column > 0 and len(figures) * 2 > len(texts)


def _joined(heads: Sequence[Head]) -> Head:
    """Several heads over one another as one: the nouns in a row, of the rest the innermost."""
    if len(heads) == 1:
        return heads[0]
    joined = Head()
    for head in heads:
        joined = Head(
            noun=merge(joined.noun, head.noun),
            kind=head.kind or joined.kind,
            several=head.several or joined.several,
            basis=head.basis or joined.basis,
            annual=head.annual or joined.annual,
            whole=head.whole or joined.whole,
            units=head.units or joined.units,
            period=head.period or joined.period,
            period_text=head.period_text or joined.period_text,
            stock=head.stock or joined.stock,
            aim=head.aim or joined.aim,
            actual=head.actual or joined.actual,
            estimate=head.estimate or joined.estimate,
            planned=head.planned or joined.planned,
            region=head.region or joined.region,
            label=head.label or joined.label,
        )
    return joined


def _pick_unit(units: Sequence[str], noun: str) -> str | None:
    """The unit that fits a noun where a caption gives several (单位：所、万人)."""
    plain = [unit for unit in units if unit not in _RATES] or list(units)
    for pattern, base in ((_PERSONS, "person"), (_MONEY, "CNY")):
        fitting = [unit for unit in plain if (found := unit_reading(unit, 0)) and found.base == base]
        if fitting and pattern.search(noun):
            return fitting[0]
        if len(plain) > 1:
            plain = [unit for unit in plain if unit not in fitting] or plain
    return plain[0] if plain else None


def _fact(kind: str | None, unit: str | None, indicator: str | None, figure: CellFigure) -> str:
    """The role of a figure, its aim aside."""
    words = load_heads()["measure"]
    if kind == "ranking":
        return "ranking"
    if kind in ("growth", "change") or unit in ("个百分点", "百分点"):
        return "growth_rate"
    if unit in ("%", "‰"):
        if kind == "share" or (indicator or "").endswith(words["share_ends"]) or figure.value >= 0:
            return "share"
        return "growth_rate"
    if (indicator or "").endswith(words["projects"]) and unit in ("个", "项", None):
        return "project_count"
    return "level"


def _measures(indicator: str) -> bool:
    return is_measure(indicator) or indicator.endswith(load_heads()["measure"]["counted"])


def _measure(fact: str, unit: str | None) -> str:
    """What a target aims at."""
    if fact in ("growth_rate", "share"):
        return fact.removesuffix("_rate")
    reading = unit_reading(unit, 0) if unit else None
    return "count" if fact == "project_count" or (reading is not None and reading.base in _COUNTS) else "level"
