"""Which headline belongs to which text: by the words that they share, and by where they stand."""

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

_MAX_LINES = 4
# Scores are log-odds by feel. Whatever is left without its counterpart:
_NO_HEADLINE, _NO_BODY, _NO_BODY_LINE = -4.0, -3.5, -1.0
# A headline on the other side of its text than the rest of the page has them, one with another headline between itself
# and its text, and one that stands elsewhere.
_OTHER_SIDE, _NOT_NEXT, _FAR = -2.0, -2.5, -3.5
_MOST_BARE = 6
_NEXT_IN_ORDER = 0.6
_ACROSS_GAPS = -3.0
# How many ways are followed at a time; fewer where a file has more headlines than any page.
_WAYS, _PAGE_LINES = 150, 300


@dataclass
class Match:
    """The headline of a body: numbers of its lines, how sure it is (0 to 1), and how far it stands from its text."""

    lines: list[int]
    score: float
    is_far: bool


def match_headlines(lines, layout):
    """For each body of the layout a `Match`, or None where no headline is left for it.

    Runs of headline lines are cut into headlines and given to bodies so that the sum of all scores is highest. Tried
    once for pages with headlines before their texts and once for headlines after them; the better one stands.
    """
    words = _Words(layout.bodies)
    attempts = [_assign(lines, layout, words, side) for side in ("before", "after")]
    _total, chosen = max(attempts, key=lambda attempt: attempt[0])
    return [chosen.get(index) for index in range(len(layout.bodies))]


def headlines_above(lines, layout):
    """The same where the reader of the file has put each headline before its text: then there is nothing to guess."""
    runs = {before + 1: run for before, run in layout.runs}
    found = []
    for index in range(len(layout.bodies)):
        run = runs.get(index, [])
        run = [number for number in run if lines[number].block == lines[run[-1]].block]
        found.append(Match(run, 1.0, False) if run else None)
    return found


class _Words:
    """How well the letter pairs of a headline fit a body: those that stand in it, rare ones counting more."""

    def __init__(self, bodies):
        self.bodies_with = {}
        for index, body in enumerate(bodies):
            for pair in _pairs("".join(body.paragraphs) + body.byline):
                self.bodies_with.setdefault(pair, set()).add(index)
        self.count = len(bodies)

    def likely(self, text):
        """The three bodies that fit a text best."""
        found = Counter()
        for pair in _pairs(text):
            bodies = self.bodies_with.get(pair, ())
            if len(bodies) <= 20:
                for index in bodies:
                    found[index] += self._gain(pair, index)
        return [index for index, _gain in found.most_common(3)]

    def gain(self, text, index):
        """How much likelier the text is the headline of this body than of another."""
        return max(-1.0, 0.6 * sum(self._gain(pair, index) for pair in _pairs(text)))

    def share(self, text, index):
        """How many of the text's pairs stand in the body."""
        pairs = _pairs(text)
        return sum(index in self.bodies_with.get(pair, ()) for pair in pairs) / len(pairs) if pairs else 0.0

    def _gain(self, pair, index):
        bodies = self.bodies_with.get(pair, ())
        others = (len(bodies) - (index in bodies) + 0.3) / (self.count + 1)
        if index in bodies:
            return max(0.0, math.log(0.4 / others))
        return min(0.0, math.log(0.6 / max(0.05, 1 - others)))


def _pairs(text):
    letters = [letter for letter in text if "\u3400" <= letter <= "\u9fff" or letter.isalnum()]
    return {first + second for first, second in pairwise(letters)}


def _assign(lines, layout, words, side):
    """(total, {body: Match}) by dynamic programming over headline lines; the state is the set of bodies served."""
    gaps_tell = len({lines[number].gap for _before, run in layout.runs for number in run[1:]}) == 2
    ways = max(4, _WAYS * _PAGE_LINES // max(_PAGE_LINES, sum(len(run) for _before, run in layout.runs)))
    bare = _bare(layout, side)
    states = {0: (0.0, None)}  # {bodies served, as bits: (value, (what was chosen before, the last choice))}
    for before, run in layout.runs:
        reached = [states, *({} for _number in run)]
        for start in range(len(run)):
            best = sorted(reached[start].items(), key=lambda item: -item[1][0])[:ways]
            for size in range(1, min(_MAX_LINES, len(run) - start) + 1):
                shape = _shape(lines, run[start : start + size])
                if gaps_tell:
                    shape += _gaps(lines, run, start, size)
                choices = _choices(lines, layout, words, side, bare, before, run, start, size)
                _follow(best, reached[start + size], shape, choices)
        states = reached[-1]

    def finished(item):
        taken, (value, _link) = item
        return value + _NO_HEADLINE * (len(layout.bodies) - taken.bit_count())

    item = max(states.items(), key=finished)
    total, chosen, link = finished(item), {}, item[1][1]
    while link:
        link, (body, chunk, is_far) = link
        if body is not None:
            share = words.share("".join(lines[number].text for number in chunk), body)
            chosen[body] = Match(chunk, _certainty(share, is_far), is_far)
    return total, chosen


def _bare(layout, side):
    """The first few bodies that have no headline lines on their side: theirs must stand elsewhere."""
    served = {before + (side == "before") for before, _run in layout.runs}
    return [index for index in range(len(layout.bodies)) if index not in served][:_MOST_BARE]


def _follow(states, reached, shape, choices):
    """Adds to `reached` what every state becomes by every choice, the best way to each."""
    for taken, (value, link) in states:
        for gain, body, chunk, is_far in choices:
            total = value + shape + gain
            key = taken
            if body is not None:
                key |= 1 << body
                if key == taken:
                    continue
                # Headlines that stand together stand in the order of their texts.
                if is_far and link and link[1][2] and link[1][0] is not None and link[1][0] < body:
                    total += _NEXT_IN_ORDER
            if key not in reached or total > reached[key][0]:
                reached[key] = (total, (link, (body, chunk, is_far)))


def _choices(lines, layout, words, side, bare, before, run, start, size):
    """[(gain, body or None, lines, is far)] for a headline of `size` lines at `start` of a run after body `before`."""
    chunk = run[start : start + size]
    near = {}
    if start == 0 and before >= 0:
        near[before] = 0.0 if side == "after" else _OTHER_SIDE
    if start + size == len(run) and before + 1 < len(layout.bodies):
        near[before + 1] = 0.0 if side == "before" else _OTHER_SIDE
    choices = [(_NO_BODY + _NO_BODY_LINE * (size - 1), None, chunk, True)]
    for index in {*words.likely("".join(lines[number].text for number in chunk)), *bare, *near}:
        gain = sum(words.gain(lines[number].text, index) for number in chunk)
        place = near.get(index, _NOT_NEXT if index in (before, before + 1) else _FAR)
        choices.append((gain + place, index, chunk, index not in near))
    return choices


def _gaps(lines, run, start, size):
    """Where some headline lines are set apart and some are not, a headline stands together and apart from others."""
    inside = sum(lines[number].gap for number in run[start + 1 : start + size])
    joined = start > 0 and not lines[run[start]].gap
    return _ACROSS_GAPS * (inside + joined)


def _certainty(share, is_far):
    return round(min(1.0, (0.25 if is_far else 0.6) + 0.9 * share), 2)


def _shape(lines, chunk):
    """How good the lines are as one headline: closed quotes, alike in size."""
    text = "".join(lines[number].text for number in chunk)
    score = {1: 0.0, 2: 0.15, 3: -0.2}.get(len(chunk), -1.2)
    for opening, closing in ("“”", "《》", "（）", "「」"):
        if text.count(opening) != text.count(closing):
            score -= 1.5
    sizes = [lines[number].size for number in chunk if lines[number].size]
    if sizes and max(sizes) > 1.6 * min(sizes):
        score -= 0.6
    if lines[chunk[0]].text[-1:] in "：:，、" and len(chunk) == 1:
        score -= 0.6
    return score
