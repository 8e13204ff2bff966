import pytest

from newsletter.events.models import EventType
from newsletter.records.slugs import MAX_LENGTH, free_slug, initials, pinyin, pinyin_slug


def test_pinyin_is_a_word_a_syllable_without_tones():
    assert pinyin("龙港总商会") == "long gang zong shang hui"


def test_initials_are_the_first_letters_of_the_syllables():
    assert initials("龙港总商会") == "lgzsh"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("扶苗", "fumiao"),
        ("“5+3”工作法", "53gongzuofa"),
        ("壹加壹 Plus", "yijiayi-plus"),
        ("Café 慈善", "cafe-cishan"),
        ("——", ""),
        ("🐉", ""),
        ("", ""),
    ],
)
def test_slug_is_pinyin_in_ascii(text, slug):
    assert pinyin_slug(text) == slug


def test_slug_of_a_long_text_is_cut():
    slug = pinyin_slug("庄" * 100)

    assert slug == ("zhuang" * 100)[:MAX_LENGTH]


def is_taken(slug):
    return EventType.objects.filter(slug=slug).exists()


@pytest.mark.django_db
def test_free_slug_is_numbered_from_two_where_it_is_taken():
    slugs = []
    for name in ("公益", "公义", "公议"):
        slugs.append(free_slug(name, is_taken))
        EventType.objects.create(name=name, slug=slugs[-1])

    assert slugs == ["gongyi", "gongyi-2", "gongyi-3"]


@pytest.mark.django_db
def test_free_slug_of_a_text_without_letters_is_the_fallback():
    EventType.objects.create(name="——", slug="type")

    assert free_slug("……", is_taken, "type") == "type-2"


@pytest.mark.django_db
def test_free_slug_of_a_long_text_has_room_for_its_number():
    EventType.objects.create(name="长", slug=free_slug("庄" * 100, is_taken))

    second = free_slug("庄" * 100, is_taken)

    assert second.endswith("-2")
    assert len(second) <= MAX_LENGTH
