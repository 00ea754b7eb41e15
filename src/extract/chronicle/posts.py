"""The posts that stand before a name, and those a name is given after 选举, 任命 or 当选.

Needs the text of an entry without white space; gives the posts as printed, one string each, and where they begin.
"""

from __future__ import annotations

from functools import cache

import regex

from extract.lexicon.loader import LexiconError, load_toml
from extract.patterns import Pattern

# 某某（集团）董事长: a short bracket inside the name of a body bounds nothing
_BOUNDARY = Pattern(r"[，。；：！？,.;:!?…]|[（(](?!\p{Han}{1,4}[）)]\p{Han})|(?<![（(]\p{Han}{1,4})[）)]")
_REGION = (
    r"(?=省|市|县|区|州|盟|旗|镇|乡|村|街道|中共|中央|国务院|国家|全国|副|原|党|政府|人大|政协|团|总|常务"
    r"|[^省市县区和]{2,3}[省市县区])"
)
_APPOINTED = Pattern(
    r"(?:同志)?(?:当选为|被选为|被任命为|当选|调任|改任|继任|出任|接任|担任|代理|兼任|任命为|为|任)"
    r"(?P<posts>[^，。；：（）]{2,40}?)(?=[一等]?职务|一职|[，。；：（]|$)"
)
_DISMISSED = Pattern(
    r"(?:同志)?(?:因[^，。；、]{2,10}?(?=辞去|不再))?(?:提出的?|请求)?(?:辞去|不再担任|不再兼任|的)?(?P<posts>[^，。；：（）]{2,40}?)职务"
)
_AND_ALSO = Pattern(r"兼(?!职|任|并|顾)")


@cache
def post_words() -> tuple[str, ...]:
    """Every word that may end a post. Raises LexiconError when one stands both among offices and among callings."""
    table = load_toml("posts")
    twice = set(table["offices"]) & set(table["callings"])
    if twice:
        raise LexiconError(f"lexicon/posts.toml: {'、'.join(sorted(twice))} in offices and in callings")
    return (*table["offices"], *table["callings"])


@cache
def offices() -> tuple[str, ...]:
    """The words of `post_words` that are offices, the longest first."""
    return tuple(sorted(load_toml("posts")["offices"], key=len, reverse=True))


@cache
def callings() -> tuple[str, ...]:
    """The words of `post_words` that say what somebody is by trade or standing, not which office he holds."""
    return tuple(load_toml("posts")["callings"])


@cache
def post_ends() -> regex.Pattern[str]:
    """Finds the last character of what may be a post word, not where it goes on as another (主席台, 代表团, 少年宫)."""
    return regex.compile(f"[{''.join(sorted({word[-1] for word in post_words()}))}](?![台团级处会宫]|(?<=[表者宾])席)")


@cache
def _breaks() -> regex.Pattern[str]:
    """What may stand in a clause before a post: a verb, or a preposition before a place or body."""
    breakers = load_toml("posts")["breakers"].items()
    verbs = [regex.escape(verb) + (f"(?![{after}])" if after else "") for verb, after in breakers]
    return regex.compile(rf"{'|'.join(verbs)}|(?:由|与|和|及|对|向|在|随|同|请|经|是|为){_REGION}")


@cache
def _lead() -> regex.Pattern[str]:
    words = sorted(load_toml("posts")["before"], key=len, reverse=True)
    long, short = [word for word in words if len(word) > 1], [word for word in words if len(word) == 1]
    return regex.compile(rf"(?:{'|'.join(long)}|[{''.join(short)}]{_REGION})+")


def is_post(text: str) -> bool:
    """Whether the text ends as a post does.

    >>> is_post("县委组织部部长"), is_post("县发展和改革委员会")
    (True, False)
    """
    return text.endswith(post_words())


def find_posts(text: str, low: int, end: int) -> tuple[int, tuple[str, ...]]:
    """The posts that end at `end`, none beginning before `low`: where the first begins, and the posts as printed.

    A chain is cut at 、 where the part before ends with a post word; a part that names a body belongs to the office
    after it (甲委员会、乙委员会主任 is one post).

    >>> find_posts("随后，市委副书记、政法委书记贺兰亭", 0, 14)
    (3, ('市委副书记', '政法委书记'))
    >>> find_posts("会议由县长顾南亭主持", 0, 5)
    (3, ('县长',))
    >>> find_posts("县政协提案委员会、文史委员会主任桂生", 0, 16)
    (0, ('县政协提案委员会、文史委员会主任',))
    """
    start = max((found.end() for found in _BOUNDARY.finditer(text, low, end)), default=low)
    parts = text[start:end].split("、")
    posts: list[str] = []
    at = end
    while parts:
        begin = at - len(parts.pop())
        first = _trim(text, begin, at)
        while first == begin and parts and _is_body(parts[-1]):
            begin -= len(parts.pop()) + 1
            first = _trim(text, begin, at)
        posts[:0] = [post for post in _AND_ALSO.split(text[first:at]) if post]
        if first > begin or not parts or not is_post(parts[-1]):
            return first, tuple(posts)
        at = begin - 1
    return end, ()


def _is_body(part: str) -> bool:
    return part.endswith(_bodies()) and not is_post(part) and _breaks().search(part) is None


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(load_toml("posts")["bodies"])


def _trim(text: str, start: int, end: int) -> int:
    """Where the post that ends at `end` begins in the part from `start`: after the last verb or preposition."""
    for found in _breaks().finditer(text, start, end - 1):
        start = found.end()
    lead = _lead().match(text, start, end - 1)
    return start if lead is None else lead.end()


def find_appointment(text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
    """The posts that a name ending at `at` is given (为县长, 当选为副主席) or loses (的县长职务), and where they end.

    >>> find_appointment("任命邓霁为县人民政府副县长，", 4)
    (13, ('县人民政府副县长',))
    >>> find_appointment("免去秦朗的副县长职务。", 4)
    (10, ('副县长',))
    >>> find_appointment("邓霁为群众解难，", 2) is None
    True
    """
    for pattern in (_APPOINTED, _DISMISSED):
        found = pattern.match(text, at)
        if found is None:
            continue
        posts: list[str] = []
        for part in found["posts"].split("、"):
            if not is_post(part) or "为" in part:
                break
            posts += _AND_ALSO.split(part)
        if posts:
            return found.end(), tuple(posts)
    return None
