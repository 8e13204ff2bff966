"""What the pages of a page import show, to whom, and that what was printed is only text there."""

import pytest
from django.utils.html import escape

from newsletter.articles.models import Article
from newsletter.intake import importing
from newsletter.intake.accepting import accept
from newsletter.intake.models import PageImport
from newsletter.records.text import rich_from_paragraphs
from orgs.models import Organization
from tests import factories
from tests.desk.forms import address, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor
from tests.editions.files import stored_files
from tests.intake.printed import ORGANIZATIONS, accepted, change, imported, story_of, with_photo
from tests.intake.review_form import ReviewForm

pytestmark = pytest.mark.django_db

LIST = address(PageImport)
SCRIPT = "<script>alert(1)</script>"
REVIEWS = ("intake.view_pageimport", "intake.change_pageimport")
CREATES = ("articles.add_article", "editions.add_edition", "events.add_event", "awards.add_award")


@pytest.fixture
def client():
    return browser_of(editor())


def shown(client, page_import):
    response = client.get(page_import.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def stories(letters):
    return "\n".join(story_of(f"海{letter}公益中心") for letter in letters)


# The review.


def test_review_shows_the_stories_with_their_findings(client):
    form = ReviewForm(client, imported())

    assert form.texts("title") == ["龙港总商会获评“四好”商会", "义卖款送到孩子手中"]
    assert form.texts("byline") == ["龙商", "扶苗"]
    words = form.page.root.text
    assert "year 2018 · 温州市“四好”商会 · City · given by 温州市工商业联合会 · 龙港总商会" in words
    assert "2374元 · raised" in words
    assert sorted(form.data["new-name"]) == ORGANIZATIONS


def test_lines_of_the_original_lead_to_their_stories(client):
    page = ReviewForm(client, imported(f"图片新闻\n{story_of('海星公益中心')}")).page

    lines = page.root.all("ol", **{"class": "import-lines"})[0].all("li")
    links = [[link.attrs["href"] for link in line.all("a")] for line in lines]
    assert [line.attrs["id"] for line in lines] == [f"line-{number}" for number in range(len(lines))]
    assert [*filter(None, links)] == [["#story-1"]] * 2
    assert any(href == "#line-1" for href in page.texts_of_links)


def test_doubts_and_what_is_missing_stand_beside_the_story(client):
    page_import = change(imported(), title=[], doubts=["没有找到标题"])

    page = shown(client, page_import)

    assert "没有找到标题" in page
    assert "It has no headline yet." in page
    assert escape("“龙港总商会”：名录中没有") in page


def test_story_whose_text_is_known_links_to_the_article(client):
    page_import = imported()
    known = factories.draft_article(body=rich_from_paragraphs(page_import.review["stories"][0]["paragraphs"]))

    page = shown(client, page_import)

    assert f'href="{address(known, "change")}"' in page
    assert "There is an article of this text already" in page
    assert ReviewForm(client, page_import).press().data["story-1-taken"] == ["on"]


def test_photos_are_shown_and_can_be_left_out(client):
    form = ReviewForm(client, with_photo())
    src = [image.attrs["src"] for image in form.page.root.all("img")]
    assert src == [f"/admin/files/{PageImport.objects.get().result['photos'][0]['file']}"]

    form.fill(story__1__photo=[]).press("accept")

    assert not Article.objects.get().photos.exists()


# Accepting.


def test_accepted_page_links_to_its_articles_its_edition_and_undo(client):
    page_import = imported()

    response = ReviewForm(client, page_import).post("accept")

    page = client.get(response["Location"])
    assert messages_of(page) == ["2 drafts were made."]
    page_import.refresh_from_db()
    links = [address(article, "change") for article in Article.objects.order_by("-pk")]
    for link in [*links, address(page_import.edition, "change"), f"/admin/intake/pageimport/{page_import.pk}/undo/"]:
        assert f'href="{link}"' in page.content.decode()


def test_refusal_is_told_and_the_review_kept(client):
    form = ReviewForm(client, imported()).fill(story__1__title="", story__2__byline="新")

    form.press("accept")

    assert "Some stories are not complete yet." in form.page.root.text
    assert not Article.objects.exists()
    assert form.data["story-2-byline"] == ["新"]


def test_accepted_page_is_changed_no_more(client):
    form = ReviewForm(client, imported())
    accept(PageImport.objects.get())
    before = PageImport.objects.get()

    response = form.client.post(form.path, form.data, follow=True)

    assert messages_of(response) == ["This page was accepted already."]
    assert PageImport.objects.get().version == before.version
    assert client.post(f"{form.path.removesuffix('change/')}again/").status_code == 403


# Reading again.


def test_page_is_read_again_from_the_start(client):
    page_import = change(imported(), title=["旧"])
    again = f"/admin/intake/pageimport/{page_import.pk}/again/"

    client.get(again)
    assert PageImport.objects.get().review["stories"][0]["title"] == ["旧"]

    assert messages_of(client.post(again, follow=True)) == ["The page was read again."]
    assert PageImport.objects.get().review["stories"][0]["title"] == ["龙港总商会获评“四好”商会"]


def test_reading_again_while_a_colleague_saves_is_told(client, monkeypatch):
    page_import = imported()
    read_page = importing.read_page

    def read_while_a_colleague_saves(content, page_import):
        read_page(content, page_import)
        change(PageImport.objects.get(), title=["新"])

    monkeypatch.setattr(importing, "read_page", read_while_a_colleague_saves)

    response = client.post(f"/admin/intake/pageimport/{page_import.pk}/again/", follow=True)

    assert "in the same moment" in messages_of(response)[0]
    assert PageImport.objects.get().review["stories"][0]["title"] == ["新"]


# Who may what.


def test_correspondents_see_no_page_import():
    page_import, client = imported(), browser_of(correspondent())

    for path in (LIST, page_import.get_absolute_url(), f"/admin/intake/pageimport/{page_import.pk}/undo/"):
        assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)
    assert client.post(f"/admin/intake/pageimport/{page_import.pk}/again/").status_code == 403


def test_whoever_may_not_add_organizations_reviews_but_does_not_accept():
    form = ReviewForm(browser_of(factories.staff(permissions=[*REVIEWS, *CREATES], language="en")), imported())
    assert "Accept all" not in form.page.root.text

    form.fill(story__1__title="新").press()

    assert PageImport.objects.get().review["stories"][0]["title"] == ["新"]
    assert form.post("accept").status_code == 403
    assert not Article.objects.exists()


def test_whoever_may_only_look_changes_nothing():
    page_import = imported()
    client = browser_of(factories.staff(permissions=REVIEWS[:1], language="en"))

    form = ReviewForm(client, page_import)

    assert form.page.root.all("button", name="do") == []
    assert form.post().status_code == 403
    assert client.post(f"/admin/intake/pageimport/{page_import.pk}/again/").status_code == 403


def test_open_page_is_deleted_with_its_files(django_capture_on_commit_callbacks):
    page_import = with_photo()
    client = browser_of(chief_editor())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(page_import, "delete"), {"post": "yes"})

    assert not PageImport.objects.exists()
    assert stored_files() == []


def test_accepted_page_is_not_deleted():
    page_import = accepted()
    client = browser_of(chief_editor())

    assert client.post(address(page_import, "delete"), {"post": "yes"}).status_code == 403
    assert address(page_import, "delete") not in shown(client, page_import)
    assert page_import.file.storage.exists(page_import.file.name)


# What was printed is only text.


@pytest.mark.parametrize("name", ["title", "byline", "paragraphs", "section"])
def test_markup_in_a_story_is_escaped_and_stored_as_text(client, name):
    text = SCRIPT[:20] if name == "section" else SCRIPT
    form = ReviewForm(client, imported())
    field = "story-1-paragraph" if name == "paragraphs" else f"story-1-{name}"

    form.data[field] = [text]
    form.press().press("accept")

    page_import = PageImport.objects.get()
    assert not page_import.is_open
    assert text in "".join(page_import.review["stories"][0][name])
    undo = client.get(f"/admin/intake/pageimport/{page_import.pk}/undo/").content.decode()
    for page in (shown(client, page_import), undo):
        assert "<script>alert" not in page
    assert "<script>" not in Article.objects.first().body


@pytest.mark.parametrize("part", ["review", "accepted", "undo"])
def test_markup_in_names_doubts_and_lines_is_escaped(client, part):
    page_import = imported(
        f"{SCRIPT}走进社区\n6月4日上午，扶苗公益中心举办讲座。{SCRIPT} （{SCRIPT}）\n", name=f"{SCRIPT}.txt"
    )
    story = page_import.review["stories"][0]
    name = f"{SCRIPT}中心"
    story["facts"]["organizations"].append(name)
    story["new_organizations"] += [{"name": name, "kind": "service_agency", "names": []}]
    story["remarks"] = [{"kind": "new_organization", "value": name, "printed": SCRIPT, "doubt": SCRIPT}]
    change(page_import, doubts=[SCRIPT])

    if part != "review":
        accept(page_import)
        assert Organization.objects.filter(name=name).exists()
    path = f"/admin/intake/pageimport/{page_import.pk}/undo/" if part == "undo" else page_import.get_absolute_url()

    page = client.get(path).content.decode()
    assert "<script>alert" not in page
    assert escape(SCRIPT) in page


# Queries.


@pytest.mark.parametrize("letters", ["山河", "山河湖风月云"])
def test_review_takes_as_many_queries_for_many_stories_as_for_few(client, letters, django_assert_num_queries):
    page_import = imported(stories(letters))
    for story in page_import.review["stories"][::2]:
        factories.draft_article(body=rich_from_paragraphs(story["paragraphs"]))
    assert len(page_import.review["stories"]) == len(letters)

    with django_assert_num_queries(8):
        client.get(page_import.get_absolute_url())


@pytest.mark.parametrize("letters", ["山河", "山河湖风月云"])
def test_accepted_page_takes_as_many_queries_for_many_stories_as_for_few(client, letters, django_assert_num_queries):
    page_import = accepted(stories(letters))

    with django_assert_num_queries(19):
        client.get(page_import.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_many_as_for_few(client, count, django_assert_num_queries):
    for letter in "山河湖"[:count]:
        accepted(story_of(f"海{letter}公益中心"), by=factories.staff())

    with django_assert_num_queries(9):
        response = client.get(LIST)

    assert response.content.decode().count("苍南社会组织 2019-06-06 · 1") == count
