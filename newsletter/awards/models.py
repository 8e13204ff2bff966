import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.models import Publishable, PublishableQuerySet
from newsletter.records.fields import LineField
from orgs.models import NOT_MERGED


class AwardQuerySet(PublishableQuerySet):
    def of_organizations(self, organizations):
        received = Recipient.objects.filter(organization__in=organizations)
        return Q(issuer__in=organizations) | Q(pk__in=received.values("award"))

    def received_by(self, organization):
        return self.filter(pk__in=organization.received.values("award"))

    def for_search(self):
        return self.prefetch_related("issuer__names", "recipients__organization__names")

    def newest_first(self):
        return self.order_by("-year", "-pk")


class Award(Publishable):
    """An honour of a year, given by an issuer at a level."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCIAL = "provincial", _("Provincial")
        CITY = "city", _("City")
        COUNTY = "county", _("County")
        TOWN = "town", _("Town")
        SECTOR = "sector", _("Sector")

    PARTS = ("recipients",)
    SEARCH_FOLLOWS = ("issuer", "recipients__organization")

    name = LineField(_("name"), max_length=150, help_text=_("Without the year, e.g. 温州市“四好”商会."))
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(1900), MaxValueValidator(2200)],
        help_text=_("The year that it honours, e.g. 2018 for “2018年度”."),
    )
    level = models.CharField(_("level"), max_length=12, choices=Level)
    issuer = models.ForeignKey(
        "orgs.Organization",
        verbose_name=_("issuer"),
        on_delete=models.PROTECT,
        limit_choices_to=NOT_MERGED,
        null=True,
        blank=True,
        related_name="issued_awards",
    )
    date = models.DateField(_("awarded on"), null=True, blank=True)
    document = LineField(
        _("document"), max_length=200, blank=True, help_text=_("In which it was announced, e.g. 《关于认定……的通报》.")
    )

    objects = AwardQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        indexes = [*Publishable.Meta.indexes, models.Index(fields=["state", "-year", "-id"], name="award_listing")]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                name="award_once_per_year_and_issuer",
                fields=["name", "year", "issuer"],
                condition=~Q(state="trashed"),
                violation_error_message=_(
                    "This award of this year and issuer exists already: add the recipient there."
                ),
            ),
            models.UniqueConstraint(
                name="award_without_issuer_once_per_year",
                fields=["name", "year"],
                condition=Q(issuer__isnull=True) & ~Q(state="trashed"),
                violation_error_message=_("This award of this year exists already: add the recipient there."),
            ),
        ]

    def __str__(self):
        return _("%(year)s %(name)s") % {"year": self.year, "name": self.name}

    def get_absolute_url(self):
        return reverse("awards:detail", args=[self.pk])

    def search_document(self):
        recipients = self.recipients.all()
        organizations = [one for one in (self.issuer, *(row.organization for row in recipients)) if one]
        names = [name.name for organization in organizations for name in organization.names.all()]
        return {
            "title": str(self),
            "body": [
                *(self.document, "、".join(names)),
                *(words for row in recipients for words in (row.person, row.project)),
            ],
            "date": self.date or datetime.date(self.year, 1, 1),
            "when": "" if self.date else gettext("Year %(year)s") % {"year": self.year},
            "public_from": self.public_from,
            "facets": {"org": {organization.pk for organization in organizations}},
        }


class Recipient(models.Model):
    """Who received an award: an organization or a person, for a project or work where there is one."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="recipients")
    organization = models.ForeignKey(
        "orgs.Organization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        limit_choices_to=NOT_MERGED,
        null=True,
        blank=True,
        related_name="received",
    )
    person = LineField(
        _("person"), max_length=60, blank=True, help_text=_("Where a person, not an organization, got it.")
    )
    project = LineField(
        _("project or work"), max_length=200, blank=True, help_text=_("e.g. 《创新商会秘书处“5+3”工作法》")
    )

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="recipient_is_organization_or_person",
                condition=Q(organization__isnull=False, person="") | (Q(organization__isnull=True) & ~Q(person="")),
                violation_error_message=_("A recipient is an organization or a person, one of the two."),
            ),
            models.UniqueConstraint(
                name="recipient_organization_once_per_project",
                fields=["award", "organization", "project"],
                violation_error_message=_("This organization has received this award already."),
            ),
            models.UniqueConstraint(
                name="recipient_person_once_per_project",
                fields=["award", "person", "project"],
                condition=~Q(person=""),
                violation_error_message=_("This person has received this award already."),
            ),
        ]

    def __str__(self):
        return str(self.organization or self.person)
