"""The trash is a state: what lies there keeps its rows, its photos and its place, and nobody sees it."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .steps import TransitionRefused

KEPT = datetime.timedelta(days=30)


class Trashable:
    """The part of a publishable that is about the trash."""

    def trash(self, *, by=None):
        """Put it in the trash. What is public is withdrawn first, so that readers are told why."""
        if self.is_published():
            raise TransitionRefused(_("Readers see this: withdraw it first, with the reason."))
        if self.is_scheduled():
            raise TransitionRefused(_("This is scheduled: make it a draft again first."))
        self._step(
            "trash",
            {self.State.DRAFT, self.State.REVIEW, self.State.WITHDRAWN},
            _("This is in the trash already."),
            by,
            state=self.State.TRASHED,
            trashed_from=self.state,
            trashed_at=timezone.now(),
            trashed_by=by,
        )

    def restore(self, *, by=None):
        """Take it out of the trash, as it was."""
        try:
            with transaction.atomic():
                self._step(
                    "restore",
                    {self.State.TRASHED},
                    _("This is not in the trash."),
                    by,
                    state=self.trashed_from,
                    trashed_from="",
                    trashed_at=None,
                    trashed_by=None,
                )
        except IntegrityError as error:
            raise TransitionRefused(_("Another one has taken its name and date in the meantime.")) from error

    def is_trashed(self):
        return self.state == self.State.TRASHED

    @property
    def days_in_trash_left(self):
        return max(0, (self.trashed_at + KEPT - timezone.now()).days)
