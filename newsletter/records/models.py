from contextlib import contextmanager

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .history import one_revision, saved


class EditConflict(Exception):
    """The row was changed by somebody else since it was read; nothing was saved."""


class Record(models.Model):
    """A row that knows who made it, who changed it last, and how often it was changed.

    Every save is kept as a revision (see `records.history`), together with the rows of `PARTS`.
    """

    KEEPS_HISTORY = True
    # Names of relations whose rows are a part of this one: they are edited, kept and restored with it.
    PARTS = ()
    # Fields that nobody types but that the history shows.
    SHOWN_IN_HISTORY = ()
    # Fields that stay as they are when an older text is brought back.
    NOT_RESTORED = ()

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
        with one_revision(by):
            self._save(update_fields=update_fields, **kwargs)
            saved(self)

    @contextmanager
    def changing(self, *, by, may_publish):
        """Around a change of what is stored, with its parts, that no form has asked about. A hook: see `publishing`."""
        yield

    def _save(self, **kwargs):
        if self._state.adding:
            super().save(**kwargs)
            return
        unchanged = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if not unchanged.update(version=F("version") + 1):
            raise EditConflict
        self.version += 1
        try:
            super().save(**kwargs)
        except BaseException:
            self.version -= 1
            raise


def whole_field(part):
    """The foreign key by which rows of the model `part` are parts of a record (see `PARTS`); None for other rows."""
    for field in part._meta.concrete_fields:
        owner = field.related_model if field.many_to_one else None
        if owner and issubclass(owner, Record) and field.remote_field.get_accessor_name() in owner.PARTS:
            return field
    return None


# Django looks for models here.
from .audit import AuditEntry  # noqa: E402, F401
from .form_keys import FormKey  # noqa: E402, F401
from .presence import Presence  # noqa: E402, F401
from .uploads import KeptUpload  # noqa: E402, F401
