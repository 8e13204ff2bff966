"""Numbers of persons: what is found however it is written, and what is no such number. All numbers are invented."""

import pytest

from newsletter.desk.findings.personal import find, masked, without_numbers

FOUND = {
    "联系人手机13812345678。": ("mobile", "13812345678"),
    "138 1234 5678": ("mobile", "13812345678"),
    "138-1234-5678": ("mobile", "13812345678"),
    "1381 234 5678": ("mobile", "13812345678"),
    "138.1234.5678": ("mobile", "13812345678"),
    "1 3 8 1 2 3 4 5 6 7 8": ("mobile", "13812345678"),
    "+86 138 1234 5678": ("mobile", "13812345678"),
    "8613812345678": ("mobile", "13812345678"),
    "０１３８１２３４５６７８": ("mobile", "13812345678"),
    "１３８－１２３４－５６７８": ("mobile", "13812345678"),
    "13812345678@139.com": ("mobile", "13812345678"),
    "报名请加微信13812345678（同号）": ("mobile", "13812345678"),
    "身份证号330327199003070033。": ("identity_card", "330327199003070033"),
    "330327 19900307 0033": ("identity_card", "330327199003070033"),
    "３３０３２７１９９００３０７００３３": ("identity_card", "330327199003070033"),
    "33032719900307005x": ("identity_card", "33032719900307005X"),
    "330327900307003": ("identity_card", "330327900307003"),
    "汇款到6222021234567890128": ("bank_card", "6222021234567890128"),
    "6222 0212 3456 7890 128": ("bank_card", "6222021234567890128"),
    "4111-1111-1111-1111": ("bank_card", "4111111111111111"),
}
NOT_FOUND = [
    "咨询电话0577-64711111。",
    "咨询电话（0577）64711111，邮编325800",
    "057764711111",
    "400-138-1234",
    "12812345678",  # No network begins with 12.
    "1381234567",  # Ten digits.
    "138123456789",  # Twelve.
    "编号20190604138123456789012",
    "330327199003070037",  # The check digit is wrong.
    "330327199013070036",  # No 13th month.
    "统一社会信用代码51330327MJ12345678",
    "账号6222021234567890129",  # Not by the Luhn check.
    "第15 30 45 60 75 9号",
    "138****5678",
    "2019年6月7日13时至18时12分，共13812人",
    "捐赠13812345.67元",
]


@pytest.mark.parametrize("text", FOUND, ids=str)
def test_a_number_of_a_person_is_found_however_it_is_written(text):
    kind, number = FOUND[text]

    assert [(spot.kind, spot.found) for spot in find(text)] == [(kind, number)]


@pytest.mark.parametrize("text", NOT_FOUND, ids=str)
def test_other_numbers_are_left_alone(text):
    assert list(find(text)) == []


def test_several_numbers_are_found_in_the_order_of_the_text():
    text = "王师傅13912345678，李师傅330327199003070033；王师傅13912345678"

    assert [spot.found for spot in find(text)] == ["13912345678", "330327199003070033", "13912345678"]


def test_the_spot_is_the_number_without_its_country_code():
    (spot,) = find("电话+86 138-1234-5678转")

    assert "电话+86 138-1234-5678转"[slice(*spot.spans[0])] == "138-1234-5678"


def test_a_masked_number_tells_it_from_others_and_no_more():
    assert masked("13812345678") == "138****5678"
    assert without_numbers("找王师傅138 1234 5678报名") == "找王师傅138****5678报名"
