"""The pieces of a document described: title, column, authors, occasion, and the part of every line.

Needs a `Plan`; gives one `ArticleSpan` per piece, and the kind of block of the lines that stand around its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extract.document import ArticleSpan
from extract.headings import find_mark
from extract.lexicon.loader import load_toml
from extract.lines import SHAPELESS
from extract.markup import UNSEEN
from extract.notes import (
    Byline,
    read_byline,
    read_credit,
    read_date,
    read_note_name,
    read_occasion,
    read_speaker,
)
from extract.patterns import Pattern
from extract.pieces import Piece, Plan
from extract.press import is_imprint, is_spaced_out, load_kinds, read_label, squash
from extract.typography import find_verse, find_wrap_width

_LONGEST_HEAD = 6
_LONGEST_HEAD_LINE = 80
_LONGEST_BODY = 40
_SHOW = Pattern(r"(\p{Han}{2,4}?)(?:同志)?(?:书法|篆刻|书画|摄影|绘画|美术)作品")
_NO_SHAPE = Pattern(f"[{SHAPELESS}{UNSEEN}]")
_SPEECH = Pattern("上的?(?:讲话|致辞|发言|演讲)")
_NAME = Pattern(r"\p{Han}{2,4}$|\p{Han}{2,7}·\p{Han}{1,7}$")
_NO_HEAD_LINE = Pattern(r"[，；]|[：！？]$|。.")
_GIVEN_AT = ("本文", "此文", "这是", "根据")


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands between a piece's title and its text."""

    bylines: tuple[Byline, ...] = ()
    occasion: str | None = None
    occasion_date: date | None = None


def find_articles(plan: Plan) -> tuple[tuple[ArticleSpan, ...], dict[int, int]]:
    """The articles in order, and the article of every line that belongs to one; adds to the plan's parts.

    Lines that belong to no article (covers, captions between pieces) are not among the keys.
    """
    owners: dict[int, int] = {}
    articles: list[ArticleSpan] = []
    for position, piece in enumerate(plan.pieces, 1):
        owners.update(dict.fromkeys(range(piece.start, piece.end), position))
        articles.append(_describe(plan, piece, position))
    first = plan.pieces[0].start if plan.pieces else 0
    for i, line in enumerate(plan.lines):
        if i not in owners and i not in plan.parts:
            plan.parts[i] = "masthead" if i < first or is_imprint(line.text) else "caption"
    return tuple(articles), owners


def _describe(plan: Plan, piece: Piece, position: int) -> ArticleSpan:
    """The row of one piece."""
    lines = plan.lines
    start, end = lines[piece.start].start, lines[piece.end - 1].end
    if piece.kind in ("masthead", "contents"):
        title = lines[piece.start].text if piece.kind == "contents" else None
        return ArticleSpan(position, piece.kind, start, end, title=title)
    for i in range(piece.start, piece.body):
        plan.parts[i] = "title"
    title = " ".join(_clean_title(line.text) for line in lines[piece.start : piece.body]) or None
    head = _read_head(plan, piece)
    notes = [lines[i].text for i in range(piece.body, piece.end) if plan.parts.get(i) == "note"]
    authors, posts = _read_authors(head, notes, title or "")
    occasion, day = _read_occasion(head, notes)
    return ArticleSpan(
        position,
        piece.kind or _tell_kind(plan, piece, title or "", notes),
        start,
        end,
        title=title,
        column=piece.match.column if piece.match else None,
        authors=authors,
        author_posts=posts,
        page=piece.match.entry.page if piece.match else None,
        occasion=occasion,
        occasion_date=day,
        proofreader=next(filter(None, (read_label("proofreader", note) for note in notes)), None),
        editor=next(filter(None, (read_label("editor", note) for note in notes)), None),
    )


def _clean_title(text: str) -> str:
    """One line of a title: its parts with one space between, none where every character is set apart."""
    text = _NO_SHAPE.sub("", text.lstrip("# "))
    return squash(text) if is_spaced_out(text) else " ".join(text.split())


def _read_head(plan: Plan, piece: Piece) -> _Head:
    """What stands between title and text, its lines given the part of a byline or a title's second line."""
    hints = _hints(piece)
    bylines: list[Byline] = []
    occasion: str | None = None
    day: date | None = None
    for i in range(piece.body, min(piece.body + _LONGEST_HEAD, piece.end)):
        text = plan.lines[i].text
        if plan.parts.get(i) in ("caption", "mark", "running_head", "note"):
            continue
        byline = read_byline(text, hints)
        if byline is None and plan.single and _is_head_line(text):
            byline = read_speaker(text) or Byline(_read_bodies(text))
            found = read_occasion(text)
            occasion, day = occasion or found[0], day or found[1]
        if byline is not None:
            plan.parts[i] = "byline"
            bylines.append(byline)
        elif text.startswith("——") and "。" not in text:
            plan.parts[i] = "title"
        else:
            break
    return _Head(tuple(bylines), occasion, day)


def _hints(piece: Piece) -> tuple[str, ...]:
    """Names of authors that the contents may print behind the title: the last words, one or two of them."""
    rest = piece.match.rest if piece.match else ()
    names = [squash("".join(rest[k : k + n])) for k in range(len(rest)) for n in (1, 2)]
    return tuple(dict.fromkeys(name for name in names if _NAME.match(name)))


def _is_head_line(text: str) -> bool:
    """Whether a line at the head of a document says when, where or by which body it was given."""
    if len(text) > _LONGEST_HEAD_LINE or find_mark(text) is not None or _NO_HEAD_LINE.search(text):
        return False
    dated = read_date(text) is not None or "会议上" in text
    body = text.rstrip("）").endswith(tuple(load_toml("press")["bodies"]))
    return dated or (body and len(text) <= _LONGEST_BODY)


def _read_bodies(text: str) -> tuple[str, ...]:
    """The bodies that a line at the head of a document names, none for a line with a date."""
    if read_date(text) is not None or "会议上" in text:
        return ()
    return tuple(text.strip("（）").split())


def _read_authors(head: _Head, notes: Sequence[str], title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors and posts: from the bylines, else from the closing notes, else from the title of a show of works."""
    authors = tuple(name for byline in head.bylines for name in byline.authors)
    posts = tuple(post for byline in head.bylines for post in byline.posts)
    credits = [credit for credit in map(read_credit, notes) if credit is not None]
    for credit in credits:
        authors = authors or credit.authors
        posts = posts or credit.posts
    if not authors:
        named = read_note_name("".join(note for note in notes if note[1:3] in _GIVEN_AT))
        shown = _SHOW.match(squash(title))
        authors = (named,) if named else (shown[1],) if shown else ()
    return authors, posts


def _read_occasion(head: _Head, notes: Sequence[str]) -> tuple[str | None, date | None]:
    """Meeting and day of delivery: from the closing note, else from the head."""
    given = [i for i, note in enumerate(notes) if note[1:3] in _GIVEN_AT]
    if given:
        occasion, day = read_occasion("".join(notes[given[0] :]))
        if occasion is not None:
            return occasion, day
    return head.occasion, head.occasion_date if head.occasion else None


def _tell_kind(plan: Plan, piece: Piece, title: str, notes: Sequence[str]) -> str:
    """The kind of a piece, from the words of its title and column, its setting, or its closing note."""
    column = piece.match.column or "" if piece.match else ""
    flat = squash(title)
    for kinds in load_kinds():
        if any(word in flat for word in kinds.title) or any(word in column for word in kinds.column):
            return kinds.kind
    text = [i for i in range(piece.body, piece.end) if i not in plan.parts]
    wrap = find_wrap_width([plan.lines[i] for i in text])
    if len(text) > 7 and len(find_verse(plan.lines, text, wrap)) > len(text) * 0.6:
        return "poem"
    given = "".join(note for note in notes if note[1:3] in _GIVEN_AT)
    return "speech" if _SPEECH.search(squash(given)) else "other"
