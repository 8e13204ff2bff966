import calendar
import datetime

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from newsletter.publishing.paging import cursor_page
from newsletter.publishing.views import PublishableDetailView
from newsletter.records.dates import last_of_month, local_day
from orgs.views import asked_again, public_organization

from .models import Event, EventType, Participation

COMING_SHOWN = 50
FIRST_YEAR, LAST_YEAR = 1900, 2200


def for_lists(events):
    participations = Participation.objects.select_related("organization").prefetch_related("organization__names")
    return events.select_related("type").prefetch_related(Prefetch("participations", participations))


class EventListView(TemplateView):
    """Coming events, then a page of past ones by cursor."""

    template_name = "events/event_list.html"

    def events(self):
        return Event.objects.published()

    def get_context_data(self, **kwargs):
        today = local_day()
        past = self.events().past(today)
        page = cursor_page(past, self.request.GET, field="listed_date", may_lack=True, shown=for_lists)
        coming = for_lists(self.events().coming(today))[:COMING_SHOWN] if page.is_first else []
        return super().get_context_data(
            today=today, coming=coming, page=page, past=page.rows, types=EventType.objects.all(), **kwargs
        )


class EventTypeView(EventListView):
    template_name = "events/event_type.html"

    def get(self, request, slug):
        self.type = get_object_or_404(EventType, slug=slug)
        return super().get(request)

    def events(self):
        return super().events().filter(type=self.type)

    def get_context_data(self, **kwargs):
        return super().get_context_data(type=self.type, **kwargs)


class OrganizationEventsView(EventListView):
    """The events in which an organization takes or took part, in any role."""

    template_name = "events/organization_events.html"

    def get(self, request, slug):
        self.organization = public_organization(slug)
        if slug != self.organization.slug:
            return asked_again(redirect("events:organization", self.organization.slug, permanent=True))
        return super().get(request)

    def events(self):
        return super().events().for_organization(self.organization)

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, **kwargs)


class CalendarView(TemplateView):
    """A month as a grid of weeks from Monday, with the events of each day, and the same events as a list."""

    template_name = "events/calendar.html"

    def get(self, request, year, month):
        if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
            raise Http404
        self.first_day = datetime.date(year, month, 1)
        self.last_day = last_of_month(self.first_day)
        return super().get(request)

    def get_context_data(self, **kwargs):
        events = list(for_lists(Event.objects.published().between(self.first_day, self.last_day)))
        weeks = [
            [
                {
                    "date": day,
                    "in_month": day.month == self.first_day.month,
                    "events": [e for e in events if e.start_date <= day <= (e.end_date or e.start_date)],
                }
                for day in week
            ]
            for week in calendar.Calendar().monthdatescalendar(self.first_day.year, self.first_day.month)
        ]
        return super().get_context_data(
            first_day=self.first_day,
            today=local_day(),
            weeks=weeks,
            events=events,
            previous_month=_month_within(self.first_day - datetime.timedelta(days=1)),
            next_month=_month_within(self.last_day + datetime.timedelta(days=1)),
            **kwargs,
        )


def _month_within(day):
    """The first day of the month, or None where no calendar is shown."""
    return day.replace(day=1) if FIRST_YEAR <= day.year <= LAST_YEAR else None


class EventDetailView(PublishableDetailView):
    def get_queryset(self):
        return for_lists(Event.objects.select_related("series"))

    def get_context_data(self, **kwargs):
        roles = {}
        for participation in self.object.participations.all():
            roles.setdefault(participation.get_role_display(), []).append(participation.organization)
        return super().get_context_data(roles=roles, **kwargs)
