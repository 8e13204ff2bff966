from django.db import models


class AnnouncedFeed(models.Model):
    """What the hub was told of last, of one feed in all its formats."""

    path = models.CharField(max_length=300, unique=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.path
