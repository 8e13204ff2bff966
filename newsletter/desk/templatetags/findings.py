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
def findings_statement(refusal, user):
    """Where a person says, after a save that was refused, why numbers of persons may be published."""
    return {"refusal": refusal, "person": user, "name": REASON}
