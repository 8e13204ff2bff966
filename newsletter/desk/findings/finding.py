"""What a finding is: something that staff should look at before a text goes out."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.models import Publishable

AROUND = 14


class Severity(models.IntegerChoices):
    """The heavier ones are listed first. Only what is to be confirmed holds anything up."""

    CONFIRM = 1, _("To be confirmed")
    WARNING = 2, _("Probably wrong")
    ADVICE = 3, _("Please look")


@dataclass(frozen=True)
class Spot:
    """What was found in one text. `spans` are (start, end) offsets; none where something is missing."""

    kind: str
    words: str
    spans: tuple = ()
    severity: Severity = Severity.ADVICE
    # What a confirmation is about; of a number its digits only, however it was written.
    found: str = ""
    # (words, address) of something to compare with.
    link: tuple = ()


@dataclass(frozen=True)
class Finding:
    """A spot with its place in a publishable."""

    publishable: Publishable
    place: str
    spot: Spot
    text: str = field(default="", repr=False)

    @property
    def kind(self):
        return self.spot.kind

    @property
    def severity(self):
        return self.spot.severity

    @property
    def words(self):
        return self.spot.words

    @property
    def link(self):
        return self.spot.link

    @property
    def fingerprint(self):
        """Names the kind, what was found and where, and does not tell it: a number of 11 digits could be guessed from a
        plain digest, so the site's secret key is part of it."""
        meta = self.publishable._meta
        named = f"{meta.label_lower}:{self.publishable.pk}:{self.kind}:{self.spot.found}"
        return salted_hmac("newsletter.desk.findings", named, algorithm="sha256").hexdigest()

    @property
    def excerpt(self):
        """The words that were found and some around them: `[(words, whether they are what was found), …]`."""
        pieces, at = [], 0
        for start, end in self.spot.spans:
            left = max(at, start - AROUND)
            if left > at:
                pieces.append(("…", False))
            pieces += [(self.text[left:start], False), (self.text[start:end], True)]
            at = end
        if pieces:
            pieces.append((self.text[at : at + AROUND], False))
            if at + AROUND < len(self.text):
                pieces.append(("…", False))
        return [piece for piece in pieces if piece[0]]
