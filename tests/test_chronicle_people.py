"""People across events, captions, and the link from a speech to its meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from extract.chronicle import build_people, find_events, link_occasions
from extract.document import Block, Document, IssueHead
from extract.models import Person
from extract.structure import read_structure


def people(*entries: str) -> list[Person]:
    doc = read_structure(Document("doc", "大事记\n\n" + "\n\n".join(entries) + "\n"))
    result = find_events(doc)
    return build_people(result.events, result.participants)


def test_one_row_per_person_with_posts_dates_and_roles() -> None:
    rows = people(
        "2019年3月4日，县委书记沈岳川主持召开县委常委会会议，县长顾南亭出席。",
        "2019年3月9日，县委副书记、县长顾南亭到河湾乡调研春耕生产。",
    )
    assert [row.name for row in rows] == ["沈岳川", "顾南亭"]
    mayor = rows[1]
    assert mayor.posts == ["县长", "县委副书记"]
    assert mayor.posts_first == [dt.date(2019, 3, 4), dt.date(2019, 3, 9)]
    assert mayor.posts_last == [dt.date(2019, 3, 9), dt.date(2019, 3, 9)]
    assert (mayor.first_date, mayor.last_date, mayor.events) == (dt.date(2019, 3, 4), dt.date(2019, 3, 9), 2)
    assert (mayor.chair, mayor.speak, mayor.deploy, mayor.lead, mayor.attend, mayor.observe) == (0, 0, 0, 1, 1, 0)
    assert not mayor.ambiguous


@pytest.mark.parametrize(
    ("first", "second", "persons", "ambiguous"),
    [
        ("县长", "县委副书记、县长", 1, False),
        ("县委书记", "书记", 1, False),
        ("省人大代表", "县教育局局长", 1, False),
        ("副县长", "县水利局工程师", 1, True),
        ("副县长", "县长", 1, True),
    ],
)
def test_one_name_with_two_posts(first: str, second: str, persons: int, ambiguous: bool) -> None:
    rows = people(f"2019年3月4日，{first}万里参加座谈会。", f"2019年3月9日，{second}万里参加座谈会。")
    assert [row.ambiguous for row in rows] == [ambiguous] * persons


def test_heads_of_two_places_at_one_time_are_two_persons() -> None:
    rows = people(
        "2019年3月4日，云溪县县长万里参加座谈会。",
        "2019年3月9日，石塘县县长万里参加座谈会。",
        "2019年3月12日，云溪县县长万里参加座谈会。",
    )
    assert [(row.posts, row.events, row.ambiguous) for row in rows] == [
        (["云溪县县长"], 2, False),
        (["石塘县县长"], 1, False),
    ]


def test_who_moves_from_one_place_to_another_is_flagged() -> None:
    rows = people("2019年3月4日，云溪县县长万里参加座谈会。", "2019年8月9日，石塘县县长万里参加座谈会。")
    assert [(row.posts, row.ambiguous) for row in rows] == [(["云溪县县长", "石塘县县长"], True)]


CAPTIONS = (
    "封面：2021年5月6日，全县产业发展大会在云溪会堂召开。",
    "4月2日，县委书记沈岳川到石塘镇调研春耕生产。毛锐/摄",
    "云溪县新能源产业园车间",
    "2021年5月7日，晨曦中的云溪大桥。",
    "2021年2月30日，全县产业发展大会召开。",
)


def test_captions() -> None:
    text = "\n".join(CAPTIONS)
    doc = read_structure(Document("doc", text))
    spans = [(text.index(caption), text.index(caption) + len(caption)) for caption in CAPTIONS]
    reading = replace(doc.reading, text=text, offsets=type(doc.reading.offsets)("l", range(len(text) + 1)))
    blocks = tuple(Block("caption", start, end, 1) for start, end in spans)
    doc = replace(doc, reading=reading, blocks=blocks, head=IssueHead(year=2021, number=6, date=dt.date(2021, 6, 30)))
    result = find_events(doc)
    assert [(e.date, e.kind, e.source, e.title, e.place) for e in result.events] == [
        (dt.date(2021, 5, 6), "caption", "caption", "全县产业发展大会", "云溪会堂"),
        (dt.date(2021, 4, 2), "caption", "caption", "调研春耕生产", "石塘镇"),
    ]
    assert text[result.events[1].char_start : result.events[1].char_end] == CAPTIONS[1].removesuffix("毛锐/摄")
    assert [(p.name, p.role) for p in result.participants] == [("沈岳川", "lead")]


def test_link_to_the_occasion() -> None:
    text = (
        "大事记\n\n2019年3月4日，县委九届五次全会暨县委农村工作会议召开。\n\n"
        "2019年3月4日，县委常委会主题教育交流会召开。\n"
    )
    events = find_events(read_structure(Document("doc", text))).events
    occasions = [
        ("县委九届五次全会暨县委农村工作会议第一次全体会议", dt.date(2019, 3, 4)),
        ("县委常委主题教育交流会", dt.date(2019, 3, 4)),
        ("县委九届五次全会暨县委农村工作会议", dt.date(2019, 3, 5)),
        ("全县招商引资推进会", dt.date(2019, 3, 4)),
        (None, None),
    ]
    articles = [{"issue_id": "doc", "occasion": name, "occasion_date": date} for name, date in occasions]
    linked = [article["occasion_event_id"] for article in link_occasions(articles, events)]
    assert linked == [events[0].event_id, events[1].event_id, None, None, None]
