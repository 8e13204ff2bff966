from django.db.models import F, Prefetch
from django.template.loader import render_to_string
from django.urls import reverse

from newsletter.publishing.conditional import linked
from newsletter.publishing.feeds.items import Category, Item
from newsletter.publishing.feeds.source import FeedSource
from orgs.models import Organization

from .models import Award, Recipient


class AwardFeed(FeedSource):
    """The honours, as they become public."""

    url_name = "award_files:feed"
    publishables = (Award,)
    records = (Organization,)

    def title(self):
        return str(Award._meta.verbose_name_plural)

    def home(self):
        return reverse("awards:list")

    def rows(self):
        return Award.objects.all()

    def columns(self, now):
        return {
            "recipients_tied": linked(Recipient.objects, "award", "organization"),
            "issuer_version": F("issuer__version"),
        }

    def prepare(self, queryset, now):
        recipients = Recipient.objects.select_related("organization")
        return queryset.select_related("issuer").prefetch_related(Prefetch("recipients", recipients))

    def item(self, award):
        organizations = [recipient.organization for recipient in award.recipients.all() if recipient.organization]
        return Item(
            uuid=award.uuid,
            path=award.get_absolute_url(),
            title=str(award),
            html=render_to_string("awards/feed_item.html", {"award": award}),
            published=award.first_public_at,
            updated=award.modified_at,
            summary="、".join(str(recipient) for recipient in award.recipients.all()),
            author=award.issuer.name if award.issuer else "",
            categories=[Category("/orgs/", found.slug, found.name) for found in dict.fromkeys(organizations)],
        )
