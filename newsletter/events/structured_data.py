import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from newsletter.publishing.addresses import absolute
from newsletter.publishing.structured_data import breadcrumbs, named, script

from .models import Event, Participation

_STATUS = {Event.Status.POSTPONED: "EventPostponed", Event.Status.CANCELLED: "EventCancelled"}
_ORGANIZING = {Participation.Role.HOST, Participation.Role.ORGANIZER, Participation.Role.CO_ORGANIZER}


def of_event(event):
    """The element that tells machines of an event on its page, and of the way to it; reads `participations`.

    Of an event without a day they are told the way only: schema.org asks for a beginning.
    """
    trail = breadcrumbs((_("Events"), reverse("events:list")), (event, event.get_absolute_url()))
    return script(_dated(event), trail) if event.start_date else script(trail)


def _dated(event):
    taking_part = list(event.participations.all())
    return {
        "@type": "Event",
        "@id": f"urn:uuid:{event.uuid}",
        "name": str(event),
        "url": absolute(event.get_absolute_url()),
        "startDate": _when(event.start_date, event.start_time),
        "endDate": _when(event.end_date or event.start_date, event.end_time),
        "eventStatus": f"https://schema.org/{_STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "description": event.status_reason or event.type.name,
        "location": {
            "@type": "Place",
            "name": event.venue or "、".join(event.place_words) or event.region,
            "address": event.region or event.venue or "、".join(event.place_words),
        },
        "organizer": [named(one.organization) for one in taking_part if one.role in _ORGANIZING],
        "contributor": [named(one.organization) for one in taking_part if one.role not in _ORGANIZING],
    }


def _when(day, time):
    if time is None:
        return day.isoformat()
    return datetime.datetime.combine(day, time, ZoneInfo(settings.TIME_ZONE)).isoformat(timespec="minutes")
