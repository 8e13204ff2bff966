from django.urls import path

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
    path("photos/<id:pk>/<slug:rendition>", views.photo, name="photo"),
    path("attachments/<id:pk>", views.attachment, name="attachment"),
    path("feeds/news.rss", feeds.NewsFeed.as_view(), name="feed"),
    path("orgs/<slug:slug>/news.rss", feeds.OrganizationNewsFeed.as_view(), name="organization_feed"),
    path("events/types/<slug:slug>/news.rss", feeds.EventTypeNewsFeed.as_view(), name="event_type_feed"),
    path("sections/<slug:slug>/news.rss", feeds.SectionNewsFeed.as_view(), name="section_feed"),
    path("tags/<slug:slug>/news.rss", feeds.TagNewsFeed.as_view(), name="tag_feed"),
]
