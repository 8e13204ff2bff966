"""Word files: one line for a paragraph, the pictures among them, and what the writer made to look like a headline."""

import re
from itertools import groupby
from xml.etree import ElementTree
from zipfile import ZipFile

import mammoth.docx
from mammoth import documents

from newsletter.intake.parser.lines import Line, width
from newsletter.intake.parser.mend import close_spaces

from . import Reading, Refused
from .emphasis import HEADLINE, Printed, tell_headlines
from .package import clean_package, is_picture

# Together, for they go through the answer of the parsing process; and how often any picture may be shown.
PICTURE_BYTES = 40 * 2**20
PICTURES = 300

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|title|subtitle|标题|副标题)\s*\d*", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d*", re.IGNORECASE)
_CAPTION = re.compile(
    r"^[▲△▼▽↑↓←→\s（(【]*(?:图为|[上下左右]图|资料图|(?:图片|照片|图注|图)\s*[一二三四五六七八九十\d]*\s*[：:/])"
    r"|(?:摄|供图|图/\S{1,12}|摄影[：:/]\s*\S{1,12})\s*[）)】]?$"
)


def read_docx(content):
    """The `Reading` of a Word file (bytes). Raises `Refused`; opens no file and no address that the document names."""
    package = clean_package(content)
    reader = _Reader()
    try:
        reader.style_sizes = _style_sizes(package)
        reader.read(mammoth.docx.read(package, external_file_access=False).value)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # Whatever mammoth stumbles over in a damaged file.
        raise Refused("damaged") from error
    return reader.reading()


def _style_sizes(package):
    """The font size in points of each paragraph style that has one; None stands for text without a style."""
    with ZipFile(package) as parts:
        if "word/styles.xml" not in parts.namelist():
            return {}
        root = ElementTree.fromstring(parts.read("word/styles.xml"))
    styles = {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
    usual = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}sz")

    def size(style, steps=10):
        if style is None or not steps:
            return None if usual is None else int(usual.get(f"{_W}val")) / 2  # the file counts half points
        own, base = style.find(f"{_W}rPr/{_W}sz"), style.find(f"{_W}basedOn")
        if own is not None:
            return int(own.get(f"{_W}val")) / 2
        return size(None if base is None else styles.get(base.get(f"{_W}val")), steps - 1)

    normal = next((style for style in styles.values() if style.get(f"{_W}default") == "1"), None)
    return {None: size(normal), **{key: size(style) for key, style in styles.items()}}


class _Reader:
    """Walks through a document and keeps its lines and pictures."""

    def __init__(self):
        self.style_sizes = {}
        self.printed, self.gap = [], False
        self.photos = {}  # the number of each file
        self.shown = 0
        self.waiting = []  # photos above the first line
        self.above = None  # the photo directly above

    def reading(self):
        tell_headlines(self.printed)
        captions = [""] * len(self.photos)
        lines = []
        for index, one in enumerate(self.printed):
            if one.captioned is not None and not self._is_whole_story(index):
                captions[one.captioned] = one.line.text
                continue
            one.line.photos = tuple(one.photos)
            lines.append(one.line)
        return Reading(lines, list(self.photos), captions=captions)

    def _is_whole_story(self, index):
        """Whether a caption is all the text that its headline has."""
        beside = self.printed[max(0, index - 1) : index] + self.printed[index + 1 : index + 2]
        return index > 0 and all(one.line.size == HEADLINE for one in beside)

    def read(self, block):
        if isinstance(block, documents.Paragraph):
            self._paragraph(block)
        elif isinstance(block, documents.TableRow) and _is_one_line(block):
            self._paragraph(_joined(block))
        else:
            for inner in getattr(block, "children", []):
                self.read(inner)

    def _paragraph(self, paragraph):
        if _CONTENTS.fullmatch(paragraph.style_name or ""):
            return
        for is_break, leaves in groupby(_leaves(paragraph), lambda leaf: isinstance(leaf[0], documents.Break)):
            if not is_break:
                self._line(paragraph, list(leaves))
        if not paragraph.children:
            self.gap = True

    def _line(self, paragraph, leaves):
        runs = [(_text(leaf), run) for leaf, run in leaves]
        raw = "".join(text for text, _run in runs)
        text = close_spaces(raw)
        photos = [number for leaf, _run in leaves for number in self._photo(leaf)]
        if photos:
            self.above = photos[-1]
        if not text:
            # A picture of its own belongs to the line above, which is of the same story.
            (self.printed[-1].photos if self.printed else self.waiting).extend(photos)
            self.gap = self.gap or not photos
            return
        indent = max(width(raw[: len(raw) - len(raw.lstrip())]), _first_line(paragraph))
        one = Printed(Line(text, indent=indent, gap=self.gap and bool(self.printed)))
        one.size, one.bold = self._looks(runs, paragraph.style_id)
        one.line.bold = one.bold
        one.centred = paragraph.alignment == "center"
        one.heading = bool(_HEADING.fullmatch(paragraph.style_name or ""))
        one.photos = self.waiting + photos
        if _CAPTION.search(text) and width(text) <= 60:
            one.captioned = self.above
        elif not photos:
            self.above = None
        self.printed.append(one)
        self.waiting, self.gap = [], False

    def _looks(self, runs, style):
        """The size of most of the text, and whether all of it is bold."""
        weights = {}
        for text, run in runs:
            if text.strip():
                size = run.font_size or self.style_sizes.get(style) or self.style_sizes.get(None)
                weights[size] = weights.get(size, 0) + len(text)
        return max(weights, key=weights.get), all(run.is_bold for text, run in runs if text.strip())

    def _photo(self, leaf):
        """The number of a picture, or nothing: for one of another kind, or one that is not in the file."""
        if not isinstance(leaf, documents.Image):
            return
        self.shown += 1
        if self.shown > PICTURES:
            raise Refused("too_large")
        try:
            with leaf.open() as file:
                content = file.read()
        except (KeyError, ValueError):
            return  # linked, or dropped from the package
        if is_picture(content):
            yield self.photos.setdefault(content, len(self.photos))
            if sum(map(len, self.photos)) > PICTURE_BYTES:
                raise Refused("too_large")


def _leaves(element, run=None):
    """Texts, tabs, breaks and pictures in order, each with the run that it stands in."""
    if isinstance(element, documents.Run):
        run = element
    for child in getattr(element, "children", ()):
        if isinstance(child, documents.HasChildren):
            yield from _leaves(child, run)
        else:
            yield child, run


def _text(leaf):
    return leaf.value if isinstance(leaf, documents.Text) else "\t" if isinstance(leaf, documents.Tab) else ""


def _first_line(paragraph):
    """The indent of the first line in characters; the file counts twentieths of a point."""
    twips = paragraph.indent.first_line or "0"
    return int(twips) / 20 / 10.5 if twips.isdigit() else 0.0


def _is_one_line(row):
    """Whether the cells of a row are short, as in a list; longer ones are places for texts of their own."""
    texts = ["".join(_text(leaf) for leaf, _run in _leaves(cell)) for cell in row.children]
    return len(texts) > 1 and max(map(width, texts)) <= 20 and all(len(cell.children) <= 1 for cell in row.children)


def _joined(row):
    space = documents.run([documents.text("\u3000")])
    return documents.paragraph([part for cell in row.children for part in (*cell.children, space)])
