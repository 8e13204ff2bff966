from django.urls import path

from . import views

app_name = "events"
urlpatterns = [
    path("events/", views.EventListView.as_view(), name="list"),
    path("events/<id:pk>/", views.EventDetailView.as_view(), name="detail"),
    path("events/types/<slug:slug>/", views.EventTypeView.as_view(), name="type"),
    path("calendar/<int:year>/<int:month>/", views.CalendarView.as_view(), name="month"),
]
