from django import template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from newsletter.publishing import structured_data
from newsletter.publishing.languages import ENGLISH

register = template.Library()


@register.simple_tag
def organization_data(organization):
    """For machines: the organization of this page, and the way to it."""
    trail = structured_data.breadcrumbs(
        (_("Organizations"), reverse("orgs:list")), (organization.name, organization.get_absolute_url())
    )
    return structured_data.script(structured_data.of_organization(organization), trail)


@register.inclusion_tag("includes/_social.html", takes_context=True)
def social(context, title, description="", kind="website", picture=None):
    """What messengers show of a link to this page (the Open Graph protocol).

    `picture`: a dict of its full `url`, `width` and `height` in pixels, and `alt`.
    """
    publication = context["publication"]
    return {
        "masthead": publication.masthead,
        "title": title,
        "description": description or publication.description or publication.tagline,
        "kind": kind,
        "url": context["canonical_url"],
        "is_english": get_language() == ENGLISH,
        "picture": picture,
    }
