"""What readers come to see, or see no longer, goes to the audit log."""

from django.dispatch import receiver

from newsletter.records.audit import AuditEntry, audit

from .signals import after_step

Deed = AuditEntry.Deed
DEEDS = {
    "unschedule": Deed.UNSCHEDULED,
    "withdraw": Deed.WITHDRAWN,
    "reopen": Deed.REOPENED,
    "trash": Deed.TRASHED,
    "restore": Deed.RESTORED,
}


@receiver(after_step)
def log_step(publishable, step, by, **kwargs):
    if step == "publish":
        deed = Deed.SCHEDULED if publishable.is_scheduled() else Deed.PUBLISHED
    elif step in DEEDS:
        deed = DEEDS[step]
    else:
        return  # Steps of the review have a record of their own.
    audit(deed, by=by, obj=publishable, detail=publishable.withdrawal_reason if step == "withdraw" else "")
