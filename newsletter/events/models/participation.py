from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import NOT_MERGED


class Participation(models.Model):
    """An organization's role in an event."""

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        ORGANIZER = "organizer", _("Organizer")
        CO_ORGANIZER = "co_organizer", _("Co-organizer")
        SUPPORTER = "supporter", _("Supporter")
        PARTICIPANT = "participant", _("Participant")
        VISITOR = "visitor", _("Visitor")
        ESCORT = "escort", _("Escort")

    LEADING = (Role.HOST, Role.ORGANIZER, Role.VISITOR)

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="participations")
    organization = models.ForeignKey(
        "orgs.Organization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        limit_choices_to=NOT_MERGED,
        related_name="participations",
    )
    role = models.CharField(_("role"), max_length=15, choices=Role, default=Role.HOST)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="participation_once_per_role",
                fields=["event", "organization", "role"],
                violation_error_message=_("This organization has this role in the event already."),
            )
        ]

    def __str__(self):
        return f"{self.organization}（{self.get_role_display()}）"
