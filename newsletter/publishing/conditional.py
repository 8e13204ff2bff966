"""Files made from rows, such as feeds and calendars: who asks again is answered 304 where nothing in them changed."""

import datetime
import hashlib
import operator
from functools import reduce

from django.conf import settings
from django.db.models import BigIntegerField, F, OuterRef, Subquery, Sum
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.generic import View

# Longer than a change takes from its moment to its commit. A date younger than this cannot yet vouch that nothing was
# changed: it is told as so much older, and who asks with it is answered in full.
SETTLING = datetime.timedelta(seconds=5)


class ConditionalView(View):
    """GET and HEAD of a file whose validators cost one query, for every reader in the language of the site.

    A subclass gives `content_type`, `validators(now)` and `content(now)`; `validators` returns what the file is made
    of (any value that differs where the file does) and the moments of which the last is that of its last change.
    """

    http_method_names = ("get", "head", "options")
    content_type = ""
    headers = {}

    def get(self, request, *args, **kwargs):
        with translation.override(settings.LANGUAGE_CODE):
            return self._answer(request, timezone.now())

    def _answer(self, request, now):
        # The validators come first: what changes while the file is made then has an old tag, and is sent once more.
        parts, moments = self.validators(now)
        changed = max(filter(None, moments), default=None)
        tag = hashlib.sha256(repr((settings.SITE_URL, request.get_full_path(), parts)).encode()).hexdigest()[:32]
        response = HttpResponse(
            content_type=self.content_type,
            headers={"ETag": f'"{tag}"', "Cache-Control": "public, max-age=60", **self.headers},
        )
        if changed:
            response["Last-Modified"] = http_date(min(changed, now - SETTLING).timestamp())
        answer = get_conditional_response(
            request, response["ETag"], int(changed.timestamp()) if changed else None, response
        )
        if answer is response:
            response.content = self.content(now)
        return answer

    def validators(self, now):
        raise NotImplementedError

    def content(self, now):
        raise NotImplementedError


def last_changes(now, *, publishables=(), records=()):
    """`{column: subquery}` with the last moments at which something in these models changed that readers see.

    Of publishables all that was ever public counts: what was changed may have left the scope of a file by that.
    """
    columns = {}
    for model in publishables:
        name = model._meta.model_name
        ever = model.objects.filter(first_public_at__lte=now)
        columns[f"{name}_changed"] = ever.order_by("-modified_at").values("modified_at")[:1]
        came = model.objects.published(now).order_by("-first_public_at", "-pk")
        columns[f"{name}_came"] = came.values("first_public_at")[:1]
    for model in records:
        columns[f"{model._meta.model_name}_changed"] = model.objects.order_by("-modified_at").values("modified_at")[:1]
    return {name: Subquery(moments) for name, moments in columns.items()}


def linked(links, owner, *records):
    """A subquery with a number that differs where the rows which `links` tie to the row differ, or their versions.

    `owner` and `records` are the paths in `links` to the row and to what is tied to it, each a `Record`.
    """
    # Neighbouring ids must not make up for versions, nor one kind of record for another.
    weighed = [
        F(f"{record}__id") * 1_000_003 * weight + F(f"{record}__version") * weight
        for weight, record in enumerate(records, 1)
    ]
    number = reduce(operator.add, weighed)
    sums = links.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Subquery(sums.annotate(number=Sum(number, output_field=BigIntegerField())).values("number"))
