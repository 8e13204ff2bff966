from django import template

from newsletter.awards.models import Award
from newsletter.awards.views import for_lists

register = template.Library()


@register.inclusion_tag("awards/_organization_awards.html")
def organization_awards(organization):
    """The honours that an organization received: the newest year first, in each the highest level first."""
    awards = for_lists(Award.objects.published().received_by(organization).newest_first())
    # Sorting is stable: of one level, the newest first.
    return {
        "organization": organization,
        "awards": sorted(awards, key=lambda award: (-award.year, Award.Level.values.index(award.level))),
    }
