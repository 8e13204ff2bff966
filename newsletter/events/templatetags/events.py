from django import template

from newsletter.events.models import Event
from newsletter.events.structured_data import of_event
from newsletter.events.views import for_lists

register = template.Library()


@register.inclusion_tag("events/_organization_events.html")
def organization_events(organization, limit=10):
    """The events in which an organization takes or took part, the newest first."""
    events = Event.objects.published().filter(pk__in=organization.participations.values("event")).newest_first()
    return {"organization": organization, "events": for_lists(events)[:limit]}


@register.simple_tag
def event_data(event):
    return of_event(event)
