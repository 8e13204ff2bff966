import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from newsletter.articles.models import Article
from newsletter.editions.models import Edition
from newsletter.intake.models import PageImport
from newsletter.intake.parser.child import ParseFailed, parse_in_child
from newsletter.records.dates import iso_day
from orgs.models import Organization
from tests.intake.bench import compose

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(tmp_path):
    page = compose.page("tidy")
    page.path = tmp_path / "page.txt"
    page.path.write_text(page.text)
    directory = tmp_path / "organizations.json"
    directory.write_text(json.dumps(page.organizations))
    call_command("loadorganizations", directory)
    return page


def test_json_prints_nothing_but_the_result_and_stores_nothing(page, capsys):
    capsys.readouterr()

    call_command("importpage", page.path, date=iso_day(page.date), locality=page.locality, json=True)

    printed = json.loads(capsys.readouterr().out)
    assert [story["title"] for story in printed["stories"]] == [story["title"] for story in page.stories]
    assert [*printed["stories"][0]] == ["section", "title", "byline", "paragraphs", "facts"]
    assert not Article.objects.exists()


def test_accepting_makes_drafts_of_an_edition_once(page):
    for _again in range(2):
        call_command("importpage", page.path, date=iso_day(page.date), locality=page.locality, accept=True)

    assert Edition.objects.count() == 1
    assert {article.state for article in Article.objects.all()} == {"draft"}
    assert Article.objects.count() == len(page.stories)


def test_accepting_keeps_a_page_import_and_says_so_the_second_time(page, capsys):
    with translation.override("en"):
        for _again in range(2):
            call_command("importpage", page.path, date=iso_day(page.date), locality=page.locality, accept=True)

    page_import = PageImport.objects.get()
    first, second = capsys.readouterr().err.splitlines()[-2:]
    assert first == f"page.txt: {len(page.stories)} drafts made."
    assert second.startswith("page.txt: imported on ") and second.endswith(" by a command.")
    assert (page_import.state, page_import.edition) == ("accepted", Edition.objects.get())
    assert (page_import.name, page_import.accepted_by) == ("page.txt", None)


def test_page_that_cannot_be_accepted_is_kept_to_be_reviewed(page):
    page.path.write_text("扶苗公益中心举办讲座。\n")

    with pytest.raises(CommandError, match="Kept as page import"):
        call_command("importpage", page.path, date=iso_day(page.date), accept=True)

    assert PageImport.objects.get().is_open
    assert not Edition.objects.exists()


def test_accepting_needs_a_date(page):
    with pytest.raises(CommandError, match="--date"):
        call_command("importpage", page.path, accept=True)


def test_a_file_that_is_no_text_is_refused_in_words(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match=r"page\.pdf: "):
        call_command("importpage", file)


def test_the_same_organizations_a_second_time_add_nothing(page, tmp_path):
    before = Organization.objects.count()

    call_command("loadorganizations", tmp_path / "organizations.json")

    assert Organization.objects.count() == before == len(page.organizations)


@pytest.mark.parametrize("content", ["{}", "[1]", '[{"name": "无类型"}]', "nonsense"])
def test_a_bad_list_of_organizations_changes_nothing(tmp_path, content):
    file = tmp_path / "bad.json"
    file.write_text(content)

    with pytest.raises(CommandError):
        call_command("loadorganizations", file)

    assert not Organization.objects.exists()


def test_a_child_that_fails_says_why():
    with pytest.raises(ParseFailed) as failed:
        parse_in_child(b"%PDF-1.7", {})

    assert failed.value.code == "damaged"
