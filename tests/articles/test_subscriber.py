"""A year of a subscriber: whatever happens to the stories, each is seen once, and each change of it."""

import datetime

import pytest
from django.utils import timezone

from newsletter.publishing.feeds.formats import FORMATS
from tests.factories import draft_article, organization, published_article
from tests.reading import read_items

pytestmark = pytest.mark.django_db


class Subscriber:
    """A reader program: keeps what it has seen by id, and says of each look what is new, changed and gone."""

    def __init__(self, client, path, way):
        self.client, self.path, self.way = client, path, way
        self.items, self.kept = {}, {}

    def look(self):
        response = self.client.get(self.path, **self.kept)
        if response.status_code == 301:
            self.path = response["Location"]
            response = self.client.get(self.path, **self.kept)
        if response.status_code == 304:
            return [], [], []
        if self.way == "tag":
            self.kept = {"HTTP_IF_NONE_MATCH": response["ETag"]}
        elif self.way == "date" and "Last-Modified" in response:
            self.kept = {"HTTP_IF_MODIFIED_SINCE": response["Last-Modified"]}
        found = {item.id: item for item in read_items(self.client, self.path).items}
        new = [item.title for key, item in found.items() if key not in self.items]
        changed = [item.title for key, item in found.items() if key in self.items and self.items[key] != item]
        gone = [item.title for key, item in self.items.items() if key not in found]
        self.items = found
        return new, changed, gone


@pytest.mark.parametrize("way", ["tag", "date", "neither"])
@pytest.mark.parametrize("format", FORMATS)
def test_subscriber_sees_each_story_once_and_each_change(client, format, way):
    aiyou = organization("爱友公益服务中心", slug="aiyou")
    first = draft_article(title="第一篇", organizations=[aiyou])
    subscriber = Subscriber(client, f"/orgs/aiyou/news.{format}", way)
    assert subscriber.look() == ([], [], [])

    first.publish()
    assert subscriber.look() == (["第一篇"], [], [])
    assert subscriber.look() == ([], [], [])

    first.title, first.correction = "第一篇（更正）", "应为三十人。"
    first.save()
    assert subscriber.look() == ([], ["第一篇（更正）"], [])

    second = draft_article(title="第二篇", organizations=[aiyou])
    second.publish(at=timezone.now() + datetime.timedelta(hours=1))
    assert subscriber.look() == ([], [], [])
    second.publish_at = timezone.now() + datetime.timedelta(days=1)
    second.save()
    assert subscriber.look() == ([], [], [])
    second.publish_at = timezone.now()
    second.save()
    assert subscriber.look() == (["第二篇"], [], [])

    first.withdraw(reason="有误")
    assert subscriber.look() == ([], [], ["第一篇（更正）"])

    aiyou.name, aiyou.slug = "爱友公益促进中心", "aiyou-cujin"
    aiyou.save()
    assert subscriber.look() == ([], ["第二篇"], [])
    assert [item.categories for item in subscriber.items.values()] == [["爱友公益促进中心"]]
    assert subscriber.look() == ([], [], [])

    first.publish()
    published_article(title="别家的", organizations=[organization()])
    assert subscriber.look() == (["第一篇（更正）"], [], [])
