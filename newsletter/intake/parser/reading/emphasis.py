"""Which paragraphs of a document were made to look like headlines, told as the font sizes of a printed page.

Every story of a collected document may come from another hand: one in 22 points over 16, the next in bold over 10.5.
So a paragraph is compared with the text beside it, and the answer is one of two sizes for all.
"""

import re
from dataclasses import dataclass, field

from newsletter.intake.parser.labels import is_section
from newsletter.intake.parser.lines import Line

TEXT, HEADLINE = 10.5, 16.0
_USUAL = 10.5
_LONGEST = 60
_ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．]")


@dataclass
class Printed:
    """A line of a document and how it looks."""

    line: Line
    size: float | None = None  # in points, where the document says so
    bold: bool = False
    centred: bool = False
    heading: bool = False  # in a style for headings
    photos: list[int] = field(default_factory=list)
    captioned: int | None = None  # the photo above, where this may be its caption


def tell_headlines(printed):
    """Sets the size of the lines: large, small, or none where the document leaves it open."""
    may_be = [_may_be_headline(one) for one in printed]
    large = [
        may and _is_large(one, size) for one, may, size in zip(printed, may_be, _sizes_beside(printed), strict=True)
    ]
    lifted = [may and _is_lifted(one) for one, may in zip(printed, may_be, strict=True)]
    if not any(large) and (not any(lifted) or sum(lifted) > len(printed) / 2):
        return
    starts = True  # whether a story may start here
    for one, may, is_large, is_lifted in zip(printed, may_be, large, lifted, strict=True):
        starts = starts or one.line.gap
        if is_section(one.line.text):
            starts = True
        elif is_large or (is_lifted and (starts or not any(large))):
            one.line.size, starts = HEADLINE, True
        elif not (is_lifted or (starts and may)):
            one.line.size, starts = TEXT, one.line.byline is not None


def _sizes_beside(printed):
    """For each line the size of the text that it would be the headline of: of the next paragraph, else of the last."""
    sizes, size = [], _USUAL
    for one in reversed(printed):
        if _is_text(one):
            size = one.size or _USUAL
        sizes.append(size)
    return sizes[::-1]


def _is_text(one):
    return not one.heading and (one.line.width > 30 or one.line.ends_sentence)


def _may_be_headline(one):
    line = one.line
    return line.width <= _LONGEST and line.byline is None and (not line.ends_sentence or line.text[-1] in "！？!?")


def _is_large(one, beside):
    return one.heading or (one.size or _USUAL) >= 1.15 * beside


def _is_lifted(one):
    return (one.bold or one.centred) and not _ENUMERATED.match(one.line.text)
