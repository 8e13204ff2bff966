"""What no form of the review sends: refused or passed over in the same way on both databases, and never 5xx."""

import pytest

from newsletter.intake.models import PageImport
from tests.desk.people import browser_of, editor
from tests.intake.printed import imported
from tests.intake.review_form import ReviewForm

pytestmark = pytest.mark.django_db

TITLES = ["龙港总商会获评“四好”商会", "义卖款送到孩子手中"]
HUGE = "9" * 30


@pytest.fixture
def client():
    return browser_of(editor())


@pytest.fixture
def form(client):
    return ReviewForm(client, imported())


def stored():
    return PageImport.objects.get().review["stories"]


@pytest.mark.parametrize(
    "deed",
    [
        *("", "nonsense", ":", "save:1", "add:1", "up", "up:", "up:1:1", "up:x", "up:1.0", "split:1", "split:1:x"),
        *("up:3", "up:0", "up:-1", f"up:{HUGE}", f"up:{'9' * 5000}", "split:3:1", f"split:{HUGE}:1", "title:3:0"),
        *("merge:3", "swap:3", "down:3", "up:１\x00", "__class__:1", "split:1:" + "9" * 5000),
    ],
    ids=lambda deed: deed[:20],
)
def test_deed_that_does_not_exist_is_a_bad_request(form, deed):
    assert form.fill(story__1__title="新").post(deed).status_code == 400
    assert stored()[0]["title"] == TITLES[:1]


@pytest.mark.parametrize("deed", ["split:1:-1", f"split:1:{HUGE}", f"title:1:{HUGE}", "title:1:-9", "split:1:0"])
def test_place_that_does_not_exist_does_nothing(form, deed):
    before = stored()

    form.press(deed)

    assert stored() == before


@pytest.mark.parametrize(
    "values",
    [
        {"story-1-finding": ["-1", HUGE, "x", "\x00"], "story-1-photo": [HUGE, "x"]},
        {"story-1-form": "nonsense", "story-1-taken": "\x00"},
        {"story-99-title": "无", f"story-{HUGE}-title": "无", "story--title": "无", "story-1-": "无"},
        {"new-name": ["x\x00y", "<b>"], "new-kind": ["\x00", "nonsense"]},
        {"new-name": ["扶苗公益中心"], "new-kind": ["no\x00nsense"]},
        {"new-name": ["扶苗公益中心"], "new-kind": []},
        {"read_version": ["1", "1"]},
        {"title": "\x00苍南", "number": "第\x006期"},
    ],
)
def test_values_that_no_form_has_do_no_harm(form, values):
    before = stored()

    assert form.post(**values).status_code in {200, 302}

    after = PageImport.objects.get()
    assert after.review["kinds"].keys() <= {*form.data["new-name"]}
    assert "nonsense" not in after.review["kinds"].values()
    assert [story["title"] for story in stored()] == [story["title"] for story in before]


@pytest.mark.parametrize("version", [HUGE, "", "x", "\x00", "-1", "１"])
def test_version_that_was_never_read_saves_nothing(form, version):
    assert form.fill(story__1__title="新").post(read_version=version).status_code == 200
    assert stored()[0]["title"] == TITLES[:1]


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_first_and_last_day_of_the_calendar_are_days(form, date):
    form.fill(date=date, story__1__paragraph="昨日，扶苗公益中心举办讲座。明日、下周六、1月1日再次举办。").press()

    assert stored()[0]["facts"]["organizations"] == ["扶苗公益中心"]


@pytest.mark.parametrize("number", ["0", HUGE, "nonsense"])
def test_page_import_that_is_not_there_is_not_found(client, number):
    for page in ("change", "again", "undo"):
        assert client.get(f"/admin/intake/pageimport/{number}/{page}/").status_code == 404
        assert client.post(f"/admin/intake/pageimport/{number}/{page}/").status_code == 404
