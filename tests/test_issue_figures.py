"""Figures, numerals, events and persons of the real issue, one by one, as the guidelines read them.

A line of `FIGURES` names article, table, words that the indicator must hold, value, unit, period and region, then other
columns. A period is one or two dates, each a year, month or day; - is null, * is not judged here. Nothing is taken over
from the output: what the pipeline still reads wrongly does not stand here.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from typing import Any

import pytest

from real_issue import needs_issue, read_issue

pytestmark = needs_issue

FIGURES = """
01 levels 到位省外资金 579 亿元 2023 濮阳市 modality=actual
01 growth_rates 到位省外资金 41.2 % 2023 濮阳市 basis=unmarked direction=up
01 rankings 到位省外资金 1 位 2023 濮阳市 among=河南省
01 levels 制造业项目 463 亿元 2023 濮阳市
01 growth_rates 制造业项目 54.3 % 2023 濮阳市
01 growth_rates 制造业投资 47.4 % 2023 濮阳市 basis=yoy
01 project_counts 制造业项目 100 个 2023 濮阳市 stage=complete planned=False invest_min=100000000
01 growth_rates 工业投资 10.8 % 2023-01..2023-02 濮阳市
01 growth_rates 工业投资 21.1 % 2023 濮阳市 basis=base
01 rankings 工业投资 9 位 * 濮阳市 among=河南省
01 rankings 工业投资 6 位 * 濮阳市 among=河南省
01 levels 企业 96 家 2023 濮阳市
01 levels 工业税收 55.6 亿元 2023 濮阳市
01 growth_rates 工业税收 91.6 % 2023 濮阳市 basis=yoy
01 targets 到位资金 2 倍 2023..2024 濮阳市 measure=growth
01 targets 投资产能 2 倍 2023..2025 濮阳市 measure=growth
02 levels 化工基地 65 平方公里 - 濮阳市
05 shares 开工率 95.1 % 2023 濮阳市
05 shares 投产率 90.8 % 2023 濮阳市
05 shares 达效率 100 % 2023 濮阳市
05 targets 经济 6.5 % 2024 濮阳市 measure=growth
05 targets 研发经费投入 19 % 2024 濮阳市 comparator=>= measure=growth
05 targets 固定资产投资 7 % 2024 濮阳市 measure=growth
05 targets 一般公共预算收入 6 % 2024 濮阳市
05 targets 失业率 5.5 % 2024 濮阳市 comparator=~ measure=share
05 targets 就业 4.3 万人 2024 濮阳市 comparator=>= measure=count
05 targets 粮食产量 50 亿斤 2024 濮阳市 comparator=>= base_value=2500000000
05 targets 国家标准 1 项 * 濮阳市 value_high=2 measure=count
05 targets 公共文化空间 5 个 * 濮阳市 measure=count
05 project_counts 改造项目 127 个 * 濮阳市
05 targets 储备项目 3 倍 * 濮阳市 comparator=>=
05 targets 高端装备制造 300 亿元 * 濮阳市 measure=level
05 targets 到位资金 50 % 2024 濮阳市 comparator=~ measure=growth
06 levels 化工基地 65 平方公里 - 濮阳市
06 levels 特种设备单位 158 家 - 濮阳市
06 levels 企业 58 家 - 濮阳市
06 shares 吡咯烷酮 76 % - 濮阳市
06 levels 木糖产能 4 万吨 - 濮阳市
06 levels 科创企业 548 家 - 濮阳市
06 targets 企业家 600 人（次） 2024 濮阳市 comparator=>= measure=count
06 targets 新材料产业集群 1000 亿元 2024 濮阳市 comparator=>
06 targets 新能源产业集群 200 亿元 2024 濮阳市
06 targets 轻纺产业集群 340 亿元 2024 濮阳市
06 targets 工业企业 100 家 2024 濮阳市 comparator=>= measure=count
06 targets 头雁企业 8 家 2024 濮阳市
06 targets 上市企业 1 家 2024 濮阳市
06 targets 到位资金 50 % 2024 濮阳市 comparator=~ measure=growth
06 targets 招商引资项目 350 个 2024 濮阳市 measure=count invest_min=100000000
06 targets 制造业项目 40 个 2024 濮阳市 comparator=>= invest_min=1000000000
06 targets 口袋公园 10 处 2024 濮阳市
06 targets 播种面积 580 万亩 2024 濮阳市 comparator=>=
07 shares 主营业务收入 20 % * 濮阳市 comparator=~ whole=全省
07 levels 工业企业 780 家 * 濮阳市
07 growth_rates 规模以上工业增加值 2.3 % 2023-01..2023-11 濮阳市 basis=yoy
07 rankings 规模以上工业增加值 12 位 2023-01..2023-11 濮阳市 among=河南省
07 growth_rates 规模以上制造业 2 % 2023-01..2023-11 濮阳市
07 growth_rates 工业投资 13.8 % 2023-01..2023-11 濮阳市
07 rankings 制造业投资 1 位 2023-01..2023-11 濮阳市 among=河南省
07 levels 数据库 3 个 - 濮阳市
07 levels 医院 870 家 - 中国 comparator=>
07 rankings 奖牌总数 4 位 * 濮阳市 among=河南省
07 levels 到位省外资金 477.5 亿元 2023-01..2023-09 濮阳市
07 rankings 到位省外资金 1 位 2023-01..2023-09 濮阳市 among=河南省
07 project_counts 项目 48 个 2023-01..2023-09 濮阳市 stage=signed invest_min=1000000000
07 levels 规模以上工业增加值 545.6 亿元 2022 濮阳市
07 levels 工业增加值 19592.8 亿元 2022 河南省
07 shares 规模以上工业增加值 2.8 % 2022 濮阳市
07 levels 营业收入 1508.8 亿元 2022 濮阳市
07 levels 营业收入 6.02 万亿元 2022 河南省
07 shares 营业收入 2.5 % 2022 濮阳市
07 levels 传统产业 1144.4 亿元 2022 濮阳市
07 shares 传统产业 76 % 2022 濮阳市 whole=规模以上工业
07 growth_rates 战略性新兴产业 3.3 % 2022 濮阳市
07 growth_rates 高技术制造业 -11.6 % 2022 濮阳市 direction=down
07 shares 高耗能工业 32.7 % 2022 濮阳市
07 levels 企业 4 家 2022 濮阳市
07 levels 上市企业 2 家 2023-12-31 濮阳市
07 levels 科技型中小企业 2.2 万家 * 河南省
07 project_counts 制造业项目 7 个 2023 濮阳市 invest_min=5000000000
07 growth_rates 制造业项目 4 个 2023 濮阳市 basis=yoy direction=up
07 project_counts 项目 13 个 2023 平顶山市
07 targets 制造业投资 30 % 2024 濮阳市 comparator=>= measure=growth
07 targets 产能 30 % 2024 濮阳市 comparator=>= measure=growth
07 targets 制造业增加值 15 % 2024 濮阳市 comparator=>= measure=growth
08 levels 常住人口 276.82 万人 2022 濮阳市5县
08 shares 常住人口 73.96 % 2022 濮阳市5县 whole=全市常住人口
08 levels 第一产业 209.41 亿元 2022 濮阳市5县
08 shares 第一产业 87.47 % 2022 濮阳市5县
08 levels 零售总额 409.64 亿元 2022 濮阳市5县
08 shares 新兴产业增加值 51.9 % 2022 濮阳县
08 shares 新兴产业增加值 13.1 % 2022 台前县
08 shares 研发经费支出 2.6 % 2022 范县
08 levels 高新技术企业 77 家 2022 濮阳市5县
08 levels 城镇化率 5.44 个百分点 2022 濮阳市
08 shares 城镇化率 39.25 % 2022 濮阳市5县
08 levels 一般公共预算收入 10 亿元 2022 南乐县、台前县 comparator=<
08 targets 高标准农田 40.6 万亩 2024 濮阳市
09 levels 基层干部 4.4 万名 - 濮阳市
09 levels 优秀干部 1600 名 - 濮阳市 comparator=>
09 levels 公务员 117 名 * 濮阳市
09 levels 意见建议 1436 条 - 濮阳市
09 growth_rates 信访举报 -78.3 % * 濮阳市 basis=yoy
09 levels 观察员 200 名 - 濮阳市 comparator=>
09 levels 调研成果 38 个 - 濮阳市
09 levels 稿件 90 篇 - 濮阳市
09 levels 考评单位 14 家 - 濮阳市
09 levels 干部 20 名 2023-08-17 濮阳市
10 project_counts 项目 699 个 - 濮阳市
10 levels 总投资 5472 亿元 - 濮阳市
10 levels 新能源装机 222.8 万千瓦 - 濮阳市 base_value=2228000000
10 shares 新能源装机 55.5 % - 濮阳市 whole=全市电力总装机
10 levels 高频事项审批时限 35 个工作日 - 濮阳市
10 levels 高频事项审批时限 14 个工作日 - 濮阳市 comparator=<=
10 levels 最长事项审批时限 27 个工作日 - 濮阳市
10 levels 企业 2100 家 - 濮阳市 comparator=>
10 project_counts 项目 2 个 2023 濮阳市 invest_min=10000000000
10 project_counts 制造业项目 8 个 2023 濮阳市 invest_min=5000000000
11 levels 行业大类 35 个 - 濮阳市
11 levels 高校设计中心 1 家 - 濮阳市
11 levels 高等院校 3 所 - 濮阳市
11 targets 市级工业设计中心 15 家 2025-12-31 濮阳市 measure=count
11 targets 省级工业设计中心 6 家 2025-12-31 濮阳市 measure=count
12 project_counts 省市重点项目 1215 个 2020..2023 濮阳市 stage=listed
12 levels 概算投资 12396.5 亿元 2020..2023 濮阳市
12 shares 完成投资 110.4 % 2020 濮阳市 whole=计划
12 project_counts 项目 139 个 2021 濮阳市 stage=start planned=True
12 project_counts 项目 132 个 2021 濮阳市 stage=start planned=False
12 shares 开工率 95 % 2021 濮阳市
12 levels 完成投资 1419.2 亿元 2023-01..2023-11 濮阳市
12 project_counts 项目 42 个 2024 濮阳市 planned=True invest_min=1000000000 invest_max=2000000000
12 levels 平均投资 10.7 亿元 2021 濮阳市
12 project_counts 项目 24 个 2023 市直
12 project_counts 项目 200 个 2024 濮阳市 stage=reserve planned=True comparator=>=
13 levels 网格 23 个 - 濮阳市
13 levels 专班 8 个 - 濮阳市
14 levels 督查检查考核 26 项 2023 濮阳市
14 levels 文件 242 件 2023-01..2023-09 濮阳市
14 levels 会议 139 次 2023-01..2023-09 濮阳市
14 shares 督查检查考核 26.92 % 2023-01..2023-09 濮阳市
14 levels 事业编制 1990 名 - 濮阳市 comparator=>
14 levels 基层干部 1879 名 - 濮阳市
14 levels 微信群通知 10 个 - 濮阳市 comparator=>
15 levels 民营企业 419 家 - 濮阳市
15 shares 大中型企业 13.84 % - 濮阳市
15 shares 微型企业 34.85 % - 濮阳市
15 growth_rates 民间投资 7.7 % 2023-01..2023-09 濮阳市
15 shares 民间投资 64.4 % 2023-05 濮阳市
15 growth_rates 民间投资 -3.4 个百分点 2023-01..2023-09 濮阳市 base_unit=pp
15 shares 企业 70 % - 濮阳市 comparator=~
15 shares 装备制造 8.59 % * 濮阳市
15 shares 融资成本高 31.98 % - 濮阳市
16 levels 研发支出 25848 万元 2022 濮阳县
16 levels 地区生产总值 3264000 万元 2022 濮阳县 base_value=32640000000 concept=gdp
16 levels 高新技术产业增加值 148515 万元 2023-01..2023-09 濮阳县
16 shares 高新技术产业增加值 72.7 % 2023-01..2023-09 濮阳县
16 rankings 高新技术产业增加值 1 位 2023-01..2023-09 濮阳县 among=濮阳市
16 rankings 新兴产业增加值 2 位 2023-01..2023-09 濮阳县 among=濮阳市
16 targets 研发经费投入强度 3 % 2025 濮阳县 measure=share
16 targets 贡献率 62 % 2025 濮阳县 comparator=>
16 targets 高新技术企业 50 家 * 濮阳县 comparator=>= measure=count
16 levels 高等院校 12 家 - 濮阳县
16 levels 投资 1.5 亿元 - 濮阳县
16 levels 人才 90 人 - 濮阳县 comparator=>
16 levels 科研人员 556 人 - 濮阳县
16 shares 研发投入 1 % - 濮阳县 comparator=~
16 targets 工业企业 2 家 2024 濮阳县 comparator=>=
16 targets 资金 1000 万元 2024 濮阳县 measure=level
18 targets 到位资金 2 倍 * 濮阳市 measure=growth
18 project_counts 项目 56 个 - 濮阳市 stage=complete
18 project_counts 项目 60 个 - 濮阳市 stage=complete invest_min=100000000
18 rankings 制造业投资 1 位 - 濮阳市 among=河南省
""".strip().splitlines()

# article, numeral, role, how many times
NUMERALS = """
03 47 page 1
04 246 contact 1
04 0393 contact 1
04 6666877 contact 1
04 457000 contact 1
04 158 contact 1
06 36 name 1
06 16 name 1
06 6 name 2
06 四 ordinal 6
07 2691 level 1
07 256 name 1
07 5 name 1
07 500 name 2
08 ⑥ artefact 1
08 14 name 1
08 300 condition 1
08 1 target 2
09 16 name 1
09 12 name 1
10 500 condition 1
10 ⑥ artefact 1
12 3 date 2
12 3 condition 3
12 5000 condition 1
13 8 condition 1
15 56789 name 1
17 69 name 1
18 6 artefact 1
19 6 ordinal 1
19 17 ordinal 1
""".strip().splitlines()

EVENTS = """
2023-12-05 meeting 市委常委会会议 -
2023-12-06 deputies 代表小组活动 濮阳市
2023-12-08 community 双报到 华龙区中原路街道干城社区
2023-12-14 meeting 第五次全体会议 -
2023-12-19 meeting 第6次会议 -
2023-12-22 meeting 扩大会议 -
2023-12-26 meeting 党外人士座谈会 -
2023-12-27 meeting 第17次常务会议 -
2023-12-28 meeting 经济工作会议 濮阳迎宾馆
2023-12-28 signing 战略合作框架协议 濮阳迎宾馆
2023-12-29 meeting 枫桥经验 -
""".strip().splitlines()

PARTICIPANTS = """
2023-12-14 张庆生 attend 党委书记
2023-12-14 朱良才 chair 市安委会主任
2023-12-18 万正峰 speak 市委书记
2023-12-18 朱良才 chair 市长
2023-12-19 朱良才 chair 市长
2023-12-25 孙起鹏 attend 政法委书记
2023-12-26 常奇民 observe 市人大常委会副主任
2023-12-27 周锋 attend 副市长
2023-12-27 孙起鹏 speak 组织部部长
2023-12-27 张锦印 chair 宣传部部长
2023-12-27 蔡洪峰 deploy 副市长
2023-12-28 万正峰 speak 市委书记
2023-12-28 朱良才 deploy 市长
2023-12-28 关健 attend 副董事长
""".strip().splitlines()


def edge(text: str, last: bool) -> dt.date:
    """The first or last day of a year, month or day."""
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 3:
        return dt.date(*numbers)
    year, month = numbers[0], numbers[1] if len(numbers) == 2 else (12 if last else 1)
    return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def period(text: str) -> tuple[dt.date | None, dt.date | None]:
    """The two days of a period as it stands in a line."""
    if text == "-":
        return None, None
    first, _, last = text.partition("..")
    return edge(first, last=False), edge(last or first, last=True)


def plain(value: Any) -> str:
    """A value as a line writes it."""
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


@pytest.mark.parametrize("line", FIGURES)
def test_figure(line: str) -> None:
    article, table, indicator, value, unit, days, region, *columns = line.split()
    rows = [
        row
        for row in read_issue()[table]
        if row.article_id.endswith(f"/{article}") and plain(row.value) == value and row.unit == unit
    ]
    found = [
        row
        for row in rows
        if indicator in (row.indicator or "").replace("“", "").replace("”", "")
        and row.region == region
        and (days == "*" or (row.period_start, row.period_end) == period(days))
        and all(plain(getattr(row, name)) == wanted for name, _, wanted in (c.partition("=") for c in columns))
    ]
    assert found, f"{line}\n" + "\n".join(
        f"  {row.indicator} {row.period_start}..{row.period_end} {row.region} {row.rule} at {row.char_start}"
        for row in rows
    )


def test_all_tables_are_covered() -> None:
    counts = Counter(line.split()[1] for line in FIGURES)
    assert set(counts) == {"targets", "growth_rates", "project_counts", "shares", "rankings", "levels"}
    assert min(counts.values()) >= 10


@pytest.mark.parametrize("line", NUMERALS)
def test_numeral(line: str) -> None:
    article, surface, role, count = line.split()
    rows = [row for row in read_issue()["numerals"] if (row.article_id or "").endswith(f"/{article}")]
    assert sum(row.surface == surface and row.role == role for row in rows) == int(count)


@pytest.mark.parametrize("line", EVENTS)
def test_event(line: str) -> None:
    date, kind, title, place = line.split()
    events = [event for event in read_issue()["events"] if str(event.date) == date and event.source == "chronicle"]
    assert any(e.kind == kind and title in e.title and (e.place or "-") == place for e in events), events


@pytest.mark.parametrize("line", PARTICIPANTS)
def test_participant(line: str) -> None:
    date, name, role, post = line.split()
    events = {event.event_id for event in read_issue()["events"] if str(event.date) == date}
    people = [person for person in read_issue()["event_participants"] if person.event_id in events]
    assert any(p.name == name and p.role == role and post in p.posts for p in people), people


def test_captions_are_events() -> None:
    dates = {str(event.date) for event in read_issue()["events"] if event.source == "caption"}
    assert dates == {"2023-12-28", "2023-02-22", "2023-06-20", "2023-06-09"}


def test_every_person_once() -> None:
    names = [person.name for person in read_issue()["people"]]
    assert len(names) == len(set(names)) == 25
