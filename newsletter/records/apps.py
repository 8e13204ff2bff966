from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "newsletter.records"
    verbose_name = _("On record")

    def ready(self):
        from . import converters  # noqa: F401 (registers `<id:…>` for addresses)
        from .history import register_records

        register_records()
