from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from newsletter.intake.models import FOLDER


@require_safe
@staff_member_required
def stored_file(request, name):
    """A stored file for the forms of staff. Readers get renditions and downloads of what is public, from elsewhere."""
    if name.startswith(FOLDER) and not request.user.has_perm("intake.view_pageimport"):
        raise PermissionDenied
    try:
        response = FileResponse(default_storage.open(name))
    except OSError:
        raise Http404 from None
    add_never_cache_headers(response)
    return response
