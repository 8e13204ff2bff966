from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "newsletter.records"

    def ready(self):
        from . import converters  # noqa: F401 (registers `<id:…>` for addresses)
        from .history import register_records

        register_records()
