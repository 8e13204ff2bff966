from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsletter.editions.file import EditionFileError, read_edition_file
from newsletter.editions.load import load_edition
from newsletter.publishing.models import TransitionRefused


class Command(BaseCommand):
    help = "Load one edition from a JSON file (docs/edition-file.md). The same file a second time adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--publish", action="store_true", help="publish the edition with its articles, events and awards"
        )

    def handle(self, file, publish, **options):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        try:
            entry = read_edition_file(content)
            loaded = load_edition(entry, folder=file.parent, publish=publish)
        except EditionFileError as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(error.errors)) from error
        except TransitionRefused as refusal:
            raise CommandError(f"Nothing was loaded. {refusal.args[0]}") from refusal
        for place in entry.ignored:
            self.stderr.write(f"Not known and left out: {place}")
        self.stdout.write(f"{loaded.edition}: {len(loaded.articles)} of {len(entry.stories)} stories added.")
