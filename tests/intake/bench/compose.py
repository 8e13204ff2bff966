"""Composes newspaper pages from the stories in ../pages/*.json and prints them as PDF extraction gives them.

Everything is decided by the shape and its seed: the same shape is the same page for ever.
"""

import copy
import json
import random
import re
import sys
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

from tests.intake.bench import bylines
from tests.intake.bench.printing import print_blocks, with_furniture
from tests.intake.bench.shapes import EVERY, HELD_OUT, SHAPES, Shape, random_held_out_shape, random_shape
from tests.intake.bench.wrap import INDENT, letter_space, space_numbers, width, wrap

PAGES = Path(__file__).resolve().parent.parent / "pages"
PERSONS = ["王晓岚", "赵一鸣", "刘松", "黄朵朵", "周闻", "许立夏", "林小夕", "陈默", "胡杨", "夏至", "罗冬青", "方远"]
SIGNED = {"tail", "own", "right", "spaced"}  # in brackets behind the body


@dataclass
class Placed:
    """A story on its page: `story` is what is expected of it, the rest is how it is printed."""

    story: dict
    byline: str  # tail, own, right, spaced, open, under or none
    head: str = "before"  # before, after or far: where the headline stands
    columns: int = 16
    opening: str = ""  # what stands before the first paragraph
    under: str = ""  # what stands under the headline
    caption: str = ""  # what stands under a picture after the story


@dataclass
class Page:
    """A page's text and what is on it, in the form of the seed's expected.json."""

    name: str
    text: str
    expected: dict
    shape: Shape = field(repr=False)
    pdf: bytes = field(default=b"", repr=False)  # of pages that typeset.py made; these have no text

    @property
    def stories(self):
        return self.expected["stories"]

    @property
    def organizations(self):
        return self.expected["organizations"]

    @property
    def date(self):
        return self.expected["edition"]["date"]

    @property
    def locality(self):
        return self.expected["edition"]["locality"]


def pages():
    """The named pages, of one shape each."""
    return [compose(shape) for shape in SHAPES]


def random_pages(count, seed=0):
    """`count` pages of shapes drawn at random from `seed` on: page n of seed s is page 0 of seed s + n."""
    return [compose(random_shape(seed + number)) for number in range(count)]


def held_out():
    """Named pages that no rule was made for: other counties, other shapes."""
    return [compose(shape) for shape in HELD_OUT]


def random_held_out(count, seed=0):
    return [compose(random_held_out_shape(seed + number)) for number in range(count)]


def page(name):
    return compose(next(shape for shape in [*SHAPES, *HELD_OUT] if shape.name == name))


@cache
def editions(pool="stories"):
    """One dict per county, in the form of the seed's expected.json."""
    return json.loads((PAGES / f"{pool}.json").read_text(encoding="utf-8"))


def compose(shape):
    expected, placed = place(shape)
    return Page(shape.name, render(shape, expected["edition"], placed), expected, shape)


def place(shape):
    """What is on the page (expected.json's form) and its stories in the order in which their bodies stand."""
    rng = random.Random(f"place {shape.seed}")
    counties = editions(shape.pool)
    source = counties[shape.edition % len(counties)]
    stories = _choose(rng, shape, source)
    placed = [_place(rng, shape, copy.deepcopy(story)) for story in stories]
    _put_heads(rng, shape, placed)
    edition = {**source["edition"], "sections": list(dict.fromkeys(one.story["section"] for one in placed))}
    expected = {
        "edition": edition,
        "organizations": copy.deepcopy(source["organizations"]),
        "stories": [one.story for one in placed],
    }
    return expected, placed


def _choose(rng, shape, source):
    stories = list(source["stories"])
    rng.shuffle(stories)
    if shape.far:  # photo stories are those whose headlines wander
        stories.sort(key=lambda story: story["section"] != "图说")
        stories = stories[:2] + rng.sample(stories[2:], len(stories) - 2)
    stories = stories[: shape.stories]
    rng.shuffle(stories)
    if shape.labels:
        order = list(dict.fromkeys(story["section"] for story in stories))
        stories.sort(key=lambda story: order.index(story["section"]))
    return stories


def _place(rng, shape, story):
    style = shape.bylines
    if style == "mixed":
        style = rng.choice(["tail", "tail", "own", "open", "none"])
    if style == "varied":
        style = rng.choice(bylines.STYLES)
    if style in SIGNED and not story["byline"]:
        if shape.far == EVERY:
            _sign(story, rng.choice(bylines.PERSONS))
        else:
            style = "none"
    one = Placed(story, style, columns=rng.choice(shape.widths))
    if style in {"open", "none"}:
        _sign(story, None)
    if style == "open":
        first, second = rng.sample(PERSONS, 2)
        byline = rng.choice([f"记者 {first}", f"记者 {first}", f"通讯员 {first}", f"记者 {first} 通讯员 {second}"])
        _sign(story, byline)
        one.opening = f"本报讯（{byline}）"
    if style == "opening":
        one.byline = "open"
        byline, one.opening = bylines.opening(rng, shape.brackets)
        _sign(story, byline)
    if style == "under":
        byline, one.under = bylines.under(rng, story["byline"])
        _sign(story, byline)
    if shape.captions and rng.random() < shape.captions:
        one.caption = rng.choice(bylines.CAPTIONS)
    lines = shape.title_lines
    if lines == 1 or (lines == 3 and len("".join(story["title"])) >= 14 and len(story["title"]) < 3):
        story["title"] = _retitle(story["title"], lines)
    if lines == 2:
        story["title"] = _divide(story["title"])
    if shape.fit_heads:
        one.columns = min(30, max(8, int(max(map(width, story["title"])))))
    return one


def _sign(story, byline):
    story["byline"] = byline
    for key in ("contributor", "contributor_kind"):
        story["facts"].pop(key, None)
    if byline:
        story["facts"]["contributor_kind"] = "person"


def _retitle(title, count):
    whole = " ".join(title) if any(" " in line for line in title) else "".join(title)
    if count == 1:
        return [whole]
    lines = wrap(whole, max(5, -(-width(whole) // count) + 1))
    return lines if len(lines) == count else title


def _divide(title):
    """A headline of one line on two, where a mark or a space in it allows that."""
    parts = re.split(r"(?<=[ ，：！？])(?=.{4})", title[0], maxsplit=1) if len(title) == 1 else title
    return [part.strip() for part in parts]


def _put_heads(rng, shape, placed):
    for one in placed:
        one.head = shape.heads if shape.heads != "mixed" else rng.choice(["before", "after"])
        if one.under:
            one.head = "before"
    if shape.far:
        signed = [one for one in placed if one.byline in SIGNED]
        signed.sort(key=lambda one: one.story["section"] != "图说")
        for one in signed[: shape.far]:
            one.head = "far"
    for upper, lower in pairwise(placed):
        # Two bodies with nothing between them: only a byline can tell where the first ends.
        if upper.head != "after" and lower.head != "before" and upper.byline not in SIGNED:
            upper.byline, upper.opening, upper.under = "tail", "", ""
            _sign(upper.story, rng.choice(PERSONS))


def render(shape, edition, placed):
    rng = random.Random(f"render {shape.seed}")
    blocks = []  # (kind, lines)
    far = [one for one in placed if one.head == "far"]
    section = None
    for number, one in enumerate(placed):
        if shape.labels and one.story["section"] != section:
            section = one.story["section"]
            blocks.append(("label", [shape.label.format(section)]))
        body = [("body", lines) for lines in _body(rng, shape, one)]
        if one.head == "before":
            blocks.append(("head", _head(shape, one)))
        if one.under:
            blocks.append(("under", [one.under]))
        blocks += body
        if one.caption:
            blocks.append(("caption", wrap(one.caption, one.columns) if shape.wrap else [one.caption]))
        if one.head == "after":
            blocks.append(("head", _head(shape, one)))
        if shape.far_at == "inside" and number == len(placed) - 2:
            blocks += [("head", _head(shape, other)) for other in far]
    cluster = [("head", _head(shape, one)) for one in far]
    if shape.far_at == "end":
        blocks += cluster
    elif shape.far_at == "start":
        blocks = cluster + blocks
    return print_blocks(shape, with_furniture(shape, edition, blocks))


def _head(shape, one):
    return [letter_space(line) if shape.spaced_heads and width(line) <= 6 else line for line in one.story["title"]]


def _body(rng, shape, one):
    """The lines of each paragraph."""
    paragraphs = list(one.story["paragraphs"])
    paragraphs[0] = one.opening + paragraphs[0]
    if shape.spaced_numbers:
        paragraphs = [space_numbers(text) for text in paragraphs]
    columns = one.columns
    printed = []
    for number, text in enumerate(paragraphs):
        if shape.wander and number and rng.random() < 0.6:
            columns = max(9, one.columns + rng.choice([-6, -4, 4, 6]))
        indent = INDENT if shape.indent != "none" else 0
        lines = wrap(text, columns, indent) if shape.wrap else [text]
        if shape.justify:
            rooms = [columns - indent] + [columns] * len(lines)
            lines = [*map(partial(_justify, rng), lines[:-1], rooms), lines[-1]]
        if number == len(paragraphs) - 1 and one.byline in SIGNED:
            lines = _with_byline(shape, one, lines, columns)
        if shape.indent == "kept":
            lines[0] = shape.indent_text + lines[0]
        printed.append(lines)
    return printed


def _justify(rng, line, room):
    if room - width(line) >= 1:
        return letter_space(line) if rng.random() < 0.7 else letter_space(line, rng.randrange(len(line)))
    return letter_space(line) if rng.random() < 0.04 else line


def _with_byline(shape, one, lines, columns):
    byline = shape.brackets[0] + one.story["byline"] + shape.brackets[1]
    indent = INDENT if len(lines) == 1 and shape.indent != "none" else 0
    free = columns - indent - width(lines[-1]) - width(byline) if shape.wrap else 4
    if one.byline == "tail" and free >= 0.5:
        return [*lines[:-1], f"{lines[-1]} {byline}"]
    if one.byline == "spaced" and free >= 1:
        return [*lines[:-1], lines[-1] + "　" * int(free) + byline]
    if not shape.wrap:
        return [*lines, "　" * 12 + byline if one.byline == "right" else byline]
    signature = wrap(byline, columns)
    if shape.indent == "kept" or one.byline == "right":
        signature = ["　" * max(0, int(columns - width(line))) + line for line in signature]
    return [*lines, *signature]


if __name__ == "__main__":
    directory, *names = sys.argv[1:]
    for one in [*pages(), *held_out()]:
        if not names or one.name in names:
            Path(directory, f"{one.name}.txt").write_text(one.text, encoding="utf-8")
