"""What people type: words that must all occur, `"exact phrases"`, `-without`. Nothing in it is an error."""

import re
from dataclasses import dataclass, field

from newsletter.records.text import storable

from .text import han_tokens, is_han, runs

# Longer queries are cut: they are pasted texts.
LONGEST, MOST_PHRASES = 200, 10
_PART = re.compile(r'(?P<without>(?<!\S)[-－])?(?:["“”„＂](?P<quoted>[^"“”„＂]*)["“”„＂]?|(?P<plain>[^\s"“”„＂]+))')


@dataclass(frozen=True)
class Phrase:
    """Runs that stand one after the other. A word that is typed is a phrase, too."""

    runs: tuple[str, ...]

    def __str__(self):
        return " ".join(self.runs)

    @property
    def needle(self):
        """The substring of canonical texts that have the phrase: words whole, Han runs also inside longer ones."""
        before = "" if is_han(self.runs[0]) else " "
        after = "" if is_han(self.runs[-1]) else " "
        return before + " ".join(self.runs) + after

    @property
    def tokens(self):
        """`(tokens in their order, whether the last one is only the beginning of a token)`."""
        *firsts, last = self.runs
        found = [token for run in firsts for token in (han_tokens(run) if is_han(run) else [run])]
        if not is_han(last):
            return [*found, last], False
        if len(last) == 1:
            return [*found, last], True
        return [*found, *han_tokens(last)[:-1]], False


@dataclass
class Query:
    """`typed` is what was typed, made harmless; `phrases` must all occur, `without` none."""

    typed: str
    phrases: list[Phrase] = field(default_factory=list)
    without: list[Phrase] = field(default_factory=list)

    def __bool__(self):
        return bool(self.phrases)

    def fewer(self):
        """Queries of fewer words, those with the most first."""
        count = len(self.phrases)
        if count < 2:
            return []
        most = [self._without_phrase(at) for at in range(count)] if count > 2 else []
        return [*most, *(Query(str(phrase), [phrase], self.without) for phrase in self.phrases)]

    def _without_phrase(self, at):
        phrases = [phrase for number, phrase in enumerate(self.phrases) if number != at]
        return Query(" ".join(map(str, phrases)), phrases, self.without)


def read_query(typed):
    """The query that somebody typed."""
    typed = " ".join(storable(typed.encode("utf-8", "ignore").decode()).split())[:LONGEST]
    query = Query(typed)
    for part in _PART.finditer(typed):
        if part["quoted"] is not None:
            found = [tuple(runs(part["quoted"]))]
        else:
            # Punctuation parts words as a space does.
            found = [tuple(runs(piece)) for piece in re.split(r"[^\w]+|_", part["plain"])]
        target = query.without if part["without"] else query.phrases
        for phrase in found:
            if phrase and Phrase(phrase) not in target and len(query.phrases) + len(query.without) < MOST_PHRASES:
                target.append(Phrase(phrase))
    return query
