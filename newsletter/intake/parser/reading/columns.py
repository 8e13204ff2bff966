"""Printed lines are stacked into columns: the texts between headlines, and the headlines. Lengths are points or ems."""

from itertools import pairwise
from statistics import median

from .rows import CREDIT, Piece, alike, overlap

_FAR = 40  # ems: how far beneath a headline its columns may begin


class Column:
    """Lines beneath one another, all of one kind: the text of a column down to the next headline, or a headline.

    `gaps` says for each line whether wider space stands before it.
    """

    def __init__(self, lines, gaps=None, page=0):
        self.lines, self.kind, self.page = lines, lines[0].kind, page
        self.gaps = gaps or [False] * len(lines)
        self.size = max(line.size for line in lines)
        self.left, self.right = min(line.left for line in lines), max(line.right for line in lines)
        self.top, self.bottom = lines[0].top, lines[-1].bottom


def columns_of(lines, sheet, page=0):
    """All `Column`s of a page, from the top down; `lines` are its `Piece`s."""
    level = [edge for edge in sheet.edges if edge[3] - edge[1] <= edge[2] - edge[0]]
    texts = _stacked(lines, "text", level, page)
    heads = _part_heads([line for line in lines if line.kind == "head"], texts)
    others = [line for line in lines if line.kind != "head"]
    heads = _stacked(sorted([*others, *heads], key=lambda line: line.base), "head", level, page)
    labels = [Column([line], page=page) for line in lines if line.kind == "label"]
    return sorted([*texts, *heads, *labels], key=lambda column: (column.top, column.left))


def _stacked(lines, kind, level, page):
    """`Column`s of the lines of a kind; all others stand in the way."""
    pairs = _neighbours(lines)
    pitches = {}
    for upper, lower in pairs:
        if upper.kind == lower.kind == kind and alike(upper.size, lower.size):
            pitches.setdefault(round(upper.size), []).append(lower.base - upper.base)
    usual = {size: median(found) for size, found in pitches.items()}
    follows = {
        id(upper): lower
        for upper, lower in pairs
        if upper.kind == lower.kind == kind
        and not _is_ruled(upper, lower, level)
        and (_goes_on(upper, lower, usual) if kind == "text" else _is_one_headline(upper, lower))
    }
    later = {id(lower) for lower in follows.values()}
    columns = []
    for line in lines:
        if line.kind != kind or id(line) in later:
            continue
        stack = [line]
        while id(stack[-1]) in follows:
            stack.append(follows[id(stack[-1])])
        steps = [lower.base - upper.base for upper, lower in pairwise(stack)]
        pitch = min(median(steps), usual.get(round(line.size), 1000)) if steps else 0
        columns.append(Column(stack, [False, *(step > 1.22 * pitch for step in steps)], page))
    return columns


def _neighbours(lines):
    """Pairs of lines directly beneath each other, if neither has two such neighbours on that side."""
    below, above = {}, {}
    for number, line in enumerate(lines):
        nearest = None
        for other in lines[number + 1 :]:
            if other.base - line.base > 60 + 3 * line.size or (nearest and other.base > nearest.base + 0.3 * line.size):
                break
            if other.base > line.base + 0.3 * min(line.size, other.size) and _stands_above(line, other):
                below.setdefault(id(line), []).append(other)
                above.setdefault(id(other), []).append(line)
                nearest = nearest or other
    for line in lines:
        # A credit set to the right has nothing above it where the text's last line is short.
        if CREDIT.match(line.text) and id(line) not in above:
            before = [one for one in lines if 0.5 * one.size < line.base - one.base < 2.4 * one.size]
            before = [one for one in before if one.right < line.left and id(one) not in below]
            if before:
                nearest = max(before, key=lambda one: one.left)
                below[id(nearest)], above[id(line)] = [line], [nearest]
    pairs = []
    for line in lines:
        for other in below.get(id(line), ()):
            lowest = max(one.base for one in above[id(other)])
            rivals = [one for one in above[id(other)] if one.base > lowest - 0.3 * one.size]
            if len(below[id(line)]) == 1 and rivals == [line]:
                pairs.append((line, other))
    return pairs


def _stands_above(upper, lower):
    if overlap(upper, lower) > 0.4 * min(upper.size, lower.size):
        return True
    # The last line of a paragraph may be shorter than an indent.
    return alike(upper.size, lower.size) and abs(lower.left - upper.left) < 2.6 * upper.size


def _is_ruled(upper, lower, level):
    return any(
        upper.base - 0.3 * upper.size < (edge[1] + edge[3]) / 2 < lower.base - 0.5 * lower.size
        and min(edge[2], upper.right, lower.right) - max(edge[0], upper.left, lower.left) > 0.6 * overlap(upper, lower)
        for edge in level
    )


def _goes_on(upper, lower, usual):
    pitch = usual.get(round(upper.size), 1.6 * upper.size)
    return alike(upper.size, lower.size) and lower.base - upper.base <= min(1.95 * pitch, 3.4 * upper.size)


def _is_one_headline(upper, lower):
    large, small = max(upper.size, lower.size), min(upper.size, lower.size)
    return large <= 2.2 * small and lower.base - upper.base <= 1.35 * lower.size + 0.5 * large


def _part_heads(heads, texts):
    """Headlines side by side, parted where the columns beneath them are parted."""
    parted = []
    for head in heads:
        gaps = [after.left - before.right for before, after in pairwise(head.glyphs)]
        usual = max(0.0, median(gaps)) if len(gaps) > 2 else 0.0
        beneath = [text for text in texts if head.base - head.size < text.top < head.base + _FAR * text.size]
        start = 0
        for number, (before, after) in enumerate(pairwise(head.glyphs), 1):
            if gaps[number - 1] > usual + 0.2 * head.size and _begins_column(before, after, beneath):
                parted.append(Piece(head.glyphs[start:number], "head"))
                start = number
        parted.append(Piece(head.glyphs[start:], "head"))
    return parted


def _begins_column(before, after, beneath):
    """Whether a column begins in the gap between two characters, and no nearer one runs across it."""
    gap = after.start - before.stop
    begin = [text for text in beneath if before.stop + 0.4 * text.size <= text.left <= after.start + 0.4 * text.size]
    begin = [text for text in begin if gap > 0.55 * text.size]
    across = [text for text in beneath if text.left < before.stop - 1 and text.right > after.start + 1]
    return bool(begin) and min(text.top for text in begin) < min((text.top for text in across), default=10**6) + 1
