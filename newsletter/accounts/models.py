from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField
from newsletter.records.models import Record


class User(Record, AbstractUser):
    """A member of staff or a correspondent. Readers and subscribers have no account."""

    # An account's changes are in the audit log; its password is kept nowhere else.
    KEEPS_HISTORY = False

    first_name = last_name = None
    name = LineField(
        _("person's name"), max_length=60, blank=True, help_text=_("As colleagues call this person, e.g. 陈编辑.")
    )
    language = models.CharField(
        _("language of the admin"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"

    def __str__(self):
        return self.name or self.username

    def save(self, *, update_fields=None, **kwargs):
        """Save; a log-in, which only notes its time, is no change of the account."""
        if update_fields is not None and set(update_fields) == {"last_login"}:
            super(Record, self).save(update_fields=update_fields, **kwargs)
        else:
            super().save(update_fields=update_fields, **kwargs)

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
