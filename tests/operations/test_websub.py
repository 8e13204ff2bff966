"""A real hub hears of each change in the feeds once, whenever it can be reached again."""

import datetime
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from newsletter.articles.models import Article
from newsletter.operations.websub import HubUnreachable, announce_changes
from newsletter.publishing.feeds.formats import FORMATS
from tests.factories import draft_article, organization, published_article, scheduled_article
from tests.running import migrated

pytestmark = pytest.mark.django_db


class Hub:
    """Keeps the topics it was told of and answers with `status`."""

    def __init__(self):
        self.status, self.told = 204, []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                assert fields["hub.mode"] == ["publish"]
                if hub.status == 204:
                    hub.told += fields["hub.url"]
                self.send_response(hub.status)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def hears(self):
        """The topics of RSS told since the last time, less the site's own address."""
        told, self.told = self.told, []
        return [topic.removeprefix(settings.SITE_URL) for topic in told if topic.endswith(".rss")]


@pytest.fixture
def hub(settings):
    hub = Hub()
    Thread(target=hub.server.serve_forever, daemon=True).start()
    settings.WEBSUB_HUB = hub.address
    yield hub
    hub.server.shutdown()
    hub.server.server_close()


@pytest.fixture
def told(hub):
    """The hub, which has been told of all there is: of one organization, whose feed is its own."""
    organization(slug="aiyou")
    published_article(organizations=[organization(slug="other")])
    announce_changes()
    return hub


def test_hub_is_told_nothing_the_first_time_for_nobody_can_have_missed_it(hub):
    published_article()

    assert (announce_changes(), hub.hears()) == (0, [])


def test_hub_is_told_once_of_every_feed_that_a_change_moves_in_every_format(told):
    published_article(timezone.now(), organizations=[organization(slug="third")])
    announce_changes()

    topics = [
        f"{settings.SITE_URL}/{feed}.{format}" for feed in ("feeds/news", "orgs/third/news") for format in FORMATS
    ]
    assert told.told == topics
    told.told = []
    assert (announce_changes(), told.told) == (0, [])


@pytest.mark.parametrize(
    "step",
    [
        lambda article: article.withdraw(reason="有误"),
        lambda article: article.save(),
        lambda article: article.organizations.get().save(),
    ],
)
def test_correcting_withdrawing_and_renaming_are_changes(told, step):
    step(Article.objects.get())

    announce_changes()

    assert told.hears() == ["/feeds/news.rss", "/orgs/other/news.rss"]


def test_scheduled_story_is_told_when_it_comes_and_a_draft_never(told):
    draft_article()
    coming = scheduled_article()
    announce_changes()
    assert told.hears() == []

    hour = datetime.timedelta(hours=1)
    Article.objects.filter(pk=coming.pk).update(publish_at=timezone.now() - hour, first_public_at=timezone.now() - hour)
    announce_changes()

    assert told.hears() == ["/feeds/news.rss"]


def test_saving_does_not_wait_for_the_hub(told):
    told.server.shutdown()  # takes connections and never answers

    begun = time.monotonic()
    Article.objects.get().save()

    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_hub_that_is_out_of_order_hears_of_the_change_later(told, status):
    Article.objects.get().save()
    told.status = status
    with pytest.raises(HubUnreachable, match=str(status)):
        announce_changes()

    told.status = 204
    announce_changes()

    assert told.hears() == ["/feeds/news.rss", "/orgs/other/news.rss"]


def test_hub_that_nobody_answers_at_is_tried_again(told, settings):
    Article.objects.get().save()
    settings.WEBSUB_HUB = "http://127.0.0.1:1/"
    with pytest.raises(HubUnreachable):
        announce_changes()

    settings.WEBSUB_HUB = told.address
    announce_changes()

    assert told.hears() == ["/feeds/news.rss", "/orgs/other/news.rss"]


def test_hub_that_refuses_a_feed_is_not_asked_for_ever(told):
    Article.objects.get().save()
    told.status = 404
    assert announce_changes() == 2

    told.status = 204
    assert (announce_changes(), told.hears()) == (0, [])


def test_feeds_name_the_hub_but_not_older_pages_and_filtered_lists(client, hub):
    for _number in range(21):
        published_article()

    for format in FORMATS:
        response = client.get(f"/feeds/news.{format}")
        assert hub.address in response.content.decode()
        assert response["Link"] == f'<{hub.address}>; rel="hub", <{settings.SITE_URL}/feeds/news.{format}>; rel="self"'
    for path in ("/feeds/news.atom?form=article", "/feeds/news.atom?before=9000000000000000.1"):
        response = client.get(path)
        assert hub.address not in response.content.decode()
        assert "Link" not in response


def test_site_without_a_hub_names_none_and_its_command_says_so(client):
    published_article()

    response = client.get("/feeds/news.atom")

    assert "Link" not in response and b'rel="hub"' not in response.content
    with pytest.raises(CommandError, match="WEBSUB_HUB"):
        call_command("announce", once=True)


def test_process_of_its_own_tells_the_hub(hub, tmp_path):
    site = migrated(tmp_path)
    site.manage("announce", "--once", WEBSUB_HUB=hub.address)
    site.manage("loadedition", "newsletter/editions/demo/2018-10-11.json", "--publish")

    process = site.start("manage.py", "announce", "--every", "1", WEBSUB_HUB=hub.address)
    for _attempt in range(200):
        if f"{site.address}/feeds/editions.json" in hub.told:
            break
        time.sleep(0.1)
    process.kill()
    process.wait()

    assert {f"{site.address}/feeds/news.atom", f"{site.address}/feeds/editions.json"} < {*hub.told}
    assert len(hub.told) == len({*hub.told})
