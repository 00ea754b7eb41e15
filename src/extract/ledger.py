"""Stage: one role for every numeral of the text. Figures, periods and phrases in, ledger rows out.

A run of digits is one numeral with its decimal part; a Chinese numeral stands in the ledger when it quantifies, dates
or numbers something. Where nothing has claimed a numeral its row says so (`rule` = `unclaimed`), so that nothing is
lost in silence; an Arabic numeral without claim counts as part of a name, a Chinese one as an idiom.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from extract.document import Document
from extract.figures import Figure
from extract.grammar.mentions import Numeral
from extract.markup import find_hidden_digits
from extract.mentions import Mentions
from extract.patterns import Pattern

Claim = tuple[int, int, str, str, str | None]


def build_ledger(
    doc: Document,
    mentions: Mentions,
    figures: list[Figure],
    records: dict[int, str],
    tables: Sequence[tuple[int, int, str, str]] = (),
) -> list[dict[str, Any]]:
    """One row per numeral, in reading order; `records` maps a figure's reading start to its record id.

    `tables` are the spans, roles and rules that the cells, captions and heads of text tables claim.
    """
    claims = _claims(mentions, figures, records)
    if tables:
        # what a table says of its numerals wins over what they look like
        taken = sorted((start, end) for start, end, _, _ in tables)
        firsts = [start for start, _ in taken]
        claims = [c for c in claims if not _overlaps(taken, firsts, c[0], c[1]) or c[1] - c[0] > 400]
        claims += [(start, end, role, rule, records.get(start)) for start, end, role, rule in tables]
        claims.sort(key=lambda claim: (claim[0], claim[1]))
    starts = [claim[0] for claim in claims]
    rows: list[dict[str, Any]] = []
    cells = [Numeral(start, end, None) for start, end, _, _ in tables if start in records]
    for numeral in _numerals(doc, mentions, cells):
        start, end = doc.reading.raw_span(numeral.start, numeral.end)
        role, rule, record_id = _role(doc.reading.text, claims, starts, numeral.start, numeral.end)
        value = _float(numeral.value)
        rows.append(_row(doc, start, end, value=value, role=role, record_id=record_id, rule=rule))
    for start, end in find_hidden_digits(doc.text):
        rows.append(_row(doc, start, end, value=None, role="artefact", record_id=None, rule="artefact.markup"))
    rows.sort(key=lambda row: row["char_start"])
    articles = [(a.start, a.end, f"{doc.issue_id}/{a.position:02d}") for a in doc.articles]
    article_starts = [a[0] for a in articles]
    for row in rows:
        at = bisect_right(article_starts, row["char_start"]) - 1
        if at >= 0 and row["char_start"] < articles[at][1]:
            row["article_id"] = articles[at][2]
    return rows


def _row(doc: Document, start: int, end: int, **fields: Any) -> dict[str, Any]:
    """One row of the ledger, its article left open."""
    place = {"char_start": start, "char_end": end, "surface": doc.text[start:end]}
    return {"issue_id": doc.issue_id, "article_id": None, **place, **fields}


# so many claims may begin between a numeral and the one that holds it
_FARTHEST = 12
_ENCLOSED = re.compile("[①-⓿❶-➓]")


_LETTERED = frozenset(["name.quoted", "name.top_list", "condition.magnitude", "ordinal.meeting", "ordinal.session"])
_POINTS = ",.．，点"
_RUN = Pattern("[〇零一二两三四五六七八九十百千万亿]+")


def _numerals(doc: Document, mentions: Mentions, cells: list[Numeral]) -> list[Numeral]:
    """Every numeral once: as a quantity reads it, outside of quantities as found or as a period reads it; and those of
    `cells`, in which nothing of this is."""
    read = [n for q in mentions.quantities for n in q.numerals or (Numeral(q.start, q.end, q.value),)]
    found = list(mentions.numerals) + [n for p in mentions.periods for n in p.numerals]
    for phrase in mentions.phrases:
        if phrase.rule in _LETTERED:
            found += [
                Numeral(m.start(), m.end(), None) for m in _RUN.finditer(doc.reading.text, phrase.start, phrase.end)
            ]
    found += [Numeral(m.start(), m.end(), None) for m in _ENCLOSED.finditer(doc.reading.text)]
    read = _without_overlap(read)
    starts = [n.start for n in read]
    free: list[Numeral] = []
    for numeral in found:
        last = bisect_left(starts, numeral.end) - 1
        if last < 0 or read[last].end <= numeral.start:
            free.append(numeral)
        elif read[last].start > numeral.start or numeral.end > read[last].end:
            free += _outside(numeral, read[: last + 1], doc.reading.text)
    kept = _without_overlap(read + free)
    if not cells:
        return kept
    spans = [(n.start, n.end) for n in kept]
    firsts = [n.start for n in kept]
    return _without_overlap(kept + [n for n in cells if not _overlaps(spans, firsts, n.start, n.end)])


def _outside(numeral: Numeral, read: list[Numeral], text: str) -> Iterator[Numeral]:
    """What is left of a numeral of which quantities have read a part: of 3.5 in 5G3.5 the 3."""
    end = numeral.end
    for other in reversed(read):
        if other.end <= numeral.start:
            break
        yield from _rest(text, other.end, end)
        end = other.start
    yield from _rest(text, numeral.start, end)


def _rest(text: str, start: int, end: int) -> Iterator[Numeral]:
    """A stretch of a numeral without the points at its edges, if anything is left."""
    while start < end and text[start] in _POINTS:
        start += 1
    while start < end and text[end - 1] in _POINTS:
        end -= 1
    if start < end:
        digits = text[start:end]
        yield Numeral(start, end, Decimal(digits) if digits.isdecimal() else None)


def _without_overlap(found: list[Numeral]) -> list[Numeral]:
    """The numerals in order, the longest of those that begin at one place."""
    found.sort(key=lambda n: (n.start, -n.end))
    kept: list[Numeral] = []
    for numeral in found:
        if not kept or numeral.start >= kept[-1].end:
            kept.append(numeral)
    return kept


def _float(value: Decimal | None) -> float | None:
    """The value as a 64-bit number, None when it has none or is too large for one."""
    if value is None:
        return None
    number = float(value)
    return number if isfinite(number) else None


def _overlaps(taken: list[tuple[int, int]], firsts: list[int], start: int, end: int) -> bool:
    at = bisect_right(firsts, end - 1) - 1
    return at >= 0 and taken[at][1] > start


def _claims(mentions: Mentions, figures: list[Figure], records: dict[int, str]) -> list[Claim]:
    claims: list[Claim] = [(p.start, p.end, p.role, p.rule, None) for p in mentions.phrases]
    for p in mentions.periods:
        # 三年行动: the years belong to the programme's name
        role = "name" if p.rule.endswith("programme") else "date"
        claims.append((p.start, p.end, role, f"{role}.{p.rule}", None))
    read = {figure.start for figure in figures}
    for quantity in mentions.quantities:
        # a doubling in a title or a slogan is its name
        if not quantity.numerals and quantity.start not in read:
            claims.append((quantity.start, quantity.end, "name", "name.doubling", None))
    for figure in figures:
        assert figure.role is not None
        claims.append((figure.start, figure.end, figure.role, figure.rule, records.get(figure.start)))
    return sorted(claims, key=lambda claim: (claim[0], claim[1]))


def _role(text: str, claims: list[Claim], starts: list[int], start: int, end: int) -> tuple[str, str, str | None]:
    """The narrowest claim that holds the numeral; blocks (contents, masthead) are the widest."""
    best: Claim | None = None
    at = bisect_right(starts, start)
    for claim in reversed(claims[max(at - _FARTHEST, 0) : at]):
        if claim[1] >= end and (best is None or claim[1] - claim[0] < best[1] - best[0]):
            best = claim
    if best is None:
        return ("name" if text[start].isdigit() else "idiom"), "unclaimed", None
    return best[2], best[3], best[4]
