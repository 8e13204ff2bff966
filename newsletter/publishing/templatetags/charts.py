from dataclasses import dataclass

from django import template

register = template.Library()


@dataclass
class Bar:
    """A row of a chart: what is counted, the number, and the address of the list of what was counted."""

    label: str
    value: int
    address: str


@register.inclusion_tag("includes/_bars.html")
def bars(caption, rows):
    """A table in which each number has a bar beside it: a chart for who sees it, a table for who hears it."""
    largest = max((row.value for row in rows), default=0) or 1
    return {"caption": caption, "rows": [(row, round(100 * row.value / largest, 1)) for row in rows]}
