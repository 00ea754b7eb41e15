"""How a text is read: for every figure the rule that decided, what the words around it gave, and what was declined."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rich.text import Text
from rich.tree import Tree

from extract.document import Document, IssueHead
from extract.figures import Figure
from extract.pipeline import Analysis, analyse


def explain(text: str, date: date | None = None, place: str | None = None) -> Tree:
    """A tree for a terminal: sentences, their figures with what was read for each, and the other numerals.

    `date` is the day that 今年 and 明年 are reckoned from, `place` the region that 全市 stands for.
    """
    analysis = analyse(Document("text", text), IssueHead(date=date, place=place))
    reading = analysis.doc.reading.text
    tree = Tree(Text(text if len(text) < 200 else text[:200] + "…"))
    for index, sentence in enumerate(analysis.doc.sentences):
        branch = tree.add(Text(reading[sentence.start : sentence.end], style="bold"))
        for figure in analysis.figures:
            if figure.sentence == index:
                _add_figure(branch, figure, analysis)
        for row in analysis.ledger:
            start = row["char_start"]
            low, high = analysis.doc.reading.raw_span(sentence.start, sentence.end)
            if low <= start < high and row["record_id"] is None:
                branch.add(Text(f"{row['surface']}  {row['role']}  [{row['rule']}]", style="dim"))
    return tree


def _add_figure(branch: Tree, figure: Figure, analysis: Analysis) -> None:
    quantity = figure.quantity
    surface = analysis.doc.reading.text[quantity.start : quantity.end]
    node = branch.add(Text(f"{surface}  {figure.role}  [{figure.rule}]", style="green" if figure.role else ""))
    node.add(Text(f"quantity [{quantity.rule}]: {_value(quantity.value)} {quantity.unit or ''} {quantity.comparator}"))
    if figure.left.cues:
        node.add(
            Text("words before: " + ", ".join(f"{word} ({meaning})" for word, meaning in reversed(figure.left.cues)))
        )
    where = "carried" if "noun" in figure.carried else "here"
    node.add(Text(f"indicator ({where}): {figure.subject or '-'}"))
    if figure.period is not None:
        source = next((c for c in figure.carried if c.startswith("period")), "here")
        node.add(Text(f"period ({source}): {figure.period_text} = {figure.period.first} .. {figure.period.last}"))
    if figure.regions:
        node.add(Text("region: " + "、".join(r.name for r in figure.regions)))
    if figure.aim:
        node.add(Text(f"aim: {figure.aim}"))
    for reason in figure.declined:
        node.add(Text(f"declined {reason}", style="red"))


def _value(value: Decimal) -> str:
    return format(value.normalize(), "f")
