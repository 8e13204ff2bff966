from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from newsletter.publishing.addresses import absolute, known_query
from newsletter.publishing.languages import ENGLISH, TAGS, in_chinese, in_english, is_bilingual, with_chinese_marked

register = template.Library()


@register.simple_tag
def page_language():
    """What `lang` of this page says."""
    return TAGS[get_language()]


@register.simple_block_tag
def chinese_marked(content):
    """The block, on an English page with its Chinese marked as such."""
    return mark_safe(with_chinese_marked(content)) if get_language() == ENGLISH else content


@register.inclusion_tag("includes/_alternates.html", takes_context=True)
def alternates(context):
    """Tells machines the address of this page in each language."""
    path = context["request"].path
    if not is_bilingual(path):
        return {}
    return {"chinese": absolute(in_chinese(path)), "english": absolute(in_english(path))}


@register.inclusion_tag("includes/_language_switch.html", takes_context=True)
def language_switch(context):
    """Leads people to the same page, with the same choice of a list, in the other language."""
    request = context["request"]
    if not is_bilingual(request.path):
        return {}
    other = in_chinese if get_language() == ENGLISH else in_english
    query = known_query(request.path, request.GET.urlencode())
    return {"is_english": other is in_chinese, "address": other(request.path) + (query and f"?{query}")}
