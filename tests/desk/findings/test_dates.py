import datetime

import pytest

from newsletter.desk.findings.dates import find

DAY = datetime.date(2019, 6, 6)

# 4 June 2019 was a Tuesday.
FOUND = {
    "2019年6月4日 星期三，讲座开讲。": ("weekday", "2019年6月4日 星期三"),
    "6月4日（周三）上午": ("weekday", "6月4日（周三"),
    "6月4日(星期日)上午": ("weekday", "6月4日(星期日"),
    "定于6月9日，星期六下午": ("weekday", "6月9日，星期六"),
    "2019-06-04（星期一）": ("weekday", "2019-06-04（星期一"),
    "六月四日星期五": ("weekday", "六月四日星期五"),
    "2月30日举行年会": ("impossible_date", "2月30日"),
    "6月31日下午": ("impossible_date", "6月31日"),
    "2019年2月29日": ("impossible_date", "2019年2月29日"),
    "2019-02-30": ("impossible_date", "2019-02-30"),
    "13月5日": ("impossible_date", "13月5日"),
    "2018年6月4日上午，讲座在龙港举行。": ("year", "2018年6月4日上午"),
    "2091年6月4日，讲座在龙港举行。": ("year", "2091年6月4日"),
}
NOT_FOUND = [
    "2019年6月4日 星期二，讲座开讲。",
    "6月4日（周二）上午",
    "6月4日周年庆",
    "6月1日至2日（周六至周日）",
    "6月4日，每周三开课。",
    "2019年6月4日",
    "农历二月三十日",
    "2020年2月29日",
    "2月29日",  # Not in 2019, but in the year after.
    "去年6月4日",
    "2018年10月12日，协会办了第一场讲座。",  # Last year's, and not of these weeks.
    "协会于2018年6月4日成立。",
    "2018年6月4日至2019年6月3日，共捐款2万元。",
    "自2018年6月4日以来，项目走过一年。",
    "2018年度表彰大会",
    "今年是2019年，明年是2020年。",
    "到2035年基本实现现代化。",
    "版本2019.13.5以上",
]


@pytest.mark.parametrize("text", FOUND, ids=str)
def test_a_day_that_cannot_be_is_found(text):
    kind, found = FOUND[text]

    assert [(spot.kind, text[slice(*spot.spans[0])]) for spot in find(text, DAY)] == [(kind, found)]


@pytest.mark.parametrize("text", NOT_FOUND, ids=str)
def test_days_that_may_be_meant_so_are_left_alone(text):
    assert list(find(text, DAY)) == []


def test_in_january_the_old_year_is_asked_about():
    (spot,) = find("2018年1月3日上午，慰问组走进敬老院。", datetime.date(2019, 1, 10))

    assert spot.words == "Is 2019 meant? The text is listed under 2019年1月10日."


def test_in_january_a_day_of_december_is_one_of_last_year():
    january = datetime.date(2019, 1, 10)

    # 28 December 2018 was a Friday.
    assert list(find("12月28日（周五），年会举行。", january)) == []
    assert [spot.words for spot in find("12月28日（周六），年会举行。", january)] == ["2018年12月28日 is a 星期五."]


def test_without_a_day_only_what_a_text_itself_tells_can_be_wrong():
    assert [spot.kind for spot in find("6月4日（周三）和2019年6月4日（周三），2月30日", None)] == [
        "impossible_date",
        "weekday",
    ]
