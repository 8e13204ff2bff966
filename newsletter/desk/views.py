import posixpath
import re

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import FileField, ImageField
from django.http import FileResponse, Http404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from newsletter.intake.models import FOLDER
from newsletter.records.models import whole_field

_RENDITION = re.compile(r"__processed__/.*?([^/]+)-[^-/]+\.\w+")


@require_safe
@staff_member_required
def stored_file(request, name):
    """A stored file for the forms of staff who may see what it belongs to; what belongs to nothing is nobody's: 404.

    Readers get renditions and downloads of what is public, from elsewhere.
    """
    if not _may_open(request, name):
        raise PermissionDenied
    try:
        response = FileResponse(default_storage.open(name))
    except OSError:
        raise Http404 from None
    add_never_cache_headers(response)
    return response


def _may_open(request, name):
    if posixpath.normpath(name) != name:
        raise Http404
    if name.startswith(FOLDER):
        # Also pictures, which are no rows yet.
        return request.user.has_perm("intake.view_pageimport")
    row = _row_with(name)
    if row is None:
        raise Http404
    part_of = whole_field(type(row))
    whole = getattr(row, part_of.name) if part_of else row
    model_admin = admin.site.get_model_admin(type(whole))
    return (
        model_admin.has_view_permission(request, whole)
        and model_admin.get_queryset(request).filter(pk=whole.pk).exists()
    )


def _row_with(name):
    """The row whose file it is, or whose picture in another size, which has the picture's random name in its own."""
    rendition = _RENDITION.fullmatch(name)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, FileField) or field.storage != default_storage:
                continue
            if rendition and not isinstance(field, ImageField):
                continue
            lookup = {f"{field.name}__contains": f"/{rendition[1]}."} if rendition else {field.name: name}
            if row := model._base_manager.filter(**lookup).first():
                return row
    return None
