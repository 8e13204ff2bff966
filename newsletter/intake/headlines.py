"""Which headline belongs to which text: by the words that they share, and by where they stand."""

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

_MAX_LINES = 4
# Whatever is left without its counterpart.
_NO_HEADLINE, _NO_BODY = -2.0, -1.6


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
    """How many of a headline's letter pairs stand in a body, rare ones counting more."""

    def __init__(self, bodies):
        self.texts = ["".join(body.paragraphs) + body.byline for body in bodies]
        self.sets = [_pairs(text) for text in self.texts]
        counts = Counter(pair for pairs in self.sets for pair in pairs)
        self.weight = {pair: math.log(1 + len(bodies) / count) for pair, count in counts.items()}
        self.unknown = math.log(1 + max(1, len(bodies)))

    def share(self, text, index):
        pairs = _pairs(text)
        if not pairs:
            return 0.0
        total = sum(self.weight.get(pair, self.unknown * 0.6) for pair in pairs)
        return sum(self.weight[pair] for pair in pairs if pair in self.sets[index]) / total


def _pairs(text):
    letters = [letter for letter in text if "\u3400" <= letter <= "\u9fff" or letter.isalnum()]
    return {first + second for first, second in pairwise(letters)}


def _assign(lines, layout, words, side):
    """Dynamic programming over the runs; the state is the set of bodies that have a headline."""
    count = len(layout.bodies)
    states = {0: (0.0, None)}
    history = []
    for before, run in layout.runs:
        options = list(_options(lines, layout, words, side, before, run))
        following = {}
        for taken, (value, _link) in states.items():
            for gain, pairs in options:
                mask, new = 0, True
                for body, _chunk, _score in pairs:
                    if body is None:
                        continue
                    bit = 1 << body
                    if taken & bit or mask & bit:
                        new = False
                        break
                    mask |= bit
                if not new:
                    continue
                key, total = taken | mask, value + gain
                if key not in following or total > following[key][0]:
                    following[key] = (total, (taken, pairs))
        if len(following) > 400:
            following = dict(sorted(following.items(), key=lambda item: -item[1][0])[:400])
        history.append(following)
        states = following

    def finished(item):
        taken, (value, _link) = item
        return value + _NO_HEADLINE * (count - taken.bit_count())

    taken, (value, _link) = max(states.items(), key=finished)
    total, chosen = finished((taken, (value, None))), {}
    for step in reversed(history):
        _value, (previous, pairs) = step[taken]
        for body, chunk, (share, is_far) in pairs:
            if body is not None:
                chosen[body] = Match(chunk, _certainty(share, is_far), is_far)
        taken = previous
    return total, chosen


def _certainty(share, is_far):
    return round(min(1.0, (0.25 if is_far else 0.6) + 0.9 * share), 2)


def _options(lines, layout, words, side, before, run):
    """Every way to cut a run into headlines, with the best few bodies: (gain, [(body, lines, (share, far))])."""
    for cut in _cuts(run):
        partial = [(0.0, [])]
        for position, chunk in enumerate(cut):
            shape = _shape(lines, chunk)
            text = "".join(lines[number].text for number in chunk)
            choices = [(None, _NO_BODY, (0.0, True))]
            shares = [words.share(text, index) for index in range(len(layout.bodies))]
            near = {before: position == 0, before + 1: position == len(cut) - 1}
            likely = sorted(range(len(shares)), key=lambda index: -shares[index])[:3]
            for index in {*likely, *(i for i in near if 0 <= i < len(shares))}:
                is_near = near.get(index, False)
                gain = 4.0 * shares[index] + (1.0 if is_near else -0.7)
                if is_near and (index == before + 1) == (side == "before"):
                    gain += 0.8
                elif is_near:
                    gain -= 0.8
                choices.append((index, gain, (shares[index], not is_near)))
            partial = [
                (total + shape + gain, [*pairs, (body, chunk, told)])
                for total, pairs in partial
                for body, gain, told in choices
            ]
            if len(partial) > 300:
                partial = sorted(partial, key=lambda item: -item[0])[:300]
        yield from partial


def _cuts(run):
    """The ways to cut consecutive lines into headlines of at most `_MAX_LINES`; long runs only into few ways."""
    if not run:
        yield []
        return
    limit = _MAX_LINES if len(run) <= 9 else 2
    for size in range(1, min(limit, len(run)) + 1):
        for rest in _cuts(run[size:]):
            yield [run[:size], *rest]


def _shape(lines, chunk):
    """How good the lines are as one headline: closed quotes, alike in size, no gap inside where gaps tell."""
    text = "".join(lines[number].text for number in chunk)
    score = {1: 0.0, 2: 0.15, 3: -0.2}.get(len(chunk), -1.2)
    for opening, closing in ("“”", "《》", "（）", "「」"):
        if text.count(opening) != text.count(closing):
            score -= 1.5
    inner = [lines[number] for number in chunk[1:]]
    score -= sum(0.35 for line in inner if line.gap)
    sizes = [lines[number].size for number in chunk if lines[number].size]
    if sizes and max(sizes) > 1.6 * min(sizes):
        score -= 0.6
    if lines[chunk[0]].text[-1:] in "：:，、" and len(chunk) == 1:
        score -= 0.6
    return score
