import re


def tags_from_text(text):
    """The tags in what an editor typed: between commas or enumeration commas, full-width or half-width, or spaces."""
    return sorted({tag for tag in re.split(r"[,，、;；\s]+", text) if tag})
