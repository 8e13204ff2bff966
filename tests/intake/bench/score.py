"""Scores proposed stories against the expected ones, by the rules of the seed page's README.

White space never counts. A proposed story matches the expected one with which it shares most body characters (in
order: the longest common subsequence), if that is at least 80 % of both. Titles and bylines are counted over all
expected stories, so one that was not found is wrong; body characters over matched stories only; facts over all
stories, so that those of a story not found are missed, and those of a story that is none are false.
"""

from collections import Counter
from dataclasses import dataclass, field, fields

SHARED = 0.8


def squeeze(text):
    return "".join((text or "").split())


def _positions(text):
    positions = {}
    for index, char in enumerate(text):
        positions[char] = positions.get(char, 0) | 1 << index
    return positions


def shared_characters(left, right):
    """The length of the longest common subsequence, bit-parallel (Hyyrö 2004): one step per character of `right`."""
    positions, mask = _positions(left), (1 << len(left)) - 1
    row = mask
    for char in right:
        hits = row & positions.get(char, 0)
        row = (row + hits | row - hits) & mask
    return len(left) - row.bit_count()


def edit_distance(left, right):
    """Levenshtein's distance, bit-parallel (Myers 1999, in Hyyrö's form): one step per character of `right`."""
    if not left:
        return len(right)
    positions, mask, last = _positions(left), (1 << len(left)) - 1, 1 << len(left) - 1
    plus, minus, distance = mask, 0, len(left)
    for char in right:
        equal = positions.get(char, 0)
        diagonal = ((equal & plus) + plus ^ plus) | equal | minus
        up = minus | ~(diagonal | plus) & mask
        down = plus & diagonal
        if up & last:
            distance += 1
        if down & last:
            distance -= 1
        up, down = up << 1 | 1, down << 1
        plus = (down | ~(diagonal | up)) & mask
        minus = up & diagonal & mask
    return distance


@dataclass
class Count:
    """True finds, misses and false finds of one kind; adds up over stories and pages."""

    found: int = 0
    missed: int = 0
    false: int = 0

    @property
    def precision(self):
        return _ratio(self.found, self.found + self.false)

    @property
    def recall(self):
        return _ratio(self.found, self.found + self.missed)

    @property
    def f1(self):
        return _ratio(2 * self.found, 2 * self.found + self.missed + self.false)

    def compare(self, expected, proposed):
        """Both are lists of hashable things; what is there twice must be found twice."""
        expected, proposed = Counter(expected), Counter(proposed)
        self.found += (expected & proposed).total()
        self.missed += (expected - proposed).total()
        self.false += (proposed - expected).total()

    def __add__(self, other):
        return Count(self.found + other.found, self.missed + other.missed, self.false + other.false)


def _ratio(part, whole):
    return part / whole if whole else 1.0


@dataclass
class Score:
    """The counts of one page, or of several added up."""

    stories: Count = field(default_factory=Count)
    titles: int = 0
    bylines: int = 0
    distance: int = 0  # edit distance and length of the bodies of matched stories
    length: int = 0
    paragraphs: int = 0  # not part of the score: matched stories whose paragraphs are the expected ones
    organizations: Count = field(default_factory=Count)
    dates: Count = field(default_factory=Count)
    awards: Count = field(default_factory=Count)
    amounts: Count = field(default_factory=Count)
    remarks: list = field(default_factory=list)  # what was wrong, in words, one line each

    @property
    def expected(self):
        return self.stories.found + self.stories.missed

    @property
    def title(self):
        return _ratio(self.titles, self.expected)

    @property
    def byline(self):
        return _ratio(self.bylines, self.expected)

    @property
    def body(self):
        return max(0.0, 1 - self.distance / self.length) if self.length else 1.0

    @property
    def paragraph(self):
        return _ratio(self.paragraphs, self.stories.found)

    def __add__(self, other):
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def body(story):
    return squeeze("".join(story.get("paragraphs") or []))


def title(story):
    return [line for line in map(squeeze, story.get("title") or []) if line]


def organizations(facts):
    return {squeeze(name) for name in facts.get("organizations") or []}


def dates(facts):
    keys = ("start", "end", "part_of_day", "when_text")
    days = [tuple(squeeze(event.get(key)) for key in keys) for event in facts.get("events") or []]
    return [day for day in days if any(day)]


def awards(facts):
    return [
        (
            award.get("year"),
            squeeze(award.get("issuer")),
            frozenset(map(squeeze, award.get("recipients") or [])),
            squeeze(award.get("project")),
        )
        for award in facts.get("awards") or []
    ]


def amounts(facts):
    return [
        (float(amount["value"]), amount.get("unit"), bool(amount.get("approximate")))
        for amount in facts.get("amounts") or []
    ]


FACTS = {"organizations": organizations, "dates": dates, "awards": awards, "amounts": amounts}


def match(expected, proposed):
    """Pairs of indexes (expected, proposed). No story is in two pairs: of two proposals the one sharing more wins."""
    lefts, rights = list(map(body, expected)), list(map(body, proposed))
    bags = list(map(Counter, lefts)), list(map(Counter, rights))
    candidates = []
    for i, left in enumerate(lefts):
        for j, right in enumerate(rights):
            least = SHARED * max(len(left), len(right))
            if not left or not right or (bags[0][i] & bags[1][j]).total() < least:
                continue
            shared = shared_characters(left, right)
            if shared >= least:
                candidates.append((-shared, i, j))
    pairs = {}
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def score(expected, proposed):
    """The Score of the proposed against the expected stories: two lists of dicts in the form of expected.json."""
    result = Score()
    pairs = match(expected, proposed)
    result.stories = Count(len(pairs), len(expected) - len(pairs), len(proposed) - len(pairs))
    for i, j in pairs:
        _score_text(result, expected[i], proposed[j])
        _score_facts(result, expected[i], proposed[j])
    for i in sorted(set(range(len(expected))) - {i for i, _ in pairs}):
        result.remarks.append(f"not found: {''.join(title(expected[i]))}")
        _score_facts(result, expected[i], {})
    for j in sorted(set(range(len(proposed))) - {j for _, j in pairs}):
        result.remarks.append(f"no such story: {''.join(title(proposed[j]))} / {body(proposed[j])[:20]}")
        _score_facts(result, {}, proposed[j])
    return result


def _score_text(result, expected, proposed):
    name = "".join(title(expected))
    same_title = title(expected) == title(proposed)
    same_byline = squeeze(expected.get("byline")) == squeeze(proposed.get("byline"))
    left, right = body(expected), body(proposed)
    result.titles += same_title
    result.bylines += same_byline
    distance = edit_distance(left, right)
    result.distance += distance
    result.length += len(left)
    result.paragraphs += [squeeze(text) for text in expected["paragraphs"]] == [
        squeeze(text) for text in proposed["paragraphs"]
    ]
    if not same_title:
        result.remarks.append(f"title: {' / '.join(title(expected))} → {' / '.join(title(proposed))}")
    if not same_byline:
        result.remarks.append(f"byline: {name}: {expected.get('byline')} → {proposed.get('byline')}")
    if distance:
        result.remarks.append(f"body: {name}: distance {distance} of {len(left)}")


def _score_facts(result, expected, proposed):
    for kind, take in FACTS.items():
        pair = [list(take(story.get("facts") or {})) for story in (expected, proposed)]
        getattr(result, kind).compare(*pair)
        if Counter(pair[0]) != Counter(pair[1]):
            missed, false = Counter(pair[0]) - Counter(pair[1]), Counter(pair[1]) - Counter(pair[0])
            name = "".join(title(expected or proposed))
            result.remarks.append(f"{kind}: {name}: missed {_words(missed)}, false {_words(false)}")


def _words(counter):
    return "; ".join(_word(one) for one in counter.elements()) or "none"


def _word(one):
    if not isinstance(one, tuple):
        return str(one)
    return "(" + ", ".join("+".join(sorted(part)) if isinstance(part, frozenset) else str(part) for part in one) + ")"


def total(scores):
    return sum(scores, Score())


HEAD = ["page", "n", "prec", "rec", "F1", "title", "byline", "body", "para"]


def table(scores, facts=True, captioned=()):
    """One row per page and a total, as text. `scores` is a dict from the page's name to its Score.

    Facts are precision/recall with (missed, false) behind them; `para` is told, not scored. Pages named in `captioned`
    are left out of a second total.
    """
    totals = [("TOTAL", total(scores.values()))]
    if captioned:
        totals.append(("NO CAPTIONS", total(one for name, one in scores.items() if name not in captioned)))
    rows = [_row(name, one, facts) for name, one in [*scores.items(), *totals]]
    head = HEAD + ([f"{kind} P/R" for kind in FACTS] if facts else [])
    rows.insert(0, head)
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "  ".join(cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in enumerate(line))
        for line in (list(zip(row, widths, strict=True)) for row in rows)
    ]
    rule = "-" * len(lines[0])
    last = len(lines) - len(totals)
    return "\n".join([lines[0], rule, *lines[1:last], rule, *lines[last:]])


def _row(name, one, facts):
    row = [name, str(one.expected)]
    row += [_figure(value) for value in (one.stories.precision, one.stories.recall, one.stories.f1)]
    row += [_figure(value) for value in (one.title, one.byline, one.body, one.paragraph)]
    if facts:
        row += [
            f"{_figure(count.precision)}/{_figure(count.recall)} ({count.missed},{count.false})"
            for count in (one.organizations, one.dates, one.awards, one.amounts)
        ]
    return row


def _figure(value):
    """Three digits, rounded down: what is not whole never reads 1.000."""
    return f"{int(value * 1000 + 1e-9) / 1000:.3f}"
