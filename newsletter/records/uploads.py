"""Uploaded files that outlive a refused form, and the limit of a whole upload."""

from datetime import timedelta
from pathlib import PurePath
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .fields import LineField

KEPT = timedelta(days=2)
SUFFIX = "-kept"


class WholeUploadLimit(FileUploadHandler):
    """Refuses an upload by its announced length: Django's own limit does not count files."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig("The upload is larger than UPLOAD_MAX_BYTES.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


def kept_storage():
    """Outside of MEDIA_ROOT: no address leads to it."""
    return storages["kept"]


def random_name(kept, filename):
    return uuid4().hex


class KeptUpload(models.Model):
    """A file of a form that was refused for something else. It waits here for the next try of the same person."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(storage=kept_storage, upload_to=random_name)
    name = LineField(max_length=255)
    content_type = models.CharField(max_length=255, editable=False)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return self.name

    def as_upload(self):
        """The file as if it had been uploaded now: it passes every check again."""
        return UploadedFile(self.file.open(), self.name, self.content_type, self.file.size)


@receiver(post_delete, sender=KeptUpload)
def delete_file(instance, **kwargs):
    transaction.on_commit(lambda: instance.file.delete(save=False))


def keep(upload, owner):
    """A kept copy of the upload. Those whose time is over go on this occasion."""
    KeptUpload.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    upload.seek(0)
    name = PurePath(upload.name).name[-255:]
    return KeptUpload.objects.create(
        owner=owner, file=upload, name=name, content_type=(upload.content_type or "")[:255]
    )


class _KeptFileInput:
    """Beside the file input: what is kept, ticked. Without the tick, or with another file chosen, it is not used."""

    kept = None

    def render(self, name, value, attrs=None, renderer=None):
        return format_html(
            '{}<label class="kept-upload"><input type="checkbox" name="{}" value="{}" checked> {}</label>',
            super().render(name, value, attrs=attrs, renderer=renderer),
            name + SUFFIX,
            self.kept.pk,
            _("“%(name)s” is kept: it need not be chosen again.") % {"name": self.kept.name},
        )


def _showing(widget, kept):
    """The same widget with the kept file beside it; as a class, because django-imagefield asks for its own one."""
    widget.__class__ = type(widget.__class__.__name__, (_KeptFileInput, widget.__class__), {})
    widget.kept = kept
    return widget


def put_kept_in_place(request):
    """Lay the kept files that the post refers to into `request.FILES`; one that is gone is a `request.form_refusal`."""
    request.kept_uploads = {}
    for reference in [name for name in request.POST if name.endswith(SUFFIX)]:
        name = reference.removesuffix(SUFFIX)
        if name in request.FILES:
            continue
        try:
            kept = KeptUpload.objects.get(owner=request.user, pk=request.POST[reference])
            request.FILES[name] = kept.as_upload()
        except (KeptUpload.DoesNotExist, ValidationError, FileNotFoundError):
            request.form_refusal = _(
                "A file that was kept is no longer there. Please choose it again; everything else stands here."
            )
        else:
            request.kept_uploads[name] = kept


def forget_kept(request):
    """Delete the kept files that the post referred to: they are saved."""
    for kept in getattr(request, "kept_uploads", {}).values():
        kept.delete()


def keep_files(request, form):
    """Keep the sound files of a form that is about to be shown again, and let its fields say so."""
    for name, field in form.fields.items():
        posted_as = form.add_prefix(name)
        if isinstance(field, forms.FileField) and posted_as in request.FILES and name not in form.errors:
            kept = request.kept_uploads.get(posted_as) or keep(request.FILES[posted_as], request.user)
            field.widget = _showing(field.widget, kept)


class KeepsUploads:
    """A ModelAdmin whose forms, inlines included, come back from a refusal with their files.

    Stands behind `SavedOnce`, which shows `request.form_refusal` and answers a repeated post before this looks at it.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            put_kept_in_place(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_add(self, request, obj, post_url_continue=None):
        forget_kept(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        forget_kept(request)
        return super().response_change(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if request.method == "POST":
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            for form in [context["adminform"].form, *(form for formset in formsets for form in formset.forms)]:
                keep_files(request, form)
        return super().render_change_form(request, context, add, change, form_url, obj)
