import re

from django.conf import settings


def absolute(path):
    """The full address of a path of this site, from the configured SITE_URL (never from the Host header)."""
    return settings.SITE_URL + path


def absolute_html(markup):
    """Stored HTML with the site's own addresses made absolute, for feeds and mail."""
    return re.sub(r'(\b(?:href|src)=")/(?!/)', rf"\g<1>{settings.SITE_URL}/", markup)
