from django.db import models
from django.utils.translation import gettext_lazy as _

from .publishable import Publishable


class Tombstone(models.Model):
    """What stays of something that readers saw once and that was deleted from the trash: its address tells why."""

    path = models.CharField(max_length=200, unique=True, editable=False)
    uuid = models.UUIDField(unique=True)
    withdrawn_at = models.DateTimeField()
    withdrawal_kind = models.CharField(max_length=12, choices=Publishable.Withdrawal, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True, editable=False)
    deleted_at = models.DateTimeField(auto_now_add=True)

    # What the page of a withdrawn thing asks for besides.
    replaced_by = trashed_at = None

    class Meta:
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")

    def __str__(self):
        return self.path
