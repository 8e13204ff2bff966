"""On time without any job: nothing runs but gunicorn when a scheduled story becomes public."""

import datetime
import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import build_opener

import pytest

from tests.desk.forms import controls
from tests.factories import SHANGHAI
from tests.running import browser_of, migrated

pytestmark = pytest.mark.own_site

HEADLINE = "爱心车队准时出发"
LISTS = ("/", "/news/", "/feeds/news.rss", "/sitemap-articles.xml")


def answer(site, path):
    """What a reader gets at this moment: status and text."""
    try:
        with build_opener().open(site.address + path) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, ""


def where_it_stands(site, address):
    """Those of the lists in which the story stands, and whether its own address answers."""
    marker = {"/sitemap-articles.xml": address}
    return [path for path in LISTS if marker.get(path, HEADLINE) in answer(site, path)[1]], answer(site, address)[0]


def schedule(site, moment):
    """Write a story in the admin, type the moment as Shanghai's, publish; its address."""
    browser = browser_of(site)
    path = site.address + "/admin/articles/article/add/"
    fields = controls(browser.open(path).read().decode()) | {
        "title": HEADLINE,
        "body": "<p>三十五辆爱心车准时出发。</p>",
        "byline": "扶苗",
        "publish_at_0": f"{moment:%Y-%m-%d}",
        "publish_at_1": f"{moment:%H:%M:%S}",
        "_step": "publish",
    }
    browser.open(path, urlencode(fields).encode())
    [(pk, state)] = site.ask("SELECT id, state FROM articles_article")
    assert state == "published"
    return f"/articles/{pk}/"


def test_a_scheduled_story_appears_on_the_second_on_its_page_in_lists_and_in_the_feed(tmp_path):
    site = migrated(tmp_path)
    with site.served():
        moment = datetime.datetime.now(SHANGHAI).replace(microsecond=0) + datetime.timedelta(seconds=6)
        address = schedule(site, moment)

        before, first_seen = where_it_stands(site, address), None
        assert time.time() < moment.timestamp(), "the machine was too slow to look before the moment"
        while first_seen is None and time.time() < moment.timestamp() + 10:
            if answer(site, address)[0] == 200:
                first_seen = time.time()

        assert before == ([], 404)
        # Not a moment early, and late by no more than the time of some requests.
        assert 0 <= first_seen - moment.timestamp() < 2
        assert where_it_stands(site, address) == ([*LISTS], 200)
