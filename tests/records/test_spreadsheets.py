"""Lists as spreadsheets: out, changed in Excel, looked at, and in again as a whole or not at all."""

import csv
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from newsletter.articles.models import Article
from newsletter.awards.models import Award
from newsletter.events.models import Event, Participation
from newsletter.publishing.models import ReviewStep
from newsletter.records.audit import AuditEntry
from newsletter.records.spreadsheets.files import write_csv, write_xlsx
from orgs.models import Organization
from tests import factories
from tests.desk.forms import address, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def waiting(settings, tmp_path):
    kept = {**settings.STORAGES["kept"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "kept": kept}
    return tmp_path / "spreadsheets"


@pytest.fixture
def saplings():
    return factories.organization("扶苗公益服务中心", short=["扶苗"], kind="service_agency", region="龙港镇")


@pytest.fixture
def client():
    return browser_of(chief_editor())


def full_article(organization):
    article = factories.draft_article("义卖\n“爱心”，送到", organizations=[organization], tags=["助学", "NGO"])
    article.organization_links.update(is_primary=True)
    return article


def full_event(organization):
    return factories.draft_event("端午义卖", type=factories.event_type("义卖"), hosts=[organization], places="甲、乙")


MAKERS = {
    "articles": full_article,
    "events": full_event,
    "awards": lambda organization: factories.draft_award("亮点项目", year=2018, recipients=[organization]),
    "organizations": lambda organization: organization,
}
each_kind = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def export(client, model, query=""):
    """The exported list as `[{head: cell}]`, read by a program that knows nothing of us."""
    response = client.get(address(model, "export") + query)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if response["Content-Type"].startswith("text/csv"):
        return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    heads, *lines = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(heads, ["" if cell is None else cell for cell in line], strict=True)) for line in lines]


def file_of(rows, kind="xlsx"):
    """The rows as an editor's program saves them."""
    lines, file = [[*rows[0]], *([*row.values()] for row in rows)], io.BytesIO()
    if kind == "csv":
        write_csv(file, lines)
    else:
        write_xlsx(file, {"表": ([12] * len(rows[0]), lines)})
    return SimpleUploadedFile(f"list.{kind}", file.getvalue())


def preview(client, model, rows, kind="xlsx"):
    return client.post(address(model, "import"), {"file": file_of(rows, kind)})


def confirm(client, model, looked_at):
    return client.post(address(model, "import"), {"waiting": looked_at.context["waiting"]}, follow=True)


def bring(client, model, rows):
    """Look at the preview and confirm it."""
    looked_at = preview(client, model, rows)
    assert looked_at.context["waiting"], errors(looked_at)
    return confirm(client, model, looked_at)


def counts(response):
    return {kind: number for kind, number in response.context["outcome"].counts.items() if number}


def errors(response):
    """`{(line, head): words}`; what concerns a whole row stands under ""."""
    found = {}
    for row in response.context["outcome"].rows:
        if row.errors_of_row:
            found[row.line, ""] = " ".join(row.errors_of_row)
        found |= {(row.line, cell.head): " ".join(cell.errors) for cell in row.cells if cell.errors}
    return found


@each_kind
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_comes_back_without_a_change(client, saplings, make, kind):
    obj = make(saplings)
    rows = export(client, obj, f"?format={kind}")

    looked_at = preview(client, obj, rows, kind)

    assert len(rows) >= 1
    assert counts(looked_at) == {"unchanged": len(rows)}
    assert looked_at.context["waiting"] is None
    obj.refresh_from_db()
    assert obj.version == 1


@each_kind
def test_an_empty_file_shows_how_each_column_is_filled_in_and_its_example_is_passed_over(client, make, saplings):
    model = type(make(saplings))
    response = client.get(address(model, "import_empty"))
    sheet, explained = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets
    heads, example = sheet.iter_rows(values_only=True)

    assert example[0] == "示例"
    assert [row[0] for row in explained.iter_rows(min_row=2, values_only=True)] == [*heads]
    looked_at = preview(client, model, [dict(zip(heads, [cell or "" for cell in example], strict=True))])
    assert counts(looked_at) == {}


def test_a_change_is_shown_first_and_saved_when_it_is_confirmed(client, saplings):
    event = full_event(saplings)
    [row] = export(client, Event)

    looked_at = preview(client, Event, [row | {"场所": "财富广场"}])
    event.refresh_from_db()
    assert event.venue == ""
    [shown] = looked_at.context["rows"]
    assert [(cell.head, cell.old, cell.new) for cell in shown.cells] == [("场所", "", "财富广场")]

    answer = confirm(client, Event, looked_at)

    event.refresh_from_db()
    assert (event.venue, event.version) == ("财富广场", 2)
    assert messages_of(answer) == ["Imported: 0 new, 1 changed, 0 unchanged."]


def test_an_import_is_in_the_history_of_each_record_and_in_the_audit_log(client, saplings):
    event = full_event(saplings)
    [row] = export(client, Event)
    bring(client, Event, [row | {"场所": "财富广场"}])

    before, after = reversed(Version.objects.get_for_object(event))
    assert (before.field_dict["venue"], after.field_dict["venue"]) == ("", "财富广场")
    deeds = [*AuditEntry.objects.filter(deed__in=["exported", "imported"]).values_list("deed", flat=True)]
    assert deeds == ["imported", "exported"]
    history = client.get(address(event, "history")).content.decode()
    assert "By a spreadsheet." in history or after.revision.user.name in history


def test_new_rows_become_drafts_with_their_links(client, saplings):
    factories.event_type("讲座")
    row = {"编号": "", "名称": "消防讲座", "活动类型": "讲座", "开始日期": "2019年6月4日", "主办": "扶苗"}

    bring(client, Event, [row])

    event = Event.objects.get()
    assert (event.name, event.state, str(event.start_date)) == ("消防讲座", "draft", "2019-06-04")
    assert [*event.participations.values_list("organization", "role")] == [(saplings.pk, Participation.Role.HOST)]


def test_the_same_new_row_brought_twice_adds_nothing(client, saplings):
    factories.event_type("讲座")
    row = {"名称": "消防讲座", "活动类型": "讲座", "开始日期": "2019-06-04", "主办": "扶苗"}
    bring(client, Event, [row])

    assert counts(preview(client, Event, [row])) == {"unchanged": 1}
    again = preview(client, Event, [row, row])
    assert counts(again) == {"unchanged": 1, "error": 1}
    assert "row 2" in errors(again)[3, ""]


def test_new_organizations_and_awards_come_with_their_names_and_recipients(client):
    bring(
        client,
        Organization,
        [
            {"全称": "苍南县民政局", "简称": "民政局", "类别": "党政机关"},
            {"全称": "苍南县爱友公益服务中心", "简称": "爱友公益、爱友", "类别": "社会服务机构"},
        ],
    )
    award = {"名称": "亮点项目", "年份": "2018", "级别": "市级", "授予单位": "民政局"}
    bring(client, Award, [award | {"获奖单位": "爱友｜“五加三”工作法", "获奖个人": "陈小明"}])

    friends = Organization.objects.get(name="苍南县爱友公益服务中心")
    assert {*friends.names.values_list("name", flat=True)} == {"苍南县爱友公益服务中心", "爱友公益", "爱友"}
    recipients = Award.objects.get().recipients.values_list("organization__name", "person", "project")
    assert {*recipients} == {(friends.name, "", "“五加三”工作法"), (None, "陈小明", "")}


def test_one_wrong_row_saves_none_and_each_fault_stands_beside_its_cell(client, saplings):
    full_event(saplings)
    [row] = export(client, Event)
    rows = [
        row | {"场所": "财富广场"},
        row | {"编号": "", "活动类型": "舞会", "开始日期": "六月", "主办": "无名会"},
    ]

    looked_at = preview(client, Event, rows)

    assert counts(looked_at) == {"changed": 1, "error": 1}
    assert looked_at.context["waiting"] is None
    found = errors(looked_at)
    assert {*found} & {(3, "活动类型"), (3, "开始日期")}
    assert Event.objects.get().venue == ""


def test_an_article_is_not_begun_in_a_spreadsheet(client):
    looked_at = preview(client, Article, [{"主题": "新闻", "日期": "2019-06-04"}])

    assert "begin with their text" in " ".join(errors(looked_at).values())


def test_a_short_name_does_not_rename_its_organization(client, saplings):
    looked_at = preview(client, Organization, [{"全称": "扶苗", "类别": "社会服务机构"}])

    assert "another name" in errors(looked_at)[2, "全称"]


def test_a_renamed_organization_keeps_its_former_name_and_its_old_address(client, saplings):
    [row] = export(client, Organization)

    bring(client, Organization, [row | {"全称": "扶苗公益发展中心"}])

    saplings.refresh_from_db()
    assert saplings.name == "扶苗公益发展中心"
    assert "扶苗公益服务中心" in saplings.names.values_list("name", flat=True)


def test_what_another_changed_after_the_preview_is_not_overwritten(client, saplings):
    event = full_event(saplings)
    [row] = export(client, Event)
    looked_at = preview(client, Event, [row | {"场所": "财富广场"}])
    event.venue = "镇政府"
    event.save()

    answer = confirm(client, Event, looked_at)

    event.refresh_from_db()
    assert event.venue == "镇政府"
    assert "in the meantime" in answer.content.decode()
    [shown] = answer.context["rows"]
    assert [(cell.head, cell.old, cell.new) for cell in shown.cells] == [("场所", "镇政府", "财富广场")]


def test_a_preview_is_confirmed_once_by_the_person_who_saw_it_and_for_its_kind(client, saplings):
    full_event(saplings)
    [row] = export(client, Event)
    looked_at = preview(client, Event, [row | {"场所": "财富广场"}])

    for other, model in ((browser_of(chief_editor()), Event), (client, Award)):
        assert "used already" in messages_of(confirm(other, model, looked_at))[0]
    assert "Imported" in messages_of(confirm(client, Event, looked_at))[0]
    assert "used already" in messages_of(confirm(client, Event, looked_at))[0]
    assert Event.objects.get().version == 2


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 32, "", "\0"])
def test_a_name_that_nothing_waits_under_is_answered_in_words(client, name):
    answer = client.post(address(Event, "import"), {"waiting": name}, follow=True)

    assert "used already" in messages_of(answer)[0]


def test_what_waits_is_swept_after_a_day(client, saplings, waiting):
    full_event(saplings)
    [row] = export(client, Event)
    preview(client, Event, [row | {"场所": "财富广场"}])
    [first] = waiting.iterdir()
    made, _, rest = first.name.partition("-")
    first = first.rename(first.with_name(f"{int(made) - 90_000}-{rest}"))

    preview(client, Event, [row | {"场所": "镇政府"}])

    assert not first.exists()
    assert len([*waiting.iterdir()]) == 1


def test_a_published_text_is_changed_by_a_spreadsheet_only_by_who_may_publish(saplings):
    article = factories.published_article(organizations=[saplings])
    theirs, chiefs = browser_of(editor()), browser_of(chief_editor())
    [row] = export(theirs, Article)
    changed = [row | {"副题": "新的副题"}]

    assert "only who may publish" in errors(preview(theirs, Article, changed))[2, ""]
    bring(chiefs, Article, changed)

    article.refresh_from_db()
    assert (article.subtitle, article.state) == ("新的副题", "published")
    assert [*ReviewStep.objects.of(article).order_by("pk").values_list("decision", flat=True)][-1] == "changed"


def test_a_state_is_not_changed_by_a_spreadsheet(client, saplings):
    full_article(saplings)
    [row] = export(client, Article)

    looked_at = preview(client, Article, [row | {"发布状态": "已发布"}])

    assert "cannot be changed" in errors(looked_at)[2, "发布状态"]


@each_kind
def test_correspondents_neither_take_lists_away_nor_bring_them(make, saplings):
    obj = make(saplings)
    client = browser_of(correspondent(saplings))

    assert client.get(address(obj, "export")).status_code == 403
    assert client.post(address(obj, "import"), {"file": file_of([{"编号": "x"}])}).status_code == 403
    assert "Export" not in client.get(address(obj)).content.decode()


def test_an_export_is_the_list_as_it_is_filtered(client, saplings):
    factories.draft_event("端午义卖", type=factories.event_type("义卖"))
    lecture = factories.draft_event("消防讲座", type=factories.event_type("讲座"))

    found = export(client, Event, f"?type__id__exact={lecture.type.pk}&format=csv")

    assert [row["名称"] for row in found] == ["消防讲座"]


def test_the_links_of_a_list_export_what_it_shows(client, saplings):
    factories.draft_event("端午义卖", type=factories.event_type("义卖"))
    lecture = factories.draft_event("消防讲座", type=factories.event_type("讲座"))
    shown = client.get(address(Event) + f"?type__id__exact={lecture.type.pk}").content.decode()

    link = re.search(r'href="([^"]*export/[^"]*csv[^"]*)"', shown)[1].replace("&amp;", "&")

    assert [row["名称"] for row in export(client, Event, link[link.index("?") :])] == ["消防讲座"]


def test_unknown_columns_and_a_missing_number_are_told(client):
    for rows, said in (
        ([{"编号": "", "名字": "甲"}], "名字"),
        ([{"场所": "财富广场"}], "编号"),
    ):
        answer = preview(client, Event, rows)
        assert said in " ".join(answer.context["form"].errors["file"])


def test_a_column_that_is_left_out_is_left_alone_and_an_emptied_cell_empties(client, saplings):
    event = full_event(saplings)
    number = str(event.uuid)

    bring(client, Event, [{"编号": number, "名称": ""}])

    event.refresh_from_db()
    assert (event.name, event.places) == ("", "甲、乙")


def test_an_unknown_format_is_a_bad_request(client):
    assert client.get(address(Event, "export") + "?format=xls").status_code == 400


@pytest.mark.parametrize("number", [2, 30])
def test_rows_without_a_change_cost_no_queries_of_their_own(client, saplings, number):
    kind = factories.event_type("义卖")
    for day in range(number):
        factories.draft_event(f"义卖{day}", type=kind, hosts=[saplings])
    rows = export(client, Event)

    with CaptureQueriesContext(connection) as queries:
        looked_at = preview(client, Event, rows)

    assert counts(looked_at) == {"unchanged": number}
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 24
