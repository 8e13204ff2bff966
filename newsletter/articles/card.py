"""The picture that messengers show with a link to a story that has no photo: its headline as on the page."""

import re
import subprocess
from functools import cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

# The size that the Open Graph protocol's readers ask for.
SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
# Those of static/css/tokens.css.
PAPER, INK, INK_SOFT, ACCENT = "#faf6ed", "#231d18", "#5e544a", "#a92b17"
HEADLINE_SIZES = (96, 84, 72, 60, 50)
LEADING = 1.32

# What may not begin a line, and what may not end one (GB/T 15834—2011, 5.1).
_CLOSING = r"""，。、；：？！）》〉」』】〕”’…—～·,.;:?!)\]%％℃"""
_OPENING = r"""（《〈「『【〔“‘(\["""
# A piece that stays together: a character or a word of other letters, with its punctuation.
_PIECE = re.compile(rf"\s*[{_OPENING}]*(?:[A-Za-z0-9.,:/@&'+-]*[A-Za-z0-9]|\S)[{_CLOSING}]*")


def font():
    """The file of a Chinese font and the number of the face in it; None where this machine has none."""
    return _font(settings.CARD_FONT)


@cache
def _font(chosen):
    if chosen:
        file, _sign, face = chosen.partition("#")
    else:
        try:
            asked = ["fc-match", "--format=%{file}#%{index}#%{lang}", "serif:bold:lang=zh-cn"]
            found = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True).stdout
        except (OSError, subprocess.SubprocessError):
            return None
        file, face, languages = found.split("#")
        # It always answers something.
        if "zh-cn" not in languages.split("|"):
            return None
    try:
        ImageFont.truetype(file, 20, int(face or 0))
    except OSError:
        return None
    return file, int(face or 0)


def draw(masthead, lines, facts):
    """The card as bytes of a PNG.

    `lines`: of the headline as it is printed; `facts`: short texts for its foot. Needs the `font()`.
    """
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    small = _face(36)
    pen.text((MARGIN, 84), _shortened(masthead, _face(50)), ACCENT, _face(50), anchor="ls")
    pen.rectangle((MARGIN, 110, WIDTH - MARGIN, 117), INK)
    pen.rectangle((MARGIN, 122, WIDTH - MARGIN, 123), INK)
    top, bottom = 140, HEIGHT - 110
    face, headline = _set(lines, bottom - top)
    step = face.size * LEADING
    baseline = (top + bottom - step * len(headline)) / 2 + face.size * 1.04
    for line in headline:
        # An opening bracket brings half a character of white, which the edge does not need.
        left = MARGIN - face.size * 0.45 if line.startswith(tuple("（《〈「『【〔“‘")) else MARGIN
        pen.text((left, baseline), line, INK, face, anchor="ls")
        baseline += step
    pen.rectangle((MARGIN, HEIGHT - 100, WIDTH - MARGIN, HEIGHT - 99), INK_SOFT)
    pen.text((MARGIN, HEIGHT - 48), _shortened("　".join(facts), small), INK_SOFT, small, anchor="ls")
    content = BytesIO()
    image.quantize(32).save(content, "PNG")
    return content.getvalue()


def _face(size):
    file, face = font()
    return ImageFont.truetype(file, size, face, layout_engine=ImageFont.Layout.BASIC)


def _set(lines, height):
    """The largest size in which the headline stands in this height, and its lines; it is cut off if there is none."""
    for size in HEADLINE_SIZES:
        face = _face(size)
        fitting = [part for line in lines for part in balanced(line, INNER, _measure(face))]
        most = int(height / (size * LEADING))
        if len(fitting) <= most:
            break
    else:
        fitting = [*fitting[: most - 1], _cut_off(fitting[most - 1], face)]
    return face, fitting


def _measure(face):
    # A headline is measured a hundred times while it is set, and has few different characters.
    advance = cache(face.getlength)
    return lambda text: sum(map(advance, text))


def balanced(text, width, measure):
    """The text in as few lines as it needs, about equally long. `measure(text)` is its width in the unit of `width`."""
    lines = wrapped(text, width, measure)
    while len(narrower := wrapped(text, width := width * 0.96, measure)) == len(lines):
        lines = narrower
        if len(lines) < 2 or width < 1:
            break
    return lines


def wrapped(text, width, measure):
    """The text in lines of at most this width; no closing punctuation begins one, and no opening one ends it."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and measure(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
        # A word wider than a line is broken where the line ends.
        while measure(lines[-1]) > width and len(lines[-1]) > 1:
            fits = next(n for n in range(len(lines[-1]) - 1, 0, -1) if n == 1 or measure(lines[-1][:n]) <= width)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


def _shortened(text, face):
    return text if face.getlength(text) <= INNER else _cut_off(text, face)


def _cut_off(text, face):
    while face.getlength(text + "…") > INNER:
        text = text[:-1]
    return text + "…"
