from django.urls import path

from newsletter.publishing.feeds.views import FeedView

from . import views
from .feeds import EditionFeed

app_name = "editions"
urlpatterns = [
    path("editions/", views.EditionListView.as_view(), name="list"),
    path("editions/<id:pk>/", views.EditionDetailView.as_view(), name="detail"),
]
files = (
    [
        path("editions/<id:pk>/pages/<id:number>.pdf", views.page_file, name="page_file"),
        path("feeds/editions.<feed:format>", FeedView.as_view(source=EditionFeed), name="feed"),
    ],
    "edition_files",
)
