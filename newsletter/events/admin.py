from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.admin import PublishableAdmin
from newsletter.publishing.spreadsheets import PublishableSpreadsheetAdmin
from newsletter.records.admin import RecordAdmin, TabularInline
from newsletter.records.admin_lists import PeriodFilter
from newsletter.search.admin import SearchedAdmin
from orgs.admin import OrganizationFilter

from .models import Event, EventSeries, EventType, Participation
from .resources import EventResource


class ParticipationInline(TabularInline):
    model = Participation
    autocomplete_fields = ("organization",)


class DayFilter(PeriodFilter):
    field = "listed_date"


@admin.register(Event)
class EventAdmin(SearchedAdmin, PublishableSpreadsheetAdmin, PublishableAdmin):
    resource_class = EventResource
    list_display = ("__str__", "state_label", "when", "type", "venue", "status")
    list_filter = ("type", "status", DayFilter, OrganizationFilter)
    list_select_related = ("type",)
    ordering = ("-pk",)
    autocomplete_fields = ("type", "series")
    fieldsets = (
        (None, {"fields": ("type", "name")}),
        (
            _("When"),
            {
                "description": _("A first day; or only the year; or only the words of the page."),
                "fields": (
                    ("start_date", "end_date"),
                    ("part_of_day", "start_time", "end_time"),
                    ("year", "when_text"),
                ),
            },
        ),
        (_("Where"), {"fields": (("venue", "region"), "places")}),
        (_("Does it take place?"), {"fields": (("status", "status_reason"),)}),
        (_("Series"), {"classes": ["collapse"], "fields": ("series", ("series_year", "series_text"))}),
    )
    inlines = (ParticipationInline,)

    def get_queryset(self, request):
        return (
            super().get_queryset(request).select_related("type").prefetch_related("participations__organization__names")
        )

    @admin.display(description=_("when"), ordering="listed_date")
    def when(self, event):
        if event.start_date:
            return date_format(event.start_date, "Y-m-d")
        return event.when_text or event.year


@admin.register(EventType)
class EventTypeAdmin(RecordAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


@admin.register(EventSeries)
class EventSeriesAdmin(RecordAdmin):
    search_fields = ("name",)
