import pytest

from newsletter.desk.findings.language import find, find_unbalanced

FOUND = {
    "志愿者走进敬老院,看望老人。": ("half_width", [","]),
    "志愿者走进敬老院.": ("half_width", ["."]),
    "活动内容:包粽子": ("half_width", [":"]),
    "真好!谢谢大家?": ("half_width", ["!", "?"]),
    "讲座(第二场)开讲": ("half_width", ["(第二场)"]),
    '他说:"大家好"': ("half_width", [":", '"', '"']),
    "共3天;内容丰富,参加者多": ("half_width", [";", ","]),
    "活动结束。。": ("doubled_mark", ["。。"]),
    "志愿者，，老人": ("doubled_mark", ["，，"]),
    "活动结束，。": ("doubled_mark", ["，。"]),
    "老人的的笑容": ("doubled_words", ["的的"]),
    "收到了了礼物": ("doubled_words", ["了了"]),
    "这是是一份心意": ("doubled_words", ["是是"]),
    "志愿者们们": ("doubled_words", ["们们"]),
    "社会组织促进会促进会举办": ("doubled_words", ["促进会促进会"]),
    "爱心车队爱心车队亮相": ("doubled_words", ["爱心车队爱心车队"]),
    "开展志愿活动活动": ("doubled_words", ["活动活动"]),
    "苍南苍南县": ("doubled_words", ["苍南苍南"]),
    "志愿者走进敬老院，志愿者走进敬老院，看望老人": ("doubled_words", ["志愿者走进敬老院，志愿者走进敬老院，"]),
}
NOT_FOUND = [
    "志愿者走进敬老院，看望老人。",
    "共筹到2,374元，占3.5%，于9:30开始。",
    "网址https://www.example.org/a?b=c,d;e:f！",
    "来信请寄news@example.org。",
    "采用ISO 9001(2015)标准",
    "电话(0577)64711111",
    "1.报名；2.培训",
    "Smile, China! 公益计划",
    "约翰·史密斯(John Smith)先生",
    "天天向上，人人参与，家家户户，常常等等，谢谢爸爸妈妈",
    "星星点点，点点滴滴，高高兴兴，明明白白，一次一次",
    "为了了解情况，除了了却心愿，忘不了了",
    "的的确确，以活动为目的的项目",
    "是是非非，现在在建，参与与否，以及及时，和和美美，首都都市圈",
    "社会组织组织活动，志愿服务服务老人，会员代表代表大家发言",
    "他们说着说着笑了，走着走着到了",
    "加油加油！真棒！！真的吗？！",
    "一步一步，一个一个地教",
    "等等……",
    "他说：“好。”",
    "哈哈哈哈",
    "起来活动活动筋骨",
]


@pytest.mark.parametrize("text", FOUND, ids=str)
def test_a_slip_of_the_hand_is_found(text):
    kind, found = FOUND[text]

    assert [(spot.kind, [text[start:end] for start, end in spot.spans]) for spot in find(text)] == [(kind, found)]


@pytest.mark.parametrize("text", NOT_FOUND, ids=str)
def test_what_is_right_is_left_alone(text):
    assert list(find(text)) == []


UNBALANCED = {
    ("他说：“大家好。",): [(0, "“")],
    ("他说：大家好。”",): [(0, "”")],
    ("《通知印发",): [(0, "《")],
    ("龙港镇（苍南县",): [(0, "（")],
    ("龙港镇苍南县）",): [(0, "）")],
    ("他说：“大家好。", "老人笑了。"): [(0, "“")],
    ("一段", "《二段", "三段》"): [(1, "《"), (2, "》")],
}
BALANCED = [
    ("他说：“大家好。”",),
    ("《关于转发〈通知〉的通知》",),
    ("《关于转发《通知》的通知》",),
    ("1）报名；（二）培训；2）考核",),
    # A quotation over three paragraphs.
    ("他说：“大家好。", "“今天很高兴。", "“谢谢。”"),
    ("他说：“大家好。", "今天很高兴。”"),
]


@pytest.mark.parametrize("paragraphs", UNBALANCED, ids=str)
def test_a_mark_without_its_other_half_is_found(paragraphs):
    found = [(number, paragraphs[number][slice(*spot.spans[0])]) for number, spot in find_unbalanced(paragraphs)]

    assert found == UNBALANCED[paragraphs]


@pytest.mark.parametrize("paragraphs", BALANCED, ids=str)
def test_pairs_may_go_over_paragraphs_and_stand_in_each_other(paragraphs):
    assert list(find_unbalanced(paragraphs)) == []
