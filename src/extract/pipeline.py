"""The stages in their order: decode, issue, articles, sentences, mentions, figures, records, ledger, checks.

The front door of the library: `extract_text` and `extract_file` give the dataset of one document. Each stage is a
function of what it is given; this module alone puts them together and times them.
"""

from __future__ import annotations

import gc
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from pathlib import Path
from time import perf_counter
from typing import Any

from extract.cell_rows import Claim, cell_claims, cell_row
from extract.cells import Cell, find_cells
from extract.checks import find_checks
from extract.chronicle import Refusal, build_people, find_events, link_occasions
from extract.context import Setting, find_settings
from extract.dataset import TABLES, Dataset, row_adapter
from extract.document import ArticleSpan, Document, IssueHead
from extract.figures import Figure, FigureReader, is_quoted, opens_clause
from extract.grammar.mentions import Period
from extract.grammar.periods import resolve_period
from extract.grammar.region_context import RegionContext, find_place
from extract.grammar.regions import find_regions
from extract.issue import decode_document
from extract.ledger import build_ledger
from extract.lists import align_lists
from extract.mentions import Mentions, between, find_mentions
from extract.models import Event
from extract.records import ROLE_TABLES, conditions
from extract.records.build import attach_thresholds, build_row, carry_stages, decide
from extract.structure import read_structure

_WHOLE_YEAR = frozenset(["word.whole_year", "word.edge", "word.close"])
_NUMBERS = ("value", "value_high", "base_value", "base_value_high")
_DIGITS = re.compile("[0-9０-９]+")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with all that was found in it, before the rows of the records are validated."""

    doc: Document
    mentions: Mentions
    figures: list[Figure]
    rows: dict[str, list[dict[str, Any]]]
    ledger: list[dict[str, Any]]


def extract_text(text: str, issue_id: str = "text") -> Dataset:
    """The dataset of a decoded text; offsets are code points of `text`."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return extract_document(Document(issue_id, text, "utf-8", sha256), {})


def extract_file(path: str | Path) -> Dataset:
    """The dataset of a file, decoded; `issue_id` is the file's stem.

    Raises `extract.errors.ExtractError` when the file cannot be read as text.
    """
    path = Path(path)
    return extract_bytes(path.read_bytes(), path.stem, str(path))


def extract_bytes(raw: bytes, issue_id: str, path: str | None = None) -> Dataset:
    """The dataset of the bytes of a file; `ExtractError`, which names `path`, when they are no text."""
    started = perf_counter()
    doc = decode_document(raw, issue_id, path)
    return extract_document(doc, {"decode": perf_counter() - started})


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: a document makes many small objects and no cycles, and where much else is
    in memory the search takes a fifth of the time.

    Freezing and unfreezing moves what was made to the oldest generation, where the first search afterwards does not go
    through all of it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


@_uncollected()
def extract_document(doc: Document, timings: dict[str, float]) -> Dataset:
    """The dataset of a decoded document; `timings` takes up the seconds of each stage."""
    clock = _Clock(timings)
    analysis = analyse(doc, clock=clock)
    doc, rows = analysis.doc, dict[str, list[Any]](analysis.rows) | {"numerals": analysis.ledger}
    rows["checks"] = find_checks(analysis.rows, doc.issue_id).checks
    clock.stop("checks")
    chronicle = find_events(doc)
    rows["events"], rows["event_participants"] = list(chronicle.events), list(chronicle.participants)
    rows["people"] = list(build_people(chronicle.events, chronicle.participants))
    clock.stop("chronicle")
    doc = replace(doc, notes=(*doc.notes, *chronicle.notes))
    rows["rejects"] += [_refused(doc, refusal) for refusal in chronicle.refusals]
    rows |= _backbone(doc, chronicle.events)
    tables = {name: row_adapter(name).validate_python(rows.get(name, [])) for name in TABLES}
    clock.stop("validate")
    return Dataset(tables, _coverage(doc, rows["numerals"]), clock.timings)


def analyse(doc: Document, head: IssueHead | None = None, clock: _Clock | None = None) -> Analysis:
    """Read a decoded document up to the ledger; `head` replaces what the document says of itself."""
    clock = clock or _Clock({})
    doc = read_structure(doc)
    clock.stop("structure")
    return analyse_structure(doc if head is None else replace(doc, head=head), clock)


def analyse_structure(doc: Document, clock: _Clock | None = None) -> Analysis:
    """Read a document whose blocks and sentences are known up to the ledger."""
    clock = clock or _Clock({})
    doc = _with_region_code(doc)
    mentions = find_mentions(doc, doc.head.region_code)
    clock.stop("mentions")
    settings = find_settings(doc)
    cells = find_cells(doc, settings)
    claims = cell_claims(doc, cells)
    figures = _outside_tables(read_figures(doc, mentions, settings), cells, claims)
    clock.stop("figures")
    rows, records = _build_records(doc, mentions, figures, cells)
    clock.stop("records")
    ledger = build_ledger(doc, mentions, figures, records, [*claims, *(_cell_claim(c, records) for c in cells)])
    clock.stop("ledger")
    return Analysis(doc, mentions, figures, rows, ledger)


def _cell_claim(cell: Cell, records: dict[int, str]) -> Claim:
    """What a cell says of its numeral; one whose value was refused has no role."""
    role, rule = (cell.role, cell.rule) if cell.start in records else ("idiom", "refused.too_large")
    return cell.start, cell.end, role, rule


def _with_region_code(doc: Document) -> Document:
    """The place the document speaks from, by its official name and code."""
    found = find_place([doc.head.place]) if doc.head.place else None
    return doc if found is None else replace(doc, head=replace(doc.head, place=found[0], region_code=found[1]))


def _outside_tables(figures: list[Figure], cells: list[Cell], claims: list[Claim]) -> list[Figure]:
    """The figures of prose: those that no cell, caption or head of a table has read."""
    if not cells and not claims:
        return figures
    taken = sorted([(c.start, c.end) for c in cells] + [(start, end) for start, end, _, _ in claims])
    starts = [start for start, _ in taken]

    def stands_free(figure: Figure) -> bool:
        at = bisect_left(starts, figure.end)
        return at == 0 or taken[at - 1][1] <= figure.start

    return [figure for figure in figures if stands_free(figure)]


def read_figures(doc: Document, mentions: Mentions, settings: list[Setting]) -> list[Figure]:
    """Every figure of the document's prose with its noun, period, region and role."""
    periods = _resolved_periods(doc, mentions, settings)
    figures = FigureReader(doc, mentions, settings, periods).read()
    by_sentence: dict[int, list[Figure]] = {}
    for figure in figures:
        by_sentence.setdefault(figure.sentence, []).append(figure)
    text = doc.reading.text
    for index, group in by_sentence.items():
        sentence = doc.sentences[index]
        align_lists(group, text, sentence.start, between(mentions.regions, sentence.start, sentence.end))
        for figure in group:
            decide(figure, text, sentence.start)
        conditions.spread(group)
        attach_thresholds(group, text)
    carry_stages(figures, doc)
    return figures


def _resolved_periods(doc: Document, mentions: Mentions, settings: list[Setting]) -> list[Period]:
    """The periods with their gaps filled from the paragraph and the article's date, in order."""
    resolved: list[Period] = []
    text = doc.reading.text
    for block, setting in zip(doc.blocks, settings, strict=True):
        current: Any = None
        if setting.discussed is not None:
            current = (date(setting.discussed, 1, 1), date(setting.discussed, 12, 31))
        for mention in between(mentions.periods, block.start, block.end):
            known = None if mention.grain == "duration" and is_quoted(text, block.start, mention.start) else current
            period = resolve_period(mention, setting.reference, known or _fallback(mention, setting))
            if period.first is not None and period.grain not in ("duration", "plan") and opens_clause(text, period):
                current = period
            resolved.append(period)
    return resolved


def _fallback(period: Period, setting: Setting) -> tuple[date, date] | None:
    """What anchors a period that nothing before it does.

    A stretch of years (两年内) begins with the year the article was delivered in, or is about, and so does one in a
    slogan, which is older than the plan that quotes it; 全年 and 年末 in the first
    months of a year mean the year before.
    """
    reference = setting.reference
    if period.rule in _WHOLE_YEAR and reference is not None and reference.month <= 4:
        return date(reference.year - 1, 1, 1), date(reference.year - 1, 12, 31)
    year = setting.reference.year if setting.delivered and setting.reference else setting.main_year
    if period.grain != "duration" or year is None:
        return None
    return date(year, 1, 1), date(year, 12, 31)


def _build_records(
    doc: Document, mentions: Mentions, figures: list[Figure], cells: list[Cell]
) -> tuple[dict[str, list[dict[str, Any]]], dict[int, str]]:
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in (*ROLE_TABLES.values(), "rejects")}
    refused = rows["rejects"]
    records: dict[int, str] = {}
    contexts: dict[int, RegionContext] = {}
    base = RegionContext.from_place(doc.head.place, mentions.regions)
    for figure in figures:
        if figure.role not in ROLE_TABLES:
            continue
        article = doc.sentences[figure.sentence].article
        if article not in contexts:
            contexts[article] = article_context(base, doc.articles[article - 1])
        row = build_row(figure, doc, contexts[article], f"{doc.issue_id}/{article:02d}")
        if not _is_finite(row):
            refused.append(_too_large(doc, row))
            figure.role, figure.rule = "idiom", "refused.too_large"
            continue
        rows[ROLE_TABLES[figure.role]].append(row)
        records[figure.start] = row["record_id"]
    for cell in cells:
        article = doc.blocks[cell.block].article
        context = article_context(base, doc.articles[article - 1])
        row = cell_row(cell, doc, context, f"{doc.issue_id}/{article:02d}")
        if not _is_finite(row):
            refused.append(_too_large(doc, row))
            continue
        rows[ROLE_TABLES[cell.role]].append(row)
        records[cell.start] = row["record_id"]
    if cells:
        for table in ROLE_TABLES.values():
            rows[table].sort(key=lambda row: row["char_start"])
    return rows, records


def _is_finite(row: dict[str, Any]) -> bool:
    return all(isfinite(row[name]) for name in _NUMBERS if row[name] is not None)


def _too_large(doc: Document, row: dict[str, Any]) -> dict[str, Any]:
    """The row for a figure whose value no column of 64 bits holds; the figure stays in the ledger."""
    return {
        "issue_id": doc.issue_id,
        "path": None,
        "stage": "records",
        "reason": "value_too_large",
        "message": f"the figure at {row['char_start']} is too large for a 64-bit number; it stands in the ledger only",
        "char_start": row["char_start"],
        "char_end": row["char_end"],
    }


def article_context(base: RegionContext, article: ArticleSpan) -> RegionContext:
    """The document's region context, narrowed to a county where the article's title or its author's post names one."""
    for words in (article.title or "", *article.author_posts):
        for mention in find_regions(words, home=base.code):
            if mention.level in ("county", "district") and mention.code:
                return base.with_county(mention.name)
    return base


def _backbone(doc: Document, events: Sequence[Event]) -> dict[str, list[dict[str, Any]]]:
    head = doc.head
    issue = {
        "issue_id": doc.issue_id,
        "title": head.title,
        "year": head.year,
        "number": head.number,
        "total_number": head.total_number,
        "organiser": head.organiser,
        "place": head.place,
        "region_code": head.region_code,
        "permit": head.permit,
        "sha256": doc.sha256,
        "encoding": doc.encoding,
        "char_count": len(doc.text),
        "issue_date": head.date,
        "notes": list(doc.notes),
    }
    articles = [
        {
            "article_id": f"{doc.issue_id}/{a.position:02d}",
            "issue_id": doc.issue_id,
            "position": a.position,
            "kind": a.kind,
            "title": a.title,
            "column": a.column,
            "authors": list(a.authors),
            "author_posts": list(a.author_posts),
            "page": a.page,
            "occasion": a.occasion,
            "occasion_date": a.occasion_date,
            "proofreader": a.proofreader,
            "editor": a.editor,
            "char_start": a.start,
            "char_end": a.end,
            "occasion_event_id": None,
        }
        for a in doc.articles
    ]
    articles = link_occasions(articles, events)
    sentences = []
    for s in doc.sentences:
        start, end = doc.reading.raw_span(s.start, s.end)
        sentences.append(
            {
                "issue_id": doc.issue_id,
                "article_id": f"{doc.issue_id}/{s.article:02d}",
                "position": s.position,
                "section": list(s.section),
                "text": doc.reading.text[s.start : s.end],
                "char_start": start,
                "char_end": end,
            }
        )
    return {"issues": [issue], "articles": articles, "sentences": sentences}


def _refused(doc: Document, refusal: Refusal) -> dict[str, Any]:
    """The row for something in the document that was not written, and why."""
    return {
        "issue_id": doc.issue_id,
        "path": None,
        "stage": "chronicle",
        "reason": refusal.reason,
        "message": refusal.message,
        "char_start": refusal.start,
        "char_end": refusal.end,
    }


def _coverage(doc: Document, ledger: list[dict[str, Any]]) -> tuple[int, int]:
    """How many runs of digits of the raw text lie in exactly one ledger row, and how many there are."""
    runs = [m.span() for m in _DIGITS.finditer(doc.text)]
    found, at = 0, 0
    for start, end in runs:
        while at < len(ledger) and ledger[at]["char_end"] <= start:
            at += 1
        if at < len(ledger) and ledger[at]["char_start"] <= start and end <= ledger[at]["char_end"]:
            found += 1
    return found, len(runs)


class _Clock:
    def __init__(self, timings: dict[str, float]) -> None:
        self.timings = timings
        self._last = perf_counter()

    def stop(self, stage: str) -> None:
        now = perf_counter()
        self.timings[stage] = now - self._last
        self._last = now
