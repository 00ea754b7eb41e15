"""Bytes to a decoded document.

Needs a file; gives its text as it stands (byte-order mark and carriage returns kept, so that every offset counts the
characters of the file), the encoding and the digest of the bytes.

Why not a detector of encodings: official texts come in UTF-8, UTF-16, GB 18030 or Big5, and a wrong guess would change
every offset. GB 18030 decodes nearly anything, so what it gives must read like Chinese; so must UTF-16 without its mark.

Why no bytes are replaced or left out: a broken byte takes its neighbours with it, digits among them. The first one is
named instead, in the encoding that the rest of the file fits.
"""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import regex

from extract.document import Document
from extract.errors import DecodeError
from extract.patterns import Pattern

# UTF-32 first: its little-endian mark starts with that of UTF-16. The endian codecs keep the mark as U+FEFF.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP container (docx, xlsx, epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
)
_CONTROL = Pattern(r"[\x01-\x08\x0e-\x1f\x7f]")
_IMPLAUSIBLE = Pattern(r"[\p{Cc}\p{Co}\p{Cn}\ufffd--[\t\n\x0b\f\r\x1c-\x1f]]", regex.VERSION1)
_HAN = Pattern(r"\p{Han}")
# The characters that open every frequency list of written Chinese, in both scripts.
_COMMON = Pattern(
    "[的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于出就分对對成会會可主发發年动動同工也能下过過说說产產业業全市县縣省展]"
)
_DOUBLE_BYTE = ("gb18030", "big5")
_ASCII = bytes(range(128))
_FEWEST_FOREIGN = 4
_FEWEST_HAN = 30
_LEAST_COMMON = 0.08
_MOST_IMPLAUSIBLE = 0.002
_MOST_CONTROLS = 0.01


def decode(raw: bytes, path: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of the codec that gives it back, as `(text, encoding)`.

    UTF-8, UTF-16 and UTF-32 by their marks, else UTF-8, GB 18030, Big5, whichever decodes strictly and reads like
    Chinese first; UTF-16 without a mark where it reads like Chinese in one order of bytes alone. Raises `DecodeError`
    with the reason `empty`, `not_text` (binary files, NUL bytes), `undecodable` or `mixed_encodings`.

    >>> decode("增长".encode("gb18030"))
    ('增长', 'gb18030')
    >>> decode(b"")
    Traceback (most recent call last):
    extract.errors.DecodeError: the file is empty; remove it or fetch it again
    """
    if not raw:
        raise DecodeError("the file is empty; remove it or fetch it again", reason="empty", path=path, start=0, end=0)
    for signature, name in _SIGNATURES:
        if raw.startswith(signature):
            message = f"the file is {name}, not text: its first bytes say so at byte 0; export it as UTF-8 text"
            raise DecodeError(message, reason="not_text", path=path, start=0, end=len(signature))
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_marked(raw, encoding, path), encoding
    if (at := raw.find(b"\0")) < 0:
        return _decode_unmarked(raw, path)
    if (found := _decode_wide(raw)) is not None:
        return found
    message = f"a NUL byte at byte {at}: no text, or UTF-16 without its mark; save it as UTF-8"
    raise DecodeError(message, reason="not_text", path=path, start=at, end=at + 1)


def _decode_marked(raw: bytes, encoding: str, path: str | None) -> str:
    """The text of a file that says its encoding by a byte-order mark."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        message = (
            f"its mark says {encoding}, but byte {error.start} does not fit ({error.reason}); save it again as UTF-8"
        )
        raise DecodeError(message, reason="undecodable", path=path, start=error.start, end=error.end) from None
    if not text.strip("\ufeff"):
        raise DecodeError("the file holds a byte-order mark only; fetch it again", reason="empty", path=path)
    if (at := text.find("\0")) >= 0:
        message = f"a NUL character at character {at}: no text; save it as UTF-8"
        raise DecodeError(message, reason="not_text", path=path, start=at, end=at + 1)
    return text


def _decode_wide(raw: bytes) -> tuple[str, str] | None:
    """The text of UTF-16 without a mark, where one order of bytes alone gives Chinese prose."""
    found = [(text, encoding) for encoding in ("utf-16-le", "utf-16-be") if (text := _try_decode(raw, encoding))]
    prose = [(text, encoding) for text, encoding in found if "\0" not in text and _is_prose(text, _FEWEST_HAN)]
    return prose[0] if len(prose) == 1 else None


def _decode_unmarked(raw: bytes, path: str | None) -> tuple[str, str]:
    """The text of a file without a mark, and its encoding."""
    text = _try_decode(raw, "utf-8")
    if text is None:
        return _decode_double_byte(raw, path)
    controls = _CONTROL.findall(text)
    if len(controls) > len(text) * _MOST_CONTROLS:
        at = text.index(controls[0])
        message = f"{len(controls)} control characters, the first at character {at}: no text; save it as UTF-8 text"
        raise DecodeError(message, reason="not_text", path=path, start=at, end=at + 1)
    return text, "utf-8"


def _decode_double_byte(raw: bytes, path: str | None) -> tuple[str, str]:
    """The text of a file that is no UTF-8, and its encoding."""
    if (change := _find_change(raw)) is not None:
        start, end = change
        message = (
            f"lines in UTF-8 and lines in GB 18030 in one file, the first change at byte {start}; "
            "save both parts as UTF-8 before putting them together"
        )
        raise DecodeError(message, reason="mixed_encodings", path=path, start=start, end=end)
    for encoding in _DOUBLE_BYTE:
        text = _try_decode(raw, encoding)
        if text is not None and _reads_like_chinese(text):
            return text, encoding
    raise _broken(raw, path)


def _try_decode(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _find_change(raw: bytes) -> tuple[int, int] | None:
    """The bytes of the first line in another encoding than the lines before it, None where no line tells of two.

    Only lines with some Chinese in them tell: a few bytes of GB 18030 may be UTF-8 by chance.
    """
    told: str | None = None
    at = 0
    lines = raw.splitlines(keepends=True)
    if not any(_tell_line(line, ("utf-8",)) for line in lines):
        return None
    for line in lines:
        encoding = _tell_line(line, ("utf-8", "gb18030"))
        if encoding is not None and told is not None and encoding != told:
            return at, at + len(line)
        told = encoding or told
        at += len(line)
    return None


def _tell_line(line: bytes, encodings: tuple[str, ...]) -> str | None:
    """The first of the encodings that gives a line of Chinese, None for a line that tells nothing."""
    if len(line.translate(None, _ASCII)) < 3 * _FEWEST_FOREIGN:
        return None
    for encoding in encodings:
        text = _try_decode(line, encoding)
        if text is not None and (_is_prose(text, _FEWEST_FOREIGN) or encoding == "utf-8"):
            return encoding if len(_HAN.findall(text)) >= _FEWEST_FOREIGN else None
    return None


def _broken(raw: bytes, path: str | None) -> DecodeError:
    """The error for bytes that fit no encoding, naming the first misfit of the one that nearly all of them fit."""
    errors: list[UnicodeDecodeError] = []
    for encoding in ("utf-8", *_DOUBLE_BYTE):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError as error:
            errors.append(error)
    nearly = [error for error in errors if _has_common(raw.decode(error.encoding, "ignore"), 1)]
    first = min(nearly or errors[:1], key=lambda error: raw.decode(error.encoding, "replace").count("\ufffd"))
    byte = f"0x{raw[first.start]:02x} at byte {first.start}"
    if nearly:
        message = f"{byte} does not fit {first.encoding} as the rest does ({first.reason}); mend it, or fetch it again"
    else:
        message = (
            f"neither UTF-8 ({byte} does not fit: {first.reason}) nor GB 18030 or Big5 that reads like Chinese; "
            "find out its encoding and save it as UTF-8"
        )
    return DecodeError(message, reason="undecodable", path=path, start=first.start, end=first.end)


def _reads_like_chinese(text: str) -> bool:
    """Whether a decoded text is plausible; a short one needs a Chinese character and nothing odd."""
    han = len(_HAN.findall(text))
    return _is_plausible(text) and han > 0 if han < _FEWEST_HAN else _is_prose(text, _FEWEST_HAN)


def _is_plausible(text: str) -> bool:
    """Whether a text holds next to no unassigned or private characters."""
    return len(_IMPLAUSIBLE.findall(text)) <= len(text) * _MOST_IMPLAUSIBLE


def _is_prose(text: str, fewest: int) -> bool:
    """Whether a text is plausible and reads like Chinese, of which it needs `fewest` characters."""
    return _has_common(text, fewest) and _is_plausible(text)


def _has_common(text: str, fewest: int) -> bool:
    """Whether a text has so many Chinese characters, and enough of them are the common ones."""
    han = len(_HAN.findall(text))
    return han >= fewest and len(_COMMON.findall(text)) >= han * _LEAST_COMMON


def read_document(path: str | Path) -> Document:
    """The decoded document of a file: text, encoding, SHA-256 of the bytes, the stem as its id.

    Raises `DecodeError` where the bytes are no text, and `OSError` where the file cannot be read.
    """
    path = Path(path)
    return decode_document(path.read_bytes(), path.stem, str(path))


def decode_document(raw: bytes, issue_id: str, path: str | None = None) -> Document:
    """The decoded document of the bytes of a file; `DecodeError`, which names `path`, where they are no text."""
    text, encoding = decode(raw, path)
    return Document(issue_id, text, encoding, hashlib.sha256(raw).hexdigest())
