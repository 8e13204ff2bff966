"""The audit log: deeds that a supervisor asks about, written once and changed by nobody."""

import pytest
from django.contrib.auth.models import Group

from newsletter.publishing.models import TransitionRefused
from newsletter.records.audit import AuditEntry, Unchangeable, audit
from tests import factories
from tests.desk.forms import address, change_form
from tests.desk.people import administrator, browser_of, chief_editor, superuser

pytestmark = pytest.mark.django_db


def entries(**found):
    return [(entry.deed, entry.by, entry.detail) for entry in AuditEntry.objects.filter(**found).order_by("pk")]


@pytest.mark.parametrize(
    ("make", "step", "deed"),
    [
        (factories.draft_article, lambda a, by: a.publish(by=by), "published"),
        (factories.draft_article, lambda a, by: a.publish(by=by, at=factories.FUTURE), "scheduled"),
        (factories.scheduled_article, lambda a, by: a.unschedule(by=by), "unscheduled"),
        (factories.published_article, lambda a, by: a.withdraw(reason="有误", by=by), "withdrawn"),
        (factories.draft_article, lambda a, by: a.trash(by=by), "trashed"),
    ],
    ids=["publish", "schedule", "unschedule", "withdraw", "trash"],
)
def test_what_readers_come_to_see_or_see_no_longer_is_logged(make, step, deed):
    article, person = make(), factories.staff(name="陈编辑")

    step(article, person)

    entry = AuditEntry.objects.first()
    assert (entry.deed, entry.by, entry.subject, entry.object_id) == (deed, person, str(article), str(article.pk))
    assert entry.person.startswith("陈编辑")


def test_a_change_of_what_readers_see_already_is_logged():
    article, person = factories.published_article(), chief_editor()
    draft = factories.draft_article()

    for obj in (article, draft):
        change_form(browser_of(person), obj).fill(subtitle="更正后的副题").save()

    [entry] = AuditEntry.objects.filter(deed="corrected")
    assert (entry.by, entry.object_id) == (person, str(article.pk))


def test_a_step_that_fails_is_not_logged():
    article = factories.published_article()

    with pytest.raises(TransitionRefused):
        article.publish()

    assert not AuditEntry.objects.filter(deed="published").exists()


def test_log_in_log_out_and_failed_log_in_are_logged(client):
    account = factories.staff("chen")

    client.post("/admin/login/", {"username": "chen", "password": "wrong"})
    client.post("/admin/login/", {"username": "chen", "password": "a long password"})
    client.post("/admin/logout/")

    logged = [deed for deed, _by, _detail in entries(object_id=str(account.pk)) if "log" in deed]
    assert logged == ["log_in_failed", "logged_in", "logged_out"]


def test_a_password_typed_as_a_name_is_kept_nowhere(client):
    client.post("/admin/login/", {"username": "MyS3cretPassword", "password": "x"})

    assert "MyS3cret" not in str(AuditEntry.objects.values_list("subject", "detail", "person"))


def test_a_change_of_role_says_what_changed_and_who_did_it():
    account, admin = factories.staff("chen"), administrator()
    group = Group.objects.get(name="总编")

    change_form(browser_of(admin), account).fill(groups=[str(group.pk)], is_active=None).save()

    assert entries(deed="role_changed", object_id=str(account.pk)) == [
        ("role_changed", admin, "启用: 是 → 否"),
        ("role_changed", admin, "+总编"),
    ]


def test_a_role_given_by_a_program_is_logged_too():
    account = factories.staff()

    account.groups.add(Group.objects.get(name="编辑"))
    account.groups.clear()

    assert [detail for _deed, _by, detail in entries(deed="role_changed")] == ["+编辑", "−编辑"]


def test_a_new_password_is_logged_and_not_told():
    account = factories.staff()

    account.set_password("another long password")
    account.save()

    assert [detail for _deed, _by, detail in entries(deed="account_changed")] == ["密码"]


def test_a_deletion_in_the_admin_is_logged():
    section, chief = factories.section("旧栏目"), chief_editor()

    browser_of(chief).post(address(section, "delete"), {"post": "yes"})

    assert entries(deed="deleted") == [("deleted", chief, "")]


def test_nobody_can_change_or_remove_an_entry():
    audit("exported")
    entry = AuditEntry.objects.get(deed="exported")

    for deed in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(person="别人"),
    ):
        with pytest.raises(Unchangeable):
            deed()


def test_not_even_a_superuser_changes_the_log_in_the_admin():
    audit("exported", obj=factories.draft_article())
    entry, client = AuditEntry.objects.first(), browser_of(superuser())

    answers = [
        client.post(address(entry, "change"), {"person": "别人"}).status_code,
        client.post(address(entry, "delete"), {"post": "yes"}).status_code,
        client.get(address(AuditEntry, "add")).status_code,
    ]

    assert answers == [403, 403, 403]
    assert client.get(address(AuditEntry)).status_code == 200
