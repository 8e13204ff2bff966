from django import template

from newsletter.desk.findings.asking import REASON, findings_address
from newsletter.desk.findings.collect import findings_of

register = template.Library()


@register.inclusion_tag("admin/_findings_note.html")
def findings_note(publishable):
    """How much there is to look at in the saved text, and where to read it."""
    findings = findings_of(publishable)
    return {"count": len(findings), "address": findings_address(publishable)}


@register.inclusion_tag("admin/_findings_statement.html")
def findings_statement(user):
    """Where a person says, beside a refused save, why numbers of persons may be published."""
    return {"person": user, "name": REASON}
