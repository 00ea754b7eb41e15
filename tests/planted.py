"""Invented documents whose figures determine each other, with planted errors: the ground truth of `checks`.

A document is built from paragraphs, each with figures that follow from one another; then up to five printed results
are altered. What is altered is known, so every check that differs must touch an altered figure, and every altered
figure must be touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

CITIES = ("临川市", "青澜市", "东屏市", "望江市", "和源市")


@dataclass(eq=False)
class Figure:
    """A figure of the document: its value, the decimals it is printed with, its unit."""

    value: Decimal
    digits: int
    unit: str

    def __str__(self) -> str:
        return f"{self.rounded.normalize():f}{self.unit}"

    @property
    def rounded(self) -> Decimal:
        return self.value.quantize(Decimal(1).scaleb(-self.digits), ROUND_HALF_UP)


@dataclass
class Planted:
    """A document, the spans of its altered figures with the kind of their relation, and how many relations it holds."""

    text: str
    errors: dict[tuple[int, int], str]
    results: dict[tuple[int, int], str]


@dataclass
class Draft:
    """Text and figures in order, and the figures that follow from others, by kind."""

    random: Random
    pieces: list[str | Figure] = field(default_factory=list)
    results: list[tuple[str, Figure]] = field(default_factory=list)

    def write(self, *pieces: str | Figure) -> None:
        self.pieces.extend(pieces)

    def paragraph(self, *pieces: str | Figure) -> None:
        self.write(*pieces, "\n\n")

    def result(self, kind: str, figure: Figure) -> Figure:
        self.results.append((kind, figure))
        return figure

    def money(self, low: int, high: int, digits: int = 1) -> Figure:
        return Figure(
            Decimal(self.random.randrange(low * 10**digits, high * 10**digits)).scaleb(-digits), digits, "亿元"
        )

    def count(self, low: int, high: int, unit: str = "个") -> Figure:
        return Figure(Decimal(self.random.randrange(low, high)), 0, unit)


def percent(part: Figure, whole: Figure, digits: int = 1) -> Figure:
    return Figure(part.rounded / whole.rounded * 100, digits, "%")


def total(*parts: Figure) -> Figure:
    return Figure(sum((part.rounded for part in parts), Decimal(0)), max(part.digits for part in parts), parts[0].unit)


def project_years(draft: Draft) -> None:
    """Years of a project list, their completion rates, the span's totals and the average sizes."""
    first = draft.random.choice((2020, 2021))
    years = range(first, 2024)
    lists: list[tuple[Figure, ...]] = []
    for year in years:
        number, size = draft.count(180, 320), draft.money(1500, 3400)
        plan, done = draft.money(500, 1200), draft.money(500, 1300)
        rate = draft.result("ratio", percent(done, plan))
        draft.write(f"{year}年，全市共安排重点项目", number, "，总投资", size, "，年度计划投资", plan)
        draft.write("，完成投资", done, "，占年度计划的", rate, "。")
        starts(draft)
        lists.append((number, size, plan, done))
    numbers, sizes, plans, dones = zip(*lists, strict=True)
    draft.write(f"{first}—2023年，全市共实施重点项目", draft.result("sum", total(*numbers)))
    draft.write("，总投资", draft.result("sum", total(*sizes)), "，年度计划投资", draft.result("sum", total(*plans)))
    draft.paragraph("，完成投资", draft.result("sum", total(*dones)), "。")
    draft.write(f"从规模看，单个项目平均投资，{first}—2023年分别为")
    for index, (number, size) in enumerate(zip(numbers, sizes, strict=True)):
        average = Figure(size.rounded / number.rounded, 1, "亿元")
        draft.write("、" if index else "", draft.result("average", average))
    draft.paragraph("。")


def starts(draft: Draft) -> None:
    planned = draft.count(80, 160)
    done = Figure(planned.value - draft.random.randrange(3, 20), 0, "个")
    draft.paragraph(
        "计划开工项目", planned, "，实际开工", done, "，开工率", draft.result("ratio", percent(done, planned)), "。"
    )


def new_and_continued(draft: Draft) -> None:
    new, going = draft.count(90, 200), draft.count(80, 190)
    whole = draft.result("sum", total(new, going))
    draft.paragraph("2024年，全市初步安排重点项目", whole, "，其中新开工项目", new, "，续建项目", going, "。")


def larger_place(draft: Draft) -> None:
    part, whole = draft.money(400, 900), draft.money(9000, 20000)
    draft.write("2022年，全市实现规模以上工业增加值", part, "，全省实现规模以上工业增加值", whole)
    draft.paragraph("，占比仅为", draft.result("share", percent(part, whole)), "。")


def of_named_count(draft: Draft) -> None:
    part, whole = draft.count(40, 90, "家"), draft.count(150, 400, "家")
    draft.paragraph(
        "2023年，全县高新技术企业", part, "，占全市", whole, "的", draft.result("share", percent(part, whole)), "。"
    )


def industries(draft: Draft) -> None:
    parts = [draft.money(100, 300), draft.money(400, 900), draft.money(400, 900)]
    whole = draft.result("sum", total(*parts))
    draft.write("2023年，全市地区生产总值", whole, "，其中第一产业增加值", parts[0], "，第二产业增加值", parts[1])
    draft.paragraph("，第三产业增加值", parts[2], "。")


def trade(draft: Draft) -> None:
    exports, imports = draft.money(40, 90), draft.money(20, 60)
    whole = draft.result("sum", total(exports, imports))
    draft.paragraph("2023年，全市进出口总额", whole, "，其中出口", exports, "，进口", imports, "。")


def survey(draft: Draft) -> None:
    parts = [Figure(Decimal(draft.random.randrange(500, 2000)).scaleb(-2), 2, "%") for _ in range(3)]
    whole = draft.result("sum", total(*parts))
    draft.write("调查显示，", whole, "的企业把投资意向集中在食品（", parts[0], "）、纺织（", parts[1])
    draft.paragraph("）和建材（", parts[2], "）等行业。")


def from_to(draft: Draft) -> None:
    start, end = draft.count(300, 500, "家"), draft.count(520, 800, "家")
    growth = Figure((end.value / start.value - 1) * 100, 1, "%")
    draft.write("全市规模以上工业企业由2022年的", start, "增加到2023年的", end)
    draft.paragraph("，增长", draft.result("growth", growth), "。")


def yearly_growth(draft: Draft) -> None:
    start, end = draft.money(10, 20, 2), draft.money(25, 40, 2)
    growth = Figure(((end.rounded / start.rounded) ** (Decimal(1) / 3) - 1) * 100, 1, "%")
    draft.write("全市研发经费投入由2020年的", start, "增长到2023年的", end)
    draft.paragraph("，年均增长", draft.result("growth", growth), "。")


def two_years(draft: Draft) -> None:
    start, end = draft.count(300, 600, "万人次"), draft.count(610, 900, "万人次")
    growth = Figure((end.value / start.value - 1) * 100, 1, "%")
    draft.write("2022年，全市接待游客", start, "。2023年，全市接待游客", end)
    draft.paragraph("，同比增长", draft.result("growth", growth), "。")


def two_counts(draft: Draft) -> None:
    start = draft.count(20, 60)
    end = Figure(start.value + draft.random.randrange(12, 40), 0, "个")
    more = draft.result("growth", Figure(end.value - start.value, 0, "个"))
    draft.write("2022年，全市签约10亿元以上制造业项目", start, "。2023年，全市签约10亿元以上制造业项目", end)
    draft.paragraph("，同比增加", more, "。")


def rise_of_rate(draft: Draft) -> None:
    start = Figure(Decimal(draft.random.randrange(150, 300)).scaleb(-1), 1, "%")
    end = Figure(start.value + Decimal(draft.random.randrange(11, 90)).scaleb(-1), 1, "%")
    rise = draft.result("growth", Figure(end.value - start.value, 1, "个百分点"))
    draft.paragraph("全市森林覆盖率由", start, "提高到", end, "，提高", rise, "。")


def printed_twice(draft: Draft) -> None:
    """A figure of the first section, said again at the end of the document."""
    capital = draft.money(300, 700)
    again = draft.result("repeat", Figure(capital.value, 1, "亿元"))
    draft.pieces[1:1] = ["2023年，全市实际到位省外资金", capital, "，项目建设稳步推进。\n\n"]
    draft.paragraph("回顾全年，2023年全市实际到位省外资金", again, "，成绩来之不易。")


def noise(draft: Draft) -> None:
    """Figures that determine nothing, beside each other on purpose."""
    draft.write("2023年，全市新建改造高标准农田", draft.money(20, 60).rounded.__str__(), "万亩，培育省级示范企业")
    draft.write(draft.count(5, 30, "家"), "，新建口袋公园", draft.count(5, 30), "，其中县城", draft.count(31, 60), "。")
    draft.write(
        "地区生产总值增长", Figure(Decimal("6.1"), 1, "%"), "，固定资产投资增长", Figure(Decimal("8.4"), 1, "%")
    )
    draft.paragraph("。全市医院", draft.count(20, 90, "家"), "，床位使用率", Figure(Decimal("81.5"), 1, "%"), "。")


PARAGRAPHS: tuple[Callable[[Draft], None], ...] = (
    project_years, new_and_continued, larger_place, of_named_count, industries, trade, survey, from_to, yearly_growth,
    two_years, two_counts, rise_of_rate, printed_twice, noise,
)  # fmt: skip


def generate(seed: int) -> Planted:
    """The invented document of a seed, with nought to five altered results."""
    random = Random(seed)
    draft = Draft(random)
    draft.write(f"关于{random.choice(CITIES)}经济运行情况的报告\n\n（2024年1月10日）\n\n")
    for paragraph in random.sample(PARAGRAPHS, random.randrange(6, len(PARAGRAPHS) + 1)):
        paragraph(draft)
    altered = random.sample(draft.results, min(random.randrange(6), len(draft.results)))
    for _, figure in altered:
        _alter(random, figure)
    spans: dict[int, tuple[int, int]] = {}
    text = ""
    for piece in draft.pieces:
        spans[id(piece)] = (len(text), len(text) + len(str(piece)))
        text += str(piece)
    errors = {spans[id(figure)]: kind for kind, figure in altered}
    return Planted(text, errors, {spans[id(figure)]: kind for kind, figure in draft.results})


def _alter(random: Random, figure: Figure) -> None:
    """Change a figure by 3 to 30 percent, at least ten units of its last digit, always to a positive value."""
    unit = Decimal(1).scaleb(-figure.digits)
    change = max(10 * unit, (figure.value * random.randrange(3, 31) / 100).quantize(unit, ROUND_HALF_UP))
    down = random.random() < 0.5 and figure.value > 2 * change
    figure.value = figure.rounded + (-change if down else change)
