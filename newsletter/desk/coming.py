"""What comes when: everything with a moment of publishing, of all kinds in one list."""

import datetime
from operator import itemgetter

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from newsletter.publishing.models import Publishable
from newsletter.records.dates import local_day

AHEAD, LATE, CAME = 30, 10, 5
DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


def coming(request, kinds, now=None):
    """Rows `{object, kind, url, moment, day, state, is_late}` by moment: what is late, what came, what comes.

    Late is what was to be public within the last week and is not; the last ones that came since yesterday follow it.
    `kinds` are the admin classes of those publishables that this person may see. The day is Shanghai's.
    """
    now = now or timezone.now()
    waiting = Q(state__in=[Publishable.State.DRAFT, Publishable.State.REVIEW])
    out = Q(state=Publishable.State.PUBLISHED)
    ahead, late, came = [], [], []
    for model_admin in kinds:
        rows = model_admin.get_queryset(request)
        comes = rows.filter(out | waiting, publish_at__gt=now).order_by("publish_at", "pk")
        ahead += _rows(model_admin, comes[:AHEAD])
        past = rows.filter(publish_at__lte=now).order_by("-publish_at", "pk")
        late += _rows(model_admin, past.filter(waiting, publish_at__gt=now - WEEK)[:LATE], is_late=True)
        came += _rows(model_admin, past.filter(out, publish_at__gt=now - DAY)[:CAME])
    by_moment = itemgetter("moment")
    shown = sorted(late, key=by_moment)[-LATE:] + sorted(came, key=by_moment)[-CAME:]
    return sorted(shown, key=by_moment) + sorted(ahead, key=by_moment)[:AHEAD]


def _rows(model_admin, objects, *, is_late=False):
    for obj in objects:
        yield {
            "object": obj,
            "kind": model_admin.opts.verbose_name,
            "url": reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change", args=[obj.pk]),
            "moment": obj.publish_at,
            "day": local_day(obj.publish_at),
            "state": model_admin.state_label(obj),
            "is_late": is_late,
        }
