from django import template

from newsletter.years.history import History

register = template.Library()


@register.simple_tag
def history_of(organization):
    """Its years, for the templates in `years/`."""
    return History(organization)
