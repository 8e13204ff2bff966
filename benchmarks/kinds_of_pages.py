"""One address of each kind of public page, found as a reader finds it: by its link on another page."""

import re
import urllib.request

_LISTS = {
    "home": "/",
    "news": "/news/",
    "organizations": "/orgs/",
    "events": "/events/",
    "honours": "/awards/",
    "editions": "/editions/",
    "search": "/search/?q=%E7%AB%AF%E5%8D%88",
    "feeds": "/feeds/",
}
# `{kind: (kind of the page on which the first link of this form stands, form)}`
_LINKED = {
    "article": ("home", r"/articles/\d+/"),
    "photo story": ("home", r'photo-story.*?href="(/articles/\d+/)'),
    "photo": ("photo story", r"/photos/\d+/(?=[\"#])"),
    "organization": ("article", r"/orgs/[^/\"?]+/"),
    "event": ("events", r"/events/\d+/"),
    "event type": ("events", r"/events/types/[^/\"?]+/"),
    "honour": ("honours", r"/awards/\d+/"),
    "edition": ("editions", r"/editions/\d+/"),
    "page": ("edition", r"/editions/\d+/pages/\d+/"),
    "editions of a year": ("edition", r"/editions/years/\d+/"),
    "whole issue": ("edition", r"/editions/\d+/print/"),
    "archive": ("news", r"/news/\d+/"),
    "year in review": ("archive", r"/years/\d+/"),
    "month of events": ("event", r"/calendar/\d+/\d+/"),
}


def kinds_of_pages(site):
    """`{kind: path}` of those that there are on the site at this address."""
    found = dict(_LISTS)
    for kind, (where, form) in _LINKED.items():
        if where in found:
            page = urllib.request.urlopen(site + found[where]).read().decode()
            if link := re.search(form, page, re.DOTALL):
                found[kind] = link[link.lastindex or 0]
    return found
