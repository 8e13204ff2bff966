from django.urls import path

from newsletter.publishing.feeds.views import FeedView

from . import views
from .feeds import AwardFeed

app_name = "awards"
urlpatterns = [
    path("awards/", views.AwardListView.as_view(), name="list"),
    path("awards/<id:pk>/", views.AwardDetailView.as_view(), name="detail"),
    path("awards/years/<int:year>/", views.AwardYearView.as_view(), name="year"),
]
files = (
    [
        path("feeds/awards.<feed:format>", FeedView.as_view(source=AwardFeed), name="feed"),
    ],
    "award_files",
)
