import re

from newsletter.records.text import clean_line

MAX_LENGTH = 100


def tags_from_text(text):
    """The tags in what an editor typed: between commas or enumeration commas, full-width or half-width, or spaces.

    Raises `ValueError`, which taggit shows as a message of its form field, where one is too long.
    """
    tags = sorted({tag for tag in re.split(r"[,，、;；\s]+", clean_line(text)) if tag})
    if any(len(tag) > MAX_LENGTH for tag in tags):
        raise ValueError("A tag is too long.")
    return tags
