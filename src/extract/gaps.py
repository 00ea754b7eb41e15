"""What of a document could not be recognised, in words: the notes of `issues`.

Needs the head and the text; gives sentences that say what is missing and what it costs.
"""

from __future__ import annotations

import re

from extract.document import IssueHead

_LOST = re.compile("\ufffd")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def find_gaps(head: IssueHead, text: str) -> tuple[str, ...]:
    """A note for each of title, date and place that nothing tells, and for characters that cannot be read.

    >>> find_gaps(IssueHead(title="水利简报", place="湖州市"), "增\ufffd")[1]
    '1 character was lost before the file came here (U+FFFD), the first at 1: words and figures beside it may be wrong'
    """
    missing = (
        (head.title, "no title was recognised"),
        (head.date, "no date was recognised: 去年, 今年 and 上月 give no period"),
        (head.place, "no place was recognised: 全市, 我省 and 本县 give no region"),
    )
    notes = [note for value, note in missing if value is None]
    for pattern, what, cost in (
        (_LOST, "lost before the file came here (U+FFFD)", "words and figures beside it may be wrong"),
        (_PRIVATE, "drawn by a font of its own (private use)", "it is left as it stands and matches no word"),
    ):
        if found := pattern.findall(text):
            count = "1 character was" if len(found) == 1 else f"{len(found)} characters were"
            notes.append(f"{count} {what}, the first at {text.index(found[0])}: {cost}")
    return tuple(notes)
