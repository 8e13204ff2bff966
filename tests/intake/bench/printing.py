"""Puts blocks of lines, (kind, lines), on a page: furniture, blank lines, and what extraction leaves in the text.

Kinds are head, under (a byline under its headline), body (one paragraph), caption, label and furniture.
"""

import random


def with_furniture(shape, edition, blocks):
    year, month, day = map(int, edition["date"].split("-"))
    top = [("furniture", [edition["title"]])]
    top.append(("furniture", [f"{year}年{month}月{day}日　第 {shape.seed % 7 + 1} 版"]))
    editors = ("furniture", ["责任编辑：钟杳　版式：闻笛　校对：祝余"])
    number = ("furniture", [f"— {shape.seed % 7 + 1} —"])
    if shape.furniture == "top":
        return [*top, editors, *blocks]
    if shape.furniture == "bottom":
        return [*blocks, editors, number]
    if shape.furniture == "both":
        return [*top, *blocks, editors, number]
    return blocks


def print_blocks(shape, blocks):
    """Blank lines: after each body line (each), after every line (all), between blocks, paragraphs, stories or none."""
    out = []
    for number, (kind, lines) in enumerate(blocks):
        before = blocks[number - 1][0] if number else None
        if number and _apart(shape, before, kind, blocks, number):
            out.append("")
        if shape.blank == "all" or (shape.blank == "each" and kind == "body"):
            lines = [line for text in lines for line in (text, "")][:-1]
        out += lines
    return _disturb(shape, out)


def _apart(shape, before, kind, blocks, number):
    if shape.blank == "none":
        return False
    if shape.blank in {"each", "all", "paragraphs"}:
        return True
    if shape.blank == "stories":  # headline and body together
        if before == kind == "head":
            return True
        if kind in {"under", "caption"} or (before == "caption" and shape.heads == "after"):
            return False
        return (kind != "body" and shape.heads == "before") or (before != "body" and shape.heads == "after")
    return not before == kind == "body" or _ends_story(blocks[number - 1])


def _ends_story(block):
    return block[1][-1].endswith(("）", ")"))


def _disturb(shape, lines):
    """The text of the lines with more blank lines, spaces behind lines, form feeds before some and other line ends."""
    rng = random.Random(f"disturb {shape.seed}")
    lines = [copy for line in lines for copy in [line] * (1 if line else shape.gap)]
    if shape.trailing:
        lines = [line + rng.choice(["", " ", "  ", "　"]) for line in lines]
    printed = [number for number, line in enumerate(lines) if number and line.strip()]
    for number in rng.sample(printed, min(shape.form_feeds, len(printed))):
        lines[number] = "\f" + lines[number]
    return shape.newline.join([*lines, ""])
