"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json

from django.utils import timezone

from newsletter.records.text import storable

from ..addresses import absolute, absolute_html


def write(feed, media_type):
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(feed.home),
        "feed_url": absolute(feed.path),
        "description": feed.description,
        "language": "zh-Hans",
        "authors": [{"name": feed.author}],
        "items": [_item(item) for item in feed.items],
    }
    if feed.next:
        document["next_url"] = absolute(feed.next)
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return storable(json.dumps(document, ensure_ascii=False)).encode()


def _item(item):
    written = {
        "id": f"urn:uuid:{item.uuid}",
        "url": absolute(item.path),
        "title": item.title,
        "content_html": absolute_html(item.html, item.path),
        "date_published": timezone.localtime(item.published).isoformat(timespec="seconds"),
        "date_modified": timezone.localtime(item.updated).isoformat(timespec="seconds"),
        "tags": list(dict.fromkeys(category.name for category in item.categories)),
        # It knows no contributors: all who wrote it are its authors.
        "authors": [{"name": name} for name in dict.fromkeys([item.author, *item.contributors]) if name],
    }
    if item.summary:
        written["summary"] = item.summary
    if enclosure := item.enclosure:
        address = absolute(enclosure.path)
        if enclosure.is_picture:
            written["image"] = address
        written["attachments"] = [
            {"url": address, "mime_type": enclosure.media_type, "size_in_bytes": enclosure.length}
        ]
    return {name: value for name, value in written.items() if value != []}
