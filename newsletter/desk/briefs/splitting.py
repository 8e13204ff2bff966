"""A pasted block of briefs becomes pieces: pure text, no database."""

import re
from dataclasses import dataclass
from itertools import pairwise

from newsletter.intake.parser.features import Page
from newsletter.intake.parser.labels import is_section
from newsletter.intake.parser.lines import Line
from newsletter.intake.parser.mend import close_spaces, join
from newsletter.intake.parser.signatures import closing_signatures
from newsletter.records.text import clean_lines

LONGEST_TITLE = 34  # in full-width characters: more is a sentence without its stop
LONGEST_PROPOSAL = 24

_NUMERALS = "一二三四五六七八九十"
# What counts briefs; each kind with its number as group 1. Bullets count nothing.
_MARKERS = {
    "digit": re.compile(r"(\d{1,2})\s*(?:[、)）]|[.．](?!\d))\s*"),
    "bracketed digit": re.compile(r"[（(](\d{1,2})[）)]\s*"),
    "numeral": re.compile(rf"([{_NUMERALS}]{{1,3}})\s*[、.．]\s*"),
    "bracketed numeral": re.compile(rf"[（(]([{_NUMERALS}]{{1,3}})[）)]\s*"),
    "circle": re.compile(r"([①-⑳])\s*"),
    "bullet": re.compile(r"(?:[●■◆▲★☆○□◇△•·▪►▶※❖◎]|[-*—](?=\s))\s*"),
}
_HEADED = re.compile(r"【([^【】]{2,40})】(?=.)")
_LAST_BRACKET = re.compile(r"\s*[（(]\s*([^（）()]{1,24}?)\s*[）)]\s*[。.]?$")
# What a first clause is without: when it was, and whose report it is.
_WHEN_WORDS = "日前|近日|近期|最近|昨日|昨天|今天|今日|连日来|本周|上周|周末|上午|下午|中午|晚上"
_WHEN = re.compile(
    r"^(?:本[报刊]讯\s*)?(?:"
    rf"(?:{_WHEN_WORDS})[，,]?"
    r"|(?:\d{2,4}年)?\d{1,2}月[^，,。]{0,14}[，,]"
    r"|\d{1,2}日[^，,。]{0,8}[，,]"
    r"|[^，,。]{1,8}(?:前夕|期间|之际|来临|将至|当天)[，,]"
    r")"
)
_CLAUSE_END = re.compile(r"[，,。；;：:！!？?\n]")


@dataclass
class Piece:
    """One brief: `text` has a paragraph a line; title and byline may be empty."""

    title: str
    text: str
    byline: str

    def __str__(self):
        return "\n".join(filter(None, [self.title, self.text + (f"（{self.byline}）" if self.byline else "")]))


def split(block, is_name=lambda words: False):
    """The list of `Piece`s of a block of text.

    A brief ends with its byline in brackets, before the next number or bullet where the block has them, and before a
    headline that an empty line sets apart. `is_name` says of words whether they are the name of a contributor: in
    brackets these end a brief even where no full stop stands before them.
    """
    lines = _lines(block)
    signed = _signed(lines, is_name)
    begins = {*_begins(lines, signed), *(last + 1 for last in signed), 0, len(lines)}
    return [_piece(lines[start:end], signed.get(end - 1)) for start, end in pairwise(sorted(begins))]


def split_off_byline(text, is_name=lambda words: False):
    """(text without its closing byline, byline) of one brief; the byline is "" where there is none."""
    lines = _lines(text)
    if len(lines) - 1 not in (signed := _signed(lines, is_name)):
        return text, ""
    piece = _piece(lines, signed[len(lines) - 1], titled=False)
    return piece.text, piece.byline


def propose_title(text):
    """The first clause of a brief, cut at `LONGEST_PROPOSAL` characters, without the words that say when."""
    first = text.strip().split("\n")[0]
    while (when := _WHEN.match(first)) and when.end() < len(first):
        first = first[when.end() :].lstrip()
    clauses = [clause.strip() for clause in _CLAUSE_END.split(first) if clause.strip()]
    return clauses[0][:LONGEST_PROPOSAL] if clauses else ""


def _lines(block):
    """The `Line`s that have words; `gap` where an empty one stood before. Labels of sections are none."""
    lines, gap = [], False
    for text in clean_lines(block).split("\n"):
        text = close_spaces(text)
        if text and not is_section(text):
            lines.append(Line(text, gap=gap))
        gap = not text
    return lines


def _signed(lines, is_name):
    """{number of the last line of a byline: (number of its first line, the byline)}."""
    signed = closing_signatures(lines)
    for number, line in enumerate(lines):
        found = _LAST_BRACKET.search(line.text)
        if found and number not in signed and is_name(found[1]):
            signed[number] = (number, found[1])
    return signed


def _begins(lines, signed):
    """Numbers of the lines with which a brief begins, by what counts the briefs or by a headline set apart."""
    # A line above the first number may be what the whole is called.
    top = lines[: 1 if lines and (lines[0].ends_open or lines[0].ends_sentence) else 2]
    kind, counted = next(filter(all, (_marker(line.text) for line in top)), (None, 1))
    begins, fresh = set(), True
    for number, line in enumerate(lines):
        found, count = _marker(line.text, kind)
        if found and (kind or fresh) and (found == "bullet" or count == counted):
            begins.add(number)
            counted = count + 1
            lines[number] = Line(_MARKERS[found].sub("", line.text, count=1) or line.text, gap=line.gap)
        elif not fresh and line.gap and lines[number - 1].ends_sentence and _is_headline(lines[number:], alone=True):
            begins.add(number)
        fresh = number in signed
    return begins


def _marker(text, kind=None):
    """(kind, number) of what counts a line: one of `_MARKERS`, and its number, 1 for every bullet; or (None, None)."""
    for name in [kind] if kind else _MARKERS:
        if found := _MARKERS[name].match(text):
            return name, _count(found[1]) if found.lastindex else 1
    return None, None


def _count(words):
    if words.isdecimal():
        return int(words)
    if "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    tens, _ten, ones = words.rpartition("十")
    if not _ten:
        return _NUMERALS.index(ones[-1]) + 1
    return 10 * (_NUMERALS.index(tens[-1]) + 1 if tens else 1) + (_NUMERALS.index(ones[-1]) + 1 if ones else 0)


def _piece(lines, signed, titled=True):
    """The `Piece` of its lines; the numbers of `signed` are those of the whole block."""
    byline = ""
    if signed:
        byline = signed[1]
        lines = _without_byline(lines, byline)
    title = []
    if titled:
        while len(title) < 2 and len(lines) > 1 and _is_headline(lines):
            title.append(lines[0].text)
            lines = lines[1:]
        if not title and lines and (headed := _HEADED.match(lines[0].text)):
            title = [headed[1].strip()]
            lines = [Line(lines[0].text[headed.end() :].strip()), *lines[1:]]
    return Piece("\n".join(title), "\n".join(_paragraphs(lines)), byline)


def _without_byline(lines, byline):
    """The lines up to the bracket that opens the byline, which may stand lines above the last one."""
    kept = list(lines)
    while kept:
        text = kept.pop().text
        opening = max(text.rfind("（"), text.rfind("("))
        if opening >= 0:
            rest = text[:opening].rstrip()
            return [*kept, Line(rest)] if rest else kept
    return kept


def _is_headline(lines, alone=False):
    """Whether the first of these lines is the headline of the ones below. `alone`: nothing but its look says so."""
    first, *below = lines
    if not below or first.width > LONGEST_TITLE or (first.ends_sentence and first.text[-1] not in "！？!?"):
        return False
    if first.ends_open or re.search("[。；;]", first.text) or (alone and re.search("[，,]", first.text)):
        return False
    page = Page(lines)
    if page.head[0] <= 0:
        return False
    if below[0].gap:
        return True
    # Lines of one width were wrapped, and then the first is no headline but a line of the text.
    is_wrapped = len(below) > 1 and abs(first.width - below[0].width) <= 2 and not below[0].ends_sentence
    return not is_wrapped and page.flow[0] <= 1


def _paragraphs(lines):
    """The lines joined where they were wrapped: a full line that ends no sentence reads on in the next one."""
    paragraphs, reads_on = [], False
    full = max((line.width for line in lines), default=0) - 3
    for line in lines:
        if not reads_on or line.gap or _marker(line.text)[0]:
            paragraphs.append([])
        paragraphs[-1].append(line.text)
        reads_on = line.width >= full and not line.ends_sentence
    return [join(texts) for texts in paragraphs]
