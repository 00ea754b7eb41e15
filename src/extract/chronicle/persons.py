"""The persons an entry names, with their posts and what they do.

Needs the text of an entry without white space; gives one `Mention` per person, in the order of the text. A name is
read after a post (市委书记甲), in the list that follows (省人大代表甲、乙、丙), where somebody is given a post
(选举甲为县长), before one (甲书记), and where a clause begins with it and a verb of acting follows. Groups
(有关部门负责人) and what stands behind 等 are not named and give nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.chronicle.names import find_name, surnames
from extract.chronicle.posts import (
    callings,
    find_appointment,
    find_posts,
    is_post,
    offices,
    post_ends,
    post_words,
)
from extract.chronicle.roles import ORDER, find_role
from extract.lexicon.loader import load_toml
from extract.models import ParticipantRole
from extract.patterns import Pattern

_LISTED = Pattern(r"(?:[（(][^（）()]{1,12}[）)])?(?:、|和|与|及|以及)")
_ASIDE = Pattern(r"[（(][^（）()]{1,12}[）)]")
_LINK = Pattern(
    r"(?:[，、和与及等]|同(?!志|时)|以及|[（(][^（）()]{0,12}[）)]|同志|一行|先生|女士|将军|[少中上]将|[一二两三四五六七八九十\d]{1,8}+人)*+"
)
_OPENING = Pattern(
    r"(?:^|[，。；：、]|由|选举|推选|补选|增选|任命|免去|撤销|决定|同意|接受|批准|罢免|授予|追授)(?=\p{Script=Han})"
)
_IN_COMPANY = Pattern(r"等?(?:人|同志|领导)?的?陪同下[，,]?")
_REMOVALS = ("免去", "撤销", "罢免", "接受", "同意", "批准")
_CLAUSE_END = Pattern(r"[，。；]")
_STOP = Pattern(r"[。！？!?]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in an entry: span of the name, where the posts before it begin, the posts, the role.

    Offsets are in the text without white space.
    """

    name: str
    posts: tuple[str, ...]
    role: ParticipantRole
    left: int
    start: int
    end: int


def find_mentions(text: str) -> tuple[Mention, ...]:
    """One mention per person; one who stands twice has all posts and the first role in the order of the guidelines.

    >>> [(m.name, m.posts, m.role) for m in find_mentions("县委书记沈岳川主持会议，副县长秦朗、毛锐等列席。")]
    [('沈岳川', ('县委书记',), 'chair'), ('秦朗', ('副县长',), 'observe'), ('毛锐', ('副县长',), 'observe')]
    >>> find_mentions("全县村党组织书记任期届满。")
    ()
    """
    return _merge(_assign_roles(text, _find_spans(text)))


def _find_spans(text: str) -> list[Mention]:
    """Every place where a person is named; roles are still to be found."""
    found = list(_after_posts(text))
    taken = bytearray(len(text))
    for mention in found:
        taken[mention.left : mention.end] = b"\1" * (mention.end - mention.left)

    def add(mention: Mention) -> None:
        if not any(taken[mention.start : mention.end]):
            found.append(mention)
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)

    for mention in _without_posts(text):
        add(mention)
    for name in dict.fromkeys(m.name for m in found):
        at = text.find(name)
        while at >= 0:
            add(Mention(name, (), "attend", at, at, at + len(name)))
            at = text.find(name, at + len(name))
    return sorted(found, key=lambda m: m.start)


def _after_posts(text: str) -> Iterator[Mention]:
    """Names right after a post, and the further names of their list, which share it."""
    words = post_words()
    low = 0
    for mark in post_ends().finditer(text):
        at = mark.end()
        if at <= low or not text.endswith(words, low, at):
            continue
        if text.endswith(words, at - 2, at + 1) and find_name(text, at + 1) is not None:
            # 董事长孙某某: the longer post, where its last character begins a surname as well
            continue
        end = find_name(text, at, before="calling" if text.endswith(callings(), low, at) else "office")
        if end is None:
            continue
        link = _LINK.match(text, low, at) if low else None
        left, posts = find_posts(text, low if link is None else link.end(), at)
        yield Mention(text[at:end], posts, "attend", left, at, end)
        low = end
        for start, stop in _listed(text, end):
            yield Mention(text[start:stop], posts, "attend", start, start, stop)
            low = stop


def _listed(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the names that follow a name in a list."""
    while (link := _LISTED.match(text, end)) is not None:
        following = find_name(text, link.end(), before="opening")
        if following is None or text.startswith(post_words(), following):
            return
        yield link.end(), following
        end = following


def _without_posts(text: str) -> Iterator[Mention]:
    """Names that open a clause or follow 由, 选举 and the like: given a post, or followed by a verb of acting."""
    low = 0
    for opening in _OPENING.finditer(text):
        if opening.end() < low:
            continue
        for mention in _opened(text, opening[0], opening.end()):
            yield mention
            low = mention.end


def _opened(text: str, opening: str, start: int) -> list[Mention]:
    """The persons named from `start`, a list of them with one post or one verb."""
    end = find_name(text, start, before="opening")
    if end is None:
        return _dismissed(text, start) if opening in _REMOVALS else _titled(text, start)
    spans = [(start, end), *_listed(text, end)]
    aside = _ASIDE.match(text, spans[-1][1])
    appointed = find_appointment(text, spans[-1][1] if aside is None else aside.end())
    if appointed is None:
        certain = all(find_name(text, at, before="nothing") == stop for at, stop in spans)
        if not certain or not (opening == "由" or _acts(text, spans[-1][1])):
            return []
    posts = () if appointed is None else appointed[1]
    return [Mention(text[at:stop], posts, "attend", at, at, stop) for at, stop in spans]


def _dismissed(text: str, start: int) -> list[Mention]:
    """A name between 免去 and the post that is lost: 免去甲乙丙县长职务."""
    table = surnames()
    for end in (start + 3, start + 2):
        plain = table.begins(text, start) and table.office.isdisjoint(text[start + 1 : end])
        lost = find_appointment(text, end) if plain and text[start : start + 2] not in table.not_names else None
        if lost is not None:
            return [Mention(text[start:end], lost[1], "attend", start, start, end)]
    return []


def _titled(text: str, start: int) -> list[Mention]:
    """A name that opens a clause with the post behind it: 甲乙丙书记调研."""
    if not surnames().begins(text, start):
        return []
    words = offices()
    for end in (start + 3, start + 2):
        if not text.startswith(words, end):
            continue
        post = next(word for word in words if text.startswith(word, end))
        if find_name(text[start:end], 0, before="opening") == end - start and _acts(text, end + len(post)):
            return [Mention(text[start:end], (post,), "attend", start, start, end)]
    return []


def _acts(text: str, end: int) -> bool:
    """Whether a verb that gives a role, or is said of persons only, follows in the same clause."""
    clause = _CLAUSE_END.split(text[end : end + 40], maxsplit=1)[0]
    personal = clause.startswith(tuple(load_toml("posts")["follow"]["personal"]))
    return personal or (find_role(clause) is not None and not is_post(clause))


def _assign_roles(text: str, found: list[Mention]) -> list[Mention]:
    """Each mention with the role of the words behind it; a list shares the words behind its last name."""
    roles: list[Mention] = []
    shared: ParticipantRole = "attend"
    behind = ""
    following = len(text)
    for mention in reversed(found):
        between = text[mention.end : following]
        stop = _STOP.search(between)
        words = between if stop is None else between[: stop.start()]
        rest = _LINK.sub("", words, count=1)
        company = _IN_COMPANY.match(words)
        if company is not None:
            shared, behind = "attend", words[company.end() :]
        elif _is_object(text, mention) and words.startswith(("，", "；")):
            shared, behind = "attend", words
        elif rest in ("在", "由") and stop is None:
            shared, behind = find_role(behind) or "lead", ""
        elif rest or stop is not None or following == len(text):
            shared, behind = find_role(rest + behind) or _default(text, mention, rest), ""
        roles.append(replace(mention, role=shared))
        following = mention.left
    return roles[::-1]


def _is_object(text: str, mention: Mention) -> bool:
    """Whether a verb stands right before the person (会见, 陪同): what comes after a comma is then another's doing."""
    return mention.left > 0 and text[mention.left - 1] not in "，。；：、与和及由等"


def _default(text: str, mention: Mention, rest: str) -> ParticipantRole:
    """Who opens a clause and does something carries the act out; anybody else is there."""
    opens = mention.left == 0 or text[mention.left - 1] in "，。；：、与和及"
    return "lead" if opens and rest and find_appointment(rest, 0) is None else "attend"


def _merge(found: list[Mention]) -> tuple[Mention, ...]:
    """One mention per name, in the order of the text."""
    persons: dict[str, Mention] = {}
    for mention in found:
        known = persons.get(mention.name)
        if known is None:
            persons[mention.name] = mention
            continue
        posts = tuple(dict.fromkeys([*known.posts, *mention.posts]))
        passing = not mention.posts and mention.role == "attend"
        role = known.role if passing else min(known.role, mention.role, key=ORDER.index)
        persons[mention.name] = replace(known, posts=posts, role=role)
    return tuple(persons.values())
