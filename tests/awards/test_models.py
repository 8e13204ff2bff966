import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from newsletter.awards.models import Award, Recipient
from tests.factories import draft_award, organization, published_award, withdrawn_award

pytestmark = pytest.mark.django_db


def test_award_is_called_by_its_year_and_name():
    award = draft_award("温州市“四好”商会", year=2018)

    with translation.override("en"):
        assert str(award) == "2018 温州市“四好”商会"


def test_newest_awards_are_those_of_the_last_year_the_last_entered_first():
    older, newer, entered_last = draft_award(year=2017), draft_award(year=2018), draft_award(year=2018)

    assert [*Award.objects.newest_first()] == [entered_last, newer, older]


def test_lists_of_awards_start_from_what_is_public():
    award = published_award()
    draft_award()
    withdrawn_award()

    assert [*Award.objects.published().newest_first()] == [award]


def test_one_award_may_go_to_organizations_and_persons_for_several_works():
    award, one = draft_award(), organization("龙港总商会")
    for values in (
        {"organization": one, "project": "《“5+3”工作法》"},
        {"organization": one, "project": "企业课堂"},
        {"organization": organization("钱库商会"), "project": "企业课堂"},
        {"person": "周海棠", "project": "企业课堂"},
        {"person": "周海棠"},
    ):
        recipient = Recipient(award=award, **values)
        recipient.full_clean()
        recipient.save()

    assert [str(recipient) for recipient in award.recipients.all()] == [
        *("龙港总商会", "龙港总商会", "钱库商会"),
        *("周海棠", "周海棠"),
    ]


@pytest.mark.parametrize("year", [1899, 2201])
def test_year_that_cannot_be_is_refused(year):
    with pytest.raises(ValidationError) as refused:
        Award(name="“四好”商会", year=year, level="city").full_clean()

    assert [*refused.value.message_dict] == ["year"]


def test_address_of_an_award_is_its_number():
    award = draft_award()

    assert award.get_absolute_url() == f"/awards/{award.pk}/"
