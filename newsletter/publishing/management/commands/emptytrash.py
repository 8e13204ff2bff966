import datetime

from django.core.management.base import BaseCommand

from newsletter.publishing.emptying import empty
from newsletter.publishing.models.trash import KEPT


class Command(BaseCommand):
    help = "Delete for good what has lain in the trash for 30 days: rows, kept texts, files. To be run every night."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=KEPT.days, help="how long things stay in the trash (30)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *, days, dry_run, **options):
        deleted = 0
        for publishable, reason in empty(older_than=datetime.timedelta(days=days), dry_run=dry_run):
            name = f"{publishable._meta.label} {publishable.pk} {publishable}"
            if reason:
                self.stderr.write(f"Kept: {name}: {reason}")
            else:
                deleted += 1
                self.stdout.write(f"{'Would delete' if dry_run else 'Deleted'}: {name}")
        self.stdout.write(f"{deleted} {'to be deleted' if dry_run else 'deleted'}.")
