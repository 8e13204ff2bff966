from django.urls import path

from . import calendars, views

app_name = "events"
urlpatterns = [
    path("events/", views.EventListView.as_view(), name="list"),
    path("events/<id:pk>/", views.EventDetailView.as_view(), name="detail"),
    path("events/types/<slug:slug>/", views.EventTypeView.as_view(), name="type"),
    path("orgs/<slug:slug>/events/", views.OrganizationEventsView.as_view(), name="organization"),
    path("calendar/<int:year>/<int:month>/", views.CalendarView.as_view(), name="month"),
]
files = (
    [
        path("events/calendar.ics", calendars.CalendarView.as_view(), name="calendar"),
        path("events/types/<slug:slug>/events.ics", calendars.TypeCalendarView.as_view(), name="type_calendar"),
        path("orgs/<slug:slug>/events.ics", calendars.OrganizationCalendarView.as_view(), name="organization_calendar"),
        path("events/<id:pk>/event.ics", calendars.EventCalendarView.as_view(), name="event_calendar"),
    ],
    "event_files",
)
