"""What PDFium says of one page: its characters, and the rules, boxes and pictures between them.

All lengths are points, counted from the upper left corner of the page as it is seen (after cropping and turning).
"""

import ctypes
import re
import unicodedata
from dataclasses import dataclass, field
from math import hypot

import pypdfium2.raw as pdfium

TINY = 3.5  # points; smaller characters are not meant to be read
_MOST_GLYPHS, _MOST_OBJECTS = 60_000, 5_000  # of a page; a full broadsheet has a fifth of that
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|hei(?!ti sc light)|黑", re.IGNORECASE)
_BOLD_WEIGHT = 650
# Of these marks only one half is printed; the other half is white and may stand beyond the edge of a column.
_OPENING, _CLOSING = "“‘《（〈「『【〔", "，。、；：！？”’》）〉」』】〕"


@dataclass(slots=True)
class Glyph:
    """One character. `left` and `right` bound its advance, `start` and `stop` what is printed of it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    start: float = 0.0
    stop: float = 0.0

    def __post_init__(self):
        half = self.size / 2 if self.right - self.left > 0.8 * self.size else 0.0
        self.start = self.left + (half if self.text in _OPENING else 0.0)
        self.stop = self.right - (half if self.text in _CLOSING else 0.0)


@dataclass
class Sheet:
    """A page of the size `width` x `height`. Edges and pictures are (left, top, right, bottom).

    Edges are rules and the four sides of frames, tinted boxes and pictures: what divides texts from each other.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    edges: list[tuple] = field(default_factory=list)
    pictures: list[tuple] = field(default_factory=list)  # and boxes, which may hold text
    unreadable: int = 0  # characters of which the fonts do not say what they mean


def sheet_of(page):
    """The `Sheet` of a `pypdfium2.PdfPage`."""
    sheet = Sheet(*page.get_size())
    view = _View(page, sheet)
    _take_glyphs(sheet, page, view)
    _take_drawings(sheet, page, view)
    return sheet


class _View:
    """The map from a page's own coordinates, which run upwards, to those of its picture."""

    _FINE = 64  # PDFium maps to whole numbers only

    def __init__(self, page, sheet):
        def seen(x, y):
            across, down = ctypes.c_int(), ctypes.c_int()
            size = (round(sheet.width * self._FINE), round(sheet.height * self._FINE))
            pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
            return across.value / self._FINE, down.value / self._FINE

        span = 1000
        self.x0, self.y0 = seen(0, 0)
        right, up = seen(span, 0), seen(0, span)
        self.xx, self.yx = (right[0] - self.x0) / span, (right[1] - self.y0) / span
        self.xy, self.yy = (up[0] - self.x0) / span, (up[1] - self.y0) / span

    def point(self, x, y):
        return self.x0 + self.xx * x + self.xy * y, self.y0 + self.yx * x + self.yy * y

    def vector(self, x, y):
        return self.xx * x + self.xy * y, self.yx * x + self.yy * y

    def box(self, left, bottom, right, top):
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _take_glyphs(sheet, page, view):
    text = page.get_textpage()
    fonts, seen = {}, {}
    matrix, loose = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(min(text.count_chars(), _MOST_GLYPHS)):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        letter = _letter(code)
        if not letter.strip() and code > 0x1F:
            continue
        if letter == "" or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
            sheet.unreadable += 1
            continue
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        along = view.vector(matrix.a, matrix.b)
        size = pdfium.FPDFText_GetFontSize(text, index) * hypot(matrix.c, matrix.d)
        if size < TINY or along[0] <= 0 or abs(along[1]) > 0.05 * along[0]:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, loose)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, _top, right, _bottom = view.box(loose.left, loose.bottom, loose.right, loose.top)
        left, base = view.point(x.value, y.value)[0], view.point(x.value, y.value)[1]
        if not (0 <= left < sheet.width and 0 < base < sheet.height):
            continue
        bold = _is_bold(text, index, fonts)
        # One glyph may stand for two of these marks.
        twin = None if letter in "—…" else _twin(seen, letter, left, base, size)
        if twin:  # printed twice with a shift of a hair, to look bold
            twin.bold = True
            continue
        glyph = Glyph(letter, left, max(right, left + 0.1), base, size, bold)
        seen.setdefault((letter, round(left / size), round(base / size)), []).append(glyph)
        sheet.glyphs.append(glyph)
    text.close()


def _letter(code):
    """The character as people write it, or nothing where the font says no more than a number of its own."""
    if code < 0x20 or 0xD800 <= code <= 0xF8FF or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return ""
    letter = chr(code)
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        # Some programs write the radical's number in place of the character's.
        return unicodedata.normalize("NFKC", letter)
    return "" if unicodedata.category(letter) in ("Cn", "Cc") else letter


def _twin(seen, letter, left, base, size):
    across, down = round(left / size), round(base / size)
    for column in (across - 1, across, across + 1):
        for row in (down - 1, down, down + 1):
            for other in seen.get((letter, column, row), ()):
                if abs(other.left - left) < 0.3 * size and abs(other.base - base) < 0.2 * size:
                    return other
    return None


def _is_bold(text, index, fonts):
    weight = pdfium.FPDFText_GetFontWeight(text, index)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, flags)
    key = (name.value, weight)
    if key not in fonts:
        words = name.value.decode("utf-8", "replace")
        forced = bool(flags.value >= 0 and flags.value & 1 << 18)
        fonts[key] = weight >= _BOLD_WEIGHT or forced or bool(_BOLD_NAME.search(words))
    return fonts[key]


def _take_drawings(sheet, page, view):
    for number, drawn in enumerate(page.get_objects(max_depth=3)):
        if number >= _MOST_OBJECTS:
            return
        if drawn.type not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        try:
            box = view.box(*drawn.get_bounds())
        except RuntimeError:
            continue
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if min(wide, high) <= 3 < max(wide, high) and drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            sheet.edges.append(box)
        elif drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE and wide * high >= 0.8 * sheet.width * sheet.height:
            sheet.pictures.append(box)  # a scan, or a background
        elif min(wide, high) > 3 and wide * high < 0.8 * sheet.width * sheet.height:
            sheet.pictures.append(box)
            sheet.edges += [(left, top, right, top), (left, bottom, right, bottom)]
            sheet.edges += [(left, top, left, bottom), (right, top, right, bottom)]
