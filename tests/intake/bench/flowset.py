"""Sets pages as a newspaper's typesetter would: typst breaks the lines and fills the columns, nothing is computed here.

Where typeset.py places every line itself, here paragraphs are justified, marks compressed and columns filled by the
rules of typst, on papers of usual sizes.
"""

import random
from dataclasses import dataclass, replace

from tests.intake.bench.compose import Page, place
from tests.intake.bench.shapes import Shape
from tests.intake.bench.typeset import CAPTIONS
from tests.intake.bench.wrap import wrap

PAPERS = {"a4": (595, 842), "a3": (842, 1191), "tabloid": (765, 1077), "small": (480, 680)}  # points, as all lengths


@dataclass(frozen=True)
class Flow:
    name: str
    shape: Shape
    layout: str = "columns"  # columns; lead: the first headline over all columns; half: over two of four; cells: a grid
    paper: str = "a3"
    columns: int = 4
    gutter: float = 14
    size: float = 9.5
    leading: float = 0.65  # ems
    spacing: float = 0.65  # ems between paragraphs
    justify: bool = True
    indent: str = "all"  # all, later (not the first paragraph) or none
    head_size: float = 1.6  # times the body's
    head_font: str = "Noto Sans CJK SC"
    bold: bool = True
    centred: bool = False
    after: bool = False  # headlines beneath their texts
    pictures: int = 0
    rules: bool = False
    masthead: bool = True


def _shape(seed, edition, stories, **others):
    return Shape("", 900 + seed, edition, stories, heads="before", **others)


SERIF = "Noto Serif CJK SC"
FLOWS = [
    Flow("typst-four-columns", _shape(1, 0, 9)),
    Flow("typst-narrow-gutter", _shape(2, 1, 8), gutter=8, size=9, columns=5, masthead=False),
    Flow("typst-ragged", _shape(3, 2, 7), justify=False, gutter=10, columns=3, paper="a4", size=9),
    Flow("typst-unsigned-first-flush", _shape(4, 3, 8, bylines="none"), indent="later", columns=3, spacing=1.2),
    Flow("typst-same-size-bold", _shape(5, 0, 8), head_size=1, columns=3, paper="tabloid"),
    Flow("typst-light-heads", _shape(6, 1, 6), head_size=1.5, bold=False, head_font=SERIF, centred=True, gutter=12),
    Flow("typst-lead", _shape(7, 2, 8), layout="lead", columns=3, paper="tabloid", pictures=1),
    Flow("typst-half", _shape(8, 3, 8), layout="half", columns=4, gutter=12, centred=True),
    Flow("typst-cells", _shape(9, 0, 6), layout="cells", gutter=10, rules=True),
    Flow("typst-small-pages", _shape(10, 1, 9, bylines="own"), paper="small", columns=2, size=10.5, gutter=16),
    Flow("typst-heads-after", _shape(11, 2, 6), after=True, columns=3, paper="a4", size=9, masthead=False),
    Flow("typst-no-indent", _shape(12, 3, 7, bylines="open"), indent="none", spacing=1.2, columns=3, rules=True),
]


def random_flow(seed):
    rng = random.Random(f"flow {seed}")
    shape = Shape(
        "",
        30_000 + seed,
        rng.randrange(4),
        rng.randint(4, 10),
        heads="before",
        bylines=rng.choice(["tail", "tail", "own", "open", "mixed", "none"]),
        labels=rng.random() < 0.2,
        title_lines=rng.choice([0, 0, 1]),
    )
    flow = Flow(f"typst-random-{seed}", shape, rng.choice(["columns", "columns", "lead", "half", "cells"]))
    return replace(
        flow,
        paper=rng.choice(["a4", "a3", "tabloid"]) if flow.layout == "columns" else rng.choice(["a3", "tabloid"]),
        columns=4 if flow.layout == "half" else rng.randint(2, 4),
        gutter=rng.choice([8, 10, 12, 16, 20]),
        size=rng.choice([8, 9, 9.5, 10.5]),
        leading=rng.choice([0.5, 0.65, 0.8]),
        spacing=rng.choice([0.65, 0.8, 1.2]),
        justify=rng.random() < 0.75,
        indent=rng.choice(["all", "all", "later", "none"]),
        head_size=rng.choice([1.0, 1.2, 1.4, 1.8, 2.2]),
        head_font=rng.choice(["Noto Sans CJK SC", SERIF]),
        centred=rng.random() < 0.4,
        pictures=rng.choice([0, 0, 1]),
        rules=rng.random() < 0.3,
        masthead=rng.random() < 0.6,
    )


def flow_pages():
    return [flowset(flow) for flow in FLOWS]


def random_flow_pages(count, seed=0):
    return [flowset(random_flow(seed + number)) for number in range(count)]


def flowset(flow):
    import typst  # only the bench needs it

    expected, placed = place(flow.shape)
    source = _source(flow, expected["edition"], placed, random.Random(f"flowset {flow.shape.seed}"))
    shape = replace(flow.shape, name=flow.name)
    return Page(flow.name, "", expected, shape, typst.compile(source.encode()))


def _source(flow, edition, placed, rng):
    wide, high = PAPERS[flow.paper]
    if flow.layout == "cells":
        room = ((wide - 72 - flow.gutter) / 2 - flow.gutter) / 2
    else:
        room = (wide - 72 - (flow.columns - 1) * flow.gutter) / flow.columns
    stories, section = [], None
    for number, one in enumerate(placed):
        spans = {"cells": 2, "lead": 1 if number else flow.columns, "half": 1 if number else 2}.get(flow.layout, 1)
        head = _head(flow, one, spans * (room + flow.gutter) - flow.gutter)
        if flow.shape.labels and one.story["section"] != section and flow.layout != "cells":
            section = one.story["section"]
            head = f"#label({_quoted(section)})" + head
        picture = f"#picture({_quoted(rng.choice(CAPTIONS))})" if number < flow.pictures else ""
        stories.append((head, picture + _body(flow, one)))
    return "\n".join([_rules(flow, wide, high, edition), _content(flow, stories, placed, room)])


def _content(flow, stories, placed, room):
    rule = "#line(length: 100%, stroke: 0.5pt)" if flow.rules else ""
    parts = [body + head + rule if flow.after else head + body + rule for head, body in stories]
    two = f"columns(2, gutter: {flow.gutter}pt)"
    deep = [_depth(flow, one, body, room) for one, (_head, body) in zip(placed, stories, strict=True)]
    (head, body), *_others = stories
    if flow.layout == "lead":
        return "\n".join([f'#place(top, scope: "parent", float: true)[{head}]', body, *parts[1:]])
    if flow.layout == "half":
        first = f"{head}#block(height: {deep[0]}pt, {two}[{body}])#{two}[{' '.join(parts[1:3])}]"
        return f"#grid(columns: (1fr, 1fr), gutter: {flow.gutter}pt, [{first}], {two}[{' '.join(parts[3:])}])"
    if flow.layout == "cells":
        cells = [
            f"[{head}#block(height: {high}pt, {two}[{body}])]" for (head, body), high in zip(stories, deep, strict=True)
        ]
        look = f"gutter: {flow.gutter}pt, inset: 3pt, stroke: {'0.5pt' if flow.rules else 'none'}"
        return f"#grid(columns: (1fr, 1fr), {look}, {', '.join(cells)})"
    return "\n".join(parts)


def _depth(flow, one, body, room):
    """How high a block must be to hold a body in two columns, generously."""
    lines = len("".join(one.story["paragraphs"])) / (room / flow.size) / 2 + 5
    return round(lines * flow.size * 1.75 + 100 * ("#picture" in body))


def _rules(flow, wide, high, edition):
    year, month, day = map(int, edition["date"].split("-"))
    title = f"{edition['title']}　{year}年{month}月{day}日　第2版"
    around = (
        f"header: [#text(size: 8pt, {_quoted(title)}) #line(length: 100%)], footer: align(center, counter-of-pages)"
    )
    columns = flow.columns if flow.layout in {"columns", "lead"} else 1
    indent = {"all": "(amount: 2em, all: true)", "later": "(amount: 2em, all: false)", "none": "0pt"}[flow.indent]
    return f"""
#let counter-of-pages = context counter(page).display()
#set page(width: {wide}pt, height: {high}pt, margin: 36pt, columns: {columns}, {around if flow.masthead else ""})
#set columns(gutter: {flow.gutter}pt)
#set document(date: none)
#set text(lang: "zh", region: "cn", font: "{SERIF}", size: {flow.size}pt)
#set par(justify: {str(flow.justify).lower()}, leading: {flow.leading}em, spacing: {flow.spacing}em)
#set par(first-line-indent: {indent})
#let label(words) = block(sticky: true, fill: luma(220), inset: 2pt, text(size: 1.1em, words))
#let picture(words) = block(width: 100%)[
  #rect(width: 100%, height: 70pt, fill: luma(200)) #v(-4pt) #text(size: 0.85em, words)
]
#let head(..lines) = block(sticky: {str(not flow.after).lower()}, above: 1.4em, below: 1em, width: 100%, {{
  set par(first-line-indent: 0pt, justify: false, leading: 0.45em)
  set align({"center" if flow.centred else "left"})
  set text(size: {flow.size * flow.head_size:.2f}pt, font: "{flow.head_font}")
  set text(weight: "{"bold" if flow.bold else "regular"}")
  for words in lines.pos() {{ block(spacing: 0.5em, words) }}
}})
"""


def _head(flow, one, room):
    fits = max(4, int(room / flow.size / flow.head_size) - 1)
    lines = [part for line in one.story["title"] for part in wrap(line, fits)]
    one.story["title"] = lines
    return f"#head({', '.join(map(_quoted, lines))})"


def _body(flow, one):
    texts = list(one.story["paragraphs"])
    texts[0] = one.opening + texts[0]
    paragraphs = [f"#par({_quoted(text)})" for text in texts]
    byline = f"（{one.story['byline']}）"
    if one.byline == "tail":
        paragraphs[-1] = f"#par[#{_quoted(texts[-1])}#h(1fr)#box({_quoted(byline)})]"
    elif one.byline == "own":
        paragraphs.append(f"#align(right, {_quoted(byline)})")
    return "\n".join(paragraphs)


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
