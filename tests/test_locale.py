import re
import runpy

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, override

MESSAGES = runpy.run_path(str(settings.BASE_DIR / "locale" / "messages.py"))
CATALOGUES, DOMAINS, key = MESSAGES["CATALOGUES"], MESSAGES["DOMAINS"], MESSAGES["key"]
# Name and kind, without the width: a day need not keep its leading zero in Chinese.
PLACEHOLDER = re.compile(r"%(\(\w+\))?[\d.]*([a-z])|\{(\w*)\}")

# Of DESIGN.md's table of words.
WORDS = {
    "organization": "单位",
    "Short name": "简称",
    "section": "栏目",
    "form": "体裁",
    "Article": "文章",
    "Brief": "简讯",
    "Photo story": "图说",
    "article": "稿件",
    "kicker": "引题",
    "headline": "主题",
    "subtitle": "副题",
    "byline": "署名",
    "event": "活动",
    "event type": "活动类型",
    "Host": "主办",
    "Organizer": "承办",
    "Co-organizer": "协办",
    "Supporter": "支持",
    "Participant": "参与",
    "Visitor": "来访",
    "Escort": "陪同",
    "figure": "成果数据",
    "award": "荣誉",
    "edition": "期",
    "Draft": "草稿",
    "In review": "审校中",
    "Published": "已发布",
    "Withdrawn": "已撤回",
    "Contributor": "供稿",
    "Subject": "报道对象",
    "Mentioned": "提及",
}


@pytest.fixture(params=DOMAINS)
def domain(request):
    return request.param


@pytest.fixture
def catalogue(domain):
    return polib.pofile(str(CATALOGUES / f"{domain}.po"))


def translations(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def test_no_text_of_the_source_is_missing_in_the_catalogue(domain, catalogue):
    missing = {key(entry) for entry in MESSAGES["needed"](domain)} - {key(entry) for entry in catalogue}

    assert missing == set(), "Run `make messages` and translate these."


def test_no_entry_of_the_catalogue_is_obsolete(domain, catalogue):
    unknown = {key(entry) for entry in catalogue} - {key(entry) for entry in MESSAGES["allowed"](domain)}

    assert unknown == set(), "Run `make messages`."
    assert catalogue.obsolete_entries() == []


def test_every_entry_is_translated_and_none_is_fuzzy(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy or not all(translations(entry))] == []


def test_singular_and_plural_are_those_of_the_source(domain, catalogue):
    plurals = {key(entry): entry.msgid_plural for entry in MESSAGES["allowed"](domain)}

    assert [
        entry.msgid for entry in catalogue if entry.msgid_plural != plurals.get(key(entry), entry.msgid_plural)
    ] == []


def test_translations_keep_the_placeholders_of_the_text(catalogue):
    differing = [
        (entry.msgid, words)
        for entry in catalogue
        for words in filter(None, translations(entry))
        if placeholders(words) not in (placeholders(entry.msgid), placeholders(entry.msgid_plural or entry.msgid))
    ]

    assert differing == []


def test_translations_use_full_width_punctuation(catalogue):
    half_width = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]|\.\.\.|[\u4e00-\u9fff]\.(?!\w)")

    assert [words for entry in catalogue for words in translations(entry) if half_width.search(words)] == []


def test_compiled_catalogue_is_that_of_the_texts(domain, catalogue):
    compiled = polib.mofile(str(CATALOGUES / f"{domain}.mo"))

    assert {key(entry): translations(entry) for entry in compiled} == {
        key(entry): translations(entry) for entry in catalogue.translated_entries()
    }, "Run `make messages`."


@pytest.mark.parametrize(("text", "word"), WORDS.items())
def test_the_words_of_the_design_are_used(text, word):
    with override("zh-hans"):
        assert gettext(text) == word


def test_the_catalogue_wins_over_that_of_a_package():
    with override("zh-hans"):
        # Django's own says “deselect”.
        assert gettext("Delete selected %(model)s") == "删除所选的%(model)s"
