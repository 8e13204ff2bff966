"""Log-ins and changes of accounts go to the audit log, by whichever path they come."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.utils import translation

from newsletter.records.audit import AuditEntry, audit
from newsletter.records.content import Wording

from .models import User

Deed = AuditEntry.Deed
# Whether an account may come in, and what it may do there.
RIGHTS = ("is_active", "is_staff", "is_superuser")
OTHERS = ("username", "name", "email")


@receiver(user_logged_in)
def logged_in(user, **kwargs):
    audit(Deed.LOGGED_IN, by=user, obj=user)


@receiver(user_logged_out)
def logged_out(user, **kwargs):
    if user:
        audit(Deed.LOGGED_OUT, by=user, obj=user)


@receiver(user_login_failed)
def log_in_failed(credentials, **kwargs):
    # Only a name that exists is kept: people type their password into the wrong field.
    found = User.objects.filter(username=credentials.get("username") or "").first()
    audit(Deed.LOG_IN_FAILED, obj=found)


@receiver(pre_save, sender=User)
def remember(instance, **kwargs):
    instance.before_save = None if instance._state.adding else User.objects.filter(pk=instance.pk).first()


@receiver(post_save, sender=User)
@translation.override(settings.LANGUAGE_CODE)  # not in that of who happens to do it
def changed(instance, created, update_fields, **kwargs):
    by = instance.modified_by
    if created:
        audit(Deed.ACCOUNT_MADE, by=instance.created_by, obj=instance, detail=_changes(instance, None, RIGHTS))
        return
    before = instance.before_save
    if before is None:
        return
    if rights := _changes(instance, before, RIGHTS):
        audit(Deed.ROLE_CHANGED, by=by, obj=instance, detail=rights)
    others = _changes(instance, before, OTHERS)
    if instance.password != before.password:
        others = "；".join(filter(None, [others, str(User._meta.get_field("password").verbose_name)]))
    if others:
        audit(Deed.ACCOUNT_CHANGED, by=by, obj=instance, detail=others)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def rights_changed(sender, instance, action, reverse, model, pk_set, **kwargs):
    if action == "pre_clear":
        manager = instance.user_set if reverse else _rights(sender, instance)
        rows, sign = list(manager.all()), "−"
    elif action in {"post_add", "post_remove"}:
        rows, sign = list(model.objects.filter(pk__in=pk_set)), "+" if action == "post_add" else "−"
    else:
        return
    if reverse:  # From the side of the group: the rows are accounts.
        for account in rows:
            audit(Deed.ROLE_CHANGED, obj=account, detail=f"{sign}{instance}")
    elif rows:
        audit(
            Deed.ROLE_CHANGED, by=instance.modified_by, obj=instance, detail="、".join(f"{sign}{row}" for row in rows)
        )


def _rights(through, account):
    return account.groups if through is User.groups.through else account.user_permissions


def _changes(account, before, names):
    wording, lines = Wording(), []
    for field in (User._meta.get_field(name) for name in names):
        is_now = wording.of_value(field, getattr(account, field.name))
        was = wording.of_value(field, getattr(before, field.name)) if before else None
        if was != is_now:
            lines.append(f"{field.verbose_name}: {is_now if was is None else f'{was} → {is_now}'}")
    return "；".join(lines)
