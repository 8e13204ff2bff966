"""Between the button of a step and the step: what was found is shown first, where anything was."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from newsletter.publishing.models import Publishable
from newsletter.records.text import clean_line

from .collect import findings_of
from .finding import Severity
from .gate import STEPS, confirm_when_saved
from .page import BUTTONS

REASON = "_confirm-reason"


def findings_address(publishable, step=""):
    meta = publishable._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_findings", args=[publishable.pk])
    return f"{address}?{urlencode({'step': step})}" if step else address


def ask_before(sender, publishable, step, **kwargs):
    return findings_address(publishable, step) if step in STEPS and findings_of(publishable) else None


def ask_before_all(sender, publishables, step, **kwargs):
    """What was found in those of a list. Numbers of persons are confirmed one by one: what has such is left out."""
    if step not in STEPS:
        return None
    looked_at = [LookedAt(publishable, findings_of(publishable), step) for publishable in publishables]
    if not any(one.findings for one in looked_at):
        return None
    left_out = [one.publishable for one in looked_at if one.must_be_confirmed]
    context = {"title": _("Before it goes out"), "looked_at": looked_at, "left_out": left_out, "button": BUTTONS[step]}
    return "admin/findings_of_several.html", context


@dataclass
class LookedAt:
    """One of several, with what was found in it and in what is published along with it."""

    publishable: Publishable
    findings: list
    step: str

    @property
    def must_be_confirmed(self):
        return any(finding.severity == Severity.CONFIRM for finding in self.findings)

    @property
    def advice(self):
        return [finding for finding in self.findings if finding.severity != Severity.CONFIRM]

    @property
    def address(self):
        """Of the page on which this one alone is looked at."""
        return findings_address(self.publishable, self.step)


def take_statement(sender, publishable, request, **kwargs):
    """What was typed beside the numbers that a save was refused for: see templates/admin/publishable_change_form."""
    if reason := clean_line(request.POST.get(REASON, "")):
        confirm_when_saved(publishable, by=request.user, reason=reason)


def connect(signals):
    signals.step_wanted.connect(ask_before)
    signals.steps_wanted.connect(ask_before_all)
    signals.form_accepted.connect(take_statement)
