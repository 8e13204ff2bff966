from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class EditConflict(Exception):
    """The row was changed by somebody else since it was read; nothing was saved."""


class Record(models.Model):
    """A row that knows who made it, who changed it last, and how often it was changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    modified_at = models.DateTimeField(_("changed"), auto_now=True)
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *, by=None, update_fields=None, **kwargs):
        """Save if the row still has the version that was read, and raise the version.

        `by` is the user who changes it. Raises `EditConflict` where somebody saved in between.
        """
        if by is not None:
            self.modified_by = by
            if self._state.adding and self.created_by is None:
                self.created_by = by
        if update_fields is not None:
            update_fields = {*update_fields, "modified_at", "modified_by", "version"}
        if self._state.adding:
            super().save(update_fields=update_fields, **kwargs)
            return
        with transaction.atomic():
            unchanged = type(self)._base_manager.filter(pk=self.pk, version=self.version)
            if not unchanged.update(version=F("version") + 1):
                raise EditConflict
            self.version += 1
            try:
                super().save(update_fields=update_fields, **kwargs)
            except BaseException:
                self.version -= 1
                raise
