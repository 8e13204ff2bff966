"""All texts of a publishable that readers may see, each with its place in words."""

import html
import re
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsletter.records.fields import LineField, LinesField, RichTextField
from newsletter.records.text import paragraphs_of

# What only staff read.
UNPUBLISHED = {"staff_note"}
_CELL = re.compile(r"<t[dh]\b")
_HIDDEN = re.compile(r"""\b(?:title="([^"]*)"|href="(?:tel|mailto):([^"]*)")""")


@dataclass(frozen=True)
class Text:
    """`role`: "body" for a paragraph of the text, "hidden" for what stands in a link, else the name of the field."""

    place: str
    role: str
    text: str


def texts_of(publishable):
    """The list of `Text`s, empty ones left out: the fields, then photos, attachments and other parts, then tags."""
    texts = list(_fields_of(publishable))
    for name in publishable.PARTS:
        # Asked anew: rows that were fetched with the object may be older than what is stored.
        rows = getattr(publishable, name).filter()
        if name == "taggedarticle_set":
            texts += [Text(capfirst(_("tags")), "tags", tagged.tag.name) for tagged in rows.select_related("tag")]
        elif any(_is_text(field) for field in rows.model._meta.concrete_fields):
            for number, row in enumerate(rows, 1):
                texts += _fields_of(row, place_of_part(row, number))
    return texts


def place_of_part(row, number):
    return _("%(part)s %(number)s") % {"part": row._meta.verbose_name, "number": number}


def text_fields_of(model):
    """The names of the fields whose text readers may see."""
    return {field.name for field in model._meta.concrete_fields if _is_text(field) and field.name not in UNPUBLISHED}


def _is_text(field):
    return isinstance(field, LineField | LinesField | RichTextField)


def _fields_of(row, part=""):
    names = text_fields_of(type(row))
    for field in row._meta.concrete_fields:
        text = getattr(row, field.attname) if field.name in names else ""
        if not text:
            continue
        label = _("%(part)s, %(field)s") % {"part": part, "field": field.verbose_name} if part else field.verbose_name
        if isinstance(field, RichTextField):
            yield from _paragraphs(label, text)
        else:
            yield Text(capfirst(label), field.name, text)


def _paragraphs(label, markup):
    # A cell of a table is a word of its own: what stands in two of them is not one number.
    for number, paragraph in enumerate(paragraphs_of(_CELL.sub(r"\t\g<0>", markup)), 1):
        place = _("%(field)s, paragraph %(number)s") % {"field": label, "number": number}
        yield Text(capfirst(place), "body", paragraph)
    for match in _HIDDEN.finditer(markup):
        yield Text(capfirst(_("%(field)s, link") % {"field": label}), "hidden", html.unescape(match[1] or match[2]))
