"""Tables that the pipeline itself has written from three small documents, for the tests of the desk."""

from pathlib import Path

from extract.run import run

TEXTS = {
    "ji-2021": """云南省大事记

（2021年3月）

2021年3月5日，省委常委会召开会议，省委书记李大山主持会议并讲话，省长王小川出席。

2021年3月9日，省长王小川到昆明市调研重点项目建设。

2021年3月12日，全省项目集中签约仪式在昆明会堂举行，省委常委、副省长赵明远出席。
""",
    "lan-2021": """云南省2021年政府工作报告

（2021年1月20日）

一、2020年工作回顾

2020年，全省地区生产总值增长4%，达到24500亿元；进出口总额下降2.1%。粮食产量1890  万吨，\
新开工重大项目126个，竣工38个。第三产业占地区生产总值的比重为51.5%，旅游收入居西部第3位。

二、2021年重点工作

（一）主要目标

2021年，全省地区生产总值增长8%以上，一般公共预算收入增长3%左右，城镇新增就业50万人，\
计划实施<script>alert(1)</script>重点项目525个。
""",
    "lan-2022": """云南省2022年政府工作报告

（2022年1月20日）

一、2021年工作回顾

2021年，全省地区生产总值增长7.3%。固定资产投资增长4%。

二、2022年重点工作

今年，全省地区生产总值增长7%左右，计划竣工项目120个。
""",
}


def write_sample(folder: Path) -> Path:
    """The raw texts in `folder/raw` and their tables in `folder/out`, which is returned."""
    (folder / "raw").mkdir()
    for issue_id, text in TEXTS.items():
        (folder / "raw" / f"{issue_id}.txt").write_text(text, encoding="utf-8", newline="\n")
    report = run([folder / "raw"], folder / "out", workers=1)
    assert report.rejects == []
    return folder / "out"
