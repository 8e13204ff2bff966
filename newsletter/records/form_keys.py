"""One opened form is saved once: a double click, a reload or a second try after a lost answer makes no second object.

The page of a form carries a random key. The first post that saves uses it up, in the transaction of what it saves;
the same post again is answered as the first was. The key is also the name of the browser's draft of the form
(static/admin/local-draft.js), so an answer that tells which key was saved lets the browser drop that draft.
"""

import hashlib
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIELD = "form_key"
# Read and emptied by the browser's script: the keys that were saved, with a dot between them.
COOKIE = "saved_forms"
# As long as the browser keeps a draft.
KEPT = timedelta(days=30)


class FormKey(models.Model):
    """A form that was saved: by whom, what exactly was posted, and the object it became or changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    digest = models.CharField(max_length=64, editable=False)
    object_id = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        # With the user, so that a key that somebody else has seen is of no use.
        constraints = [models.UniqueConstraint(name="form_key_is_used_once", fields=["user", "key"])]

    def __str__(self):
        return str(self.key)


def posted_key(request):
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def form_key(request):
    """The key for the page that is about to be shown: a form that comes back with its errors is still the same form."""
    return str(posted_key(request) or uuid4())


def announce_saved(request, response):
    """Tell the browser that what was posted is saved, so that it drops its draft. Gives the response."""
    if key := posted_key(request):
        # A few are remembered: the page that follows need not have the script.
        saved = [*request.COOKIES.get(COOKIE, "").split(".")[-9:], str(key)]
        response.set_cookie(
            COOKIE, ".".join(filter(None, saved)), max_age=KEPT, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    return response


def _digest(request):
    posted = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, [(file.name, file.size) for file in files]) for name, files in request.FILES.lists())
    return hashlib.sha256(repr((request.path, posted, files)).encode()).hexdigest()


def saved_once(request, save, answer_again, *, is_new):
    """The response of `save()` for the first post of an opened form, and of `answer_again(pk)` for the same one again.

    Where `save` saves it says what: `request.saved_object`, whose pk `answer_again` gets. A form for something new that
    was saved and is posted with other words finds `request.form_refusal`, and refuses itself with these words.
    """
    key = posted_key(request)
    if key is None:
        return save()
    request.saved_object = None
    with transaction.atomic():
        # Taken before anything is looked at: a second post of the same moment waits here for the first.
        digest = _digest(request)
        use, is_first = FormKey.objects.get_or_create(user=request.user, key=key, defaults={"digest": digest})
        if not is_first and use.digest == digest:
            return announce_saved(request, answer_again(use.object_id))
        if not is_first and is_new:
            request.form_refusal = _(
                "This form was saved once already, and what you changed since then was not. It stands here: "
                "bring it into what was saved, or save it as another one."
            )
        response = save()
        if request.saved_object is None:
            if is_first:
                use.delete()
            return response
        use.object_id = request.saved_object.pk
        use.save()
    FormKey.objects.filter(used_at__lt=timezone.now() - KEPT).delete()
    return announce_saved(request, response)


def key_to_show(request):
    """The key for the page that answers: a new one where the posted one is spent."""
    return str(uuid4()) if hasattr(request, "form_refusal") else form_key(request)


class SavedOnce:
    """A ModelAdmin whose forms are saved once. Who saves says what: `request.saved_object`."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return saved_once(
            request,
            partial(super().changeform_view, request, object_id, form_url, extra_context),
            partial(self._answer_again, request, add=object_id is None),
            is_new=object_id is None,
        )

    def _answer_again(self, request, object_id, *, add):
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        # Past the steps of the classes below: they were taken by the first post.
        return super().response_add(request, obj) if add else super().response_change(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form; one that was refused for what is no field of it (`request.form_refusal`) says so itself."""
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "form_refusal", None)
        if refusal is None:
            return form

        class Refused(form):
            def clean(self):
                super().clean()
                raise ValidationError(refusal)

        return Refused

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or self.has_change_permission(request, obj):
            context["form_key"] = key_to_show(request)
        return super().render_change_form(request, context, add, change, form_url, obj)
