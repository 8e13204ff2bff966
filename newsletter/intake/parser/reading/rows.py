"""Characters on a page become printed lines, each in its own column, and each a line of a text or of a headline.

White space is enough: a gap in a row parts two columns if other lines, above or beneath, begin in it one under the
other; if they run across it, it stands inside a column, as before a credit set to the right. All lengths are points, or
ems: the size of the characters in question.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from math import inf
from statistics import median

GAP = 0.5  # ems: the least white space between two columns
_GAP_AT_EDGE = 0.42  # ems
_BARE = 0.35  # ems: a gap, beside the white space that belongs to the marks before and after it
_EXACT = 0.3  # ems: how exactly lines begin beneath each other
_ROWS = 10  # rows looked at above and beneath; those of other columns may stand between
_REACH = 5.5  # ems
_SAME_ROW = 0.12  # ems
_STOPS = "。！？”…"
CREDIT = re.compile(r"[（(][^（()）]{2,24}[）)]$")


class Piece:
    """Characters side by side: in the end, one printed line of one column. `kind` is text, head or label."""

    def __init__(self, glyphs, kind="text"):
        self.glyphs, self.kind = glyphs, kind
        self.left, self.right = glyphs[0].start, max(glyph.stop for glyph in glyphs)
        self.base = median(glyph.base for glyph in glyphs)
        self.size = Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
        self.bold = 2 * sum(glyph.bold for glyph in glyphs) > len(glyphs)
        self.top, self.bottom = self.base - 0.88 * self.size, self.base + 0.12 * self.size

    @property
    def style(self):
        return round(self.size * 2) / 2, self.bold

    @property
    def text(self):
        """The characters, with a space where there is room for one; `mend` closes those of justification."""
        text = self.glyphs[0].text
        for before, after in pairwise(self.glyphs):
            latin = before.text.isascii() and after.text.isascii()
            room = after.left - before.right > (0.18 if latin else 0.55) * self.size
            text += (" " if room else "") + after.text
        return text


def overlap(one, other):
    """How far two things stand above each other, in points; below zero: how far they stand apart."""
    return min(one.right, other.right) - max(one.left, other.left)


def alike(one, other):
    """Whether two sizes are the same, but for a hair."""
    return max(one, other) <= 1.08 * min(one, other)


def lines_on(sheet):
    """The lines of a `Sheet` as `Piece`s, from the top down. Headlines side by side may still be one piece."""
    upright = [rule for rule in sheet.edges if rule[3] - rule[1] > rule[2] - rule[0]]
    parts = [part for row in _rows(sheet.glyphs, lambda one: one.left) for part in _parts(row, upright)]
    if not parts:
        return []
    styles = _prose(parts)
    sizes = {size for size, _bold in styles}
    texts, others = [], []
    for part in parts:
        (texts if any(alike(part.size, size) for size in sizes) else others).append(part)
    # Headlines may be spaced widely; which of them stand side by side is told by the columns beneath.
    lines = [*_join(texts, _Edges(texts).part), *_join(others, _is_far)]
    usual = max(styles, key=styles.get)
    for line in lines:
        line.kind = _kind(line, styles, usual)
    return sorted(lines, key=lambda line: (line.base, line.left))


def _rows(things, side):
    """The things whose feet stand on one line, from left to right."""
    row = []
    for thing in sorted(things, key=lambda thing: thing.base):
        if row and thing.base - row[-1].base > _SAME_ROW * min(thing.size, row[-1].size):
            yield sorted(row, key=side)
            row = []
        row.append(thing)
    if row:
        yield sorted(row, key=side)


def _parts(row, upright):
    """A row cut at every gap, every upright rule and every change of size."""
    start = 0
    for number, (before, after) in enumerate(pairwise(row), 1):
        em = max(before.size, after.size)
        bare = after.left - before.right
        ruled = any(
            before.stop - 1 <= (rule[0] + rule[2]) / 2 <= after.start + 1 and rule[1] < after.base < rule[3] + 0.5 * em
            for rule in upright
        )
        resized = not alike(before.size, after.size) and (bare > 0.3 * em or em > 1.25 * min(before.size, after.size))
        if ruled or resized or after.start - before.stop >= GAP * em:
            yield Piece(row[start:number])
            start = number
    yield Piece(row[start:])


def _prose(parts):
    """The styles in which texts are set, with their numbers of full stops. Headlines have none."""
    letters, stops = Counter(), Counter()
    for part in parts:
        letters[part.style] += len(part.glyphs)
        stops[part.style] += sum(glyph.text == "。" for glyph in part.glyphs)
    found = {style: stops[style] for style, count in letters.items() if stops[style] >= max(1, 0.007 * count)}
    return found or dict(letters.most_common(1))


def _kind(line, styles, usual):
    size, bold = line.style
    if line.style in styles:
        return "text"
    return "head" if size > 1.05 * usual[0] or (bold and not usual[1] and size >= 0.95 * usual[0]) else "text"


def _join(parts, is_parted):
    """Joins the parts of each row, but for those that a column's gap parts."""
    lines = []
    for row in _rows(parts, lambda one: one.left):
        current = row[0]
        for after in row[1:]:
            if not alike(current.size, after.size) or is_parted(current, after):
                lines.append(current)
                current = after
            else:
                current = Piece([*current.glyphs, *after.glyphs])
        lines.append(current)
    return lines


def _is_far(before, after):
    return after.left - before.right > 2.5 * after.size


class _Edges:
    """Where on a page columns begin, and whether they do so at a given row."""

    def __init__(self, parts):
        self.rows = list(_rows([glyph for part in parts for glyph in part.glyphs], lambda one: one.start))
        self.bases = [row[0].base for row in self.rows]
        starts = sorted(
            row[number].start
            for row in self.rows
            for number in range(len(row))
            if not number or row[number].left - row[number - 1].right > _BARE * row[number].size
        )
        # Two lines that begin beneath each other are an edge.
        self.starts = [start for start, after in pairwise(starts) if after - start < _EXACT * parts[0].size]

    def part(self, before, after):
        """Whether the gap between two parts of a row is one between columns."""
        em, bare = before.size, after.glyphs[0].left - before.glyphs[-1].right
        if after.left - before.right < 0.3 * em:
            return True  # a rule stands between
        first = bisect_left(self.starts, before.right + 0.3 * em)
        last = bisect_right(self.starts, after.left + _EXACT * em)
        told = [self._near(start, before) for start in dict.fromkeys([*self.starts[first:last], after.left])]
        if any(told):
            return max(told) > (0 if bare > _BARE * em else 1)
        credit = before.glyphs[-1].text in _STOPS and CREDIT.match("".join(glyph.text for glyph in after.glyphs))
        return bare > _BARE * em and after.left - before.right > 0.75 * em and not credit

    def _near(self, x, part):
        """In the next rows above and beneath: how many lines begin at `x`, less those that run across it."""
        em, total = part.size, 0
        at = bisect_left(self.bases, part.base - _SAME_ROW * em)
        for rows in (self.rows[max(0, at - _ROWS) : at][::-1], self.rows[at + 1 : at + 1 + _ROWS]):
            told = [
                _stance(row, x, em)
                for row in rows
                if abs(row[0].base - part.base) < _REACH * em and alike(row[0].size, em)
            ]
            total += sum([stance for stance in told if stance][:2])
        return total


def _stance(row, x, em):
    """1 where a line of the row begins at `x`, -1 where one runs across it, 0 where there is no line."""
    after = bisect_left(row, x - _EXACT * em, key=lambda glyph: glyph.start)
    start = row[after].start if after < len(row) else inf
    clear = after == 0 or row[after - 1].stop <= min(start, x) - _GAP_AT_EDGE * em
    if not clear:
        return -1
    # White space that belongs to a mark, as after a comma, proves nothing.
    bare = after == 0 or (after < len(row) and row[after].left - row[after - 1].right > _BARE * em)
    return int(bare and start <= x + _EXACT * em)
