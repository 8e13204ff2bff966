from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "newsletter.publishing"
    verbose_name = _("Publication")

    def ready(self):
        from django.urls import register_converter

        from . import audit  # noqa: F401 (connects its receiver)
        from .feeds.formats import FormatConverter

        register_converter(FormatConverter, "feed")
