"""Reading says of every flaw in which story and key it is, of all flaws at once."""

import json

import pytest

from newsletter.editions.file import EditionFileError, read_edition_file
from tests.editions.files import edition_file, read


def put(data, path, value):
    """Replace what stands at a path such as `stories.0.title`; `...` takes it out."""
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in way:
        data = data[key]
    if value is ...:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


def complaints(content):
    with pytest.raises(EditionFileError) as refused:
        read_edition_file(content)
    assert str(refused.value) == "\n".join(refused.value.errors)
    return refused.value.errors


EVENT, AWARD, AMOUNT = (f"stories.0.facts.{kind}.0" for kind in ("events", "awards", "amounts"))

FLAWS = [
    # What is missing.
    ("edition", ..., ["edition, title: is missing", "edition, date: is missing"]),
    ("edition.title", ..., ["edition, title: is missing"]),
    ("edition.title", None, ["edition, title: is missing"]),
    ("edition.title", " ", ["edition, title: is empty"]),
    ("edition.date", ..., ["edition, date: is missing"]),
    ("edition.pages.0.number", ..., ["edition, pages[1], number: is missing"]),
    ("organizations.1.name", ..., ["organization[2], name: is missing"]),
    ("organizations.1.kind", ..., ["organization[2], kind: is missing"]),
    ("stories", ..., ["stories: is missing"]),
    ("stories.1.title", ..., ["story 2, title: is missing"]),
    ("stories.1.title", [], ["story 2, title: is empty"]),
    ("stories.1.paragraphs", ..., ["story 2, paragraphs: is missing"]),
    ("stories.1.paragraphs", [], ["story 2, paragraphs: is empty"]),
    ("stories.0.photos.0.file", ..., ["story 1, photos[1], file: is missing"]),
    (f"{EVENT}.type", ..., ["story 1, facts, events[1], type: is missing"]),
    (f"{AWARD}.name", ..., ["story 1, facts, awards[1], name: is missing"]),
    (f"{AWARD}.year", ..., ["story 1, facts, awards[1], year: is missing"]),
    (f"{AWARD}.level", ..., ["story 1, facts, awards[1], level: is missing"]),
    (f"{AMOUNT}.value", ..., ["story 1, facts, amounts[1], value: is missing"]),
    (f"{AMOUNT}.unit", ..., ["story 1, facts, amounts[1], unit: is missing"]),
    (f"{AMOUNT}.text", "", ["story 1, facts, amounts[1], text: is empty"]),
    # What is of another kind.
    ("edition", [], ["edition: must be an object { … }", "edition, title: is missing", "edition, date: is missing"]),
    ("edition.number", 6, ["edition, number: must be a text"]),
    ("edition.sections", "要闻", ["edition, sections: must be a list of texts"]),
    ("edition.sections", ["要闻", ""], ["edition, sections: must be a list of texts, none of them empty"]),
    ("edition.pages", {}, ["edition, pages: must be a list of objects"]),
    (
        "edition.pages.0",
        "要闻",
        ["edition, pages[1]: must be an object { … }", "edition, pages[1], number: is missing"],
    ),
    ("organizations", {}, ["organizations: must be a list of objects"]),
    ("organizations.0.member", "yes", ["organization[1], member: must be true or false"]),
    ("organizations.0.member", 1, ["organization[1], member: must be true or false"]),
    ("organizations.0.names", [1], ["organization[1], names: must be a list of texts, none of them empty"]),
    ("stories", {}, ["stories: must be a list of objects"]),
    ("stories.1.byline", ["周海棠"], ["story 2, byline: must be a text"]),
    ("stories.1.title", "一堂讲座", ["story 2, title: must be a list of texts"]),
    ("stories.1.lead", 1, ["story 2, lead: must be true or false"]),
    ("stories.1.page", "1", ["story 2, page: must be a whole number"]),
    ("stories.1.page", True, ["story 2, page: must be a whole number"]),
    ("stories.1.page", 1.5, ["story 2, page: must be a whole number"]),
    ("stories.1.facts", [], ["story 2, facts: must be an object { … }"]),
    (f"{EVENT}.roles", [], ["story 1, facts, events[1], roles: must be an object { … }"]),
    (f"{EVENT}.roles.host", "扶苗", ["story 1, facts, events[1], roles, host: must be a list of texts"]),
    (f"{AMOUNT}.value", "2374", ["story 1, facts, amounts[1], value: must be a number"]),
    (f"{AMOUNT}.value", True, ["story 1, facts, amounts[1], value: must be a number"]),
    (f"{AMOUNT}.value", float("nan"), ["story 1, facts, amounts[1], value: must be a number"]),
    (f"{AMOUNT}.value", float("inf"), ["story 1, facts, amounts[1], value: must be a number"]),
    # What cannot be.
    ("edition.date", "2019-02-30", ["edition, date: must be a day such as 2019-06-04, not “2019-02-30”"]),
    ("stories.1.date", "6月4日", ["story 2, date: must be a day such as 2019-06-04, not “6月4日”"]),
    ("stories.1.page", 0, ["story 2, page: must be from 1 to 32767, not 0"]),
    ("stories.1.region", [0, 0, 50], ["story 2, region: must be 4 whole numbers from 0 to 100"]),
    ("stories.1.region", [0, 0, 50, 101], ["story 2, region: must be 4 whole numbers from 0 to 100"]),
    ("stories.1.region", [0, 0, 50, True], ["story 2, region: must be 4 whole numbers from 0 to 100"]),
    ("stories.1.position", 10**30, [f"story 2, position: must be from 1 to 32767, not {10**30}"]),
    (
        f"{EVENT}.start",
        "5月31日",
        ["story 1, facts, events[1], start: must be a day such as 2019-06-04, not “5月31日”"],
    ),
    (f"{EVENT}.time", "25:00", ["story 1, facts, events[1], time: must be a time such as 14:30, not “25:00”"]),
    (
        f"{EVENT}.time",
        "12:30+08:00",
        ["story 1, facts, events[1], time: must be a time such as 14:30, not “12:30+08:00”"],
    ),
    (f"{EVENT}.year", -1, ["story 1, facts, events[1], year: must be from 0 to 32767, not -1"]),
    (f"{AWARD}.date", "2019", ["story 1, facts, awards[1], date: must be a day such as 2019-06-04, not “2019”"]),
    (
        "stories.1.facts.contributor_kind",
        "robot",
        ["story 2, facts, contributor_kind: must be person or organization"],
    ),
    # Names that two organizations bear.
    (
        "organizations.1.names",
        ["扶苗"],
        ["organizations: “扶苗” is a name of both 扶苗公益中心 and 蓝精灵幼儿园"],
    ),
    (
        "organizations.1.names",
        ["扶 苗"],
        ["organizations: “扶 苗” is a name of both 扶苗公益中心 and 蓝精灵幼儿园"],
    ),
]


@pytest.mark.parametrize(("path", "value", "lines"), FLAWS, ids=[f"{path}-{n}" for n, (path, *_) in enumerate(FLAWS)])
def test_complaint_names_the_place_and_what_belongs_there(path, value, lines):
    data = edition_file()
    put(data, path, value)

    assert complaints(json.dumps(data).encode()) == lines


def test_all_complaints_come_at_once_in_the_order_of_the_file():
    data = edition_file()
    put(data, "edition.date", "6月6日")
    put(data, "organizations.0.kind", ...)
    put(data, f"{EVENT}.time", "noon")
    put(data, "stories.1.title", ...)

    assert complaints(json.dumps(data).encode()) == [
        "edition, date: must be a day such as 2019-06-04, not “6月6日”",
        "organization[1], kind: is missing",
        "story 1, facts, events[1], time: must be a time such as 14:30, not “noon”",
        "story 2, title: is missing",
    ]


def test_keys_that_are_not_known_are_left_out_and_told():
    data = edition_file()
    for path in (
        "colour",
        "edition.price",
        "edition.pages.0.colour",
        "organizations.0.fax",
        "stories.1.author",
        "stories.0.photos.0.width",
        "stories.1.facts.mood",
        f"{EVENT}.weather",
        f"{AWARD}.prize",
        f"{AMOUNT}.currency",
    ):
        put(data, path, "x")

    assert sorted(read(data).ignored) == [
        "colour",
        "edition, pages[1], colour",
        "edition, price",
        "organization[1], fax",
        "story 1, facts, amounts[1], currency",
        "story 1, facts, awards[1], prize",
        "story 1, facts, events[1], weather",
        "story 1, photos[1], width",
        "story 2, author",
        "story 2, facts, mood",
    ]


def test_file_whose_keys_are_all_known_leaves_nothing_out():
    assert read(edition_file()).ignored == []


def test_keys_without_a_value_may_be_left_out_or_null():
    data = edition_file()
    put(data, "edition.number", None)
    put(data, "organizations", ...)
    put(data, "stories.1.facts", ...)
    put(data, "stories.0.lead", None)

    file = read(data)

    assert (file.number, file.organizations, file.stories[1].events, file.stories[0].lead) == ("", [], [], False)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "The file is not JSON: "),
        (b"{", "The file is not JSON: "),
        (b"PK\x03\x04", "The file is not JSON: "),
        (b'{"stories": ' + b"9" * 5000 + b"}", "The file is not JSON: "),
        ("{“edition”: 1}".encode(), "The file is not JSON: "),
        ('{"edition": "苍南"}'.encode("gb18030"), "The file is not UTF-8 text (byte 13)."),
        (b"\xff\xfe{\x00", "The file is not UTF-8 text (byte 0)."),
        (b"[" * 100_000, "The file is not an edition: it is nested too deeply."),
        (b'{"a":' * 100_000, "The file is not an edition: it is nested too deeply."),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_one_line(content, line):
    [error] = complaints(content)

    assert error.startswith(line)
    assert "\n" not in error


@pytest.mark.parametrize("content", [b"[]", b"null", b"1", b'"edition"', b"true"])
def test_file_that_holds_something_else_is_refused(content):
    errors = complaints(content)

    assert errors[0].endswith("must be an object { … }")
    assert not errors[0].startswith(":")


def test_file_with_a_byte_order_mark_is_read():
    content = b"\xef\xbb\xbf" + json.dumps(edition_file(), ensure_ascii=False).encode()

    assert read_edition_file(content).title == "苍南社会组织"


def test_amounts_are_read_to_the_digit():
    data = edition_file()
    put(data, f"{AMOUNT}.value", 0.1)
    put(data, "stories.0.facts.amounts.1", {"value": 123456789012.34, "unit": "CNY", "text": "近"})

    assert [str(amount.value) for amount in read(data).stories[0].amounts] == ["0.1", "123456789012.34"]
