"""A printed page as bytes becomes stories with their facts. No Django here: this runs in a process of its own."""

import base64
import datetime

from .facts import names_in
from .headlines import headlines_above, match_headlines
from .labels import without_furniture
from .reading import Refused
from .reading.file import read_file
from .recognize import Directory, Story, recognize
from .recognize.endings import kind_of
from .segment import layout_of

# Kept with every result: a change of the rules raises it.
PARSER_VERSION = 1
# Below this a headline is shown to the editor as doubtful.
SURE = 0.5


def parse_page(content, *, encoding=None, date=None, locality="", organizations=(), sections=()):
    """The stories of a page (bytes of a file), in the form of an edition file, as a dict.

    `date` is the edition's ISO day or None, `organizations` a list of `{"name", "kind", "names"}`, `sections` the
    labels of the house. Beside the keys of a story stand those of `facts_of`, `doubts` (words for the editor), `lines`
    (the numbers of its printed lines) and `photos` (numbers); beside the stories `lines` (text, page, box), `photos`
    and `pages` (files of pictures in base64) and `captions` (the words below each photo). Raises `Refused`.
    """
    reading = read_file(content, encoding)
    day = datetime.date.fromisoformat(date) if date else None
    directory = Directory(list(organizations))
    result = _stories(reading.lines, directory, day, locality, frozenset(sections))
    if not result["stories"]:
        raise Refused("no_stories")
    pictures = {
        name: [base64.b64encode(file).decode() for file in getattr(reading, name)] for name in ("photos", "pages")
    }
    return {"version": PARSER_VERSION, **result, **pictures, "captions": reading.captions}


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
    facts = found.facts()
    new = {entry["name"]: entry for entry in found.new_organizations}
    for name in names_in(facts):
        if directory.get(name) is None:
            new.setdefault(name, {"name": name, "kind": kind_of(name), "names": []})
    return {"facts": facts, "remarks": remarks, "new_organizations": list(new.values())}


def _stories(lines, directory, day, locality, sections):
    told = any(line.kind for line in lines)
    kept = lines if told else without_furniture(lines)
    layout = layout_of(kept, sections)
    matched = headlines_above if told else match_headlines
    stories = []
    for body, match in zip(layout.bodies, matched(kept, layout), strict=True):
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
