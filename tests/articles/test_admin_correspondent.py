"""A correspondent writes drafts for some organizations: what they see, may change and may not."""

import pytest

from newsletter.articles.models import Article
from tests import factories
from tests.desk.forms import Form, add_form, address, change_form, errors_of
from tests.desk.people import browser_of, correspondent, editor


@pytest.fixture
def own(db):
    return factories.organization("苍南县扶苗公益服务中心", short=["扶苗"])


@pytest.fixture
def writer(own):
    return correspondent(own)


@pytest.fixture
def client(writer):
    return browser_of(writer)


def others_article(**values):
    return factories.draft_article(**{"title": "别人的稿件", "organizations": [factories.organization()], **values})


def test_a_correspondent_sees_what_they_wrote_and_what_is_linked_to_their_organizations(client, writer, own):
    others_article()
    linked = factories.draft_article(organizations=[own])
    written = others_article(created_by=writer)

    assert list(client.get(address(Article)).context["cl"].result_list) == [written, linked]


def test_a_correspondent_without_an_organization_sees_what_they_wrote(db):
    writer = correspondent()
    written = factories.draft_article(created_by=writer)
    others_article()

    assert list(browser_of(writer).get(address(Article)).context["cl"].result_list) == [written]


@pytest.mark.parametrize("page", ["change", "history"])
@pytest.mark.parametrize("state", ["draft", "published"])
def test_a_correspondent_cannot_open_the_article_of_another(client, page, state):
    article = getattr(factories, f"{state}_article")(organizations=[factories.organization()])

    response = client.get(address(article, page))

    assert response.status_code in {302, 403}


def test_a_correspondent_cannot_change_the_article_of_another_by_posting(client, own):
    form = change_form(client, factories.draft_article(organizations=[own]))
    article = others_article()

    form.path = address(article, "change")
    form.fill(title="我改的标题").post()

    article.refresh_from_db()
    assert article.title == "别人的稿件"


def test_a_correspondent_cannot_preview_a_draft_of_another(client):
    assert client.get(others_article().get_absolute_url()).status_code == 404


def test_a_correspondent_finds_no_article_of_another_by_search_or_autocomplete(client):
    others_article(byline="扶苗")
    query = {"app_label": "editions", "model_name": "editionitem", "field_name": "article", "term": ""}

    assert list(client.get(address(Article), {"q": "扶苗"}).context["cl"].result_list) == []
    assert client.get("/admin/autocomplete/", query).json()["results"] == []


def test_a_new_article_is_linked_to_the_organization_of_its_writer(client, writer, own):
    add_form(client, Article).fill(title="扶苗送书下乡").save()

    article = Article.objects.get()
    assert (article.created_by, article.state) == (writer, "draft")
    assert [(link.organization, link.role) for link in article.organization_links.all()] == [(own, "contributor")]


def test_a_new_article_that_names_an_organization_of_its_writer_keeps_that_role(client, own):
    add_form(client, Article).fill(title="送书下乡").add_row("organization_links", organization=own.pk).save()

    links = Article.objects.get().organization_links
    assert [(link.organization, link.role) for link in links.all()] == [(own, "subject")]


def test_the_organization_of_the_writer_cannot_be_taken_away_from_their_article(client, own):
    article = factories.draft_article(organizations=[own])

    change_form(client, article).fill(organization_links__0__DELETE="on").save()

    assert list(article.organizations.all()) == [own]


def test_an_article_of_an_editor_is_linked_to_nothing_by_itself(db):
    person = editor()
    person.writes_for.add(factories.organization())

    add_form(browser_of(person), Article).fill(title="县里的消息").save()

    assert list(Article.objects.get().organizations.all()) == []


@pytest.mark.parametrize("name", ["article_in_review", "published_article", "scheduled_article", "withdrawn_article"])
def test_a_correspondent_changes_drafts_only_and_reads_the_rest(client, own, name):
    article = getattr(factories, name)(title="编辑部的标题", organizations=[own])
    draft = factories.draft_article(organizations=[own])
    form = change_form(client, draft).fill(title="我改的标题")

    page = client.get(address(article, "change"))
    form.path = address(article, "change")
    response = form.post()

    article.refresh_from_db()
    assert (page.status_code, page.context["steps"]) == (200, [])
    assert 'name="_save"' not in page.content.decode()
    assert (response.status_code, article.title) == (403, "编辑部的标题")


def test_a_correspondent_submits_and_then_only_reads(client, own):
    article = factories.draft_article(organizations=[own])

    response = change_form(client, article).fill(title="交稿").post("_step", "submit")

    article.refresh_from_db()
    assert errors_of(response) == {}
    assert (article.title, article.state) == ("交稿", "review")
    assert 'name="_save"' not in client.get(address(article, "change")).content.decode()


@pytest.mark.parametrize("step", ["publish", "send_back", "unschedule"])
def test_a_correspondent_takes_no_other_step_by_posting_it(client, own, step):
    article = factories.draft_article(organizations=[own])

    change_form(client, article).post("_step", step)

    article.refresh_from_db()
    assert article.state == "draft"


def test_a_correspondent_cannot_publish_a_new_article(client):
    response = add_form(client, Article).fill(title="直接发布").post("_step", "publish")

    assert response.status_code == 403
    assert list(Article.objects.published()) == []


def test_a_correspondent_is_offered_to_submit_and_not_to_publish(client, own):
    page = client.get(address(factories.draft_article(organizations=[own]), "change"))

    assert page.context["steps"] == ["submit"]
    assert "publish_at_0" not in Form(client, address(Article, "add")).data


def test_a_correspondent_cannot_set_the_time_of_publishing(client, own):
    article = factories.draft_article(organizations=[own])

    change_form(client, article).fill(publish_at_0="2019-06-06", publish_at_1="09:00", state="published").save()

    article.refresh_from_db()
    assert (article.publish_at, article.state) == (None, "draft")


@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected", "delete_selected"])
def test_a_correspondent_cannot_publish_withdraw_or_delete_by_action(client, own, action):
    draft, public = (make(organizations=[own]) for make in (factories.draft_article, factories.published_article))
    chosen = {"action": action, "_selected_action": [draft.pk, public.pk], "index": "0", "post": "yes"}

    client.post(address(Article), chosen)

    assert {article.pk: article.state for article in Article.objects.all()} == {
        draft.pk: "draft",
        public.pk: "published",
    }


def test_a_correspondent_cannot_place_an_article_in_an_edition(client, own):
    article, edition = factories.draft_article(organizations=[own]), factories.draft_edition()
    form = change_form(client, article)
    prefix = "edition_items"
    form.data |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
    form.data |= {f"{prefix}-0-edition": edition.pk, f"{prefix}-0-page": "1", f"{prefix}-0-position": "1"}

    form.save()

    assert edition.items.count() == 0


def test_a_correspondent_cannot_delete_their_draft(client, own):
    article = factories.draft_article(organizations=[own])

    assert client.post(address(article, "delete"), {"post": "yes"}).status_code == 403


def test_who_no_longer_writes_for_an_organization_no_longer_sees_its_drafts(client, writer, own):
    article = factories.draft_article(organizations=[own])

    writer.writes_for.clear()

    assert client.get(address(article, "change")).status_code == 302


# Events and honours, which they look at and link.

KINDS = pytest.mark.parametrize("kind", ["event", "award"])


def own_and_others(kind, own):
    """A draft of the own organization, one of another, and what readers see of the other one."""
    links = "hosts" if kind == "event" else "recipients"
    draft, published = (getattr(factories, f"{state}_{kind}") for state in ("draft", "published"))
    other = factories.organization()
    return draft(**{links: [own]}), draft("别人的草稿", **{links: [other]}), published(**{links: [other]})


@KINDS
def test_of_events_and_honours_they_see_what_readers_see_and_drafts_of_their_organizations(client, own, kind):
    theirs, others, public = own_and_others(kind, own)

    listed = client.get(address(theirs)).context["cl"].result_list
    assert {*listed} == {theirs, public}
    for page in ("change", "history"):
        assert client.get(address(theirs, page)).status_code == 200
        assert client.get(address(others, page)).status_code == 302
    assert client.get(theirs.get_absolute_url()).status_code == 200
    assert client.get(others.get_absolute_url()).status_code == 404
    assert "别人的草稿" not in client.get("/admin/search/?q=草稿").content.decode()


@KINDS
def test_the_box_of_an_article_offers_no_draft_of_another_organization(client, own, kind):
    theirs, _others, public = own_and_others(kind, own)
    box = {"app_label": "articles", "model_name": f"article{kind}", "field_name": kind}

    found = client.get("/admin/autocomplete/", box).json()["results"]

    assert {int(one["id"]) for one in found} == {theirs.pk, public.pk}


@KINDS
def test_a_draft_of_another_organization_is_not_linked_by_its_number(client, own, kind):
    _theirs, others, public = own_and_others(kind, own)
    article = factories.draft_article(organizations=[own])

    def linking(obj):
        return change_form(client, article).add_row(f"{kind}_links", **{kind: obj.pk})

    assert errors_of(linking(others).post()).keys() == {f"{kind}_links-0-{kind}"}
    linking(public).save()
    assert [*getattr(article, f"{kind}s").all()] == [public]


def test_what_a_colleague_linked_stays_linked(client, own):
    _theirs, others, _public = own_and_others("event", own)
    article = factories.draft_article(organizations=[own], events=[others])

    change_form(client, article).fill(title="新标题").save()

    assert [*article.events.all()] == [others]
