"""What a photo should have beside it."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .finding import Spot
from .texts import place_of_part


def find(photos):
    """(place, `Spot`) for each photo that lacks something; what is decorative needs no words of its own."""
    for number, photo in enumerate(photos, 1):
        lacking = [
            words
            for is_lacking, words in (
                (not photo.caption and not photo.decorative, _("caption")),
                (not photo.credit, _("credit")),
                (not photo.alt_text and not photo.decorative, _("alternative text")),
            )
            if is_lacking
        ]
        if lacking:
            yield (
                capfirst(place_of_part(photo, number)),
                Spot("photo", _("Without %(parts)s.") % {"parts": "、".join(lacking)}),
            )
