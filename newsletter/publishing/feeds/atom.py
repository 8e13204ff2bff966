"""Atom 1.0 (RFC 4287), with pages (RFC 5005) and tombstones of what was taken back (RFC 6721)."""

from django.utils import timezone

from ..addresses import absolute, absolute_html
from .rss import write_media
from .xml import FeedXML

NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xml:lang": "zh-Hans",
}


def write(feed, media_type):
    xml = FeedXML()
    with xml.element("feed", **NAMESPACES):
        xml.add("id", f"urn:uuid:{feed.uuid}")
        xml.add("title", feed.title)
        xml.add("subtitle", feed.description)
        xml.add("updated", _moment(feed.updated))
        with xml.element("author"):
            xml.add("name", feed.author)
        xml.add("link", rel="alternate", href=absolute(feed.home), type="text/html")
        xml.add("link", rel="self", href=absolute(feed.path), type=media_type)
        for rel in ("first", "next"):
            if path := getattr(feed, rel):
                xml.add("link", rel=rel, href=absolute(path), type=media_type)
        if feed.hub:
            xml.add("link", rel="hub", href=feed.hub)
        for deleted in feed.deleted:
            with xml.element("at:deleted-entry", ref=f"urn:uuid:{deleted.uuid}", when=_moment(deleted.at)):
                xml.add("at:comment", deleted.reason)
        for item in feed.items:
            _write_entry(xml, item)
    return xml.document()


def _write_entry(xml, item):
    with xml.element("entry"):
        xml.add("id", f"urn:uuid:{item.uuid}")
        xml.add("title", item.title)
        xml.add("published", _moment(item.published))
        xml.add("updated", _moment(item.updated))
        # Without one, the author of the feed is the author of the entry.
        for kind, names in (("author", [item.author] if item.author else []), ("contributor", item.contributors)):
            for name in names:
                with xml.element(kind):
                    xml.add("name", name)
        for category in item.categories:
            xml.add("category", term=category.slug, scheme=absolute(category.scheme), label=category.name)
        xml.add("link", rel="alternate", href=absolute(item.path), type="text/html")
        if enclosure := item.enclosure:
            path = absolute(enclosure.path)
            xml.add("link", rel="enclosure", href=path, type=enclosure.media_type, length=enclosure.length)
            write_media(xml, enclosure)
        if item.summary:
            xml.add("summary", item.summary)
        xml.add("content", absolute_html(item.html, item.path), type="html")


def _moment(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")
