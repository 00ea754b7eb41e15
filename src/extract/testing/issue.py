"""One invented issue of a party journal: cover, comment, contents, masthead, speeches, reports, poem, chronicle.

Needs a seed; gives a `SyntheticIssue`. The layout is that of a printed issue read into text: a line per heading,
paragraph or label, blank lines between them, and page breaks inside sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from extract.testing.chronicle import Occasion, draw_meeting, write_entries
from extract.testing.prose import Sheet, Teller, talk
from extract.testing.templates import load_list
from extract.testing.truth import SyntheticIssue, TruthArticle, TruthEvent
from extract.testing.world import Leader, World, draw_world, pick

DEFAULT_SIZE = 60_000
SMALLEST_SIZE = 6_000
_FIXED = 2_400
_CHRONICLE = 0.05
_ARTICLE = 4_200
_SPEECHES = 0.2
_PAGE_SIZE = 1_400
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A speech or report before it is written; `place` is None for the city, else the county that it is about."""

    kind: str
    title: str
    column: str
    author: Leader
    page: int
    occasion: Occasion | None
    place: str | None


def make_issue(seed: int, *, size: int = DEFAULT_SIZE, errors: int = 0) -> SyntheticIssue:
    """An invented issue of about `size` code points, the same for the same arguments on every machine.

    `errors` of its sums, percentages and growth rates, or as many as it has, are printed wrong. Raises `ValueError`
    for a negative seed and for a size under 6,000.

    >>> issue = make_issue(7, size=6_000)
    >>> issue.issue_id.endswith("-00007"), issue == make_issue(7, size=6_000)
    (True, True)
    >>> all(issue.text[f.char_start : f.char_end] == f.figure for f in issue.figures)
    True
    """
    if seed < 0:
        raise ValueError(f"the seed is {seed}: take 0 or more")
    if size < SMALLEST_SIZE:
        raise ValueError(f"the size is {size}: an issue has {SMALLEST_SIZE} code points or more")
    rng = Random(seed)
    world = draw_world(rng)
    sheet = Sheet()
    maker = _Maker(rng, world, sheet, Teller(rng, world, sheet, errors))
    articles, events = maker.make(size)
    return SyntheticIssue(
        f"synthetic-{world.year}-{world.number:02d}-{seed:05d}",
        "".join(sheet.parts),
        tuple(sheet.figures),
        tuple(events),
        tuple(articles),
        tuple(sheet.errors),
    )


@dataclass(slots=True)
class _Maker:
    """Writes the pieces of one issue in their order."""

    rng: Random
    world: World
    sheet: Sheet
    teller: Teller

    def make(self, size: int) -> tuple[list[TruthArticle], list[TruthEvent]]:
        """All pieces of an issue of about `size` code points."""
        plans = self._draw_plans(int(size * (1 - _CHRONICLE)) - _FIXED)
        lines = load_list("words")["lines"]
        comment, poem = pick(self.rng, lines["comment"]), pick(self.rng, lines["poem"])
        poet, commentator, artist = self.world.names[-1], self.world.names[-2], self.world.names[-3]
        last = plans[-1].page + 3
        articles = [self._write_cover(), self._write_comment(comment, commentator)]
        articles.append(self._write_contents(plans, comment, (poem, poet, last)))
        articles.append(self._write_masthead())
        end = int(size * (1 - _CHRONICLE)) - 400
        for i, plan in enumerate(plans):
            share = (end - self.sheet.size) // (len(plans) - i)
            articles.append(self._write_article(plan, self.sheet.size + share))
        articles.append(self._write_poem(poem, poet, last))
        occasions = {plan.occasion.title: plan.occasion for plan in plans if plan.occasion is not None}
        chronicle, events = self._write_chronicle(last + 2, size - 180, list(occasions.values()))
        articles += [chronicle, self._write_show(artist)]
        return articles, events

    def _draw_plans(self, size: int) -> list[_Plan]:
        """The speeches and reports of an issue, with their pages."""
        words = load_list("words")
        count = max(2, round(size / _ARTICLE))
        speeches = max(1, round(count * _SPEECHES))
        occasions = [Occasion(draw_meeting(self.rng, self.world), self.world.day(8 + 9 * i)) for i in range(2)]
        themes = self.rng.sample(words["lists"]["theme"], min(count, len(words["lists"]["theme"])))
        titles = self.rng.sample(words["lines"]["speech"], len(words["lines"]["speech"]))
        plans: list[_Plan] = []
        for i in range(count):
            author = self.world.leaders[i % len(self.world.leaders)]
            page = 4 + i * (2 + size // count // _PAGE_SIZE)
            if i < speeches:
                title = titles[i % len(titles)].format(city=self.world.city.name)
                plans.append(_Plan("speech", title, "重要言论", author, page, occasions[0], None))
                continue
            place = pick(self.rng, self.world.city.counties) if self.rng.random() < 0.3 else None
            title = pick(self.rng, words["lines"]["report"]).format(
                place=place or self.world.city.name, theme=themes[i % len(themes)]
            )
            occasion = occasions[1] if self.rng.random() < 0.6 else None
            plans.append(_Plan("report", title, "领导带头调研", author, page, occasion, place))
        return plans

    def _write_cover(self) -> TruthArticle:
        """The front page: organiser, name, number, permit, and the short piece on the inside."""
        world, sheet = self.world, self.sheet
        short = world.city.province.removesuffix("省")
        sheet.write_line(f"中共{world.city.name}委主办")
        sheet.write_line(world.journal)
        sheet.write_line(f"{world.year}·{world.number}")
        sheet.write_line(f"内部资料 免费交流 准印证号：{short}省连续性内资〔{world.city.short}〕{self._digits(3)}号")
        title = f"{world.city.name}{pick(self.rng, load_list('words')['lists']['theme'])}工作取得新进展"
        start = sheet.write_line(title)
        self.teller.tell_paragraph("past", 260)
        author = world.names[-4]
        note = f"（市发改委{author}供稿）"
        end = sheet.write_line(note) + len(note)
        sheet.write("\n")
        return TruthArticle(start, end, "cover", title, authors=(author,), author_posts=("市发改委",))

    def _write_comment(self, title: str, author: str) -> TruthArticle:
        """The piece of the editors."""
        post = f"《{self.world.journal}》特约评论员"
        start = self.sheet.write_line(title)
        self.sheet.write_line(f"{post} {author}")
        for kind in ("past", "plan"):
            self.teller.tell_paragraph(kind, 240)
        end = self.sheet.size - 2
        return TruthArticle(start, end, "comment", title, "卷首语", (author,), (post,), 1)

    def _write_contents(self, plans: list[_Plan], comment: str, poem: tuple[str, str, int]) -> TruthArticle:
        """The contents: columns, titles, authors and pages."""
        sheet = self.sheet
        sheet.write_line(f"中共{self.world.city.name}委主办")
        start = sheet.write_line("Contents / 目录")
        sheet.write_line("■ 卷首语")
        sheet.write_line(f"01 {comment} 特约评论员")
        column = ""
        for plan in plans:
            if plan.column != column:
                column = plan.column
                sheet.write_line(f"■ {column}")
            sheet.write_line(f"{plan.page:02d} {plan.title} {plan.author.name}")
        title, poet, page = poem
        sheet.write_line("■ 诗 苑")
        sheet.write_line(f"{page:02d} {title} {poet}")
        sheet.write_line("■ 大事记")
        end = sheet.write_line(f"{page + 2:02d} 大事记") + len(f"{page + 2:02d} 大事记")
        return TruthArticle(start, end, "contents", "Contents / 目录")

    def _write_masthead(self) -> TruthArticle:
        """Number, editors, address, permit."""
        world, words, editors = self.world, load_list("words")["names"], self.world.editors
        lines = (
            f"{world.year}.{world.number}",
            f"(期 / 月 · 总第 {12 * (world.year - 2003) + world.number} 期)",
            f"主 编：{editors[0]}",
            f"编辑部主任：{editors[1]}",
            f"责任编辑：{editors[2]}",
            f"校 对：{editors[3]}",
            f"编辑出版：《{world.journal}》编辑部",
            f"电 话：0{self._digits(3)}—{self._digits(7)}",
            f"邮 编：{self._digits(6)}",
            f"地 址：{world.city.name}{pick(self.rng, words['streets'])} {1 + int(self.rng.random() * 300)} 号",
            f"批准机关：{world.city.province}新闻出版局",
            "发放范围：全市各级党组织",
            f"印 刷：{pick(self.rng, words['printers']).format(short=world.city.short)}",
        )
        start = self.sheet.size
        for line in lines:
            end = self.sheet.write_line(line) + len(line)
        return TruthArticle(start, end, "masthead", None)

    def _digits(self, count: int) -> str:
        return str(10 ** (count - 1) + int(self.rng.random() * 9 * 10 ** (count - 1)))

    def _write_article(self, plan: _Plan, end: int) -> TruthArticle:
        """A speech or a report up to the offset `end`."""
        sheet, rng, words = self.sheet, self.rng, load_list("words")
        self.teller.place = plan.place
        start = sheet.write_line(plan.title)
        bullet = pick(rng, words["names"]["bullets"])
        sheet.write_line(f"{bullet}{'、'.join(plan.author.posts)} {plan.author.name}")
        size = max(300, end - sheet.size - 160)
        for kind, heading, part in (("past", "past", 0.5), ("gap", "problems", 0.15), ("plan", "plan", 0.35)):
            sheet.write_line(pick(rng, words["lines"][heading]).format(**self.teller.years))
            self._write_section(kind, sheet.size + int(size * part))
        occasion, day = (plan.occasion.title, plan.occasion.day) if plan.occasion else (None, None)
        if day is not None:
            given = "讲话" if plan.kind == "speech" else "发言"
            sheet.write_line(
                f"（本文系{day.year}年{day.month}月{day.day}日{plan.author.name}同志在{occasion}上的{given}摘要，"
                "根据会议记录整理，题目为编者所加）"
            )
        proofreader = self.world.editors[1 + int(rng.random() * 3)]
        label = f"校对：{proofreader}"
        stop = sheet.write_line(label) + len(label)
        self.teller.place = None
        return TruthArticle(
            start, stop, plan.kind, plan.title, plan.column, (plan.author.name,), plan.author.posts, plan.page,
            occasion, day, proofreader,
        )  # fmt: skip

    def _write_section(self, kind: str, end: int) -> None:
        """Paragraphs up to an offset, numbered where there are several."""
        for number in _NUMERALS:
            if self.sheet.size + 60 >= end and number != "一":
                return
            objects = load_list("words")["talk"]
            opening = f"（{number}）{pick(self.rng, objects['verb'])}{pick(self.rng, objects['object'])}。"
            self.teller.tell_paragraph(kind, min(max(end - self.sheet.size, 60), 420), opening)

    def _write_poem(self, title: str, poet: str, page: int) -> TruthArticle:
        """Verses, the poet's name above them."""
        editor = self.world.editors[2]
        start = self.sheet.write_line(title)
        self.sheet.write_line(f"□ {poet}")
        verses = self.rng.sample(load_list("words")["lines"]["verse"], 16)
        for i in range(0, 16, 4):
            self.sheet.write_line("\n".join(verses[i : i + 4]))
        self.sheet.write_line("（作者单位：市文联）")
        label = f"责任编辑：{editor}"
        end = self.sheet.write_line(label) + len(label)
        return TruthArticle(start, end, "poem", title, "诗苑", (poet,), ("市文联",), page, editor=editor)

    def _write_chronicle(self, page: int, end: int, occasions: list[Occasion]) -> tuple[TruthArticle, list[TruthEvent]]:
        """The chronicle up to the offset `end`."""
        start = self.sheet.write_line("大事记")
        events = write_entries(self.rng, self.world, self.sheet, end, occasions)
        self.sheet.write_line("（市委党史研究室供稿）")
        editor = self.world.editors[2]
        label = f"责任编辑：{editor}"
        stop = self.sheet.write_line(label) + len(label)
        body = "市委党史研究室"
        return TruthArticle(start, stop, "chronicle", "大事记", "大事记", (body,), (), page, editor=editor), events

    def _write_show(self, artist: str) -> TruthArticle:
        """The calligraphy on the last page."""
        title = f"{artist}书法作品欣赏"
        start = self.sheet.write_line(title)
        line = f"释文：{talk(self.rng, 'plan')}"
        end = self.sheet.write_line(line) + len(line)
        self.sheet.write_line(f"位于{self.world.city.counties[0]}的产业园鸟瞰图")
        return TruthArticle(start, end, "calligraphy", title, authors=(artist,))
