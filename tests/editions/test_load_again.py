import pytest

from newsletter.articles.models import Article, ArticleOrganization
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event
from orgs.models import Organization
from tests.editions.files import edition_file, load, one_story, row_counts, stored_files, without_photos
from tests.factories import organization

pytestmark = pytest.mark.django_db


def test_second_run_adds_nothing(folder):
    load(edition_file(), folder)
    before, files = row_counts(), stored_files()

    load(edition_file(), folder)

    assert (row_counts(), stored_files()) == (before, files)


@pytest.mark.parametrize(
    "text", ["扶\u200b苗", "Cafe\u0301", "一\x00二", " 一 ", "a < b & c", "一\n二", "&amp;"], ids=ascii
)
def test_second_run_adds_nothing_whatever_the_text_holds(text):
    data = one_story(paragraphs=[text, "第二段。"], tags=[text], byline=text)
    load(data)
    before = row_counts()

    load(data)

    assert row_counts() == before


def test_second_run_adds_nothing_when_the_text_is_wrapped_differently():
    load(one_story(paragraphs=["5月31日中午，", "两支小分队出发。"]))
    before = row_counts()

    load(one_story(paragraphs=["5月31日 中午，两支小\u3000分队出发。"]))

    assert row_counts() == before


def test_second_run_leaves_what_staff_have_changed():
    edition = load(one_story())
    Article.objects.update(title="编辑改过的题")
    edition.items.update(position=7)

    load(one_story())

    assert [*edition.items.values_list("position", "article__title")] == [(7, "编辑改过的题")]


def test_story_that_was_added_to_the_file_is_added_beside_those_that_are_there():
    load(one_story())
    data = without_photos(edition_file())
    data["stories"] = [data["stories"][1] | {"position": 1}]

    edition = load(data)

    assert [*edition.items.values_list("position", "is_lead", "article__byline")] == [
        (1, True, "扶苗"),
        (2, False, "周海棠"),
    ]


@pytest.mark.parametrize("known_as", ["扶苗公益中心", "扶苗", "ＦＭ", "扶苗公益"])
def test_organization_is_found_by_any_of_its_names(known_as):
    known = organization(
        "苍南县扶苗公益中心", short=["扶苗"], alias=["FM", "扶苗公益中心", "扶苗公益"], region="灵溪镇"
    )
    data = one_story()
    data["organizations"][0] |= {"name": known_as, "names": ["扶苗义工"]}
    data["stories"][0]["facts"] = {"organizations": [known_as, "扶苗义工"]}

    load(data)

    known.refresh_from_db()
    assert (known.name, known.region, known.listed) == ("苍南县扶苗公益中心", "灵溪镇", True)
    assert [*ArticleOrganization.objects.values_list("organization", flat=True)] == [known.pk]
    assert [*Organization.objects.named("扶苗义工")] == [known]


def test_organization_of_the_directory_need_not_be_in_the_file():
    known = organization("壹加壹")
    data = one_story()
    data["stories"][0]["facts"] = {"organizations": ["壹加壹"]}

    load(data)

    assert [*Article.objects.for_organization(known).values_list("byline", flat=True)] == ["扶苗"]


def next_edition(**changes):
    data = one_story(paragraphs=["另一期的报道。"], date=None, **changes)
    data["edition"]["date"] = "2019-06-13"
    return data


@pytest.mark.parametrize("name", ["六一慰问", None])
def test_event_that_two_editions_report_is_one_event(name):
    files = [one_story(), next_edition()]
    for data in files:
        data["stories"][0]["facts"]["events"][0]["name"] = name
        data["stories"][0]["facts"]["amounts"] = []
        load(data)

    event = Event.objects.get()
    assert event.articles.count() == 2
    assert event.participations.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "看望老人"},
        {"start": "2019-05-30"},
        {"end": None},
        {"year": 2018},
        {"name": None, "type": "讲座"},
        {"name": None, "roles": {"organizer": ["蓝精灵幼儿园"]}},
    ],
)
def test_event_that_differs_in_what_makes_it_itself_is_another_one(changes):
    first = one_story()
    if "name" in changes and changes["name"] is None:
        first["stories"][0]["facts"]["events"][0]["name"] = None
    second = next_edition()
    second["stories"][0]["facts"]["events"][0] |= changes
    for data in (first, second):
        data["stories"][0]["facts"]["amounts"] = []
        load(data)

    assert Event.objects.count() == 2


@pytest.mark.parametrize(("date", "events"), [("2019-06-05", 1), ("2019-06-13", 2)])
def test_event_told_only_in_words_is_the_same_on_the_same_day_of_report(date, events):
    vague = {"type": "调研", "name": "调研组之行", "when_text": "日前", "roles": {}}
    for data in (one_story(), next_edition() | {"stories": [one_story(paragraphs=["另"], date=date)["stories"][0]]}):
        data["stories"][0]["facts"] = {"events": [vague]}
        load(data)

    assert Event.objects.count() == events


def test_award_that_two_editions_report_is_one_award_with_all_recipients():
    load(one_story())
    data = next_edition()
    data["stories"][0]["facts"]["awards"][0] |= {"recipients": ["龙商", "扶苗"], "person_recipients": []}

    load(data)

    assert [*Award.objects.get().recipients.values_list("organization__name", "person")] == [
        ("龙港总商会", ""),
        (None, "周海棠"),
        ("扶苗公益中心", ""),
    ]
    assert Award.objects.get().articles.count() == 2


# Publishing.


@pytest.mark.parametrize("again", [False, True])
def test_publishing_publishes_the_edition_with_articles_events_and_awards(again):
    if again:
        load(without_photos(edition_file()))

    edition = load(without_photos(edition_file()), publish=True)

    assert edition.is_published()
    for model in (Edition, Article, Event, Award):
        assert {*model.objects.values_list("state", flat=True)} == {"published"}
    assert {name.name for name in Organization.objects.public()} == {
        *("扶苗公益中心", "蓝精灵幼儿园", "龙港总商会", "温州市工商业联合会"),
    }


def test_publishing_leaves_what_staff_are_at_work_on():
    load(one_story())
    Article.objects.get().submit()
    Event.objects.get().submit()

    load(one_story(), publish=True)

    assert [*Article.objects.values_list("state", flat=True)] == ["review"]
    assert [*Event.objects.values_list("state", flat=True)] == ["review"]
