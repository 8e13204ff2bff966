"""A duplicate is merged into another organization: everything that named it names the other one, and can go back."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.articles.models import ArticleOrganization
from newsletter.awards.models import Award, Recipient
from newsletter.events.models import Participation
from newsletter.publishing.models import ReviewStep
from newsletter.records.audit import AuditEntry
from newsletter.records.content import passages_in
from newsletter.records.history import restore, versions_of
from orgs.merging import MergeRefused, merge, preview, unmerge
from orgs.models import FormerSlug, Merger, Organization
from tests import factories
from tests.desk.forms import Form, address, change_form, errors_of, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor, superuser

pytestmark = pytest.mark.django_db

Role = ArticleOrganization.Role


@pytest.fixture
def twin():
    return factories.organization("扶苗公益中心", short=["扶苗"], phone="0577-0000 0001", region="龙港镇")


@pytest.fixture
def saplings():
    return factories.organization("苍南县扶苗公益服务中心", phone="0577-0000 0002")


@pytest.fixture
def chief():
    return chief_editor()


def full(organization):
    """An organization that every relation of the product names."""
    factories.published_article(organizations=[organization])
    factories.published_event(hosts=[organization])
    factories.published_award(issuer=organization, recipients=[organization])
    factories.organization(supervisor=organization, parent=organization)
    organization.correspondents.add(factories.staff())
    return organization


def named_by():
    """`{(model, field): field}` of every column of the product that names an organization."""
    columns = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is Organization:
                columns[model._meta.label, field.name] = (model, field.attname)
    return columns


STAYING = {
    ("orgs.Organization", "merged_into"),
    ("orgs.FormerSlug", "organization"),
    ("orgs.Merger", "duplicate"),
    ("orgs.Merger", "into"),
}


def state_of_everything():
    """All rows that can name an organization, without what only says when they were saved."""
    saved = {"version", "modified_at", "modified_by_id"}
    rows = {}
    for model, _column in named_by().values():
        if model is not Merger:
            rows[model] = [
                {name: value for name, value in row.items() if name not in saved}
                for row in model._base_manager.order_by("pk").values()
            ]
    return rows


def links(record, relation="organization_links"):
    rows = getattr(record, relation).order_by("pk")
    return [(row.organization.name, row.role) for row in rows.select_related("organization")]


def test_nothing_names_the_duplicate_afterwards(twin, saplings, chief):
    full(twin)
    naming = {
        label
        for label, (model, column) in named_by().items()
        if label not in STAYING and model._base_manager.filter(**{column: twin.pk}).exists()
    }
    # A new relation to organizations needs a row in `full`, and somebody who moves it.
    assert naming == {*named_by()} - STAYING

    merge(twin, saplings, by=chief)

    for model, column in (named_by()[label] for label in naming):
        assert not model._base_manager.filter(**{column: twin.pk}).exists(), model
        assert model._base_manager.filter(**{column: saplings.pk}).exists(), model


def test_an_undone_merger_leaves_everything_as_it_was(twin, saplings, chief):
    full(twin)
    shared = factories.published_article(title="共同的报道", organizations=[twin, saplings])
    shared.organization_links.filter(organization=saplings).update(is_primary=True)
    before = state_of_everything()
    merger = merge(twin, saplings, by=chief)
    assert state_of_everything() != before

    undone = unmerge(merger, by=chief)

    after = state_of_everything()
    assert undone.left == []
    for model in before:
        assert after[model] == before[model], model


def test_its_names_find_the_other_one_and_its_address_leads_there(client, twin, saplings, chief):
    FormerSlug.objects.create(organization=twin, slug="lao-fumiao")
    full(twin)
    merge(twin, saplings, by=chief)

    for name in ("扶苗", "扶苗公益中心"):
        assert Organization.objects.named(name).get() == saplings
    assert {name.name: name.kind for name in saplings.names.all()} == {
        "苍南县扶苗公益服务中心": "full",
        "扶苗": "alias",
        "扶苗公益中心": "alias",
    }
    for slug in (twin.slug, "lao-fumiao"):
        for page in ("", "news.rss"):
            answer = client.get(f"/orgs/{slug}/{page}")
            assert (answer.status_code, answer["Location"]) == (301, saplings.get_absolute_url() + page)
            # A browser that kept it would go on leading there after an undoing.
            assert "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("theirs", "ours", "stays"),
    [
        ([Role.CONTRIBUTOR], [Role.MENTIONED], [Role.CONTRIBUTOR]),
        ([Role.MENTIONED], [Role.CONTRIBUTOR], [Role.CONTRIBUTOR]),
        ([Role.SUBJECT], [Role.SUBJECT], [Role.SUBJECT]),
        ([Role.MENTIONED], [Role.CONTRIBUTOR, Role.SUBJECT], [Role.CONTRIBUTOR, Role.SUBJECT]),
        ([Role.CONTRIBUTOR, Role.SUBJECT], [Role.MENTIONED], [Role.CONTRIBUTOR, Role.SUBJECT]),
    ],
)
def test_where_both_stand_in_a_story_the_stronger_role_stays(twin, saplings, chief, theirs, ours, stays):
    article = factories.draft_article()
    for organization, roles in ((twin, theirs), (saplings, ours)):
        for role in roles:
            article.organization_links.create(organization=organization, role=role)

    merge(twin, saplings, by=chief)

    assert links(article) == [(saplings.name, role) for role in stays]


def test_the_first_organization_of_a_story_stays_the_first(twin, saplings, chief):
    article = factories.draft_article()
    article.organization_links.create(organization=twin, role=Role.MENTIONED, is_primary=True)
    article.organization_links.create(organization=saplings, role=Role.CONTRIBUTOR)

    merge(twin, saplings, by=chief)

    [link] = article.organization_links.all()
    assert (link.organization, link.role, link.is_primary) == (saplings, Role.CONTRIBUTOR, True)


def test_where_both_took_part_in_an_event_the_stronger_role_stays(twin, saplings, chief):
    event = factories.draft_event()
    event.participations.create(organization=twin, role=Participation.Role.PARTICIPANT)
    event.participations.create(organization=saplings, role=Participation.Role.HOST)

    merge(twin, saplings, by=chief)

    assert links(event, "participations") == [(saplings.name, "host")]


def test_an_award_that_both_received_for_one_project_is_received_once(twin, saplings, chief):
    award = factories.draft_award()
    for organization, project in ((twin, "义卖"), (saplings, "义卖"), (twin, "助学")):
        Recipient.objects.create(award=award, organization=organization, project=project)

    merge(twin, saplings, by=chief)

    assert {*award.recipients.values_list("organization", "project")} == {(saplings.pk, "义卖"), (saplings.pk, "助学")}


def test_what_the_other_one_does_not_say_it_takes_over(twin, saplings, chief):
    merger = merge(twin, saplings, by=chief)
    saplings.refresh_from_db()
    assert (saplings.phone, saplings.region) == ("0577-0000 0002", "龙港镇")

    saplings.region = "灵溪镇"
    saplings.save()
    undone = unmerge(merger, by=chief)

    saplings.refresh_from_db()
    assert saplings.region == "灵溪镇"
    assert undone.left == [saplings.name]


def test_what_was_published_stays_so_and_has_the_change_in_its_record(twin, saplings, chief):
    article = factories.published_article(organizations=[twin])
    was = article.version

    merge(twin, saplings, by=chief)

    article.refresh_from_db()
    assert (article.state, article.version) == ("published", was + 1)
    assert ReviewStep.objects.of(article).latest("pk").by == chief
    assert versions_of(article).first().revision.user == chief


def test_a_form_that_was_open_during_a_merger_is_in_conflict(twin, saplings, chief):
    article = factories.draft_article(organizations=[twin])
    form = change_form(browser_of(editor()), article)
    merge(twin, saplings, by=chief)

    form.fill(title="新标题").post()

    article.refresh_from_db()
    assert article.title != "新标题"
    assert links(article)[0][0] == saplings.name


def kept(record):
    """The version that keeps the record as it stands, with its links."""
    type(record).objects.get(pk=record.pk).save()
    return versions_of(record).first()


@pytest.mark.parametrize("make", [factories.draft_article, factories.draft_event, factories.draft_award])
def test_an_older_text_that_names_the_duplicate_comes_back_with_the_other_one(twin, saplings, chief, make):
    named = {"draft_article": "organizations", "draft_event": "hosts", "draft_award": "recipients"}[make.__name__]
    relation = {"organizations": "organization_links", "hosts": "participations", "recipients": "recipients"}[named]
    record = make(**{named: [twin]})
    older = kept(record)
    merge(twin, saplings, by=chief)
    record.refresh_from_db()

    restore(record, older, by=chief)

    assert [row.organization for row in getattr(record, relation).all()] == [saplings]
    words = " ".join(words for _label, words in passages_in(versions_of(record).first()).values())
    assert saplings.name in words
    assert twin.name not in words


def test_an_older_text_that_names_both_comes_back_with_the_stronger_role(twin, saplings, chief):
    article = factories.draft_article(organizations=[saplings])
    article.organization_links.create(organization=twin, role=Role.CONTRIBUTOR, is_primary=True)
    older = kept(article)
    merge(twin, saplings, by=chief)
    article.refresh_from_db()

    restore(article, older, by=chief)

    assert links(article) == [(saplings.name, Role.CONTRIBUTOR)]
    assert article.organization_links.get().is_primary


def test_what_came_back_is_named_by_the_last_of_several_mergers(twin, saplings, chief):
    award = factories.draft_award(issuer=twin)
    child = factories.organization(parent=twin, supervisor=twin)
    older = {record: kept(record) for record in (award, child)}
    last = factories.organization()
    merge(twin, saplings, by=chief)
    merge(saplings, last, by=chief)

    for record, version in older.items():
        record.refresh_from_db()
        restore(record, version, by=chief)
        record.refresh_from_db()

    assert award.issuer == child.parent == child.supervisor == last


def test_an_approved_text_that_came_back_waits_for_a_review_also_after_a_merger(twin, saplings, chief):
    article = factories.draft_article(organizations=[twin], date=factories.DAY)
    older = kept(article)
    article.refresh_from_db()
    article.body = "<p>改过的正文。</p>"
    article.save(by=chief)
    article.publish(by=chief)
    merge(twin, saplings, by=chief)
    client = browser_of(editor())

    article.refresh_from_db()
    path = f"{address(article, 'history')}{older.pk}/restore/"
    client.post(path, {"read_version": article.version})

    article.refresh_from_db()
    assert links(article) == [(saplings.name, Role.SUBJECT)]
    assert article.state == "review"


@pytest.mark.parametrize(
    ("make", "row", "field"),
    [
        (factories.draft_article, "organization_links", "organization"),
        (factories.draft_event, "participations", "organization"),
        (factories.draft_award, "recipients", "organization"),
        (factories.draft_award, None, "issuer"),
        (factories.organization, None, "parent"),
        (factories.organization, None, "supervisor"),
        (correspondent, "Organization_correspondents", "organization"),
    ],
)
def test_a_merged_organization_is_not_chosen_again(twin, saplings, chief, make, row, field):
    merge(twin, saplings, by=chief)
    record, client = make(), browser_of(superuser())
    form = change_form(client, record)

    response = (form.add_row(row, **{field: twin.pk}) if row else form.fill(**{field: twin.pk})).post()

    assert errors_of(response).keys() == {f"{row}-0-{field}" if row else field}


def test_merging_and_undoing_are_on_record(twin, saplings, chief):
    unmerge(merge(twin, saplings, by=chief), by=chief)

    logged = AuditEntry.objects.filter(deed__in=["merged", "unmerged"]).order_by("pk")
    assert [(entry.deed, entry.by, entry.subject) for entry in logged] == [
        ("merged", chief, twin.name),
        ("unmerged", chief, twin.name),
    ]


def test_a_preview_says_what_would_change_and_changes_nothing(twin, saplings, chief):
    full(twin)
    factories.draft_article("共同的报道", organizations=[twin, saplings])
    before = state_of_everything()

    moved, dropped = preview(twin, saplings)

    assert len(moved) > 6
    assert [str(row) for row in dropped] == [f"共同的报道 · {twin}（{dropped_role()}）"]
    assert state_of_everything() == before
    assert not Merger.objects.exists()
    assert not AuditEntry.objects.filter(deed="merged").exists()


def dropped_role():
    return Role.SUBJECT.label


def test_two_that_have_issued_one_award_are_not_merged(twin, saplings, chief):
    for issuer in (twin, saplings):
        factories.draft_award("亮点项目", year=2018, issuer=issuer)

    with pytest.raises(MergeRefused, match="2018 亮点项目"):
        merge(twin, saplings, by=chief)

    assert Award.objects.filter(issuer=twin).exists()


def test_nothing_is_merged_into_itself_into_what_is_merged_or_twice(twin, saplings, chief):
    third = factories.organization()
    merge(twin, saplings, by=chief)

    for duplicate, into in ((third, third), (third, twin), (twin, third)):
        with pytest.raises(MergeRefused):
            merge(duplicate, into, by=chief)


def test_a_branch_that_is_merged_into_its_parent_leaves_no_circle(twin, saplings, chief):
    saplings.parent = twin
    saplings.save()

    unmerge(merge(twin, saplings, by=chief), by=chief)
    saplings.refresh_from_db()
    assert saplings.parent == twin

    merge(twin, saplings, by=chief)
    saplings.refresh_from_db()
    assert saplings.parent is None


def test_an_undoing_leaves_what_was_changed_since_and_says_so(twin, saplings, chief):
    article, event = factories.draft_article(organizations=[twin]), factories.draft_event(hosts=[twin])
    merger = merge(twin, saplings, by=chief)
    article.organization_links.update(organization=factories.organization("第三家"))
    event.participations.all().delete()

    undone = unmerge(merger, by=chief)

    assert links(article)[0][0] == "第三家"
    assert len(undone.left) == 2


def test_a_merger_is_undone_for_thirty_days_once_and_the_later_one_first(twin, saplings, chief):
    merger = merge(twin, saplings, by=chief)
    third = factories.organization("第三家")
    later = merge(saplings, third, by=chief)
    with pytest.raises(MergeRefused, match=saplings.name):
        unmerge(merger, by=chief)

    unmerge(later, by=chief)
    Merger.objects.filter(pk=merger.pk).update(at=timezone.now() - datetime.timedelta(days=30))
    with pytest.raises(MergeRefused):
        unmerge(merger, by=chief)
    Merger.objects.filter(pk=merger.pk).update(at=timezone.now() - datetime.timedelta(days=29))
    unmerge(merger, by=chief)
    with pytest.raises(MergeRefused):
        unmerge(merger, by=chief)


def test_a_retired_duplicate_is_retired_again_after_an_undoing(twin, saplings, chief):
    twin.status = Organization.Status.RETIRED
    twin.save()

    unmerge(merge(twin, saplings, by=chief), by=chief)

    twin.refresh_from_db()
    assert (twin.status, twin.merged_into) == ("retired", None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_each_into_the_other_at_once_one_is_told():
    first, second = factories.organization(), factories.organization()
    begin = Barrier(2)

    def try_to_merge(pair):
        try:
            begin.wait()
            merge(*pair, by=None)
        except MergeRefused:
            return "told"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as people:
        answers = [*people.map(try_to_merge, [(first, second), (second, first)])]

    assert sorted(answers) == ["merged", "told"]
    assert Organization.objects.filter(status="merged").count() == 1


# In the admin.


def test_it_is_merged_by_two_presses_and_undone_by_one(twin, saplings, chief):
    full(twin)
    client = browser_of(chief)
    page = client.get(f"/admin/orgs/organization/{twin.pk}/merge/", {"into": saplings.pk})
    assert page.context["moved"]
    assert Organization.objects.get(pk=twin.pk).status == "active"

    done = client.post(f"/admin/orgs/organization/{twin.pk}/merge/", {"into": saplings.pk}, follow=True)
    merger = Merger.objects.get()
    assert "was merged into" in messages_of(done)[0]
    assert done.request["PATH_INFO"] == address(merger, "change")

    undone = client.post(f"/admin/orgs/merger/{merger.pk}/undo/", follow=True)
    assert "is itself again" in messages_of(undone)[0]
    assert Organization.objects.get(pk=twin.pk).status == "active"


def test_a_refusal_is_told_beside_the_field(twin, saplings, chief):
    for issuer in (twin, saplings):
        factories.draft_award("亮点项目", year=2018, issuer=issuer)

    answer = browser_of(chief).post(f"/admin/orgs/organization/{twin.pk}/merge/", {"into": saplings.pk})

    assert "2018 亮点项目" in answer.context["form"].errors["into"][0]


def test_a_merged_organization_is_for_reading_only(twin, saplings, chief):
    merge(twin, saplings, by=chief)
    client = browser_of(chief)

    page = Form(client, address(twin, "change")).page.content.decode()

    assert 'name="_save"' not in page
    assert address(Merger.objects.get(), "change") in page
    assert client.post(address(twin, "change"), {"name": "x"}).status_code == 403


def test_only_who_may_merge_merges_and_undoes(twin, saplings, chief):
    merger = merge(factories.organization(), saplings, by=chief)
    client = browser_of(editor())

    assert client.post(f"/admin/orgs/organization/{twin.pk}/merge/", {"into": saplings.pk}).status_code == 403
    assert client.post(f"/admin/orgs/merger/{merger.pk}/undo/").status_code == 403
    merger.refresh_from_db()
    assert merger.undone_at is None
    assert Organization.objects.get(pk=twin.pk).status == "active"


def test_nobody_merges_by_the_form_of_the_organization(twin, saplings, chief):
    form = change_form(browser_of(chief), twin)

    form.fill(status="merged", merged_into=str(saplings.pk)).post()

    twin.refresh_from_db()
    assert (twin.status, twin.merged_into) == ("active", None)


@pytest.mark.parametrize("number", [3, 12])
def test_the_record_of_a_merger_costs_the_same_for_few_rows_as_for_many(twin, saplings, chief, number):
    for _ in range(number):
        factories.draft_article(organizations=[twin])
    merger, client = merge(twin, saplings, by=chief), browser_of(chief)

    with CaptureQueriesContext(connection) as queries:
        client.get(address(merger, "change"))

    assert len(queries) <= 16


def test_a_listed_duplicate_puts_the_other_one_into_the_directory_also_where_its_id_is_one(chief):
    # In Python, True == 1.
    into = factories.unlisted_organization(pk=1)
    merge(factories.organization(), into, by=chief)
    into.refresh_from_db()

    assert into.listed
