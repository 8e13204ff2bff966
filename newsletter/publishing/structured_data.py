"""What machines read of a page beside its words: schema.org's terms for what people see there, as JSON-LD."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .addresses import absolute

# In a script element nothing may look like its end.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(*things):
    """The things, plain dicts in which empty values stand for what is not known, as one element of the page."""
    graph = {"@context": "https://schema.org", "@graph": [_known(thing) for thing in things]}
    text = json.dumps(graph, ensure_ascii=False, cls=DjangoJSONEncoder).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def _known(value):
    if isinstance(value, dict):
        return {name: _known(one) for name, one in value.items() if one not in (None, "", [], {})}
    return [_known(one) for one in value] if isinstance(value, list) else value


def moment(value):
    """A stored time as Shanghai's, with its offset."""
    return value and timezone.localtime(value).isoformat(timespec="seconds")


def publisher(publication):
    return {
        "@type": "Organization",
        "name": publication.publisher or publication.masthead,
        "url": absolute("/"),
        "telephone": publication.phone,
        "email": publication.email,
    }


def named(organization):
    """An organization in what names it."""
    return {"@type": "Organization", "name": organization.name, "url": absolute(organization.get_absolute_url())}


def of_organization(organization):
    """What its own page tells of it; reads `names`."""
    return {
        **named(organization),
        "alternateName": organization.other_names,
        "description": organization.description,
        "logo": absolute(reverse("organization_files:logo", args=[organization.slug])) if organization.logo else "",
        "sameAs": organization.website,
        "telephone": organization.phone,
        "email": organization.email,
        "address": organization.address or organization.region,
        "foundingDate": organization.registered_on,
    }


def breadcrumbs(*trail):
    """The way to a page: (name, path) from the front page's first door on; the last one is the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": str(name), "item": absolute(path)}
            for place, (name, path) in enumerate(trail, 1)
        ],
    }
