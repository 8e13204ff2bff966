"""How texts and queries are read: the same characters, the same words, the same two-character tokens.

Han text has no spaces, and most Chinese words have two characters. A run of Han characters is therefore indexed as a
token for each character: the character with the one after it, and the last one alone. 慈善总会 is 慈善, 善总, 总会, 会.
Words of other scripts and numbers are one token each.
"""

import re
import unicodedata
from functools import cache
from operator import add

from opencc import OpenCC, __version__

# By what texts are read: where it is another one than the index was made by, the index must be built anew. The number
# in front is raised with every change of this module.
READING = f"1 {__version__} {unicodedata.unidata_version}"
# Longer words are cut: no index takes words of any length.
LONGEST_WORD = 100

# Ideographs, and the scripts that are written without spaces like them.
HAN = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_IS_HAN = re.compile(f"[{HAN}]").match
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))


class _Characters(dict):
    """What each character is read as, made when it is met: half-width, simplified, lower case."""

    def __missing__(self, code):
        read = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = read = "".join(_simplified().get(character, character) for character in read)
        return read


@cache
def _simplified():
    """`{traditional character: simplified one}`. By characters: what is found must not depend on what stands around."""
    characters = [chr(code) for begin, end in _IDEOGRAPHS for code in range(begin, end)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


_CHARACTERS = _Characters()


def read_as(character):
    """What a single character of a text is read as: none, one or several characters."""
    return _CHARACTERS[ord(character)]


def runs(text):
    """The runs of a text: Han runs, words and numbers, as they are read. Everything else only parts them."""
    found = _RUN.findall(unicodedata.normalize("NFC", text).translate(_CHARACTERS))
    return [run if is_han(run) else run[:LONGEST_WORD] for run in found]


def is_han(run):
    return _IS_HAN(run) is not None


def canonical(text):
    """The runs, each between spaces: the text in which a phrase is a substring (see `query.Phrase.needle`)."""
    return f" {' '.join(runs(text))} " if text else ""


def tokens(canonical_text):
    """The tokens of a canonical text, in their order."""
    found = []
    for run in canonical_text.split():
        found += han_tokens(run) if is_han(run) else [run]
    return found


def han_tokens(run):
    return [*map(add, run, run[1:]), run[-1]]
