from django import template

from newsletter.pages.models import Page

register = template.Library()


@register.simple_tag
def standing_pages():
    """The public standing pages, in the order of the footer."""
    return Page.objects.published().only("title", "slug", "position")
