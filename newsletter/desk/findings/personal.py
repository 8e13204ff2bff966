"""Numbers that belong to a person: identity cards, mobile phones, bank cards of mainland China.

A number that goes out cannot be called back, so a doubtful one is found rather than passed over.
"""

import datetime
import re

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .finding import Severity, Spot


class Kind(TextChoices):
    IDENTITY_CARD = "identity_card", gettext_lazy("identity card")
    MOBILE = "mobile", gettext_lazy("mobile phone")
    BANK_CARD = "bank_card", gettext_lazy("bank card")


# One character for one: full-width digits and the many hyphens and spaces that stand in numbers.
_PLAIN = str.maketrans(
    {chr(0xFF10 + n): str(n) for n in range(10)}
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—－−·•.．_", "-")
    | {"＋": "+", "Ｘ": "X", "ｘ": "x", "×": "X"}
)
_GAP = "[ -]?"
_MOBILE = re.compile(rf"(?<!\d)(?:\+?(?:00)?86[ -]{{0,2}}|0)?(?P<number>1{_GAP}[3-9](?:{_GAP}\d){{9}})(?!\d)")
_IDENTITY = re.compile(
    rf"(?<!\d)(?P<number>[1-9]\d{{5}}{_GAP}(?:18|19|20)\d{{2}}{_GAP}[01]\d{_GAP}[0-3]\d{_GAP}\d{{3}}[\dXx])(?![\dA-Za-z])"
)
_IDENTITY_OLD = re.compile(r"(?<!\d)(?P<number>[1-9]\d{5}[ -]?\d{2}[01]\d[0-3]\d[ -]?\d{3})(?!\d)")
_BANK = re.compile(rf"(?<!\d)(?P<number>(?:62|60|4\d|5[1-5]|3[57]|9[5-9])\d(?:{_GAP}\d){{13,16}})(?!{_GAP}\d)")
_PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44"),
    *("45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"),
}


def find(text):
    """A `Spot` for each number, in the order of the text; `found` are its digits."""
    plain, taken = text.translate(_PLAIN), []
    for kind, pattern, is_one in (
        (Kind.IDENTITY_CARD, _IDENTITY, _is_identity),
        (Kind.BANK_CARD, _BANK, _is_bank_card),
        (Kind.IDENTITY_CARD, _IDENTITY_OLD, _is_old_identity),
        (Kind.MOBILE, _MOBILE, _is_mobile),
    ):
        for match in pattern.finditer(plain):
            groups = re.split("[ -]", match["number"].upper())
            number, (start, end) = "".join(groups), match.span("number")
            if is_one(number, groups) and not any(first < end and start < last for first, last, *_ in taken):
                taken.append((start, end, kind, number))
    for start, end, kind, number in sorted(taken):
        words = _("A number of a person (%(kind)s). It goes out only where somebody has confirmed it.")
        yield Spot(kind.value, words % {"kind": kind.label}, ((start, end),), Severity.CONFIRM, number)


def masked(number):
    """The ends of a number, enough to tell it from others: 138****1234."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def without_numbers(text):
    """The text with the numbers in it masked."""
    for spot in reversed(list(find(text))):
        start, end = spot.spans[0]
        text = text[:start] + masked(spot.found) + text[end:]
    return text


def _is_mobile(number, groups):
    """Not the small numbers of a list: 15 30 45 60 75 9."""
    return all(len(group) > 2 for group in groups) or all(len(group) == 1 for group in groups)


def _is_identity(number, groups):
    """GB 11643-1999: region, birthday, and a check digit after ISO 7064 MOD 11-2."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    check = "10X98765432"[total % 11]
    return number[:2] in _PROVINCES and number[17] == check and _is_day(number[6:14])


def _is_old_identity(number, groups):
    """Until 1999: region, birthday without its century, three digits; nothing to check it by."""
    return number[:2] in _PROVINCES and _is_day("19" + number[6:12])


def _is_bank_card(number, groups):
    """ISO/IEC 7812-1: the Luhn check digit."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def _is_day(digits):
    try:
        return bool(datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return False
