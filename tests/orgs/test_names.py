import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from orgs.models import NameTaken, Organization, OrganizationName, name_key
from tests.factories import organization

pytestmark = pytest.mark.django_db


def names(one):
    return [*one.names.values_list("name", "kind")]


@pytest.mark.parametrize(
    "name", ["ABC公益", "abc公益", "ＡＢＣ公益", " ABC 公益 ", "ABC\u3000公\n益", "ＡｂＣ\t公益"], ids=ascii
)
def test_names_are_compared_without_width_case_and_white_space(name):
    assert name_key(name) == "abc公益"


def test_full_name_is_a_row_like_the_others():
    one = organization("扶苗公益中心", short=["扶苗"])

    assert names(one) == [("扶苗公益中心", "full"), ("扶苗", "short")]


@pytest.mark.parametrize("name", ["扶苗公益中心", "扶苗", "苗苗", " 扶 苗 ", "扶\u200b苗"], ids=ascii)
def test_organization_is_found_by_any_of_its_names(name):
    one = organization("扶苗公益中心", short=["扶苗"], alias=["苗苗"])
    organization("爱友公益服务中心", short=["爱友"])

    assert [*Organization.objects.named(name)] == [one]


def test_organization_is_not_found_by_a_part_of_its_name():
    organization("扶苗公益中心", short=["扶苗"])

    assert [*Organization.objects.named("公益中心")] == []


@pytest.mark.parametrize("taken", ["爱友公益服务中心", "爱友", "ＡＹ", "ay"])
@translation.override("en")
def test_name_of_another_organization_is_refused_with_both_named(taken):
    organization("爱友公益服务中心", short=["爱友"], alias=["AY"])
    one = organization("扶苗公益中心")

    with pytest.raises(ValidationError) as refused:
        OrganizationName(organization=one, name=taken).full_clean()

    assert refused.value.messages == [
        f"“{taken}” is already a name of 爱友公益服务中心, so 扶苗公益中心 cannot bear it too."
    ]


@pytest.mark.parametrize("taken", ["爱友", "爱 友"])
def test_organization_called_like_another_one_is_refused_in_the_form_and_when_saved(taken):
    organization("爱友公益服务中心", short=["爱友"])
    second = Organization(name=taken, kind="association", slug="second")

    with pytest.raises(ValidationError) as in_the_form:
        second.full_clean()
    with pytest.raises(NameTaken) as when_saved:
        second.save()

    assert in_the_form.value.messages == when_saved.value.messages
    assert "爱友公益服务中心" in when_saved.value.messages[0]
    assert [*Organization.objects.values_list("name", flat=True)] == ["爱友公益服务中心"]


def test_rename_to_a_name_of_another_one_changes_nothing():
    organization("爱友公益服务中心", short=["爱友"])
    one = organization("扶苗公益中心")
    one.name = "爱友"

    with pytest.raises(NameTaken):
        one.save()

    one = Organization.objects.get(pk=one.pk)
    assert (one.name, one.version, names(one)) == ("扶苗公益中心", 1, [("扶苗公益中心", "full")])


@pytest.mark.parametrize("again", ["扶苗公益中心", "扶苗", "扶 苗"])
def test_name_that_the_organization_bears_already_is_refused_with_a_message(again):
    one = organization("扶苗公益中心", short=["扶苗"])

    with pytest.raises(ValidationError):
        OrganizationName(organization=one, name=again).full_clean()


def test_name_can_be_edited_without_being_taken_by_itself():
    one = organization("扶苗公益中心", short=["扶苗"])
    row = one.names.get(name="扶苗")
    row.valid_from = "2010-01-01"

    row.full_clean()
    row.name = "扶 苗"
    row.full_clean()
    row.save()

    assert [*Organization.objects.named("扶苗")] == [one]


def test_renamed_organization_is_still_found_by_its_former_name():
    one = organization("苍南县扶苗公益中心", short=["扶苗"])

    one.name = "龙港市扶苗公益中心"
    one.save()

    assert names(one) == [("苍南县扶苗公益中心", "former"), ("扶苗", "short"), ("龙港市扶苗公益中心", "full")]
    assert [*Organization.objects.named("苍南县扶苗公益中心")] == [one]


def test_former_name_is_not_free_for_another_organization():
    one = organization("苍南县扶苗公益中心")
    one.name = "龙港市扶苗公益中心"
    one.save()

    with pytest.raises(NameTaken):
        organization("苍南县扶苗公益中心")


def test_organization_renamed_back_has_its_names_once():
    one = organization("甲中心")
    for name in ("乙中心", "甲中心"):
        one.name = name
        one.save()

    assert sorted(names(one)) == [("乙中心", "former"), ("甲中心", "full")]


def test_organization_renamed_to_its_short_name_has_it_once():
    one = organization("扶苗公益中心", short=["扶苗"])

    one.name = "扶苗"
    one.save()

    assert sorted(names(one)) == [("扶苗", "full"), ("扶苗公益中心", "former")]


def test_name_that_changes_only_its_width_does_not_become_a_former_one():
    one = organization("ABC公益")

    one.name = "ＡＢＣ公益"
    one.save()

    assert names(one) == [("ＡＢＣ公益", "full")]


@pytest.mark.parametrize(
    ("short", "alias", "shown"),
    [
        ([], [], "苍南县社会组织促进会"),
        (["社促会", "促进会"], [], "社促会"),
        (["社会组织促进会", "促进会"], [], "促进会"),
        ([], ["促进"], "苍南县社会组织促进会"),
    ],
)
def test_short_name_is_the_shortest_of_that_kind_else_the_full_one(short, alias, shown):
    assert organization("苍南县社会组织促进会", short=short, alias=alias).short_name == shown


def test_name_goes_with_its_organization():
    organization("扶苗公益中心", short=["扶苗"]).delete()

    assert not OrganizationName.objects.exists()
