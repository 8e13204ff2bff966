from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField


class User(AbstractUser):
    """A member of staff or a correspondent. Readers and subscribers have no account."""

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

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
