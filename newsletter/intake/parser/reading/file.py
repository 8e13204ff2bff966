"""Which reader takes a file: told by what it is, not by what it is called."""

import re

from . import Reading, Refused
from .docx import read_docx
from .package import is_office
from .pdf import is_pdf, read_pdf
from .text import read_text

# A printed page has ten thousand characters in some hundred lines. Where every line is a headline, a page of these
# limits takes 3 s, and twice as much takes four times as long.
CHARACTERS, LINES = 100_000, 5000

_NO_TEXT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:\{\\rtf|<!doctype|<html|<\?xml|MIME-Version:)"
    rb"|\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|BM.{4}\0{4}|II\*\0|MM\0\*|....ftyp|Rar!|7z\xbc\xaf|\x1f\x8b",
    re.IGNORECASE | re.DOTALL,
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_file(content, encoding=None) -> Reading:
    """The `Reading` of a file (bytes); `encoding` is for text where it cannot be told. Raises `Refused`."""
    if is_pdf(content):
        reading = read_pdf(content)
    elif is_office(content):
        reading = read_docx(content)
    else:
        reading = _read_text(content, encoding)
    if len(reading.lines) > LINES or sum(len(line.text) for line in reading.lines) > CHARACTERS:
        raise Refused("too_much_text")
    return reading


def _read_text(content, encoding):
    if _NO_TEXT.match(content):
        raise Refused("not_text")
    if len(content) > 4 * CHARACTERS:  # no encoding needs more bytes for a character
        raise Refused("too_much_text")
    try:
        return read_text(content, encoding)
    except Refused as refused:
        if refused.code == "encoding" and _BINARY.search(content):
            # Whoever looks for the encoding of what is no text looks in vain.
            raise Refused("not_text") from refused
        raise
