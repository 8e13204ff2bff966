"""The printed page beside its stories: which of its lines belong to which story."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

TONES = 6


@dataclass
class PrintedLine:
    number: int
    text: str
    key: int | None  # of the story to which it belongs
    tone: int  # 1 to TONES; 0 where it belongs to none


@dataclass
class PrintedPage:
    """The image of a page, with the places of its lines in pixels of the image."""

    url: str
    width: int
    height: int
    boxes: list  # of (line, left, top, width, height)


def original_of(page_import):
    """`{"lines": [PrintedLine], "pages": [PrintedPage]}`; without pages where the file does not show how it looked."""
    result = page_import.result
    owner = {}
    for number, story in enumerate(page_import.review["stories"]):
        for line in story["lines"]:
            owner[line] = (story["key"], number % TONES + 1)
    lines = [
        PrintedLine(number, line["text"], *owner.get(number, (None, 0))) for number, line in enumerate(result["lines"])
    ]
    pages = [
        PrintedPage(default_storage.url(page["file"]), page["width"], page["height"], []) for page in result["pages"]
    ]
    for line, printed in zip(result["lines"], lines, strict=True):
        if line["box"] and line["page"] < len(pages):
            page = pages[line["page"]]
            left, top, right, bottom = line["box"]
            place = (left * page.width, top * page.height, (right - left) * page.width, (bottom - top) * page.height)
            page.boxes.append((printed, *(round(length, 1) for length in place)))
    return {"lines": lines, "pages": pages}
