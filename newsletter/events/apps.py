from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from orgs.visibility import register_public_names


class EventsConfig(AppConfig):
    name = "newsletter.events"
    verbose_name = _("Events")

    def ready(self):
        from . import merging  # noqa: F401 (connects its receiver)

        event = self.get_model("Event")

        @register_public_names
        def public_events_of(at, organization):
            return event.objects.published(at).filter(participations__organization=organization)
