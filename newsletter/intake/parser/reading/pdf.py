"""PDF pages: what is printed on them, in the order in which people read it."""

import io
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium

from newsletter.intake.parser.lines import Line
from newsletter.intake.parser.mend import close_spaces

from . import Reading, Refused
from .aside import mark_labels, without_captions, without_furniture
from .columns import columns_of
from .flow import stories_of
from .glyphs import sheet_of
from .rows import lines_on

# A county's paper has four or eight pages, a city's sixteen; these are read within the seconds of `child.SECONDS`.
MOST_PAGES = 16
PICTURE_WIDTH = 1400  # pixels: body text can be read on it
_MOST_PIXELS = 8_000_000
_FEW = 20  # characters a page: page numbers, but no text


def is_pdf(content):
    """Some programs write a line of their own before the mark; every reader allows for it."""
    return b"%PDF-" in content[:1024]


def read_pdf(content):
    """The `Reading` of a PDF file (bytes). Raises `Refused`."""
    document = _open(content)
    try:
        if len(document) > MOST_PAGES:
            raise Refused("too_many_pages")
        pages = [document[number] for number in range(len(document))]
        sheets = [sheet_of(page) for page in pages]
        _refuse_unreadable(sheets)
        return Reading(_lines(sheets), pages=[_picture(page) for page in pages])
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged") from error
    finally:
        document.close()


def _open(content):
    # PDFium mends what was cut off as well as it can; stories would be missing, and nobody would know.
    if b"%%EOF" not in content.rstrip(b"\x00\r\n\t ")[-1024:]:
        raise Refused("damaged")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise Refused(
            "encrypted" if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "damaged"
        ) from error
    if not len(document):
        raise Refused("damaged")
    return document


def _refuse_unreadable(sheets):
    letters = Counter(glyph.text for sheet in sheets for glyph in sheet.glyphs)
    unreadable = sum(sheet.unreadable for sheet in sheets)
    legible = sum(count for letter, count in letters.items() if "\u3000" <= letter <= "\u9fff" or letter in "“”‘’—…")
    total = letters.total() + unreadable
    if total < _FEW * len(sheets) and any(sheet.pictures or sheet.edges for sheet in sheets):
        raise Refused("scanned")
    if total and (unreadable > 0.2 * total or legible < 0.25 * total):
        raise Refused("unreadable_fonts")


def _lines(sheets):
    pages = []
    for number, sheet in enumerate(sheets):
        lines = without_furniture(mark_labels(lines_on(sheet)), sheet)
        columns = columns_of(lines, sheet, number)
        sizes = Counter()
        for line in lines:
            sizes[line.size] += len(line.glyphs) if line.kind == "text" else 0
        pages.append(without_captions(columns, sheet, sizes.most_common(1)[0][0]) if sizes else columns)
    found, block = [], 0
    for story in stories_of(pages):
        for column in [*([story.head] if story.head else []), *story.columns]:
            found += _printed(column, block, sheets[column.page])
            block += 1
    return found


def _printed(column, block, sheet):
    """The `Line`s of a column."""
    for piece, gap in zip(column.lines, column.gaps, strict=True):
        box = (
            piece.left / sheet.width,
            piece.top / sheet.height,
            piece.right / sheet.width,
            piece.bottom / sheet.height,
        )
        line = Line(
            close_spaces(piece.text),
            indent=round((piece.left - column.left) / piece.size, 1),
            gap=gap or (piece is column.lines[0] and column.kind != "text"),
            size=piece.size,
            bold=piece.bold,
            kind=piece.kind,
            block=block,
            page=column.page,
            box=tuple(round(min(1, max(0, side)), 4) for side in box),
        )
        line.width = round((piece.right - piece.left) / piece.size, 1)
        yield line


def _picture(page):
    """A JPEG of the page, for the editor to look at."""
    width, height = page.get_size()
    scale = min(PICTURE_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()
