"""What comes when: everything with a moment of publishing, of all kinds in one list."""

import datetime
from operator import itemgetter

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from newsletter.publishing.models import Publishable
from newsletter.records.dates import local_day

AHEAD, BEHIND = 30, 10
DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


def coming(request, kinds, now=None):
    """Rows `{object, kind, url, moment, day, state, is_late}` by moment: what came since yesterday and what comes.

    Late is what was to be public within the last week and is not. `kinds` are the admin classes of those publishables
    that this person may see. The day is Shanghai's.
    """
    now = now or timezone.now()
    waiting = Q(state__in=[Publishable.State.DRAFT, Publishable.State.REVIEW])
    out = Q(state=Publishable.State.PUBLISHED)
    behind = (out & Q(publish_at__gt=now - DAY)) | (waiting & Q(publish_at__gt=now - WEEK))
    ahead, past = [], []
    for model_admin in kinds:
        rows = model_admin.get_queryset(request).filter(out | waiting)
        to_come = rows.filter(publish_at__gt=now).order_by("publish_at", "pk")[:AHEAD]
        ahead += _rows(model_admin, to_come, is_past=False)
        came = rows.filter(behind, publish_at__lte=now).order_by("-publish_at", "pk")[:BEHIND]
        past += _rows(model_admin, came, is_past=True)
    by_moment = itemgetter("moment")
    latest = sorted(past, key=by_moment)[-BEHIND:]
    return latest + sorted(ahead, key=by_moment)[:AHEAD]


def _rows(model_admin, objects, *, is_past):
    for obj in objects:
        yield {
            "object": obj,
            "kind": model_admin.opts.verbose_name,
            "url": reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change", args=[obj.pk]),
            "moment": obj.publish_at,
            "day": local_day(obj.publish_at),
            "state": model_admin.state_label(obj),
            "is_late": is_past and obj.state != Publishable.State.PUBLISHED,
        }
