from decimal import Decimal

import pytest
from PIL import Image

from newsletter.articles.models import Article, ArticleOrganization, Figure, Photo
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event
from orgs.models import Organization
from tests.editions.files import edition_file, load, one_story, without_photos
from tests.factories import picture_bytes, staff

pytestmark = pytest.mark.django_db


# What is there afterwards.


def test_edition_has_its_pages_and_its_stories_in_their_places(folder):
    edition = load(edition_file(), folder)

    assert (edition.title, edition.number, str(edition.date), edition.locality) == (
        "苍南社会组织",
        "第6期",
        "2019-06-06",
        "苍南县",
    )
    assert (edition.date_is_assumed, edition.state) == (True, "draft")
    assert [*edition.pages.values_list("number", "title")] == [(1, "要闻")]
    assert [*edition.items.values_list("page", "position", "is_lead", "article__title", "article__form")] == [
        (1, 1, True, "连续十年\n蓝精灵关爱困境儿童", "article"),
        (1, 2, False, "一堂讲座", "photo_story"),
    ]


def test_story_has_its_text_its_date_and_its_tags(folder):
    load(edition_file(), folder)

    article = Article.objects.get(byline="扶苗")
    assert article.body == "<p>5月31日中午，两支小分队出发。</p><p>今年通过义卖共筹到爱心款2374元。</p>"
    assert (str(article.date), article.section.name, article.kicker) == ("2019-06-05", "要闻", "六一前夕")
    assert (article.staff_note, sorted(article.tags.names())) == ("金额已核对", ["义卖", "儿童"])
    other = Article.objects.get(byline="周海棠")
    assert (str(other.date), other.contributor_person) == ("2019-06-06", "周海棠")


def test_photo_is_stored_clean_under_a_random_name(folder):
    exif = Image.Exif()
    exif[0x010F] = "HUAWEI"
    (folder / "bazaar.jpg").write_bytes(picture_bytes(exif=exif))

    load(edition_file(), folder)

    made = Photo.objects.get()
    assert (made.caption, made.credit, made.alt_text) == ("义卖现场", "扶苗 供图", "孩子们围着长桌")
    assert "bazaar" not in made.picture.name
    with made.picture.open() as file:
        assert b"HUAWEI" not in file.read()


def test_organizations_of_a_story_are_linked_in_their_roles():
    data = one_story()
    data["stories"][0]["facts"]["organizations"].append("温州市工商联")

    load(data)

    links = ArticleOrganization.objects.values_list("organization__name", "role", "is_primary")
    assert sorted(links) == [
        ("扶苗公益中心", "contributor", False),
        ("扶苗公益中心", "subject", False),
        ("温州市工商业联合会", "mentioned", False),
        ("蓝精灵幼儿园", "subject", True),
        ("龙港总商会", "subject", False),
    ]


def test_organization_that_is_only_named_but_stands_in_the_headline_is_a_subject():
    data = one_story(title=["龙商办讲座"])
    data["stories"][0]["facts"] = {"organizations": ["温州市工商联", "龙港总商会"]}

    load(data)

    assert sorted(ArticleOrganization.objects.values_list("organization__name", "role")) == [
        ("温州市工商业联合会", "mentioned"),
        ("龙港总商会", "subject"),
    ]


def test_new_organization_has_its_profile_and_is_outside_the_directory():
    load(one_story())

    fumiao = Organization.objects.get(name="扶苗公益中心")
    assert (fumiao.listed, fumiao.member, fumiao.grade, fumiao.region) == (False, True, "3A", "龙港镇")
    assert (fumiao.supervisor.name, fumiao.supervisor.kind) == ("苍南县民政局", "government")
    assert [*fumiao.names.values_list("name", "kind")] == [("扶苗公益中心", "full"), ("扶苗", "short")]
    assert [*Organization.objects.public()] == []


def test_event_has_everything_that_is_told_of_it():
    load(one_story())

    event = Event.objects.get(name="六一慰问")
    assert (event.type.name, str(event.start_date), str(event.end_date), event.part_of_day) == (
        *("慰问", "2019-05-31", "2019-06-01", "noon"),
    )
    assert (f"{event.start_time:%H:%M}", f"{event.end_time:%H:%M}", event.year) == ("12:30", "14:00", 2019)
    assert (event.when_text, event.venue, event.place_words, event.region) == (
        *("六一前夕", "蓝精灵幼儿园", ["埔坪", "灵江"], "龙港镇"),
    )
    assert (event.series.name, event.series_text, event.series_year) == ("蓝精灵关爱困境儿童", "连续十年", 10)
    assert (event.status, event.status_reason) == ("postponed", "下雨")
    assert [*event.participations.values_list("organization__name", "role")] == [
        ("蓝精灵幼儿园", "organizer"),
        ("扶苗公益中心", "organizer"),
    ]


def test_award_has_its_issuer_and_recipients():
    load(one_story())

    award = Award.objects.get()
    assert (award.name, award.year, award.level, award.issuer.name) == ("亮点项目", 2018, "city", "温州市工商业联合会")
    assert (award.document, str(award.date)) == ("《关于公布亮点项目的通报》", "2019-01-10")
    assert [*award.recipients.values_list("organization__name", "person", "project")] == [
        ("龙港总商会", "", "“5+3”工作法"),
        (None, "周海棠", "“5+3”工作法"),
    ]


def test_figure_is_tied_to_its_event():
    load(one_story())

    figure = Figure.objects.get()
    assert (figure.value, figure.unit.code, figure.approximate, figure.text) == (Decimal(2374), "CNY", True, "2374元")
    assert (figure.measure, figure.what, figure.year, figure.event.name) == ("raised", "", 2019, "六一慰问")


@pytest.mark.parametrize(
    ("what", "measure", "words"),
    [
        ("raised", "raised", ""),
        ("donated", "given", ""),
        ("taking part", "taking_part", ""),
        ("受益老人", "other", "受益老人"),
        (None, "other", "30车"),
    ],
)
def test_figure_keeps_words_and_units_that_are_not_known(what, measure, words):
    data = one_story()
    data["stories"][0]["facts"]["amounts"] = [{"value": 30, "unit": "truck", "text": "30车", "what": what}]

    load(data)

    assert [*Figure.objects.values_list("unit__code", "unit__name", "measure", "what")] == [
        ("truck", "truck", measure, words)
    ]


@pytest.mark.parametrize(
    ("section", "paragraphs", "form"),
    [
        ("图说", ["一"], "photo_story"),
        ("简讯", ["一"], "brief"),
        ("简讯", ["一", "二"], "article"),
        ("要闻", ["一"], "article"),
        (None, ["一"], "article"),
    ],
)
def test_form_follows_section_and_length_where_the_file_does_not_say(section, paragraphs, form):
    load(one_story(section=section, paragraphs=paragraphs, form=None))

    assert Article.objects.get().form == form


def test_story_with_most_text_leads_where_the_file_does_not_say():
    data = without_photos(edition_file(lead=None))
    data["stories"][1]["paragraphs"] = ["长" * 100]

    edition = load(data)

    assert [*edition.items.filter(is_lead=True).values_list("article__title", flat=True)] == ["一堂讲座"]


def test_stories_without_a_position_fill_the_places_that_are_free():
    data = without_photos(edition_file(position=2))
    data["stories"].append({"title": ["三"], "paragraphs": ["三"]})
    data["stories"].append({"title": ["四"], "paragraphs": ["四"], "page": 2})

    edition = load(data)

    assert [*edition.items.values_list("page", "position", "article__title")] == [
        (1, 1, "一堂讲座"),
        (1, 2, "连续十年\n蓝精灵关爱困境儿童"),
        (1, 3, "三"),
        (2, 1, "四"),
    ]


def test_first_story_is_the_newest_so_that_it_stands_on_top_of_lists():
    data = without_photos(edition_file(date=None))

    load(data)

    assert [article.title_lines[0] for article in Article.objects.newest_first()] == ["连续十年", "一堂讲座"]


def test_whoever_loads_is_who_made_it():
    editor = staff()

    load(one_story(), by=editor)

    for model in (Edition, Article, Event, Award, Organization):
        assert {*model.objects.values_list("created_by", flat=True)} == {editor.pk}
