import json

from django.core.management.base import BaseCommand, CommandError

from newsletter.editions.dump import dump_edition
from newsletter.editions.models import Edition


class Command(BaseCommand):
    help = "Print an edition as an edition file, to load it into another installation."

    def add_arguments(self, parser):
        parser.add_argument("edition", type=int, help="the number in its address, 17 of /editions/17/")

    def handle(self, edition, **options):
        found = Edition.objects.filter(pk=edition).first()
        if found is None:
            raise CommandError(f"There is no edition {edition}.")
        self.stdout.write(json.dumps(dump_edition(found), ensure_ascii=False, indent=1))
