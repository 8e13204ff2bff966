import pytest

from newsletter.publishing.languages import in_english
from orgs.models import Organization
from tests import factories
from tests.desk.forms import add_form, address, change_form, errors_of
from tests.desk.people import browser_of, chief_editor, editor

NAME = "苍南县爱友公益服务中心"
TAKEN = "“{}” is already a name of 苍南县爱友公益服务中心, so {} cannot bear it too."


@pytest.fixture
def client(db):
    return browser_of(editor())


def new(client, name="苍南县扶苗公益服务中心"):
    return add_form(client, Organization).fill(name=name, kind="service_agency")


def names(organization):
    return sorted((name.kind, name.name) for name in organization.names.all())


def found(client, text):
    return list(client.get(address(Organization), {"q": text}).context["cl"].result_list)


# Names.


def test_an_organization_is_made_with_its_names(client):
    new(client).add_row("names", name="扶苗", kind="short").add_row("names", name="扶苗公益", kind="alias").save()

    organization = Organization.objects.get()
    assert names(organization) == [("alias", "扶苗公益"), ("full", "苍南县扶苗公益服务中心"), ("short", "扶苗")]
    assert organization.short_name == "扶苗"


def test_a_full_name_that_is_taken_is_refused_with_both_named(client):
    factories.organization(NAME, short=["爱友"])

    response = new(client, "爱友").post()

    assert errors_of(response)[""] == [TAKEN.format("爱友", "爱友")]
    assert Organization.objects.count() == 1


@pytest.mark.parametrize("typed", ["爱友", " 爱 友 ", NAME])
def test_a_further_name_that_is_taken_is_refused_with_both_named(client, typed):
    factories.organization(NAME, short=["爱友"])
    other = factories.organization("苍南县扶苗公益服务中心")

    response = change_form(client, other).add_row("names", name=typed).post()

    assert errors_of(response)[""] == [TAKEN.format(" ".join(typed.split()), "苍南县扶苗公益服务中心")]
    assert names(other) == [("full", "苍南县扶苗公益服务中心")]


def test_a_further_name_of_a_new_organization_that_is_taken_is_refused_with_both_named(client):
    factories.organization(NAME, short=["爱友"])

    response = new(client).add_row("names", name="爱友").post()

    assert errors_of(response)[""] == [TAKEN.format("爱友", "苍南县扶苗公益服务中心")]
    assert Organization.objects.count() == 1


@pytest.mark.parametrize("typed", [["扶苗", "扶苗"], ["扶苗", "扶 苗"], ["苍南县扶苗公益服务中心"]])
def test_a_name_typed_twice_is_refused_in_words(client, typed):
    form = new(client)
    for name in typed:
        form.add_row("names", name=name)

    response = form.post()

    assert response.status_code == 200
    assert errors_of(response)
    assert not Organization.objects.exists()


def test_the_full_name_typed_again_below_is_refused_in_words(client):
    organization = factories.organization(NAME)

    response = change_form(client, organization).add_row("names", name=NAME).post()

    assert response.status_code == 200
    assert errors_of(response)


def test_renaming_keeps_the_old_name_as_a_former_one_and_the_old_address(client):
    organization = factories.organization(NAME, short=["爱友"])
    address_before = organization.get_absolute_url()

    change_form(client, organization).fill(name="苍南县爱友社会服务中心", slug="aiyou").save()

    organization.refresh_from_db()
    assert names(organization) == [("former", NAME), ("full", "苍南县爱友社会服务中心"), ("short", "爱友")]
    assert client.get(address_before)["Location"] == "/orgs/aiyou/"


def test_renaming_to_one_of_its_own_names_is_accepted(client):
    organization = factories.organization(NAME, alias=["爱友公益"])

    change_form(client, organization).fill(name="爱友公益").save()

    assert names(organization) == [("former", NAME), ("full", "爱友公益")]


def test_the_full_name_is_no_row_and_no_kind_of_the_names_below(client):
    organization = factories.organization(NAME, short=["爱友"])

    form = change_form(client, organization)

    assert form.data["names-INITIAL_FORMS"] == "1"
    assert '<option value="full"' not in form.page.content.decode()


# The list.


def test_the_list_finds_an_organization_by_any_name_and_by_pinyin(client):
    organization = factories.organization(NAME, short=["爱友"], alias=["爱友之家"])
    factories.organization("苍南县商会")

    assert [found(client, text) for text in (NAME, "爱友", "爱友之家", "aiyou", "不存在")] == [
        *[[organization]] * 4,
        [],
    ]


# Rules of the form.


def test_an_organization_is_not_its_own_parent(client):
    organization = factories.organization()

    response = change_form(client, organization).fill(parent=organization.pk).post()

    assert errors_of(response).keys() == {"parent"}


def test_a_wrong_credit_code_is_refused_beside_its_field(client):
    response = new(client).fill(credit_code="913303270000000000").post()

    assert errors_of(response) == {
        "credit_code": ["This is not a valid unified social credit code: 18 characters with a check digit."]
    }


def test_two_organizations_without_a_credit_code_are_no_duplicates(client):
    new(client, "苍南县扶苗公益服务中心").save()
    new(client, "苍南县商会").save()

    assert list(Organization.objects.values_list("credit_code", flat=True)) == [None, None]


def test_an_old_address_of_another_is_refused(client):
    other = factories.organization(NAME, slug="aiyou")
    other.slug = "aiyou-center"
    other.save()

    response = new(client).fill(slug="aiyou").post()

    assert errors_of(response) == {"slug": [f"This is an old address of {NAME}, which still leads there."]}


def test_a_logo_that_is_no_picture_is_refused_beside_its_field_and_the_rest_is_kept(client):
    response = new(client).fill(logo=factories.picture_file("标志.png", b"MZ"), description="公益服务").post()

    assert errors_of(response).keys() == {"logo"}
    assert "公益服务" in response.content.decode()


def test_view_on_site_leads_to_the_page_of_the_organization(client):
    organization = factories.organization()

    assert (
        f'href="{in_english(organization.get_absolute_url())}"'
        in change_form(client, organization).page.content.decode()
    )


# Deleting.


def test_an_organization_that_has_news_cannot_be_deleted_and_the_page_says_what_holds_it(db):
    organization = factories.organization()
    article = factories.published_article(title="端午送粽子", organizations=[organization])
    client = browser_of(chief_editor())

    page = client.post(address(organization, "delete"), {"post": "yes"})

    assert page.context["protected"]
    assert "organization of the article" in page.content.decode().lower()
    assert list(article.organizations.all()) == [organization]


@pytest.mark.parametrize("holds", ["article", "event", "award", "issued", "supervised", "merged"])
def test_an_organization_that_others_stand_on_is_not_deleted(db, holds):
    organization = factories.organization()
    {
        "article": lambda: factories.draft_article(organizations=[organization]),
        "event": lambda: factories.draft_event(hosts=[organization]),
        "award": lambda: factories.draft_award(recipients=[organization]),
        "issued": lambda: factories.draft_award(issuer=organization),
        "supervised": lambda: factories.organization(supervisor=organization),
        "merged": lambda: factories.merged_organization(organization),
    }[holds]()
    client = browser_of(chief_editor())

    client.post(address(organization, "delete"), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [organization.pk], "post": "yes", "index": "0"}
    client.post(address(organization), chosen)

    assert Organization.objects.filter(pk=organization.pk).exists()


def test_an_organization_that_nothing_stands_on_can_be_deleted_with_its_names(db):
    organization = factories.organization(NAME, short=["爱友"])

    browser_of(chief_editor()).post(address(organization, "delete"), {"post": "yes"})

    assert not Organization.objects.exists()
