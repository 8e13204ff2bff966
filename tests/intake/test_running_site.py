"""What happens to a site of its own (SQLite, real processes) while pages are imported, or when an import is killed."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, build_opener

import pytest

from tests.intake.bench import compose
from tests.intake.word import paragraph, word
from tests.running import browser_of, migrated, token

pytestmark = [
    pytest.mark.own_site,
    pytest.mark.skipif(
        os.environ["TEST_DATABASE"] != "sqlite", reason="The site that is started here has a SQLite file of its own."
    ),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return migrated(tmp_path_factory.mktemp("site"))


def test_an_import_that_is_killed_leaves_all_of_a_page_or_nothing(site, tmp_path):
    page = compose.page("tidy")
    outcomes = set()
    for number, delay in enumerate((0.0, 0.05, 0.1, 0.2, 10)):
        file = tmp_path / f"{number}.txt"
        file.write_text(page.text.replace("，", f"，第{number}次，", 40))
        importing = site.start(
            *("manage.py", "importpage", str(file), "--accept"),
            *("--date", f"2019-06-{number + 1:02}", "--locality", page.locality),
        )
        while importing.poll() is None and len(site.ask("SELECT id FROM intake_pageimport")) == number:
            time.sleep(0.01)
        try:
            importing.wait(delay)
        except subprocess.TimeoutExpired:
            importing.kill()
            importing.wait()

        day = f"2019-06-{number + 1:02}"
        [(state,)] = site.ask(f"SELECT state FROM intake_pageimport WHERE date = '{day}'")
        [(articles,)] = site.ask(f"SELECT count(*) FROM articles_article WHERE date = '{day}'")
        [(items,)] = site.ask(
            "SELECT count(*) FROM editions_editionitem item JOIN editions_edition edition ON edition.id = edition_id "
            f"WHERE edition.date = '{day}'"
        )
        outcomes.add((state, articles, items))

    count = len(page.stories)
    assert outcomes == {("open", 0, 0), ("accepted", count, count)}


@pytest.fixture
def served(site):
    with site.served():
        yield site


def upload(site, browser, content):
    """Post a file and answer the page that comes back."""
    address = site.address + "/admin/intake/pageimport/add/"
    fields = {"title": "山海社会组织", "date": "2019-06-06", "page": "1", "locality": "山海县"}
    fields["csrfmiddlewaretoken"] = token(browser.open(address).read().decode())
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(b'Content-Disposition: form-data; name="upload"; filename="page.docx"\r\n\r\n' + content)
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"
    request = Request(address, body, {"Content-Type": "multipart/form-data; boundary=x"})
    return browser.open(request).read().decode()


def test_the_site_answers_at_once_while_files_are_read_that_take_long(served):
    slow = [word(*[paragraph(f"登山{number}") * 12 for _ in range(900)]) for number in range(2)]
    browsers = [browser_of(served) for _file in slow]
    waits = []

    with ThreadPoolExecutor() as pool:
        began = time.monotonic()
        uploads = [pool.submit(upload, served, browser, file) for browser, file in zip(browsers, slow, strict=True)]
        while not all(one.done() for one in uploads):
            asked = time.monotonic()
            assert build_opener().open(served.address + "/").status == 200
            waits.append(time.monotonic() - asked)
        took = time.monotonic() - began

    assert all("page.docx" in one.result() for one in uploads)
    assert took > 0.5
    assert max(waits) < took / 2
    assert len(waits) > 5
