from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from orgs.visibility import register_public_names


class AwardsConfig(AppConfig):
    name = "newsletter.awards"
    verbose_name = _("Awards")

    def ready(self):
        from . import merging  # noqa: F401 (connects its receiver)

        award = self.get_model("Award")

        @register_public_names
        def public_awards_of(at, organization):
            return award.objects.published(at).filter(recipients__organization=organization)

        @register_public_names
        def public_awards_by(at, organization):
            return award.objects.published(at).filter(issuer=organization)
