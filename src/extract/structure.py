"""A decoded document to its structure: head, pieces, blocks, reading, sentences, in that order."""

from __future__ import annotations

from dataclasses import replace

from extract.articles import find_articles
from extract.document import Document
from extract.errors import StructureError
from extract.gaps import find_gaps
from extract.heads import find_head
from extract.layout import build_reading
from extract.lines import fold, split_lines
from extract.pieces import plan_pieces
from extract.script import check_script
from extract.sentences import find_sentences


def read_structure(doc: Document) -> Document:
    """The document with head, reading, blocks, articles, sentences and notes.

    Raises `StructureError` for a text that shows nothing (white space and characters without a shape alone), and for
    one that is not in simplified Chinese.
    """
    folded = fold(doc.text)
    lines = split_lines(folded)
    if not lines:
        message = "the text holds white space only; remove the file or fetch it again"
        raise StructureError(message, reason="blank", start=0, end=len(doc.text))
    check_script(doc.text)
    plan = plan_pieces(lines)
    articles, owners = find_articles(plan)
    reading, blocks = build_reading(folded, plan, owners)
    head = find_head(plan, articles, folded)
    return replace(
        doc,
        head=head,
        reading=reading,
        blocks=blocks,
        articles=articles,
        sentences=find_sentences(reading, blocks),
        notes=(*doc.notes, *plan.notes, *find_gaps(head, doc.text)),
    )
