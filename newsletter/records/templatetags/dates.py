from django import template

from newsletter.records.dates import year_in_words

register = template.Library()
register.filter(year_in_words)
