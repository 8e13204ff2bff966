from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def reachable(markup):
    """Cleaned HTML in which tables can be scrolled by the keyboard: a wide one scrolls in itself on a small screen."""
    return mark_safe(markup.replace("<table>", '<table tabindex="0">'))
