import re
from html import escape, unescape
from urllib.parse import parse_qsl, urlencode, urljoin

from django.conf import settings

from .languages import in_chinese

_PARTS_OF_A_LIST = ("before", "after")
_NEWS = ("org", "type", "section", "form", "tag", "from", "to", *_PARTS_OF_A_LIST)
# What pages read of a query, by the first part of their path; everything else in one is nobody's.
_PARAMETERS = {
    "news": _NEWS,
    "feeds": _NEWS,
    "orgs": ("kind", "region", "initial", "page", *_PARTS_OF_A_LIST),
    "search": ("q", "kind", "org", "type", "year", "sort", *_PARTS_OF_A_LIST),
    **dict.fromkeys(("sections", "tags", "events", "awards", "editions"), _PARTS_OF_A_LIST),
}
_OF_SITEMAPS = ("p",)


def known_query(path, query):
    """Of the query string of an address what its page reads, without empty values and in one order: `from=…&org=…`.

    Raises `UnicodeDecodeError` where what is in it is no text.
    """
    if not query:
        return ""
    first = in_chinese(path)[1:].partition("/")[0]
    known = _OF_SITEMAPS if first.startswith("sitemap-") else _PARAMETERS.get(first, ())
    return urlencode(sorted(pair for pair in parse_qsl(query, errors="strict") if pair[0] in known))


def absolute(path):
    """The full address of a path of this site, from the configured SITE_URL (never from the Host header)."""
    return settings.SITE_URL + path


def absolute_html(markup, base="/"):
    """Stored HTML with every relative address made absolute, as seen from the page at the path `base`.

    The sanitizer wrote the markup: attributes stand in double quotes.
    """
    return _ADDRESS.sub(lambda found: found[1] + escape(urljoin(absolute(base), unescape(found[2]))) + '"', markup)


_ADDRESS = re.compile(r'(\b(?:href|src)=")([^"]*)"')
