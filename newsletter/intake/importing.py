"""A file becomes a page import: parsed in a process of its own, then kept with what the parser read."""

import base64
import hashlib
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import get_image_dimensions
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from newsletter.articles.models import Section
from newsletter.records.pictures import clean_picture
from orgs.models import Organization

from .models import PageImport
from .parser.child import parse_in_child
from .parser.page import facts_of
from .parser.recognize import Directory
from .review import review_of, text_of


class AlreadyImported(Exception):
    """The same file was taken in before; `args[0]` is its `PageImport`."""


def read_page(content, page_import):
    """Fill an unsaved `PageImport` with what the parser reads in `content` (bytes); pictures stay in base64.

    Its date, locality and encoding say how to read. Nothing is stored. Raises `ParseFailed`.
    """
    result = parse_in_child(
        content,
        {
            "encoding": page_import.encoding or None,
            "date": page_import.date.isoformat() if page_import.date else None,
            "locality": page_import.locality,
            "organizations": directory_entries(),
            "sections": list(Section.objects.values_list("name", flat=True)),
        },
    )
    page_import.parser_version = result.pop("version")
    page_import.result = result
    page_import.review = review_of(result)


def take_in(content, page_import, *, by=None):
    """Read the file's `content` (bytes) and keep all of it, or nothing; return the saved `page_import`.

    Raises `ParseFailed`, and `AlreadyImported` where the same file was taken in before.
    """
    page_import.sha256 = hashlib.sha256(content).hexdigest()
    refuse_known(page_import.sha256)
    read_page(content, page_import)
    try:
        with _files_with_their_row() as stored:
            page_import.file.save(page_import.name, ContentFile(content), save=False)
            stored.append(page_import.file.name)
            _store_pictures(page_import, stored)
            page_import.save(by=by)
    except IntegrityError:
        # Somebody else was a moment faster with the same file.
        refuse_known(page_import.sha256)
        raise
    return page_import


def refuse_known(sha256):
    known = PageImport.objects.filter(sha256=sha256).first()
    if known:
        raise AlreadyImported(known)


def read_again(page_import, *, by=None):
    """Replace result and review by what the parser of today reads in the kept file. Raises `ParseFailed`."""
    old = page_import.stored_names[1:]
    with page_import.file.open() as file:
        read_page(file.read(), page_import)
    with _files_with_their_row() as stored:
        _store_pictures(page_import, stored)
        page_import.save(by=by)
    _delete(old)


def forget_files(page_import):
    _delete(page_import.stored_names)


@contextmanager
def _files_with_their_row():
    """One transaction; the files whose names are put into the list go again where it fails."""
    stored = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        _delete(stored)
        raise


def _delete(names):
    for name in names:
        default_storage.delete(name)


def _store_pictures(page_import, stored):
    """Put the result's pictures beside the upload; in the result their names replace them."""
    folder, result = page_import.file.name.rpartition("/")[0], page_import.result

    def keep(kind, number, file, extension):
        stored.append(default_storage.save(f"{folder}/{kind}-{number}.{extension}", file))
        return stored[-1]

    pages, photos = [], []
    for number, picture in enumerate(result["pages"], 1):
        file = ContentFile(base64.b64decode(picture))
        width, height = get_image_dimensions(file)
        pages.append({"file": keep("page", number, file, "jpg"), "width": width, "height": height})
    for number, (picture, caption) in enumerate(zip(result["photos"], result.pop("captions"), strict=True), 1):
        file = ContentFile(base64.b64decode(picture), f"photo-{number}")
        try:
            clean = clean_picture(file)
        except ValidationError:
            # No picture that may stand on a page: the number stays, so that the others keep theirs.
            photos.append({"file": ""})
            continue
        name = keep("photo", number, clean, clean.name.rpartition(".")[2])
        photos.append({"file": name, "caption": caption})
    result["pages"], result["photos"] = pages, photos


def find_again(page_import, stories):
    """Recognize anew what the changed stories tell, with the directory of today."""
    if stories:
        directory = Directory(directory_entries())
        day = page_import.date
        for story in stories:
            story |= facts_of(text_of(story), directory, day=day, locality=page_import.locality)


def directory_entries():
    """Every organization of the directory as an edition file lists it."""
    known = Organization.objects.exclude(status=Organization.Status.MERGED).prefetch_related("names")
    return [
        {
            "name": organization.name,
            "kind": organization.kind,
            "names": [name for name in _findable(organization) if name != organization.name],
        }
        for organization in known
    ]


def _findable(organization):
    return [name.name for name in organization.names.all() if name.findable]
