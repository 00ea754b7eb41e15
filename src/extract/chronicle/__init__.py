"""The chronicle (大事记) and the dated captions as events with their participants.

Needs a document with its structure; gives rows of `events`, `event_participants` and `people`, and what was refused.
Chronicles are the articles of that kind, and a document of one piece most of whose lines begin with a date (a county
gazetteer that does not call itself a chronicle).

Where it is read: `entries` dated entries, `dates` their days, `persons` names, posts and roles, `acts` kind, title and
place, `captions` photo captions, `people` persons across events, `occasions` the link from a speech to its meeting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.chronicle.acts import Act, find_act
from extract.chronicle.captions import find_captions
from extract.chronicle.entries import Entry, Refusal, count_dated, find_entries
from extract.chronicle.occasions import link_occasions
from extract.chronicle.people import build_people
from extract.chronicle.persons import Mention, find_mentions
from extract.document import ArticleSpan, Block, Document
from extract.models import Event, Participant

__all__ = ["ChronicleResult", "Refusal", "build_people", "find_events", "link_occasions"]

_LEAST_DATED = 5


@dataclass(frozen=True, slots=True)
class ChronicleResult:
    """Events and participants in the order of the text, what was refused, and warnings in words."""

    events: tuple[Event, ...] = ()
    participants: tuple[Participant, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


def find_events(doc: Document) -> ChronicleResult:
    """The events of a document: one per dated entry of its chronicles and per dated caption of an act.

    An entry whose date cannot be, or whose year is printed nowhere, has no date: the first is refused by name, the
    second noted once per article.
    """
    head = doc.head
    month = head.date.month if head.date is not None else head.number
    events: list[Event] = []
    participants: list[Participant] = []
    refusals: list[Refusal] = []
    notes: list[str] = []
    for article, blocks in _chronicles(doc):
        found = find_entries(doc, blocks, head.year, month)
        refusals += found.refusals
        if found.lacks_year:
            notes.append(f"{doc.issue_id}/{article.position:02d}: entries without a year have no date")
        for entry in found.entries:
            mentions = find_mentions(entry.body)
            events.append(_build_event(doc, article.position, entry, find_act(entry.body, mentions), "chronicle"))
            participants += _build_participants(doc, events[-1].event_id, entry, mentions)
    for entry, act, mentions in find_captions(doc, head.year, month):
        events.append(_build_event(doc, _article_at(doc, entry.start), entry, act, "caption"))
        participants += _build_participants(doc, events[-1].event_id, entry, mentions)
    events.sort(key=lambda event: event.char_start)
    participants.sort(key=lambda participant: participant.char_start)
    return ChronicleResult(tuple(events), tuple(participants), tuple(refusals), tuple(notes))


def _chronicles(doc: Document) -> Iterator[tuple[ArticleSpan, list[Block]]]:
    """The articles that are chronicles, with their blocks; a document of one piece need not call itself one."""
    for article in doc.articles:
        if article.kind != "chronicle" and len(doc.articles) > 1:
            continue
        blocks = [block for block in doc.blocks if block.article == article.position]
        if article.kind == "chronicle" or _is_dated(doc, blocks):
            yield article, blocks


def _is_dated(doc: Document, blocks: list[Block]) -> bool:
    dated, lines = count_dated(doc, blocks)
    return dated >= _LEAST_DATED and 2 * dated >= lines


def _article_at(doc: Document, start: int) -> int:
    """Position of the article that holds a raw offset, or of the one before it; 1 before the first."""
    return max((article.position for article in doc.articles if article.start <= start), default=1)


def _build_event(doc: Document, article: int, entry: Entry, act: Act, source: str) -> Event:
    return Event(
        event_id=f"{doc.issue_id}:{entry.start}-{entry.end}",
        issue_id=doc.issue_id,
        article_id=f"{doc.issue_id}/{article:02d}",
        date=entry.date.first,
        date_end=entry.date.last,
        precision=entry.date.precision,
        source="caption" if source == "caption" else "chronicle",
        kind="caption" if source == "caption" else act.kind,
        title=act.title,
        place=act.place,
        text=entry.text,
        char_start=entry.start,
        char_end=entry.end,
    )


def _build_participants(
    doc: Document, event_id: str, entry: Entry, mentions: tuple[Mention, ...]
) -> Iterator[Participant]:
    for position, mention in enumerate(mentions, start=1):
        offsets = doc.reading.offsets
        yield Participant(
            event_id=event_id,
            issue_id=doc.issue_id,
            position=position,
            name=mention.name,
            posts=list(mention.posts),
            role=mention.role,
            char_start=offsets[entry.at[mention.start]],
            char_end=offsets[entry.at[mention.end - 1]] + 1,
        )
