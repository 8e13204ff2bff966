"""The publication is one row that is edited, never added or deleted."""

from newsletter.publishing.models import Publication
from tests.desk.forms import Form, address, errors_of
from tests.desk.people import administrator, browser_of, chief_editor, superuser


def the_form(client):
    return Form(client, "/admin/publishing/publication/1/change/")


def test_the_list_of_publications_leads_to_the_one_there_is(db):
    for _ in range(2):
        response = browser_of(chief_editor()).get(address(Publication))
        assert response["Location"] == "/admin/publishing/publication/1/change/"

    assert Publication.objects.count() == 1


def test_masthead_and_filing_numbers_stand_on_the_site(db, client):
    of_chief = browser_of(chief_editor())
    of_chief.get(address(Publication))
    values = {
        "masthead": "苍南社会组织",
        "icp_number": "浙ICP备12345678号",
        "police_number": "浙公网安备 33032702000001号",
    }

    the_form(of_chief).fill(**values, note="演示站点").save()

    page = client.get("/").content.decode()
    assert [text in page for text in (*values.values(), "演示站点")] == [True] * 4
    assert "https://beian.miit.gov.cn" in page
    assert "33032702000001" in page


def test_an_administrator_changes_the_publication_and_is_recorded(db):
    person = administrator()
    client = browser_of(person)
    client.get(address(Publication))

    the_form(client).fill(phone="0577-12345678").save()

    assert (Publication.current().phone, Publication.current().modified_by) == ("0577-12345678", person)


def test_nobody_adds_or_deletes_a_publication(db):
    client = browser_of(superuser())
    client.get(address(Publication))
    form = the_form(client)

    assert client.post(address(Publication, "add"), form.data).status_code == 403
    assert client.post("/admin/publishing/publication/1/delete/", {"post": "yes"}).status_code == 403
    assert Publication.objects.count() == 1


def test_a_publication_without_a_masthead_is_refused(db):
    client = browser_of(chief_editor())
    client.get(address(Publication))

    assert errors_of(the_form(client).fill(masthead="").post()).keys() == {"masthead"}
