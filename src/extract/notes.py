"""What is printed around a piece: bylines above it, closing notes below it, and dates in numerals of either kind.

Needs the folded text of single lines; gives names, posts, occasions and dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex

from extract.lexicon.loader import load_toml
from extract.patterns import Pattern
from extract.press import compile_words, squash

_BULLETS = "■□●○◆◇★☆▲△▼▶►※◎"
_PREFIX = Pattern(rf"[{_BULLETS}\s]*(?:(?:文|图文|文/图|作者|撰文|执笔|撰稿)\s*[/：:]\s*)?")
_NAME = r"(?:\p{Han}\s\p{Han}|\p{Han}{2,7}·\p{Han}{1,7}|\p{Han}{2,4})"
_POST_AND_NAME = Pattern(rf"(?P<post>\S.*?)(?<!\s)\s++(?P<names>{_NAME}(?:[\s、]+{_NAME}){{0,30}})$")
_NAMES = Pattern(rf"{_NAME}(?:[\s、]+{_NAME})*$")
_SPLIT_NAMES = Pattern(rf"{_NAME}")
_DATE = Pattern(
    r"(\d{4})\s?[年.\-/]\s?(\d{1,2})\s?[月.\-/]\s?(\d{1,2})\s?日?(?!\d)|(?<!\d)(20\d\d|19\d\d)([01]\d)([0-3]\d)(?!\d)"
)
_CN_DATE = Pattern(
    r"([一二][〇零○Ｏ一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_CN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_NOTE_NAME = Pattern(r"(?:本文|此文|这|文章|根据)?[系是为]?(?:\d{4}年\d{1,2}月\d{1,2}日)?(\p{Han}{2,4})同志")
_STOP = Pattern("[。；！？]")
_WHOLE_NAME = Pattern(r"\p{Han}{2,4}$|\p{Han}{2,7}·\p{Han}{1,7}$")
_CALLINGS = ("评论员", "编辑", "记者", "编辑部")
_WRITER_OF = Pattern(r"作者(?:单位|系|为|是)[：:]?(.+)$")
_WRITER = Pattern(r"(?:(?:作者|供稿|撰稿|执笔)(?:单位)?[：:](.+)|(.+?)(?:供稿|撰稿|执笔|整理))$")
_DATED = Pattern(r"^\d{4}年\d{1,2}月\d{1,2}日[，\s]?")
_LIST_MARK = Pattern(r"[、，\s]")
_LONGEST_BYLINE = 60
_EDGE_BRACKETS = "（）()【】[]〔〕"


@dataclass(frozen=True, slots=True)
class Byline:
    """Authors' names, and the posts printed with them."""

    authors: tuple[str, ...]
    posts: tuple[str, ...] = ()


def read_date(text: str) -> date | None:
    """The first whole date of a text; None without one, and for a day that does not exist.

    >>> read_date("——2021年2月3日在全县会议上"), read_date("（20210203）"), read_date("二〇二一年二月十三日")
    (datetime.date(2021, 2, 3), datetime.date(2021, 2, 3), datetime.date(2021, 2, 13))
    >>> read_date("2021年2月"), read_date("2021年2月30日")
    (None, None)
    """
    if (found := _DATE.search(text)) is not None:
        year, month, day = (int(part) for part in found.groups() if part is not None)
    elif (found := _CN_DATE.search(text)) is not None:
        year = int("".join(str(_CN_DIGITS[char]) for char in found[1] if char in _CN_DIGITS) or 0)
        month, day = _read_tens(found[2]), _read_tens(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_tens(text: str) -> int:
    """A Chinese numeral below one hundred."""
    tens, ten, ones = text.rpartition("十")
    return (_CN_DIGITS.get(tens, 1) * 10 if ten else 0) + _CN_DIGITS.get(ones, 0)


def read_byline(text: str, hints: Sequence[str] = ()) -> Byline | None:
    """Names and posts of a byline; `hints` are names that the contents print. None for any other line.

    A name without a post needs a bullet, a label or a hint, for a short line may be anything.

    >>> read_byline("■ 中共新桥县委副书记、县长 王 山")
    Byline(authors=('王山',), posts=('中共新桥县委副书记', '县长'))
    >>> read_byline("□ 李明 王小山").authors
    ('李明', '王小山')
    >>> read_byline("坚持 发展") is None
    True
    """
    bare = text.strip(_EDGE_BRACKETS + " ")
    label = _PREFIX.match(bare)
    named = label is not None and label.end() > 0
    bare = bare[label.end() :].strip() if label is not None else bare
    if not bare or len(bare) > _LONGEST_BYLINE or _STOP.search(bare):
        return None
    bare = _DATED.sub("", bare)
    flat = squash(bare)
    for hint in hints:
        if len(hint) > 1 and flat.endswith(hint):
            return Byline((hint,), split_posts(flat[: -len(hint)]))
    found = _POST_AND_NAME.match(bare)
    posted = found is not None and _is_post(found["post"], found["names"])
    if not posted and _NAMES.match(bare) and compile_words("posts").search(bare) is None:
        return Byline(split_names(bare)) if named else None
    if found is not None and (posted or named):
        return Byline(split_names(found["names"]), split_posts(squash(found["post"])))
    return _read_tight(flat)


def _is_post(post: str, name: str) -> bool:
    """Whether what stands before a name is a post, or a body and the name one of a person."""
    if compile_words("posts").search(post) is not None:
        return True
    return post.endswith(tuple(load_toml("press")["bodies"])) and _is_name(squash(name))


def _read_tight(flat: str) -> Byline | None:
    """A post and a name without a space between them."""
    ends = [found.end() for found in compile_words("posts").finditer(flat)]
    if not ends:
        return None
    name = flat[ends[-1] :]
    if not name:
        return Byline((flat,)) if flat.endswith(_CALLINGS) else None
    if _WHOLE_NAME.match(name) is None or not _is_name(name):
        return None
    return Byline((name,), split_posts(flat[: ends[-1]]))


def _is_name(text: str) -> bool:
    """Whether a text starts with a surname and is no common word."""
    table = load_toml("surnames")
    known = text[0] in table["single"] or text[0] in table["modern"] or text[:2] in table["compound"]
    return known and text[:2] not in table["not_names"]


def split_names(text: str) -> tuple[str, ...]:
    """Names printed side by side, an inner space belonging to a name of two characters.

    >>> split_names("李 明 王小山")
    ('李明', '王小山')
    """
    return tuple(squash(name) for name in _SPLIT_NAMES.findall(text))


def split_posts(text: str) -> tuple[str, ...]:
    """Posts printed before a name, one each.

    >>> split_posts("县委常委、副县长")
    ('县委常委', '副县长')
    >>> split_posts("")
    ()
    """
    return tuple(post for post in text.strip("：:，、").split("、") if post)


@cache
def _occasion() -> regex.Pattern[str]:
    acts = compile_words("acts").pattern
    return regex.compile(
        rf"在([^（），。；]{{4,100}}?)上(?=(?:的|所?作的?)?\p{{Han}}{{0,4}}?{acts}|[）)]?$|\p{{Han}}{{2,30}}作)"
    )


@cache
def _speaker() -> regex.Pattern[str]:
    posts = compile_words("posts").pattern
    return regex.compile(
        rf"(?:会议?上|日(?!在))(?P<post>[\p{{Han}}、]{{0,24}}?{posts})(?P<name>\p{{Han}}{{2,4}}?)(?:同志)?(?:所?作|在)"
    )


def read_occasion(note: str) -> tuple[str | None, date | None]:
    """The meeting at which a text was delivered and the day, from a closing note or a report's date line.

    >>> read_occasion("（本文系2022年3月1日李明山同志在全县水利会议上的讲话）")
    ('全县水利会议', datetime.date(2022, 3, 1))
    >>> read_occasion("（作者单位：县水利局）")
    (None, None)
    """
    flat = squash(note)
    found = _occasion().search(flat)
    return (None if found is None else found[1]), read_date(flat)


def read_credit(note: str) -> Byline | None:
    """The author that a closing note names: （县水利局李明山供稿）, （作者：李明山）, （作者单位：县水利局）.

    >>> read_credit("（县水利局李明供稿）")
    Byline(authors=('李明',), posts=('县水利局',))
    >>> read_credit("（县志编纂办公室供稿）")
    Byline(authors=('县志编纂办公室',), posts=())
    >>> read_credit("（作者单位：县水利局）")
    Byline(authors=(), posts=('县水利局',))
    >>> read_credit("（本文有删节）") is None
    True
    """
    flat = squash(note).strip(_EDGE_BRACKETS)
    if (found := _WRITER_OF.match(flat)) is not None:
        return Byline((), split_posts(found[1]))
    found = _WRITER.match(flat)
    if found is None or "同志" in flat or "记录" in flat:
        return None
    source = found[1] or found[2]
    ends = [part.end() for part in compile_words("bodies").finditer(source)]
    if ends and ends[-1] == len(source):
        return Byline((source,))
    rest = source[ends[-1] :] if ends else source
    names = tuple(name for name in _LIST_MARK.split(rest) if _WHOLE_NAME.match(name))
    return Byline(names, split_posts(source[: ends[-1]] if ends else "")) if names else Byline((source,))


def read_note_name(note: str) -> str | None:
    """The person whose text it is, from （本文系…同志在…）.

    >>> read_note_name("（本文系2022年3月1日李明山同志在全县会议上的讲话）")
    '李明山'
    """
    found = _NOTE_NAME.search(squash(note))
    return None if found is None else found[1]


def read_speaker(line: str) -> Byline | None:
    """The speaker that a report's date line names: …会议上 POST NAME 作政府工作报告.

    >>> read_speaker("2022年1月5日在新桥县第九届人民代表大会第二次会议上新桥县县长李明山作政府工作报告")
    Byline(authors=('李明山',), posts=('新桥县县长',))
    >>> read_speaker("2022年1月5日在新桥县第九届人民代表大会第二次会议上") is None
    True
    """
    flat = squash(line)
    found = _speaker().search(flat)
    return None if found is None else Byline((found["name"],), split_posts(found["post"]))
