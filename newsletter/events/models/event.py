import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.models import Publishable, PublishableQuerySet
from newsletter.publishing.paging import present
from newsletter.records.dates import local_day
from newsletter.records.fields import LineField, LinesField
from newsletter.records.models import Record
from newsletter.records.slugs import MAX_LENGTH, free_slug
from newsletter.search.following import touched


class EventType(Record):
    SEARCH_FACET = "type"

    name = LineField(_("name"), max_length=20, unique=True, help_text=_("e.g. 讲座, 慰问, 调研"))
    slug = models.SlugField(
        _("address"),
        max_length=MAX_LENGTH,
        unique=True,
        blank=True,
        help_text=_("Leave it empty: it is made from the name."),
    )

    class Meta:
        verbose_name = _("event type")
        verbose_name_plural = _("event types")
        ordering = ["slug"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.slug = self.slug or free_slug(self.name, lambda slug: EventType.objects.filter(slug=slug).exists(), "type")
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("events:type", args=[self.slug])


class EventSeries(Record):
    """What is held again and again, such as the taxi drivers' exam convoy."""

    name = LineField(_("name"), max_length=100, unique=True, help_text=_("e.g. 新居民爱心车队助力高考"))

    class Meta:
        verbose_name = _("event series")
        verbose_name_plural = _("event series")
        ordering = ["name"]

    def __str__(self):
        return self.name


# On a day, what has no hour stands before what has one, on both databases.
FIRST_COMES_FIRST = ("start_date", F("start_time").asc(nulls_first=True), "pk")
NEWEST_FIRST = (present("listed_date").desc(), F("listed_date").desc(), F("id").desc())
# Of a dated event; as one expression, so that an index can have it.
LAST_DAY = Coalesce("end_date", "start_date")


class EventQuerySet(PublishableQuerySet):
    def newest_first(self):
        return self.order_by(*NEWEST_FIRST)

    def for_organization(self, organization):
        """The events in which an organization takes or took part, in any role."""
        return self.filter(self.of_organizations([organization]))

    def of_organizations(self, organizations):
        links = self.model.organizations.through.objects.filter(organization__in=organizations)
        return Q(pk__in=links.values("event"))

    def for_search(self):
        return self.select_related("type", "series").prefetch_related("participations__organization__names")

    def coming(self, today=None):
        """Dated events that have not ended, the next one first; cancelled ones stay, marked."""
        today = today or local_day()
        return self.alias(ends=LAST_DAY).filter(ends__gte=today).order_by(*FIRST_COMES_FIRST)

    def past(self, today=None):
        """Events that have ended, and those that have no date, the newest first."""
        today = today or local_day()
        ended = Q(ends__lt=today) | Q(start_date__isnull=True)
        return self.alias(ends=LAST_DAY).filter(ended).newest_first()

    def between(self, first, last):
        """Dated events with a day from `first` to `last`, both included, in the order in which they begin."""
        return self.alias(ends=LAST_DAY).filter(ends__gte=first, start_date__lte=last).order_by(*FIRST_COMES_FIRST)


class Event(Publishable):
    """Something that happened or will: several articles may report it."""

    class PartOfDay(models.TextChoices):
        MORNING = "morning", _("in the morning")
        NOON = "noon", _("at noon")
        AFTERNOON = "afternoon", _("in the afternoon")
        EVENING = "evening", _("in the evening")

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("Planned")
        HELD = "held", _("Held")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    PARTS = ("participations",)
    SEARCH_FOLLOWS = ("type", "series", "participations__organization")
    # What somebody who means to come must hear of: when, where, and whether at all.
    PLAN = (
        *("start_date", "end_date", "part_of_day", "start_time", "end_time"),
        *("venue", "places", "region", "status"),
    )
    # That it is called off must reach readers at once, without waiting for a review.
    NOT_READ = (*Publishable.NOT_READ, "status", "status_reason")

    name = LineField(
        _("name"), max_length=200, blank=True, help_text=_("May stay empty: then it is shown as its type and hosts.")
    )
    type = models.ForeignKey(EventType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="events")
    start_date = models.DateField(_("first day"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True, help_text=_("Only if it lasts several days."))
    part_of_day = models.CharField(_("part of the day"), max_length=10, choices=PartOfDay, blank=True)
    start_time = models.TimeField(_("begins at"), null=True, blank=True, help_text=_("e.g. 14:30"))
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2200)],
        help_text=_("Where only the year is known."),
    )
    when_text = LineField(
        _("date words as printed"), max_length=60, blank=True, help_text=_("Where there is no date: 日前, 端午前夕 …")
    )
    venue = LineField(_("venue"), max_length=100, blank=True, help_text=_("e.g. 龙港财富广场"))
    places = LinesField(_("other places"), blank=True, rows=2, help_text=_("A place a line, e.g. 埔坪."))
    region = LineField(_("town"), max_length=40, blank=True, help_text=_("e.g. 龙港镇"))
    series = models.ForeignKey(
        EventSeries, verbose_name=_("series"), on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    series_year = models.PositiveSmallIntegerField(
        _("year of the series"), null=True, blank=True, help_text=_("e.g. 13 for 第13个年头")
    )
    series_text = LineField(_("year of the series as printed"), max_length=60, blank=True, help_text=_("e.g. 连续十年"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SCHEDULED)
    status_reason = LineField(
        _("reason"), max_length=200, blank=True, help_text=_("Why it was postponed or cancelled; readers see it.")
    )
    organizations = models.ManyToManyField("orgs.Organization", through="Participation", related_name="events")
    # How often its plan changed, by which calendar programs know the later one (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    # The day under which it is listed: its first day, else its first article's `date`.
    listed_date = models.DateField(_("date"), null=True, blank=True, editable=False, db_index=True)

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            *Publishable.Meta.indexes,
            models.Index("state", *NEWEST_FIRST, name="event_listing"),
            models.Index("type", "state", *NEWEST_FIRST, name="event_of_type"),
            models.Index("state", LAST_DAY, "start_date", name="event_last_day"),
            models.Index(fields=["state", "-first_public_at", "-id"], name="event_feed"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="event_has_date_year_or_words",
                condition=Q(start_date__isnull=False) | Q(year__isnull=False) | ~Q(when_text=""),
                violation_error_message=_("Say when: a first day, or a year, or the date words as printed."),
            ),
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(end_date__isnull=True) | Q(start_date__isnull=False, end_date__gte=F("start_date")),
                violation_error_message=_("The last day is before the first day, or the first day is missing."),
            ),
            models.CheckConstraint(
                name="event_time_needs_a_day",
                condition=Q(start_time__isnull=True, end_time__isnull=True)
                | Q(start_date__isnull=False, start_time__isnull=False),
                violation_error_message=_("A time of day needs a first day, and an end needs a beginning."),
            ),
            models.CheckConstraint(
                name="event_change_of_plan_has_reason",
                condition=~Q(status__in=["postponed", "cancelled"]) | ~Q(status_reason=""),
                violation_error_message=_("Say why it was postponed or cancelled: readers see the reason."),
            ),
        ]

    def __str__(self):
        return self.name or self.derived_name

    def clean(self):
        super().clean()
        last_day = self.end_date or self.start_date
        if self.end_time and self.start_time and last_day == self.start_date and self.end_time < self.start_time:
            raise ValidationError({"end_time": _("It ends before it begins.")})

    def save(self, **kwargs):
        day = self._listing_day()
        if self.listed_date != day:
            self.listed_date = day
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "listed_date"}
        self._count_change_of_plan(kwargs)
        super().save(**kwargs)

    def _count_change_of_plan(self, kwargs):
        names = kwargs.get("update_fields")
        stored = None if self._state.adding else Event.objects.filter(pk=self.pk).values("sequence", *self.PLAN).first()
        if stored is None:
            return
        saved = [name for name in self.PLAN if names is None or name in names]
        changed = any(self._meta.get_field(name).to_python(getattr(self, name)) != stored[name] for name in saved)
        self.sequence = stored["sequence"] + changed
        if names is not None and changed:
            kwargs["update_fields"] = {*names, "sequence"}

    def get_absolute_url(self):
        return reverse("events:detail", args=[self.pk])

    def refresh_listing(self):
        """List it anew where the day of its first article may have changed."""
        self.listed_date = self._listing_day()
        Event.objects.filter(pk=self.pk).update(listed_date=self.listed_date)
        touched(Event, self.pk)

    def _listing_day(self):
        if self.start_date or self._state.adding:
            return self.start_date
        return self.articles.kept().aggregate(first=Min("date"))["first"]

    def search_document(self):
        organizations = [participation.organization for participation in self.participations.all()]
        names = [name.name for organization in organizations for name in organization.names.all()]
        day = self.listed_date or (datetime.date(self.year, 1, 1) if self.year else None)
        return {
            "title": str(self),
            "body": [
                *(self.type.name, self.series and self.series.name, self.series_text, self.when_text),
                *(self.venue, self.places, self.region, self.status_reason, "、".join(names)),
            ],
            "date": day,
            "when": "" if self.start_date else self.when_text or gettext("Year %(year)s") % {"year": self.year},
            "public_from": self.public_from,
            "facets": {"org": {organization.pk for organization in organizations}, "type": {self.type_id}},
        }

    @property
    def derived_name(self):
        """Type and hosts, for an event that has no name; reads `participations` (prefetch it in lists)."""
        return "、".join(self.hosts[:2]) + self.type.name

    @property
    def hosts(self):
        """The short names of those that lead it; reads `participations` (prefetch it in lists)."""
        return [p.organization.short_name for p in self.participations.all() if p.role in p.LEADING]

    @property
    def place_words(self):
        return [line for line in self.places.split("\n") if line]

    def is_called_off(self):
        return self.status in {self.Status.POSTPONED, self.Status.CANCELLED}

    @property
    def last_day(self):
        return self.end_date or self.start_date

    def is_coming(self, today):
        """`coming()` for one event in memory."""
        return self.last_day is not None and self.last_day >= today

    def happened(self, today=None):
        return self.status == self.Status.HELD or (self.last_day is not None and self.last_day < (today or local_day()))
