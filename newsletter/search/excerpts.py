"""The place of a text where the words stand that were looked for, with these words marked."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .text import HAN, is_han, read_as

# Characters: as much as two or three lines on a phone, and what stands before the first found word.
LENGTH, BEFORE = 96, 24
_WORD = rf"[^\W_{HAN}]"


@dataclass(frozen=True)
class Piece:
    text: str
    is_found: bool


def marked(text, query):
    """The whole text in `Piece`s."""
    return _pieces(text, 0, len(text), _found(text, query))


def excerpt(text, query):
    """`Piece`s of the part of the text that has the most of the query's words; of its beginning where it has none."""
    found = _found(text, query)
    start = max((begin for begin, _end, _phrase in found), key=lambda at: _distinct(found, at), default=0)
    start = max(0, min(start - BEFORE, len(text) - LENGTH))
    end = min(len(text), start + LENGTH)
    pieces = _pieces(text, start, end, found)
    if start > 0:
        pieces.insert(0, Piece("…", False))
    if end < len(text):
        pieces.append(Piece("…", False))
    return pieces


def _distinct(found, start):
    return len({phrase for begin, end, phrase in found if start <= begin and end <= start + LENGTH - BEFORE})


def _found(text, query):
    """`[(begin, end, phrase)]` in the text, by their places."""
    read, places = _read(text)
    found = [
        (places[match.start()], places[match.end() - 1] + 1, phrase)
        for phrase in query.phrases
        for match in _pattern(phrase).finditer(read)
    ]
    return sorted(found, key=lambda place: place[:2])


def _read(text):
    """The text as it is read, and for each of its characters the place of the one that it comes from."""
    read = [read_as(character) for character in text]
    places = [place for place, characters in enumerate(read) for _character in characters]
    return "".join(read), places


def _pattern(phrase):
    pattern = re.escape(phrase.runs[0])
    for previous, run in pairwise(phrase.runs):
        # In 5A级 nothing stands between the two.
        pattern += (r"[\W_]*" if is_han(previous) != is_han(run) else r"[\W_]+") + re.escape(run)
    before = "" if is_han(phrase.runs[0]) else f"(?<!{_WORD})"
    after = "" if is_han(phrase.runs[-1]) else f"(?!{_WORD})"
    return re.compile(before + pattern + after)


def _pieces(text, start, end, found):
    pieces, at = [], start
    for begin, stop, _phrase in found:
        begin, stop = max(begin, at), min(stop, end)
        if begin < stop:
            pieces += [Piece(text[at:begin], False)] if at < begin else []
            pieces.append(Piece(text[begin:stop], True))
            at = stop
    return [*pieces, Piece(text[at:end], False)] if at < end else pieces
