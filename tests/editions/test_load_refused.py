"""A file that cannot be loaded leaves no row and no file, and the message says where the fault is."""

import pytest
from django.utils import translation

from newsletter.articles.models import Article
from newsletter.editions.file import EditionFileError
from tests.editions.files import edition_file, load, one_story, row_counts, stored_files, without_photos
from tests.factories import organization, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def refused(data, folder=None, **options):
    """The complaints of a load that must leave everything as it was."""
    before, files = row_counts(), stored_files()
    with pytest.raises(EditionFileError) as error:
        load(data, folder, **options)
    assert (row_counts(), stored_files()) == (before, files)
    return error.value.errors


@pytest.mark.parametrize("story", [0, 2])
def test_fault_in_one_story_leaves_nothing_of_the_others(folder, story):
    data = edition_file()
    data["stories"].append({"title": ["三"], "paragraphs": ["三"]})
    for entry in data["stories"]:
        entry["photos"] = [{"file": "bazaar.jpg"}]
    data["stories"][story]["facts"] = {"amounts": [{"value": -1, "unit": "CNY", "text": "-1元", "what": "raised"}]}

    errors = refused(data, folder, publish=True)

    assert errors == [f"story {story + 1}, facts, amounts[1]: An amount is not below zero."]


def test_fault_leaves_the_files_that_were_there(folder):
    load(edition_file(), folder)
    data = edition_file(paragraphs=["另一篇"], position=3, summary="长" * 301)

    refused(data, folder)

    assert len(stored_files()) >= 1


FAULTS = [
    ("organizations.0.kind", "club", "organization 1 (扶苗公益中心), kind: Value 'club' is not a valid choice."),
    ("organizations.0.grade", "6A", "organization 1 (扶苗公益中心), grade: Value '6A' is not a valid choice."),
    ("organizations.0.website", "fumiao", "organization 1 (扶苗公益中心), website: Enter a valid URL."),
    ("stories.0.form", "poem", "story 1, form: Value 'poem' is not a valid choice."),
    (
        "stories.0.summary",
        "长" * 301,
        "story 1, summary: Ensure this value has at most 300 characters (it has 301).",
    ),
    (
        "stories.0.facts.contributor",
        "无名社",
        "story 1, facts, contributor: “无名社” is neither among the file's organizations nor in the directory",
    ),
    (
        "stories.0.facts.organizations",
        ["无名社"],
        "story 1, facts, organizations: “无名社” is neither among the file's organizations nor in the directory",
    ),
    (
        "stories.0.facts.events.0.roles",
        {"host": ["无名社"]},
        "story 1, facts, events[1]: “无名社” is neither among the file's organizations nor in the directory",
    ),
    (
        "stories.0.facts.events.0.roles",
        {"boss": ["扶苗"]},
        "story 1, facts, events[1], role: Value 'boss' is not a valid choice.",
    ),
    (
        "stories.0.facts.events.0.end",
        "2019-05-01",
        "story 1, facts, events[1]: The last day is before the first day, or the first day is missing.",
    ),
    (
        "stories.0.facts.events.0.status_reason",
        "",
        "story 1, facts, events[1]: Say why it was postponed or cancelled: readers see the reason.",
    ),
    (
        "stories.0.facts.awards.0.recipients",
        ["无名社"],
        "story 1, facts, awards[1]: “无名社” is neither among the file's organizations nor in the directory",
    ),
    (
        "stories.0.facts.awards.0.level",
        "galactic",
        "story 1, facts, awards[1], level: Value 'galactic' is not a valid choice.",
    ),
    (
        "stories.0.facts.amounts.0.event",
        "别的活动",
        "story 1, facts, amounts[1], event: the story has no event called 别的活动",
    ),
    (
        "stories.0.facts.amounts.0.value",
        2.005,
        "story 1, facts, amounts[1], value: Ensure that there are no more than 2 decimal places.",
    ),
]


@pytest.mark.parametrize(("path", "value", "line"), FAULTS, ids=[f"{path}-{n}" for n, (path, *_) in enumerate(FAULTS)])
def test_fault_that_the_models_find_is_told_with_its_place(path, value, line):
    data = node = one_story()
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in way:
        node = node[key]
    node[last] = value

    assert refused(data) == [line]


def test_names_of_two_organizations_of_the_directory_are_not_those_of_one():
    organization("扶苗公益中心")
    organization("苗苗公益", short=["扶苗"])

    [line] = refused(one_story())

    assert line.startswith("organization 1 (扶苗公益中心)")
    assert "苗苗公益" in line


def test_event_without_any_word_of_when_is_refused():
    data = one_story()
    data["stories"][0]["facts"] = {"events": [{"type": "讲座"}]}

    assert refused(data) == [
        "story 1, facts, events[1]: Say when: a first day, or a year, or the date words as printed."
    ]


def test_two_stories_at_one_place_are_refused():
    data = without_photos(edition_file())
    data["stories"][1] |= {"page": 1, "position": 1}

    assert refused(data) == ["story 2, position: story 1 stands there already"]


def test_two_lead_stories_are_refused():
    data = without_photos(edition_file())
    data["stories"][1]["lead"] = True

    assert refused(data) == ["story 2, lead: story 1 is the lead story already"]


# Photos.


@pytest.mark.parametrize("file", ["../secret.jpg", "/etc/hostname", "link.jpg", "sub/../../secret.jpg", "..", "\x00"])
def test_photo_outside_the_folder_is_refused(folder, file):
    (folder.parent / "secret.jpg").write_bytes(picture_bytes())
    (folder / "link.jpg").symlink_to(folder.parent / "secret.jpg")
    (folder / "sub").mkdir()

    [line] = refused(edition_file(photos=[{"file": file}]), folder)

    assert line.startswith("story 1, photos[1], file: ")


@pytest.mark.parametrize("file", ["none.jpg", "sub", "x" * 300 + ".jpg"])
def test_photo_that_cannot_be_read_is_refused(folder, file):
    (folder / "sub").mkdir()

    [line] = refused(edition_file(photos=[{"file": file}]), folder)

    assert line.startswith(f"story 1, photos[1], file: {file} cannot be read")


@pytest.mark.parametrize("content", [b"", "这不是图片".encode(), b"%!PS-Adobe-3.0 EPSF-3.0\n", picture_bytes()[:200]])
def test_photo_that_is_no_picture_is_refused(folder, content):
    (folder / "bazaar.jpg").write_bytes(content)

    [line] = refused(edition_file(), folder)

    assert line.startswith("story 1, photos[1]")
    assert "“bazaar.jpg” is not a JPEG, PNG or WebP picture" in line


def test_photo_of_a_file_that_stands_nowhere_is_refused():
    assert refused(edition_file()) == ["story 1, photos[1], file: must stand beside the edition file"]


def test_photo_in_a_folder_below_is_taken(folder):
    (folder / "photos").mkdir()
    (folder / "photos" / "a.jpg").write_bytes(picture_bytes())

    load(edition_file(photos=[{"file": "photos/a.jpg"}]), folder)

    assert Article.objects.get(byline="扶苗").photos.count() == 1
