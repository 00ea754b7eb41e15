"""What a person does in an entry: chair, speak, deploy, lead, attend or observe.

Needs the words that follow a name up to the next person or the end of the sentence; gives the role. Of several the
first in the order of `ORDER` wins.
"""

from __future__ import annotations

from functools import cache
from typing import get_args

import regex

from extract.lexicon.loader import load_toml
from extract.models import ParticipantRole
from extract.patterns import Pattern

ORDER: tuple[ParticipantRole, ...] = get_args(ParticipantRole)

_CLAUSE = Pattern(r"[，；,;：:]|并(?!购|网|轨|列)|随后|之后|而后|时(?=强调|指出|要求|表示|说)")
_OTHERS = Pattern(r"[，；](?:会议|大会|全会|会上|双方|两地|活动|有关|各|全[省市县区]|县直|市直|省直|与会)")
_TITLE = Pattern(r"《[^《》]*+》")
_PASSIVE = ("受到", "被", "获", "荣获", "得到")
_VENUE = Pattern(r"^.{0,6}?在[^，]{1,40}?[会式班场]上")


@cache
def _verbs() -> regex.Pattern[str]:
    """One group per role, the verbs of `acts.toml`; a group `go` for verbs of going, after which another may follow."""
    groups = [f"(?P<{role}>{'|'.join(patterns)})" for role, patterns in load_toml("acts")["roles"].items()]
    return regex.compile("|".join(groups))


def find_role(predicate: str) -> ParticipantRole | None:
    """The role that the words after a name give the person, None where they give none.

    >>> find_role("主持会议并讲话"), find_role("出席会议并讲话"), find_role("参加调研")
    ('chair', 'speak', 'attend')
    >>> find_role("到县属企业调研，并主持召开座谈会"), find_role("前列席会议")
    ('chair', 'observe')
    >>> find_role("、") is None
    True
    """
    predicate = _TITLE.sub("", predicate)
    cut = _OTHERS.search(predicate)
    if cut is not None:
        predicate = predicate[: cut.start()]
    roles: set[str] = set()
    for clause in _CLAUSE.split(predicate):
        if not clause.startswith(_PASSIVE):
            roles |= _clause_roles(_VENUE.sub("", clause))
    return next((role for role in ORDER if role in roles), None)


def _clause_roles(clause: str) -> set[str]:
    """The role of the first verb; a verb of going leads only where no other verb follows it in the clause."""
    going = False
    for found in _verbs().finditer(clause):
        if found.lastgroup == "go":
            going = True
            continue
        return {str(found.lastgroup)}
    return {"lead"} if going else set()
