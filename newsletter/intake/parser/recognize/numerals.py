"""Numbers as newspapers print them: 2374, 2,374, 3.5万, 十万, 一百二十, 两千."""

import re
from decimal import Decimal

_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

CHINESE = r"[〇零一二三四五六七八九十百千两]"
# Digits with thousands, or Chinese numerals; then 百, 千, 万, 亿 in any sensible order. Bounded, so that it is linear.
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?|"
    rf"{CHINESE}{{1,9}}(?:[万亿]{CHINESE}{{1,9}})?)[百千]?[万亿]?"
)
_NUMBER = re.compile(rf"(?P<digits>[\d,]+(?:\.\d+)?)?(?P<chinese>{CHINESE}*)(?P<large>[万亿]*)")
_SPLIT = re.compile(rf"({CHINESE}+[万亿])({CHINESE}+万?)")  # 十二万三千


def number(text):
    """The value of `text` as int, or float where it is not whole; None where it is no number."""
    split = _SPLIT.fullmatch(text.strip())
    if split:
        high, low = number(split[1]), number(split[2])
        return high + low if high and low and low < _LARGE[split[1][-1]] else None
    match = _NUMBER.fullmatch(text.strip())
    if not match or not (match["digits"] or match["chinese"]):
        return None
    if match["digits"]:
        value = Decimal(match["digits"].replace(",", ""))
        for char in match["chinese"]:
            if char not in _SMALL:
                return None
            value *= _SMALL[char]
    else:
        whole = _chinese(match["chinese"])
        if whole is None:
            return None
        value = Decimal(whole)
    for char in match["large"]:
        value *= _LARGE[char]
    return int(value) if value == value.to_integral_value() else float(value)


def _chinese(text):
    """The value of numerals below 10,000, or of digits in a row (二〇一九)."""
    if not any(char in _SMALL for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) in (1, 2, 4) else None
    total, digit = 0, None
    for char in text:
        if char in _SMALL:
            total += _SMALL[char] * (1 if digit is None else digit)
            digit = None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)
