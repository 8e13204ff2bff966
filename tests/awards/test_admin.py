import pytest

from newsletter.awards.models import Award
from tests import factories
from tests.desk.forms import add_form, address, errors_of
from tests.desk.people import browser_of, chief_editor, editor


@pytest.fixture
def client(db):
    return browser_of(editor())


def new(client, **values):
    return add_form(client, Award).fill(**{"name": "温州市“四好”商会", "year": "2018", "level": "city", **values})


def test_an_award_is_written_with_its_recipients(client):
    issuer, winner = factories.organization(), factories.organization()
    form = new(client, issuer=issuer.pk)
    form.add_row("recipients", organization=winner.pk, project="“5+3”工作法").add_row("recipients", person="周海棠")

    form.save()

    award = Award.objects.get()
    assert (award.issuer, [str(recipient) for recipient in award.recipients.all()]) == (issuer, [str(winner), "周海棠"])


@pytest.mark.parametrize("both", [True, False])
def test_a_recipient_is_an_organization_or_a_person(client, both):
    who = {"organization": factories.organization().pk, "person": "周海棠"} if both else {"project": "义卖"}

    response = new(client).add_row("recipients", **who).post()

    assert errors_of(response) == {"": ["A recipient is an organization or a person, one of the two."]}
    assert not Award.objects.exists()


@pytest.mark.parametrize("issued", [True, False])
def test_an_award_of_a_year_and_issuer_exists_once(client, issued):
    issuer = factories.organization() if issued else None
    factories.draft_award("温州市“四好”商会", issuer=issuer)

    response = new(client, issuer=issuer.pk if issuer else "").post()

    assert len(errors_of(response)[""]) == 1
    assert errors_of(response)[""][0].endswith("exists already: add the recipient there.")
    assert Award.objects.count() == 1


@pytest.mark.parametrize("who", ["organization", "person"])
def test_a_recipient_typed_twice_is_refused_in_words(client, who):
    value = factories.organization().pk if who == "organization" else "周海棠"
    form = new(client)
    for _ in range(2):
        form.add_row("recipients", **{who: value})

    response = form.post()

    assert response.status_code == 200
    assert errors_of(response)
    assert not Award.objects.exists()


@pytest.mark.parametrize("year", ["1899", "2201", "去年", ""])
def test_a_year_that_cannot_be_is_refused_beside_its_field(client, year):
    assert errors_of(new(client, year=year).post()).keys() == {"year"}


def test_the_list_finds_an_award_by_any_name_of_issuer_and_recipients(client):
    issuer, winner = (
        factories.organization(name, alias=[alias]) for name, alias in (("民政局", "民"), ("龙港商会", "龙商"))
    )
    award = factories.draft_award(issuer=issuer, recipients=[winner])
    award.recipients.create(person="周海棠")
    factories.draft_award("别的荣誉")

    found = [list(client.get(address(Award), {"q": text}).context["cl"].result_list) for text in ("民", "龙商", "海棠")]
    assert found == [[award]] * 3


def test_an_award_in_the_trash_stays_linked_to_the_articles_that_report_it(db):
    award = factories.draft_award()
    article = factories.draft_article(awards=[award])

    browser_of(chief_editor()).post(address(award, "delete"), {"post": "yes"})

    award.refresh_from_db()
    assert award.state == "trashed"
    assert [*article.awards.all()] == [award]
