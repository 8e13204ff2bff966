"""Amounts that are told in speech, by the head, in long Chinese numerals; and what is approximate."""

import pytest

from tests.intake.test_recognize_stories import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("老汤说：“我们捐了20万元，心里高兴。”", [(200000, "CNY", False)]),
        ("“5万元圆一个梦”项目启动。", []),
        ("筹得善款十二万三千元。", [(123000, "CNY", False)]),
        ("去年会员产值突破3亿元。", [(300000000, "CNY", True)]),
        ("三天销售额14.3万元。", [(143000, "CNY", False)]),
        ("每人每学期服务不少于40小时。", [(40, "hour", False)]),
        ("每户5人，每辆车4人。", []),
        ("协会注册资金3万元，门票30元。", []),
        ("十二万三千万元，三亿五亿元。", []),
    ],
)
def test_amounts(text, expected):
    amounts = told(text).facts()["amounts"]

    assert [(one["value"], one["unit"], one.get("approximate", False)) for one in amounts] == expected
