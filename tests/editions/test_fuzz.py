"""Whatever stands anywhere in a file: it is loaded, or refused in words and nothing is changed."""

import copy
import json

import pytest
from django.db import transaction

from newsletter.editions.file import EditionFileError, read_edition_file
from newsletter.editions.load import load_edition
from tests.editions.files import edition_file, row_counts, stored_files

pytestmark = pytest.mark.django_db


def small_file():
    """Every key once: each place costs a load."""
    data = edition_file()
    del data["stories"][1], data["organizations"][2:]
    facts = data["stories"][0]["facts"]
    facts["organizations"] = facts["awards"][0]["recipients"] = ["扶苗"]
    facts["events"][0]["roles"] = {"host": ["扶苗"]}
    facts["awards"][0]["issuer"] = "蓝精灵幼儿园"
    return data


def places(node, path=()):
    """The path of every node of the file, the file itself first."""
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def replaced(data, path, value):
    if not path:
        return value
    data = node = copy.deepcopy(data)
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return data


class _Undo(Exception):
    pass


def outcome(content, folder, known):
    """`loaded`, `refused`, or what went wrong; the database is left as it was.

    `known` holds the outcomes of what was loaded before: null and an empty text are one and the same to the loader.
    """
    try:
        file = read_edition_file(content)
        if repr(file) not in known:
            known[repr(file)] = outcome_of_load(file, folder)
        return known[repr(file)]
    except Exception as error:
        return words_of(error)


def outcome_of_load(file, folder):
    before, files = row_counts(), stored_files()
    try:
        with transaction.atomic():
            load_edition(file, folder=folder)
            raise _Undo
    except _Undo:
        return "loaded"
    except Exception as error:
        unchanged = (row_counts(), stored_files()) == (before, files)
        return words_of(error) if unchanged else "refused, but something was changed"
    finally:
        for path in {*stored_files()} - {*files}:
            path.unlink()


def words_of(error):
    if not isinstance(error, EditionFileError):
        return f"{type(error).__name__}: {error}"[:120]
    in_words = error.errors and all(isinstance(line, str) and line for line in error.errors)
    return "refused" if in_words else "refused without words"


@pytest.mark.parametrize(
    "values",
    [[None, "", [], {}], [0, 10**30, True], ["x" * 5000], ["\x00\ud800"]],
    ids=["nothing", "numbers", "long text", "NUL and a lone surrogate"],
)
def test_any_value_at_any_place_is_loaded_or_refused_in_words(values, folder):
    data, known = small_file(), {}
    assert outcome(json.dumps(data).encode(), folder, known) == "loaded"

    outcomes = {
        (path, repr(value)[:9]): outcome(json.dumps(replaced(data, path, value)).encode(), folder, known)
        for value in values
        for path in places(data)
    }

    assert {place: words for place, words in outcomes.items() if words not in {"loaded", "refused"}} == {}
    assert {*outcomes.values()} >= {"loaded", "refused"}
