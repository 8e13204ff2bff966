"""Which words of a text are proposed as new organizations, and which of them with little belief."""

import pytest

from tests.intake.test_recognize_stories import told


def proposed(text):
    return [entry["name"] for entry in told(text).new_organizations]


@pytest.mark.parametrize(
    "text",
    [
        "七十岁的尤奶奶学会了视频通话。",
        "社工把孩子背下来送进医院，守到天亮。",
        "他把老人接回敬老院，又返回学校。",
        "详细名单见基金会网站。",
        "日前公布2021年度星级商会评定结果。",
        "她现任协会会长，曾任学校校长。",
    ],
)
def test_a_deed_before_an_ending_makes_no_name(text):
    assert proposed(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("今年春苗助学基金会资助三人。", "春苗助学基金会"),
        ("2020年度平川市总商会的年会。", "平川市总商会"),
        ("门外站着三棵树镇商会的会员。", "三棵树镇商会"),
        ("她现任县书法家协会会长。", "霞浦岭县书法家协会"),
        ("来的有霞浦岭阳光社工服务中心等。", "霞浦岭阳光社工服务中心"),
        ("山那边大凉岭昭平县谷曲小学的孩子。", "昭平县谷曲小学"),
        ("参观了县博物馆。", "霞浦岭县博物馆"),
        ("见义勇为基金会发来贺信。", "见义勇为基金会"),
        ("平川市进出口商会到场。", "平川市进出口商会"),
    ],
)
def test_a_name_begins_where_the_telling_ends(text, name):
    assert proposed(text) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("他是霞浦岭二中的体育老师。", ["霞浦岭二中"]),
        ("县三中、乌石镇一小派代表参加。", ["霞浦岭县三中", "乌石镇一小"]),
        ("一幢楼的二中有三小，城市二中间。", []),
        ("十中的孩子在第一小组。", []),
    ],
)
def test_a_numbered_school_stands_behind_its_place(text, names):
    assert proposed(text) == names


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("由平川县晚晴养老服务中心承办。", "名录中没有这个单位，采用即新增"),
        ("两人听课晨光培训学校时认识。", "名录中没有，而且不太像单位名称，请核对"),
    ],
)
def test_what_reads_unlike_a_name_is_proposed_with_a_doubt_of_its_own(text, doubt):
    marks = [mark for mark in told(text).marks if mark.kind == "new_organization"]

    assert [mark.doubt for mark in marks if mark.doubt == doubt] == [doubt] * bool(doubt)
