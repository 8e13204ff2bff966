from django.urls import path

from . import views

app_name = "awards"
urlpatterns = [
    path("awards/", views.AwardListView.as_view(), name="list"),
    path("awards/<id:pk>/", views.AwardDetailView.as_view(), name="detail"),
    path("awards/years/<int:year>/", views.AwardYearView.as_view(), name="year"),
]
