"""One invented example per rule that says what a numeral is: the rule, the figure or numeral it decides, the text.

The texts are read as of 15 March 2022, in 湖州市. A rule without an example here, or an example whose rule is not in the
code, fails a test: so a rule that is renamed, dropped or can no longer be reached is noticed.
"""

from __future__ import annotations

from corpus.rules_documents import CONTENTS, MASTHEAD, RUNNING_HEADS

PLAN = "三、2022年重点工作安排\n\n"

EXAMPLES: dict[str, tuple[str, str]] = {
    # what makes a figure a target
    "aim.word": ("8.5%", "2022年，力争规模以上工业增加值增长8.5%。"),
    "aim.within": ("翻番", "三年内村集体经营性收入实现翻番。"),
    "aim.plan": ("40公里", PLAN + "改造供水管网40公里，建成一批便民服务点。"),
    "aim.future": ("70%", "到2030年，全市森林覆盖率达到70%。"),
    # changes
    "growth.verb": ("6.4%", "2021年，全市工业用电量同比增长6.4%。"),
    "growth.noun": ("9%", "全市财政收入增长情况为9%。"),
    "growth.carried": ("7%", "全年出口额增速8%，全省仅7%。"),
    "growth.endpoint": ("12.3%", "出口增速由5.1%回升到12.3%。"),
    "growth.start": ("5.1%", "出口增速由5.1%回升到12.3%。"),
    "growth.points": ("2.5个百分点", "全市空气优良率同比变化2.5个百分点。"),
    "growth.times": ("3.2倍", "2021年，全市快递业务量是2015年的3.2倍。"),
    "growth.multiple": ("翻番", "五年来，全市茶叶产值实现翻番。"),
    # parts of a whole
    "share.sectors": ("41.3", "三次产业结构为8.6：41.3：50.1。"),
    "share.part_of": ("38%", "蚕丝出口占全市外贸出口的38%。"),
    "share.proportion": ("61%", "本科以上学历干部占比61%。"),
    "share.rate": ("97.5%", "农村自来水普及率97.5%。"),
    "share.of_those": ("43%", "43%的受访农户参加了合作社。"),
    "share.plain": ("18%", "农户最缺的是技术（18%）。"),
    # projects
    "projects.noun": ("24个", "2021年，全市开工重大项目24个。"),
    "projects.elided": ("19个", "24个计划开工项目，实际开工19个。"),
    "projects.acted": ("37项", "丝绸文创项目累计签约37项。"),
    "projects.carried": ("6个", "全市安排重点项目30个，其中，新建6个，续建24个。"),
    # positions
    "ranking.position": ("3", "营商环境满意度居全省第3位。"),
    "ranking.nth_largest": ("二", "成为全省第二大丝绸生产基地。"),
    "ranking.bare": ("5", "外贸出口总额居全省第5。"),
    "ranking.front": ("10", "综合竞争力进入全省前10名。"),
    "ranking.moved": ("8", "招商考核由第8上升到第3。"),
    # other quantities
    "level.noun_before": ("56.7亿元", "2021年，全市税收收入56.7亿元。"),
    "level.noun_after": ("15座", "新建了15座变电站。"),
    "level.carried": ("39亿元", "全市税收收入57亿元，前年为39亿元。"),
    "level.gap": ("1.8个百分点", "全市城镇化率低于全省1.8个百分点。"),
    "level.ratio": ("1.6:1", "城乡居民收入比为1.6:1。"),
    "level.index": ("102.4", "景气指数达到102.4。"),
    # thresholds
    "condition.size": ("5", "5亿元以上项目12个。"),
    "condition.magnitude": ("亿", "亿元以上企业达到20家。"),
    "condition.share": ("30", "持股超30%的股东有4名。"),
    "condition.elliptic": ("20", "营业收入超20亿元的有3家。"),
    "condition.list": ("5", "5亿元、10亿元以上企业分别达到9家、2家。"),
    "condition.demanded": ("20", "未达到每年培训不少于20次的要求。"),
    "condition.qualified": ("2", "建成2条以上旅游专线的县达到4个。"),
    "condition.defined": ("500", "限上零售业指500万元以上。"),
    "condition.criterion": ("3000", "入选项目原则上投资不低于3000万元。"),
    "condition.top": ("3", "对排名前3家企业通报表扬。"),
    "condition.duration": ("5", "任职满5年以上的村干部优先考虑。"),
    "condition.age": ("60", "60岁以上老人免费乘车。"),
    "condition.per": ("万", "每万人拥有全科医生4.1名。"),
    # dates
    "date.duration": ("8", "春节假期8天，湖滨景区接待游客12万人次。"),
    # names
    "name.quoted": ("五", "深入开展“五清”专项治理。"),
    "name.book_title": ("十", "印发《茶产业振兴十条意见》。"),
    "name.token": ("5", "5G基站实现乡镇全覆盖。"),
    "name.formula": ("2", "构建1+2+6政策体系。"),
    "name.numbered": ("3", "轨道交通3号线开通运营。"),
    "name.document_number": ("15", "市政府印发湖政发〔2021〕15号文件。"),
    "name.great_set": ("8", "培育8大产业集群。"),
    "name.top_list": ("500", "引进世界500强企业。"),
    "name.titled_list": ("20", "出台稳外贸20条措施。"),
    "name.doubling": ("倍增", "深入推进数字经济倍增计划。"),
    "name.places": ("三", "地处苏浙皖三省交界。"),
    "name.grade": ("三", "健全市、县、乡三级服务网络。"),
    "name.sectors": ("三次", "三次产业结构为8.6：41.3：50.1。"),
    "name.listed": ("八座", "市里引进华越、明远、八座桥等企业。"),
    "name.product": ("300", "300吨合成氨装置投入运行。"),
    "name.fraction": ("三分之一", "推行三分之一工作法。"),
    "name.bare": ("7788", "内部代码是7788。"),
    # numbering
    "ordinal.di": ("四", "市委召开第四次全体会议。"),
    "ordinal.session": ("九", "市委九届五次全会召开。"),
    "ordinal.meeting": ("五", "市委五次全会作出部署。"),
    "ordinal.congress": ("十九", "学习贯彻党的十九大精神。"),
    "ordinal.batch": ("6", "前6批项目进展顺利。"),
    "ordinal.phase": ("二", "水厂二期扩建完工。"),
    "ordinal.heading": ("一", "（一）夯实农业基础"),
    "ordinal.item": ("二", "一、基本情况\n\n二、夯实农业基础\n"),
    "ordinal.enumerator": ("一", "主要做法：一是清产核资，二是建章立制。"),
    "ordinal.second": ("二", "做好二轮土地承包。"),
    "ordinal.annex": ("2", "详见附件2。"),
    # contacts, pages, leftovers
    "contact.phone": ("0572", "咨询电话0572-8765432。"),
    "contact.address": ("01", "稿件请发至cha01@example.org。"),
    "contact.street": ("66", "办事处设在白鱼潭路66号。"),
    "contact.masthead": ("313000", MASTHEAD),
    "page.contents": ("14", CONTENTS),
    "page.running_head": ("12", RUNNING_HEADS),
    "artefact.closing_mark": ("⑥", "全镇上下齐心协力，共同建设美好家园。⑥\n\n校对：方舟\n"),
    "artefact.markup": ("28", '水利简报\n\n<p style="line-height:28px">全镇动员。</p>\n'),
    # numerals that count nothing
    "idiom.one": ("一", "这是一项长期任务。"),
    "idiom.bare": ("二十", "累计推广二十有余。"),
    "idiom.listed": ("两", "山区、湖区两个地区协同发展。"),
}
