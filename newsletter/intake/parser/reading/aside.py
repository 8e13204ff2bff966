"""What is printed on a page and belongs to no story: masthead, date line, page number, editors, captions."""

import re

from newsletter.intake.parser.labels import is_furniture, is_section

from .rows import alike, overlap

_CAPTION = re.compile(
    r"^[▲△▼▽↑↓←→◀▶\s]*(?:图为|图片[:：]|资料图|上图|下图|左图|右图|图[一二三四\d][:：])|[摄]\s*[）)]?$|供图\s*[）)]?$"
)
_TOP, _BOTTOM = 0.2, 0.85  # of the page's height: where furniture stands
_MASTHEAD_LINES = 6


def mark_labels(lines):
    """Gives the section labels among the lines their kind; they are no part of the headlines beside them."""
    for line in lines:
        if len(line.glyphs) <= 8 and is_section(line.text):
            line.kind = "label"
    return lines


def without_furniture(lines, sheet):
    """The lines without those of the masthead and of the page's foot."""
    furniture = [line for line in lines if is_furniture(line.text) and not _is_in_text(line, lines)]
    tops = [line for line in furniture if line.base < _TOP * sheet.height]
    bottoms = [line for line in furniture if line.base > _BOTTOM * sheet.height]
    if tops:
        limit = max(line.base for line in tops) + 1
        lines = _dropped(lines, [line for line in lines if line.base <= limit or line.top < limit - 0.5 * line.size])
    else:
        lines = _without_title(lines, sheet)
    if bottoms:
        limit = min(line.base for line in bottoms) - 1
        lines = _dropped(lines, [line for line in lines if line.base >= limit])
    return [line for line in lines if line not in furniture]


def _is_in_text(line, lines):
    """Whether lines of the same size stand close above or beneath: then `第3期…` is a part of a sentence."""
    return any(
        alike(line.size, other.size) and 0 < abs(line.base - other.base) < 2.2 * line.size and overlap(line, other) > 0
        for other in lines
    )


def _without_title(lines, sheet):
    """Without a masthead that has no date: few short lines above a rule across the page."""
    for edge in sorted(sheet.edges, key=lambda edge: edge[1]):
        wide, high = edge[2] - edge[0], edge[3] - edge[1]
        if high > 3 or wide < 0.6 * sheet.width or not 0 < edge[1] < _TOP * sheet.height:
            continue
        above = [line for line in lines if line.base < edge[1] + 2]
        if above:
            return _dropped(lines, above) if not any("。" in line.text for line in above) else lines
    return lines


def _dropped(lines, unwanted):
    """Without the unwanted ones, unless these are too many to be furniture."""
    if sum(line.kind == "text" and len(line.glyphs) > 8 for line in unwanted) > _MASTHEAD_LINES:
        return lines
    return [line for line in lines if line not in unwanted]


def without_captions(columns, sheet, usual):
    """The columns without those that only say what a picture shows. `usual` is the size of the page's text."""
    return [column for column in columns if not _is_caption(column, columns, sheet, usual)]


def _is_caption(column, columns, sheet, usual):
    if column.kind != "text" or len(column.lines) > 4:
        return False
    small = column.size < 0.95 * usual
    worded = _CAPTION.search(column.lines[0].text) or _CAPTION.search(column.lines[-1].text)
    pictured = any(
        -2 < column.top - picture[3] < 1.6 * column.size
        and picture[3] - picture[1] > 2.5 * usual
        and min(column.right, picture[2]) - max(column.left, picture[0]) > 0.5 * (column.right - column.left)
        for picture in sheet.pictures
    )
    if pictured or small:
        return bool(worded or (pictured and small))
    headed = any(
        other.kind == "head" and 0 <= column.top - other.bottom < 2 * usual and overlap(column, other) > 0
        for other in columns
    )
    return bool(worded) and len(column.lines) <= 2 and not headed
