"""Spreadsheet files in and out: `.xlsx` and `.csv`. A file is read into a `Table` of plain texts or refused."""

import csv
import datetime
import io
import logging
import re
import zipfile
from dataclasses import dataclass, field
from itertools import islice

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from newsletter.records.text import clean_lines

from .cells import harmless, plain

logger = logging.getLogger(__name__)

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 100
# Of the parts of an .xlsx file, unpacked: a file of MAX_BYTES can unpack to 5 GB, and each tag takes microseconds.
_MAX_UNPACKED = 60 * 1024 * 1024
_MAX_TAGS = 3_000_000
# More is cut off by Excel, and by openpyxl without a word.
MAX_CELL = 32_767
# A number of more digits has been rounded before it was saved.
_EXACT = 10**15

FORMULA = _("This is a formula. Copy the column and paste it as values.")
NO_VALUE = _("The cell holds an error of the spreadsheet program.")
ROUNDED = _("The spreadsheet program has rounded this long number. Format the column as text and type it again.")


class Unreadable(Exception):
    """The file is no table that we read; `args[0]` tells the editor why, and what helps."""


class CellTooLong(Exception):
    """A text does not fit into a cell of an `.xlsx` file."""


@dataclass
class Table:
    """A sheet as texts. `rows` are `(line in the file, cells)`; `faults` are `(line, head): message`."""

    heads: list
    rows: list
    faults: dict = field(default_factory=dict)


def read(content, name=""):
    """The `Table` of an uploaded file's bytes. Raises `Unreadable`."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 5 MB. Split it into several."))
    if content.startswith(b"PK"):
        lines = _xlsx_lines(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is an old .xls file, or one with a password. Save it as .xlsx without a password, then try again.")
        )
    elif name.lower().endswith((".xlsx", ".xls")):
        raise Unreadable(_("This is no Excel file, or it is damaged."))
    else:
        lines = _csv_lines(content)
    return _table(lines)


def _table(lines):
    """`lines` are `(number, [(text, fault or None), …])`; the first is that of the heads."""
    lines = iter(lines)
    _number, first = next(lines, (1, []))
    heads = [re.sub(r"\s+", "", text) for text, _fault in first]
    while heads and not heads[-1]:
        heads.pop()
    if not any(heads):
        raise Unreadable(_("The first row must hold the heads of the columns. Start from the empty file on this page."))
    if len(heads) > MAX_COLUMNS:
        raise Unreadable(_("The file has too many columns."))
    table = Table(heads, [])
    for number, line in lines:
        if not any(text.strip() for text, _fault in line):
            continue
        if len(table.rows) == MAX_ROWS:
            raise Unreadable(_("The file has more than 5,000 rows. Split it into several."))
        if any(text.strip() for text, _fault in line[len(heads) :]):
            raise Unreadable(_("Row %(line)d has a cell beside the columns that have a head.") % {"line": number})
        line = [*line, *[("", None)] * (len(heads) - len(line))][: len(heads)]
        table.rows.append((number, [text for text, _fault in line]))
        table.faults |= {(number, head): fault for head, (_text, fault) in zip(heads, line, strict=True) if fault}
    if not table.rows:
        raise Unreadable(_("The file has no rows below the heads."))
    return table


# CSV


def _csv_lines(content):
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for number, line in enumerate(reader, 1):
            yield number, [(plain(clean_lines(cell)), _rounded(cell)) for cell in line]
    except csv.Error as error:
        raise Unreadable(_("This is no CSV file, or it is damaged.")) from error


def _decoded(content):
    """Chinese Excel saves CSV as GBK, of which GB18030 is the whole."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("The characters of this file cannot be read. Save it as .xlsx, or as CSV in UTF-8."))


def _rounded(cell):
    # A spreadsheet program writes a long number so into a CSV file.
    return ROUNDED if re.fullmatch(r"\d(\.\d+)?[Ee]\+\d+", cell.strip()) else None


# Excel


def _xlsx_lines(content):
    _refuse_dangerous(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        sheet = book.worksheets[0]
        # What the file says of its size may be wrong.
        sheet.reset_dimensions()
        # Up to a million empty rows may stand between two.
        lines = (
            (number, [_cell(cell) for cell in row])
            for number, row in enumerate(sheet.iter_rows(), 1)
            if number == 1 or any(cell.value is not None for cell in row)
        )
        lines = list(islice(lines, MAX_ROWS + 2))
    except Exception as error:
        # A damaged file raises whatever it happens to meet: KeyError, ValueError, ParseError, BadZipFile …
        logger.info("An uploaded workbook could not be read: %r", error)
        raise Unreadable(_("This is no Excel file, or it is damaged.")) from error
    if hidden:
        raise Unreadable(
            _("The file has hidden sheets (%(names)s). Show or delete them first.") % {"names": "、".join(hidden)}
        )
    return lines


def _refuse_dangerous(content):
    """Look at the parts before anything parses them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > 500 or sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise Unreadable(_("The file is too large once it is unpacked. Copy the rows into a new file."))
            tags = 0
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                markup = package.read(part)
                tags += markup.count(b"<")
                # Entities multiply; UTF-16, in which they could hide, has zeros.
                if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup or b"\0" in markup:
                    raise Unreadable(_("This is no Excel file, or it is damaged."))
                if part.filename.startswith("xl/worksheets/") and b"mergeCell " in markup:
                    raise Unreadable(_("The file has merged cells. Split them, so that each row has its own cells."))
            if tags > _MAX_TAGS:
                raise Unreadable(_("The file is too large once it is unpacked. Copy the rows into a new file."))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(_("This is no Excel file, or it is damaged.")) from error


def _cell(cell):
    value = cell.value
    if value is None:
        return "", None
    if cell.data_type == "f":
        return str(value), FORMULA
    if cell.data_type == "e":
        return str(value), NO_VALUE
    if isinstance(value, bool):
        return "是" if value else "否", None
    if isinstance(value, datetime.datetime):
        # A cell with only a time counts from the first day of the calendar.
        return (str(value.date()) if value.time() == datetime.time() else str(value)), None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | float) and abs(value) >= _EXACT:
        return str(value), ROUNDED
    return plain(clean_lines(str(value))), None


# Writing


def write_csv(file, lines):
    """Write lists of texts as UTF-8 with a byte-order mark, without which Excel takes it for GBK."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    text.detach()


def write_xlsx(file, sheets):
    """Write `{title: (widths, lines)}`; every cell is text, so that long numbers and dates stay as they are typed."""
    book = openpyxl.Workbook(write_only=True)
    for title, (widths, lines) in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, width in enumerate(widths, 1):
            column = sheet.column_dimensions[get_column_letter(number)]
            column.width, column.number_format = width, "@"
        bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        for number, line in enumerate(lines):
            row = []
            for text in line:
                if len(text) >= MAX_CELL:
                    raise CellTooLong(text[:20])
                cell = WriteOnlyCell(sheet, harmless(text) or None)
                cell.number_format = "@"
                if number == 0:
                    cell.font = bold
                elif "\n" in text:
                    cell.alignment = wrapped
                row.append(cell)
            sheet.append(row)
    book.save(file)
