from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from orgs.visibility import register_public_names


class AwardsConfig(AppConfig):
    name = "newsletter.awards"
    verbose_name = _("Awards")

    def ready(self):
        from . import merging  # noqa: F401 (connects its receiver)

        award, recipient = self.get_model("Award"), self.get_model("Recipient")

        @register_public_names
        def recipients_of_public_awards(at):
            return recipient.objects.filter(award__in=award.objects.published(at), organization__isnull=False).values(
                "organization"
            )

        @register_public_names
        def issuers_of_public_awards(at):
            return award.objects.published(at).filter(issuer__isnull=False).values("issuer")
