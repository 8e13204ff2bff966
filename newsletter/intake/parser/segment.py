"""Which printed lines are headlines, which are text, and where one story ends and the next begins."""

from dataclasses import dataclass, field

from .labels import section_name
from .marking import mark
from .mend import join
from .signatures import closing_signatures, credit_of, opening_signature


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
    return _build(lines, mark(lines, sections))


def _build(lines, marks):
    layout, section = Layout(), ""
    closings = closing_signatures(lines)
    number = 0
    while number < len(lines):
        if marks[number] == "label":
            section = section_name(lines[number].text)
            number += 1
        elif marks[number] == "head":
            start = number
            while number < len(lines) and marks[number] == "head":
                number += 1
            layout.runs.append((len(layout.bodies) - 1, list(range(start, number))))
        elif marks[number] == "caption":
            number += 1
        else:
            start, credit = number, ""
            if marks[number] == "credit":
                credit = credit_of(lines[number].text)
                number += 1
            first = number
            number += 1
            while number < len(lines) and marks[number] in ("next", "more"):
                number += 1
            body = _body(lines, marks, first, number, closings)
            body.start, body.section, body.byline = start, section, credit or body.byline
            if body.paragraphs:
                layout.bodies.append(body)
    return layout


def _body(lines, marks, start, end, closings):
    """The text from line `start` up to line `end`, without what it is signed with."""
    texts = [line.text for line in lines[start:end]]
    byline = ""
    if end - 1 in closings:
        first, byline = closings[end - 1]
        first = max(first, start)
        texts[first - start :] = [texts[first - start][: _last_open(texts[first - start])].rstrip()]
    elif signature := opening_signature(texts):
        byline, taken, rest = signature
        texts[:taken] = ["" for _line in texts[: taken - 1]] + [rest]
    paragraphs = [[]]
    for text, now in zip(texts, marks[start:end], strict=False):
        if now == "next":
            paragraphs.append([])
        paragraphs[-1] += [text] if text else []
    return Body([join(paragraph) for paragraph in paragraphs if paragraph], start, end, byline=byline)


def _last_open(text):
    return max(text.rfind("（"), text.rfind("("))
