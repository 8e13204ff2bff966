"""A reviewed page becomes drafts with all that they name, and items of an edition; or all of it goes again."""

import json

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.articles.models import Article
from newsletter.editions.file import read_edition_file
from newsletter.editions.load import load_edition
from newsletter.editions.models import Edition, EditionItem
from newsletter.publishing.models import Publishable
from newsletter.records.models import Record
from newsletter.records.text import digest
from orgs.models import name_key

from .findings import taken_facts
from .importing import directory_entries
from .models import PageImport
from .parser.facts import names_in


class NotPossible(Exception):
    """Nothing was changed; `args[0]` says why, to an editor."""


def known_articles(stories):
    """`{key of a story: article}` for the stories whose text an article has already."""
    digests = {story["key"]: digest(story["paragraphs"]) for story in stories}
    articles = Article.objects.kept().filter(text_digest__in={*digests.values()} - {""}).defer("body").order_by("-pk")
    found = {article.text_digest: article for article in articles}
    return {key: found[value] for key, value in digests.items() if value in found}


def problems_of(stories):
    """`{key of a story: [what is missing or too long in it]}`, for those that an article could not hold."""
    fields = {name: Article._meta.get_field(name) for name in ("title", "byline")}
    section = Article._meta.get_field("section").related_model._meta.get_field("name")
    problems = {}
    for story in stories:
        found = []
        if not story["title"]:
            found.append(_("It has no headline yet."))
        if not story["paragraphs"]:
            found.append(_("It has no text yet."))
        texts = {"title": "\n".join(story["title"]), "byline": story["byline"]}
        lengths = [(fields[name], text) for name, text in texts.items()] + [(section, story["section"])]
        for field, text in lengths:
            if field.max_length and len(text) > field.max_length:
                found.append(
                    _("“%(text)s…” is too long: at most %(limit)d characters.")
                    % {"text": text[:12], "limit": field.max_length}
                )
        if found:
            problems[story["key"]] = found
    return problems


def edition_file(page_import, stories, *, places=None):
    """The stories as the object of an edition file (docs/edition-file.md), with the organizations that they name.

    `places` are `{key of a story: position}` where the positions are known.
    """
    lines, photos = page_import.result["lines"], page_import.result["photos"]
    entries = {entry["name"]: entry for entry in directory_entries()}
    borne = {name_key(name) for entry in entries.values() for name in (entry["name"], *entry["names"])}
    for entry in (entry for story in stories for entry in story["new_organizations"]):
        if name_key(entry["name"]) not in borne:
            # A short name that another organization bears stays with that one.
            names = [name for name in entry["names"] if name_key(name) not in borne]
            kind = page_import.review["kinds"].get(entry["name"], entry["kind"])
            entries[entry["name"]] = {"name": entry["name"], "kind": kind, "names": names}
            borne |= {name_key(name) for name in (entry["name"], *names)}
    told = []
    for story in stories:
        entry = {key: story[key] for key in ("section", "title", "byline", "paragraphs")}
        if places is not None:
            first = min((lines[number]["page"] for number in story["lines"]), default=0)
            entry |= {"form": story["form"], "page": page_import.page + first, "position": places[story["key"]]}
            entry["photos"] = [
                {"file": photos[number]["file"], "caption": photos[number]["caption"][:200]}
                for number in story["photos"]
                if photos[number]["file"] and ["photo", number] not in story["dropped"]
            ]
        told.append({**entry, "facts": taken_facts(story)})
    named = dict.fromkeys(name for story in told for name in names_in(story["facts"]))
    return {
        "edition": {
            "title": page_import.title,
            "number": page_import.number,
            "date": page_import.date.isoformat() if page_import.date else "",
            "locality": page_import.locality,
        },
        "organizations": [entries[name] for name in named if name in entries],
        "stories": told,
    }


@transaction.atomic
def accept(page_import, *, by=None):
    """Make drafts of the taken stories, with everything that they name; return the new articles as a list.

    An article that has the text of a story already takes its place in the edition. Raises `NotPossible`,
    `EditionFileError` and `EditConflict`; nothing is changed then.
    """
    page_import = _held(page_import)
    if not page_import.is_open:
        raise NotPossible(_("This page was accepted already."))
    stories = [story for story in page_import.review["stories"] if story["taken"]]
    if not stories:
        raise NotPossible(_("No story is chosen."))
    if problems_of(stories):
        raise NotPossible(_("Some stories are not complete yet."))
    known = known_articles(stories)
    places = _places(page_import, stories)
    new = [story for story in stories if story["key"] not in known]
    content = json.dumps(edition_file(page_import, new, places=places), ensure_ascii=False).encode()
    loaded = load_edition(read_edition_file(content), folder=default_storage, by=by)
    try:
        items = _place_known(page_import, loaded.edition, known, places)
        _keep(page_import, loaded.edition, loaded.created + items, by)
    except BaseException:
        loaded.forget_files()
        raise
    return loaded.articles


def _keep(page_import, edition, created, by):
    page_import.edition, page_import.state = edition, PageImport.State.ACCEPTED
    page_import.accepted_at, page_import.accepted_by = timezone.now(), by
    for row in created:
        # What was made first was changed by what came later: an organization by its names, an event by its listing.
        row.refresh_from_db()
    page_import.created = [[row._meta.label, row.pk, getattr(row, "version", 1)] for row in created]
    page_import.save(by=by)


def _places(page_import, stories):
    """`{key: position}`: behind what stands on the edition's page already."""
    edition = Edition.objects.kept().filter(date=page_import.date, title=page_import.title).first()
    taken = EditionItem.objects.filter(edition=edition).aggregate(last=Max("position"))["last"] or 0
    return {story["key"]: taken + number for number, story in enumerate(stories, 1)}


def _place_known(page_import, edition, known, places):
    created = []
    for key, article in known.items():
        if not edition.items.filter(article=article).exists():
            item = EditionItem(edition=edition, article=article, page=page_import.page, position=places[key])
            item.full_clean()
            item.save()
            created.append(item)
    return created


def rows_of(page_import):
    """The rows that accepting made and that are still there, each with the version it had then."""
    keys = {}
    for label, pk, _version in page_import.created:
        keys.setdefault(label, []).append(pk)
    found = {label: apps.get_model(label)._base_manager.in_bulk(some) for label, some in keys.items()}
    return [(found[label][pk], version) for label, pk, version in page_import.created if pk in found[label]]


def changed_since(page_import):
    """Which of the rows somebody has worked on since they were made."""
    return [row for row, version in rows_of(page_import) if isinstance(row, Record) and row.version != version]


def why_not_undone(page_import):
    """Why accepting cannot be undone, or ""."""
    if page_import.is_open:
        return _("This page has not been accepted.")
    seen = [row for row, _version in rows_of(page_import) if isinstance(row, Publishable) and _is_or_was_out(row)]
    if seen:
        return _("Something of it is published: %(names)s.") % {"names": "、".join(f"《{row}》" for row in seen[:5])}
    return ""


@transaction.atomic
def undo(page_import, *, by=None):
    """Delete what accepting made, and open the review again; return what stays because others use it, as a list.

    Raises `NotPossible` where something of it was published.
    """
    page_import = _held(page_import)
    if reason := why_not_undone(page_import):
        raise NotPossible(reason)
    rows = [row for row, _version in rows_of(page_import)]
    # Items hold articles, and articles hold what they report.
    rank = {EditionItem: 0, Article: 1}
    rows.reverse()
    rows.sort(key=lambda row: rank.get(type(row), 2))
    kept, photos = [], []
    for row in rows:
        its_photos = [*row.photos.all()] if isinstance(row, Article) else []
        if _deleted(row):
            photos += its_photos
        else:
            kept.append(row)
    page_import.state, page_import.edition, page_import.created = PageImport.State.OPEN, None, []
    page_import.accepted_at = page_import.accepted_by = None
    page_import.save(by=by)
    transaction.on_commit(lambda: [photo.picture.delete(save=False) for photo in photos])
    return kept


def _is_or_was_out(row):
    return row.state == row.State.PUBLISHED or row.first_public_at is not None


def _deleted(row):
    if isinstance(row, Edition) and row.items.exists():
        return False
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True


def _held(page_import):
    """The row as it is now, kept for this transaction; `EditConflict` follows where another version was looked at."""
    held = PageImport.objects.select_for_update().get(pk=page_import.pk)
    held.version = page_import.version
    return held
