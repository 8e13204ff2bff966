"""The list of all organizations' feeds, as reader programs import it."""

import pytest
from django.conf import settings
from lxml import etree

from newsletter.publishing.models import Publication
from orgs.models import Organization
from tests.factories import organization

pytestmark = pytest.mark.django_db

OPML = "/feeds/organizations.opml"


def test_opml_lists_the_feed_of_each_public_organization_and_no_other(client):
    organization("爱友公益服务中心", slug="aiyou")
    organization('某"协会" & <友>', slug="mou")
    organization("没有公开的单位", slug="hidden", listed=False)
    Publication(masthead="苍南社会组织").save()

    response = client.get(OPML)

    opml = etree.fromstring(response.content)
    assert response["Content-Type"] == "text/x-opml; charset=utf-8"
    assert (opml.tag, opml.get("version")) == ("opml", "2.0")
    assert opml.findtext("head/title").startswith("苍南社会组织")
    assert sorted(
        (outline.get("text"), outline.get("xmlUrl"), outline.get("type")) for outline in opml.find("body")
    ) == [
        ('某"协会" & <友>', f"{settings.SITE_URL}/orgs/mou/news.rss", "rss"),
        ("爱友公益服务中心", f"{settings.SITE_URL}/orgs/aiyou/news.rss", "rss"),
    ]


def test_opml_is_sent_again_only_when_it_changed(client):
    organization("爱友公益服务中心", slug="aiyou")
    tag = client.get(OPML)["ETag"]
    assert client.get(OPML, HTTP_IF_NONE_MATCH=tag).status_code == 304

    found = Organization.objects.get()
    found.name = "爱友公益促进中心"
    found.save()

    assert client.get(OPML, HTTP_IF_NONE_MATCH=tag).status_code == 200
