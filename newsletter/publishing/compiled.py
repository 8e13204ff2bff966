"""Queries that are asked at many moments and made once: the ORM takes ten times as long as the database answers in."""

import datetime

from django.db.models import DateTimeField, Expression

from newsletter.records.databases import connection_for_reading


class Moment(Expression):
    """The moment at which a compiled query is asked, less `ago`; it stands wherever the query is given a moment."""

    output_field = DateTimeField()

    def __init__(self, ago=datetime.timedelta(0)):
        super().__init__()
        self.ago = ago

    def __sub__(self, ago):
        return Moment(self.ago + ago)

    def as_sql(self, compiler, connection):
        return "%s", [self]


class CompiledQuery:
    """The SQL of a queryset of values. `Moment()` in it is filled in when it is asked."""

    def __init__(self, queryset):
        self.sql, self.params = queryset.query.sql_with_params()

    def rows(self, now):
        """Tuples as the database gives them: a moment from SQLite has no zone, see `as_moment`."""
        connection = connection_for_reading()
        params = [
            connection.ops.adapt_datetimefield_value(now - param.ago) if isinstance(param, Moment) else param
            for param in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return cursor.fetchall()


def as_moment(value):
    """A moment in such a row, which both databases keep in UTC; None stays."""
    return value and value.replace(tzinfo=datetime.UTC)
