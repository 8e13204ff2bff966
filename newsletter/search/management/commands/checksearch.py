from django.core.management.base import BaseCommand, CommandError

from newsletter.search.engines import engine
from newsletter.search.index import CHUNK, differing, pks_of, searchable_models
from newsletter.search.models import Entry, EntryText


class Command(BaseCommand):
    help = "Say whether the search index has everything as it is stored. Exit code 1 if not."

    def handle(self, *, verbosity, **options):
        count = 0
        for line in differences():
            self.stderr.write(line)
            count += 1
        if count:
            raise CommandError(f"{count} of {Entry.objects.count()} entries are not as they should be: rebuildsearch")
        if verbosity:
            self.stdout.write(f"{Entry.objects.count()} entries, all as they should be.")


def differences():
    """A line for each object that the index does not have as it is, and for each entry whose words are not found."""
    for model in searchable_models():
        for chunk in pks_of(model):
            for pk in differing(model, chunk):
                yield f"{model._meta.label_lower} {pk}: index and data differ"
    for text in EntryText.objects.select_related("entry__kind").iterator(chunk_size=CHUNK):
        if not engine().holds(text):
            yield f"{text.entry}: its words are not found"
