"""Words on the list that staff keep."""

import re

from django.utils.translation import gettext as _

from .finding import Severity, Spot
from .models import WatchedWord


class Watched:
    """The list as it stands now, ready to be looked for."""

    def __init__(self):
        self.words = {watched.word.casefold(): watched for watched in WatchedWord.objects.all()}
        longest_first = sorted(self.words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)), re.I) if longest_first else None

    def find(self, text):
        """A `Spot` for each word of the list, with all its places in the text."""
        places = {}
        for match in self._pattern.finditer(text) if self._pattern else ():
            places.setdefault(match.group().casefold(), []).append(match.span())
        for word, spans in places.items():
            if watched := self.words.get(word):
                yield Spot("watched_word", _advice(watched), tuple(spans), Severity(watched.severity))


def _advice(watched):
    rather = _("Rather: %(replacement)s.") % {"replacement": watched.replacement} if watched.replacement else ""
    return " ".join(filter(None, [rather, watched.note])) or _("This word is on the list of words to look at.")
