"""A printed page as bytes becomes stories with their facts. No Django here: this runs in a process of its own."""

import base64
import datetime
import re

from .headlines import match_headlines
from .labels import without_furniture
from .reading import Reading, Refused
from .reading.docx import read_docx
from .reading.package import is_office
from .reading.text import read_text
from .recognize import Directory, Story, recognize
from .segment import layout_of

# Kept with every result: a change of the rules raises it.
PARSER_VERSION = 1
# A printed page has ten thousand characters in some hundred lines. Where every line is a headline, a page of these
# limits takes 3 s, and twice as much takes four times as long.
CHARACTERS, LINES = 100_000, 5000
# Below this a headline is shown to the editor as doubtful.
SURE = 0.5

_NO_TEXT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:\{\\rtf|<!doctype|<html|<\?xml|MIME-Version:)"
    rb"|\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|BM.{4}\0{4}|II\*\0|MM\0\*|....ftyp|Rar!|7z\xbc\xaf|\x1f\x8b",
    re.IGNORECASE | re.DOTALL,
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def parse_page(content, *, encoding=None, date=None, locality="", organizations=(), sections=()):
    """The stories of a page (bytes of a file), in the form of an edition file, as a dict.

    `date` is the edition's ISO day or None, `organizations` a list of `{"name", "kind", "names"}`, `sections` the
    labels of the house. Beside the keys of a story stand those of `facts_of`, `doubts` (words for the editor), `lines`
    (the numbers of its printed lines) and `photos` (numbers); beside the stories `lines` (text, page, box), `photos`
    and `pages` (files of pictures in base64) and `captions` (the words below each photo). Raises `Refused`.
    """
    reading = read(content, encoding)
    day = datetime.date.fromisoformat(date) if date else None
    directory = Directory(list(organizations))
    result = _stories(reading.lines, directory, day, locality, frozenset(sections))
    if not result["stories"]:
        raise Refused("no_stories")
    pictures = {
        name: [base64.b64encode(file).decode() for file in getattr(reading, name)] for name in ("photos", "pages")
    }
    return {"version": PARSER_VERSION, **result, **pictures, "captions": reading.captions}


def read(content, encoding=None) -> Reading:
    """The file's `Reading`, by what it is and not by what it is called. Raises `Refused`."""
    if content.startswith(b"%PDF"):
        raise Refused("not_text")
    reading = read_docx(content) if is_office(content) else _read_text(content, encoding)
    if len(reading.lines) > LINES or sum(len(line.text) for line in reading.lines) > CHARACTERS:
        raise Refused("too_much_text")
    return reading


def _read_text(content, encoding):
    if _NO_TEXT.match(content):
        raise Refused("not_text")
    if len(content) > 4 * CHARACTERS:  # no encoding needs more bytes for a character
        raise Refused("too_much_text")
    try:
        return read_text(content, encoding)
    except Refused as refused:
        if refused.code == "encoding" and _BINARY.search(content):
            # Whoever looks for the encoding of what is no text looks in vain.
            raise Refused("not_text") from refused
        raise


def facts_of(story, directory, *, day, locality):
    """What a story tells: a dict of `facts` (as in an edition file), `remarks` on them, and `new_organizations`.

    `story` is a dict with title, paragraphs, byline and section. A remark is `{"kind", "value", "printed", "doubt"}`:
    a finding that is doubtful, as it is printed and why it is doubted.
    """
    keys = ("title", "paragraphs", "byline", "section")
    found = recognize(Story(**{key: story[key] for key in keys}), directory, date=day, locality=locality)
    remarks = [
        {"kind": mark.kind, "value": mark.value, "printed": mark.text, "doubt": mark.doubt}
        for mark in found.marks
        if mark.doubt
    ]
    return {"facts": found.facts(), "remarks": remarks, "new_organizations": found.new_organizations}


def _stories(lines, directory, day, locality, sections):
    kept = without_furniture(lines)
    layout = layout_of(kept, sections)
    stories = []
    for body, match in zip(layout.bodies, match_headlines(kept, layout), strict=True):
        numbers = [*(match.lines if match else []), *range(body.start, body.end)]
        story = {
            "section": body.section,
            "title": [kept[number].text for number in match.lines] if match else [],
            "byline": body.byline,
            "paragraphs": body.paragraphs,
        }
        stories.append(
            {
                **story,
                **facts_of(story, directory, day=day, locality=locality),
                "doubts": _doubts(match),
                "lines": numbers,
                "photos": [],
            }
        )
    _share_photos(stories, kept)
    return {
        "stories": stories,
        "lines": [{"text": line.text, "page": line.page, "box": line.box} for line in kept],
    }


def _doubts(match):
    if match is None:
        return ["没有找到标题"]
    if match.score < SURE:
        return ["标题离正文较远，请核对" if match.is_far else "标题不太确定，请核对"]
    return []


def _share_photos(stories, lines):
    """Give each photo to the story of its line; where the line is of none, to the story below, else above."""
    owners = {number: story for story in stories for number in story["lines"]}
    for number, line in enumerate(lines):
        if line.photos and owners:
            nearest = next(near for near in (*range(number, len(lines)), *range(number, -1, -1)) if near in owners)
            photos = owners[nearest]["photos"]
            photos.extend(photo for photo in line.photos if photo not in photos)
