"""What happened in an entry: kind, title and place, read from the first act named.

Needs the text of an entry without white space and its persons. Clauses are taken in order; the first that tells of an
act decides. Three shapes cover the genre: a gathering that is held (甲会议在乙召开), a gathering that somebody holds or
attends (召开, 举行, 出席甲会议), and an act done somewhere (到乙调研甲, 在乙会见甲, 签订甲).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple, cast

import regex

from extract.chronicle.persons import Mention
from extract.lexicon.loader import load_toml
from extract.models import EventKind
from extract.patterns import Pattern

_CLAUSE = Pattern(r"[^，；。！？]+")
_HELD = Pattern(
    r"(?:隆重|胜利|顺利|正式|成功|如期|圆满|同时|分别|相继|先后|陆续|联合|共同|主持|组织|集中){0,6}+"
    r"(?:召开|举行|举办|开幕|闭幕|开班|开赛|落幕)$"
)
_HOLDS = r"(?:召开|举行|举办|召集)了?"
_ATTENDS = r"(?:出席|参加|列席|观看)了?"
_OPENS = r"(?:开展|进行)了?"
_GOES = Pattern(
    r"(?<![直达得收遭感看找报签提做想接迟遇受])到(?![会任位场底期]|目前|今|\d|了)|赴|莅临?(?!会)|前往|走进|下沉[到至]?|抵达"
    r"|(?<![以原年本未将自外带从历后起上下进出回过])来(?![自信访电宾的料])|深入(?!贯彻|推进|学习|开展|实施|打)"
)
_HERE = Pattern(r"[在于]([^在于]{1,30})$")
_NOT_PLACE = Pattern(r"(?:[下中时前后上里间年月日]|之际|基础|方面|过程|以来|领导|会议|大会|活动|代表|干部|人员)$")
_PLACE = Pattern(
    r".*(?:[省市县区州盟旗镇乡村屯港]|街道|公司|集团|中心|学校|中学|小学|大学|学院|医院|工地|基地|宾馆|现场|[省县]城|市区|城区|农场|林场|工厂|景区"
    r"|水库|车站|机场|码头)"
)
_ADVERB = Pattern(
    r"(?:实地|现场|专题|集中|先后|分别|专程|带队|亲自|重点|共同|集体|联合|正式|主持|组织|隆重|一行|回乡|指导){1,6}+$"
)
_MATTER = Pattern(r"(?:就|围绕|针对|对(?![口接外])).{1,40}$")
_TAIL = Pattern(r"并(?!购|轨|网|列).*|[时后](?:强调|指出|要求|表示).*|(?<=[会议式班])上(?=讲话|作|发言|致).*")
_AWAY = Pattern(r"(?:等地|等处|等[\d一二两三四五六七八九十]*个?[县区市乡镇村]|等)$")
_SPEAKS = Pattern(
    r".{2,40}?会议?(?=传达|学习|审议|听取|研究|部署|要求|指出|强调|讨论|通过|决定|原则|安排|宣布|任命|选举|总结|接受|补选|表决)"
)
_DEPUTIES = Pattern(r"代表(?:身份|小组)|代表(?:来|到|赴|在|开展|进行|集中|分组|深入|围绕|视察)|委员(?:开展|视察)")
_JOINS = Pattern(r"[、和与及由等]?")
_AGENT = Pattern(r"由[^由]{1,40}$")


@dataclass(frozen=True, slots=True)
class Act:
    """What the first act of an entry is; `title` and `place` as printed, None where nothing is named."""

    kind: EventKind
    title: str | None = None
    place: str | None = None


class _Verb(NamedTuple):
    """The verb a clause turns on: `holds`, `attends`, `opens` or the kind of an act, and its span in the clause."""

    sort: str
    start: int
    end: int


def find_act(text: str, mentions: Sequence[Mention]) -> Act:
    """Kind, title and place of an entry; kind `other` without a title where no act is known.

    >>> find_act("全县安全生产警示教育大会在县影剧院召开。", ())
    Act(kind='meeting', title='全县安全生产警示教育大会', place='县影剧院')
    >>> find_act("县考察团赴湖北省考察学习。", ())
    Act(kind='inspection', title='考察学习', place='湖北省')
    >>> find_act("云溪县被评为全省平安建设先进县。", ())
    Act(kind='other', title=None, place=None)
    """
    place: str | None = None
    for clause, subject in _clauses(text, mentions):
        act = _read_clause(clause, subject)
        if act is not None and (act.title is not None or act.kind != "other"):
            return replace(act, place=act.place or place)
        if act is not None:
            place = place or act.place
    return Act("other", None, place)


def _clauses(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, int]]:
    """The clauses in order, each with the end of the persons that it begins with (0 if it begins with none)."""
    for found in _CLAUSE.finditer(text):
        end = found.start()
        for mention in mentions:
            if end <= mention.left and mention.end <= found.end() and _JOINS.fullmatch(text, end, mention.left):
                end = mention.end
        yield found[0], end - found.start()


def _read_clause(clause: str, subject: int) -> Act | None:
    """The act a clause tells of; one without a title and of kind `other` only tells where somebody went."""
    held = _read_held(clause)
    if held is not None:
        return held
    verb = _first_verb(clause, subject)
    gone = _GOES.search(clause, subject, len(clause) if verb is None else verb.start)
    if gone is not None:
        return _read_journey(clause, gone, verb)
    if verb is not None:
        return _read_verb(clause, verb, _find_place(clause[subject : verb.start]))
    if subject == 0 and (speaks := _SPEAKS.match(clause)) is not None:
        return Act("meeting", speaks[0])
    return Act("other", clause) if clause.endswith(_done()) else None


def _read_held(clause: str) -> Act | None:
    """甲会议在乙召开."""
    held = _HELD.search(clause)
    if held is None:
        return None
    name = _AGENT.sub("", clause[: held.start()])
    place = _find_place(name)
    if place is not None:
        name = name[: name.rindex(place) - 1]
    return Act(_kind_of(name), name, place) if event_kind(name) else None


def _first_verb(clause: str, subject: int) -> _Verb | None:
    """The first verb of acting; without a person before it, a word inside a body's name gives way to 召开."""
    found = [_verb(match) for match in _verbs().finditer(clause, subject)]
    if not found:
        return None
    first = found[0]
    plain = subject == 0 and first.sort not in ("holds", "attends", "opens")
    if plain and _GOES.search(clause, 0, first.start) is None:
        held = next((verb for verb in found if verb.sort == "holds"), first)
        return held if "并" not in clause[first.end : held.start] else first
    return first


def _verb(match: regex.Match[str]) -> _Verb:
    sort = match.lastgroup or ""
    return _Verb(_acts()[match[0]] if sort == "act" else sort, match.start(), match.end())


def _read_journey(clause: str, gone: regex.Match[str], verb: _Verb | None) -> Act:
    """到乙调研甲, or only 到乙 with the act in the next clause, or 到乙 with a verb that is in no list."""
    community: EventKind = "community" if gone[0].startswith("下沉") else "other"
    if verb is not None:
        act = _read_verb(clause, verb, _place_name(_MATTER.sub("", _ADVERB.sub("", clause[gone.end() : verb.start]))))
        return replace(act, kind=community) if act.kind == "other" else act
    place = _PLACE.match(clause, gone.end())
    if place is None:
        return Act(community)
    rest = clause[place.end() :]
    return Act(community, rest if rest and not _AWAY.fullmatch(rest) else None, _place_name(place[0]))


def _read_verb(clause: str, verb: _Verb, place: str | None) -> Act:
    """What is held, attended, opened or done, up to the end of the clause."""
    if verb.sort in ("holds", "attends", "opens"):
        name = _cut_name(_TAIL.sub("", clause[verb.end :]))
        deputies = verb.sort == "opens" and _DEPUTIES.search(clause) is not None
        kind = "deputies" if deputies else _kind_of(name)
        plain = clause.startswith("进行", verb.start) and kind == "other"
        return Act(kind, None if plain else name or None, place)
    return Act(cast(EventKind, verb.sort), _TAIL.sub("", clause[verb.start :]), place)


def _cut_name(name: str) -> str:
    """The name of a gathering without what it did: 会议研究防汛工作 is 会议."""
    speaks = None if event_kind(name) else _SPEAKS.match("甲乙" + name)
    return name if speaks is None else speaks[0][2:]


def _find_place(before: str) -> str | None:
    """The place after 在 or 于 that stands right before a verb."""
    found = _HERE.search(_ADVERB.sub("", before))
    return None if found is None or _NOT_PLACE.search(found[1]) else _place_name(found[1])


def _place_name(printed: str) -> str | None:
    return _AWAY.sub("", printed).strip("，、了") or None


def _kind_of(name: str) -> EventKind:
    """The kind of a named gathering or activity.

    >>> _kind_of("代表小组活动"), _kind_of("集中签约仪式"), _kind_of("调研座谈会"), _kind_of("农民运动会")
    ('deputies', 'signing', 'meeting', 'other')
    """
    if event_kind(name) == "meeting":
        return "meeting"
    for kind, words in load_toml("acts")["names"].items():
        if any(word in name for word in words):
            return cast(EventKind, kind)
    return "other"


def event_kind(name: str) -> str | None:
    """`meeting` or `other` for the name of something held, by its longest known ending; None for anything else.

    >>> event_kind("工作会商会"), event_kind("县总商会"), event_kind("农民运动会"), event_kind("大桥")
    ('meeting', None, 'other', None)
    """
    endings = _endings()
    found = next((endings[name[i:]] for i in range(max(len(name) - 4, 0), len(name)) if name[i:] in endings), None)
    return None if found == "body" else found


@cache
def _endings() -> dict[str, str]:
    """What something held, or a body, ends in, with what it is."""
    return {ending: sort for sort, endings in load_toml("acts")["events"].items() for ending in endings}


@cache
def _done() -> tuple[str, ...]:
    return tuple(load_toml("acts")["done"]["words"])


@cache
def _acts() -> dict[str, str]:
    """Every verb of acting with its kind."""
    return {word: kind for kind, words in load_toml("acts")["acts"].items() for word in words}


@cache
def _verbs() -> regex.Pattern[str]:
    acts = "|".join(sorted(_acts(), key=len, reverse=True))
    after = load_toml("acts")["not_acts"]["after"]
    named = rf"(?P<holds>{_HOLDS})|(?P<attends>{_ATTENDS})|(?P<opens>{_OPENS})"
    return regex.compile(rf"{named}|(?P<act>{acts})(?![{after}])")
