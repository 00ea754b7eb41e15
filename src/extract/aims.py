"""Whether a figure is something to be reached: by an aim word in its sentence, or by the plan its section sets out.

Needs a figure with its clause; gives the rule that made it a target, or None.
"""

from __future__ import annotations

from extract.clauses import clause_start
from extract.figures import Figure
from extract.patterns import Pattern

_AIM = Pattern(
    r"力争|争取|(?<![着全大奋努尽合])力促|力求|务求|务必|确保(?!了|险)|预期目标|主要目标|(?<!完成|实现|超额|提前|达到|年度|考核|下达|国家|省定|预定|既定)目标(?=是|为|：|，|在|值)|"
    r"奋斗目标|目标(?=任务(?:是|为|：))|努力(?=实现|达到|完成|使|把|保持|推动|增加|提高)|预期(?=增长|为|在|达)|要(?=达到|实现|保持在|完成|新增|突破)|"
    r"(?<![着全大奋努尽合])力保|致力|冲刺|不低于|不少于|控制在|提出.{0,12}(?=达到|大于)"
)
_FACT = Pattern(
    r"目前|已经?(?!签约)|现有|拥有|(?<![较比与同])(?:去年|上年)|截至|至今|以来|实际(?!利用|使用|到位)|同比(?=[^，。]{0,6}(?:提高|下降))|共有|仅有?|成为|形成了|达到了|完成了|实现了|"
    r"呈现|来看|超额完成|获得?|荣获|入选|位居|连续"
)
_BLOCKED = Pattern(
    r"^(?:要|进一步|充分|积极|大力|主动|持续|继续|全面|加快|更好|重点|着力|、)*(?:聚焦|围绕|面向|依托|利用(?!率)|针对|发挥|按照|根据|对|面对|立足|坚持以|用好|瞄准|紧盯|把握|抢抓|落实好?)"
)
_PROJECT_MONEY = Pattern(r"(?:项目|工程).{0,30}投资|年度(?:计划)?投资$")
# 达产后年可实现收入65亿元: what a firm expects, nobody's target
_EXPECTED = Pattern(r"预计|有望|可实现|可达|达产后|建成后|投产后|计划再|工作要点")
_PAST = Pattern(r"了(?=[\d一二三四五六七八九十百千万亿近超约])")


def find_aim(figure: Figure, text: str, sentence_start: int) -> str | None:
    """The rule by which a figure is a target: `aim.word`, `aim.within`, `aim.plan` or `aim.future`; None for a fact."""
    if figure.quantity.rule == "multiple" and any(
        p.grain == "duration" and text.startswith("内", p.end - 1) for p in figure.left.periods
    ):
        return "aim.within"
    explicit = _explicit(figure, text, sentence_start)
    if explicit:
        return "aim.word"
    money = figure.subject is not None and _PROJECT_MONEY.search(figure.subject) is not None
    if money and figure.quantity.comparator == "=":
        # the money of a list already drawn up is planned, not aimed at
        return None
    if figure.setting.mode == "plan" and _planned_here(figure, text, sentence_start):
        return "aim.plan"
    if money:
        return None
    if _EXPECTED.search(text, sentence_start, figure.start):
        return None
    if _future(figure) and not _reset(text, sentence_start, figure.start):
        return "aim.future"
    return None


_BOUNDS = ("不低于", "不少于", "控制在")


def _explicit(figure: Figure, text: str, start: int) -> bool:
    aims = list(_AIM.finditer(text, start, figure.quantity.outer_end))
    if not aims:
        return False
    last = aims.pop()
    while last.group() in _BOUNDS and aims and _FACT.search(text, aims[-1].end(), last.start()) is None:
        # 确保项目不低于90个: the bound belongs to the aim before it
        last = aims.pop()
    if last.group() in ("争取", "确保") and figure.setting.mode == "review" and not _future(figure):
        return False
    if last.group() in _BOUNDS and figure.setting.mode != "plan" and not _future(figure):
        return False
    return _FACT.search(text, last.end(), figure.start) is None


def _planned_here(figure: Figure, text: str, start: int) -> bool:
    """In a section of plans a figure is a target unless its own words state a fact."""
    if _reset(text, start, figure.start) or _past(figure):
        return False
    if figure.after and text.startswith(("的问题", "的难题", "的矛盾", "的现象"), figure.after[1]):
        # 解决一校两套班子的问题: what is to be ended is a fact
        return False
    clause = text[clause_start(text, start, figure.start) : figure.start]
    if figure.left.part_of and figure.quantity.comparator in ("=", "~") and not figure.left.has("endpoint"):
        return False
    if figure.is_count and figure.noun == figure.after and clause.startswith(("推动", "推进")):
        return False
    if figure.is_count and figure.noun == figure.after and figure.left.noun is not None:
        # 节能装备、动力电池2个产业链: the count only sums up what stands before it
        return "、" not in clause
    return not _BLOCKED.search(clause) and not _PAST.search(clause)


def _reset(text: str, start: int, end: int) -> bool:
    return _FACT.search(text, start, end) is not None


def _past(figure: Figure) -> bool:
    reference = figure.setting.reference
    last = figure.period.last if figure.period else None
    return reference is not None and last is not None and last < reference.replace(month=1, day=1)


def _future(figure: Figure) -> bool:
    reference = figure.setting.reference
    first = figure.period.first if figure.period else None
    last = figure.period.last if figure.period else None
    if reference is None or first is None or last is None or "period.heading" in figure.carried:
        return False
    return last.year > reference.year
