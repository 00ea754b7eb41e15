"""The tables, declared once: each model is one table, each field one column.

Arrow schemas, JSON Schema, the data dictionary and every validation come from these classes; a test compares what is
committed under `schemas/` with what they give. Offsets are code points of the decoded raw text, half-open.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

SCHEMA_VERSION = "1"

Int32 = Annotated[int, Field(ge=-(2**31), lt=2**31)]

Role = Literal[
    "target", "growth_rate", "project_count", "share", "ranking", "level",
    "condition", "date", "ordinal", "name", "contact", "page", "artefact", "idiom",
]  # fmt: skip
ArticleKind = Literal[
    "cover", "comment", "speech", "report", "classic", "poem", "chronicle", "calligraphy", "masthead", "contents",
    "other",
]  # fmt: skip
Comparator = Literal["=", ">=", ">", "<=", "<", "~"]
Modality = Literal["actual", "estimate", "planned", "target"]
EventKind = Literal[
    "meeting", "inspection", "visit_desk", "deputies", "signing", "community", "award_meeting", "caption", "other"
]
ParticipantRole = Literal["chair", "speak", "deploy", "lead", "attend", "observe"]


def described(description: str, *, unit: str | None = None, example: object = None) -> Any:
    """A field with what the data dictionary says of it; `unit` where the column has a fixed one."""
    extra: JsonDict = {}
    if unit is not None:
        extra["unit"] = unit
    examples = None if example is None else [example]
    return Field(description=description, examples=examples, json_schema_extra=extra or None)


class Row(BaseModel):
    """One row of a table: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Issue(Row):
    """One row per input: a journal issue or a single document."""

    issue_id: str = described("The raw file's stem", example="dangdai-puyang-2024-01")
    title: str | None = described("Title of the journal or document", example="当代濮阳")
    year: Int32 | None = described("Year of issue, or the year the document is dated", example=2024)
    number: Int32 | None = described("Number within the year", example=1)
    total_number: Int32 | None = described("Running number over all years", example=246)
    organiser: str | None = described("Body that publishes it", example="中共濮阳市委")
    place: str | None = described("Region that 全市, 我省 or 本县 stand for in this text", example="濮阳市")
    region_code: str | None = described("GB/T 2260 code of place", example="410900")
    permit: str | None = described("Permit or serial number as printed")
    sha256: str = described("SHA-256 of the file's bytes, hexadecimal")
    encoding: str = described("Encoding the bytes were decoded with", example="utf-8")
    char_count: Int32 = described("Length of the decoded text", unit="code points", example=61420)
    issue_date: dt.date | None = described("Date that relative time words are resolved from", example="2024-01-31")
    notes: list[str] = described("What could not be recognised or reconciled, in words; empty when all was")


class Article(Row):
    """One row per printed piece."""

    article_id: str = described("Issue and two-digit position", example="dangdai-puyang-2024-01/05")
    issue_id: str = described("Issue the article stands in", example="dangdai-puyang-2024-01")
    position: Int32 = described("Place in the issue, from 1", example=5)
    kind: ArticleKind = described("Kind of piece", example="speech")
    title: str | None = described("Title, its lines joined with one space")
    column: str | None = described("Column (栏目) as in the contents", example="重要言论")
    authors: list[str] = described("Authors' names without inner spaces", example=["万正峰"])
    author_posts: list[str] = described("Authors' posts as printed", example=["中共濮阳市委书记"])
    page: Int32 | None = described("Page from the contents", example=4)
    occasion: str | None = described("Meeting at which the text was delivered, from the closing note")
    occasion_date: dt.date | None = described("Day on which the text was delivered, from the closing note")
    proofreader: str | None = described("校对")
    editor: str | None = described("责任编辑")
    char_start: Int32 = described("First character of the piece", unit="code points")
    char_end: Int32 = described("End of the piece, exclusive", unit="code points")
    occasion_event_id: str | None = described("The chronicle's event that is this occasion, where it stands there")


class Sentence(Row):
    """One row per sentence of prose, verse line or heading."""

    issue_id: str = described("Issue", example="dangdai-puyang-2024-01")
    article_id: str = described("Article", example="dangdai-puyang-2024-01/05")
    position: Int32 = described("Place in the article, from 1", example=1)
    section: list[str] = described("Headings above the sentence, outermost first")
    text: str = described("The sentence as read: page breaks and typesetter's spaces left out")
    char_start: Int32 = described("First character in the raw text", unit="code points")
    char_end: Int32 = described("End in the raw text, exclusive", unit="code points")


class LedgerEntry(Row):
    """One row per numeral of the issue: every run of digits and every quantifying Chinese numeral, once."""

    issue_id: str = described("Issue", example="dangdai-puyang-2024-01")
    article_id: str | None = described("Article, null for a numeral between articles")
    char_start: Int32 = described("First character of the numeral in the raw text", unit="code points")
    char_end: Int32 = described("End of the numeral, exclusive", unit="code points")
    surface: str = described("The numeral as it stands in the raw text", example="41.2")
    value: float | None = described("Its value, null where it has none", example=41.2)
    role: Role = described("What the numeral is", example="growth_rate")
    record_id: str | None = described("The record it belongs to, null for the roles that make none")
    rule: str = described("The rule that decided the role", example="growth.verb")


class Event(Row):
    """One row per dated entry of a chronicle, and per dated caption of a meeting or visit."""

    event_id: str = described("Issue and span of the entry")
    issue_id: str = described("Issue", example="dangdai-puyang-2024-01")
    article_id: str = described("Article", example="dangdai-puyang-2024-01/19")
    date: dt.date | None = described("First day, null where the text gives no year", example="2023-12-05")
    date_end: dt.date | None = described("Last day of a range, month, season or year; null for a single day")
    precision: Literal["day", "month", "season", "year"] = described("How exactly the entry is dated", example="day")
    source: Literal["chronicle", "caption"] = described("Where the entry stands", example="chronicle")
    kind: EventKind = described("The first act named decides", example="meeting")
    title: str | None = described("Meeting or activity as printed", example="市委常委会会议")
    place: str | None = described("Place if printed", example="濮阳迎宾馆")
    text: str = described("The entry as read")
    char_start: Int32 = described("First character of the entry", unit="code points")
    char_end: Int32 = described("End of the entry, exclusive", unit="code points")


class Participant(Row):
    """One row per named person and event."""

    event_id: str = described("Event")
    issue_id: str = described("Issue", example="dangdai-puyang-2024-01")
    position: Int32 = described("Place among the entry's persons, from 1", example=1)
    name: str = described("Name without inner spaces", example="万正峰")
    posts: list[str] = described("Posts as printed in this entry", example=["市委书记"])
    role: ParticipantRole = described(
        "Chair 主持, speak 讲话, deploy 部署, lead, attend 出席, observe 列席", example="chair"
    )
    char_start: Int32 = described("First character of the name", unit="code points")
    char_end: Int32 = described("End of the name, exclusive", unit="code points")


class Person(Row):
    """One row per person and issue."""

    issue_id: str = described("Issue", example="dangdai-puyang-2024-01")
    person_id: str = described("Issue and first span of the name")
    name: str = described("Name", example="万正峰")
    posts: list[str] = described("Every post seen, in order of first appearance")
    posts_first: list[dt.date | None] = described("First date of each post, aligned with posts")
    posts_last: list[dt.date | None] = described("Last date of each post, aligned with posts")
    first_date: dt.date | None = described("First dated appearance")
    last_date: dt.date | None = described("Last dated appearance")
    events: Int32 = described("Number of events", unit="events", example=12)
    chair: Int32 = described("Events chaired", unit="events")
    speak: Int32 = described("Events spoken at", unit="events")
    deploy: Int32 = described("Events where the person set out the work", unit="events")
    lead: Int32 = described("Events whose act the person carried out", unit="events")
    attend: Int32 = described("Events attended", unit="events")
    observe: Int32 = described("Events sat in on (列席)", unit="events")
    ambiguous: bool = described("True where one name may stand for two persons")


class Check(Row):
    """One row per figure recomputed from other figures."""

    check_id: str = described("Kind and record ids, hashed; the same for the same figures")
    issue_id: str = described("Issue of the stated figure", example="dangdai-puyang-2024-01")
    kind: Literal["sum", "ratio", "share", "growth", "average", "repeat", "contradiction"] = described(
        "What was recomputed", example="ratio"
    )
    status: Literal["agrees", "differs"] = described(
        "Whether the difference lies within the tolerance", example="agrees"
    )
    stated: float = described("The printed figure, in the unit of the comparison", example=110.4)
    derived: float = described("The figure computed from the others", example=110.35)
    difference: float = described("stated - derived", example=0.05)
    tolerance: float = described("Half a unit of the last printed digits, carried through the arithmetic", example=0.06)
    expression: str = described("The sum as done on paper", example="1024.8亿元 / 928.7亿元 = 110.35% ~ 110.4%")
    record_ids: list[str] = described("The figures in the order of the expression, the stated one last")


class Reject(Row):
    """One row per input, or row, that was not written."""

    issue_id: str | None = described("Issue")
    path: str | None = described("File")
    stage: str = described("Stage that refused", example="decode")
    reason: str = described("Reason code", example="not_text")
    message: str = described("What is wrong and what to do")
    char_start: Int32 | None = described("First character concerned", unit="code points")
    char_end: Int32 | None = described("End, exclusive", unit="code points")
