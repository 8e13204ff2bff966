"""Which printed lines are headlines, which are text, and where one story ends and the next begins.

Every line gets one of four marks, so that the whole page fits best (Viterbi): `label`, `head`, `first` (of a paragraph)
or `more` (of the same paragraph). Scores are log-odds by feel, tried on pages of many shapes (`make bench-intake`).
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from .labels import is_section, section_name
from .lines import width
from .mend import join

_OPENERS = re.compile(
    r"^(?:[“‘]?(?:日前|近日|近期|最近|昨日|昨天|今天|今日|连日来|据悉|据了解|在此|此次|本次|当天|当日|活动|同时|另外|截至|"
    r"目前|随后|会上|会议|一直以来|近年来|多年来|其中|本报讯|本刊讯)|\d{1,4}年|\d{1,2}\s*月\s*\d|[一二三四五六七八九十]是)"
)
_ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．])"
)
_DATELINE = re.compile(r"^(本[报刊网]讯)\s*[（(]((?:本[报刊]|见习|实习|通讯员|记者|特约|首席)[^（）()]{1,30})[）)]\s*")
_CREDIT_LINE = re.compile(
    r"^[□■◇○●]?\s*((?:本[报刊])?(?:见习|实习|特约)?(?:记者|通讯员)[\s:：]*[^\s，。]{1,24}(?:\s+\S{1,10}){0,5})$"
)


@dataclass
class Body:
    """The text of one story: its paragraphs, and where its lines stand on the page."""

    paragraphs: list[str]
    start: int
    end: int  # exclusive
    byline: str = ""
    section: str = ""


@dataclass
class Layout:
    """What stands on a page: bodies, and runs of headline lines with the index of the body before them (-1: none)."""

    bodies: list[Body] = field(default_factory=list)
    runs: list[tuple[int, list[int]]] = field(default_factory=list)  # (index of the body before, line numbers)


def layout_of(lines, sections=frozenset()):
    """The `Layout` of the page's `Line`s (furniture is left out). `sections` are labels of the house."""
    marks = _mark(lines, sections)
    return _build(lines, marks)


# Features.


class _Page:
    """What the page as a whole says: how wide its columns are, whether gaps and indents mean anything."""

    def __init__(self, lines, sections):
        self.lines, self.sections = lines, sections
        self.widths = [self._column_width(index) for index in range(len(lines))]
        inner = [line.gap for line, before in zip(lines[1:], lines, strict=False) if not before.ends_sentence]
        self.gap_weight = 0.0 if not inner else max(0.0, 1 - 2.5 * sum(inner) / len(inner))
        indented = sum(line.indent >= 1.5 for line in lines)
        self.indents_tell = indented >= 2 and indented < 0.6 * len(lines)
        text = "\n".join(line.text for line in lines)
        self.pairs = Counter(text[i : i + 2] for i in range(len(text) - 1))
        sizes = Counter()
        for line in lines:
            if line.size:
                sizes[round(line.size * 2) / 2] += len(line.text)
        self.text_size = sizes.most_common(1)[0][0] if sizes else None
        self.bylines = sum(line.byline is not None for line in lines)

    def _column_width(self, index):
        """How wide the column is here: most lines near by are full, few are wider."""
        near = sorted(line.width for line in self.lines[max(0, index - 3) : index + 5])
        return near[int(len(near) * 0.6)]

    def is_wider_than_its_column(self, index):
        return self.widths[index] < 30 and width(self.lines[index].text) > self.widths[index] + 3

    def flow(self, index):
        """How well the line goes on into the next one as the same paragraph; below zero it rather ends here."""
        line, after = self.lines[index], self.lines[index + 1]
        if line.byline is not None:
            return -8.0
        if line.size and after.size and abs(line.size - after.size) > 0.12 * line.size:
            return -6.0
        score = 0.0
        column = self.widths[index]
        # A column of newsprint is never this wide: the text was not wrapped, each line is a paragraph.
        if line.width > 45:
            return -6.0 if line.ends_sentence or not line.ends_open else -2.0
        short = column - line.width
        if line.ends_sentence:
            score += -4.0 if short > 1.6 else -0.3
            if after.width <= self.widths[index + 1] - 1.6 and after.width >= self.widths[index + 1] - 3.2:
                score -= 1.2
        elif line.ends_open:
            score += 5.0 if short < 3 else 2.0
        else:
            score += 2.4 if short <= 2.1 else 0.4 - 0.5 * min(short, 8)
        if after.starts_closed:
            score += 4.0
        if _OPENERS.match(after.text) and not line.ends_open:
            score -= 2.0
        pair = line.text[-1:] + after.text[:1]
        if self.pairs[pair]:
            score += 1.2
        if after.gap:
            score -= 4.0 * self.gap_weight
        elif self.gap_weight:
            score += 0.6 * self.gap_weight
        if self.indents_tell:
            score += -4.0 if after.indent >= 1.5 else 1.2
        return score

    def head(self, index):
        """How much the line looks like a line of a headline."""
        line = self.lines[index]
        text, score = line.text, 0.0
        if line.byline is not None:
            return -8.0
        if line.ends_sentence:
            score -= 4.5 if text[-1] not in "！？!?" else 0.5
        if line.ends_open:
            score -= 3.5 if text[-1] not in "：:“" else 1.0
        if line.starts_closed:
            score -= 4.0
        if "。" in text[:-1]:
            score -= 5.0
        score -= 1.1 * min(2, text.count("，"))
        if not re.search("[，。、；：]", text):
            score += 0.4
        if line.width > 34:
            score -= 0.25 * (line.width - 34)
        if line.width < 3:
            score -= 1.5
        if _OPENERS.match(text):
            score -= 2.4 if "，" in text[:14] else 0.9
        if _ENUMERATED.match(text):
            score -= 2.0
        if self.indents_tell and line.indent >= 1.5:
            score -= 1.0
        if line.kind:
            return 9.0 if line.kind == "head" else -9.0
        if self.text_size and line.size:
            ratio = line.size / self.text_size
            score += 7.0 if ratio >= 1.15 else -5.0
            return score
        off = abs(line.width - self.widths[index])
        score += 0.5 if off > 2.1 else -0.5
        return score

    def first(self, index):
        """How much the line looks like the first of a paragraph."""
        line, score = self.lines[index], 0.0
        if _OPENERS.match(line.text):
            score += 1.2
        if self.indents_tell:
            score += 1.6 if line.indent >= 1.5 else -1.6
        if line.starts_closed:
            score -= 3.0
        if line.width > 30:
            score += 2.0
        elif line.ends_sentence and line.width < 8:
            score -= 1.0
        return score


def _mark(lines, sections):
    """The best mark for each line, as a list of `label`, `head`, `first`, `more`."""
    if not lines:
        return []
    page = _Page(lines, sections)
    states = ("label", "head", "first", "more")
    best = [dict.fromkeys(states, (-1000000000.0, None)) for _line in lines]
    for index, line in enumerate(lines):
        label = 4.0 if is_section(line.text, sections) else -9.0
        too_wide = -3.0 if page.is_wider_than_its_column(index) else 0.0
        own = {
            "label": label,
            "head": page.head(index),
            "first": page.first(index) + too_wide,
            "more": too_wide,
        }
        for state in states:
            if index == 0:
                value = -1e9 if state == "more" else own[state]
                best[0][state] = (value, None)
                continue
            for before in states:
                step = _step(page, index, before, state)
                value = best[index - 1][before][0] + step + own[state]
                if value > best[index][state][0]:
                    best[index][state] = (value, before)
    state = max(states, key=lambda name: best[-1][name][0])
    marks = []
    for index in range(len(lines) - 1, -1, -1):
        marks.append(state)
        state = best[index][state][1]
    return marks[::-1]


def _step(page, index, before, state):
    """The score of `state` on line `index` after `before` on the line above."""
    above = page.lines[index - 1]
    if state == "more":
        # Going on is what nearly every line does, so it earns little; what is rare pays its full price below.
        return min(page.flow(index - 1), 0.5) if before in ("first", "more") else -1e9
    ended = 0.0
    if before in ("first", "more"):
        ended = min(-page.flow(index - 1), 0.3)
        if not above.ends_sentence:
            # Only a list or an announcement ends a paragraph without a full stop.
            ended -= 1.5 if above.text[-1:] in "：:；" else 4.0
    if before == "head" and state != "label":
        # A line that reads on into the next one is hardly a headline.
        ended = -0.4 * max(0.0, page.flow(index - 1))
    if state == "first":
        if before == "label":
            return ended - 0.3
        if before in ("first", "more") and above.byline is not None:
            # A new story with no headline beside it: it happens, where headlines stand far from their texts.
            return ended - 2.2
        return ended
    if state == "head" and before == "head":
        return ended - 0.1 + (0.4 if not page.lines[index].gap else -0.2)
    if state == "head" and before in ("first", "more") and above.byline is None and page.bylines >= 3:
        # Where stories are signed, a headline inside an unsigned text is rather a line of it.
        return ended - 0.8
    return ended


# Building.


def _build(lines, marks):
    layout, section = Layout(), ""
    paragraph, body = [], None

    def close_paragraph():
        nonlocal paragraph
        if paragraph:
            body.paragraphs.append(join(paragraph))
            paragraph = []

    def close_body(end):
        nonlocal body
        if body is None:
            return
        close_paragraph()
        body.end = end
        if any(body.paragraphs):
            body.paragraphs = [text for text in body.paragraphs if text]
            layout.bodies.append(body)
        body = None

    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark in ("label", "head"):
            close_body(index)
            if mark == "label":
                section = section_name(line.text)
            elif layout.runs and layout.runs[-1][1][-1] == index - 1:
                layout.runs[-1][1].append(index)
            else:
                layout.runs.append((len(layout.bodies) - 1, [index]))
            continue
        if body is None:
            body = Body([], index, index, section=section)
        if mark == "first":
            close_paragraph()
        text = line.text
        if line.byline is not None:
            body.byline = line.byline
            text = text[: text.rfind(text[_last_open(text)])].rstrip()
        elif not body.paragraphs and not paragraph and (found := _DATELINE.match(text)):
            body.byline, text = found[2], text[found.end() :]
        elif not body.paragraphs and not paragraph and (found := _CREDIT_LINE.match(text)):
            body.byline, text = found[1], ""
        if text:
            paragraph.append(text)
        if line.byline is not None:
            close_body(index + 1)
    close_body(len(lines))
    return layout


def _last_open(text):
    return max(text.rfind("（"), text.rfind("("))
