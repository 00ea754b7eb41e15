"""How many projects, at which stage, planned or real."""

from __future__ import annotations

from typing import Literal

from extract.clauses import clause_start
from extract.figures import Figure
from extract.models import described
from extract.patterns import Pattern
from extract.records.base import Fact


class ProjectCount(Fact):
    """How many projects, at which stage, planned or real."""

    stage: Literal["signed", "reserve", "listed", "start", "continue", "complete", "other"] = described(
        "Stage of the projects counted", example="start"
    )
    planned: bool = described("True for a plan, false for a fact", example=False)
    invest_min: float | None = described("Lower threshold on project size", unit="CNY")
    invest_max: float | None = described("Upper threshold on project size", unit="CNY")


_PROJECT = Pattern(r"(?:项目|工程)$")
_STAGES: tuple[tuple[str, str], ...] = (
    (
        "other",
        r"未(?:能|按[期时]|如期|按计划|及时)*(?:开工|竣工|投产|签约|完工|复工|建成)|停工|停建|缓建|^(?:（[^）]*）)?荣?获",
    ),
    ("listed", r"谋划实施"),
    ("complete", r"(?:竣工|建成|投产|完工|投用|达效|达产|投运|验收|交付)(?!率)"),
    ("start", r"(?<!复)开工(?!率)|开复工(?!率)|启动建设|动工|新建"),
    ("continue", r"续建|在建|结转|复工(?!率)"),
    ("signed", r"签约(?!率)|签订|签下|引进|落地"),
    ("reserve", r"储备|谋划|入库|在谈|包装"),
    ("listed", r"安排|实施|列入|筛选|确定|纳入|推进|梳理|共有|建设"),
)
STAGE_PATTERNS = tuple((stage, Pattern(pattern)) for stage, pattern in _STAGES)
_CLAUSE = Pattern(r"[^，；。\n]{0,16}")
_NEXT_STAGE = Pattern(r"(?:开工|复工|竣工|投产|签约|完工|建成|落地|停工)$")
_ELIDED = Pattern(
    r"^(?:实际|累计|新|已|计划|拟|共|未|未能|提前|按[期时]|如期|按计划)*(?:开复工|复工|停工|动工|开工|竣工|签约|投产|达效|续建|在建|新开工|建成投产|落地|完工|建成|启动|投产运营)(?:建设)?$"
)
# 冰雪装备项目累计签约109项: the projects, then what was done with them
_ACTED = Pattern(
    r"(.{2,}(?:项目|工程))(?:累计|共|已|新)*(?:签约|落地|开工|开复工|复工|停工|动工|竣工|投产|实施|集中开工)$"
)
_PLANNED = Pattern(r"(?<!按|按照|未按)计划|拟|将(?!近)|预计")


def recognise(figure: Figure, text: str) -> str | None:
    """The rule by which the figure counts projects."""
    if figure.quantity.base_unit != "count" or figure.quantity.unit in ("倍", "位", "次"):
        return None
    noun = text[slice(*figure.noun)] if figure.noun else ""
    if _PROJECT.search(noun):
        return "projects.noun"
    if noun and (named := _ACTED.match(noun)):
        figure.subject = named[1]
        return "projects.acted"
    if noun and _ELIDED.match(noun):
        return "projects.elided"
    if not noun and figure.subject and _PROJECT.search(figure.subject):
        return "projects.carried"
    return None


def stage(figure: Figure, text: str) -> str:
    """The stage named nearest: in the noun, before the figure, behind it."""
    noun = text[slice(*figure.noun)] if figure.noun else ""
    before = text[clause_start(text, max(0, figure.start - 40), figure.start) : figure.start]
    clause = _CLAUSE.match(text, figure.noun[1] if figure.noun and figure.noun == figure.after else figure.end)
    behind = clause[0] if clause else ""
    if clause and clause.start() <= figure.next_start < clause.end() and figure.noun == figure.after:
        # 40个项目开工35个: the verb is of those counted next
        behind = "" if _NEXT_STAGE.search(text, clause.start(), figure.next_start) else behind
    for place in (noun, behind if figure.noun is not None and figure.noun == figure.after else "", before, behind):
        if (named := _stage_of(place)) is not None:
            return named
    counted = figure.source
    while counted is not None and not counted.rule.startswith("projects"):
        counted = counted.source
    if counted is not None:
        return stage(counted, text)
    if _INVOLVED.search(before) and (earlier := _stage_of(text[max(0, figure.left.low - 24) : figure.left.low])):
        return earlier
    return "listed" if figure.noun else "other"


# 举行集中开工4期，涉及项目312个: the clause before says what was done with them
_CLAUSE_END = Pattern(r"[；。]")
_INVOLVED = Pattern(r"(?:涉及|涵盖|包括|包含)$|(?:涉及|涵盖|包括|包含)[^，。；]{0,8}项目$")


def _stage_of(stretch: str) -> str | None:
    """The stage that a stretch of text names, None for none."""
    clauses = _CLAUSE_END.split(stretch)[-1]
    return next((name for name, pattern in STAGE_PATTERNS if pattern.search(clauses)), None)


def planned(figure: Figure, text: str) -> bool:
    """Whether the count is a plan: by its words, or as a list for a year still to come."""
    before = text[figure.left.low : figure.start]
    noun = text[slice(*figure.noun)] if figure.noun else ""
    if _PLANNED.search(before.rpartition("（")[2]) or noun.startswith("计划") or text.startswith("计划", figure.end):
        return True
    reference = figure.setting.reference
    first = figure.period.first if figure.period else None
    return bool(reference and first and first > reference) or figure.setting.mode == "plan"
