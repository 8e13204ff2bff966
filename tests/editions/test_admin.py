import pytest

from newsletter.articles.models import Article
from newsletter.editions.models import Edition
from newsletter.records.history import parts_in, restore, versions_of
from tests import factories
from tests.desk.forms import add_form, address, change_form, errors_of
from tests.desk.people import browser_of, chief_editor, editor


@pytest.fixture
def client(db):
    return browser_of(editor())


def new(client, **values):
    return add_form(client, Edition).fill(**{"title": "苍南社会组织", "date": "2019-06-06", **values})


def stories(edition):
    return [(item.page, item.position, item.article) for item in edition.items.all()]


def test_an_edition_is_composed_of_stories_and_pages(client):
    first, second = factories.draft_article(), factories.draft_article()
    form = new(client, number="第6期").add_row("items", article=first.pk, position="1", is_lead="on")
    form.add_row("items", article=second.pk, position="2").add_row("pages", number="1", title="要闻")

    form.save()

    edition = Edition.objects.get()
    assert stories(edition) == [(1, 1, first), (1, 2, second)]
    assert [page.title for page in edition.pages.all()] == ["要闻"]


def test_an_article_is_placed_in_an_edition_on_its_own_page(client):
    edition, article = factories.draft_edition(), factories.draft_article()

    change_form(client, article).add_row("edition_items", edition=edition.pk, page="2", position="3").save()

    assert stories(edition) == [(2, 3, article)]


def test_a_story_that_is_placed_on_its_own_page_is_a_change_of_the_edition(client):
    edition, article = factories.draft_edition(), factories.draft_article()
    opened = change_form(client, edition).fill(title="苍南社会组织报")

    change_form(client, article).add_row("edition_items", edition=edition.pk, page="2", position="3").save()

    stored = Edition.objects.get()
    assert (stored.version, stored.modified_by) == (2, Article.objects.get().modified_by)
    assert [len(parts_in(version)) for version in versions_of(edition)] == [1, 0]
    # Whoever had the edition open is told, and keeps the story.
    told = opened.post()
    assert "saved this while you were writing" in told.content.decode()
    opened.again(told).save()
    assert stories(edition) == [(2, 3, article)]
    assert Edition.objects.get().title == "苍南社会组织报"


def test_a_story_that_moves_to_another_edition_changes_both(client):
    article = factories.draft_article()
    old, new_one = factories.draft_edition(articles=[article]), factories.draft_edition(date="2019-07-07")

    change_form(client, article).fill(edition_items__0__edition=new_one.pk).save()

    assert {*Edition.objects.values_list("version", flat=True)} == {2}
    assert stories(old) == []
    assert stories(new_one) == [(1, 1, article)]


def test_an_article_that_is_saved_in_its_place_does_not_change_the_edition(client):
    article = factories.draft_article()
    edition = factories.draft_edition(articles=[article])

    change_form(client, article).fill(title="新标题").save()

    assert Edition.objects.get(pk=edition.pk).version == 1


def test_an_edition_of_a_title_and_day_exists_once(client):
    factories.draft_edition(title="苍南社会组织", date=factories.DAY)

    assert errors_of(new(client).post()) == {"": ["There is an edition of this title and date already."]}


@pytest.mark.parametrize(
    "rows",
    [
        [{"position": "1"}, {"position": "1"}],
        [{"position": "1", "is_lead": "on"}, {"position": "2", "is_lead": "on"}],
        [{"position": "1", "article": "same"}, {"position": "2", "article": "same"}],
    ],
    ids=["two at one place", "two lead stories", "one story twice"],
)
def test_stories_that_contradict_each_other_are_refused_in_words(client, rows):
    same = factories.draft_article()
    form = new(client)
    for row in rows:
        article = same if row.get("article") else factories.draft_article()
        form.add_row("items", **{**row, "article": article.pk})

    response = form.post()

    assert response.status_code == 200
    assert errors_of(response)
    assert not Edition.objects.exists()


def test_a_taken_place_is_refused_on_the_page_of_the_article(client):
    edition = factories.draft_edition(articles=[factories.draft_article()])
    form = change_form(client, factories.draft_article())

    response = form.add_row("edition_items", edition=edition.pk, page="1", position="1").post()

    assert errors_of(response) == {"": ["Another story stands at this place of the page."]}


def test_two_stories_change_places_in_one_save(client):
    first, second = factories.draft_article(), factories.draft_article()
    edition = factories.draft_edition(articles=[first, second])

    change_form(client, edition).fill(items__0__position="2", items__1__position="1").save()

    assert stories(edition) == [(1, 1, second), (1, 2, first)]


@pytest.mark.parametrize(("before", "after"), [(0, 1), (1, 0)])
def test_another_story_becomes_the_lead_in_one_save(client, before, after):
    edition = factories.draft_edition(articles=[factories.draft_article(), factories.draft_article()])
    edition.items.filter(position=before + 1).update(is_lead=True)

    change_form(client, edition).fill(**{f"items__{before}__is_lead": None, f"items__{after}__is_lead": "on"}).save()

    assert [item.is_lead for item in edition.items.all()] == [after == 0, after == 1]


def test_a_printed_page_that_is_no_pdf_is_refused_beside_its_field(client):
    word = factories.SimpleUploadedFile("版面.docx", b"PK")

    response = new(client).add_row("pages", number="1", file=word).post()

    assert errors_of(response).keys() == {"pages-0-file"}


def test_publishing_an_edition_publishes_its_stories_with_their_events_and_awards(db):
    event, award = factories.draft_event(), factories.draft_award()
    story = factories.draft_article(events=[event], awards=[award])
    waiting = factories.article_in_review()
    edition, chief = factories.draft_edition(articles=[story, waiting]), chief_editor()

    change_form(browser_of(chief), edition).post("_step", "publish")

    for obj in (edition, story, event, award, waiting):
        obj.refresh_from_db()
    assert [obj.state for obj in (edition, story, event, award)] == ["published"] * 4
    assert [obj.published_by for obj in (edition, story, event, award)] == [chief] * 4
    assert waiting.state == "review"


def test_a_story_that_was_added_in_the_same_press_is_published_too(db):
    story, edition = factories.draft_article(), factories.draft_edition()

    form = change_form(browser_of(chief_editor()), edition).add_row("items", article=story.pk, position="1")
    form.post("_step", "publish")

    story.refresh_from_db()
    assert story.is_published()


def test_withdrawing_an_edition_leaves_its_stories_public(db):
    story = factories.published_article()
    edition = factories.published_edition(articles=[story])

    browser_of(chief_editor()).post(
        f"{address(edition, 'withdraw')}?ids={edition.pk}", {"kind": "facts", "reason": "版面有误"}
    )

    assert list(Article.objects.published()) == [story]


def test_a_story_in_the_trash_keeps_its_place_in_the_edition(db):
    story = factories.draft_article()
    edition = factories.draft_edition(articles=[story])
    client = browser_of(chief_editor())

    client.post(address(story, "delete"), {"post": "yes"})
    client.post(address(Article, "trash"), {"ids": [story.pk]})

    story.refresh_from_db()
    assert story.state == "draft"
    assert [item.article for item in edition.items.all()] == [story]


def test_an_edition_in_the_trash_leaves_its_stories(db):
    story = factories.draft_article()
    edition = factories.draft_edition(articles=[story])

    browser_of(chief_editor()).post(address(edition, "delete"), {"post": "yes"})

    story.refresh_from_db()
    assert story.state == "draft"
    assert not Edition.objects.kept().exists()


# The picture of a page, and the regions of stories on it.


def test_a_page_gets_its_picture_and_a_story_its_region(client):
    story = factories.draft_article()
    form = new(client).add_row("pages", number="1", picture=factories.picture_file(size=(140, 200)))
    region = {"region_left": "5", "region_top": "20", "region_width": "60", "region_height": "35"}

    form.add_row("items", article=story.pk, position="1", **region).save()

    edition = Edition.objects.get()
    page = edition.pages.get()
    assert (page.picture_width, page.picture_height) == (140, 200)
    assert edition.items.get().region == (5, 20, 60, 35)


@pytest.mark.parametrize(
    "region",
    [{"region_left": "5"}, {"region_left": "60", "region_top": "0", "region_width": "41", "region_height": "10"}],
    ids=["not all of it", "beyond the page"],
)
def test_a_region_that_cannot_be_is_refused_in_words(client, region):
    form = new(client).add_row("items", article=factories.draft_article().pk, position="1", **region)

    words = "A region has all four numbers, or none, and lies within the page."
    assert [words] in errors_of(form.post()).values()


def test_a_region_and_a_picture_come_back_with_an_older_text(client):
    edition = factories.draft_edition(articles=[factories.draft_article()])
    edition.pages.create(number=1, picture=factories.picture_file())
    name = edition.pages.get().picture.name
    edition.items.update(region_left=5, region_top=20, region_width=60, region_height=35)
    edition.save()
    (kept,) = versions_of(edition)[:1]
    edition.items.update(region_left=0, region_top=0)
    edition.pages.all().delete()

    restore(edition, kept, by=editor())

    assert edition.items.get().region == (5, 20, 60, 35)
    assert edition.pages.get().picture.name == name
