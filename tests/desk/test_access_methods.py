"""Nobody changes anything by a method, an address or a bulk action that their role is not given: by the same table."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission
from django.test import RequestFactory

from newsletter.publishing.models import Publication
from tests import factories
from tests.desk import people
from tests.desk.forms import address
from tests.desk.test_access import EVERYBODY, MODELS, PAGES, admin_routes, browser_of, of_model, one_of_each, rows

# What a look at a page may write: who is logged in, and who is looking.
_LOOKING = {"sessions.Session", "records.Presence"}
# The letters of pages that change nothing, whatever is sent to them.
_READING = set("lvhr")
_POSTED_BY = {
    "<path:object_id>/history/<id:version_id>/restore/": "c",
    "<path:object_id>/editing/": "vc",
    "<path:object_id>/change/": "c",
}
_PUSHED = {
    "post": "yes",
    "do": "save",
    "_save": "1",
    "_step": "publish",
    "action": "withdraw_selected",
    "index": "0",
    "title": "改了",
    "name": "改了",
    "word": "改了",
    "state": "published",
    "is_superuser": "on",
    "kind": "facts",
    "reason": "改了",
    "usable_password": "true",
    "password1": "a long password",
    "password2": "a long password",
}


def everything_stored():
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in _LOOKING
    }


def addresses_of_models(objects):
    """`(model, page, path)` of each address that belongs to a model, with its row of the table."""
    for route in sorted(admin_routes()):
        if found := of_model(route):
            model, page = found
            pk = str(objects[model].pk)
            path = route.replace("<path:object_id>", pk).replace("<id>", pk).replace("<id:version_id>", "1")
            yield model, page, "/admin/" + path + (f"?ids={pk}" if page == "withdraw/" else "")


def may_post(model, page, role):
    if role == "anonymous":
        return False
    if (model, page) == ("orgs/merger", "<path:object_id>/undo/"):
        model, letters = "orgs/organization", "m"
    else:
        letters = _POSTED_BY.get(page) or PAGES.get(page, "")
    if letters == "vc":  # Whoever looks says that they are looking.
        return bool({*"vc"} & {*rows(MODELS)[model][role]})
    return bool(({*letters} - _READING) & {*rows(MODELS)[model][role]})


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_post_that_the_table_does_not_give_a_role_changes_nothing(db, role):
    own = factories.organization()
    objects = one_of_each(own)
    client = browser_of(role, own)
    before = everything_stored()

    refused = 0
    for model, page, path in addresses_of_models(objects):
        if not may_post(model, page, role):
            data = {**_PUSHED, ACTION_CHECKBOX_NAME: objects[model].pk, "into": own.pk, "ids": objects[model].pk}
            answer = client.post(path, data)
            assert answer.status_code in {200, 302, 403, 404, 405}, path
            refused += 1

    assert refused > 20
    assert everything_stored() == before


@pytest.mark.parametrize("role", ["anonymous", people.EDITOR, "superuser"])
@pytest.mark.parametrize("method", ["head", "options", "put", "patch", "delete"])
def test_methods_that_no_form_uses_change_nothing(db, role, method):
    own = factories.organization()
    objects = one_of_each(own)
    client = browser_of(role, own)
    before = everything_stored()

    for _model, page, path in addresses_of_models(objects):
        if page == "export/":  # Any export goes on record.
            continue
        answer = getattr(client, method)(path)
        assert answer.status_code in {200, 302, 403, 404, 405}, path

    assert everything_stored() == before


def test_who_may_only_view_changes_nothing_by_any_bulk_action(db):
    objects = one_of_each(factories.organization())
    viewer = factories.staff(language="en")
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    viewer.user_permissions.add(Permission.objects.get(codename="edit_every_article"))
    client, superuser = people.browser_of(viewer), people.superuser()
    request = RequestFactory().get("/admin/")
    request.user = superuser
    before = everything_stored()

    tried = []
    for model, model_admin in admin.site._registry.items():
        label = f"{model._meta.app_label}/{model._meta.model_name}"
        if model is Publication:
            continue
        for action in model_admin.get_actions(request):
            for across in ("0", "1"):
                data = {"action": action, ACTION_CHECKBOX_NAME: objects[label].pk, "index": "0", "post": "yes"}
                client.post(address(model), {**data, "select_across": across})
            tried.append(f"{label} {action}")

    assert len(tried) > 12
    assert everything_stored() == before
