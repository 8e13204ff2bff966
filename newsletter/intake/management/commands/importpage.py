import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsletter.editions.file import EditionFileError, read_edition_file
from newsletter.editions.load import load_edition
from newsletter.intake.child import ParseFailed
from newsletter.intake.importing import import_page
from newsletter.intake.reading.text import ENCODINGS
from newsletter.intake.refusals import REASONS
from newsletter.publishing.models import Publication
from newsletter.records.dates import iso_day


class Command(BaseCommand):
    help = "Read a page (Word or plain text) into stories. Nothing is stored unless --accept is given."

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
        try:
            page, doubts = import_page(
                file.read_bytes(),
                title=publication.masthead,
                date=date,
                locality=publication.locality if locality is None else locality,
                encoding=encoding,
            )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ParseFailed as failed:
            raise CommandError(f"{file.name}: {REASONS[failed.code]}") from failed
        text = json.dumps(page, ensure_ascii=False, indent=1)
        if accept:
            try:
                edition, added = load_edition(read_edition_file(text.encode()))
            except EditionFileError as error:
                raise CommandError("Nothing was made of it.\n" + "\n".join(error.errors)) from error
            self.stderr.write(f"{edition}: {added} drafts made.")
        if options["json"]:
            self.stdout.write(text)
        elif not accept:
            for story, words in zip(page["stories"], doubts, strict=True):
                self.stdout.write(" ".join(story["title"]) or "—")
                self.stdout.write("".join(f"  ? {word}\n" for word in words), ending="")
