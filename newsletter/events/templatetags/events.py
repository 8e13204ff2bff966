import datetime

from django import template

from newsletter.events.models import Event
from newsletter.events.structured_data import of_event
from newsletter.events.views import for_lists
from newsletter.records.dates import local_day

register = template.Library()


@register.inclusion_tag("events/_organization_events.html")
def organization_events(organization, limit=6):
    """The next events in which an organization takes part, and the last ones."""
    today = local_day()
    events = Event.objects.published().for_organization(organization)
    near = [
        Event.objects.filter(pk__in=part.values("pk")[:limit]).values("pk")
        for part in (events.coming(today), events.past(today))
    ]
    # One list for both, as each would ask for its participants and their names.
    coming, past = [], []
    for event in for_lists(Event.objects.filter(pk__in=near[0].union(near[1])).newest_first()):
        (coming if event.is_coming(today) else past).append(event)
    coming.sort(key=lambda event: (event.start_date, event.start_time or datetime.time.min, event.pk))
    return {"organization": organization, "coming": coming, "past": past}


@register.simple_tag
def event_data(event):
    return of_event(event)
