"""A file becomes printed lines: what every way of reading ends in."""

from dataclasses import dataclass, field

from newsletter.intake.parser.lines import Line


class Refused(Exception):
    """The file cannot be taken in; `code` is a key of `newsletter.intake.refusals.REASONS`."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass
class Reading:
    """What a file says: its lines in reading order, its photos, and how its pages look.

    `photos` and `pages` are files of pictures (bytes); `Line.photos` and `Line.page` number them from 0. `captions`
    are the words printed below each photo, or empty.
    """

    lines: list[Line]
    photos: list[bytes] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.captions = self.captions or [""] * len(self.photos)
