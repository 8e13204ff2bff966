"""What every way of reading a page ends in: printed lines, in reading order."""

import re
import unicodedata
from dataclasses import dataclass

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = "“‘《（〈「『【〔(["
_CLOSING = "，。、；：！？”’》）〉」』】〕,.;:!?)]…—·%％"
_TERMINAL = re.compile(r"[。！？!?…][”’》）」』\s]*$")
# What a story is signed with at its end: brackets after a full stop, or on a line of their own.
_CLOSING_BYLINE = re.compile(r"(?:^|(?<=[。！？…”’》」』）]))\s*[（(]\s*([^（）()。，；：！？]{1,24}?)\s*[）)]\s*$")
# A name needs no full stop before it where a space sets it apart.
_SET_APART = re.compile(rf"(?<=[{HAN}])[ \u3000]+[（(]\s*([{HAN}]{{2,4}}|[{HAN}] [{HAN}])\s*[）)]$")
# `（一）` on a line of its own counts what follows, and what stands in brackets below a picture signs nothing.
_UNSIGNED = re.compile(r"[0-9一二三四五六七八九十]{1,3}|资料(?:图片|照片|图)|图片|照片|图|完|未完")


def width(text):
    """The width of a text in full-width characters; Latin letters, digits and spaces count half."""
    return sum(1 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def closing_byline(text):
    """The match of the printed credit in brackets that closes a text (group 1 is what they hold), or None."""
    if not text.endswith(("）", ")")):
        return None
    found = _CLOSING_BYLINE.search(text[-60:]) or _SET_APART.search(text[-30:])
    return None if found is None or _UNSIGNED.fullmatch(found[1]) else found


@dataclass
class Line:
    """One printed line. Size, block, page and box are there where the file tells them.

    `size` is the font size in points. A reader that knows columns numbers its blocks (a column, or a box over several)
    in reading order. `box` is left, top, right and bottom in fractions of the page. `photos` belong to its story.
    """

    text: str
    indent: float = 0.0
    gap: bool = False  # an empty line, or a wider space, stands before it
    size: float | None = None
    bold: bool = False
    kind: str = ""  # head, text or label, where the file tells it
    block: int = 0
    page: int = 0
    box: tuple[float, float, float, float] | None = None
    photos: tuple[int, ...] = ()

    def __post_init__(self):
        self.width = width(self.text)

    @property
    def ends_sentence(self):
        return bool(_TERMINAL.search(self.text)) or self.byline is not None

    @property
    def byline(self):
        """The printed credit that closes a story on this line, without its brackets, or None."""
        found = closing_byline(self.text)
        return found[1] if found else None

    @property
    def ends_open(self):
        """Ends with a mark after which a sentence goes on, or that opens something."""
        return self.text[-1:] in "，、；：,;:" + _OPENING

    @property
    def ends_closed(self):
        return self.text[-1:] in _CLOSING

    @property
    def starts_closed(self):
        """Begins with a mark that cannot begin a sentence."""
        return self.text[:1] in _CLOSING
