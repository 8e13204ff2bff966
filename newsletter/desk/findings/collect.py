"""All findings of a publishable: what each family finds, put together with its place."""

import re

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsletter.articles.models import Article
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event
from newsletter.publishing.models import Publication
from newsletter.records.dates import local_day

from . import dates, language, personal, pictures, repetition
from .finding import Finding, Severity, Spot
from .names import names_of_directory
from .texts import texts_of
from .watched import Watched

# Where organizations are named in running text; a credit or tag is too short to tell a name from other words.
_PROSE = {"body", "title", "kicker", "subtitle", "summary", "caption", "alt_text", "name"}
_NO_PROSE = {"hidden", "tags", "byline"}


def findings_of(publishable):
    """The list of `Finding`s of the publishable, then of what is published along with it; the heavier ones first."""
    watched, locality = Watched(), _locality_of(publishable)
    names = names_of_directory(locality)
    found = []
    for one in [publishable, *_along(publishable)]:
        own = _Look(one, watched, names).findings()
        found += sorted(own, key=lambda finding: finding.severity)
    return found


def personal_findings_of(publishable):
    """Only the numbers of persons in it, and only its own: what a confirmation is asked for."""
    return [
        Finding(publishable, text.place, spot, text.text)
        for text in texts_of(publishable)
        for spot in personal.find(text.text)
    ]


def _along(publishable):
    """What a step takes along, or what is looked at together with it: whatever readers have not seen yet."""
    found = []
    for companion in publishable.published_along():
        if companion.state in (companion.State.DRAFT, companion.State.REVIEW) and companion not in found:
            found += [companion, *(one for one in _along(companion) if one not in found)]
    return found


def _locality_of(publishable):
    edition = _edition_of(publishable)
    return (edition.locality if edition else "") or Publication.current().locality


def _edition_of(publishable):
    if isinstance(publishable, Edition):
        return publishable
    if isinstance(publishable, Article):
        return Edition.objects.filter(items__article=publishable).order_by("date").first()
    return None


class _Look:
    """One publishable with what is needed to look at it."""

    def __init__(self, publishable, watched, names):
        self.publishable, self.watched, self.names = publishable, watched, names
        self.edition, self.texts = _edition_of(publishable), texts_of(publishable)
        self.day = self._day()

    def findings(self):
        """In the order of their weight, then of their places; what is missing altogether comes last of its weight."""
        body = self._numbers(lambda text: text.role == "body")
        spots = [(number, spot) for number, text in enumerate(self.texts) for spot in self._in(text)]
        prose = self._numbers(lambda text: text.role in _PROSE)
        spots += [(prose[n], spot) for n, spot in self.names.find([self.texts[n].text for n in prose], self.day)]
        if isinstance(self.publishable, Article):
            paragraphs = [self.texts[n].text for n in body]
            spots += [(body[n], spot) for n, spot in repetition.find(self.publishable, paragraphs)]
        for group in (body, *([n] for n in self._numbers(lambda text: text.role not in {*_NO_PROSE, "body"}))):
            unbalanced = language.find_unbalanced([self.texts[n].text for n in group])
            spots += [(group[n], spot) for n, spot in unbalanced]
        found = [
            Finding(self.publishable, self.texts[n].place, spot, self.texts[n].text)
            for n, spot in sorted(spots, key=lambda one: (one[0], one[1].spans))
        ]
        found += [Finding(self.publishable, place, spot) for place, spot in self._of_the_whole()]
        return sorted(found, key=lambda finding: finding.severity)

    def _numbers(self, fits):
        return [number for number, text in enumerate(self.texts) if fits(text)]

    def _in(self, text):
        """What is found in one text, whatever stands in the others."""
        yield from personal.find(text.text)
        yield from self.watched.find(text.text)
        if text.role not in _NO_PROSE:
            yield from language.find(text.text)
            yield from dates.find(text.text, self.day)
        if text.role == "byline":
            yield from self.names.find_in_byline(text.text, self.day)

    def _of_the_whole(self):
        """(place, `Spot`) of what no single text tells."""
        one = self.publishable
        if isinstance(one, Article):
            yield from pictures.find(one.photos.all())
            if not one.byline and not one.contributor_person:
                yield _label(one, "byline"), Spot("byline", _("There is no byline."))
            if one.date and self.edition and abs((one.date - self.edition.date).days) > 180:
                yield _label(one, "date"), self._other_year(self.edition.date)
        elif isinstance(one, Edition):
            years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", f"{one.title} {one.number}")
            if years and str(one.date.year) not in years:
                yield _label(one, "number"), self._other_year(one.date)
        elif isinstance(one, Award) and one.date and not 0 <= one.date.year - one.year <= 2:
            yield _label(one, "year"), self._other_year(one.date)

    @staticmethod
    def _other_year(day):
        words = _("The year differs from that of the date, %(day)s.") % {"day": day.isoformat()}
        return Spot("year", words, severity=Severity.WARNING)

    def _day(self):
        """The day under which it is listed, by which days without a year are understood; None for a standing page."""
        one = self.publishable
        if isinstance(one, Article):
            return one.date or (self.edition.date if self.edition else local_day())
        if isinstance(one, Event):
            return one.start_date or one.listed_date
        return getattr(one, "date", None)


def _label(publishable, name):
    return capfirst(publishable._meta.get_field(name).verbose_name)
