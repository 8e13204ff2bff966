"""What the printed lines of a page look like, each for itself: how much like a headline, like a beginning, how full.

All scores are log-odds by feel, tried on pages of many shapes (`make bench-intake`).
"""

import math
import re
from collections import Counter

from .labels import is_caption
from .lines import HAN, width
from .signatures import closing_signatures, is_credit_line, may_be_credit_line, opens_with_signature

# Beyond this no column of newsprint is wide: the text was not wrapped, and each line is a paragraph.
UNWRAPPED = 45

_OPENERS = re.compile(
    r"^(?:[“‘]?(?:日前|近日|近期|最近|昨日|昨天|今天|今日|连日来|据悉|据了解|在此|此次|本次|当天|当日|活动|同时|另外|截至|"
    r"目前|随后|会上|会议|一直以来|近年来|多年来|其中|本报讯|本刊讯)|\d{1,4}年|\d{1,2}\s*月\s*\d|[一二三四五六七八九十]是|"
    r"[^，。]{1,6}(?:前夕|期间|以来|之际|上午|下午|晚)，)"
)
# What only a text has: a question and its answer, whom a notice is for, and how it ends.
_SPOKEN = re.compile(r"^(?:问|答|记者|主持人)\s*[:：]")
_ADDRESSED = re.compile(r"^(?:各|尊敬的|亲爱的|全[县市体])[^，。！？]{1,20}[:：]$")
_REFERS = re.compile(r"^(?:逾期|详情|详细|具体|咨询|报名|联系|特此|请|欢迎|如有|有意)[^！？]{4}")
_ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．])"
)
# Words that lean on the one before them begin neither a headline nor a paragraph; those that lean on the next one end
# neither.
_LEANS_BACK = re.compile(r"^(?:[的了们着过得]|[年月日元人名户件次个][，、。的]|[%％])")
_LEANS_ON = re.compile(r"[和与及将把被让从由于并而的是第]$")
# What no line break divides: numbers, Latin words, marks with the characters that they lean on.
_CLUSTER = re.compile(
    r"^[“‘《（〈「『【(]*(?:——|……|[A-Za-z0-9]+(?:[.%+][A-Za-z0-9]+)*[%％]?|.?)[，。、；：！？”’》）〉」』】…,.;:!?)]*"
)
_EXCLAIMED = re.compile(r".{5}[！？]”?.{3}")
_TWO_PARTS = re.compile(rf"^\S*[{HAN}]{{3}}\S* \S*[{HAN}]{{3}}\S*$")


class Page:
    """The lines with what is known of each before it is known what they are. All lists have one value a line."""

    def __init__(self, lines):
        self.lines = lines
        self.closings = closing_signatures(lines)  # last line: (first line, byline)
        # Lines after the first of a byline that is printed over several.
        self.signed_on = {n for last, (first, _text) in self.closings.items() for n in range(first + 1, last + 1)}
        self.ends = [line.ends_sentence or number in self.closings for number, line in enumerate(lines)]
        self.indented = [line.indent >= 1.5 for line in lines]
        # Justification spreads a line by spaces: its width on paper is between that without them and that with them.
        self.narrowest = [width(line.text) for line in lines]
        self.widest = [max(line.width, narrow) for line, narrow in zip(lines, self.narrowest, strict=True)]
        # A number may have had a space before it.
        self.next_cluster = [
            width(_CLUSTER.match(line.text)[0]) + (0.5 if line.text[:1].isascii() else 0) for line in lines[1:]
        ] + [0]
        text = "\n".join(line.text for line in lines)
        self.pairs = Counter(text[i : i + 2] for i in range(len(text) - 1))
        sizes = Counter()
        for line in lines:
            if line.size:
                sizes[round(line.size * 2) / 2] += len(line.text)
        self.text_size = sizes.most_common(1)[0][0] if sizes else None
        long = sum(len(line.text) for line in lines if line.width > UNWRAPPED)
        self.is_unwrapped = long > 0.5 * len(text)
        self.opens_signed = [opens_with_signature(line.text) for line in lines]
        self.credits = [self._credit(line) for line in lines]
        self.captions = [not line.kind and is_caption(line.text) for line in lines]
        self.spoken = [bool(_SPOKEN.match(line.text)) for line in lines]
        self.datelines = sum(self.opens_signed)
        self.flow = [self._flow(number) for number in range(len(lines) - 1)] + [0.0]
        self.head = [self._head(number) for number in range(len(lines))]
        self.first = [self._first(number) for number in range(len(lines))]
        self.open = [self._open(number) for number in range(len(lines))]
        self.end = [self._end(number) for number in range(len(lines))]

    def full(self, number, column, loose):
        """How well the line fills a column of this width, so that the next word had to go to the next line.

        `loose` is the chance that a line of this page leaves more room than that: where letters were justified.
        """
        score = self.fits(number, column)
        room = self.room(number, column)
        return score - min(6.0, 0.6 - math.log(loose) + 1.2 * room) if room >= 0 else score

    def room(self, number, column):
        """What would be left of the line if the next word stood on it, too; below zero it did not fit."""
        return column - self.widest[number] - self.next_cluster[number]

    def fits(self, number, column):
        """Below zero where the line is wider than the column; a closing mark may hang out of it."""
        over = self.narrowest[number] - column - (1 if self.lines[number].ends_closed else 0.5)
        return -min(8.0, 1.5 + 1.5 * over) if over > 0 else 0.0

    def _credit(self, line):
        """How much the line looks like a credit, where it stands under a headline; 0 where it cannot be one."""
        if line.kind == "head":
            return 0.0
        return 5.0 if is_credit_line(line.text) else 2.0 if may_be_credit_line(line.text) else 0.0

    def _flow(self, number):
        """How well the line reads on into the next one."""
        line, after = self.lines[number], self.lines[number + 1]
        if number + 1 in self.signed_on:
            return 8.0
        if number in self.closings:
            return -8.0
        if line.size and after.size and abs(line.size - after.size) > 0.12 * line.size:
            return -6.0
        if line.width > UNWRAPPED:
            return -6.0 if line.ends_sentence or not line.ends_open else -2.0
        score = 0.0
        if line.ends_sentence:
            score -= 1.2
        elif line.ends_open:
            score += 1.5
        if after.starts_closed:
            score += 4.0
        if _LEANS_BACK.match(after.text) or _LEANS_ON.search(line.text):
            score += 1.0
        if re.search(r"\d$", line.text) and re.match(r"\d|[年月日元余多个名万%]", after.text):
            score += 1.5
        if _OPENERS.match(after.text) and not line.ends_open:
            score -= 1.0
        if self.pairs[line.text[-1:] + after.text[:1]]:
            score += 1.0
        return score

    def _head(self, number):
        line = self.lines[number]
        text, score = line.text, 0.0
        if number in self.closings or number in self.signed_on:
            return -8.0
        if line.ends_sentence:
            score -= 4.5 if text[-1] not in "！？!?…" else 0.5
        if line.ends_open:
            score -= 3.5 if text[-1] not in "：:“" else 1.0
        if line.starts_closed:
            score -= 4.0 if not text.startswith(("—", "…")) else 0.0
        if "。" in text[:-1]:
            score -= 5.0
        if _EXCLAIMED.search(text):
            score -= 1.5
        score -= 1.2 * min(2, text.count("，"))
        if not re.search("[，。、；：]", text):
            score += 0.4
        if line.width > 34:
            score -= 0.25 * (line.width - 34)
        if line.width < 3:
            score -= 1.5
        if _OPENERS.match(text):
            score -= 2.4 if "，" in text[:14] else 0.9
        if _ENUMERATED.match(text):
            score -= 2.0
        if _SPOKEN.match(text) or _ADDRESSED.match(text):
            score -= 6.0
        if self._refers(number):
            score -= 2.0
        if _LEANS_BACK.match(text):
            score -= 1.5
        if line.width <= UNWRAPPED and _TWO_PARTS.match(text):
            score += 1.5
        if self.opens_signed[number]:
            score -= 3.0
        if line.kind:
            return 9.0 if line.kind == "head" else -9.0
        if self.text_size and line.size:
            score += 7.0 if line.size / self.text_size >= 1.15 else -5.0
        return score

    def _refers(self, number):
        """Whether the line belongs to a notice's last words, which often have no full stop."""
        above = self.lines[number - 1].text if number and not self.lines[number - 1].ends_sentence else ""
        return any(_REFERS.match(text) for text in (self.lines[number].text, above))

    def _first(self, number):
        """How much the line looks like the first of a paragraph."""
        line, score = self.lines[number], 0.0
        if number in self.signed_on:
            return -8.0
        if _OPENERS.match(line.text):
            score += 1.0
        if _SPOKEN.match(line.text) or _ADDRESSED.match(line.text):
            score += 2.0
        if _REFERS.match(line.text):
            score += 0.5
        if _LEANS_BACK.match(line.text):
            score -= 2.0
        if line.starts_closed:
            score -= 3.0
        if line.width > 30:
            score += 2.0
        elif line.ends_sentence and line.width < 8:
            score -= 1.0
        if self.is_unwrapped and line.width <= 20 and line.text[-1] in "！？!?":
            score -= 1.5
        return score

    def _open(self, number):
        """How much more the line looks like the first of a story than like that of another paragraph."""
        if self.opens_signed[number]:
            return 3.0
        text = self.lines[number].text
        if self.spoken[number]:
            return -6.0
        return -2.5 if _ENUMERATED.match(text) or re.match("[二三四五六七八九]是|据悉|据了解|随后", text) else 0.0

    def _end(self, number):
        """How well a paragraph ends with the line."""
        line = self.lines[number]
        if self.ends[number] or is_credit_line(line.text):
            return 0.0
        if number + 1 in self.signed_on:
            return -8.0
        if _ADDRESSED.match(line.text):
            return 0.0
        if self._refers(number):
            return -2.0
        # Only a list or an announcement ends a paragraph without a full stop.
        score = -1.5 if line.text[-1:] in "：:；" else -4.0
        if line.text[-1:] in "，、" or _LEANS_ON.search(line.text):
            score -= 1.5
        return score
