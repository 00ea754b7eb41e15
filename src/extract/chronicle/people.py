"""The people of an issue: one row per person, with every post and what the person did.

Needs the rows of events and participants; gives `Person` rows. Two appearances under one name are one person where
they share a post, or where a post is missing or can be held beside any other (代表, 委员, 领导). Where nothing joins
them, two persons are kept apart if one cannot be both: they stand in one event, or head two places at the same time.
Else they stay one row, flagged as ambiguous.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import regex

from extract.lexicon.loader import load_toml
from extract.models import Event, Participant, Person

_Appearance = tuple[Participant, Event]


def build_people(events: Sequence[Event], participants: Sequence[Participant]) -> list[Person]:
    """One row per person and issue, sorted by the first place where the person is named."""
    by_event = {event.event_id: event for event in events}
    names: dict[tuple[str, str], list[_Appearance]] = defaultdict(list)
    for participant in sorted(participants, key=lambda p: (p.issue_id, p.char_start)):
        names[participant.issue_id, participant.name].append((participant, by_event[participant.event_id]))
    people: list[Person] = []
    for appearances in names.values():
        groups = _group(appearances)
        persons = _keep_apart(groups)
        people += [_build_person(person, ambiguous=len(persons) < len(groups)) for person in persons]
    return sorted(people, key=lambda p: (p.issue_id, int(p.person_id.rpartition(":")[2].partition("-")[0])))


def _group(appearances: Iterable[_Appearance]) -> list[list[_Appearance]]:
    """Appearances that share a distinctive post; those without one join the first group."""
    groups: list[list[_Appearance]] = []
    posts: list[set[str]] = []
    loose: list[_Appearance] = []
    for appearance in appearances:
        own = {post for post in appearance[0].posts if not post.endswith(_compatible())}
        if not own:
            loose.append(appearance)
            continue
        joined = [i for i, known in enumerate(posts) if any(_same_post(a, b) for a in known for b in own)]
        for i in reversed(joined[1:]):
            groups[joined[0]] += groups.pop(i)
            posts[joined[0]] |= posts.pop(i)
        if joined:
            groups[joined[0]].append(appearance)
            posts[joined[0]] |= own
        else:
            groups.append([appearance])
            posts.append(own)
    if not groups:
        return [loose]
    groups[0] += loose
    return groups


def _same_post(one: str, other: str) -> bool:
    """Whether two posts may be one, printed in full and in short: 县委书记 and 书记, not 副县长 and 县长."""
    short, full = sorted((one, other), key=len)
    return full.endswith(short) and not full.removesuffix(short).endswith("副")


def _keep_apart(groups: list[list[_Appearance]]) -> list[list[_Appearance]]:
    """The groups as persons: each joins the first person who may be the same."""
    persons: list[list[_Appearance]] = []
    for group in groups:
        same = next((person for person in persons if not _forbidden(person, group)), None)
        if same is None:
            persons.append(list(group))
        else:
            same += group
    return persons


def _forbidden(one: list[_Appearance], other: list[_Appearance]) -> bool:
    """Whether the two cannot be one person: both in one event, or heads of two places at one time."""
    if {p.event_id for p, _ in one} & {p.event_id for p, _ in other}:
        return True
    return any(
        a != b and office_a == office_b and first_a <= last_b and first_b <= last_a
        for office_a, a, first_a, last_a in _headed(one)
        for office_b, b, first_b, last_b in _headed(other)
    )


def _headed(person: list[_Appearance]) -> list[tuple[str, str, dt.date, dt.date]]:
    """Office, place and the first and last date of every post that heads a place (范县县长: 县长, 范县)."""
    dates: dict[tuple[str, str], list[dt.date]] = defaultdict(list)
    for participant, event in person:
        for post in participant.posts:
            found = _head().fullmatch(post)
            if found is not None and event.date is not None:
                dates[found["office"], found["place"]].append(event.date)
    return [(office, place, min(days), max(days)) for (office, place), days in dates.items()]


def _build_person(appearances: list[_Appearance], *, ambiguous: bool) -> Person:
    appearances = sorted(appearances, key=lambda a: a[0].char_start)
    first = appearances[0][0]
    posts = list(dict.fromkeys(post for participant, _ in appearances for post in participant.posts))
    spans = {
        post: [event.date for participant, event in appearances if post in participant.posts and event.date]
        for post in posts
    }
    days = [event.date for _, event in appearances if event.date is not None]
    roles = Counter(participant.role for participant, _ in appearances)
    return Person(
        issue_id=first.issue_id,
        person_id=f"{first.issue_id}:{first.char_start}-{first.char_end}",
        name=first.name,
        posts=posts,
        posts_first=[min(spans[post], default=None) for post in posts],
        posts_last=[max(spans[post], default=None) for post in posts],
        first_date=min(days, default=None),
        last_date=max(days, default=None),
        events=len({participant.event_id for participant, _ in appearances}),
        chair=roles["chair"],
        speak=roles["speak"],
        deploy=roles["deploy"],
        lead=roles["lead"],
        attend=roles["attend"],
        observe=roles["observe"],
        ambiguous=ambiguous,
    )


@cache
def _compatible() -> tuple[str, ...]:
    return tuple(load_toml("posts")["compatible"])


@cache
def _head() -> regex.Pattern[str]:
    offices = "|".join(sorted(load_toml("posts")["heads"], key=len, reverse=True))
    return regex.compile(rf"(?P<place>[^副]*[省市县区州盟旗镇乡村局厅部委院校])委?(?P<office>{offices})")
