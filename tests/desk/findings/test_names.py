import datetime

import pytest

from newsletter.desk.findings.names import names_of_directory
from orgs.models import Organization
from tests.factories import merged_organization, organization

DAY = datetime.date(2019, 6, 6)
LOCALITY = "苍南县"


@pytest.fixture
def directory(db):
    organization("苍南县爱友公益服务中心", short=["爱友公益", "爱友"])
    organization("苍南县扶苗公益中心", short=["扶苗"])
    organization("苍南县社会组织促进会", short=["社促会", "促进会"], kind=Organization.Kind.ASSOCIATION)
    organization("钱库商会", kind=Organization.Kind.CHAMBER)


def found_in(*texts, day=DAY):
    names = names_of_directory(LOCALITY)
    return [(spot.kind, texts[number][slice(*spot.spans[0])]) for number, spot in names.find(texts, day)]


def found_in_byline(byline):
    return [(spot.kind, byline[slice(*spot.spans[0])]) for spot in names_of_directory(LOCALITY).find_in_byline(byline)]


FOUND = {
    ("6月4日，苍南县蓝天救援协会举办讲座。",): [("unknown_organization", "苍南县蓝天救援协会")],
    ("6月4日，县蓝天救援协会和钱库商会走进敬老院。",): [("unknown_organization", "县蓝天救援协会")],
    ("苍南县爱友公益服中心举办讲座。",): [("misprinted_name", "苍南县爱友公益服中心")],
    ("爱友公益走进敬老院。", "老人感谢爱有公益的志愿者。"): [("misprinted_name", "爱有公益")],
    # Once for each name, however often it stands there.
    ("6月4日，苍南县蓝天救援协会举办讲座。", "由苍南县蓝天救援协会承办。"): [
        ("unknown_organization", "苍南县蓝天救援协会")
    ],
}
NOT_FOUND = [
    ("苍南县爱友公益服务中心走进敬老院，爱友公益的志愿者看望老人，爱友送上粽子。",),
    ("县社会组织促进会举办讲座，促进会会长致辞。",),
    ("志愿者走进龙港镇敬老院和灵溪镇第一小学。",),
    ("服务中心门口挂上了红灯笼，活动中心里坐满了人。",),
    ("中国银行苍南支行和县公安局到场。",),
    ("多家社会组织和行业协会参加。",),
]


@pytest.mark.parametrize("texts", FOUND, ids=str)
def test_a_name_that_needs_a_look_is_found_once(directory, texts):
    assert found_in(*texts) == FOUND[texts]


@pytest.mark.parametrize("texts", NOT_FOUND, ids=str)
def test_full_and_short_names_and_everyday_words_are_left_alone(directory, texts):
    assert found_in(*texts) == []


def test_a_retired_organization_is_found(directory):
    organization("苍南县围棋协会", status=Organization.Status.RETIRED)

    assert found_in("苍南县围棋协会举办比赛。") == [("gone_organization", "苍南县围棋协会")]


def test_the_name_of_a_merged_organization_is_one_of_the_other(directory):
    merged_organization(organization("苍南县棋类协会"), "苍南县围棋协会", short=["围协"])

    assert found_in("苍南县围棋协会举办比赛。") == []


def test_a_former_name_is_found_unless_it_was_right_on_that_day(directory):
    renamed = Organization.objects.get(name="钱库商会")
    renamed.name = "钱库总商会"
    renamed.save()
    renamed.names.filter(name="钱库商会").update(valid_to=datetime.date(2018, 12, 31))

    assert found_in("钱库商会举办年会。") == [("former_name", "钱库商会")]
    assert found_in("钱库商会举办年会。", day=datetime.date(2018, 6, 6)) == []


def test_a_name_that_is_not_to_be_found_in_texts_is_known_all_the_same(directory):
    made = organization("苍南县蓝天救援协会")
    made.names.update(findable=False)

    assert found_in("6月4日，苍南县蓝天救援协会举办讲座。") == []


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("扶苗", []),
        ("爱友公益", []),
        ("扶苗 爱友公益", []),
        ("本报记者 王芳", []),
        ("王芳、欧阳小明", []),
        ("社促会供稿", []),
        ("苍南县蓝天救援协会", [("unknown_organization", "苍南县蓝天救援协会")]),
        ("蓝天公益", [("unknown_organization", "蓝天公益")]),
        ("扶苗 蓝天公益", [("unknown_organization", "蓝天公益")]),
        ("苍南县爱友公益服中心", [("misprinted_name", "苍南县爱友公益服中心")]),
    ],
)
def test_a_byline_names_contributors_that_the_directory_knows(directory, byline, found):
    assert found_in_byline(byline) == found


def test_a_name_is_known_as_soon_as_the_directory_has_it(directory):
    assert found_in("6月4日，苍南县蓝天救援协会举办讲座。") != []

    organization("苍南县蓝天救援协会")

    assert found_in("6月4日，苍南县蓝天救援协会举办讲座。") == []
