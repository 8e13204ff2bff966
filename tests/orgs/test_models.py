from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from orgs.models import FormerSlug, Organization
from tests.factories import organization

pytestmark = pytest.mark.django_db

VALID_CODE = "51330327MJ12345677"


@contextmanager
def at_most(limit):
    """Stop what would ask the database for ever."""
    left = iter(range(limit))

    def count(execute, *args):
        assert next(left, None) is not None, f"more than {limit} queries"
        return execute(*args)

    with connection.execute_wrapper(count):
        yield


# Addresses.


def test_address_is_made_from_the_name():
    assert organization("扶苗公益中心").get_absolute_url() == "/orgs/fumiaogongyizhongxin/"


def test_address_that_is_taken_is_numbered():
    slugs = [organization(name).slug for name in ("龙港商会", "龙岗商会", "笼岗商会")]

    assert slugs == ["longgangshanghui", "longgangshanghui-2", "longgangshanghui-3"]


def test_renamed_organization_keeps_its_address():
    one = organization("苍南县扶苗公益中心")
    slug = one.slug

    one.name = "龙港市扶苗公益中心"
    one.save()

    assert one.slug == slug
    assert not FormerSlug.objects.exists()


def test_changed_address_is_kept_as_a_former_one():
    one = organization("扶苗公益中心", slug="first")
    for slug in ("second", "third"):
        one.slug = slug
        one.save()

    assert [*FormerSlug.objects.order_by("pk").values_list("slug", "organization")] == [
        ("first", one.pk),
        ("second", one.pk),
    ]


def test_address_taken_back_is_no_longer_a_former_one():
    one = organization("扶苗公益中心", slug="first")
    for slug in ("second", "first"):
        one.slug = slug
        one.save()

    assert [*FormerSlug.objects.values_list("slug", flat=True)] == ["second"]


def test_address_that_was_emptied_is_made_anew_and_the_old_one_kept():
    one = organization("扶苗公益中心", slug="first")

    one.slug = ""
    one.save()

    assert one.slug == "fumiaogongyizhongxin"
    assert [*FormerSlug.objects.values_list("slug", flat=True)] == ["first"]


def test_former_address_of_another_one_is_refused_in_the_form():
    one = organization("扶苗公益中心", slug="first")
    one.slug = "second"
    one.save()

    with pytest.raises(ValidationError) as refused:
        Organization(name="爱友公益服务中心", kind="association", slug="first").full_clean()

    assert [*refused.value.message_dict] == ["slug"]
    assert "扶苗公益中心" in refused.value.messages[0]


def test_made_address_is_not_a_former_one_of_another_organization():
    one = organization("龙港商会")
    one.slug = "long"
    one.save()

    other = organization("龙岗商会")

    assert other.slug not in {"longgangshanghui", "long"}


def test_made_address_is_found_however_many_former_ones_are_taken():
    for name, slug in (("甲", "longgangshanghui"), ("乙", "longgangshanghui-3")):
        one = organization(name, slug=slug)
        one.slug = f"{slug}-now"
        one.save()

    with at_most(200):
        other = organization("龙港商会")

    assert not FormerSlug.objects.filter(slug=other.slug).exists()


# Order.


def test_directory_is_ordered_by_the_short_name_where_there_is_one():
    last = organization("苍南县总商会", short=["总商会"])
    first = organization("苍南县爱友公益服务中心", short=["爱友"])
    middle = organization("扶苗公益中心")

    assert [*Organization.objects.values_list("pk", "initial")] == [
        (first.pk, "A"),
        (middle.pk, "F"),
        (last.pk, "Z"),
    ]


@pytest.mark.parametrize(
    ("name", "initial"),
    [("龙港总商会", "L"), ("abc公益", "A"), ("“5+3”工作室", "#"), ("𠮷祥公益", "#"), ("Ωmega", "#")],
)
def test_initial_is_a_latin_capital_or_a_number_sign(name, initial):
    assert organization(name).initial == initial


def test_order_follows_a_rename():
    one = organization("扶苗公益中心")

    one.name = "爱友公益服务中心"
    one.save()

    assert Organization.objects.values_list("pinyin", "initial").get() == ("ai you gong yi fu wu zhong xin", "A")


@pytest.mark.parametrize("change", ["deleted", "made an alias"])
def test_order_follows_a_short_name_that_goes(change):
    one = organization("扶苗公益中心", short=["爱苗"])
    row = one.names.get(name="爱苗")

    if change == "deleted":
        row.delete()
    else:
        row.kind = row.Kind.ALIAS
        row.save()

    assert Organization.objects.get().pinyin == "fu miao gong yi zhong xin"


def test_new_short_name_is_not_an_edit_of_the_organization():
    one = organization("扶苗公益中心")

    one.names.create(name="扶苗", kind="short")
    one.save()

    assert Organization.objects.get().version == 2


# Facts.


@pytest.mark.parametrize("code", ["51330327MJ1234567A", "51330327MJ1234567", "51330327MJ12345678", "五" * 18])
def test_credit_code_with_a_slip_is_refused(code):
    with pytest.raises(ValidationError) as refused:
        Organization(name="扶苗公益中心", kind="association", credit_code=code).full_clean(exclude=["slug"])

    assert [*refused.value.message_dict] == ["credit_code"]


def test_credit_code_with_its_check_digit_is_accepted():
    one = organization(credit_code=VALID_CODE)

    one.full_clean()


def test_credit_code_belongs_to_one_organization():
    organization(credit_code=VALID_CODE)

    with pytest.raises(ValidationError) as refused:
        Organization(name="扶苗公益中心", kind="association", credit_code=VALID_CODE).full_clean(exclude=["slug"])

    assert [*refused.value.message_dict] == ["credit_code"]


def test_many_organizations_may_have_no_credit_code():
    made = [organization(credit_code=""), organization(credit_code="")]

    for one in made:
        one.full_clean()
    assert {*Organization.objects.values_list("credit_code", flat=True)} == {None}
