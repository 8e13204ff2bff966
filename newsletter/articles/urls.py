from django.urls import path

from newsletter.publishing.feeds.views import FeedView

from . import feeds, views

app_name = "articles"
urlpatterns = [
    path("news/", views.NewsView.as_view(), name="news"),
    path("news/<int:year>/", views.ArchiveView.as_view(), name="year"),
    path("news/<int:year>/<int:month>/", views.ArchiveView.as_view(), name="month"),
    path("news/<int:year>/<int:month>/<int:day>/", views.ArchiveView.as_view(), name="day"),
    path("articles/<id:pk>/", views.ArticleDetailView.as_view(), name="detail"),
    path("sections/<slug:slug>/", views.SectionView.as_view(), name="section"),
    path("tags/<slug:slug>/", views.TagView.as_view(), name="tag"),
    path("photos/<id:pk>/", views.PhotoView.as_view(), name="photo_page"),
]
files = (
    [
        path("articles/<id:pk>/card.png", views.CardView.as_view(), name="card"),
        path("articles/<id:pk>/qr.svg", views.qr_code, name="qr"),
        path("photos/<id:pk>/<slug:rendition>", views.photo, name="photo"),
        path("attachments/<id:pk>", views.attachment, name="attachment"),
        path("feeds/news.<feed:format>", FeedView.as_view(source=feeds.NewsFeed), name="feed"),
        path(
            "orgs/<slug:slug>/news.<feed:format>",
            FeedView.as_view(source=feeds.OrganizationNewsFeed),
            name="organization_feed",
        ),
        path(
            "events/types/<slug:slug>/news.<feed:format>",
            FeedView.as_view(source=feeds.EventTypeNewsFeed),
            name="event_type_feed",
        ),
        path(
            "sections/<slug:slug>/news.<feed:format>",
            FeedView.as_view(source=feeds.SectionNewsFeed),
            name="section_feed",
        ),
        path("tags/<slug:slug>/news.<feed:format>", FeedView.as_view(source=feeds.TagNewsFeed), name="tag_feed"),
    ],
    "article_files",
)
