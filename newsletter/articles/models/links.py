from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orgs.models import NOT_MERGED


class ArticleOrganization(models.Model):
    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", _("Contributor")
        SUBJECT = "subject", _("Subject")
        MENTIONED = "mentioned", _("Mentioned")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="organization_links")
    organization = models.ForeignKey(
        "orgs.Organization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        limit_choices_to=NOT_MERGED,
        related_name="article_links",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.SUBJECT)
    is_primary = models.BooleanField(
        _("primary"), default=False, help_text=_("The one organization whose story this is first of all.")
    )

    class Meta:
        verbose_name = _("organization of the article")
        verbose_name_plural = _("organizations of the article")
        ordering = ["pk"]
        indexes = [models.Index(fields=["organization", "article", "role"], name="article_of_organization")]
        constraints = [
            models.UniqueConstraint(
                name="article_organization_once_per_role",
                fields=["article", "organization", "role"],
                violation_error_message=_("This organization is linked in this role already."),
            ),
            models.UniqueConstraint(
                name="article_has_one_primary_organization",
                fields=["article"],
                condition=Q(is_primary=True),
                violation_error_message=_("An article has one primary organization at most."),
            ),
        ]

    def __str__(self):
        return f"{self.organization}（{self.get_role_display()}）"


class ArticleEvent(models.Model):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="event_links")
    event = models.ForeignKey(
        "events.Event", verbose_name=_("event"), on_delete=models.PROTECT, related_name="article_links"
    )

    class Meta:
        verbose_name = _("event of the article")
        verbose_name_plural = _("events of the article")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="article_event_once",
                fields=["article", "event"],
                violation_error_message=_("This event is linked already."),
            )
        ]

    def __str__(self):
        return str(self.event)


class ArticleAward(models.Model):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="award_links")
    award = models.ForeignKey(
        "awards.Award", verbose_name=_("award"), on_delete=models.PROTECT, related_name="article_links"
    )

    class Meta:
        verbose_name = _("award of the article")
        verbose_name_plural = _("awards of the article")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="article_award_once",
                fields=["article", "award"],
                violation_error_message=_("This award is linked already."),
            )
        ]

    def __str__(self):
        return str(self.award)
