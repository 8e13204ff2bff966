"""Sets pages as PDFs: columns, headlines over one or more of them, pictures, captions and page furniture.

All places are computed here and typst only prints: the same sheet is the same file for ever. The places are those of
a newspaper: either stories flow from column to column with their headlines (flow), or each is a rectangle of one or
more columns under its headline, and rectangles stand side by side (blocks).
"""

import random
from dataclasses import dataclass, field, replace

from tests.intake.bench.compose import Page, place
from tests.intake.bench.sheets import SHEETS, Sheet, random_sheet
from tests.intake.bench.wrap import INDENT, space_numbers, width, wrap

MARGIN, GUTTER = 36, 18  # points, as all lengths here
LEAST_HEAD = 1.25  # times the body's size, in narrow columns
CAPTIONS = ["图为活动现场。", "图为志愿者在忙碌。", "资料图片", "图为会场一角。 本报记者 摄"]


def pdf_pages():
    """The named sheets as pages: `pdf` holds the file, `expected` what is on it. Needs the package typst."""
    return [typeset(sheet) for sheet in SHEETS]


def pdf_page(name):
    return typeset(next(sheet for sheet in SHEETS if sheet.name == name))


def random_pdf_pages(count, seed=0):
    return [typeset(random_sheet(seed + number)) for number in range(count)]


def typeset(sheet):
    import typst  # only the bench needs it

    expected, placed = place(sheet.shape)
    press = Press(sheet, random.Random(f"typeset {sheet.shape.seed}"), expected["edition"])
    press.print(placed)
    pdf = typst.compile(press.source().encode())
    return Page(sheet.name, "", expected, replace(sheet.shape, name=sheet.name), pdf)


@dataclass
class Press:
    """Fills pages from the top. Lengths are points from a page's upper left corner."""

    sheet: Sheet
    rng: random.Random
    edition: dict
    leaves: list = field(default_factory=lambda: [[]])  # typst code, a list per page
    bottom: float = 0  # of what was printed last on the last page
    pictures: int = 0

    def __post_init__(self):
        self.pitch = self.sheet.size * 1.5
        self.column = self.sheet.characters * self.sheet.size
        self.width = 2 * MARGIN + self.sheet.columns * (self.column + GUTTER) - GUTTER

    def left(self, column):
        return MARGIN + column * (self.column + GUTTER)

    def span(self, columns):
        return columns * (self.column + GUTTER) - GUTTER

    def print(self, placed):
        top = self.masthead()
        self.bottom = top
        if self.sheet.layout == "flow":
            self.flow(placed, top)
        else:
            self.blocks(placed, top)
        if self.sheet.shape.furniture in {"bottom", "both"}:
            self.text(MARGIN, self.bottom + 14, 7, "责任编辑：钟杳　版式：闻笛　校对：祝余")
            self.text(self.width - MARGIN - 20, self.bottom + 14, 7, f"— {self.sheet.shape.seed % 7 + 1} —")
            self.bottom += 24

    # What is printed

    def text(self, x, y, size, words, bold=False, tracking=0.0):
        words = words.replace("\\", "\\\\").replace('"', '\\"')
        font = "sans" if bold else "serif"
        self.leaves[-1].append(f'#put({x:.2f}, {y:.2f}, {size:.2f}, {font}, {tracking:.3f}, "{words}")')

    def rule(self, x, y, long, thick=0.6):
        self.leaves[-1].append(f"#place(dx: {x:.2f}pt, dy: {y:.2f}pt, line(length: {long:.2f}pt, stroke: {thick}pt))")

    def box(self, x, y, wide, high, look):
        self.leaves[-1].append(
            f"#place(dx: {x:.2f}pt, dy: {y:.2f}pt, rect(width: {wide:.2f}pt, height: {high:.2f}pt, {look}))"
        )

    def masthead(self):
        if self.sheet.shape.furniture not in {"top", "both"}:
            return MARGIN
        year, month, day = map(int, self.edition["date"].split("-"))
        self.text(MARGIN, 20, 26, self.edition["title"], bold=True)
        self.text(self.width - MARGIN - 150, 36, 8, f"{year}年{month}月{day}日　第 {self.sheet.shape.seed % 7 + 1} 版")
        self.rule(MARGIN, 56, self.width - 2 * MARGIN, 1)
        return 68

    def label(self, x, y, words):
        self.box(x, y, 3 * self.sheet.size, 1.5 * self.sheet.size, "fill: luma(220), stroke: none")
        self.text(x + 0.3 * self.sheet.size, y + 0.2 * self.sheet.size, self.sheet.size * 1.1, words, bold=True)
        return 2 * self.sheet.size

    def picture(self, x, y, wide, high, caption=True):
        """A grey box and its caption; returns how much height they took."""
        self.box(x, y, wide, high, "fill: luma(200), stroke: 0.4pt")
        if not caption:
            return high + 6
        self.text(x, y + high + 3, self.sheet.size * 0.85, self.rng.choice(CAPTIONS))
        return high + 3 + self.pitch

    def fit(self, one, wide):
        """Breaks a headline anew that would have to be as small as the body; what is expected of it changes, too."""
        room = int(wide / self.sheet.size / LEAST_HEAD)
        if max(map(width, one.story["title"])) <= room:
            return
        lines = [part for line in one.story["title"] for part in wrap(line, room)]
        if len(lines) > 3:
            lines = wrap(one.story["title"][0], room)
        while len(lines) > 3:
            room += 1
            lines = wrap(one.story["title"][0], room)
        one.story["title"] = lines

    def head_lines(self, one, wide):
        """[(words, size, height)] of the headline; each line fits into `wide`."""
        self.fit(one, wide)
        lines = []
        for number, words in enumerate(one.story["title"]):
            times = self.sheet.head_size * (0.75 if number and self.sheet.lesser_lines else 1)
            size = min(max(times, 1.4) * self.sheet.size, wide / width(words))
            lines.append((words, size, size * 1.3))
        return lines

    def head(self, lines, x, y, wide):
        for words, size, high in lines:
            shift = (wide - width(words) * size) / 2 if self.sheet.centred else 0
            self.text(x + max(0, shift), y, size, words, bold=True)
            y += high

    def body_lines(self, one):
        """[(words, indent in characters, stretched to the column's width)] of the whole body."""
        paragraphs = list(one.story["paragraphs"])
        paragraphs[0] = one.opening + paragraphs[0]
        if self.sheet.shape.spaced_numbers:
            paragraphs = [space_numbers(text) for text in paragraphs]
        room, lines = self.sheet.characters, []
        for text in paragraphs:
            wrapped = wrap(text, room, INDENT)
            lines += [(words, 0 if number else INDENT, True) for number, words in enumerate(wrapped[:-1])]
            lines.append((wrapped[-1], 0 if len(wrapped) > 1 else INDENT, False))
        if one.byline in {"tail", "own"}:
            byline = f"（{one.story['byline']}）"
            words, indent, _ = lines[-1]
            used = width(words) + indent
            if one.byline == "tail" and used + 1 + width(byline) <= room:
                gap = "　" * int(room - used - width(byline))
                lines[-1] = (words + gap + byline, indent, False)
            else:
                signature = wrap(byline, room)
                lines += [(words, max(0, room - width(words)), False) for words in signature]
        return lines

    def line(self, x, y, words, indent, stretched):
        tracking = 0.0
        slack = self.sheet.characters - indent - width(words)
        if stretched and self.sheet.justify and len(words) > 1:
            tracking = max(0.0, slack) * self.sheet.size / (len(words) - 1)
        self.text(x + indent * self.sheet.size, y, self.sheet.size, words, tracking=tracking)

    # The two layouts

    def flow(self, placed, top):
        need = sum(len(self.body_lines(one)) * self.pitch + 6 * self.pitch for one in placed)
        need += self.sheet.pictures * 8 * self.pitch
        limit = self.sheet.height - MARGIN if self.sheet.height else top + need / self.sheet.columns + 2 * self.pitch
        column, y, section = 0, top, None

        def step():
            nonlocal column, y, top
            if column + 1 == self.sheet.columns and not self.sheet.height:
                return  # the last column of a page that is as high as it must be
            column, y = column + 1, top
            if column == self.sheet.columns:
                self.leaves.append([])
                column, top, y = 0, MARGIN, MARGIN
                self.bottom = MARGIN

        for one in placed:
            lines = self.head_lines(one, self.column)
            high = sum(line[2] for line in lines) + 0.4 * self.pitch
            if y + high + 4 * self.pitch > limit:
                step()
            if self.sheet.shape.labels and one.story["section"] != section:
                section = one.story["section"]
                y += self.label(self.left(column), y, section)
            self.head(lines, self.left(column), y, self.column)
            y += high
            for number, line in enumerate(self.body_lines(one)):
                if y + self.pitch > limit:
                    step()
                self.line(self.left(column), y, *line)
                y += self.pitch
                self.bottom = max(self.bottom, y)
                if number == 3 and self.pictures < self.sheet.pictures and y + 8 * self.pitch < limit:
                    self.pictures += 1
                    y += self.picture(self.left(column), y + 2, self.column, 5 * self.pitch) + 6
            y += 0.5 * self.pitch
            if self.sheet.frames:
                self.rule(self.left(column), y, self.column)
            y += 0.8 * self.pitch

    def blocks(self, placed, top):
        """Bands of stories side by side; each story has as many columns as suit its length."""
        waiting, y, section = list(placed), top, None
        while waiting:
            if self.sheet.shape.labels and waiting[0].story["section"] != section:
                section = waiting[0].story["section"]
                y += self.label(MARGIN, y, section)
            band, free = [], self.sheet.columns
            while waiting and free and (not self.sheet.shape.labels or waiting[0].story["section"] == section):
                one = waiting.pop(0)
                long = len(self.body_lines(one))
                span = 1 if long < 10 else 2 if long < 36 and not self.sheet.around else 3
                span = min(free, max(span, self.least_span(one)))
                band.append([one, span])
                free -= span
            while free and len(self.body_lines(band[-1][0])) >= 6 * band[-1][1]:
                band[-1][1], free = band[-1][1] + 1, free - 1  # the last one fills the band
            high, column = 0, 0
            for one, span in band:
                high = max(high, self.block(one, column, span, y))
                column += span
            column = 0
            for _, span in band:
                if self.sheet.frames:
                    self.box(self.left(column) - 6, y - 6, self.span(span) + 12, high + 10, "stroke: 0.5pt")
                column += span
            y += high + 1.5 * self.pitch
        self.bottom = y

    def least_span(self, one):
        need = max(map(width, one.story["title"])) * LEAST_HEAD * self.sheet.size
        return next((span for span in range(1, self.sheet.columns) if self.span(span) >= need), self.sheet.columns)

    def block(self, one, column, span, y):
        around = self.sheet.around and span >= 3
        wide = self.span(span - around)
        lines = self.head_lines(one, wide)
        self.head(lines, self.left(column), y, wide)
        head = sum(line[2] for line in lines) + 0.5 * self.pitch
        body = self.body_lines(one)
        picture = 0
        if self.pictures < self.sheet.pictures:
            self.pictures += 1
            picture = (
                self.picture(self.left(column), y + head, self.column, 5 * self.pitch, self.rng.random() < 0.8) + 6
            )
        beside = int(head / self.pitch) if around else 0
        taken = -(-picture // self.pitch) if picture else 0
        deep = int(-(-(len(body) + taken - beside) // span))
        for offset in range(span):
            start = y + head
            room = deep
            if offset == 0:
                start, room = start + taken * self.pitch, int(deep - taken)
            if around and offset == span - 1:
                start, room = start - beside * self.pitch, deep + beside
            last = offset == span - 1
            for number, line in enumerate(body if last else body[: max(0, room)]):
                self.line(self.left(column + offset), start + number * self.pitch, *line)
            body = [] if last else body[max(0, room) :]
        return head + max(deep, taken) * self.pitch + 0.5 * self.pitch

    def source(self):
        high = self.sheet.height or self.bottom + MARGIN
        leaves = self.leaves
        if self.sheet.scrambled:
            leaves = [self.rng.sample(leaf, len(leaf)) for leaf in leaves]
        return "\n".join(
            [
                f"#set page(width: {self.width:.2f}pt, height: {high:.2f}pt, margin: 0pt)",
                "#set document(date: none)",
                '#set text(lang: "zh", region: "cn", cjk-latin-spacing: none)',
                '#let serif = ("Noto Serif CJK SC",)',
                '#let sans = ("Noto Sans CJK SC",)',
                "#let put(x, y, size, font, tracking, words) = place(dx: x * 1pt, dy: y * 1pt, text(",
                '  size: size * 1pt, font: font, tracking: tracking * 1pt, weight: if font == sans { "bold" } else '
                '{ "regular" }, words))',
                "\n#pagebreak()\n".join("\n".join(leaf) for leaf in leaves),
            ]
        )


if __name__ == "__main__":
    import sys
    from pathlib import Path

    for page in pdf_pages():
        if not sys.argv[2:] or page.name in sys.argv[2:]:
            Path(sys.argv[1], f"{page.name}.pdf").write_bytes(page.pdf)
