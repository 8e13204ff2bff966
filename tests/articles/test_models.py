import datetime

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from newsletter.articles.models import Article, ArticleOrganization, Section
from tests.factories import (
    DAY,
    FUTURE,
    SHANGHAI,
    draft_article,
    draft_edition,
    draft_event,
    event_type,
    organization,
    photo,
    published_article,
    scheduled_article,
    section,
    staff,
    user,
)

pytestmark = pytest.mark.django_db

SUMMER = datetime.date(2019, 6, 4)


# The day under which an article is listed.


def test_article_without_a_date_is_listed_under_the_day_of_its_publishing_in_shanghai():
    article = draft_article()

    article.publish(at=datetime.datetime(2019, 6, 4, 0, 30, tzinfo=SHANGHAI))

    article.refresh_from_db()
    assert article.date == SUMMER


def test_scheduled_article_is_listed_under_the_day_on_which_it_will_be_seen():
    article = draft_article(publish_at=datetime.datetime(2198, 12, 31, 16, 30, tzinfo=datetime.UTC))

    article.publish()

    assert Article.objects.get().date == datetime.date(2199, 1, 1)


def test_article_of_editions_is_listed_under_the_date_of_the_first_one():
    article = draft_article()
    draft_edition(articles=[article], date=datetime.date(2019, 7, 4))
    draft_edition(articles=[article], date=DAY)
    draft_edition(articles=[draft_article(title="别的稿件")], date=datetime.date(2019, 1, 1))

    article.publish(at=FUTURE)

    assert Article.objects.get(pk=article.pk).date == DAY


def test_article_keeps_the_date_that_it_was_given():
    article = draft_article(date=SUMMER)
    draft_edition(articles=[article])

    article.publish()

    assert Article.objects.get().date == SUMMER


def test_draft_needs_no_date():
    draft_article().full_clean()

    assert Article.objects.get().date is None


def test_form_says_that_a_published_article_needs_its_date():
    article = published_article()
    form = modelform_factory(Article, fields=["title", "form", "date"])(
        {"title": "新题", "form": "article", "date": ""}, instance=article
    )

    assert not form.is_valid()
    assert "date" in form.errors


# Text.


def test_headline_is_the_printed_lines_as_one():
    article = draft_article(title="连续十年\r\n蓝精灵关爱困境儿童")

    assert (article.headline, str(article)) == ("连续十年 蓝精灵关爱困境儿童",) * 2
    assert article.title_lines == ["连续十年", "蓝精灵关爱困境儿童"]


def test_headline_of_more_than_200_characters_is_refused():
    article = draft_article()
    article.title = "题" * 201

    with pytest.raises(ValidationError) as refused:
        article.full_clean()

    assert [*refused.value.message_dict] == ["title"]


def test_opening_is_the_beginning_of_the_text_without_markup():
    article = draft_article(body=f"<h2>小标题</h2><p><strong>一</strong> &amp; 二</p><p>{'三' * 200}</p>")

    assert Article.objects.get().opening == f"小标题一 & 二{'三' * 152}"
    assert len(article.opening) == 160


@pytest.mark.parametrize("update_fields", [None, ["body"]])
def test_opening_follows_the_text(update_fields):
    article = draft_article(body="<p>旧文</p>")

    article.body = "<p>新文</p>"
    article.save(update_fields=update_fields)

    assert Article.objects.get().opening == "新文"


def test_opening_holds_nothing_that_the_gate_takes_away():
    draft_article(body="<p>正\x00文\u202e</p><script>alert(1)</script><img src=x>")

    assert Article.objects.get().opening == "正文"


def test_opening_is_left_alone_when_other_fields_are_saved():
    article = draft_article(body="<p>旧文</p>")
    article.body = "<p>未存的文</p>"

    article.save(update_fields=["title"])

    stored = Article.objects.get()
    assert (stored.body, stored.opening) == ("<p>旧文</p>", "旧文")


@pytest.mark.parametrize(
    ("summary", "body", "teaser"),
    [
        ("摘要", "<p>正文</p>", "摘要"),
        ("", "<p>正文</p>", "正文"),
        ("", f"<p>{'字' * 100}</p>", "字" * 100),
        ("", f"<p>{'字' * 101}</p>", "字" * 100 + "…"),
        ("", "", ""),
    ],
)
def test_teaser_is_the_summary_else_the_beginning_of_the_text(summary, body, teaser):
    assert draft_article(summary=summary, body=body).teaser == teaser


# Lists.


def test_newest_articles_come_first_by_date_then_by_entry():
    old, new, same_day = (published_article(date=day) for day in (DAY, SUMMER, DAY))

    assert [*Article.objects.newest_first()] == [same_day, old, new]


@pytest.mark.parametrize("role", ["contributor", "subject", "mentioned"])
def test_news_of_an_organization_are_the_articles_linked_to_it_in_any_role(role):
    one, article = organization(), published_article()
    ArticleOrganization.objects.create(article=article, organization=one, role=role)
    published_article(organizations=[organization()])
    published_article()

    assert [*Article.objects.for_organization(one)] == [article]


def test_article_linked_in_two_roles_is_there_once():
    one = organization()
    article = published_article(organizations=[one])
    ArticleOrganization.objects.create(article=article, organization=one, role="contributor")

    assert [*Article.objects.for_organization(one)] == [article]
    assert [*one.articles.published().distinct()] == [article]


def test_news_of_an_organization_that_are_public_start_from_what_is_public():
    one = organization()
    article = published_article(organizations=[one])
    draft_article(organizations=[one])
    scheduled_article(organizations=[one])

    assert [*Article.objects.published().for_organization(one)] == [article]


def test_news_of_an_event_type_are_the_articles_that_report_such_an_event():
    lectures = [draft_event(), draft_event(name="第二讲")]
    article = published_article(events=lectures)
    published_article(events=[draft_event(type=event_type("慰问"))])
    published_article()

    assert [*Article.objects.for_event_type(event_type("讲座"))] == [article]


def test_lists_load_section_and_photos_but_no_bodies(django_assert_num_queries):
    for _ in range(3):
        photo(published_article(section=section()))

    with django_assert_num_queries(2):
        shown = [(a.section.name, a.lead_photo.position, a.teaser) for a in Article.objects.for_lists()]

    assert shown == [("要闻", 1, "端午前夕，志愿者走进敬老院。")] * 3
    assert "body" in Article.objects.for_lists().first().get_deferred_fields()


def test_lead_photo_is_the_first_by_position():
    article = draft_article()
    photo(article, position=2)
    first = photo(article, position=1)

    assert article.lead_photo == first
    assert draft_article().lead_photo is None


# Who may edit.


def test_correspondent_edits_what_they_wrote_and_what_is_linked_to_their_organizations():
    writer, own, other = user(), organization(), organization()
    own.correspondents.add(writer)
    other.correspondents.add(user())
    written, linked, _foreign, _nobodys = (
        draft_article(created_by=writer, organizations=[other]),
        draft_article(organizations=[own, other]),
        draft_article(organizations=[other]),
        draft_article(),
    )

    assert [*Article.objects.seen_by(writer).order_by("pk")] == [written, linked]


def test_editor_edits_the_articles_of_every_organization():
    articles = [draft_article(organizations=[organization()]), draft_article()]

    editor = user(permissions=["articles.edit_every_article"])

    assert [*Article.objects.seen_by(editor).order_by("pk")] == articles


def test_account_without_organizations_edits_nothing():
    draft_article(organizations=[organization()])

    assert [*Article.objects.seen_by(user())] == []


@pytest.mark.parametrize(
    ("permissions", "is_staff", "linked", "may"),
    [
        (["articles.view_article"], True, True, True),
        (["articles.view_article"], True, False, False),
        (["articles.view_article", "articles.edit_every_article"], True, False, True),
        (["articles.view_article", "articles.edit_every_article"], False, True, False),
        (["articles.edit_every_article"], True, True, False),
        ([], True, True, False),
    ],
)
def test_draft_is_previewed_by_staff_who_may_see_articles_and_edit_this_one(permissions, is_staff, linked, may):
    one, person = organization(), staff(permissions=permissions)
    person.is_staff = is_staff
    if linked:
        one.correspondents.add(person)

    assert draft_article(organizations=[one]).may_be_previewed_by(person) == may


# Sections.


def test_section_has_an_address_from_its_name_and_stands_at_its_position():
    for name, position in (("公益", 20), ("公议", 10), ("——", 30)):
        Section.objects.create(name=name, position=position)

    assert [found.get_absolute_url() for found in Section.objects.all()] == [
        "/sections/gongyi-2/",
        "/sections/gongyi/",
        "/sections/section/",
    ]


def test_address_of_an_article_is_its_number():
    article = draft_article()

    assert article.get_absolute_url() == f"/articles/{article.pk}/"
