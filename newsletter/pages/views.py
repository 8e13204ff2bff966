from newsletter.publishing.views import PublishableDetailView

from .models import Page


class PageDetailView(PublishableDetailView):
    model = Page
