from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "newsletter.articles"
    verbose_name = _("Articles")

    def ready(self):
        from . import listing, merging  # noqa: F401 (connect their receivers)
