"""What the formats ask of a feed: each function returns the rules that a document breaks, in words; [] is a good one.

RSS 2.0 and its Best Practices Profile (rssboard.org), RFC 4287, 5005 and 6721, JSON Feed 1.1; and of them all what the
W3C's validator warns of: one id twice, an address that is not absolute, a feed that does not name itself.
"""

import json
import re
from email.utils import parsedate_to_datetime
from pathlib import Path

from jsonschema import Draft202012Validator
from lxml import etree

HERE = Path(__file__).parent
ATOM, RSS_DATE = "{http://www.w3.org/2005/Atom}", r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CHANNEL = {"title", "link", "description", "language", "lastBuildDate", "ttl", "item"}
_ITEM = {"title", "link", "guid", "pubDate", "description", "category", "enclosure"}


def problems(format, document, address):
    return {"rss": of_rss, "atom": of_atom, "json": of_json}[format](document, address)


def of_rss(document, address):
    rss = etree.fromstring(document)
    (channel,) = rss
    found = [] if (rss.tag, rss.get("version"), channel.tag) == ("rss", "2.0", "channel") else ["not RSS 2.0"]
    found += [f"channel: {name} once" for name in ("title", "link", "description") if not channel.findtext(name)]
    found += [f"channel: {name} twice" for name in _CHANNEL - {"item"} if len(channel.findall(name)) > 1]
    found += [f"unknown {child.tag}" for child in channel if "{" not in child.tag and child.tag not in _CHANNEL]
    found += [] if _self(channel) == [address] else ["channel: atom:link rel=self"]
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    found += [] if len({*guids}) == len(guids) else ["a guid twice"]
    for item in items:
        found += [f"item: {name}" for name in ("title", "link", "guid", "pubDate", _CONTENT) if not item.findtext(name)]
        found += [f"item: {child.tag} twice" for child in item if _ITEM and _twice(item, child)]
        found += [f"unknown {child.tag}" for child in item if "{" not in child.tag and child.tag not in _ITEM]
        found += [] if item.find("guid").get("isPermaLink") == "false" else ["guid is not an address"]
        found += [f"enclosure: {name}" for e in item.findall("enclosure") for name in ("url", "length", "type")
                  if not e.get(name)]  # fmt: skip
        found += _not_absolute([item.findtext("link"), *(e.get("url") for e in item.findall("enclosure"))])
        found += _relative(item.findtext(_CONTENT) or "")
    for moment in (*channel.iterfind("lastBuildDate"), *channel.iterfind("item/pubDate")):
        if not re.fullmatch(RSS_DATE, moment.text) or f"{parsedate_to_datetime(moment.text):%a}" != moment.text[:3]:
            found.append(f"date {moment.text}")
    return found


def of_atom(document, address):
    feed = etree.fromstring(document)
    schema = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    found = [] if schema.validate(feed) else [str(error) for error in schema.error_log]
    found += [] if _self(feed) == [address] else ["feed: link rel=self"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iterfind(f"{ATOM}entry")]
    found += [] if len({*ids}) == len(ids) else ["an id twice"]
    gone = [entry.get("ref") for entry in feed.iterfind("{http://purl.org/atompub/tombstones/1.0}deleted-entry")]
    found += [f"{ref} is there and deleted" for ref in {*gone} & {*ids}]
    for entry in feed.iterfind(f"{ATOM}entry"):
        links = [(link.get("rel"), link.get("type")) for link in entry.iterfind(f"{ATOM}link")]
        found += ["two alternate links of one type"] if len({*links}) < len(links) else []
        found += _not_absolute([link.get("href") for link in entry.iterfind(f"{ATOM}link")])
        found += _relative(entry.findtext(f"{ATOM}content"))
    return found


def of_json(document, address):
    feed = json.loads(document)
    schema = json.loads((HERE / "json_feed.schema.json").read_text())
    found = [error.message for error in Draft202012Validator(schema).iter_errors(feed)]
    found += [] if feed.get("feed_url") == address else ["feed_url"]
    ids = [item["id"] for item in feed["items"]]
    found += [] if len({*ids}) == len(ids) else ["an id twice"]
    return found + [problem for item in feed["items"] for problem in _relative(item["content_html"])]


def _self(feed):
    return [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]


def _twice(item, child):
    # Only these may come several times.
    many = ("category", "{http://purl.org/dc/elements/1.1/}contributor")
    return child.tag not in many and len(item.findall(child.tag)) > 1


def _not_absolute(addresses):
    return [f"not absolute: {address}" for address in addresses if not re.match("https?://", address or "")]


def _relative(markup):
    return _not_absolute(
        address
        for address in re.findall(r'(?:href|src)="([^"]*)"', markup)
        if not address.startswith(("mailto:", "tel:"))
    )
