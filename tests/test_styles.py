"""The style sheet is written in many files and served as one."""

import re

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from django.test import Client

from newsletter.styles import SITE, StaticFilesStorage, joined

SOURCES = settings.BASE_DIR / "static"


def test_every_style_sheet_of_the_site_has_its_place_in_the_order():
    css = SOURCES / "css"
    imported = re.findall(r'@import url\("([^"]+)"\)', (SOURCES / SITE).read_text())

    # That of the error page stands alone: it is shown where nothing else works.
    assert sorted(imported) == sorted(
        {str(path.relative_to(css)) for path in css.rglob("*.css")} - {"site.css", "error.css"}
    )
    assert imported[:3] == ["tokens.css", "base.css", "layout.css"]
    assert imported[-1] == "print.css"


def test_what_is_imported_stands_in_its_place_and_names_no_file():
    text = joined(FileSystemStorage(SOURCES).open)

    assert "@import" not in text
    assert "url(" not in text
    assert text.index("--paper:") < text.index(".masthead__name") < text.index("@media print {")


def test_collected_it_is_one_file_that_never_changes(tmp_path):
    source = FileSystemStorage(SOURCES)
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.save(SITE, source.open(SITE))

    list(storage.post_process({SITE: (source, SITE)}))

    (hashed,) = (path for path in tmp_path.glob("css/site.*.css"))
    assert storage.url(SITE).endswith(hashed.name)
    assert hashed.read_text() == joined(source.open)
    assert hashed.with_name(hashed.name + ".br").stat().st_size < 12_000


def test_collected_it_is_sent_compressed_and_browsers_keep_it_for_years(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    backend = {"BACKEND": "newsletter.styles.StaticFilesStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    source = FileSystemStorage(SOURCES)
    staticfiles_storage.save(SITE, source.open(SITE))
    list(staticfiles_storage.post_process({SITE: (source, SITE)}))

    response = Client().get(staticfiles_storage.url(SITE), HTTP_ACCEPT_ENCODING="gzip, br")

    assert response["Content-Encoding"] == "br"
    assert "immutable" in response["Cache-Control"]
    assert int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]) >= 365 * 24 * 60 * 60
