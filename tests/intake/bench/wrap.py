"""Breaks text into printed lines as Chinese newspapers set them: a Chinese character is one wide, a Latin one half."""

import re
import unicodedata

CLOSING = "，。、；：！？）”》’】…,.;:!?)"  # none of these begins a line
OPENING = "（“《‘【("  # none of these ends one
INDENT = 2


def width(text):
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def clusters(text):
    """What no line break divides: Latin words and numbers, marks with the characters that they lean on."""
    parts = re.findall(
        rf"[{re.escape(OPENING)}]*(?:——|[A-Za-z0-9]+(?:[.%+][A-Za-z0-9]+)*%?|\s+|.)[{re.escape(CLOSING)}]*", text
    )
    assert "".join(parts) == text
    return parts


def wrap(text, columns, indent=0):
    """Lines of at most `columns`, or one hanging mark more; the first is shorter by `indent`."""
    lines, line = [], ""
    for part in clusters(text):
        room = columns - (indent if not lines else 0)
        if width(line + part.rstrip()) > room and not _hangs(line + part, room):
            if line.strip():
                lines.append(line.rstrip())
                line, room = "", columns
            while width(part.rstrip()) > room and not _hangs(part, room):
                cut = _cut(part, room)
                lines.append(part[:cut])
                part, room = part[cut:], columns
        line = line + part if line else part.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _hangs(line, room):
    return line[-1] in CLOSING and width(line[:-1]) <= room


def _cut(part, room):
    """Where to divide a cluster that is wider than a line: as late as no mark comes to begin a line."""
    cut = max(1, max(n for n in range(len(part)) if width(part[:n]) <= room))
    while cut > 1 and (part[cut] in CLOSING or part[cut - 1] in OPENING):
        cut -= 1
    return cut


def letter_space(line, start=0):
    """`line` with a space between its characters from `start` on; Latin words and numbers stay whole."""
    return (
        line[:start]
        + re.sub(r"(?<=[^\sA-Za-z0-9.%])(?=\S)|(?<=[A-Za-z0-9.%])(?=[^\sA-Za-z0-9.%])", " ", line[start:]).rstrip()
    )


def space_numbers(text):
    """`text` as word processors print it: `5月31日` becomes `5 月 31 日`."""
    return re.sub(r"(?<=[0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9])", " ", text)
