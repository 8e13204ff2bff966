from django.urls import register_converter
from django.urls.converters import IntConverter


class RowIdConverter(IntConverter):
    """The id of a row. More digits than any id has are no address, instead of an overflow in the database."""

    regex = "[0-9]{1,18}"


register_converter(RowIdConverter, "id")
