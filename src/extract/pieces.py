"""The pieces of a document as stretches of lines.

Needs lines; gives a `Plan`: the part that each line plays where its words settle it, and the pieces. A piece that the
contents list starts at its title; one that they do not list is seen by its title after a closing note, or by its
title and byline. A document without contents and masthead is one piece.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.contents import Body, Listing, Match, find_contents, find_masthead, may_be_title, normalise
from extract.headings import find_mark
from extract.lines import Line
from extract.notes import read_byline, read_credit, read_date
from extract.patterns import Pattern
from extract.press import (
    find_running_heads,
    has_label,
    is_caption,
    is_credit,
    is_mark,
    is_note,
    is_view,
    load_kinds,
    opens_note,
    squash,
)

_SHORT = 40
_SHORTEST_PROSE = 20
_LONGEST_VIEW = 80
_LONGEST_TITLE_LINES = 3
_DANGLING = "与和及暨的、"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: lines `[start, end)`, of which the title's are `[start, body)`; `kind` where its place tells it."""

    start: int
    end: int
    body: int
    match: Match | None = None
    kind: str | None = None


@dataclass(slots=True)
class Plan:
    """The lines of a document, the part each plays, and the pieces in order.

    `parts` maps a line's index to a kind of block; a line without a part is text. `single` says that the document is
    one piece, and no issue of several. `notes` say what contents and body do not agree on.
    """

    lines: tuple[Line, ...]
    parts: dict[int, str] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    masthead: tuple[int, int] | None = None
    listing: Listing | None = None
    single: bool = True


def plan_pieces(lines: tuple[Line, ...]) -> Plan:
    """The plan of a document."""
    masthead = find_masthead(lines)
    listing = find_contents(lines, masthead)
    plan = Plan(lines, masthead=masthead, listing=listing)
    _settle_lines(plan)
    if listing is not None and _lists_chapters(listing):
        plan.listing = None
    elif listing is not None:
        plan.pieces.append(Piece(listing.start, listing.end, listing.start + 1, kind="contents"))
    if masthead is not None:
        plan.pieces.append(Piece(*masthead, masthead[0], kind="masthead"))
    plan.single = masthead is None and plan.listing is None
    if not plan.single:
        _add_pieces(plan)
        plan.single = not any(piece.kind is None or piece.match for piece in plan.pieces)
    if plan.single:
        plan.pieces.clear()
        _add_single(plan)
    plan.pieces.sort(key=lambda piece: piece.start)
    return plan


def _lists_chapters(listing: Listing) -> bool:
    """Whether the contents are those of a book, whose chapters are sections of one piece."""
    return sum(1 for entry in listing.entries if find_mark(entry.text)) * 2 > len(listing.entries)


def _settle_lines(plan: Plan) -> None:
    """Give a part to the lines that their own words settle: running heads, marks, closing notes, captions."""
    heads = find_running_heads(plan.lines) | _find_column_heads(plan)
    open_note = False
    for i, line in enumerate(plan.lines):
        text = line.text
        if open_note:
            plan.parts[i] = "note"
            open_note = "）" not in text
        elif i in heads:
            plan.parts[i] = "running_head"
        elif is_mark(text):
            plan.parts[i] = "mark"
        elif is_note(text):
            plan.parts[i] = "note"
            open_note = opens_note(text)
        elif is_caption(text):
            plan.parts[i] = "caption"
            if is_credit(text) and i and i - 1 not in plan.parts and _may_be_view(plan.lines[i - 1].text):
                plan.parts[i - 1] = "caption"
    for i in range(*(plan.masthead or (0, 0))):
        plan.parts[i] = "masthead"
    for i in range(plan.listing.start, plan.listing.end) if plan.listing else ():
        if plan.parts.get(i) != "caption":
            plan.parts[i] = "contents"


def _find_column_heads(plan: Plan) -> set[int]:
    """Lines that repeat the name of a column above its pieces."""
    entries = plan.listing.entries if plan.listing else ()
    listed = {normalise(words) for entry in entries for words in (entry.text, *entry.parts)}
    columns = {normalise(entry.column) for entry in entries if entry.column} - listed
    return {i for i, line in enumerate(plan.lines) if len(line.text) <= _SHORT and normalise(line.text) in columns}


def _may_be_view(text: str) -> bool:
    """Whether the line above a credit is what the photograph shows."""
    prose = text[-1] not in "，、；" and not text[-1].isdecimal() and "\t" not in text and "|" not in text
    return len(text) <= _LONGEST_VIEW and prose and find_mark(text) is None


def _add_pieces(plan: Plan) -> None:
    """Find the pieces of an issue: the listed ones at their titles, the others in what those leave."""
    fixed = list(plan.pieces)
    taken = {i for piece in fixed for i in range(piece.start, piece.end)}
    matches = _match_entries(plan, taken)
    edges = {0, len(plan.lines), *matches, *(edge for piece in fixed for edge in (piece.start, piece.end))}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        if start in taken:
            continue
        match = matches.get(start)
        if match is not None:
            stop = _find_close(plan, match.end, end)
            plan.pieces.append(Piece(start, stop, match.end, match))
            start = stop
        _add_unlisted(plan, start, end, first=match is None and not any(other < start for other in matches))


def _match_entries(plan: Plan, taken: set[int]) -> dict[int, Match]:
    """The entries of the contents found in the body, by the first line of their titles."""
    if plan.listing is None:
        return {}
    body = Body(plan.lines, taken | plan.parts.keys())
    listed = {normalise(entry.text) for entry in plan.listing.entries}
    matches: dict[int, Match] = {}
    column: str | None = None
    for entry in plan.listing.entries:
        match = body.find(entry, listed)
        if match is None or match.start in matches:
            plan.notes.append(f"in the contents on page {entry.page}, not in the body: {entry.text}")
            continue
        column = match.column or column  # a column's name holds until the next one
        matches[match.start] = replace(match, column=column)
        if not match.exact:
            title = " ".join(line.text for line in plan.lines[match.start : match.end])
            plan.notes.append(f"on page {entry.page} the contents print: {entry.text}; the body prints: {title}")
    return matches


def _add_unlisted(plan: Plan, start: int, end: int, *, first: bool) -> None:
    """Find the pieces in a stretch of lines that no listed piece takes; before the `first` one stands the cover's."""
    i = start
    while i < end:
        body = _find_title_end(plan, i, end)
        if body is None:
            i += 1
            continue
        stop = _find_close(plan, body, end)
        before_contents = plan.listing is not None and i < plan.listing.start
        plan.pieces.append(Piece(i, stop, body, kind="cover" if first and before_contents else None))
        if plan.listing is not None:
            plan.notes.append(f"in the body, not in the contents: {plan.lines[i].text}")
        first = False
        i = stop


def _find_title_end(plan: Plan, i: int, end: int) -> int | None:
    """The line after the title that starts at line `i`, if a byline or text follows it; None for any other line."""
    lines, parts = plan.lines, plan.parts
    if i in parts or not may_be_title(lines[i].text) or read_byline(lines[i].text) is not None:
        return None
    body = i + 1
    while body < min(end, i + _LONGEST_TITLE_LINES) and lines[body].gap == 0 and may_be_title(lines[body].text):
        body += 1
    j = body
    while j < end and (parts.get(j) in ("caption", "mark", "running_head") or _stands_above(lines[j].text)):
        j += 1
    return body if j < end and j not in parts and _is_prose(lines[j].text) else None


def _stands_above(text: str) -> bool:
    """Whether a line under a title stands above its text: byline, subtitle, salutation, first heading."""
    if "。" in text:
        return False
    return text.startswith("——") or text[-1] == "：" or find_mark(text) is not None or read_byline(text) is not None


def _is_prose(text: str) -> bool:
    """Whether a line is text of a piece, and not one more line of a cover."""
    return "。" in text or len(text) > _LONGEST_VIEW or (len(text) >= _SHORTEST_PROSE and "，" in text)


def _find_close(plan: Plan, start: int, end: int) -> int:
    """The line after the piece whose text starts at line `start`.

    That is after its closing notes, before another title with a byline, or after the last line that is text.
    """
    lines, parts = plan.lines, plan.parts
    stop = end
    for i in range(start, end):
        if parts.get(i) == "note" and (_closes(lines[i].text) or _ends_before_another(plan, start, i, end)):
            while i + 1 < end and parts.get(i + 1) in ("note", "mark"):
                i += 1
            return i + 1
        if i > start and lines[i].gap and _starts_piece(plan, i, end):
            stop = i
            break
    while stop > start + 1 and _stands_outside(plan, stop - 1):
        stop -= 1
    return stop


def _ends_before_another(plan: Plan, start: int, i: int, end: int) -> bool:
    """Whether the only credit of a stretch (…供稿, 作者单位) ends its piece, another title with text standing below."""
    credits = [k for k in range(start, end) if plan.parts.get(k) == "note" and read_credit(plan.lines[k].text)]
    below = next((k for k in range(i + 1, end) if plan.parts.get(k) not in ("caption", "note", "mark")), end)
    return credits == [i] and below < end and _find_title_end(plan, below, end) is not None


def _closes(text: str) -> bool:
    """Whether a note ends its piece for good: proofreader, editor, or where the text was delivered."""
    return has_label("proofreader", text) or has_label("editor", text) or text[1:3] in ("本文", "此文", "这是")


def _starts_piece(plan: Plan, i: int, end: int) -> bool:
    """Whether a title with a byline of post and name starts at line `i`."""
    if i in plan.parts or len(plan.lines[i].text) > _SHORT:
        return False
    body = _find_title_end(plan, i, end)
    if body is None or body >= end or body in plan.parts:
        return False
    byline = read_byline(plan.lines[body].text)
    return byline is not None and bool(byline.posts)


def _stands_outside(plan: Plan, i: int) -> bool:
    """Whether the last line of a stretch is no part of the piece: a caption, a label, a line like a title."""
    part, line = plan.parts.get(i), plan.lines[i]
    if part in ("caption", "running_head"):
        return True
    if part is not None or line.gap == 0:
        return False
    orphan = len(line.text) <= _SHORT and may_be_title(line.text) and line.text[-1] not in "！？”…"
    return orphan or is_view(line.text) or has_label("masthead", line.text)


def _add_single(plan: Plan) -> None:
    """Make the whole document one piece."""
    end = len(plan.lines)
    start = 0
    if _opens_with_running_head(plan):
        plan.parts[start] = "running_head"
    while start < end and plan.parts.get(start) in ("running_head", "mark"):
        start += 1
    if start == end:
        start = 0
    body = start
    while body < min(start + _LONGEST_TITLE_LINES, end) and _is_title_line(plan, start, body):
        body += 1
    if end:
        plan.pieces.append(Piece(start, end, body))


def _opens_with_running_head(plan: Plan) -> bool:
    """Whether the first line is the running head of the later pages, the document's own title standing below it."""
    lines = plan.lines
    if len(lines) < 2 or 0 in plan.parts or 1 in plan.parts:
        return False
    heads = {normalise(lines[i].text) for i, part in plan.parts.items() if part == "running_head"}
    below = lines[1].text
    titled = below.startswith("# ") or any(word in squash(below) for kinds in load_kinds() for word in kinds.title)
    return normalise(lines[0].text) in heads and titled and (may_be_title(below) or below.startswith("# "))


_FILED = Pattern(r"（\p{Han}{2,8}）(?=[^。]{6,}+$)")


def _is_title_line(plan: Plan, start: int, i: int) -> bool:
    """Whether line `i` of a document's head belongs to the title that starts at line `start`."""
    text = plan.lines[i].text
    if i == start and i not in plan.parts and (filed := _FILED.match(text)) is not None:
        # （某省）2019年某县人民政府工作报告: filed under the province
        return may_be_title(text[filed.end() :])
    if i in plan.parts or not (may_be_title(text) or text.startswith("# ")):
        return False
    if i == start:
        return True
    words = [word for kinds in load_kinds() for word in kinds.title]
    above = plan.lines[i - 1].text
    if above[-1] in _DANGLING and plan.lines[i].gap == 0:
        return True
    whole = any(word in squash(line.text) for line in plan.lines[start:i] for word in words)
    named = read_date(text) is not None or read_byline(text) is not None or "会议上" in text
    return not whole and not named and any(word in squash(text) for word in words)
