from django.db import models


class Generation(models.Model):
    """One row, whose number grows with every transaction that changes what readers may see."""

    number = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.number)
