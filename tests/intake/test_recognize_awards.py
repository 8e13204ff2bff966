"""Honours told once, by whom, and how doubts about a story's facts are worded."""

import pytest

from tests.intake.test_recognize_stories import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "东湾市工商业联合会日前公布2021年度星级商会评定结果，霞浦岭县渔业商会被评为“四星级商会”，这是我县目前获评的最高星级。",
            [("四星级商会", 2021, "东湾市工商业联合会", ["霞浦岭县渔业商会"], "city")],
        ),
        (
            "东湾市民政局召开会议，认定霞浦岭县登山协会等10家单位为2020年度示范社会组织。",
            [("示范社会组织", 2020, "东湾市民政局", ["霞浦岭县登山协会"], "city")],
        ),
        (
            "县民政局为县登山协会颁发了“2021年度优秀组织奖”。",
            [("优秀组织奖", 2021, "霞浦岭县民政局", ["霞浦岭县登山协会"], "county")],
        ),
        ("东湾市民政局的评定工作启动，县登山协会提交了“先进集体”材料。", []),
        (
            "县登山协会荣登2021年度“东湾市好人榜”。",
            [("东湾市好人榜", 2021, None, ["霞浦岭县登山协会"], "city")],
        ),
    ],
)
def test_an_honour_is_told_once(text, expected):
    awards = told(text).facts()["awards"]
    keys = ("name", "year", "issuer", "recipients", "level")

    assert [tuple(one.get(key) for key in keys) for one in awards] == expected


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("近日，登协举办讲座。", ["没有印出确切日期，只保留原词"]),
        ("霞浦岭县登上协会来访。", ["疑为“霞浦岭县登山协会”的误印，请核对"]),
        ("县妇联发来贺信。", ["按简称推定的单位，请核对"]),
    ],
)
def test_a_doubt_says_what_the_editor_has_to_look_at(text, doubts):
    assert [mark.doubt for mark in told(text).marks if mark.doubt] == doubts
