"""The labelled entries, read as a journal's chronicle: date, kind, title, place, persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from corpus.chronicle import ENTRIES, Entry
from extract.chronicle import find_events
from extract.chronicle.acts import find_act
from extract.chronicle.persons import find_mentions
from extract.document import Document, IssueHead
from extract.models import Event, Participant
from extract.structure import read_structure

RAW = "大事记\n\n" + "\n\n".join(entry.text for entry in ENTRIES) + "\n"


@pytest.fixture(scope="module")
def rows() -> list[tuple[Event, list[Participant]]]:
    doc = replace(
        read_structure(Document("journal", RAW)), head=IssueHead(year=2022, number=12, date=dt.date(2022, 12, 31))
    )
    result = find_events(doc)
    assert result.refusals == ()
    assert result.notes == ()
    return [(e, [p for p in result.participants if p.event_id == e.event_id]) for e in result.events]


def test_every_entry_is_an_event(rows: list[tuple[Event, list[Participant]]]) -> None:
    assert len(ENTRIES) >= 60
    assert [RAW[event.char_start : event.char_end] for event, _ in rows] == [entry.text for entry in ENTRIES]


@pytest.mark.parametrize(("i", "entry"), list(enumerate(ENTRIES)), ids=[entry.text[:12] for entry in ENTRIES])
def test_entry(i: int, entry: Entry, rows: list[tuple[Event, list[Participant]]]) -> None:
    event, participants = rows[i]
    assert (event.date, event.date_end, event.precision) == (dt.date.fromisoformat(entry.date), None, "day")
    assert (event.kind, event.title, event.place) == (entry.kind, entry.title, entry.place)
    assert tuple((p.name, tuple(p.posts), p.role) for p in participants) == entry.people
    assert [RAW[p.char_start : p.char_end] for p in participants] == [name for name, _, _ in entry.people]
    assert [p.position for p in participants] == list(range(1, len(entry.people) + 1))


@pytest.mark.parametrize(
    ("text", "kind", "title", "place"),
    [
        ("县交通局在老街广场举行安全宣传咨询活动。", "other", "安全宣传咨询活动", "老街广场"),
        ("市信访接访工作领导小组召开会议，研究积案化解。", "meeting", "会议", None),
        ("县长顾南亭签到后离开。", "other", None, None),
        ("县委常委会会议研究部署防汛工作。", "meeting", "县委常委会会议", None),
        ("双报到工作有序推进。", "other", None, None),
        ("近年来，全县经济平稳运行。", "other", None, None),
        ("县检查站投入使用。", "other", "县检查站投入使用", None),
        ("副县长秦朗到河湾乡、石塘镇等地就春耕工作进行调研。", "inspection", "调研", "河湾乡、石塘镇"),
        ("在上级党委的正确领导下召开会议。", "meeting", "会议", None),
        ("", "other", None, None),
    ],
)
def test_acts(text: str, kind: str, title: str | None, place: str | None) -> None:
    act = find_act(text, find_mentions(text))
    assert (act.kind, act.title, act.place) == (kind, title, place)
