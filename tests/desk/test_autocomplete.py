"""A field with a search box finds for everybody who may fill it in."""

import re

import pytest
from django.contrib import admin
from django.test import Client

from newsletter.desk.roles import CORRESPONDENT
from tests import factories
from tests.desk import people
from tests.desk.forms import address


def boxes(page):
    """The search boxes of a page: the queries of their autocompletes."""
    found = re.findall(r"<select ([^>]*admin-autocomplete[^>]*)>", page.content.decode())
    return {
        tuple(re.search(rf'data-{name}="([^"]+)"', box)[1] for name in ("app-label", "model-name", "field-name"))
        for box in found
    }


def ask(client, box, term=""):
    return client.get(
        "/admin/autocomplete/", dict(zip(("app_label", "model_name", "field_name"), box, strict=True), term=term)
    )


@pytest.mark.parametrize("role", people.ROLES)
def test_every_search_box_that_a_role_sees_answers_it(db, role):
    client = people.browser_of(people.member(role))
    seen = {
        box
        for model, model_admin in admin.site._registry.items()
        if (page := client.get(address(model, "add"))).status_code == 200
        for box in boxes(page)
    }

    answers = {box: ask(client, box).status_code for box in seen}

    assert seen
    assert answers == dict.fromkeys(seen, 200)


def test_readers_are_sent_to_log_in(db):
    response = ask(Client(), ("articles", "articleorganization", "organization"))

    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_an_organization_is_found_by_its_alias(db):
    organization = factories.organization("苍南县扶苗公益服务中心", alias=["扶苗"])
    factories.organization("苍南县商会")
    client = people.browser_of(people.member(CORRESPONDENT))

    found = ask(client, ("articles", "articleorganization", "organization"), "扶苗").json()["results"]

    assert found == [{"id": str(organization.pk), "text": "苍南县扶苗公益服务中心"}]


def test_an_event_is_found_by_the_organization_that_holds_it(db):
    host = factories.organization("苍南县扶苗公益服务中心", alias=["扶苗"])
    event = factories.draft_event("送书下乡", hosts=[host])
    client = people.browser_of(people.editor())

    found = ask(client, ("articles", "articleevent", "event"), "扶苗").json()["results"]

    assert found == [{"id": str(event.pk), "text": "送书下乡"}]


def test_no_search_box_finds_accounts_for_who_does_not_manage_them(db):
    for role in people.ROLES[:3]:
        client = people.browser_of(people.member(role))
        assert ask(client, ("orgs", "organization", "correspondents")).status_code == 403
