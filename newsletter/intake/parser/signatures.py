"""What a story is signed with: brackets that close it, `本报讯（…）` before its text, or a line of credit.

In a narrow column the first two may be printed over several lines. `本报讯（…）` is no part of the text.
"""

import re

from .lines import HAN, closing_byline, width

_DATELINE = re.compile(r"^本[报刊网台]讯\s*[（(]((?:本[报刊]|见习|实习|通讯员|记者|特约|首席)[^（）()]{1,40})[）)]\s*")
_OPENS_DATELINE = re.compile(r"^本[报刊网台]讯")
_NAME = rf"(?:[{HAN}·]{{2,8}}|[{HAN}] [{HAN}])"
_NAMES = rf"{_NAME}(?:[\s、/]+{_NAME}){{0,3}}"
_WRITER = r"(?:本[报刊网台])?(?:见习|实习|特约|特派|首席)?(?:记者|通讯员)"
_WORK = r"(?:文/图|图/文|图文|文|图|撰文|撰稿|供稿|作者|来源|摄影)"
_CREDIT = rf"(?:{_WRITER}[\s:：]+|{_WORK}\s*[\s:：/])\s*{_NAMES}"
_CREDIT_LINE = re.compile(
    rf"^(?:{_CREDIT}(?: {_CREDIT}){{0,3}}(?: ?(?:文/?图|摄影?|摄影报道|报道))?|{_NAMES} (?:文/图|图/文|摄影报道|报道))$"
)
# What stands before a line of credit; then a name will do.
_ORNAMENT = re.compile(r"^[□■◇◆○●◎▲△※☆★]\s*")
_WIDEST_NAMES = 16
# A line end that stands for the space beside 记者 and 通讯员.
_LOST_SPACE = re.compile(r"(?:(?<=记者)|(?<=通讯员))\n(?=[^\s:：）)])|(?<=[^\s（(])\n(?=记者|通讯员)")
# What justification spreads: 本报 讯, 记 者.
_SPREAD = re.compile(r"(?<=[本报记通讯])\s+(?=[报讯者员])")
_MOST_LINES = 3


def closing_signatures(lines):
    """{number of the last line of a closing byline: (number of its first line, the byline)}."""
    found = {}
    for last, line in enumerate(lines):
        if not line.text.endswith(("）", ")")):
            continue
        text = ""
        for first in range(last, max(-1, last - _MOST_LINES), -1):
            text = _joined([lines[first].text, text])
            if byline := closing_byline(text):
                found[last] = (first, byline[1])
                break
            if "（" in lines[first].text or "(" in lines[first].text:
                break
    return found


def opening_signature(texts):
    """(byline, how many lines it takes up, what follows it on the last of them) of a story's first lines, or None."""
    if texts and is_credit_line(texts[0]):
        return credit_of(texts[0]), 1, ""
    text = ""
    for number, line in enumerate(texts[:_MOST_LINES], 1):
        text = _SPREAD.sub("", _joined([text, line]))
        if found := _DATELINE.match(text):
            return found[1], number, text[found.end() :]
    return None


def opens_with_signature(text):
    return bool(_OPENS_DATELINE.match(_SPREAD.sub("", text[:20]))) or is_credit_line(text)


def is_credit_line(text):
    """Whether a line tells who wrote the story, by words of that trade."""
    return len(text) <= 60 and bool(_CREDIT_LINE.match(credit_of(text)))


def may_be_credit_line(text):
    """Whether a line that stands under a headline can be a credit: one of names alone has an ornament before it."""
    if is_credit_line(text):
        return True
    names = credit_of(text)
    return text != names and 2 <= width(names) <= _WIDEST_NAMES and not re.search("[，。、；：！？“”《》（）()]", names)


def credit_of(text):
    """A line of credit without its ornament."""
    return _ORNAMENT.sub("", text)


def _joined(texts):
    return _LOST_SPACE.sub(" ", "\n".join(filter(None, texts))).replace("\n", "")
