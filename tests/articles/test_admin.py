import pytest

from newsletter.articles.models import Article, Tag, Unit
from tests import factories
from tests.desk.forms import add_form, address, change_form, errors_of
from tests.desk.people import browser_of, chief_editor, editor


@pytest.fixture
def client(db):
    return browser_of(editor())


def titles(response):
    return [article.title for article in response.context["cl"].result_list]


# Writing.


def test_an_article_is_written_with_all_that_belongs_to_it(client):
    host, event, award = factories.organization(), factories.draft_event(), factories.draft_award()
    form = add_form(client, Article).fill(title="端午送粽子\n情暖敬老院", body="<p>端午前夕。</p>", byline="扶苗")
    form.add_row("organization_links", organization=host.pk, role="contributor")
    form.add_row("event_links", event=event.pk)
    form.add_row("award_links", award=award.pk)
    form.add_row("photos", picture=factories.picture_file(), caption="志愿者包粽子", alt_text="桌上的粽子")

    form.save()

    article = Article.objects.get()
    assert (article.title, article.body, article.byline) == ("端午送粽子\n情暖敬老院", "<p>端午前夕。</p>", "扶苗")
    assert [(link.organization, link.role) for link in article.organization_links.all()] == [(host, "contributor")]
    assert [*article.events.all(), *article.awards.all()] == [event, award]
    assert [(photo.caption, photo.alt_text) for photo in article.photos.all()] == [("志愿者包粽子", "桌上的粽子")]


def test_pasted_markup_is_cleaned_on_saving(client):
    add_form(client, Article).fill(title="粘贴", body='<p onclick="x()">正文<script>alert(1)</script></p>').save()

    assert Article.objects.get().body == "<p>正文</p>"


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("义卖、端午", ["义卖", "端午"]),
        ("义卖，端午", ["义卖", "端午"]),
        ("义卖,端午", ["义卖", "端午"]),
        ("义卖；端午; 助学", ["义卖", "助学", "端午"]),
        ("义卖 端午", ["义卖", "端午"]),
        ("、义卖，，", ["义卖"]),
        ("", []),
    ],
)
def test_tags_are_typed_with_chinese_punctuation(client, typed, tags):
    add_form(client, Article).fill(title="义卖", tags=typed).save()

    assert sorted(Article.objects.get().tags.names()) == sorted(tags)


def test_tags_come_back_into_the_form_as_they_can_be_saved_again(client):
    article = factories.draft_article(tags=[factories.tag("义卖"), factories.tag("端午")])

    change_form(client, article).fill(subtitle="副题").save()

    assert sorted(article.tags.names()) == sorted(["义卖", "端午"])


def test_a_tag_passes_the_text_gate(client):
    add_form(client, Article).fill(title="义卖", tags="义\u202e卖、端午\u200b").save()

    assert sorted(Tag.objects.values_list("name", flat=True)) == sorted(["义卖", "端午"])


def test_a_tag_that_is_too_long_is_refused_in_words(client):
    response = add_form(client, Article).fill(title="义卖", tags="长" * 101).post()

    assert errors_of(response).keys() == {"tags"}
    assert not Article.objects.exists()


# Figures.


def test_the_event_of_a_figure_becomes_an_event_of_the_article(client):
    article, event = factories.draft_article(), factories.draft_event()
    unit = Unit.objects.get(code="CNY")
    values = {"text": "2374元", "value": "2374", "unit": unit.pk, "measure": "raised", "event": event.pk}

    change_form(client, article).add_row("figures", **values).save()
    change_form(client, article).fill(subtitle="再存一次").save()

    assert list(article.events.all()) == [event]


def test_a_figure_that_counts_something_else_says_what(client):
    article, unit = factories.draft_article(), Unit.objects.get(code="CNY")
    values = {"text": "2374元", "value": "2374", "unit": unit.pk, "measure": "other", "what": ""}

    response = change_form(client, article).add_row("figures", **values).post()

    assert errors_of(response) == {"": ["Say in words what the amount counts."]}
    assert article.figures.count() == 0


def test_a_figure_below_zero_is_refused(client):
    article, unit = factories.draft_article(), Unit.objects.get(code="CNY")
    values = {"text": "-1元", "value": "-1", "unit": unit.pk, "measure": "raised"}

    response = change_form(client, article).add_row("figures", **values).post()

    assert errors_of(response) == {"": ["An amount is not below zero."]}


def test_one_organization_is_primary(client):
    article = factories.draft_article()
    form = change_form(client, article)
    for organization in (factories.organization(), factories.organization()):
        form.add_row("organization_links", organization=organization.pk, is_primary="on")

    response = form.post()

    assert response.status_code == 200
    assert errors_of(response)
    assert article.organization_links.count() == 0


# Photos and files.


@pytest.mark.parametrize("content", [b"not a picture", b"%!PS-Adobe-3.0 EPSF-3.0", factories.picture_bytes()[:300]])
def test_a_file_that_claims_to_be_a_picture_is_refused_beside_its_field_and_the_rest_is_kept(client, content):
    claims = factories.picture_file("端午.jpg", content)
    form = add_form(client, Article).fill(title="端午送粽子", body="<p>写了一个小时的正文。</p>")
    form.add_row("photos", picture=claims, caption="志愿者包粽子")

    response = form.post()

    assert errors_of(response) == {
        "photos-0-picture": [
            "“端午.jpg” is not a JPEG, PNG or WebP picture, or it is damaged. The other fields are kept."
        ]
    }
    page = response.content.decode()
    assert [text in page for text in ("端午送粽子", "写了一个小时的正文。", "志愿者包粽子")] == [True] * 3
    assert not Article.objects.exists()


def test_a_picture_is_decorative_or_has_an_alternative_text(client):
    form = add_form(client, Article).fill(title="端午送粽子")
    form.add_row("photos", picture=factories.picture_file(), decorative="on", alt_text="桌上的粽子")

    response = form.post()

    assert errors_of(response) == {"": ["Either the picture is decorative or it has an alternative text."]}


def test_an_attachment_of_another_kind_is_refused(client):
    page = factories.SimpleUploadedFile("报名表.html", b"<script>alert(1)</script>")
    form = add_form(client, Article).fill(title="端午送粽子")

    response = form.add_row("attachments", file=page, title="报名表").post()

    assert errors_of(response).keys() == {"attachments-0-file"}


# What is public stays complete.


def test_the_date_of_a_public_article_cannot_be_emptied(client):
    article = factories.published_article()

    response = change_form(client, article).fill(date="").post()

    assert errors_of(response)
    article.refresh_from_db()
    assert article.date == factories.DAY


def test_a_correction_of_a_public_article_is_seen_at_once(client):
    article = factories.published_article(title="端午送棕子")

    change_form(client, article).fill(title="端午送粽子").save()

    assert "端午送粽子" in client.get(article.get_absolute_url()).content.decode()


# The list.


def test_the_list_finds_an_article_by_any_name_of_its_organizations(client):
    organization = factories.organization("苍南县扶苗公益服务中心", short=["扶苗公益"], alias=["扶苗"])
    factories.draft_article(title="送书下乡", organizations=[organization])
    factories.draft_article(title="别的稿件", organizations=[factories.organization()])

    for name in ("苍南县扶苗公益服务中心", "扶苗公益", "扶苗"):
        assert titles(client.get(address(Article), {"q": name})) == ["送书下乡"]


def test_an_article_is_found_once_however_many_names_match(client):
    organization = factories.organization("扶苗公益服务中心", short=["扶苗公益"], alias=["扶苗"])
    factories.draft_article(title="扶苗送书下乡", byline="扶苗", organizations=[organization])

    assert titles(client.get(address(Article), {"q": "扶苗"})) == ["扶苗送书下乡"]


def test_the_list_is_filtered_by_state_and_by_organization(client):
    organization = factories.organization()
    factories.draft_article(title="草稿", organizations=[organization])
    factories.article_in_review(title="送审")
    factories.published_article(title="已发布")
    factories.scheduled_article(title="定时")
    factories.withdrawn_article(title="已撤回")

    def found(**query):
        return titles(client.get(address(Article), query))

    assert found(state="draft") == ["草稿"]
    assert found(state="review") == ["送审"]
    assert found(state="published") == ["已发布"]
    assert found(state="scheduled") == ["定时"]
    assert found(state="withdrawn") == ["已撤回"]
    assert found(organization=organization.pk) == ["草稿"]


def test_the_list_names_the_organizations_that_a_story_is_about(client):
    article = factories.draft_article(organizations=[factories.organization("苍南县商会", short=["苍商"])])
    article.organization_links.create(organization=factories.organization("县民政局"), role="mentioned")

    row = client.get(address(Article)).content.decode()

    assert '<td class="field-organization_names">苍商</td>' in row


def test_a_section_that_has_stories_cannot_be_deleted(db):
    section = factories.section("要闻")
    factories.draft_article(section=section)

    browser_of(chief_editor()).post(address(section, "delete"), {"post": "yes"})

    assert type(section).objects.filter(pk=section.pk).exists()
