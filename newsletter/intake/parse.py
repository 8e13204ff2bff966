"""A printed page as bytes becomes stories with their facts. No Django here: this runs in a process of its own."""

import base64
import datetime

from .headlines import headlines_above, match_headlines
from .labels import without_furniture
from .reading import Reading, Refused
from .reading.pdf import is_pdf, read_pdf
from .reading.text import read_text
from .recognize import Directory, Story, recognize
from .segment import layout_of

# Kept with every result: a change of the rules raises it.
PARSER_VERSION = 1
# Below this a headline is shown to the editor as doubtful.
SURE = 0.5


def parse_page(content, *, encoding=None, date=None, locality="", organizations=(), sections=()):
    """The stories of a page (bytes of a file), in the form of an edition file, as a dict.

    `date` is the edition's ISO day or None, `organizations` a list of `{"name", "kind", "names"}`, `sections` the
    labels of the house. Beside the keys of a story stand `doubts` (words for the editor), `lines` (the numbers of
    its printed lines) and `photos` (numbers); beside the stories `lines` (text, page, box), `photos` and `pages`
    (files of pictures in base64). Raises `Refused`.
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
    return {"version": PARSER_VERSION, **result, **pictures}


def read(content, encoding=None) -> Reading:
    """The file's `Reading`, by what it is and not by what it is called. Raises `Refused`."""
    if is_pdf(content):
        return read_pdf(content)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refused("not_text")
    return read_text(content, encoding)


def _stories(lines, directory, day, locality, sections):
    told = any(line.kind for line in lines)
    kept = lines if told else without_furniture(lines)
    layout = layout_of(kept, sections)
    matched = headlines_above if told else match_headlines
    stories, proposed = [], {}
    for body, match in zip(layout.bodies, matched(kept, layout), strict=True):
        title = [kept[number].text for number in match.lines] if match else []
        story = Story(title=title, paragraphs=body.paragraphs, byline=body.byline, section=body.section)
        facts = recognize(story, directory, date=day, locality=locality)
        for organization in facts.new_organizations:
            proposed.setdefault(organization["name"], organization)
        doubts = ["没有找到标题"] if match is None else []
        if match and match.score < SURE:
            doubts.append("标题离正文较远，请核对" if match.is_far else "标题不太确定，请核对")
        doubts += dict.fromkeys(mark.doubt for mark in facts.marks if mark.doubt)
        stories.append(
            {
                "section": body.section,
                "title": title,
                "byline": body.byline,
                "paragraphs": body.paragraphs,
                "facts": facts.facts(),
                "doubts": doubts,
                "lines": (numbers := [*(match.lines if match else []), *range(body.start, body.end)]),
                "photos": [photo for number in numbers for photo in kept[number].photos],
            }
        )
    known = {name for story in stories for name in story["facts"]["organizations"]}
    return {
        "stories": stories,
        "new_organizations": [organization for name, organization in proposed.items() if name in known],
        "lines": [{"text": line.text, "page": line.page, "box": line.box} for line in kept],
    }
