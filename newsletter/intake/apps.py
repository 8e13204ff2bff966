from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "newsletter.intake"
    verbose_name = _("Page imports")
