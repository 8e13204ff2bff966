import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models

# So many ids belong to a day; where a day has more entries, they take those of the next one.
_A_DAY = 4096
_FIRST_DAY = datetime.date(1900, 1, 1)


class EntryQuerySet(models.QuerySet):
    def of(self, model):
        return self.filter(kind=ContentType.objects.get_for_model(model))


class Entry(models.Model):
    """What the index knows of one object. Nothing here is the only copy of anything.

    The id sorts entries by their day and in it by age: the full-text index of SQLite gives its rows in the order of
    their ids, and only in that order, without reading all that match. Small ids make a small index.
    """

    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    date = models.DateField(null=True)
    # That of the date, apart from it: results are counted by year.
    year = models.SmallIntegerField(null=True)
    # Its facets in one, such as `org:3 org:17 type:2`, so that counting need not read their rows.
    facet_key = models.TextField(editable=False)
    # From when on readers may find it; None: never, or it must be asked (see `index`).
    public_from = models.DateTimeField(null=True)
    # By which reading of texts it was made, see `text.READING`.
    reading = models.CharField(max_length=30, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="search_entry_of_an_object_once", fields=["kind", "object_id"])]

    def __str__(self):
        return f"{self.kind.model} {self.object_id}"

    @property
    def first_id(self):
        """The id that its day and object call for; it takes the first one from there on that is free."""
        day = max((self.date - _FIRST_DAY).days, 0) + 1 if self.date else 0
        return day * _A_DAY + self.object_id % _A_DAY + 1


class EntryText(models.Model):
    """The texts of an entry as people read them, apart from it: counting results must not read them."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="text")
    title = models.TextField(editable=False)
    when = models.CharField(max_length=100, editable=False)
    # Headline group or names, a line each; everything else.
    head = models.TextField(editable=False)
    body = models.TextField(editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.title


class EntryFacet(models.Model):
    """A value by which results are narrowed: `name` is the filter's, `value` the primary key of what it names."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=10, editable=False)
    value = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="search_facet_of_an_entry_once", fields=["entry", "name", "value"])]
        indexes = [models.Index(name="search_facet_value", fields=["name", "value", "entry"])]

    def __str__(self):
        return f"{self.name}={self.value}"
