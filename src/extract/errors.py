"""The errors of the package.

    ExtractError            anything refused, with stage, reason code, message and place
      ReadError             the bytes of an input cannot be had
      DecodeError           the bytes are no text this package can read
      StructureError        the text shows nothing to read, or is not in simplified Chinese
      tables.RowError       a row that its model refuses
      limits.TimeLimitError a document that took longer than it was given
      folders.DeskError     tables that cannot be read or used as asked
    tables.OutputError      a folder or an address that cannot be written: the run ends
    engines.EngineError     workers that cannot be had, or that read by other rules: the run ends
    report.source.ReportError  an evidence page that cannot be made

An error names the file, the place and what to do; the pipeline writes it as one row of the `rejects` table.
"""

from __future__ import annotations


class ExtractError(Exception):
    """An input, or a part of it, that was refused.

    `stage` and `reason` are lower-case codes, `message` says what is wrong and what to do. `start` and `end` are
    offsets of the place, half-open: bytes of the file for the stage `decode`, code points of the raw text elsewhere.
    """

    stage = "extract"

    def __init__(
        self,
        message: str,
        *,
        reason: str,
        path: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> None:
        super().__init__(message if path is None else f"{path}: {message}")
        self.message = message
        self.reason = reason
        self.path = path
        self.start = start
        self.end = end


class ReadError(ExtractError):
    """The bytes cannot be had; `reason` is `unreadable`, `not_a_file`, `file_name`, `changed` or `no_protocol`."""

    stage = "read"


class DecodeError(ExtractError):
    """The bytes are no text; `reason` is `empty`, `not_text`, `undecodable` or `mixed_encodings`."""

    stage = "decode"


class StructureError(ExtractError):
    """The text is none to read; `reason` is `blank`, `traditional_script` or `other_language`."""

    stage = "structure"
