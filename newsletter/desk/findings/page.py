"""What the page of findings shows, and what was ticked on it."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsletter.records.text import clean_line

from .finding import Finding, Severity
from .models import PersonalDataConfirmation
from .personal import Kind, masked

BUTTONS = {
    "submit": _("Submit for review all the same"),
    "approve": _("Pass the review all the same"),
    "publish": _("Publish all the same"),
}
LEADS = {
    "submit": _("The text is saved, and not yet submitted. Please look at what was found in it first."),
    "approve": _("The text is saved, and the review not yet passed. Please look at what was found in it first."),
    "publish": _("The text is saved, and not yet published. Please look at what was found in it first."),
}


@dataclass
class Number:
    """A number of a person in one text, wherever it stands there."""

    finding: Finding
    places: list = field(default_factory=list)
    # The `PersonalDataConfirmation`s of it, the newest first.
    confirmations: list = field(default_factory=list)
    is_mine: bool = False
    is_ticked: bool = False
    reason: str = ""

    @property
    def masked(self):
        return masked(self.finding.spot.found)

    @property
    def kind(self):
        return Kind(self.finding.kind).label

    @property
    def lacks_reason(self):
        return self.is_ticked and not self.reason


class FindingsPage:
    """`posted` is the page's form, empty where it was only opened; `step` a name or None."""

    def __init__(self, publishable, findings, user, step, posted):
        self.publishable, self.step, self.posted = publishable, step, posted
        self.count = len(findings)
        self.parts = {}
        for finding in findings:
            self.parts.setdefault(finding.publishable, []).append(finding)
        self.numbers = self._numbers(findings, user)

    def _numbers(self, findings, user):
        numbers = {}
        for finding in findings:
            if finding.severity == Severity.CONFIRM:
                number = numbers.setdefault(finding.fingerprint, Number(finding))
                number.places.append(finding.place)
        confirmed = PersonalDataConfirmation.objects.filter(fingerprint__in=numbers).select_related("by")
        for confirmation in confirmed:
            numbers[confirmation.fingerprint].confirmations.append(confirmation)
        for fingerprint, number in numbers.items():
            number.is_mine = any(confirmation.by == user for confirmation in number.confirmations)
            number.is_ticked = not number.is_mine and fingerprint in self.posted.getlist("confirm")
            number.reason = clean_line(self.posted.get(f"reason-{fingerprint}", ""))
        return list(numbers.values())

    def is_stale(self):
        return self.posted.get("read_version") != str(self.publishable.version)

    @property
    def sections(self):
        """`[{publishable, address, is_other, findings}, …]`: without the numbers, which stand apart."""
        return [
            {
                "publishable": publishable,
                "address": change_address(publishable),
                "is_other": publishable != self.publishable,
                "findings": [finding for finding in findings if finding.severity != Severity.CONFIRM],
            }
            for publishable, findings in self.parts.items()
            if any(finding.severity != Severity.CONFIRM for finding in findings)
        ]

    @property
    def button(self):
        return BUTTONS.get(self.step)

    @property
    def lead(self):
        return LEADS.get(self.step)

    @property
    def address(self):
        return change_address(self.publishable)


def change_address(publishable):
    meta = publishable._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[publishable.pk])
