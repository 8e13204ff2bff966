import re
from html import escape, unescape
from urllib.parse import urljoin

from django.conf import settings

# What lists and the search read of a query; everything else in one is nobody's.
PARAMETERS = frozenset("q kind org type section form tag year from to sort region initial before after page".split())


def absolute(path):
    """The full address of a path of this site, from the configured SITE_URL (never from the Host header)."""
    return settings.SITE_URL + path


def absolute_html(markup, base="/"):
    """Stored HTML with every relative address made absolute, as seen from the page at the path `base`.

    The sanitizer wrote the markup: attributes stand in double quotes.
    """
    return _ADDRESS.sub(lambda found: found[1] + escape(urljoin(absolute(base), unescape(found[2]))) + '"', markup)


_ADDRESS = re.compile(r'(\b(?:href|src)=")([^"]*)"')
