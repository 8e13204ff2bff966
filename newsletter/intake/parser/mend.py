"""Mending what hard wrapping and justification did to the text: spaces that nobody wrote, and line ends."""

import re
from itertools import pairwise

from .lines import HAN

_CJK = rf"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’…—·]"
_SPACES = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+"
_BESIDE_MARKS = re.compile(rf"{_SPACES}(?=[，。、；：！？”’》）])|(?<=[，。、；：！？“‘《（]){_SPACES}")
_BESIDE_NUMBER = re.compile(rf"(?<={_CJK}){_SPACES}(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%％.]){_SPACES}(?={_CJK})")


def close_spaces(text):
    """The line without the spaces of justification; a space that separates two names stays.

    `我 县 钱 库` becomes `我县钱库` and `5 月 31 日` becomes `5月31日`; in `服务中心 华山公益` the space separates.
    """
    text = text.strip(" \t\u00a0\u3000")
    text = _close_letter_spacing(text)
    text = _BESIDE_MARKS.sub("", text)
    text = _BESIDE_NUMBER.sub("", text)
    return re.sub(_SPACES, " ", text)


def is_letter_spaced(text):
    """Whether justification has set characters of the line one by one: three or more in a row."""
    run = 0
    for word in re.split(_SPACES, text.strip()):
        run = run + 1 if _is_single(word) else 0
        if run == 3:
            return True
    return False


def _close_letter_spacing(text):
    if not is_letter_spaced(text):
        return text
    words = re.split(_SPACES, text)
    closed = words[0]
    for before, word in pairwise(words):
        closed += word if _is_single(before) and _is_single(word) else " " + word
    return closed


def _is_single(word):
    """One Chinese character, with or without marks beside it."""
    return re.fullmatch(rf"[^{HAN}0-9A-Za-z]*[{HAN}][^{HAN}0-9A-Za-z]*", word) is not None


def join(lines):
    """The lines of one paragraph as one text: without spaces between Chinese characters, Latin words kept apart."""
    text = ""
    for line in lines:
        if not text:
            text = line
        elif re.search(r"[A-Za-z]-$", text) and re.match(r"[a-z]", line):
            text = text[:-1] + line
        elif re.search(r"[A-Za-z]$", text) and re.match(r"[A-Za-z]", line):
            text += " " + line
        else:
            text += line
    return _BESIDE_NUMBER.sub("", text)
