import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from orgs.directory import organization_for
from orgs.models import Organization


class Command(BaseCommand):
    help = "Fill the directory from a JSON list of {name, kind, names}. The same file a second time adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        try:
            entries = json.loads(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        if not isinstance(entries, list):
            raise CommandError(f"{file}: must be a list of organizations.")
        before = Organization.objects.count()
        with transaction.atomic():
            for number, entry in enumerate(entries, 1):
                try:
                    self.load(entry)
                except ValidationError as error:
                    raise CommandError(f"organization {number}: {'; '.join(error.messages)}") from error
                except (KeyError, TypeError, AttributeError) as error:
                    raise CommandError(f"organization {number}: must have name, kind and names") from error
        self.stdout.write(f"{Organization.objects.count() - before} of {len(entries)} organizations added.")

    def load(self, entry):
        def make():
            organization = Organization(name=entry["name"], kind=entry["kind"])
            organization.full_clean()
            organization.save()
            return organization

        organization_for([entry["name"], *entry.get("names", [])], make)
