"""Every relation of the checks on the smallest sentence that shows it: the sentences, and the checks they make.

A sentence is its text, its year and its figures; a figure is table, printed words, value, unit, indicator and further
columns. All invented.
"""

from __future__ import annotations

from datetime import date
from typing import Any

Figure = tuple[Any, ...]
Sentence = tuple[str, int, list[Figure]]
"""The text, its year and its figures."""


def year(number: int) -> dict[str, Any]:
    return {"period_start": date(number, 1, 1), "period_end": date(number, 12, 31)}


def in_place(name: str, code: str, **columns: Any) -> dict[str, Any]:
    return {"region": name, "region_code": code, **columns}


PLAN = {"modality": "planned"}
CITY, COUNTY = in_place("和源市", "999900"), in_place("清溪县", "999921")
PROVINCE = in_place("云江省", "990000")

CLAIMS: dict[str, tuple[list[Sentence], list[str]]] = {
    "average": (
        [
            (
                "签约项目40个，总投资80亿元，单个项目平均投资2亿元。",
                2023,
                [
                    ("project_counts", "40个", 40, "个", "签约项目"),
                    ("levels", "80亿元", 80, "亿元", "签约项目总投资"),
                    ("levels", "2亿元", 2, "亿元", "单个项目平均投资"),
                ],
            )
        ],
        ["80亿元 / 40个 = 2亿元"],
    ),
    "average that differs, the thing first": (
        [
            (
                "签约项目40个，总投资80亿元，项目平均投资3亿元。",
                2023,
                [
                    ("project_counts", "40个", 40, "个", "签约项目"),
                    ("levels", "80亿元", 80, "亿元", "签约项目总投资"),
                    ("levels", "3亿元", 3, "亿元", "签约项目平均投资"),
                ],
            )
        ],
        ["80亿元 / 40个 = 2亿元 ≠ 3亿元"],
    ),
    "average of a measure that is no investment": (
        [
            (
                "规上企业120家，规上企业营业收入240亿元，规上企业平均营业收入3亿元。",
                2023,
                [
                    ("levels", "120家", 120, "家", "规上企业"),
                    ("levels", "240亿元", 240, "亿元", "规上企业营业收入"),
                    ("levels", "3亿元", 3, "亿元", "规上企业平均营业收入"),
                ],
            )
        ],
        ["240亿元 / 120家 = 2亿元 ≠ 3亿元"],
    ),
    "annual growth": (
        [
            (
                "技术合同成交额由100亿元增加到121亿元，年均增长10%。",
                2023,
                [
                    ("levels", "100亿元", 100, "亿元", "技术合同成交额", year(2020)),
                    ("levels", "121亿元", 121, "亿元", "技术合同成交额", year(2022)),
                    ("growth_rates", "10%", 10, "%", "技术合同成交额"),
                ],
            )
        ],
        ["(121亿元 / 100亿元)^(1/2) - 1 = 10%"],
    ),
    "percentage points": (
        [
            (
                "绿化率由40%提高到45%，提高5个百分点。",
                2023,
                [
                    ("shares", "40%", 40, "%", "绿化率"),
                    ("shares", "45%", 45, "%", "绿化率"),
                    ("growth_rates", "5个百分点", 5, "个百分点", "绿化率"),
                ],
            )
        ],
        ["45% - 40% = 5个百分点"],
    ),
    "an increase in its own unit": (
        [
            (
                "签约额由12亿元增加到15亿元，增加5亿元。",
                2023,
                [
                    ("levels", "12亿元", 12, "亿元", "项目签约额"),
                    ("levels", "15亿元", 15, "亿元", "项目签约额"),
                    ("growth_rates", "5亿元", 5, "亿元", "项目签约额"),
                ],
            )
        ],
        ["15亿元 - 12亿元 = 3亿元 ≠ 5亿元"],
    ),
    "the change before its levels": (
        [
            (
                "签约额增长25%，由10.0亿元增加到12.5亿元。",
                2023,
                [
                    ("growth_rates", "25%", 25, "%", "项目签约额"),
                    ("levels", "10.0亿元", 10, "亿元", "项目签约额"),
                    ("levels", "12.5亿元", 12.5, "亿元", "项目签约额"),
                ],
            )
        ],
        ["12.5亿元 / 10.0亿元 - 1 = 25%"],
    ),
    "a fall": (
        [
            (
                "积压案件由50个减少到40个，下降20%。",
                2023,
                [
                    ("levels", "50个", 50, "个", "积压案件"),
                    ("levels", "40个", 40, "个", "积压案件"),
                    ("growth_rates", "20%", -20, "%", "积压案件"),
                ],
            )
        ],
        ["-(40个 / 50个 - 1) = -20%"],
    ),
    "by so many times": (
        [
            (
                "示范企业由10家增加到30家，增长2倍。",
                2023,
                [
                    ("levels", "10家", 10, "家", "示范企业"),
                    ("levels", "30家", 30, "家", "示范企业"),
                    ("growth_rates", "2倍", 2, "倍", "示范企业"),
                ],
            )
        ],
        ["30家 / 10家 - 1 = 2倍"],
    ),
    "so many times": (
        [
            (
                "示范企业由10家增加到30家，是原来的3倍。",
                2023,
                [
                    ("levels", "10家", 10, "家", "示范企业"),
                    ("levels", "30家", 30, "家", "示范企业"),
                    ("growth_rates", "3倍", 3, "倍", "示范企业", {"rule": "growth.times"}),
                ],
            )
        ],
        ["30家 / 10家 = 3倍"],
    ),
    "a level, its increase and the rate of it": (
        [
            (
                "示范企业240家，增加40家，增长20%。",
                2023,
                [
                    ("levels", "240家", 240, "家", "示范企业"),
                    ("growth_rates", "40家", 40, "家", "示范企业"),
                    ("growth_rates", "20%", 20, "%", "示范企业"),
                ],
            )
        ],
        ["40家 / (240家 - 40家) = 20%"],
    ),
    "this year's level and last year's": (
        [
            ("示范企业50家。", 2022, [("levels", "50家", 50, "家", "示范企业")]),
            (
                "示范企业60家，增长20%。",
                2023,
                [("levels", "60家", 60, "家", "示范企业"), ("growth_rates", "20%", 20, "%", "示范企业")],
            ),
        ],
        ["60家 / 50家 - 1 = 20%"],
    ),
    "exports and imports": (
        [
            (
                "进出口50亿元，其中出口30亿元、进口20亿元。",
                2023,
                [
                    ("levels", "50亿元", 50, "亿元", "进出口", {"concept": "trade_total"}),
                    ("levels", "30亿元", 30, "亿元", "出口"),
                    ("levels", "20亿元", 20, "亿元", "进口"),
                ],
            )
        ],
        ["30亿元 + 20亿元 = 50亿元"],
    ),
    "parts and their shares of a larger place": (
        [
            (
                "一季度出口额30亿元，占全省60%；进口额20亿元，占全省20%；额50亿元，占全省30%。",
                2023,
                [
                    ("levels", "30亿元", 30, "亿元", "出口额"),
                    ("shares", "60%", 60, "%", "出口额", {"whole": "全省"}),
                    ("levels", "20亿元", 20, "亿元", "进口额"),
                    ("shares", "20%", 20, "%", "进口额", {"whole": "全省"}),
                    ("levels", "50亿元", 50, "亿元", "额"),
                    ("shares", "30%", 30, "%", "额", {"whole": "全省"}),
                ],
            )
        ],
        ["30亿元 + 20亿元 = 50亿元", "(30亿元 + 20亿元) / (30亿元 / 60% + 20亿元 / 20%) = 33.3% ≠ 30%"],
    ),
    "new, continued and further projects": (
        [
            (
                "安排重点项目20个，新开工9个，续建8个，前期3个。",
                2023,
                [
                    ("project_counts", "20个", 20, "个", "重点项目"),
                    ("project_counts", "9个", 9, "个", "新开工项目", {"stage": "start"}),
                    ("project_counts", "8个", 8, "个", "续建项目", {"stage": "continue"}),
                    ("project_counts", "3个", 3, "个", "前期项目", {"stage": "prepare"}),
                ],
            )
        ],
        ["9个 + 8个 + 3个 = 20个"],
    ),
    "what 其中 parts is the count right before it": (
        [
            (
                "安排重点项目20个，已开工17个，其中新建项目9个，续建项目8个。",
                2023,
                [
                    ("project_counts", "20个", 20, "个", "重点项目"),
                    ("project_counts", "17个", 17, "个", "重点项目", {"stage": "start"}),
                    ("project_counts", "9个", 9, "个", "新建项目", {"stage": "start"}),
                    ("project_counts", "8个", 8, "个", "续建项目", {"stage": "continue"}),
                ],
            )
        ],
        ["9个 + 8个 = 17个"],
    ),
    "a share of the figure just named": (
        [
            (
                "上榜企业40家，占全省160家的25%。",
                2023,
                [
                    ("levels", "40家", 40, "家", "上榜企业"),
                    ("levels", "160家", 160, "家", "上榜企业", PROVINCE),
                    ("shares", "25%", 25, "%", "上榜企业", {"whole": "全省"}),
                ],
            )
        ],
        ["40家 / 160家 = 25%"],
    ),
    "a share of an average in brackets": (
        [
            (
                "校均投入90亿元，仅为全省平均值（200亿元）的45%。",
                2023,
                [
                    ("levels", "90亿元", 90, "亿元", "校均投入", CITY),
                    ("levels", "200亿元", 200, "亿元", "校均投入", PROVINCE),
                    ("shares", "45%", 45, "%", "校均投入", CITY | {"whole": "全省平均值"}),
                ],
            )
        ],
        ["90亿元 / 200亿元 = 45%"],
    ),
    "a ratio of two that are named": (
        [
            (
                "科研支出12亿元，一般支出600亿元，科研支出与一般支出之比为2%。",
                2023,
                [
                    ("levels", "12亿元", 12, "亿元", "科研支出"),
                    ("levels", "600亿元", 600, "亿元", "一般支出"),
                    ("shares", "2%", 2, "%", "科研支出"),
                ],
            )
        ],
        ["12亿元 / 600亿元 = 2%"],
    ),
    "a county's share of the city's": (
        [
            (
                "全市用工300家，清溪县用工60家、占20%。",
                2023,
                [
                    ("levels", "300家", 300, "家", "用工", CITY),
                    ("levels", "60家", 60, "家", "用工", COUNTY),
                    ("shares", "20%", 20, "%", "用工", COUNTY),
                ],
            )
        ],
        ["60家 / 300家 = 20%"],
    ),
    "a share of a whole under its own name": (
        [
            (
                "规模以上工业产值120亿元，装备制造产值30亿元，比重25%。",
                2023,
                [
                    ("levels", "120亿元", 120, "亿元", "规模以上工业产值"),
                    ("levels", "30亿元", 30, "亿元", "装备制造产值"),
                    ("shares", "25%", 25, "%", "装备制造产值", {"whole": "规模以上工业"}),
                ],
            )
        ],
        ["30亿元 / 120亿元 = 25%"],
    ),
    "a rate of an act": (
        [
            (
                "计划开工50个，实际开工45个，开工率90%。",
                2023,
                [
                    ("project_counts", "50个", 50, "个", "开工项目", PLAN),
                    ("project_counts", "45个", 45, "个", "开工项目"),
                    ("shares", "90%", 90, "%", "开工率"),
                ],
            )
        ],
        ["45个 / 50个 = 90%"],
    ),
    "the years of a span": (
        [
            ("2021年新建泵站30个。", 2021, [("levels", "30个", 30, "个", "新建泵站")]),
            ("2022年新建泵站40个。", 2022, [("levels", "40个", 40, "个", "新建泵站")]),
            (
                "两年新建泵站70个。",
                2023,
                [
                    (
                        "levels", "70个", 70, "个", "新建泵站",
                        {"period_start": date(2021, 1, 1), "period_end": date(2022, 12, 31)},
                    )
                ],
            ),
        ],
        ["30个 + 40个 = 70个"],
    ),
    "a list in brackets": (
        [
            (
                "48%的企业投向集中在食品（20%）、纺织（28%）。",
                2023,
                [
                    ("shares", "48%", 48, "%", "企业"),
                    ("shares", "20%", 20, "%", "食品"),
                    ("shares", "28%", 28, "%", "纺织"),
                ],
            )
        ],
        ["20% + 28% = 48%"],
    ),
    "together": (
        [
            (
                "食品签约3亿元、纺织签约5亿元，合计8亿元。",
                2023,
                [
                    ("levels", "3亿元", 3, "亿元", "食品签约"),
                    ("levels", "5亿元", 5, "亿元", "纺织签约"),
                    ("levels", "8亿元", 8, "亿元", "签约"),
                ],
            )
        ],
        ["3亿元 + 5亿元 = 8亿元"],
    ),
    "done and not done": (
        [
            (
                "计划开工90个，实际开工84个，仍有6个未开工。",
                2023,
                [
                    ("project_counts", "90个", 90, "个", "开工项目", PLAN),
                    ("project_counts", "84个", 84, "个", "开工项目"),
                    ("project_counts", "6个", 6, "个", "未开工项目"),
                ],
            )
        ],
        ["84个 + 6个 = 90个"],
    ),
    "a rate, its distance and the larger place's": (
        [
            (
                "开工率60%，低于全省20个百分点，全省为80%。",
                2023,
                [
                    ("shares", "60%", 60, "%", "开工率", CITY),
                    ("levels", "20个百分点", 20, "个百分点", "开工率低于全省", CITY),
                    ("shares", "80%", 80, "%", "开工率", PROVINCE),
                ],
            )
        ],
        ["60% + 20个百分点 = 80%"],
    ),
    "two distances to one place": (
        [
            (
                "和源市开工率60%，低于全省20个百分点。",
                2023,
                [
                    ("shares", "60%", 60, "%", "开工率", CITY),
                    ("levels", "20个百分点", 20, "个百分点", "开工率低于全省", CITY),
                ],
            ),
            (
                "清溪县开工率85%，高于全省5个百分点。",
                2023,
                [
                    ("shares", "85%", 85, "%", "开工率", COUNTY),
                    ("levels", "5个百分点", 5, "个百分点", "开工率高于全省", COUNTY),
                ],
            ),
        ],
        ["60% + 20个百分点 + 5个百分点 = 85%"],
    ),
}  # fmt: skip
