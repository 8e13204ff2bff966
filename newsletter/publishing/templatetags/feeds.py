from django import template
from django.urls import reverse

from newsletter.publishing.addresses import absolute
from newsletter.publishing.feeds.formats import FORMATS

register = template.Library()


@register.inclusion_tag("includes/_feed_head.html", takes_context=True)
def feed_head(context, title, url_name, *args, query=""):
    """Tells reader programs of the feed of this page, in each format. `query` is that of a filtered list."""
    return {"title": title, "publication": context["publication"], "feeds": _feeds(url_name, args, query)}


@register.inclusion_tag("includes/_feed_links.html")
def feed_links(label, url_name, *args, query=""):
    """The same for people."""
    first, *others = _feeds(url_name, args, query)
    return {"label": label, "first": first, "others": others}


@register.inclusion_tag("includes/_calendar_links.html")
def calendar_links(label, url_name, *args):
    """The calendar file for programs that follow it (`webcal:`), and to be copied."""
    path = reverse(url_name, args=args)
    return {"label": label, "path": path, "webcal": "webcal:" + absolute(path).partition(":")[2]}


def _feeds(url_name, args, query):
    return [
        {
            "label": format.label,
            "media_type": format.media_type,
            "path": reverse(url_name, args=[*args, ending]) + (f"?{query}" if query else ""),
        }
        for ending, format in FORMATS.items()
    ]
