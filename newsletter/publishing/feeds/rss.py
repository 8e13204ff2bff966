"""RSS 2.0 (rssboard.org/rss-specification), with what its Best Practices Profile recommends."""

from email.utils import format_datetime

from django.utils import timezone
from django.utils.html import escape

from ..addresses import absolute, absolute_html
from .xml import FeedXML

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(feed, media_type):
    xml = FeedXML()
    with xml.element("rss", version="2.0", **NAMESPACES), xml.element("channel"):
        xml.add("title", feed.title)
        xml.add("link", absolute(feed.home))
        xml.add("description", escape(feed.description))
        xml.add("language", "zh-Hans")
        xml.add("lastBuildDate", _moment(feed.updated))
        xml.add("ttl", "60")
        xml.add("atom:link", rel="self", href=absolute(feed.path), type=media_type)
        for rel in ("first", "next"):
            if path := getattr(feed, rel):
                xml.add("atom:link", rel=rel, href=absolute(path), type=media_type)
        if feed.hub:
            xml.add("atom:link", rel="hub", href=feed.hub)
        for item in feed.items:
            _write_item(xml, item)
    return xml.document()


def _write_item(xml, item):
    with xml.element("item"):
        xml.add("title", item.title)
        xml.add("link", absolute(item.path))
        xml.add("guid", f"urn:uuid:{item.uuid}", isPermaLink="false")
        xml.add("pubDate", _moment(item.published))
        xml.add("dcterms:modified", timezone.localtime(item.updated).isoformat(timespec="seconds"))
        # RSS's own author is an e-mail address.
        if item.author:
            xml.add("dc:creator", item.author)
        for name in item.contributors:
            xml.add("dc:contributor", name)
        for category in item.categories:
            xml.add("category", category.name, domain=absolute(category.scheme))
        if item.summary:
            xml.add("description", escape(item.summary))
        xml.add("content:encoded", absolute_html(item.html, item.path))
        if item.enclosure:
            _write_enclosure(xml, item.enclosure)


def _write_enclosure(xml, enclosure):
    url = absolute(enclosure.path)
    xml.add("enclosure", url=url, length=enclosure.length, type=enclosure.media_type)
    write_media(xml, enclosure)


def write_media(xml, enclosure):
    """The picture as `media:content` (rssboard.org/media-rss), for RSS and Atom."""
    if not enclosure.is_picture:
        return
    with xml.element(
        "media:content",
        url=absolute(enclosure.path),
        fileSize=enclosure.length,
        type=enclosure.media_type,
        medium="image",
        width=enclosure.width,
        height=enclosure.height,
    ):
        if enclosure.caption:
            xml.add("media:description", enclosure.caption, type="plain")
        if enclosure.credit:
            xml.add("media:credit", enclosure.credit)


def _moment(moment):
    return format_datetime(timezone.localtime(moment))
