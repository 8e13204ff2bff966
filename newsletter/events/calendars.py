"""Calendar files (RFC 5545) for the calendar programs of readers."""

import datetime
from zoneinfo import ZoneInfo

import icalendar
from django.db.models import F, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from newsletter.publishing.addresses import absolute
from newsletter.publishing.conditional import ConditionalView, last_changes, linked
from newsletter.publishing.models import Publication
from newsletter.records.text import storable
from orgs.models import Organization
from orgs.views import asked_again, public_organization

from .models import Event, EventType, Participation

# The latest so many: a program asks for the whole file again and again.
MOST_EVENTS = 1000
_SHANGHAI = ZoneInfo("Asia/Shanghai")
# The clocks of Shanghai have not been changed since the summers of 1986 to 1991, which ical.js misreads in a VTIMEZONE.
_ONE_OFFSET_SINCE = datetime.date(1992, 1, 1)
# What the standard has no word for is told as tentative, and in the summary.
_STATUS = {Event.Status.CANCELLED: "CANCELLED", Event.Status.POSTPONED: "TENTATIVE"}


class CalendarView(ConditionalView):
    """All dated events. Cancelled ones stay, marked, so that programs that have them hear of it."""

    content_type = "text/calendar; charset=utf-8"

    def title(self):
        return None

    def scope(self):
        return None

    def events(self, now):
        return Event.objects.published(now).filter(start_date__isnull=False)

    def validators(self, now):
        columns = {
            "type_version": F("type__version"),
            "organizations_tied": linked(Participation.objects, "event", "organization"),
        }
        moments = last_changes(now, publishables=[Event], records=[EventType, Organization, Publication])
        latest = self.events(now).order_by("-start_date", "-pk")[:MOST_EVENTS].values("pk")
        # Sliced querysets take no more columns.
        rows = Event.objects.filter(pk__in=latest).order_by("pk").annotate(**columns, **moments)
        found = list(rows.values_list("pk", "version", *columns, *moments))
        kept = 2 + len(columns)
        scope = self.scope()
        return (scope and scope.version, [row[:kept] for row in found]), found[0][kept:] if found else ()

    def content(self, now):
        participations = Participation.objects.select_related("organization").prefetch_related("organization__names")
        events = self.events(now).select_related("type").prefetch_related(Prefetch("participations", participations))
        return calendar(events.order_by("-start_date", "-pk")[:MOST_EVENTS], title=self.title())


class TypeCalendarView(CalendarView):
    def get(self, request, slug):
        self.type = get_object_or_404(EventType, slug=slug)
        return super().get(request)

    def title(self):
        return str(self.type)

    def scope(self):
        return self.type

    def events(self, now):
        return super().events(now).filter(type=self.type)


class OrganizationCalendarView(CalendarView):
    """The events in which an organization takes part, in any role."""

    def get(self, request, slug):
        self.organization = public_organization(slug)
        if slug != self.organization.slug:
            return asked_again(redirect("event_files:organization_calendar", self.organization.slug, permanent=True))
        return super().get(request)

    def title(self):
        return self.organization.name

    def scope(self):
        return self.organization

    def events(self, now):
        return super().events(now).for_organization(self.organization)


class EventCalendarView(CalendarView):
    """One event, for “add to calendar”: 410 with the reason once it was withdrawn."""

    def get(self, request, pk):
        self.event = get_object_or_404(Event, pk=pk)
        if self.event.is_gone():
            return render(request, "410.html", {"object": self.event}, status=410)
        if not self.event.is_published() or self.event.start_date is None:
            raise Http404
        self.headers = {"Content-Disposition": f'attachment; filename="event-{pk}.ics"'}
        return super().get(request)

    def title(self):
        return str(self.event)

    def events(self, now):
        return super().events(now).filter(pk=self.event.pk)


def calendar(events, title=None):
    """The events as a file of bytes. They need `type`, and `participations` with their organizations."""
    publication = Publication.current()
    name = f"{title} · {publication.masthead}" if title else publication.masthead
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//{storable(publication.masthead)}//newsletter//ZH")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", storable(name))
    made.add("x-wr-timezone", "Asia/Shanghai")
    made.add("refresh-interval", datetime.timedelta(hours=4), parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    for event in events:
        made.add_component(_entry(event))
    made.add_missing_timezones(first_date=_ONE_OFFSET_SINCE)
    return made.to_ical()


def _entry(event):
    entry = icalendar.Event()
    entry.add("uid", str(event.uuid))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.modified_at)
    entry.add("created", event.first_public_at)
    entry.add("last-modified", max(event.modified_at, event.first_public_at))
    entry.add("summary", storable(_summary(event)))
    start, end = span(event)
    entry.add("dtstart", start)
    if end:
        entry.add("dtend", end)
    entry.add("status", _STATUS.get(event.status, "CONFIRMED"))
    if place := "、".join([*filter(None, [" ".join(filter(None, [event.region, event.venue]))]), *event.place_words]):
        entry.add("location", storable(place))
    entry.add("description", storable(_description(event)))
    entry.add("categories", [storable(event.type.name)])
    entry.add("url", absolute(event.get_absolute_url()))
    # Being there is not being busy for everybody who follows the calendar.
    entry.add("transp", "TRANSPARENT")
    if organizer := _organizer(event):
        address = icalendar.vCalAddress(
            f"mailto:{organizer.email}" if organizer.email else absolute(organizer.get_absolute_url())
        )
        address.params["cn"] = storable(organizer.name)
        entry.add("organizer", address, encode=0)
    return entry


def span(event):
    """The first moment and the one after the last, or None where the end is not known; days where no hour is."""
    last_day = event.end_date or event.start_date
    if event.start_time is None:
        return event.start_date, last_day + datetime.timedelta(days=1)
    start = _moment(event.start_date, event.start_time)
    if event.end_time:
        end = _moment(last_day, event.end_time)
    elif event.end_date and event.end_date > event.start_date:
        end = _moment(last_day + datetime.timedelta(days=1), datetime.time.min)
    else:
        return start, None
    return start, end if end > start else None


def _moment(day, time):
    moment = datetime.datetime.combine(day, time, _SHANGHAI)
    return moment if day >= _ONE_OFFSET_SINCE else moment.astimezone(datetime.UTC)


def _summary(event):
    return f"【{event.get_status_display()}】{event}" if event.is_called_off() else str(event)


def _description(event):
    hosts = "、".join(p.organization.name for p in event.participations.all() if p.role in p.LEADING)
    lines = [
        f"{event.get_status_display()}：{event.status_reason}" if event.is_called_off() else "",
        event.get_part_of_day_display() if event.start_time is None else "",
        _("Organized by %(names)s") % {"names": hosts} if hosts else "",
        absolute(event.get_absolute_url()),
    ]
    return "\n".join(filter(None, lines))


def _organizer(event):
    leading = [p for p in event.participations.all() if p.role in p.LEADING]
    return leading[0].organization if leading else None
