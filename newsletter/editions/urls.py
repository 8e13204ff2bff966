from django.urls import path

from newsletter.publishing.feeds.views import FeedView

from . import views
from .feeds import EditionFeed

app_name = "editions"
urlpatterns = [
    path("editions/", views.EditionListView.as_view(), name="list"),
    path("editions/<id:pk>/", views.EditionDetailView.as_view(), name="detail"),
    path("editions/<id:pk>/print/", views.EditionPrintView.as_view(), name="print"),
    path("editions/<id:pk>/pages/<id:number>/", views.EditionPageView.as_view(), name="page"),
    path("editions/years/<int:year>/", views.EditionYearView.as_view(), name="year"),
]
files = (
    [
        path("editions/<id:pk>/pages/<id:number>.pdf", views.page_file, name="page_file"),
        path("editions/<id:pk>/pages/<id:number>/<slug:rendition>", views.page_picture, name="page_picture"),
        path("feeds/editions.<feed:format>", FeedView.as_view(source=EditionFeed), name="feed"),
    ],
    "edition_files",
)
