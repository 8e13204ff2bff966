"""No number of a person goes out unless the one who lets it out has confirmed it by name.

The checks stand at the models, so that no way leads around them: form, list, edition, command, restored revision.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from newsletter.articles.models import Article
from newsletter.publishing.models import Publishable, SaveRefused, TransitionRefused
from newsletter.records.models import whole_field

from .collect import personal_findings_of
from .models import PersonalDataConfirmation
from .personal import masked, without_numbers
from .repetition import keep_digests
from .texts import text_fields_of

STEPS = ("submit", "approve", "publish")


@dataclass(frozen=True)
class Statement:
    """What somebody says of all numbers in a text that they are saving; see `confirm_when_saved`."""

    by: object
    reason: str


def unconfirmed(publishable, *, by):
    """The findings of its own numbers that `by` has not confirmed (None: a program, which cannot). One for a number."""
    return _without(publishable, lambda confirmed: confirmed.filter(by=by))


def confirm(finding, *, by, reason, step):
    """Keep that `by` has checked a number; `reason` is cut and cleaned, and must say something."""
    PersonalDataConfirmation.objects.create(
        content_type=ContentType.objects.get_for_model(finding.publishable),
        object_id=finding.publishable.pk,
        title=without_numbers(str(finding.publishable))[:300],
        kind=finding.kind,
        masked=masked(finding.spot.found),
        fingerprint=finding.fingerprint,
        step=step,
        by=by,
        reason=without_numbers(reason)[:300],
    )


def confirm_when_saved(publishable, *, by, reason):
    """Let the next saves of this object in memory confirm the numbers that are new in it."""
    publishable.statement = Statement(by, reason)


def _without(publishable, chosen):
    found = {finding.fingerprint: finding for finding in reversed(personal_findings_of(publishable))}
    if found:
        confirmed = chosen(PersonalDataConfirmation.objects.about(publishable).filter(fingerprint__in=found))
        for fingerprint in confirmed.values_list("fingerprint", flat=True):
            found.pop(fingerprint, None)
    return [*reversed(found.values())]


# Receivers.


def refuse_step(sender, publishable, step, by, **kwargs):
    if step not in STEPS:
        return
    if missing := unconfirmed(publishable, by=by):
        raise TransitionRefused(
            _("“%(name)s” has numbers of persons (%(numbers)s): whoever lets them out confirms each by name first.")
            % {"name": without_numbers(str(publishable)), "numbers": _listed(missing)}
        )


def refuse_save(sender, instance, raw=False, update_fields=None, **kwargs):
    """Called after every save: of a publishable, or of a row that is a part of one."""
    publishable = _publishable_of(instance)
    if publishable is None or raw or publishable.state != Publishable.State.PUBLISHED:
        return
    if update_fields is not None and not text_fields_of(sender) & {*update_fields}:
        return
    standing = Q(by__in=[publishable.modified_by_id, publishable.published_by_id])
    # Who only submitted it did not let it out.
    standing |= ~Q(step=PersonalDataConfirmation.Step.SUBMIT)
    missing = _without(publishable, lambda confirmed: confirmed.filter(standing))
    statement = getattr(publishable, "statement", None)
    if missing and statement is None:
        raise SaveRefused(
            _("Nothing is saved yet: numbers of persons (%(numbers)s) would go out that nobody has confirmed.")
            % {"numbers": _listed(missing)}
        )
    for finding in missing:
        confirm(finding, by=statement.by, reason=statement.reason, step=PersonalDataConfirmation.Step.SAVE)


def keep_paragraphs(sender, instance, update_fields=None, **kwargs):
    if update_fields is None or "body" in update_fields:
        keep_digests(instance)


def _publishable_of(instance):
    if isinstance(instance, Publishable):
        return instance
    field = whole_field(type(instance))
    return getattr(instance, field.name) if field and issubclass(field.related_model, Publishable) else None


def _listed(findings):
    return "、".join(masked(finding.spot.found) for finding in findings)


def connect(signals, post_save):
    signals.before_step.connect(refuse_step)
    post_save.connect(refuse_save)
    post_save.connect(keep_paragraphs, sender=Article)
