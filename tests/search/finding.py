"""What tests of the search ask."""

from newsletter.search.index import searchable_models
from newsletter.search.management.commands.checksearch import differences
from newsletter.search.query import read_query
from newsletter.search.results import Search, matching, public


def found(typed, **options):
    """The objects that readers find, in the order of results."""
    page = Search(read_query(typed), public(), **options).page()
    return [entry.kind.get_object_for_this_type(pk=entry.object_id) for entry in page.entries]


def staff_finds(typed):
    """The objects of every state that match."""
    return [
        row for model in searchable_models() for row in model.objects.filter(pk__in=matching(model, read_query(typed)))
    ]


def assert_index_is_true():
    assert [*differences()] == []
