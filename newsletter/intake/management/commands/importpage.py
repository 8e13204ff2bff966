import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsletter.editions.file import EditionFileError
from newsletter.intake.accepting import NotPossible, edition_file
from newsletter.intake.accepting import accept as accept_page
from newsletter.intake.findings import findings_of
from newsletter.intake.importing import AlreadyImported, read_page, take_in
from newsletter.intake.models import PageImport
from newsletter.intake.parser.child import ParseFailed
from newsletter.intake.parser.reading.text import ENCODINGS
from newsletter.intake.refusals import REASONS, imported_before
from newsletter.publishing.models import Publication
from newsletter.records.dates import iso_day


class Command(BaseCommand):
    help = "Read a printed page (PDF, Word, plain text) into stories. Nothing is stored unless --accept is given."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--date", type=iso_day, help="the edition's day, 2019-06-06; without it days stay words")
        parser.add_argument("--locality", help="the county that “县…” means; default: the publication's")
        parser.add_argument("--encoding", choices=ENCODINGS, help="where it cannot be told from the file")
        parser.add_argument("--json", action="store_true", help="print the result as an edition file")
        parser.add_argument("--accept", action="store_true", help="make drafts of it; needs --date")

    def handle(self, file, date, locality, encoding, accept, **options):
        if accept and date is None:
            raise CommandError("--accept needs --date: an edition has a day.")
        publication = Publication.current()
        page_import = PageImport(
            name=file.name,
            title=publication.masthead,
            date=date,
            locality=publication.locality if locality is None else locality,
            encoding=encoding or "",
        )
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        try:
            (take_in if accept else read_page)(content, page_import)
        except ParseFailed as failed:
            raise CommandError(f"{file.name}: {REASONS[failed.code]}") from failed
        except AlreadyImported as error:
            self.stderr.write(f"{file.name}: {imported_before(error.args[0])}")
            return
        stories = page_import.review["stories"]
        if options["json"]:
            self.stdout.write(json.dumps(edition_file(page_import, stories), ensure_ascii=False, indent=1))
        if accept:
            try:
                articles = accept_page(page_import)
            except (EditionFileError, NotPossible) as error:
                raise CommandError(f"Kept as page import {page_import.pk}, to be reviewed: {error}") from error
            self.stderr.write(f"{file.name}: {len(articles)} drafts made.")
        elif not options["json"]:
            for story in stories:
                self.stdout.write(" ".join(story["title"]) or "—")
                doubts = story["doubts"] + [finding.doubt for finding in findings_of(story) if finding.doubt]
                self.stdout.write("".join(f"  ? {doubt}\n" for doubt in doubts), ending="")
