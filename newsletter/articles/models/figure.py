from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField
from newsletter.records.models import Record


class Unit(Record):
    """What a figure is counted in. The code is what edition files say, the name what readers see."""

    code = models.SlugField(_("code"), unique=True, help_text=_("For edition files, e.g. CNY."))
    name = LineField(_("name"), max_length=20, help_text=_("As readers see it, e.g. 元."))

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Figure(models.Model):
    """An amount that an article tells."""

    class Measure(models.TextChoices):
        RAISED = "raised", _("Raised")
        GIVEN = "given", _("Given")
        TAKING_PART = "taking_part", _("Taking part")
        OTHER = "other", _("Other")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="figures")
    value = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="figures")
    approximate = models.BooleanField(_("approximately"), default=False)
    text = LineField(_("as printed"), max_length=60, help_text=_("To the letter, e.g. 近200万元."))
    measure = models.CharField(_("what it counts"), max_length=12, choices=Measure, default=Measure.OTHER)
    what = LineField(_("in words"), max_length=60, blank=True, help_text=_("e.g. 义卖款, 受益老人"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    event = models.ForeignKey(
        "events.Event",
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        help_text=_("Where the amount belongs to one."),
    )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["year"], condition=models.Q(year__isnull=False), name="figure_of_a_year_of_its_own")
        ]
        constraints = [
            models.CheckConstraint(
                name="figure_is_not_negative",
                condition=models.Q(value__gte=0),
                violation_error_message=_("An amount is not below zero."),
            ),
            models.CheckConstraint(
                name="figure_other_says_what",
                condition=~models.Q(measure="other") | ~models.Q(what=""),
                violation_error_message=_("Say in words what the amount counts."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def label(self):
        return self.what or self.get_measure_display()
