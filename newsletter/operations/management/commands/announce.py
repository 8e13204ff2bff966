import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils.translation import gettext as _

from newsletter.operations.websub import HubUnreachable, announce_changes

LONGEST_WAIT = 3600  # seconds


class Command(BaseCommand):
    help = "Tells the WebSub hub of each change in the feeds; runs until it is stopped. Run one of it."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Tell what has changed by now, and stop.")
        parser.add_argument("--every", type=int, default=30, help="Seconds between two looks (30).")

    def handle(self, *, once, every, **options):
        if not settings.WEBSUB_HUB:
            raise CommandError(_("Set WEBSUB_HUB to the address of a hub first."))
        wait = every
        while True:
            try:
                if count := announce_changes():
                    self.stdout.write(_("Told the hub of %(count)s changed feeds.") % {"count": count})
                wait = every
            except HubUnreachable as error:
                if once:
                    raise CommandError(str(error)) from error
                wait = min(wait * 2, LONGEST_WAIT)
                self.stderr.write(_("%(error)s. Trying again in %(count)s seconds.") % {"error": error, "count": wait})
            if once:
                return
            close_old_connections()
            time.sleep(wait)
