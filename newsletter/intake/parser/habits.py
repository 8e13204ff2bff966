"""What one page makes of its empty lines, indents, columns and signatures, learned from the marks of its lines."""

import math
from collections import Counter
from dataclasses import dataclass, field

TEXT = ("open", "next", "more")
# The width of a column whose text was not wrapped.
BOUNDLESS = 10**6


@dataclass
class Habits:
    """The chances, by kind of step from one line to the next, of what a page does or does not do."""

    gap: dict = field(default_factory=dict)  # that an empty line stands between the two
    indent: dict = field(default_factory=dict)  # that the second is indented; keys are "first", "more", "head"
    deep: float = 0.5  # that the first line of a paragraph is two characters shorter
    signed: float = 0.5  # that a story ends with a byline
    loose: float = 0.3  # that a line within a paragraph leaves room for the next word
    change: float = 0.12  # that a column's width changes between paragraphs

    @classmethod
    def at_first_sight(cls, page):
        inner = [line.gap for line, ended in zip(page.lines[1:], page.ends, strict=False) if not ended]
        within = (sum(inner) + 0.3) / (len(inner) + 1)
        gap = {"more": within, "next": max(within, 0.5), "head": 0.5 * within + 0.1}
        gap |= dict.fromkeys(["to head", "to text", "other"], max(within, 0.6))
        count = sum(page.indented)
        if 2 <= count < 0.6 * len(page.lines):
            indent = {"first": 0.85, "more": 0.05, "head": 0.3}
        else:
            indent = dict.fromkeys(["first", "more", "head"], 0.5)
        return cls(gap, indent, 0.6, 0.8 if len(page.closings) >= 3 else 0.4)

    @classmethod
    def learned(cls, page, marks, columns):
        gaps, steps, indented, all_of, ends, signed = Counter(), Counter(), Counter(), Counter(), 0, 0
        deep = shallow = full = loose = turned = changed = 0
        for number, (line, now) in enumerate(zip(page.lines, marks, strict=True)):
            group = {"open": "first", "next": "first"}.get(now, now)
            all_of[group] += 1
            indented[group] += page.indented[number]
            following = marks[number + 1] if number + 1 < len(marks) else "end"
            if now in TEXT and following not in ("next", "more"):
                ends += 1
                signed += number in page.closings
            if group == "first" and following == "more" and columns[number] < BOUNDLESS:
                fits = [page.full(number, columns[number] - indent, 0.3) for indent in (2, 0)]
                deep += fits[0] > fits[1]
                shallow += fits[0] < fits[1]
            if now == following == "more":
                full += 1
                loose += page.room(number, columns[number]) >= 0
            if now == "next":
                turned += 1
                changed += columns[number] != columns[number - 1]
            if number:
                kind = kind_of_step(marks[number - 1], now)
                steps[kind] += 1
                gaps[kind] += line.gap
        kinds = ("more", "next", "head", "to head", "to text", "other")
        overall = (sum(gaps.values()) + 1) / (steps.total() + 2)
        return cls(
            {kind: (gaps[kind] + overall) / (steps[kind] + 1) for kind in kinds},
            {group: (indented[group] + 0.1) / (all_of[group] + 0.5) for group in ("first", "more", "head")},
            (deep + 1) / (deep + shallow + 2),
            (signed + 0.5) / (ends + 1),
            (loose + 1) / (full + 4),
            (changed + 0.5) / (turned + 5),
        )


def kind_of_step(before, now):
    if now in ("more", "next"):
        return now
    if "label" in (before, now):
        return "other"
    if now == "head":
        return "head" if before == "head" else "to head"
    return "to text" if before == "head" else "other"


def log_chance(chance, happened=True):
    chance = min(0.97, max(0.03, chance))
    return math.log(chance if happened else 1 - chance)
