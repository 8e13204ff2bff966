from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from orgs.visibility import register_public_names


class EventsConfig(AppConfig):
    name = "newsletter.events"
    verbose_name = _("Events")

    def ready(self):
        from . import merging  # noqa: F401 (connects its receiver)

        event, participation = self.get_model("Event"), self.get_model("Participation")

        @register_public_names
        def organizations_of_public_events(at):
            return participation.objects.filter(event__in=event.objects.published(at)).values("organization")
