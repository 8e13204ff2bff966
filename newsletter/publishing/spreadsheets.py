from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsletter.records.spreadsheets.admin import SpreadsheetAdmin
from newsletter.records.spreadsheets.resource import SpreadsheetResource


class PublishableResource(SpreadsheetResource):
    """Its number is the UUID with which a publishable is born. No column changes a state."""

    def numbered(self, numbers):
        uuids = {}
        for number in numbers:
            try:
                uuids[UUID(number)] = number
            except ValueError:
                continue
        found = self.loaded(self.queryset.filter(uuid__in=uuids))
        return {uuids[publishable.uuid]: publishable for publishable in found}

    @contextmanager
    def saving(self, instance):
        """An approved text is changed only by who may publish (see below), which goes on record."""
        with instance.changing(by=self.by, may_publish=True), super().saving(instance):
            yield

    def read_or_none(self, row, name):
        """For looking records up before the rows are read one by one, which then tells of any error."""
        try:
            return self.read(row, name)
        except ValidationError:
            return None


class PublishableSpreadsheetAdmin(SpreadsheetAdmin):
    def refusal_of_row(self, request, obj):
        if obj is not None and (obj.is_approved() or obj.was_public()) and not self.has_publish_permission(request, obj):
            return _("It has passed a review or has been published: only who may publish changes it by a spreadsheet.")
        return super().refusal_of_row(request, obj)
