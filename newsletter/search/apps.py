from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "newsletter.search"
    verbose_name = _("Search")

    def ready(self):
        from . import following  # noqa: F401 (connects its receivers)
