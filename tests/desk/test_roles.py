"""The groups and what each may do, after `migrate`."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from newsletter.desk.roles import ADMINISTRATOR, CHIEF_EDITOR, CORRESPONDENT, EDITOR, ROLES, grant_permissions

PUBLISHABLE = {"articles.article", "awards.award", "editions.edition", "events.event", "pages.page"}


def granted():
    """`{group: {"app.action_model", …}}` as the database has it."""
    return {
        group.name: {
            f"{app}.{codename}"
            for app, codename in group.permissions.values_list("content_type__app_label", "codename")
        }
        for group in Group.objects.all()
    }


def the_table():
    return {
        name: {
            f"{label.split('.')[0]}.{action}_{label.split('.')[1]}"
            for label, actions in table.items()
            for action in actions
        }
        for name, table in ROLES.items()
    }


def who_may(*permissions):
    return {name for name, those in granted().items() if those & {*permissions}}


def test_after_migrate_the_groups_have_exactly_the_permissions_of_the_table(db):
    assert granted() == the_table()


def test_there_are_four_groups(db):
    assert set(granted()) == {"通讯员", "编辑", "总编", "管理员"}


def test_only_the_chief_editor_publishes(db):
    publishing = {f"{label.split('.')[0]}.publish_{label.split('.')[1]}" for label in PUBLISHABLE}

    assert who_may(*publishing) == {CHIEF_EDITOR}
    assert granted()[CHIEF_EDITOR] >= publishing


def test_only_the_administrator_manages_accounts(db):
    accounts = {f"accounts.{action}_user" for action in ("view", "add", "change", "delete")}

    assert who_may(*accounts) == {ADMINISTRATOR}
    assert granted()[ADMINISTRATOR] >= accounts


def test_nobody_changes_groups_which_the_table_in_the_code_keeps(db):
    assert [name for those in granted().values() for name in those if name.startswith("auth.")] == []


def test_the_administrator_writes_nothing(db):
    writing = {
        name for name in granted()[ADMINISTRATOR] if not name.startswith(("accounts.", "publishing.", "records."))
    }

    assert writing == {"orgs.view_organization"}


def test_a_correspondent_changes_nothing_but_articles_and_their_parts(db):
    changing = {name for name in granted()[CORRESPONDENT] if ".view_" not in name}

    assert {name.split(".")[0] for name in changing} == {"articles"}
    assert not changing & {"articles.delete_article", "articles.edit_every_article", "articles.publish_article"}


def test_each_of_the_three_who_write_may_what_the_one_before_may(db):
    assert granted()[CORRESPONDENT] < granted()[EDITOR] < granted()[CHIEF_EDITOR]


@pytest.mark.parametrize("damage", ["taken", "given"])
def test_migrate_makes_the_permissions_again_as_they_stand_in_the_table(db, damage):
    if damage == "taken":
        Group.objects.get(name=EDITOR).delete()
    else:
        Group.objects.get(name=EDITOR).permissions.set(Permission.objects.all())

    call_command("migrate", verbosity=0)

    assert granted() == the_table()


def test_groups_that_an_installation_has_made_itself_stay_as_they_are(db):
    own = Group.objects.create(name="摄影组")
    own.permissions.add(Permission.objects.get(codename="view_photo"))

    grant_permissions()

    assert granted()["摄影组"] == {"articles.view_photo"}
