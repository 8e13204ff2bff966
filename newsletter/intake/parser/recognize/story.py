"""What goes in and comes out of recognition, and how a text is cut into sentences."""

import re
from dataclasses import dataclass, field

# One character for one: offsets in the readable text are offsets in the printed text.
_READABLE = str.maketrans(
    {chr(0xFF10 + n): str(n) for n in range(10)}
    | {chr(0xFF21 + n): chr(ord("A") + n) for n in range(26)}
    | {chr(0xFF41 + n): chr(ord("a") + n) for n in range(26)}
    | {
        ",": "，",
        ";": "；",
        ":": "：",
        "(": "（",
        ")": "）",
        "!": "！",
        "?": "？",
        "．": ".",
        "\u3000": " ",
        "﹑": "、",
    }
    | {"「": "“", "」": "”", "『": "‘", "』": "’", "％": "%", "／": "/", "－": "-", "–": "—", "～": "~", "\u00a0": " "}
)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]*[”’」）]*")
LONGEST_SENTENCE = 1000


def readable(text):
    """`text` with full-width digits and half-width punctuation made uniform; the same length, offset by offset.

    A comma between two digits stays (2,374), a straight quote becomes an opening or closing one in turn.
    """
    plain = text.translate(_READABLE)
    if "，" in plain and "," in text:
        plain = re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", plain)
    if ":" in text or "：" in plain:
        plain = re.sub(r"(?<=\d)：(?=\d\d(?!\d))", ":", plain)
    if '"' in plain:
        parts = plain.split('"')
        plain = parts[0] + "".join(("“" if n % 2 else "”") + part for n, part in enumerate(parts[1:], 1))
    return plain


@dataclass
class Story:
    """One story of a page: `title` its printed lines, `paragraphs` joined lines, `byline` without its brackets."""

    title: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    byline: str = ""
    section: str = ""


@dataclass(frozen=True)
class Mark:
    """A place in a story and what it was taken for.

    `where` is "title" (offsets in its lines joined by a line feed), "byline" or the index of a paragraph; `score` goes
    from 0 to 1; `doubt` is a reason in Chinese for the editor, empty where there is none.
    """

    kind: str
    where: str | int
    start: int
    end: int
    text: str
    value: object
    score: float = 1.0
    doubt: str = ""


@dataclass(frozen=True)
class Mention:
    """An organization named in a text: `name` is its full name, `known` whether the directory has it.

    `meant` is the form of the name of which this seems to be a misprint, else "".
    """

    start: int
    end: int
    name: str
    score: float = 1.0
    doubt: str = ""
    known: bool = True
    kind: str = ""
    meant: str = ""


@dataclass(frozen=True)
class Sentence:
    start: int
    end: int
    text: str


@dataclass
class Passage:
    """A readable text of the story with what was found in it."""

    where: str | int
    text: str
    mentions: list[Mention] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def mentions_in(self, start, end):
        return [mention for mention in self.mentions if start <= mention.start and mention.end <= end]


@dataclass
class Recognized:
    """`marks` in the order of the text; `new_organizations` as the edition file lists organizations."""

    marks: list[Mark]
    new_organizations: list[dict]
    _facts: dict

    def facts(self):
        """The `facts` of a story as docs/edition-file.md has them; lists may be empty, other keys may be missing."""
        return self._facts


def sentences(text):
    """Sentences with their offsets; a text without stops is cut, so that no rule ever reads far."""
    found = []
    for match in _SENTENCE.finditer(text):
        for start in range(match.start(), match.end(), LONGEST_SENTENCE):
            end = min(start + LONGEST_SENTENCE, match.end())
            found.append(Sentence(start, end, text[start:end]))
    return found


def quoted_spans(text, marks="“”‘’《》"):
    """Outermost (start, end) of what stands in quotation marks, the marks included; unclosed ones are ignored."""
    opening = {marks[n]: marks[n + 1] for n in range(0, len(marks), 2)}
    spans, start, closing = [], -1, ""
    for at, char in enumerate(text):
        if start < 0:
            if char in opening:
                start, closing = at, opening[char]
        elif char == closing:
            spans.append((start, at + 1))
            start = -1
    return spans


def inside(spans, at):
    return any(start < at < end - 1 for start, end in spans)
