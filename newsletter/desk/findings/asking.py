"""Between the button of a step and the step: what was found is shown first, where anything was."""

from urllib.parse import urlencode

from django.urls import reverse

from newsletter.records.text import clean_line

from .collect import findings_of
from .gate import STEPS, confirm_when_saved

REASON = "_confirm-reason"


def findings_address(publishable, step=""):
    meta = publishable._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_findings", args=[publishable.pk])
    return f"{address}?{urlencode({'step': step})}" if step else address


def ask_before(sender, publishable, step, **kwargs):
    return findings_address(publishable, step) if step in STEPS and findings_of(publishable) else None


def take_statement(sender, publishable, request, **kwargs):
    """What was typed beside the numbers that a save was refused for: see templates/admin/publishable_change_form."""
    if reason := clean_line(request.POST.get(REASON, "")):
        confirm_when_saved(publishable, by=request.user, reason=reason)


def connect(signals):
    signals.step_wanted.connect(ask_before)
    signals.form_accepted.connect(take_statement)
