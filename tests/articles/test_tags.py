from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from newsletter.articles.models import Tag
from tests.factories import draft_article, tag

pytestmark = pytest.mark.django_db


def test_chinese_tag_has_a_pinyin_address():
    assert tag("端午").get_absolute_url() == "/tags/duanwu/"


def test_tags_that_sound_alike_are_numbered():
    slugs = [tag(name).slug for name in ("公益", "公议", "工艺")]

    assert slugs[0] == "gongyi"
    assert len({*slugs}) == 3
    assert [slug.startswith("gongyi-") for slug in slugs[1:]] == [True, True]


def test_tag_without_letters_has_an_address_too():
    assert [tag(name).slug for name in ("🐉", "——")] == ["tag", "tag-1"]


def test_tag_keeps_its_address_when_renamed():
    one = tag("端午")

    one.name = "端午节"
    one.save()

    assert Tag.objects.get().slug == "duanwu"


def test_tag_added_twice_is_there_once():
    article = draft_article(tags=["端午", "敬老"])

    article.tags.add("端午")

    assert sorted(article.tags.names()) == ["敬老", "端午"]


def test_tag_in_latin_letters_is_one_whatever_their_case():
    draft_article(tags=["AED"])

    draft_article(tags=["aed"])

    assert [*Tag.objects.values_list("name", flat=True)] == ["AED"]


@pytest.mark.parametrize("typed", ["端\x0b午", "端\u200b午", "端\u202e午", " 端午\n"], ids=ascii)
def test_tag_is_cleaned_as_every_text_is(typed):
    draft_article(tags=[typed])

    [name] = Tag.objects.values_list("name", flat=True)
    assert name in {"端午", "端 午"}


@pytest.mark.parametrize("typed", ["\u200b", " ", "\x00"], ids=ascii)
def test_tag_of_nothing_is_no_tag(typed):
    with suppress(ValidationError):
        draft_article(tags=[typed])

    assert not Tag.objects.filter(name="").exists()


def test_tag_stays_when_its_last_article_goes():
    article = draft_article(tags=["端午"])

    article.delete()

    assert [*Tag.objects.values_list("name", flat=True)] == ["端午"]
