"""Lines to blocks, and blocks to the reading.

Needs the folded text, a `Plan` with the part of every line, and the article of every line; gives the reading and the
blocks that cover it. Everything visible is in the reading, marks and running heads too, each in a block of its kind:
the ledger needs every digit. Left out are line ends inside a paragraph, the typesetter's spaces, characters without
a shape, the hashes of Markdown headings and the rules and bars of tables.

Every block of the reading ends with a line feed, whose offset is that of the block's end in the raw text. Where two
digits or two Latin words meet at a line end, the line end stays as a space, but for a number cut by hard wrapping.

Why `re` for the scan for spaces: `regex` walks a class one by one, and takes five times as long.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extract.document import Block, Reading
from extract.headings import Sections, find_mark, is_heading, is_plain_heading, read_run_in
from extract.lines import SHAPELESS, Line
from extract.markup import UNSEEN
from extract.patterns import Pattern
from extract.pieces import Plan
from extract.press import find_closing_mark, is_spaced_out, is_view, opens_note
from extract.typography import (
    cut_share,
    find_tables,
    find_verse,
    find_wrap_width,
    goes_on,
    is_cut_number,
    is_finished,
    is_rule,
    starts_label,
)

_GAP = re.compile(rf"[ \t\n\f{SHAPELESS}{UNSEEN}]+")
_LATIN_BEFORE = Pattern(r"[\dA-Za-z%‰.,]")
_LATIN_AFTER = Pattern(r"[\dA-Za-z]")
_CHINESE_NUMERALS = frozenset("〇零○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億兩廿卅半")
_SPACED = frozenset(("title", "byline", "contents", "heading", "verse", "item"))
_LONGEST_ITEM = 60
_ASIDE = frozenset(("caption", "running_head", "mark"))
_MOST_CUT = 0.5
_FARTHEST = 8
_LONGEST_ASIDE = 80


@dataclass(slots=True)
class _Draft:
    """A block before it has a place in the reading: spans of the folded text, joined without a break.

    `whole` are the starts of spans that go on with the number the span before ends with.
    """

    kind: str
    spans: list[tuple[int, int]]
    article: int
    first: int
    last: int
    whole: set[int] = field(default_factory=set)


def build_reading(folded: str, plan: Plan, owners: Mapping[int, int]) -> tuple[Reading, tuple[Block, ...]]:
    """The reading of a folded text and its blocks; `owners` maps a line's index to the position of its article."""
    drafts = _draft_blocks(plan, owners)
    sections = _settle_sections(drafts, [_join(folded, draft) for draft in drafts])
    return _assemble(folded, drafts, sections)


def _draft_blocks(plan: Plan, owners: Mapping[int, int]) -> list[_Draft]:
    """The blocks in order; a caption found inside a paragraph comes after it."""
    lines = plan.lines
    text = [i for i in range(len(lines)) if i not in plan.parts]
    tables = find_tables(lines, text)
    prose = [i for i in text if i not in tables]
    wrap = find_wrap_width([lines[i] for i in prose])
    verse = find_verse(lines, prose, wrap)
    joins = wrap is not None or cut_share(lines, prose) <= _MOST_CUT
    ends = {max((i for i in range(piece.body, piece.end) if i not in plan.parts), default=-1) for piece in plan.pieces}
    drafts: list[_Draft] = []
    open_draft: _Draft | None = None
    for i, line in enumerate(lines):
        article = owners.get(i, 0)
        kind = plan.parts.get(i) or ("table_row" if i in tables else "verse" if i in verse else "paragraph")
        if kind == "paragraph" and is_rule(line.text):
            kind = "mark"
        if kind == "paragraph" and open_draft is not None and joins:
            if _is_aside(plan, open_draft, i):
                kind = "caption"
            elif open_draft.article == article and _extends(lines, open_draft, i, wrap):
                more = _draft_line(line, i, kind, article, None, i in ends)
                open_draft.spans.extend(more[0].spans)
                if is_cut_number(lines[open_draft.last], line, wrap):
                    open_draft.whole.add(line.start)
                open_draft.last = i
                drafts.extend(more[1:])
                continue
        if kind == "note" and drafts and drafts[-1].kind == "note" and opens_note(lines[drafts[-1].last].text):
            drafts[-1].spans.append((line.start, line.end))
            continue
        new = _draft_line(line, i, kind, article, tables.get(i), i in ends)
        drafts.extend(new)
        if kind not in _ASIDE:
            open_draft = new[0] if kind == "paragraph" and len(new) == 1 else None
    return drafts


def _extends(lines: Sequence[Line], draft: _Draft, i: int, wrap: int | None) -> bool:
    """Whether a line goes on with a paragraph begun before."""
    first, last = lines[draft.first], lines[draft.last]
    return i - draft.last <= _FARTHEST and goes_on(last, lines[i], first.text, wrap, i != draft.last + 1)


def _is_aside(plan: Plan, draft: _Draft, i: int) -> bool:
    """Whether a line without a credit stands as a caption between the two halves of a paragraph."""
    lines, line = plan.lines, plan.lines[i]
    last = lines[draft.last].text
    if line.gap < 2 or i + 1 >= len(lines) or i + 1 in plan.parts or is_finished(last) or "，" not in last:
        return False
    plain = len(line.text) <= _LONGEST_ASIDE and not is_finished(line.text) and not starts_label(line.text)
    return plain and (is_view(line.text) or "，" not in line.text) and "。" in lines[i + 1].text


def _draft_line(
    line: Line, i: int, kind: str, article: int, cells: Sequence[tuple[int, int]] | None, last: bool
) -> list[_Draft]:
    """The block of one line, and the closing mark split off its end."""
    start, end = line.start, line.end
    if kind == "table_row":
        spans = [(start + a, start + b) for a, b in cells or ()]
        return [_Draft(kind, spans, article, i, i)] if spans else []
    if kind == "title" and (mark := find_mark(line.text)) is not None:
        start += mark.start
    if kind in ("paragraph", "verse") and (at := find_closing_mark(line.text, last)) is not None:
        text_end = line.start + len(line.text[:at].rstrip())
        mark_draft = _Draft("mark", [(line.start + at, end)], article, i, i)
        return [_Draft(kind, [(start, text_end)], article, i, i), mark_draft]
    return [_Draft(kind, [(start, end)], article, i, i)]


def _join(folded: str, draft: _Draft) -> str:
    """The text of a draft, spaces left in."""
    return "".join(folded[start:end] for start, end in draft.spans)


def _settle_sections(drafts: Sequence[_Draft], texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The headings above every draft; drafts that turn out to be headings get that kind."""
    sections = Sections()
    found: list[tuple[str, ...]] = []
    article = 0
    for k, (draft, text) in enumerate(zip(drafts, texts, strict=True)):
        if draft.article != article:
            article = draft.article
            sections.clear()
        above = sections.titles()
        if article and draft.kind == "paragraph":
            above = _settle_paragraph(draft, text, sections, _has_text_below(drafts, texts, k))
        found.append(above if article else ())
    return found


def _settle_paragraph(draft: _Draft, text: str, sections: Sections, text_below: bool) -> tuple[str, ...]:
    """The headings that hold for a paragraph; a heading enters them, and one run into its paragraph counts for it."""
    mark = find_mark(text)
    sections.leave_table()
    above = sections.titles()
    if is_heading(text, mark) and mark is not None:
        draft.kind = "heading"
        start, end = draft.spans[0]
        draft.spans[0] = (start + mark.start, end)
        sections.enter_mark(mark, _clean(text[mark.start :]))
    elif mark is not None and (title := read_run_in(text, mark)) is not None:
        return sections.enter_run_in(mark, _clean(title))
    elif mark is None and text_below and is_plain_heading(text):
        draft.kind = "heading"
        sections.enter_plain(_clean(text))
    return above


def _has_text_below(drafts: Sequence[_Draft], texts: Sequence[str], k: int) -> bool:
    """Whether prose follows a draft in the same article."""
    if k + 1 == len(drafts) or drafts[k + 1].article != drafts[k].article or len(drafts[k].spans) > 1:
        return False
    return drafts[k + 1].kind == "paragraph" and "。" in texts[k + 1]


def _clean(title: str) -> str:
    """A heading as it is read: no line ends, spaces only between words."""
    return "".join(title[start:end] + space for start, end, space in _visible(title, 0, len(title), "heading"))


def _visible(folded: str, start: int, end: int, kind: str) -> list[tuple[int, int, str]]:
    """The visible stretches of a span, each with the space that stays behind it ("" or one space)."""
    if _GAP.search(folded, start, end) is None:
        return [(start, end, "")]
    if kind in _SPACED and is_spaced_out(folded[start:end]):
        kind = "paragraph"
    stretches: list[tuple[int, int, str]] = []
    at = start
    for gap in _GAP.finditer(folded, start, end):
        a, b = gap.span()
        space = " " if a > at and b < end and _keeps_space(folded[a - 1], folded[b], gap[0], kind) else ""
        if a > at:
            stretches.append((at, a, space))
        at = b
    if at < end:
        stretches.append((at, end, ""))
    return stretches


def _keeps_space(before: str, after: str, gap: str, kind: str) -> bool:
    """Whether a gap parts what must not be read as one: two numbers, two Latin words, two parts of a title.

    What has no shape parts nothing: a reader sees one number.
    """
    if _LATIN_BEFORE.match(before) and _LATIN_AFTER.match(after):
        return bool(gap.strip(SHAPELESS + UNSEEN))
    if before in _CHINESE_NUMERALS and after in _CHINESE_NUMERALS and gap.count(" ") + gap.count("\t") > 1:
        return True
    if gap.strip(" \t\n"):
        return False
    if kind in ("byline", "contents"):
        return True
    parted = before not in "）、.：，。" and after not in "，。、）"
    return kind in _SPACED and parted and before.isdigit() is after.isdigit() is False


@lru_cache(maxsize=1)
def _count(size: int) -> array[int]:
    """The numbers below a size: slices of it are offsets, far cheaper than counting each time."""
    return array("l", range(size))


def _assemble(
    folded: str, drafts: Sequence[_Draft], sections: Sequence[tuple[str, ...]]
) -> tuple[Reading, tuple[Block, ...]]:
    """The reading and the blocks of the drafts."""
    places = _count(1 << len(folded).bit_length())
    parts: list[str] = []
    offsets = array("l")
    blocks: list[Block] = []
    for draft, section in zip(drafts, sections, strict=True):
        start = len(offsets)
        setting = "item" if draft.kind == "paragraph" and _is_item(folded, draft) else draft.kind
        for first, last in draft.spans:
            parted = len(offsets) > start and first not in draft.whole
            if parted and (joint := _joint(parts[-1][-1], folded[first], draft.kind)):
                parts.append(joint)
                offsets.append(offsets[-1] + 1)
            for a, b, space in _visible(folded, first, last, setting):
                parts.append(folded[a:b] + space if space else folded[a:b])
                offsets += places[a : b + len(space)]
        blocks.append(Block(draft.kind, start, len(offsets), draft.article, section))
        parts.append("\n")
        offsets.append(draft.spans[-1][1])
    offsets.append(len(folded))
    return Reading("".join(parts), offsets), tuple(blocks)


def _is_item(folded: str, draft: _Draft) -> bool:
    """Whether a paragraph is one short line without a comma, whose spaces part its clauses as in a headline."""
    start, end = draft.spans[0]
    short = len(draft.spans) == 1 and end - start <= _LONGEST_ITEM
    return short and folded.find("，", start, end) < 0 and folded.find("。", start, end) < 0


def _joint(before: str, after: str, kind: str) -> str:
    """What stands between two spans of one block: a tab between cells, a space between two numbers or Latin words."""
    if kind == "table_row":
        return "\t"
    return " " if _LATIN_BEFORE.match(before) and _LATIN_AFTER.match(after) else ""
