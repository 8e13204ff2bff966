"""Four workers keep all kinds of pages while an editor works: no reader is sent what was before the last change."""

import threading
import urllib.error
import urllib.request
from contextlib import suppress

import pytest

from tests.running import migrated

pytestmark = pytest.mark.own_site

# Runs beside the server on its database: each change, and at once what readers are sent. Prints what was stale.
EDITOR = """
import datetime, time, urllib.error, urllib.request
from django.utils import timezone
from newsletter.articles.models import Article
from newsletter.publishing.addresses import absolute

def page(path):
    try:
        return urllib.request.urlopen(absolute(path)).read().decode()
    except urllib.error.HTTPError as error:
        return f"{error.code} " + error.read().decode()

def asked(path, words, expected):
    for worker in range(4):
        if (words in page(path)) != expected:
            print("stale", path, words, expected, flush=True)

for number in range(CHANGES // 4):
    article = Article.objects.create(title=f"稿件{number}号", body="<p>端午前夕。</p>", byline="扶苗")
    own = article.get_absolute_url()
    article.publish()
    asked("/news/", f"稿件{number}号", True)
    asked("/feeds/news.rss", f"稿件{number}号", True)
    article.title = f"更正{number}号"
    article.save()
    asked(own, f"更正{number}号", True)
    asked("/", f"稿件{number}号", False)
    article.withdraw(reason="有误")
    asked("/news/", f"更正{number}号", False)
    asked(own, "410 ", True)
    coming = Article.objects.create(title=f"定时{number}号", body="<p>端午前夕。</p>", byline="扶苗")
    coming.publish_at = timezone.now() + datetime.timedelta(seconds=0.6)
    coming.save()
    coming.publish()
    early = f"定时{number}号" in page("/news/")
    if early and timezone.now() < coming.publish_at:
        print("early", number, flush=True)
    time.sleep(max(0, (coming.publish_at - timezone.now()).total_seconds()) + 0.01)
    asked("/news/", f"定时{number}号", True)
print("done")
"""


def keep_warm(address, ended):
    paths = ["/", "/news/", "/feeds/news.rss", "/orgs/", "/events/", "/awards/", "/editions/", "/feeds/", "/en/"]
    while not ended.is_set():
        for path in [*paths, "/articles/1/", "/articles/2/", "/sitemap-articles.xml"]:
            with suppress(urllib.error.HTTPError):
                urllib.request.urlopen(address + path).read()


@pytest.mark.parametrize("changes", [20, pytest.param(200, marks=pytest.mark.endurance)])
def test_no_reader_is_sent_what_was_before_the_last_change(tmp_path, changes):
    site, ended = migrated(tmp_path), threading.Event()
    with site.served(workers=4, PAGE_CACHE_MB="32"):
        readers = [threading.Thread(target=keep_warm, args=(site.address, ended)) for _number in range(4)]
        for reader in readers:
            reader.start()
        try:
            said = site.told("manage.py", "shell", "--no-imports", "--command", EDITOR.replace("CHANGES", str(changes)))
        finally:
            ended.set()
            for reader in readers:
                reader.join()

    assert said.splitlines() == ["done"]
    assert any(site.folder.glob("page-cache/*/*"))
