"""How values are written into cells and read from them. What is written can always be read again unchanged."""

import datetime
import re

# A spreadsheet program takes a cell that begins so for a formula, the full-width signs included.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_SPECIAL = re.compile(r"[、；;\n｜「」《“]")
# A run without separators; what stands in book marks or quotation marks, such as 《甲、乙》, stays together.
_CLOSED = r"「(?:[^」]|」」)*」|《[^》]*》|“[^”]*”"
_ITEM = re.compile(rf"(?:{_CLOSED}|[^、；;\n])+")
_HALVES = re.compile(rf"((?:{_CLOSED}|[^｜])*)(?:｜(.*))?", re.DOTALL)
_QUOTED = re.compile(r"「((?:[^」]|」」)*)」")
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00)?$")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")
_WHOLE = re.compile(r"(\d+)(?:\.0+)?")


def harmless(text):
    """The text as a cell that never starts a formula: an apostrophe before it, which `plain` takes away again."""
    return "'" + text if _FORMULA.match(text) else text


def plain(cell):
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def joined(items):
    """One cell for a list of texts, an enumeration comma between them."""
    return "、".join(map(_quoted, items))


def separated(cell):
    """The texts of a list in a cell, each once; between them stands 、 or ； or a new line."""
    return tuple(dict.fromkeys(text for item in _ITEM.findall(cell) if (text := _unquoted(item))))


def joined_pairs(pairs):
    """One cell for `(name, further)` pairs, a pair a line: `名称｜项目`, or only the name."""
    return "\n".join(f"{_quoted(name)}｜{_quoted(further)}" if further else _quoted(name) for name, further in pairs)


def separated_pairs(cell):
    pairs = []
    for item in _ITEM.findall(cell):
        name, further = (_unquoted(half or "") for half in _HALVES.fullmatch(item).groups())
        if name or further:
            pairs.append((name, further))
    return tuple(dict.fromkeys(pairs))


def _quoted(text):
    return "「" + text.replace("」", "」」") + "」" if _SPECIAL.search(text) and not _is_one_item(text) else text


def _is_one_item(text):
    return "「" not in text and not re.search(r"[、；;\n｜」《“]", re.sub(_CLOSED, "", text))


def _unquoted(item):
    item = item.strip()
    quoted = _QUOTED.fullmatch(item)
    return quoted[1].replace("」」", "」") if quoted else item


def day_of(cell):
    """The day of `2019-06-04`, `2019/6/4`, `2019.6.4` or `2019年6月4日`. Raises `ValueError`."""
    found = _DAY.fullmatch(_MIDNIGHT.sub("", cell.strip()))
    if not found:
        raise ValueError(cell)
    return datetime.date(*(int(part) for part in found.groups() if part))


def time_of(cell):
    """The time of day of `14:30` or `14:30:00`. Raises `ValueError`."""
    found = _TIME.fullmatch(cell.strip())
    if not found:
        raise ValueError(cell)
    return datetime.time(*(int(part) for part in found.groups() if part))


def whole_number_of(cell):
    """The number of `2018`, also as `2018.0`, as which programs write it. Raises `ValueError`."""
    found = _WHOLE.fullmatch(cell.strip())
    if not found:
        raise ValueError(cell)
    return int(found[1])
