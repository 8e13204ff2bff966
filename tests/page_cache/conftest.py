import gzip

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from newsletter.page_cache.middleware import PageCache
from newsletter.page_cache.store import Store


class Answer:
    def __init__(self, status, headers, content):
        self.status, self.headers, self.content = int(status[:3]), dict(headers), content

    @property
    def text(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        return unpack(self.content).decode()


class Reader:
    """Asks a site with a page cache before it; `made` are the paths and queries that the site itself answered."""

    def __init__(self, folder, limit=2**20, release="1"):
        self.made = []
        self.site = get_wsgi_application()
        self.cache = PageCache(self._making, Store(folder, limit), release)

    def _making(self, environ, start_response):
        self.made.append(environ["PATH_INFO"] + (f"?{query}" if (query := environ["QUERY_STRING"]) else ""))
        return self.site(environ, start_response)

    def get(self, path="/", method="GET", **headers):
        return answer_of(self.cache, path, method, **headers)


def answer_of(application, path, method="GET", **headers):
    environ = RequestFactory().generic(method, path, headers=headers).environ
    told = []
    body = application(environ, lambda *answer: told.extend(answer))
    content = b"".join(body)
    getattr(body, "close", bool)()
    return Answer(*told[:2], content)


@pytest.fixture
def reader(transactional_db, tmp_path, settings):
    settings.ALLOWED_HOSTS = ["*"]
    return Reader(tmp_path / "page-cache")
