"""Gives every printed line one mark, so that the whole page fits best (Viterbi).

`label`, `head` (a line of a headline), `credit` (who wrote it, under the headline), `caption` (the words below a
picture), `open` (the first line of a story's text), `next` (the first of a later paragraph) or `more` (of the same
paragraph). Beside its mark a line of text has the width of its column, for a line
goes on into the next one where the column was full. What a page makes of its empty lines, indents and signatures is
learned from the marks of one pass, and the page is marked again.
"""

import math
from collections import Counter

from .features import UNWRAPPED, Page
from .habits import BOUNDLESS, TEXT, Habits, kind_of_step, log_chance
from .labels import is_photographer, is_section

_PASSES = 3
# A file of more lines is no page: it is marked once and with less care, so that it does not take all day.
_PAGE_LINES = 3000
# How far up and down a line looks for its column; how many widths there, and of the whole page, it considers.
_NEAR, _WIDTHS = 6, 5
# States so far behind the best one are given up.
_BEAM = 30.0


def mark(lines, sections=frozenset()):
    """One of `label`, `head`, `credit`, `caption`, `open`, `next`, `more` for each `Line`.

    `sections` are labels of the house.
    """
    if not lines:
        return []
    page = Page(lines)
    columns = _columns(page)
    habits = Habits.at_first_sight(page)
    for _pass in range(_PASSES if len(lines) <= _PAGE_LINES else 1):
        path = _best_path(page, habits, columns, sections)
        marks = [now for now, _column in path]
        habits = Habits.learned(page, marks, [column for _now, column in path])
    return marks


def _columns(page):
    """For each line the likely widths of its column: those that are most frequent near by."""
    if page.is_unwrapped:
        return [[BOUNDLESS]] * len(page.lines)
    # A line that was spread letter by letter has more spaces in the text than on paper.
    widths = zip(page.narrowest, page.widest, strict=True)
    rounded = [math.ceil(wide if wide - narrow <= 2.5 else narrow) for narrow, wide in widths]
    usual = _most_frequent(Counter(rounded)) if len(rounded) <= _PAGE_LINES else []
    near, columns = Counter(rounded[:_NEAR]), []
    for number in range(len(rounded)):
        if number + _NEAR < len(rounded):
            near[rounded[number + _NEAR]] += 1
        if number > _NEAR:
            near[rounded[number - _NEAR - 1]] -= 1
        columns.append([*sorted({*_most_frequent(near), *usual}), BOUNDLESS])
    return columns


def _most_frequent(widths):
    found = sorted((-count, -wide) for wide, count in widths.items() if count > 0 and wide <= UNWRAPPED)
    return [-wide for _count, wide in found[:_WIDTHS]]


def _best_path(page, habits, columns, sections):
    """For each line (mark, width of its column); the width is 0 for labels and headlines."""
    steps = []  # for each line {(mark, width): (value of the best path to it, the state before)}
    before = {(None, 0): 0.0}
    beam = _BEAM if len(page.lines) <= _PAGE_LINES else _BEAM / 5
    for number in range(len(page.lines)):
        states = _reach(page, habits, sections, number, columns[number], before)
        least = max(value for value, _link in states.values()) - beam
        steps.append({state: entry for state, entry in states.items() if entry[0] > least})
        before = {state: value for state, (value, _link) in steps[-1].items()}
    state = max(before, key=lambda state: before[state] + _stop(page, habits, len(page.lines) - 1, state, "end"))
    path = []
    for states in reversed(steps):
        path.append(state)
        state = states[state][1]
    return path[::-1]


def _reach(page, habits, sections, number, columns, before):
    """{state of this line: (value, state before)}, from the values of the states of the line above."""
    gap = {kind: log_chance(chance, page.lines[number].gap) for kind, chance in habits.gap.items()}
    indent = {group: log_chance(chance, page.indented[number]) for group, chance in habits.indent.items()}

    def part(now):
        """The best way to end what stood above, and to begin something new with this line."""
        values = (
            (value + _stop(page, habits, number - 1, state, now) + gap.get(kind_of_step(state[0], now), 0.0), state)
            for state, value in before.items()
        )
        return max(values, key=lambda entry: entry[0])

    states = {}
    label = 4.0 if is_section(page.lines[number].text, sections) else -9.0
    states["label", 0] = _plus(part("label"), label)
    states["head", 0] = _plus(part("head"), page.head[number] + indent["head"] - 1.0)
    if page.credits[number]:
        states["credit", 0] = _plus(part("credit"), page.credits[number])
    opening = _plus(part("open"), page.first[number] + page.open[number] + indent["first"])
    if page.datelines >= 3 and not page.opens_signed[number]:
        opening = _plus(opening, -2.0)
    following = page.first[number] + min(0.0, -page.open[number]) + indent["first"] + gap["next"] - 0.5
    on = min(page.flow[number - 1], 1.5) + gap["more"] + indent["more"]
    text = {state: value for state, value in before.items() if state[0] in TEXT}
    if number - 1 in page.closings:
        # Only an interview goes on after a name in brackets.
        following, on = following - (2.0 if page.spoken[number] else 9.0), -1e9
    ended = {state: value + _stop(page, habits, number - 1, state, "next") for state, value in text.items()}
    filled = {state: value + _fill(page, habits, number - 1, state) for state, value in text.items()}
    if page.captions[number]:
        entry = _plus(part("caption"), 4.0)
        states |= {("caption", column): entry for column in columns}
    wrapped = {state: value for state, value in before.items() if state[0] == "caption"}
    for column in columns if wrapped else ():
        entry = _from_column(
            {state: value + _wrap(page, habits, number, state) for state, value in wrapped.items()}, column, -20.0
        )
        if ("caption", column) not in states or entry[0] > states["caption", column][0]:
            states["caption", column] = entry
    for column in columns:
        is_odd = column == BOUNDLESS and not page.is_unwrapped
        states["open", column] = _plus(opening, -2.0 if is_odd else 0.0)
        if text:
            states["next", column] = _plus(_from_column(ended, column, math.log(habits.change)), following)
            if column != BOUNDLESS:
                # A text may go on in another column within a paragraph, but hardly in one of another width.
                states["more", column] = _plus(_from_column(filled, column, -4.0), on)
    return states


def _plus(entry, score):
    return entry[0] + score, entry[1]


def _from_column(values, column, change):
    """The best (value, state) from which a text comes to a column of this width; another width costs `change`."""
    return max(
        ((value + (0.0 if state[1] == column else change), state) for state, value in values.items()),
        key=lambda entry: entry[0],
    )


def _stop(page, habits, number, state, now):
    """The score of ending with this line what it belongs to, so that `now` comes next."""
    before, column = state
    if before == "head":
        if now in ("credit", "caption"):
            # Words below a picture that are all a headline has are its text.
            return 0.0 if now == "credit" else -14.0
        # A line that reads on into the next one is hardly a headline.
        return 0.0 if now in ("label", "end") else -0.4 * max(0.0, page.flow[number])
    if before == "credit":
        return 0.0 if now == "open" else -12.0
    if before not in TEXT:
        return 0.0
    score = page.end[number]
    if column != BOUNDLESS:
        # The last line of a paragraph may have any width, so that each is rather unlikely.
        score += page.fits(number, column) - 1.5
    if now == "next":
        return score
    if now == "credit":
        return -20.0
    if now == "caption" and not page.ends[number]:
        score -= 4.0
    signed = number in page.closings
    # Stories are few, so that a new one must be plain to see.
    score += log_chance(habits.signed, signed) - 1.5
    if now == "open":
        # A new story with no headline beside it: it happens, where headlines stand far from their texts.
        score -= 2.2 if signed else 1e9
    return score


def _wrap(page, habits, number, state):
    """The score of a line that goes on with the caption of the line before."""
    if is_photographer(page.lines[number].text):
        return 3.0
    return (
        -1e9 if page.ends[number - 1] or state[1] == BOUNDLESS else page.full(number - 1, state[1], habits.loose) - 1.0
    )


def _fill(page, habits, number, state):
    """The score of a line in the midst of a paragraph: it fills its column."""
    now, column = state
    if column == BOUNDLESS:
        return -1e9
    if number in page.signed_on or number + 1 in page.signed_on:
        return 0.0
    if now == "more":
        return page.full(number, column, habits.loose)
    return max(
        log_chance(habits.deep, deep) + page.full(number, column - (2 if deep else 0), habits.loose)
        for deep in (True, False)
    )
