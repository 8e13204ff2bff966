"""Who has the form of a record open. A courtesy: what guards the text is the version."""

import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An open form says that it is open every half minute (see static/admin/editing.js).
GONE_AFTER = datetime.timedelta(seconds=90)


class PresenceManager(models.Manager):
    def note(self, obj, person):
        """Keep that the person has the object's form open now; return the others who have, as a list of accounts."""
        now = timezone.now()
        place = {"content_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}
        self.filter(seen_at__lt=now - GONE_AFTER).delete()
        self.update_or_create(**place, person=person, defaults={"seen_at": now})
        others = self.filter(**place).exclude(person=person).select_related("person").order_by("pk")
        return [presence.person for presence in others]


class Presence(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceManager()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(name="presence_once", fields=["content_type", "object_id", "person"]),
        ]

    def __str__(self):
        return f"{self.person} · {self.record}"
