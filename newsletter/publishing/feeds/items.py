"""What a feed holds, whatever its format. Paths are those of this site; the formats make them absolute."""

import datetime
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Category:
    scheme: str  # the path under which the things of this kind stand, such as /tags/
    slug: str
    name: str


@dataclass
class Enclosure:
    path: str
    length: int  # bytes
    media_type: str
    width: int | None = None  # pixels, of a picture
    height: int | None = None
    caption: str = ""
    credit: str = ""

    @property
    def is_picture(self):
        return self.media_type.startswith("image/")


@dataclass
class Item:
    uuid: UUID
    path: str
    title: str
    html: str  # the whole text
    published: datetime.datetime
    updated: datetime.datetime
    summary: str = ""
    author: str = ""
    contributors: list[str] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    enclosure: Enclosure | None = None

    def __post_init__(self):
        # What was scheduled was changed last before anybody could see it.
        self.updated = max(self.updated, self.published)


@dataclass
class Deleted:
    """An item that readers saw and that was taken back."""

    uuid: UUID
    at: datetime.datetime
    reason: str


@dataclass
class Feed:
    uuid: UUID
    title: str
    description: str
    author: str
    home: str  # path of the page that the feed follows
    path: str  # of the feed itself, with its query
    updated: datetime.datetime
    items: list[Item]
    deleted: list[Deleted]
    first: str = ""  # path of the newest page of this feed, where this is an older one
    next: str = ""  # path of the page with older items
    hub: str = ""  # address of the WebSub hub
