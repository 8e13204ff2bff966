"""Pages and feeds as readers get them, so that tests speak of links, pictures and words and not of CSS classes."""

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

import feedparser
from django.conf import settings

ARTICLE, EVENT, AWARD, EDITION = (rf"/{kind}/\d+/" for kind in ("articles", "events", "awards", "editions"))
ORGANIZATION = r"/orgs/[\w-]+/"
_VOID = set("area base br col embed hr img input link meta source track wbr".split())


class Node:
    def __init__(self, tag, attrs=()):
        self.tag, self.attrs, self.children = tag, dict(attrs), []

    def walk(self):
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def all(self, tag, **attrs):
        return [n for n in self.walk() if n.tag == tag and all(n.attrs.get(key) == attrs[key] for key in attrs)]

    def pieces(self):
        for child in self.children:
            yield from child.pieces() if isinstance(child, Node) else [child]

    @property
    def text(self):
        return " ".join("".join(self.pieces()).split())


class Page(HTMLParser):
    """An HTML response. `links(pattern)` are the addresses that fit the whole pattern, each once, in their order."""

    def __init__(self, response):
        super().__init__()
        self.response = response
        self.address = response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"]
        self.root = Node("document")
        self._open = [self.root]
        self.feed(response.content.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag, attrs):
        self._open[-1].children.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        if tag in [node.tag for node in self._open]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self._open[-1].children.append(data)

    @property
    def main(self):
        return self.root.all("main")[0]

    @property
    def text(self):
        return self.main.text

    @property
    def h1(self):
        return self.root.all("h1")[0].text

    @property
    def texts_of_links(self):
        """{address: its words}"""
        return {link.attrs.get("href"): link.text for link in self.root.all("a")}

    def links(self, pattern):
        return [href for href in self.texts_of_links if href and re.fullmatch(pattern, href)]

    def link_to(self, rel):
        """The address of the link that stands in this relation (`next`, `prev`) to the page, or None."""
        found = self.root.all("a", rel=rel)
        return urljoin(self.address, found[0].attrs["href"]) if found else None

    def head_links(self, rel):
        return [link.attrs["href"] for link in self.root.all("link", rel=rel)]

    @property
    def pictures(self):
        return [(image.attrs["src"], image.attrs["alt"]) for image in self.main.all("img")]

    @property
    def days(self):
        return [time.attrs["datetime"] for time in self.main.all("time")]

    @property
    def facts(self):
        """Every list of terms as {term: [descriptions]}, the terms being words of the interface."""
        found = {}
        for group in self.main.all("dl"):
            term = None
            for node in group.walk():
                if node.tag == "dt":
                    term = node.text
                elif node.tag == "dd":
                    found.setdefault(term, []).append(node.text)
        return found


def visit(client, address, status=200, **extra):
    response = client.get(address, **extra)
    assert response.status_code == status, f"{address} answers {response.status_code}"
    return Page(response)


def addresses(*rows):
    return [row.get_absolute_url() for row in rows]


def read_feed(client, address="/feeds/news.rss", **headers):
    """The feed as a reader program takes it, if it takes it without complaint; HTML as it stands in the feed."""
    response = client.get(address, **headers)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    feed = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.bozo_exception
    return feed


def titles(feed):
    return [entry.title for entry in feed.entries]


# The addresses of all feeds, less the ending that names the format.
FEED_SCOPES = (
    "/feeds/news.",
    "/orgs/aiyou/news.",
    "/events/types/jiangzuo/news.",
    "/sections/yaowen/news.",
    "/tags/duanwu/news.",
    "/feeds/editions.",
    "/feeds/awards.",
)


@dataclass
class FeedItem:
    id: str
    title: str
    html: str
    published: str
    updated: str
    link: str
    authors: list
    categories: list


@dataclass
class ReadFeed:
    items: list
    next: str | None  # path
    deleted: list  # ids


def read_items(client, path, **headers):
    """A feed in any format as a reader program sees it; None where it is answered 304."""
    response = client.get(path, follow=True, **headers)
    if response.status_code == 304:
        return None
    assert response.status_code == 200, f"{path} answers {response.status_code}"
    return _of_json(response.content) if "json" in response["Content-Type"] else _of_xml(response.content)


def _of_json(document):
    feed = json.loads(document)
    items = [
        FeedItem(
            id=item["id"],
            title=item["title"],
            html=item["content_html"],
            link=item["url"],
            published=item["date_published"],
            updated=item["date_modified"],
            authors=[author["name"] for author in item.get("authors", [])],
            categories=item.get("tags", []),
        )
        for item in feed["items"]
    ]
    return ReadFeed(items, _path(feed.get("next_url")), [])


def _of_xml(document):
    feed = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.bozo_exception
    items = [
        FeedItem(
            id=entry.id,
            title=entry.title,
            html=entry.content[0].value,
            link=entry.link,
            published=entry.published,
            updated=entry.updated,
            authors=[person.name for person in [*entry.get("authors", []), *entry.get("contributors", [])] if person],
            categories=[category.label or category.term for category in entry.get("tags", [])],
        )
        for entry in feed.entries
    ]
    following = [link.href for link in feed.feed.links if link.rel == "next"]
    return ReadFeed(
        items, _path(following[0] if following else None), re.findall(r'deleted-entry ref="(.*?)"', document.decode())
    )


def _path(address):
    return address and address.removeprefix(settings.SITE_URL)
