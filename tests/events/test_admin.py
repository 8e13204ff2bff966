import pytest

from newsletter.events.models import Event, EventSeries
from tests import factories
from tests.desk.forms import add_form, address, change_form, errors_of
from tests.desk.people import browser_of, chief_editor, editor


@pytest.fixture
def client(db):
    return browser_of(editor())


def new(client, **values):
    values = {"type": factories.event_type().pk, "name": "共享工厂讲座", "start_date": "2019-06-06", **values}
    return add_form(client, Event).fill(**values)


def names(response):
    return [event.name for event in response.context["cl"].result_list]


def test_an_event_is_written_with_those_who_take_part(client):
    host, guest = factories.organization(), factories.organization()
    form = new(client, end_date="2019-06-07", start_time="14:30", venue="龙港财富广场")
    form.add_row("participations", organization=host.pk).add_row(
        "participations", organization=guest.pk, role="visitor"
    )

    form.save()

    event = Event.objects.get()
    assert (str(event.start_date), str(event.end_date), event.venue) == ("2019-06-06", "2019-06-07", "龙港财富广场")
    assert [(p.organization, p.role) for p in event.participations.all()] == [(host, "host"), (guest, "visitor")]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"end_date": "2019-06-05"}, "The last day is before the first day, or the first day is missing."),
        ({"start_date": ""}, "Say when: a first day, or a year, or the date words as printed."),
        ({"end_time": "15:00"}, "A time of day needs a first day, and an end needs a beginning."),
        ({"status": "cancelled"}, "Say why it was postponed or cancelled: readers see the reason."),
        ({"status": "postponed"}, "Say why it was postponed or cancelled: readers see the reason."),
    ],
)
def test_an_event_that_cannot_be_is_refused_in_words(client, typed, complaint):
    response = new(client, **typed).post()

    assert errors_of(response) == {"": [complaint]}
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"start_time": "15:00", "end_time": "14:00"}, "end_time"), ({"year": "1799"}, "year"), ({"type": ""}, "type")],
)
def test_an_event_that_cannot_be_is_refused_beside_the_field(client, typed, field):
    assert errors_of(new(client, **typed).post()).keys() == {field}


@pytest.mark.parametrize("typed", [{"year": "2018"}, {"when_text": "端午前夕"}])
def test_an_event_without_a_day_has_a_year_or_the_words_of_the_page(client, typed):
    new(client, start_date="", **typed).save()

    assert Event.objects.get().start_date is None


def test_an_organization_has_a_role_in_an_event_once(client):
    host = factories.organization()
    form = new(client)
    for _ in range(2):
        form.add_row("participations", organization=host.pk)

    response = form.post()

    assert response.status_code == 200
    assert errors_of(response)
    assert not Event.objects.exists()


def test_the_list_finds_an_event_by_type_place_series_and_any_name_of_its_organizations(client):
    host = factories.organization("苍南县扶苗公益服务中心", alias=["扶苗"])
    series = EventSeries.objects.create(name="爱心车队助力高考")
    factories.draft_event("看望老人", type=factories.event_type("慰问"), venue="敬老院", series=series, hosts=[host])
    factories.draft_event("别的活动")

    found = [names(client.get(address(Event), {"q": text})) for text in ("慰问", "敬老院", "助力高考", "扶苗")]
    assert found == [["看望老人"]] * 4


def test_the_list_says_when_in_the_words_that_there_are(client):
    factories.draft_event("有日期")
    factories.draft_event("只有字", start_date=None, when_text="端午前夕")
    factories.draft_event("只有年", start_date=None, when_text="", year=2018)

    page = client.get(address(Event)).content.decode()

    assert [f'<td class="field-when">{when}</td>' in page for when in ("2019-06-06", "端午前夕", "2018")] == [True] * 3


def test_a_public_event_can_be_called_off_with_a_reason_and_stays_public(client):
    event = factories.published_event()

    change_form(client, event).fill(status="cancelled", status_reason="台风").save()

    event.refresh_from_db()
    assert (event.is_published(), event.status_reason) == (True, "台风")


def test_an_event_in_the_trash_stays_linked_to_the_articles_that_report_it(db):
    event = factories.draft_event()
    article = factories.draft_article(events=[event])

    browser_of(chief_editor()).post(address(event, "delete"), {"post": "yes"})

    event.refresh_from_db()
    assert event.state == "trashed"
    assert [*article.events.all()] == [event]


def test_a_type_that_has_events_is_not_deleted(db):
    event = factories.draft_event()

    browser_of(chief_editor()).post(address(event.type, "delete"), {"post": "yes"})

    assert type(event.type).objects.filter(pk=event.type.pk).exists()
