"""Days that are told quietly: by festivals, without a deed, as the scene of a story, as ranges without their month."""

import pytest

from tests.intake.test_recognize_stories import days, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("六一前夕，海星幼儿园为孩子们拍下“未来的我”。", ["六一前夕"]),
        ("腊八当天，渔业商会支起六口大锅。", ["腊八当天"]),
        ("谷雨前后，县登山协会的会员把新茶送到老人家里。", ["谷雨前后"]),
        ("中国医师节当天，乌石镇卫生院来了客人。", ["医师节当天"]),
        ("今年大雪，会员没有出门。", []),
        ("上周六下午，志愿者走进社区开展义诊。", ["afternoon 上周六下午"]),
    ],
)
def test_festivals_solar_terms_and_weekdays_stay_words(text, expected):
    assert days(told(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近日，渔业商会为企业开出首张体检单。", ["近日"]),
        ("近日天气转热，溪边的人多了起来。", []),
        ("近日，县民政局局长谈到发展时说，要少开会。", []),
        ("9月2日，记者从县民政局获悉，全县社会组织已达三百家。", []),
        ("9月3日至5日，十二条渔船轮流开播。", ["2022-09-03 2022-09-05"]),
        ("9月3日至5日为公示期。", []),
        ("8月30日至9月2日，蓝天队员转战三地救援群众。", ["2022-08-30 2022-09-02"]),
    ],
)
def test_a_day_without_a_usual_deed_needs_somebody_who_acts(text, expected):
    assert days(told(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月4日，登山协会举行启动仪式，7日至8日在山脚送水。", ["2022-09-04", "2022-09-07 2022-09-08"]),
        ("9月4日，登山协会召开筹备会，定于12日至13日举办义卖。", ["2022-09-04", "2022-09-12 2022-09-13"]),
    ],
)
def test_a_range_without_its_month_is_of_the_month_before(text, expected):
    assert days(told(text)) == expected


def test_a_part_of_a_day_and_the_range_it_opens_are_two():
    text = "9月3日上午，船上举行开播仪式。9月3日至5日，渔业商会举办直播活动。"

    assert days(told(text)) == ["2022-09-03 morning", "2022-09-03 2022-09-05"]


def test_the_scene_of_a_story_is_its_event_where_it_tells_no_other():
    scene = "雨下了一夜。9月9日上午，老渡口的水又涨了半米。"
    found = told(scene, "县登山协会的人冲了出去。")
    (mark,) = [mark for mark in found.marks if mark.kind == "date"]

    assert days(found) == ["2022-09-09 morning"]
    assert mark.doubt == "文中没有说明这一天的活动，请核对"
    assert days(told(scene, "9月10日，县登山协会举办讲座。")) == ["2022-09-10"]
