from django import template

from newsletter.awards.models import Award
from newsletter.awards.views import for_lists

register = template.Library()


@register.inclusion_tag("awards/_organization_awards.html")
def organization_awards(organization):
    """The honours that an organization received, the newest first."""
    awards = Award.objects.published().filter(pk__in=organization.received.values("award")).newest_first()
    return {"organization": organization, "awards": for_lists(awards)}
