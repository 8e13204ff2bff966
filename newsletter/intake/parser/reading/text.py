"""Plain text: which encoding it is in, and its lines."""

import re
import unicodedata

from newsletter.intake.parser.lines import Line, width
from newsletter.intake.parser.mend import close_spaces

from . import Reading, Refused

ENCODINGS = ("utf-8", "utf-16", "gb18030")
_COMMON = set("的一是在了和有人这中大为上个国会社组织活动日年月我单位公益商协县市镇志愿服务，。、")


def read_text(content, encoding=None):
    """The `Reading` of a text file (bytes). Raises `Refused`."""
    return Reading(lines_of(decode(content, encoding)))


def decode(content, encoding=None):
    """The text of `content`: UTF-8, UTF-16 or GB18030 by its own signs; where none fits, somebody has to say which."""
    if encoding:
        return _strict(content, encoding)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Without a mark at the beginning: Chinese prose has its most common characters in every line or two, and nearly any
    # bytes can be read as nearly any of these encodings.
    for encoding in ("utf-16-le", "utf-16-be", "gb18030") if b"\x00" in content else ("gb18030",):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = [letter for letter in text if letter > "\x7f"]
        if letters and sum(letter in _COMMON for letter in letters) >= len(letters) * 0.03:
            return text
    raise Refused("encoding")


def _strict(content, encoding):
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Refused("encoding") from error


def lines_of(text):
    """The `Line`s of a text: mended, with their indents and whether an empty line stands before each."""
    text = unicodedata.normalize("NFC", re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text))
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", text)
    lines, gap = [], False
    for raw in text.split("\n"):
        if not raw.strip():
            gap = bool(lines)
            continue
        line = Line(close_spaces(raw), indent=width(raw[: len(raw) - len(raw.lstrip())]), gap=gap)
        line.width = width(raw.strip())
        lines.append(line)
        gap = False
    return lines
