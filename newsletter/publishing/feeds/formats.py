from collections.abc import Callable
from dataclasses import dataclass

from . import atom, json_feed, rss


@dataclass
class Format:
    label: str
    media_type: str
    write: Callable  # (feed, media type) -> bytes
    tells_deletions: bool = False


# The keys are the endings of the addresses.
FORMATS = {
    "rss": Format("RSS", "application/rss+xml", rss.write),
    "atom": Format("Atom", "application/atom+xml", atom.write, tells_deletions=True),
    "json": Format("JSON Feed", "application/feed+json", json_feed.write),
}


class FormatConverter:
    """`<feed:format>` in an address."""

    regex = "|".join(FORMATS)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
