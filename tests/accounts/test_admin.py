"""Administrators manage accounts; only a superuser makes or changes a superuser."""

import pytest
from django.contrib.auth.models import Group

from newsletter.accounts.models import User
from newsletter.desk.roles import CHIEF_EDITOR, CORRESPONDENT
from tests import factories
from tests.desk.forms import Form, add_form, address, change_form, errors_of
from tests.desk.people import administrator, browser_of, chief_editor, correspondent, editor, superuser

PASSWORD = "tulips-and-pomelos"


@pytest.fixture
def client(db):
    return browser_of(administrator())


def group(name):
    return Group.objects.get(name=name)


def new(client, **values):
    typed = {"username": "chen", "name": "陈编辑", "password1": PASSWORD, "password2": PASSWORD, **values}
    return add_form(client, User).fill(**typed)


# What an administrator does.


def test_for_whom_an_account_writes_is_a_change_of_the_organization_too(client):
    own, other, account = factories.organization(), factories.organization(), correspondent()
    opened = change_form(browser_of(superuser()), own).fill(region="灵溪镇")

    change_form(client, account).add_row("Organization_correspondents", organization=own.pk).save()

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.version, other.version) == (2, 1)
    # Whoever had the organization open is told, and takes nobody away.
    opened.again(opened.post()).save()
    own.refresh_from_db()
    assert ([*own.correspondents.all()], own.region) == ([account], "灵溪镇")


def test_an_account_is_made_with_its_groups_and_organizations_and_can_log_in(client):
    own = factories.organization()
    form = new(client, is_staff="on", groups=[group(CORRESPONDENT).pk])

    form.add_row("Organization_correspondents", organization=own.pk).save()

    made = User.objects.get(username="chen")
    assert (str(made), made.is_staff, made.is_superuser) == ("陈编辑", True, False)
    assert [*made.groups.all(), *made.writes_for.all()] == [group(CORRESPONDENT), own]
    client.logout()
    response = client.post("/admin/login/?next=/admin/", {"username": "chen", "password": PASSWORD})
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").context["user"] == made


def test_an_account_is_changed_closed_and_given_another_group(client):
    person = correspondent(username="chen")

    form = change_form(client, person).fill(name="陈主编", groups=[group(CHIEF_EDITOR).pk], is_active=None)
    form.save()

    person.refresh_from_db()
    assert (person.name, person.is_active, list(person.groups.all())) == ("陈主编", False, [group(CHIEF_EDITOR)])


def test_an_account_is_given_another_password(client):
    person = editor(username="chen")

    form = Form(client, f"/admin/accounts/user/{person.pk}/password/")
    form.fill(password1=PASSWORD, password2=PASSWORD).post("set-password")

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["12345678", "password", "short"])
def test_a_weak_password_is_refused_beside_its_field(client, password):
    response = new(client, password1=password, password2=password).post()

    assert errors_of(response).keys() == {"password2"}
    assert not User.objects.filter(username="chen").exists()


def test_a_closed_account_cannot_log_in_and_is_logged_out(db, client):
    person = editor(username="chen")
    of_person = browser_of(person)
    person.is_active = False
    person.save()

    assert of_person.get("/admin/").status_code == 302
    client.logout()
    response = client.post("/admin/login/", {"username": "chen", "password": "a long password"})
    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)


def test_an_account_that_has_made_nothing_can_be_deleted(client):
    person = factories.user()

    client.post(address(person, "delete"), {"post": "yes"})

    assert not User.objects.filter(pk=person.pk).exists()


# What an administrator does not.


def test_an_administrator_sees_no_superuser_checkbox_and_no_single_permissions(client):
    person = editor()

    pages = [add_form(client, User).page, change_form(client, person).page]

    for page in pages:
        content = page.content.decode()
        assert [name in content for name in ('name="is_superuser"', 'name="user_permissions"')] == [False, False]


def test_an_administrator_makes_no_superuser_by_posting_it(client):
    person = editor()

    change_form(client, person).fill(is_superuser="on", user_permissions=["1"]).save()
    new(client, is_superuser="on").save()

    assert list(User.objects.filter(is_superuser=True)) == []
    assert list(person.user_permissions.all()) == []


def test_an_administrator_does_not_make_themselves_a_superuser(db):
    person = administrator()

    change_form(browser_of(person), person).fill(is_superuser="on").save()

    person.refresh_from_db()
    assert not person.is_superuser


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_an_administrator_cannot_change_a_superuser(client, page):
    boss = superuser(username="boss")
    before = boss.password
    typed = {"username": "taken", "password1": PASSWORD, "password2": PASSWORD, "post": "yes", "is_active": ""}

    response = client.post(f"/admin/accounts/user/{boss.pk}/{page}/", typed)

    boss.refresh_from_db()
    assert response.status_code == 403
    assert (boss.username, boss.password, boss.is_active) == ("boss", before, True)


def test_an_administrator_cannot_delete_a_superuser_by_action(client):
    boss, person = superuser(), factories.user()
    chosen = {"action": "delete_selected", "_selected_action": [boss.pk, person.pk], "post": "yes", "index": "0"}

    client.post(address(User), chosen)

    assert User.objects.filter(pk__in=[boss.pk, person.pk]).count() == 2


def test_an_administrator_reads_no_drafts(client):
    article = factories.draft_article()

    assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get(address(article, "change")).status_code == 403


def test_a_superuser_makes_another_one(db):
    person = editor()

    change_form(browser_of(superuser()), person).fill(is_superuser="on").save()

    person.refresh_from_db()
    assert person.is_superuser


@pytest.mark.parametrize("make", [correspondent, editor, chief_editor])
def test_nobody_else_reaches_accounts(db, make):
    person = make()
    client = browser_of(person)
    pages = [address(User), address(User, "add"), address(person, "change"), address(person, "delete")]

    assert [client.get(page).status_code for page in pages] == [403] * 4
