"""What was loaded comes out again."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings

from newsletter.editions.dump import dump_edition
from newsletter.editions.load import load_edition
from newsletter.editions.models import Edition
from newsletter.records.text import bare
from tests.editions.files import edition_file, load, one_story, read, row_counts, without_photos
from tests.factories import draft_award, draft_edition, organization

pytestmark = pytest.mark.django_db

DEMO = settings.BASE_DIR / "newsletter/editions/demo"
SEED = Path(os.environ.get("SEED_DIR", "/nowhere"))


def told(file):
    """What a file tells, once its defaults are filled in; organizations by their full names, in no order."""
    full = {name: entry["name"] for entry in file["organizations"] for name in [entry["name"], *entry["names"]]}
    longest = max(file["stories"], key=lambda story: len("".join(story["paragraphs"])))
    has_lead = any(story.get("lead") for story in file["stories"])
    places = {}

    def filled(node):
        return {key: value for key, value in node.items() if value not in (None, "", [], {}, False)}

    def named(names):
        return sorted({full[name] for name in names})

    def event(entry):
        roles = {role: named(names) for role, names in entry.get("roles", {}).items()}
        return filled({**entry, "roles": roles, "status": entry.get("status", "scheduled")})

    def award(entry):
        return filled(
            {**entry, "recipients": named(entry.get("recipients", [])), "issuer": full.get(entry.get("issuer", ""))}
        )

    def story(entry):
        facts = entry.get("facts", {})
        page = entry.get("page", 1)
        position = entry.get("position") or places.get(page, 0) + 1
        places[page] = position
        acting = [name for e in facts["events"] for names in e.get("roles", {}).values() for name in names]
        acting += [name for a in facts["awards"] for name in [*a.get("recipients", []), a.get("issuer")] if name]
        form = "photo_story" if entry["section"] == "图说" else "article"
        if entry["section"] == "简讯" and len(entry["paragraphs"]) == 1:
            form = "brief"
        return {
            **{key: entry.get(key, "") for key in ("section", "kicker", "title", "subtitle", "summary", "byline")},
            "paragraphs": [bare(paragraph) for paragraph in entry["paragraphs"]],
            "form": entry.get("form") or form,
            "date": entry.get("date") or file["edition"]["date"],
            "place": (page, position),
            "region": entry.get("region"),
            "lead": bool(entry.get("lead", not has_lead and entry is longest)),
            "tags": sorted(entry.get("tags", [])),
            "photos": [{**photo, "file": "…"} for photo in entry.get("photos", [])],
            "contributor": (facts.get("contributor_kind"), full.get(facts["contributor"], facts["contributor"])),
            "organizations": named([*facts["organizations"], *acting]),
            "events": [event(entry) for entry in facts["events"]],
            "awards": [award(entry) for entry in facts["awards"]],
            "amounts": [filled(entry) for entry in facts["amounts"]],
            "note": facts.get("note", ""),
        }

    return [story(entry) for entry in file["stories"]]


def dumped(edition):
    """By way of JSON, as the command prints it."""
    return json.loads(json.dumps(dump_edition(edition)))


def test_every_key_of_a_file_comes_out_again(folder):
    data = edition_file()

    again = dumped(load(data, folder))

    assert told(again) == told(data)
    assert again["edition"] == data["edition"]
    entries = {entry["name"]: entry for entry in again["organizations"]}
    assert entries == {entry["name"]: entry for entry in data["organizations"]}
    assert again["stories"][0]["photos"][0]["file"].startswith("photos/")


def test_dumped_file_has_only_keys_that_are_known(folder):
    assert read(dumped(load(edition_file(), folder))).ignored == []


def test_dumped_file_loaded_again_adds_nothing(folder):
    edition = load(edition_file(), folder)
    before = row_counts()

    load(dumped(edition))

    assert row_counts() == before


def test_dumped_file_loaded_elsewhere_is_dumped_the_same():
    edition = load(without_photos(edition_file()))
    first = dumped(edition)
    for item in edition.items.all():
        item.delete()
        item.article.delete()
    edition.delete()

    assert dumped(load(first)) == first


@pytest.mark.parametrize("name", sorted(path.name for path in DEMO.glob("*.json")))
def test_demonstration_edition_comes_out_as_it_was_loaded(name, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = json.loads((DEMO / name).read_text())
    assert told(data)

    loaded = load_edition(read(data), folder=DEMO, publish=True)

    assert len(loaded.articles) == len(data["stories"])
    assert told(dumped(loaded.edition)) == told(data)


def test_demonstration_editions_load_one_after_the_other_and_a_second_time_add_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    files = [read(json.loads(path.read_text())) for path in sorted(DEMO.glob("*.json"))]
    assert [file.ignored for file in files] == [[] for _ in files]
    for file in files:
        load_edition(file, folder=DEMO)
    before = row_counts()

    assert [load_edition(file, folder=DEMO).created for file in files] == [[] for _ in files]

    assert row_counts() == before
    assert Edition.objects.count() == len(files) > 0


@pytest.mark.skipif(not (SEED / "expected.json").exists(), reason="SEED_DIR names no folder with expected.json")
def test_real_page_comes_out_as_it_was_loaded():
    data = json.loads((SEED / "expected.json").read_text())

    edition = load(data)

    assert told(dumped(edition)) == told(data)
    before = row_counts()
    load(data)
    assert row_counts() == before


def test_award_that_was_given_for_several_works_comes_out_with_each():
    award = draft_award("亮点项目", issuer=organization("温州市工商业联合会"))
    for name, project in (("龙港总商会", "“5+3”工作法"), ("钱库商会", "调解室")):
        award.recipients.create(organization=organization(name), project=project)
    data = one_story()
    data["stories"][0]["facts"] = {
        "awards": [{"name": "亮点项目", "year": 2018, "level": "city", "issuer": "温州市工商联", "recipients": []}]
    }

    [story] = dumped(load(data))["stories"]

    given = [(name, entry.get("project")) for entry in story["facts"]["awards"] for name in entry["recipients"]]
    assert given == [("龙港总商会", "“5+3”工作法"), ("钱库商会", "调解室")]


def test_edition_without_stories_comes_out_without_any():
    edition = draft_edition(title="苍南社会组织")

    assert dumped(edition) == {
        "edition": {"title": "苍南社会组织", "date": "2019-06-06"},
        "organizations": [],
        "stories": [],
    }
