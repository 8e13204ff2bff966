import pytest

from newsletter.publishing.models import Publication

pytestmark = pytest.mark.django_db


def test_publication_has_a_masthead_before_staff_have_saved_one():
    assert Publication.current().masthead == "社会组织通讯"
    assert not Publication.objects.exists()


def test_there_is_one_publication_whatever_is_saved():
    Publication(masthead="苍南社会组织").save()
    publication = Publication.current()
    publication.masthead = "龙港社会组织"

    publication.save()

    assert [*Publication.objects.values_list("pk", "masthead")] == [(1, "龙港社会组织")]
    assert Publication.current().masthead == "龙港社会组织"


def test_police_digits_are_those_of_the_filing_number():
    assert Publication(police_number="浙公网安备 33032702000001号").police_digits == "33032702000001"
