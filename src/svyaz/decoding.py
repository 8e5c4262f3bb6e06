"""Bytes to text: a byte order mark, then UTF-8, then what the page says, then a guess with a warning."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from svyaz.model import Warning

# The encodings in which Russian text is found; a free choice among all would rather err than say so.
GUESSES = ("cp1251", "koi8_r", "cp866", "utf_16", "iso8859_5")
# So much is enough to tell the encodings apart, and keeps the guess quick on long texts.
SAMPLE = 64_000
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{1,40})""", re.I
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, with a warning for all that was guessed or replaced in it."""

    text: str
    warnings: tuple[Warning, ...] = ()


def is_encoding(name: str) -> bool:
    """Whether ``name`` is an encoding of text that Python knows («cp1251»; «base64» and «idna» are none)."""
    try:
        b"\xff-\x00".decode(name, errors="replace")
    except (LookupError, ValueError):
        return False
    return True


def plain(text: str) -> Decoded:
    """Replace lone surrogates (``"\\ud800"`` in JSON), which no output can hold; offsets stay the same."""
    replaced, count = _SURROGATE.subn("\ufffd", text)
    if not count:
        return Decoded(text)
    return Decoded(
        replaced, (Warning(code="replaced_surrogates", message=f"{count} lone surrogates replaced"),)
    )


def wide(data: bytes, encoding: str | None = None) -> bool:
    """Whether the bytes are in an encoding with units of two or four bytes, by name, mark or look."""
    if encoding is not None:
        return codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    return _marked(data) is not None or _unmarked(data) is not None


def decode(data: bytes, encoding: str | None = None, *, markup: bool = False) -> Decoded:
    """Decode ``data``; ``encoding`` is the user's word for it, ``markup`` heeds what an HTML page declares.

    Never raises on bad bytes: they become U+FFFD, and a warning says how many.
    """
    named = encoding or _marked(data)
    if named:
        return _forced(data, named)
    guess = _unmarked(data)
    if guess is None:
        try:
            return Decoded(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            pass
        if markup and (declared := _declared(data)):
            return _forced(data, declared)
        if _mostly_utf8(data):
            return _forced(data, "utf-8-sig")
        guess = _guess(data)
    if guess is None:
        return _forced(data, "utf-8-sig")
    decoded = _forced(data, guess)
    said = Warning(code="guessed_encoding", message=f"not UTF-8; read as {guess}, which is a guess")
    return Decoded(decoded.text, (said, *decoded.warnings))


def _forced(data: bytes, encoding: str) -> Decoded:
    try:
        return plain(data.decode(encoding).removeprefix("\ufeff"))
    except UnicodeError:
        decoded = plain(data.decode(encoding, errors="replace").removeprefix("\ufeff"))
    count = decoded.text.count("\ufffd")
    message = f"bytes that are not {encoding.removesuffix('-sig')} were replaced by U+FFFD ({count} of these)"
    return Decoded(decoded.text, (Warning(code="replaced_bytes", message=message), *decoded.warnings))


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is 0x04 (Cyrillic) or 0x00 (Latin). UTF-8 lets both pass."""
    for offset, name in ((1, "utf_16_le"), (0, "utf_16_be")):
        high = data[offset:SAMPLE:2]
        if high.count(4) > 0.1 * len(high) and high.count(0) + high.count(4) > 0.7 * len(high):
            return name
    return None


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    name = match.group(1).decode("ascii", "replace") if match else ""
    return name if name and is_encoding(name) and not wide(b"", name) else None


def _mostly_utf8(data: bytes) -> bool:
    """Whether more letters are good UTF-8 than bytes are not: a UTF-8 text with damage."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - bad > bad


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # slow to import, and rarely needed

    best = from_bytes(data[:SAMPLE], cp_isolation=list(GUESSES)).best()
    return best.encoding if best else None
