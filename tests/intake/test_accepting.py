"""A reviewed page becomes drafts of an edition, all of it or nothing."""

import pytest
from django.utils import timezone, translation

from newsletter.articles.models import Article, Figure, Photo
from newsletter.awards.models import Award
from newsletter.editions.models import Edition, EditionItem
from newsletter.events.models import Event
from newsletter.intake.accepting import accept
from newsletter.records.text import rich_from_paragraphs
from orgs.models import Organization
from tests import factories
from tests.editions.files import row_counts
from tests.intake.printed import AWARD, ORGANIZATIONS, VISIT, accepted, change, imported, story_of, with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def places(edition):
    return [*edition.items.values_list("page", "position", "article__title")]


# What is made.


def test_nothing_is_created_before_accepting():
    before = row_counts()

    imported()

    assert row_counts() == {**before, "intake.PageImport": 1}


def test_stories_become_draft_articles_of_the_day():
    articles = accept(imported())

    assert [(one.title, one.byline, one.state, one.date) for one in articles] == [
        ("龙港总商会获评“四好”商会", "龙商", "draft", factories.DAY),
        ("义卖款送到孩子手中", "扶苗", "draft", factories.DAY),
    ]
    assert articles[1].body.startswith("<p>5月31日中午，蓝精灵幼儿园携手")


def test_facts_become_drafts_and_links():
    accepted()

    event, award, figure = Event.objects.get(), Award.objects.get(), Figure.objects.get()
    assert (event.state, event.type.name, str(event.start_date)) == ("draft", "义卖", "2019-05-31")
    assert (award.state, award.name, award.year) == ("draft", "温州市“四好”商会", 2018)
    assert (award.issuer.name, str(award.recipients.get())) == ("温州市工商业联合会", "龙港总商会")
    assert (figure.value, figure.article.byline) == (2374, "扶苗")
    assert [one.name for one in event.organizations.all()] == ["扶苗公益中心", "蓝精灵幼儿园"]


def test_new_organizations_are_added_but_not_listed():
    accepted()

    assert sorted(Organization.objects.values_list("name", "listed")) == [(name, False) for name in ORGANIZATIONS]


def test_edition_has_the_stories_in_their_order_on_the_page():
    page_import = accepted(page=3, number="第6期")

    edition = page_import.edition
    assert (str(edition), edition.locality, edition.state) == ("苍南社会组织 第6期 2019-06-06", "苍南县", "draft")
    assert places(edition) == [(3, 1, "龙港总商会获评“四好”商会"), (3, 2, "义卖款送到孩子手中")]
    assert edition.items.get(is_lead=True).position == 1


def test_order_of_the_review_is_the_order_of_the_page():
    page_import = imported()
    page_import.review["stories"].reverse()
    page_import.save()

    accept(page_import)

    assert places(Edition.objects.get()) == [(1, 1, "义卖款送到孩子手中"), (1, 2, "龙港总商会获评“四好”商会")]


def test_section_and_form_are_those_of_the_review():
    accept(change(imported(), 2, section="图片新闻", form="photo_story"))

    article = Article.objects.get(byline="扶苗")
    assert (article.section.name, article.form) == ("图片新闻", "photo_story")


def test_photo_goes_to_the_article_with_a_file_of_its_own():
    page_import = with_photo()

    accept(page_import)

    photo = Photo.objects.get()
    assert photo.article.byline == "扶苗"
    assert photo.picture.name not in page_import.stored_names
    assert photo.picture.size


def test_dropped_photo_is_not_taken():
    accept(change(with_photo(), dropped=[["photo", 0]]))

    assert not Photo.objects.exists()


def test_who_accepted_and_when_is_kept():
    editor = factories.staff()

    page_import = accepted(by=editor)

    assert (page_import.accepted_by, page_import.modified_by) == (editor, editor)
    assert page_import.created_at < page_import.accepted_at <= timezone.now()
    assert {row.created_by for model in (Article, Event, Award, Edition) for row in model.objects.all()} == {editor}


# What is not made.


def test_story_that_is_not_taken_is_not_created():
    accept(change(imported(), 1, taken=False))

    assert [article.byline for article in Article.objects.all()] == ["扶苗"]
    assert not Award.objects.exists()
    assert sorted(Organization.objects.values_list("name", flat=True)) == ["扶苗公益中心", "蓝精灵幼儿园"]


def test_dropped_findings_are_not_created():
    page_import = imported()
    event = page_import.review["stories"][1]["facts"]["events"][0]

    accept(change(page_import, 2, dropped=[["event", event], ["organization", "扶苗公益中心"]]))

    assert not Event.objects.exists()
    assert not Organization.objects.filter(name="扶苗公益中心").exists()


def test_kind_of_a_new_organization_is_the_one_chosen():
    page_import = imported()
    page_import.review["kinds"]["扶苗公益中心"] = "foundation"
    page_import.save()

    accept(page_import)

    assert Organization.objects.get(name="扶苗公益中心").kind == "foundation"
    assert Organization.objects.get(name="蓝精灵幼儿园").kind == "service_agency"


def test_organization_that_came_into_the_directory_meanwhile_is_used():
    page_import = imported()
    known = factories.organization("扶苗公益中心", kind="foundation")

    accept(page_import)

    assert Organization.objects.get(name="扶苗公益中心") == known
    assert known.articles.count() == 1


# Texts and editions that are there already.


def test_article_of_the_same_text_gets_its_place_and_no_double():
    page_import = imported()
    known = factories.published_article(body=rich_from_paragraphs(page_import.review["stories"][0]["paragraphs"]))

    articles = accept(page_import)

    assert [article.byline for article in articles] == ["扶苗"]
    assert places(Edition.objects.get()) == [(1, 1, known.title), (1, 2, "义卖款送到孩子手中")]
    known.refresh_from_db()
    assert (known.state, known.version) == ("published", 1)


def test_page_of_nothing_but_known_texts_makes_an_edition_of_them():
    known = accept(imported())

    accept(imported(f"{VISIT}\n{AWARD}", date=factories.DAY.replace(day=20)))

    assert Article.objects.count() == 2
    assert [item.article for item in Edition.objects.get(date__day=20).items.all()] == known[::-1]


def test_article_that_stands_in_the_edition_keeps_its_place():
    accept(imported(AWARD))

    accept(imported(f"{VISIT}\n{AWARD}"))

    assert places(Edition.objects.get()) == [(1, 1, "龙港总商会获评“四好”商会"), (1, 2, "义卖款送到孩子手中")]


def test_same_story_twice_on_a_page_is_made_once():
    page_import = imported()
    first, second = page_import.review["stories"]
    second["paragraphs"] = first["paragraphs"]
    page_import.save()

    accept(page_import)

    assert Article.objects.count() == EditionItem.objects.count() == 1


@pytest.mark.parametrize(("page", "place"), [(1, (1, 3)), (2, (2, 3))])
def test_another_page_of_the_edition_goes_behind_or_onto_its_own_page(page, place):
    first = accepted()

    second = accepted(story_of("海星公益中心"), page=page)

    assert second.edition == first.edition
    assert places(first.edition)[-1] == (*place, "海星公益中心走进社区")
    assert first.edition.items.filter(is_lead=True).count() == 1
