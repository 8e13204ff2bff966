"""The cache in front of Django, at the level of WSGI: a page that is kept costs no request object and no view."""

import gzip
import re
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from hashlib import blake2b

import brotli
from django.db import Error, close_old_connections
from django.utils import timezone

from newsletter.publishing.addresses import known_query

from .generation import current_generation, next_moment
from .store import Entry

# What staff see.
_OF_STAFF = re.compile(r"/(?:admin|preview)/")
# What is asked once, and what the disk keeps already.
_NOT_KEPT = re.compile(r"/(?:en/)?(?:search|static)/")
_FEEDS = {"application/rss+xml", "application/atom+xml", "application/feed+json", "text/calendar"}
_TYPES = {"text/html", "application/xml", *_FEEDS}
# Browsers ask each time, and are mostly answered 304; what stands between keeps a page for a minute at most.
_FRESH = "public, max-age=0, s-maxage=60, must-revalidate"
_COMPRESSED = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    "": lambda body: body,
}


class PageCache:
    """A WSGI application that answers for `application` what is in the `store`, and keeps there what may be kept.

    Kept are public pages and feeds, asked for with GET or HEAD by readers without a session, under their host, path,
    known parameters and encoding. Parameters that no page knows do not reach the application. `release` tells one
    state of the code from another.
    """

    def __init__(self, application, store, release):
        self.application, self.store, self.release = application, store, release
        self._moment = (None, 0.0)
        self._making = defaultdict(threading.Lock)

    def __call__(self, environ, start_response):
        if not _may_be_kept(environ):
            return self.application(environ, start_response)
        # Of a damaged address or a database in trouble the application says what is to be said.
        try:
            query = known_query(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
            generation = current_generation()
        except UnicodeDecodeError:
            return self.application(environ, start_response)
        except Error:
            close_old_connections()
            return self.application(environ, start_response)
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = "\n".join((self.release, environ.get("HTTP_HOST", ""), environ["PATH_INFO"], query, encoding))
        if entry := self._kept(generation, key):
            return _sent(entry, environ, start_response)
        with self._alone(key):
            if entry := self._kept(generation, key):
                return _sent(entry, environ, start_response)
            return self._made(generation, key, encoding, {**environ, "QUERY_STRING": query}, start_response)

    def _kept(self, generation, key):
        entry = self.store.get(generation, key)
        return entry if entry and entry.expires > time.time() else None

    @contextmanager
    def _alone(self, key):
        """Of several requests for one page a worker makes one; the others wait for it."""
        lock = self._making[key]
        with lock:
            yield
        self._making.pop(key, None)

    def _made(self, generation, key, encoding, environ, start_response):
        expires = self._next_moment(generation)
        answer = {}

        def started(status, headers, exc_info=None):
            answer.update(status=status, headers=headers, exc_info=exc_info)

        asked = environ | {"REQUEST_METHOD": "GET"}
        asked.pop("HTTP_ACCEPT_ENCODING", None)
        asked.pop("HTTP_IF_NONE_MATCH", None)
        body = self.application(asked, started)
        headers = dict(answer["headers"])
        if not _is_public_page(answer["status"], headers):
            start_response(answer["status"], answer["headers"], answer["exc_info"])
            return body if environ["REQUEST_METHOD"] == "GET" else _closed(body)
        content = b"".join(body)
        _closed(body)
        headers.setdefault("ETag", f'"{blake2b(content, digest_size=12).hexdigest()}"')
        headers.setdefault("Cache-Control", _FRESH)
        headers["Vary"] = "Accept-Encoding"
        content = _COMPRESSED[encoding](content)
        if encoding:
            headers |= {"Content-Encoding": encoding, "ETag": "W/" + headers["ETag"].removeprefix("W/")}
        headers["Content-Length"] = str(len(content))
        entry = Entry(expires, [*headers.items()], content)
        self.store.put(generation, key, entry)
        return _sent(entry, environ, start_response)

    def _next_moment(self, generation):
        """When time next changes a page, as a Unix time; asked of the database once for each generation."""
        known, moment = self._moment
        if known != generation or moment <= time.time():
            moment = next_moment(timezone.now()).timestamp()
            self._moment = generation, moment
        return moment


def is_of_a_reader(environ):
    """Whether the request only reads, what everybody may see."""
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and "sessionid" not in environ.get("HTTP_COOKIE", "")
        and not _OF_STAFF.match(environ["PATH_INFO"])
    )


def _may_be_kept(environ):
    return (
        is_of_a_reader(environ)
        and not _NOT_KEPT.match(environ["PATH_INFO"])
        # A reader program that knows a date only, or wants what is new in a feed, is answered by the view.
        and ("HTTP_IF_MODIFIED_SINCE" not in environ or "HTTP_IF_NONE_MATCH" in environ)
        and "HTTP_A_IM" not in environ
    )


def _is_public_page(status, headers):
    return (
        status.startswith("200 ")
        and headers.get("Content-Type", "").partition(";")[0] in _TYPES
        and "Set-Cookie" not in headers
        and not re.search("private|no-store", headers.get("Cache-Control", ""))
    )


def _encoding(accepted):
    """The best of ours that a browser accepts; the few that refuse one by `q=0` get the page as it is."""
    if "q=0" in accepted.replace("q=0.", ""):
        return ""
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _sent(entry, environ, start_response):
    headers = [(name, value) for name, value in entry.headers]
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and _names(asked, dict(headers)["ETag"]):
        told = {"ETag", "Cache-Control", "Last-Modified", "Vary", "Link"}
        start_response("304 Not Modified", [(name, value) for name, value in headers if name in told])
        return [b""]
    start_response("200 OK", headers)
    return [entry.body if environ["REQUEST_METHOD"] == "GET" else b""]


def _names(asked, tag):
    return asked.strip() == "*" or tag.removeprefix("W/") in re.findall(r'"[^"]*"', asked)


def _closed(body):
    if close := getattr(body, "close", None):
        close()
    return [b""]
