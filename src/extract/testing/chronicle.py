"""The chronicle of an invented issue: dated entries with the people of its world.

Needs an issue's random numbers, world and sheet; gives `TruthEvent`s in the order of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from extract.testing.prose import Sheet
from extract.testing.templates import Entry, load_entries, load_list
from extract.testing.truth import TruthEvent, TruthPerson
from extract.testing.world import Leader, World, pick

_ENTRY_SIZE = 58


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting of the month before, at which the issue's texts were delivered."""

    title: str
    day: date


def draw_meeting(rng: Random, world: World) -> str:
    """The name of an invented meeting."""
    words = load_list("words")
    return str(pick(rng, words["lines"]["meeting"]).format(t=pick(rng, words["lists"]["theme"]), city=world.city.name))


def write_entries(rng: Random, world: World, sheet: Sheet, end: int, occasions: list[Occasion]) -> list[TruthEvent]:
    """Entries until the sheet has `end` code points, the issue's occasions among them."""
    count = max(4, (end - sheet.size) // _ENTRY_SIZE)
    waiting = sorted(occasions, key=lambda occasion: occasion.day)
    said = {occasion.title for occasion in occasions}
    events: list[TruthEvent] = []
    while sheet.size < end or waiting:
        day = world.day(1 + len(events) * 27 // count)
        if waiting and (waiting[0].day <= day or sheet.size >= end):
            occasion = waiting.pop(0)
            entry = next(entry for entry in load_entries() if entry.kind == "meeting" and "{v}" in entry.text)
            events.append(_write(rng, world, sheet, entry, max(day, occasion.day), occasion.title))
            continue
        entry, title = pick(rng, load_entries()), draw_meeting(rng, world)
        if "{t}" not in entry.text or title not in said:
            said.add(title)
            events.append(_write(rng, world, sheet, entry, day, title))
    return events


def _write(rng: Random, world: World, sheet: Sheet, entry: Entry, day: date, meeting: str) -> TruthEvent:
    words = load_list("words")
    first = int(rng.random() * len(world.city.counties))
    binds = {
        "t": meeting,
        "v": pick(rng, words["names"]["venues"]).format(short=world.city.short),
        "n": str(1 + int(rng.random() * 40)),
        "p": world.city.counties[first],
        "q": world.city.counties[first - 1],
        "m": pick(rng, words["lists"]["theme"]),
        "f": f"{pick(rng, world.names)[-1]}{pick(rng, words['names']['given_last'])}集团",
    }
    people = _draw_people(rng, world, entry, binds["f"])
    for letter, leader, _ in people:
        binds[letter] = leader.name if leader.pool == "guest" else "、".join(leader.posts) + leader.name
    start = sheet.write(f"{day.month}月{day.day}日，" + entry.text.format_map(binds))
    event = TruthEvent(
        start,
        sheet.size,
        day,
        entry.kind,
        entry.title.format_map(binds),
        entry.place.format_map(binds) if entry.place else None,
        tuple(TruthPerson(leader.name, leader.posts, role) for _, leader, role in people),
    )
    sheet.write("\n\n")
    return event


def _draw_people(rng: Random, world: World, entry: Entry, firm: str) -> list[tuple[str, Leader, str]]:
    """Letter, person and role of each who takes part, nobody twice."""
    found: list[tuple[str, Leader, str]] = []
    for letter, pool, role in entry.people:
        if pool == "guest":
            found.append((letter, Leader(pick(rng, world.names), (f"{firm}董事长",), "guest"), role))
            continue
        taken = {leader for _, leader, _ in found}
        found.append((letter, pick(rng, [p for p in world.leaders if p.pool == pool and p not in taken]), role))
    return found
