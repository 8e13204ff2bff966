"""What a story is signed with: brackets that close it, `本报讯（…）` before its text, or a line of credit.

In a narrow column any of them may be printed over several lines. `本报讯（…）` is no part of the text.
"""

import re

from .lines import closing_byline

_DATELINE = re.compile(r"^本[报刊网台]讯\s*[（(]((?:本[报刊]|见习|实习|通讯员|记者|特约|首席)[^（）()]{1,40})[）)]\s*")
_OPENS_DATELINE = re.compile(r"^本[报刊网台]讯")
_NAME = r"[^\s，。、；：！？（）()]{2,4}"
_CREDIT = rf"(?:本[报刊])?(?:见习|实习|特约)?(?:记者|通讯员)[\s:：]+{_NAME}(?:[\s、]+{_NAME}){{0,3}}"
_CREDIT_LINE = re.compile(rf"^[□■◇○●]?\s*({_CREDIT}(?:\s+{_CREDIT})*)(?:\s*文/?图|\s*摄影?)?$")
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
    if texts and (found := _CREDIT_LINE.match(texts[0])):
        return found[1], 1, ""
    text = ""
    for number, line in enumerate(texts[:_MOST_LINES], 1):
        text = _SPREAD.sub("", _joined([text, line]))
        if found := _DATELINE.match(text):
            return found[1], number, text[found.end() :]
    return None


def opens_with_signature(text):
    return bool(_OPENS_DATELINE.match(_SPREAD.sub("", text))) or is_credit_line(text)


def is_credit_line(text):
    return bool(_CREDIT_LINE.match(text))


def _joined(texts):
    return _LOST_SPACE.sub(" ", "\n".join(filter(None, texts))).replace("\n", "")
